"""ProfileFactory: presets, batches, seeds, and that all of it is legal."""

from __future__ import annotations

import copy
import json
import os
import pickle
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator

from cp_fixtures.errors import UsageError
from cp_fixtures.factories import OMIT, PRESETS, ProfileFactory
from cp_fixtures.people import locales
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.types import Profile

MODEL = Session().get_service_model("customer-profiles")
FULL = ("en_US", "en_GB", "en_CA", "en_AU", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "ja_JP", "en_IN")
ADDRESSES = ("Address", "ShippingAddress", "MailingAddress", "BillingAddress")


def complaints(profile: Profile) -> str:
    """What botocore's own validator says of a profile; nothing if all is well."""
    report: str = ParamValidator().validate(profile, MODEL.shape_for("Profile")).generate_report()
    return report


def leaves(value: object) -> list[object]:
    """All values that contain no others."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)] if value else [value]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)] if value else [value]
    return [value]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("locale", locales())
def test_every_profile_is_legal(locale: str, preset: str) -> None:
    """Every preset in every locale of Faker, messy or not: no violation, and botocore agrees."""
    for messy in (False, True):
        for profile in ProfileFactory(locale=locale, messy=messy).build_batch(4, preset):
            assert find(shape_node("Profile"), profile) == []
            assert complaints(profile) == ""
            assert "" not in leaves(profile)


@pytest.mark.parametrize("preset", ["typical", "full", "business"])
def test_values_are_narrower_than_the_model_allows(preset: str) -> None:
    """No stray whitespace or line's end anywhere, and an id is 32 hex digits and nothing else."""
    for profile in ProfileFactory().build_batch(50, preset):
        assert all(isinstance(leaf, str) and leaf == leaf.strip() and leaf.isprintable() for leaf in leaves(profile))
        assert re.fullmatch("[0-9a-f]{32}", profile["ProfileId"])


def test_minimal_is_the_id_alone() -> None:
    """One member, the one by which everything is found."""
    assert list(ProfileFactory().build("minimal")) == ["ProfileId"]


def test_typical_is_what_a_usual_record_has() -> None:
    """A person with one phone, one e-mail address, one address; both genders of the model and no PartyType."""
    profile = ProfileFactory().build()
    assert set(profile) == {
        "ProfileId", "AccountNumber", "FirstName", "LastName", "BirthDate", "Gender", "GenderString", "PhoneNumber",
        "EmailAddress", "Address", "Attributes",
    }  # fmt: skip
    assert profile["Gender"] == profile["GenderString"]
    assert set(profile["Address"]) == {"Address1", "City", "State", "Country", "PostalCode"}


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "en_CA", "en_AU", "de_DE", "fr_FR"])
def test_full_has_every_member_of_the_model(locale: str) -> None:
    """All but FoundByItems, in the model's order; in each address all but the regions that the country has not."""
    profile: Any = ProfileFactory(locale=locale).build("full")
    assert list(profile) == [name for name in shape_node("Profile").members if name != "FoundByItems"]
    every = set(shape_node("Address").members)
    region = {"US": "State", "AU": "State", "CA": "Province", "GB": "County"}.get(locale[-2:])
    for name in ADDRESSES:
        assert set(profile[name]) == every - ({"State", "Province", "County"} - {region})


@pytest.mark.parametrize(("locale", "missing"), [("ja_JP", 1), ("en_IN", 1), ("pt_BR", 1), ("es_ES", 4), ("it_IT", 4)])
def test_full_has_no_telephone_where_none_is_safe(locale: str, missing: int) -> None:
    """No mobile in Japan, India and Brazil, none at all in Spain and Italy; everything else is there."""
    profile = ProfileFactory(locale=locale).build("full")
    absent = set(shape_node("Profile").members) - set(profile) - {"FoundByItems"}
    assert len(absent) == missing
    assert all(name.endswith("PhoneNumber") for name in absent)


def test_business_is_a_business() -> None:
    """It has a name, an office and a billing address, and no first name, birth date or gender."""
    profile = ProfileFactory().build("business")
    assert set(profile) == {
        "ProfileId", "AccountNumber", "BusinessName", "BusinessPhoneNumber", "EmailAddress", "BusinessEmailAddress",
        "Address", "BillingAddress", "Attributes", "PartyTypeString",
    }  # fmt: skip
    assert profile["PartyTypeString"] == "BUSINESS"
    assert profile["EmailAddress"] == profile["BusinessEmailAddress"]


def test_tricky_in_a_row_shows_all_kinds() -> None:
    """Eighteen in a row have eighteen names that break naive code, and are legal."""
    profiles = ProfileFactory().build_batch(18, "tricky")
    names = {profile["LastName"] for profile in profiles}
    assert len(names) == 18
    assert {"O'Brien", "李", "العربي", "Null"} <= names
    assert max(len(profile["FirstName"]) for profile in profiles) == 255


@pytest.mark.skipif("EngagementPreferences" not in shape_node("Profile").members, reason="since botocore 1.40.0")
def test_preferences_are_the_profiles_own() -> None:
    """Each names the profile's id, its own telephone or e-mail address, and the member it is from."""
    profile = ProfileFactory().build("full")
    (phone,), (email,) = profile["EngagementPreferences"]["Phone"], profile["EngagementPreferences"]["Email"]
    assert phone["ProfileId"] == email["ProfileId"] == profile["ProfileId"]
    assert phone["KeyValue"] == profile[phone["ContactType"]]
    assert email["KeyValue"] == profile[email["ContactType"]]


def test_the_same_seed_gives_the_same_profiles() -> None:
    """Number, text or none at all: each is always the same data, and another seed is other data."""
    for seed in (None, 0, 7, "tests/test_names.py::test_names"):
        assert ProfileFactory(seed=seed).build_batch(3) == ProfileFactory(seed=seed).build_batch(3)
    assert len({ProfileFactory(seed=seed).profile_id() for seed in (None, 0, 1, "a")}) == 4


def test_no_seed_is_known_data() -> None:
    """Without a seed the data never changes: it does not depend on the clock, the process or the machine."""
    assert ProfileFactory().profile_id() == "2827823106e6412ba091b6a8c1a8b23e"


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "cs_CZ"])
def test_every_process_sees_the_same_data(locale: str) -> None:
    """Whatever the hash seed and the time zone are, and whatever was made before."""
    code = (
        "import json; from cp_fixtures.factories import ProfileFactory\n"
        f"print(json.dumps(ProfileFactory(locale={locale!r}, seed='a', messy=True).build_batch(5, 'full')))"
    )
    path = os.pathsep.join(filter(None, sys.path))
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": number, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for number, zone in [("1", "Asia/Tokyo"), ("2", "America/Los_Angeles")]
    ]
    assert runs[0] == runs[1]
    assert json.loads(runs[0]) == ProfileFactory(locale=locale, seed="a", messy=True).build_batch(5, "full")


def test_nothing_reads_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that refuses to be read, everything is as before."""
    expected = ProfileFactory().build_batch(3, "full")
    monkeypatch.setattr("time.time", lambda: pytest.fail("the clock was read"))
    assert ProfileFactory().build_batch(3, "full") == expected


def test_the_global_random_is_neither_read_nor_moved() -> None:
    """A test that uses `random` itself sees the same numbers."""
    random.seed(7)
    first = ProfileFactory().build("full")
    after = random.random()
    random.seed(8)
    assert ProfileFactory().build("full") == first
    assert after == random.Random(7).random()


def test_another_preset_shows_the_same_person() -> None:
    """The n-th profile is the n-th person, however much of it is shown."""
    minimal, typical, full = (ProfileFactory().build(preset) for preset in ("minimal", "typical", "full"))
    assert minimal["ProfileId"] == typical["ProfileId"] == full["ProfileId"]
    address = typical.pop("Address")
    assert typical.items() <= full.items()
    assert address.items() <= full["Address"].items()


def test_person_and_profile_id_use_up_one_profile_each() -> None:
    """They give what the next profile would have shown."""
    one, other = ProfileFactory(), ProfileFactory()
    profiles = one.build_batch(3)
    assert other.profile_id() == profiles[0]["ProfileId"]
    person = other.person()
    assert (person.first_name, person.email) == (profiles[1]["FirstName"], profiles[1]["EmailAddress"])
    assert other.build() == profiles[2]


def test_a_batch_is_as_many_builds() -> None:
    """One after another or at once: the same profiles."""
    factory = ProfileFactory()
    assert ProfileFactory().build_batch(3) == [factory.build() for _ in range(3)]
    assert factory.build_batch(0) == []
    assert factory.build() == ProfileFactory().build_batch(4)[3]


@pytest.mark.parametrize("locale", ["en_US", "zh_CN", "la"])
def test_a_batch_has_no_duplicates(locale: str) -> None:
    """Neither ids nor e-mail addresses, even where there are few names or none that we can romanise."""
    batch = ProfileFactory(locale=locale).build_batch(1000)
    assert len({profile["ProfileId"] for profile in batch}) == 1000
    assert len({profile["EmailAddress"] for profile in batch}) == 1000


def test_threads_share_a_factory() -> None:
    """Whatever the threads ask for, and be it refused: no two get the same person, and none is skipped."""
    factory, rounds = ProfileFactory(), 50

    def work(_: int) -> list[str]:
        made = []
        for _ in range(rounds):
            with pytest.raises(UsageError):
                factory.build(FirstName=3)
            made += [factory.build("minimal")["ProfileId"], factory.profile_id(), factory.person().email]
            made += [profile["ProfileId"] for profile in factory.build_batch(2, "minimal")]
        return made

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            made = [item for items in threads.map(work, range(4)) for item in items]
    finally:
        sys.setswitchinterval(interval)
    assert len(set(made)) == len(made) == 4 * 5 * rounds
    assert factory.profile_id() == ProfileFactory().build_batch(4 * 5 * rounds + 1, "minimal")[-1]["ProfileId"]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda factory: pickle.loads(pickle.dumps(factory))])  # noqa: S301  (our own pickle)
def test_a_copy_of_a_factory_goes_on_from_where_it_was(copied: Callable[[ProfileFactory], ProfileFactory]) -> None:
    """As random.Random does; what the one makes the other will make too."""
    factory = ProfileFactory(locale="de_DE", seed=3, messy=True)
    factory.build()
    other = copied(factory)
    assert repr(other) == repr(factory)
    assert other.build_batch(2) == factory.build_batch(2)


def test_what_is_built_is_the_callers_own() -> None:
    """No two profiles share a dict, so that changing one changes no other."""
    one, other = ProfileFactory().build("full"), ProfileFactory().build("full")
    one["Address"]["City"] = one["Attributes"]["newsletter"] = "changed"
    assert other == ProfileFactory().build("full")


def test_a_profile_is_json() -> None:
    """As the wire would have it: nothing is lost on the way there and back."""
    profile = ProfileFactory().build("full")
    assert json.loads(json.dumps(profile)) == profile


def test_messy_mixes_where_the_telephone_is_listed() -> None:
    """In PhoneNumber, in MobilePhoneNumber, or nowhere."""
    batch = ProfileFactory(messy=True).build_batch(100)
    listed = {tuple(name for name in profile if name.endswith("PhoneNumber")) for profile in batch}
    assert listed == {("PhoneNumber",), ("MobilePhoneNumber",), ()}


def test_a_factory_says_what_it_is() -> None:
    """For a failing test's report."""
    assert repr(ProfileFactory(locale="de-DE", seed=3)) == "ProfileFactory(locale='de_DE', seed=3, messy=False)"


@pytest.mark.parametrize(
    ("n", "message"),
    [
        (-1, "There cannot be -1 profiles. A batch has 0 or more. Give the number as an int."),
        (True, "There cannot be True profiles. A batch has 0 or more. Give the number as an int."),
        (2.0, "There cannot be 2.0 profiles. A batch has 0 or more. Give the number as an int."),
    ],
)
def test_a_batch_of_no_such_number_is_refused(n: Any, message: str) -> None:
    """Negative, a bool, a fraction."""
    with pytest.raises(UsageError) as refusal:
        ProfileFactory().build_batch(n)
    assert str(refusal.value) == message


def test_a_batch_with_one_id_is_refused() -> None:
    """An id names one profile, so several cannot be given it; one can, and none at all can go without."""
    with pytest.raises(UsageError) as refusal:
        ProfileFactory().build_batch(2, ProfileId="a" * 32)
    assert str(refusal.value) == (
        f"2 profiles cannot all have the ProfileId '{'a' * 32}'. An id names one profile. "
        "Build them one by one, each with its own ProfileId."
    )
    assert [profile["ProfileId"] for profile in ProfileFactory().build_batch(1, ProfileId="a" * 32)] == ["a" * 32]
    assert not any("ProfileId" in profile for profile in ProfileFactory().build_batch(2, ProfileId=OMIT))


@pytest.mark.parametrize("method", ["build", "build_batch"])
def test_an_unknown_preset_is_refused(method: str) -> None:
    """With the near names, and nothing is used up; also for a batch of none."""
    factory = ProfileFactory()
    with pytest.raises(UsageError) as refusal:
        factory.build_batch(0, "tipical") if method == "build_batch" else factory.build("tipical")
    assert str(refusal.value) == (
        "There is no preset 'tipical'. There are 5, and it is none of them. Did you mean 'typical'?"
    )
    assert factory.build() == ProfileFactory().build()


@pytest.mark.parametrize("seed", [1.5, True, (1,)])
def test_a_seed_that_is_neither_number_nor_text_is_refused(seed: Any) -> None:
    """Hashes differ from process to process, so only these two are seeds."""
    with pytest.raises(UsageError) as refusal:
        ProfileFactory(seed=seed)
    assert str(refusal.value) == (
        f"{seed!r} is no seed. Only of a number or a text the same data can be made on any machine. "
        "Give an int or a str."
    )


def test_an_unknown_locale_is_refused() -> None:
    """When the factory is made, not when it is first used."""
    with pytest.raises(UsageError, match=r"There is no locale 'de_XX'\."):
        ProfileFactory(locale="de_XX")


class Id(str):
    """A text of a kind of its own."""

    __slots__ = ()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("messy", [False, True])
@pytest.mark.parametrize("locale", ["en_US", "it_IT"])
def test_an_id_makes_nobody_another_person(preset: str, locale: str, *, messy: bool) -> None:
    """Given alone, it stands in for the drawn one, and nothing else changes; judged with the rest it gives the same."""
    own_id = "0f" * 16
    factories = [ProfileFactory(locale=locale, seed=1, messy=messy) for _ in range(3)]
    drawn: Any = factories[0].build(preset)
    quick, judged = (
        each.build(preset, ProfileId=given) for each, given in zip(factories[1:], (own_id, Id(own_id)), strict=True)
    )
    assert repr(quick) == repr(judged)
    assert repr(quick) == repr(drawn).replace(drawn["ProfileId"], own_id)


@pytest.mark.skipif("EngagementPreferences" not in shape_node("Profile").members, reason="since botocore 1.40.0")
def test_preferences_of_a_profile_without_an_id() -> None:
    """They have none either, and are the person's all the same."""
    profile: Any = ProfileFactory(seed=1).build("full", ProfileId=OMIT)
    for kind, name in (("Phone", "PhoneNumber"), ("Email", "EmailAddress")):
        (contact,) = profile["EngagementPreferences"][kind]
        assert contact == {"KeyName": f"_{kind.lower()}", "KeyValue": profile[name], "ContactType": name}

"""When a model is known to take whoever is poured into it, and what is made is judged no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import ProfileFactory
from cp_fixtures.factories import PRESETS, making
from cp_fixtures.factories.proof import takes_people
from cp_fixtures.people import LONGEST
from cp_fixtures.people.drawing import Chance
from cp_fixtures.shapes import Node, shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = Node(name="Text", type="string")


def changed(path: str, change: Callable[[Node], Node]) -> Node:
    """The model's Profile, one node of it changed."""
    return _changed(shape_node("Profile"), path.split("."), change)


def _changed(node: Node, steps: list[str], change: Callable[[Node], Node]) -> Node:
    if not steps:
        return replace(change(node), kept={})
    if steps[0] in ("item", "key", "value"):
        inner: Any = {steps[0]: _changed(getattr(node, steps[0]), steps[1:], change)}
    elif steps[0] not in node.members:
        pytest.skip(f"The model of this botocore has no {steps[0]}.")
    else:
        inner = {"members": {**node.members, steps[0]: _changed(node.members[steps[0]], steps[1:], change)}}
    return replace(node, **inner, kept={})


def test_todays_model_takes_everybody() -> None:
    """The installed one: otherwise each profile costs twice as much."""
    assert takes_people(shape_node("Profile")), "The model has grown or shrunk: teach `members` or `proof` what is new."


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "ja_JP", "de_AT", "th_TH"])
@pytest.mark.parametrize("preset", sorted(PRESETS.keys() - {"minimal", "tricky"}))
@pytest.mark.parametrize("messy", [False, True])
def test_what_is_made_is_what_the_proof_goes_by(locale: str, preset: str, *, messy: bool) -> None:
    """It would be legal too where a text had no more room, a map no more entries, and a structure no other member."""
    for profile in ProfileFactory(locale=locale, seed=1, messy=messy).build_batch(40, preset):
        made: Any = profile
        assert all(0 < len(text) <= LONGEST for text in texts(made))
        assert len(made["Attributes"]) == 3
        assert {"Address1", "City", "Country"} <= made["Address"].keys()
        for contact in (each for kind in made.get("EngagementPreferences", {}).values() for each in kind):
            assert contact.keys() == {"KeyName", "KeyValue", "ProfileId", "ContactType"}


def texts(value: Any) -> list[str]:
    """Every text in a value."""
    if isinstance(value, str):
        return [value]
    return [text for each in (value.values() if isinstance(value, dict) else value) for text in texts(each)]


@pytest.mark.parametrize(
    ("path", "limits"),
    [
        ("FirstName", {"max": LONGEST - 1}),
        ("LastName", {"min": 2}),
        ("BirthDate", {"pattern": "^[0-9-]{10}$"}),
        ("EmailAddress", {"enum": ("a@example.com",)}),
        ("Gender", {"enum": ("MALE", "FEMALE")}),
        ("PartyType", {"enum": ("INDIVIDUAL",)}),
        ("ProfileType", {"enum": ("ACCOUNT_PROFILE",)}),
        ("ProfileId", {"pattern": "[a-f0-9]{31}"}),
        ("ProfileId", {"max": 31}),
        ("BillingAddress.City", {"max": 10}),
        ("Address", {"required": ("County",)}),
        ("Address", {"union": True}),
        ("Attributes", {"max": 2}),
        ("Attributes.value", {"max": 3}),
        ("Attributes.key", {"pattern": "^[A-Z]+$"}),
        ("EngagementPreferences.Phone", {"min": 2}),
        ("EngagementPreferences.Email.item.KeyName", {"pattern": "^[a-z]+$"}),
        ("EngagementPreferences.Phone.item.ContactType", {"enum": ("PhoneNumber",)}),
        ("EngagementPreferences.Phone.item.ProfileId", {"pattern": "^x"}),
        ("AccountNumber", {"type": "integer"}),
    ],
)
def test_a_narrower_model_is_not_proven(path: str, limits: dict[str, Any]) -> None:
    """Each rule that something made could break leaves the word to the validator."""
    assert not takes_people(changed(path, lambda node: replace(node, **limits)))


@pytest.mark.parametrize("path", ["", "Address", "EngagementPreferences", "EngagementPreferences.Phone.item"])
def test_a_member_that_nothing_is_known_of_is_not_proven(path: str) -> None:
    """Whatever tomorrow's model has there is filled from its shape, and looked at."""

    def with_another(node: Node) -> Node:
        return replace(node, members={**node.members, "Tomorrow": TEXT})

    profile = shape_node("Profile")
    node = changed(path, with_another) if path else replace(with_another(profile), kept={})
    assert not takes_people(node)


def test_a_required_member_that_is_not_always_made_is_not_proven() -> None:
    """Who has no telephone would lack it."""
    assert not takes_people(replace(shape_node("Profile"), required=("PhoneNumber",), kept={}))


def test_another_order_is_not_proven() -> None:
    """What is made stands in the order of the model."""
    members = dict(reversed([*shape_node("Profile").members.items()]))
    assert not takes_people(replace(shape_node("Profile"), members=members, kept={}))


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "de_AT", "th_TH"])
@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_not_judged_is_what_the_validator_lets_pass(
    locale: str, preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the proof and without it the profiles are the same, in the same order, and legal."""
    proven = ProfileFactory(locale=locale, seed=1).build_batch(40, preset)
    monkeypatch.setattr(making, "takes_people", lambda _node: False)
    judged = ProfileFactory(locale=locale, seed=1).build_batch(40, preset)
    assert [repr(profile) for profile in proven] == [repr(profile) for profile in judged]
    assert not any(find(shape_node("Profile"), profile) for profile in proven)


def test_an_unproven_model_is_repaired() -> None:
    """A city that is too long for it is no fault of the caller's."""
    node = changed("Address.City", lambda city: replace(city, max=3))
    chance = Chance("a")
    made = making.made_profile(node, "en_US", chance, preset="full", overrides={}, number=1)
    assert find(node, made) == []

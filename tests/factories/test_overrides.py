"""Overrides: merged deeply, checked against the model, and followed by everything that belongs to them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from random import Random
from typing import Any

import botocore
import pytest

from cp_fixtures.errors import UsageError
from cp_fixtures.factories import OMIT, ProfileFactory, making
from cp_fixtures.shapes import shape_node

ID = "0123456789abcdef0123456789abcdef"
KNOWS = f"botocore {botocore.__version__} knows"
since_preferences = pytest.mark.skipif(
    "EngagementPreferences" not in shape_node("Profile").members, reason="since botocore 1.40.0"
)


def built(preset: str = "typical", **overrides: Any) -> Any:
    """The first profile of a new factory."""
    return ProfileFactory().build(preset, **overrides)


def test_a_leaf_replaces() -> None:
    """What is named has the value that is given, and the address stays."""
    assert built(BirthDate="07/12/1980")["BirthDate"] == "07/12/1980"
    assert built(BirthDate="07/12/1980")["Address"] == built()["Address"]


@pytest.mark.parametrize("overrides", [{"Address": {"City": "Paris"}}, {"Address__City": "Paris"}])
def test_a_dict_is_merged_into_the_presets(overrides: dict[str, Any]) -> None:
    """Both spellings change the city and keep the street."""
    assert built(**overrides)["Address"] == {**built()["Address"], "City": "Paris"}


def test_both_spellings_at_once() -> None:
    """They name the same dict."""
    address = built(Address={"City": "Paris"}, Address__PostalCode="75001")["Address"]
    assert (address["City"], address["PostalCode"]) == ("Paris", "75001")


def test_a_map_is_merged_too() -> None:
    """Any key is right in a map; those of the preset stay."""
    attributes = built(Attributes__tier="gold")["Attributes"]
    assert attributes == {**built()["Attributes"], "tier": "gold"}


@since_preferences
def test_a_list_replaces() -> None:
    """Lists are not merged: item by item it would be a guess which belongs to which."""
    contacts = [{"KeyValue": "a@example.com"}, {"KeyValue": "b@example.com"}]
    assert built("full", EngagementPreferences__Email=contacts)["EngagementPreferences"]["Email"] == contacts


def test_an_override_adds_what_the_preset_has_not() -> None:
    """The id, and the city: nothing else comes with it."""
    assert built("minimal", Address__City="Paris") == {**built("minimal"), "Address": {"City": "Paris"}}


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"Address": OMIT}, set()),
        ({"Address__State": OMIT}, {"Address1", "City", "Country", "PostalCode"}),
        ({"Address": {"State": OMIT, "PostalCode": OMIT}}, {"Address1", "City", "Country"}),
        ({"Address": dict.fromkeys(("Address1", "City", "State", "Country", "PostalCode"), OMIT)}, set()),
    ],
)
def test_omit_leaves_out_at_any_depth(overrides: dict[str, Any], expected: set[str]) -> None:
    """The member, some of its members, or all of them, which leaves nothing behind."""
    profile = built(**overrides)
    assert set(profile.get("Address", {})) == expected
    assert ("Address" in profile) == bool(expected)


def test_omit_is_one_object() -> None:
    """Copied, pickled, in a report: still OMIT."""
    assert copy.deepcopy(OMIT) is pickle.loads(pickle.dumps(OMIT)) is OMIT  # noqa: S301  (our own pickle)
    assert repr(OMIT) == "OMIT"


def test_what_is_given_is_not_shared() -> None:
    """Changing the profile does not change the caller's dict, nor the other way round."""
    mine = {"City": "Paris"}
    profile = built(Address=mine)
    profile["Address"]["City"] = "Lyon"
    assert mine == {"City": "Paris"}


def test_members_come_in_the_order_of_the_model() -> None:
    """Also those that an override added."""
    profile = built("minimal", LastName="Doe", FirstName="Jane", AccountNumber="1")
    assert list(profile) == ["ProfileId", "AccountNumber", "FirstName", "LastName"]


def test_the_email_address_follows_the_name() -> None:
    """Jane Doe has Jane Doe's address, and is no longer of the gender that was drawn."""
    profile = built(FirstName="Jane", LastName="Doe")
    assert profile["EmailAddress"].startswith("jane.doe.1@example.")
    assert profile["Gender"] == profile["GenderString"] == "FEMALE"


def test_the_name_follows_the_gender() -> None:
    """A man is given a man's name: one that on its own says MALE."""
    profile = built(Gender="MALE")
    assert profile["GenderString"] == "MALE"
    assert built(FirstName=profile["FirstName"])["Gender"] == "MALE"


def test_the_business_address_follows_the_business() -> None:
    """Its domain is the business's name."""
    profile = built("business", BusinessName="Acme & Daughters")
    assert profile["EmailAddress"] == "office.1@acme-daughters.example"


def test_an_overridden_email_address_changes_no_name() -> None:
    """What is named explicitly is taken as it is."""
    profile = built(EmailAddress="someone@example.com")
    assert (profile["EmailAddress"], profile["FirstName"]) == ("someone@example.com", built()["FirstName"])


@since_preferences
def test_preferences_follow_id_phone_and_email() -> None:
    """They name what the finished profile has, overridden or not."""
    profile = built("full", ProfileId=ID, EmailAddress="someone@example.com", PhoneNumber=OMIT)
    (phone,), (email,) = profile["EngagementPreferences"]["Phone"], profile["EngagementPreferences"]["Email"]
    assert phone["ProfileId"] == email["ProfileId"] == ID
    assert (email["ContactType"], email["KeyValue"]) == ("EmailAddress", "someone@example.com")
    assert (phone["ContactType"], phone["KeyValue"]) == ("MobilePhoneNumber", profile["MobilePhoneNumber"])


@since_preferences
@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"EngagementPreferences": OMIT}, None),
        ({"EngagementPreferences__Phone": OMIT}, {"Email"}),
        ({"EngagementPreferences": {"Phone": OMIT, "Email": OMIT}}, None),
    ],
)
def test_preferences_can_be_left_out(overrides: dict[str, Any], expected: set[str] | None) -> None:
    """Whole or in part."""
    profile = built("full", **overrides)
    assert (set(profile["EngagementPreferences"]) if "EngagementPreferences" in profile else None) == expected


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (
            {"FirstNam": "Jane"},
            (
                f"There is no Profile member 'FirstNam'. {KNOWS} {len(shape_node('Profile').members)}, "
                "and this is none of them. Did you mean 'FirstName' or 'LastName'?"
            ),
        ),
        (
            {"Address__Citty": "Paris"},
            (f"There is no Profile.Address member 'Citty'. {KNOWS} 10, and this is none of them. Did you mean 'City'?"),
        ),
        (
            {"Address": {"Planet": "Mars"}},
            (
                f"There is no Profile.Address member 'Planet'. {KNOWS} 10, and this is none of them. "
                "Use one of Address1, Address2, Address3, Address4, City, County, State, Province, Country, PostalCode."
            ),
        ),
    ],
)
def test_an_unknown_member_is_refused(overrides: dict[str, Any], message: str) -> None:
    """The error names the place and the near names."""
    with pytest.raises(UsageError) as refusal:
        built(**overrides)
    assert str(refusal.value) == message


def test_overrides_that_break_the_model_are_refused_with_all_violations() -> None:
    """One error tells all that is wrong with them, in the order of the call, and nothing of what is not."""
    with pytest.raises(UsageError) as refusal:
        built("full", FirstName=3, Address__City="", ProfileId="x", Attributes={"tier": None})
    assert str(refusal.value) == (
        "4 overrides break the service model. A test with such a profile is a test with a fiction. Correct the "
        "overrides, or build without them and change the dict:\n"
        "  FirstName: wanted a string, got an int\n"
        "  Address.City: wanted at least 1 character, got 0 characters\n"
        "  ProfileId: wanted a match of [a-f0-9]{32}, got 'x'\n"
        "  Attributes[entry 0, a str of length 4]: wanted a string, got None"
    )


def test_the_place_of_a_wrong_override_is_its_place_in_the_override() -> None:
    """An attribute's key is not shown, so it is counted: among those that the caller has written, OMIT or not."""
    with pytest.raises(UsageError) as refusal:
        built(Attributes={"newsletter": OMIT, "tier": "gold", "a": 1})
    assert str(refusal.value) == (
        "1 override breaks the service model. A test with such a profile is a test with a fiction. Correct the "
        "overrides, or build without them and change the dict:\n"
        "  Attributes[entry 2, a str of length 1]: wanted a string, got an int"
    )


def test_overrides_that_only_together_with_the_preset_break_the_model() -> None:
    """What is right by itself is judged once more where it has been merged."""
    known = shape_node("Profile")
    most_three = replace(known.members["Attributes"], max=3, kept={})
    node = replace(known, members={**known.members, "Attributes": most_three}, kept={})
    with pytest.raises(UsageError, match=r"Attributes: wanted at most 3 entries, got 4 entries"):
        making.made_profile(
            node,
            "en_US",
            Random(0),
            preset="typical",
            overrides={"Attributes__a": "b"},
            number=1,
        )


@pytest.mark.parametrize("value", ["MALE", "Male", "male"])
def test_gender_follows_its_text(value: str) -> None:
    """The text stays as it was written; the enum and the name agree with it."""
    for seed in range(20):
        profile = ProfileFactory(seed=seed).build(GenderString=value)
        assert (profile["Gender"], profile["GenderString"]) == ("MALE", value)
        assert ProfileFactory().build(FirstName=profile["FirstName"])["Gender"] == "MALE"


def test_a_gender_that_the_enum_does_not_have_is_unspecified() -> None:
    """The enum knows three values, the text any."""
    profile = built(GenderString="nonbinary")
    assert (profile["Gender"], profile["GenderString"]) == ("UNSPECIFIED", "nonbinary")


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"PartyType": "BUSINESS"}, ("BUSINESS", "BUSINESS")),
        ({"PartyType": "OTHER"}, ("OTHER", "OTHER")),
        ({"PartyTypeString": "Business"}, ("BUSINESS", "Business")),
        ({"PartyTypeString": "Club"}, ("OTHER", "Club")),
        ({"PartyType": "INDIVIDUAL", "PartyTypeString": "Club"}, ("INDIVIDUAL", "Club")),
        ({"PartyType": OMIT}, (None, "INDIVIDUAL")),
        ({}, ("INDIVIDUAL", "INDIVIDUAL")),
    ],
)
def test_the_two_members_of_the_party_follow_each_other(overrides: dict[str, Any], expected: tuple[str, str]) -> None:
    """Whichever is given decides the other; both given are both taken as they are."""
    profile = built("full", **overrides)
    assert (profile.get("PartyType"), profile.get("PartyTypeString")) == expected


def test_a_party_that_is_a_business_is_reached_as_one() -> None:
    """The e-mail address that a record shows is that of the business."""
    for overrides in ({"PartyType": "BUSINESS"}, {"PartyTypeString": "business"}):
        profile = built("full", **overrides)
        assert profile["EmailAddress"] == profile["BusinessEmailAddress"] != profile["PersonalEmailAddress"]


def test_nothing_follows_that_the_preset_does_not_show() -> None:
    """One member is asked for, one comes; but of a business the text is shown, and so follows."""
    assert "PartyTypeString" not in built(PartyType="INDIVIDUAL")
    assert "Gender" not in built("minimal", GenderString="MALE")
    assert built("business", PartyType="OTHER")["PartyTypeString"] == "OTHER"


@pytest.mark.parametrize("overrides", [{"FirstName": 3}, {"FirstNam": "x"}, {"Address": "Paris"}, {"EmailAddress": ""}])
def test_a_refused_override_changes_nothing(overrides: dict[str, Any]) -> None:
    """The next profile is the one that would have come anyway, from build and from build_batch."""
    factory = ProfileFactory()
    with pytest.raises(UsageError):
        factory.build(**overrides)
    with pytest.raises(UsageError):
        factory.build_batch(2, **overrides)
    assert factory.build() == built()


@since_preferences
def test_an_override_within_the_preferences_is_judged_too() -> None:
    """Their place is named like any other."""
    with pytest.raises(UsageError, match=r"EngagementPreferences\.Email\[0\]\.ContactType: wanted "):
        built("full", EngagementPreferences__Email=[{"ContactType": "Pigeon"}])

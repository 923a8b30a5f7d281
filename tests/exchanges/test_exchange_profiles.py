"""The profiles of one exchange: of the factory's making alone, or completed from what the caller says."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import Any

import pytest

from cp_fixtures import ProfileFactory, UsageError
from cp_fixtures.exchanges import profiles as module
from cp_fixtures.exchanges.plan import Row
from cp_fixtures.exchanges.profiles import Profiles
from cp_fixtures.shapes import Node, shape_node

A, B = "0a" * 16, "0b" * 16


class Id(str, enum.Enum):
    """Ids as members of an enum, which are texts too."""

    FIRST = A


def profiles(preset: str = "typical", **options: Any) -> Profiles:
    """The profiles of an exchange."""
    return Profiles(ProfileFactory(seed=1, **options), preset, "batch_get_profile")


def row(profile_id: str = A, **given: Any) -> Row:
    """A row of which something may be said."""
    return Row("profiles", profile_id, given, is_whole=False)


@pytest.mark.parametrize("preset", ["minimal", "typical", "full", "business", "tricky"])
def test_whoever_nothing_is_said_of_is_the_factory_s(preset: str) -> None:
    """The same that it builds for that id, one after the other."""
    made, factory = profiles(preset), ProfileFactory(seed=1)
    assert [made.of(row(each)) for each in (A, B)] == [factory.build(preset, ProfileId=each) for each in (A, B)]


@pytest.mark.parametrize(
    ("one", "options", "is_free"),
    [
        (row(), {}, True),
        (row(FirstName="Ana"), {}, False),
        (row(Id.FIRST), {}, False),
        (row(), {"ignore": {"max"}}, False),
    ],
)
def test_what_is_the_factory_s_alone(one: Row, options: dict[str, Any], *, is_free: bool) -> None:
    """Nothing is said, no rule is left out, and the id is a plain text: then nobody need judge it again."""
    assert profiles(**options).is_free(one) is is_free
    assert profiles(**options).of(one)["ProfileId"] == A


def test_what_is_said_is_completed() -> None:
    """By the factory, which counts it as one of its own."""
    made, factory = profiles(), ProfileFactory(seed=1)
    assert made.of(row(FirstName="Ana")) == factory.build(FirstName="Ana", ProfileId=A)
    assert made.completed(row(B), {"LastName": "Lee"}) == factory.build(LastName="Lee", ProfileId=B)
    assert made.of(row()) == factory.build(ProfileId=A)


def test_an_id_that_breaks_a_rule_left_out() -> None:
    """It stands in the profile all the same, in the preferences too."""
    profile: Any = profiles("full", ignore={"pattern"}).of(row("no-id"))
    assert profile["ProfileId"] == "no-id"
    contacts = [each for kind in profile.get("EngagementPreferences", {}).values() for each in kind]
    assert {each["ProfileId"] for each in contacts} <= {"no-id"}


def test_a_name_that_would_be_an_argument() -> None:
    """Of the factory's method, not of the model."""
    with pytest.raises(UsageError, match=r"^There is no Profile member 'preset'\."):
        profiles().of(row(preset="full"))


def test_an_id_that_a_profile_may_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a request may ask for more than a profile may be called, the factory judges each id."""
    known = shape_node("Profile")
    narrow = replace(
        known, members={**known.members, "ProfileId": Node(name="Id", type="string", pattern="^[0-9]{32}$")}, kept={}
    )
    monkeypatch.setattr(module, "shape_node", lambda _name: narrow)
    assert not profiles().is_free(row())

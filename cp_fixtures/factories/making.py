"""The one way in which a profile is made: person, members, overrides, and the validator's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, listed, unknown_name
from cp_fixtures.factories.filling import filled
from cp_fixtures.factories.members import PRESETS, members_of, preferences
from cp_fixtures.factories.overrides import merged, planned
from cp_fixtures.people import Given
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from random import Random

    from cp_fixtures.errors import Violation
    from cp_fixtures.people import Gender, People, Person
    from cp_fixtures.shapes import Node

__all__ = ["check_preset", "made_profile"]

_GENDERS: dict[str, Gender] = {"MALE": "MALE", "FEMALE": "FEMALE", "UNSPECIFIED": "UNSPECIFIED"}
_PREFERENCES = "EngagementPreferences"


def check_preset(preset: object) -> None:
    """Refuse a preset that there is none of.

    Raises:
        UsageError: the preset is unknown; near names are suggested.
    """
    if preset not in list(PRESETS):
        raise unknown_name("preset", preset, PRESETS)


def made_profile(
    node: Node,
    people: People,
    random: Random,
    *,
    preset: str,
    overrides: Mapping[str, Any],
    number: int | None,
) -> dict[str, Any]:
    """A profile of the preset with the overrides, and everything else in agreement with them.

    Args:
        node: the model's Profile.
        people: whom to make it of.
        random: the source of all other chance.
        preset: a name of PRESETS.
        overrides: as ProfileFactory.build takes them.
        number: makes the e-mail addresses unique.

    Raises:
        UsageError: unknown preset or member, or the overrides break the model.
    """
    check_preset(preset)
    plan = planned(node, overrides)
    preferred = {name: plan.pop(name) for name in (_PREFERENCES,) if name in plan}
    profile = {"ProfileId": people.profile_id()}
    if preset != "minimal":
        profile |= members_of(node, preset, _person(people, preset, plan, number), random)
    profile = merged(profile, plan)
    profile |= merged(_preferences(node, preset, profile, random), preferred)
    violations = find(node, profile)
    if violations:
        profile = _repaired(node, profile, violations, random, wanted=plan.keys() | preferred.keys())
    return {name: profile[name] for name in node.members if name in profile}


def _person(people: People, preset: str, plan: Mapping[str, Any], number: int | None) -> Person:
    given = Given(
        first_name=_text(plan, "FirstName"),
        last_name=_text(plan, "LastName"),
        gender=_GENDERS.get(_text(plan, "Gender") or ""),
        business_name=_text(plan, "BusinessName"),
        number=number,
    )
    if preset == "business":
        return people.business(given)
    if preset == "tricky":
        return people.tricky(given)
    return people.individual(given, brief=preset == "typical")


def _text(plan: Mapping[str, Any], name: str) -> str | None:
    value = plan.get(name)
    return value if isinstance(value, str) else None


def _preferences(node: Node, preset: str, profile: Mapping[str, Any], random: Random) -> dict[str, Any]:
    member = node.members.get(_PREFERENCES)
    drawn = preferences(member, profile, random) if member and PRESETS[preset] is None else None
    return {_PREFERENCES: drawn} if drawn else {}


def _repaired(
    node: Node, profile: dict[str, Any], violations: list[Violation], random: Random, *, wanted: AbstractSet[str]
) -> dict[str, Any]:
    # A model narrower than the one we know is no fault of the caller's: what broke is filled from its shape.
    broken = [violation for violation in violations if violation.steps[0] in wanted]
    if broken:
        raise _refusal(broken)
    names = {str(violation.steps[0]) for violation in violations}
    drawn = {name: filled(node.members[name], name, random) for name in names}
    return {name: value for name, value in {**profile, **drawn}.items() if value is not None}


def _refusal(violations: list[Violation]) -> UsageError:
    count = "1 override breaks" if len(violations) == 1 else f"{len(violations)} overrides break"
    return UsageError(
        f"{count} the service model.",
        "A test with such a profile is a test with a fiction.",
        f"Correct the overrides, or build without them and change the dict:\n{listed(violations)}",
    )

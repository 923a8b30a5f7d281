"""The one way in which a profile is made: person, members, overrides, and the validator's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.errors import UsageError, clip, listed, unknown_name
from cp_fixtures.factories.filling import filled
from cp_fixtures.factories.members import PRESETS, members_of, preferences
from cp_fixtures.factories.overrides import OMIT, merged, planned
from cp_fixtures.people import Given
from cp_fixtures.validation import find
from cp_fixtures.validation.rules import type_and_length

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from cp_fixtures.errors import Violation
    from cp_fixtures.people import Gender, People, Person
    from cp_fixtures.shapes import Node
    from cp_fixtures.types import Profile

__all__ = ["check_preset", "made_profile"]

_GENDERS: dict[str, Gender] = {"MALE": "MALE", "FEMALE": "FEMALE", "UNSPECIFIED": "UNSPECIFIED"}
_PARTIES = ("INDIVIDUAL", "BUSINESS")
_PREFERENCES = "EngagementPreferences"
_OMITTED = {clip(OMIT), type_and_length(OMIT)}


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
    ignore: frozenset[str] = frozenset(),
) -> Profile:
    """A profile of the preset with the overrides, and everything else in agreement with them.

    Args:
        node: the model's Profile.
        people: whom to make it of.
        random: the source of all other chance.
        preset: a name of PRESETS.
        overrides: as ProfileFactory.build takes them.
        number: makes the e-mail addresses unique.
        ignore: codes of rules that it is not held to.

    Raises:
        UsageError: unknown preset or member, or the overrides break the model.
    """
    check_preset(preset)
    plan = planned(node, overrides)
    profile = {"ProfileId": people.profile_id()}
    if preset != "minimal":
        profile |= members_of(node, preset, _person(people, preset, plan, number), random)
        profile |= {name: value for name, value in _party(plan).items() if name in profile}
    profile = merged(profile, {name: value for name, value in plan.items() if name != _PREFERENCES})
    preferred = {name: plan[name] for name in (_PREFERENCES,) if name in plan}
    profile |= merged(_preferences(node, preset, profile, random), preferred)
    violations = [each for each in find(node, profile) if each.rule not in ignore]
    if violations:
        profile = _repaired(node, profile, violations, random, plan=plan)
    # The members are those of the model, and a test holds the type to them.
    return cast("Profile", {name: profile[name] for name in node.members if name in profile})


def _person(people: People, preset: str, plan: Mapping[str, Any], number: int | None) -> Person:
    given = Given(
        first_name=_text(plan, "FirstName"),
        last_name=_text(plan, "LastName"),
        gender=_gender(plan),
        business_name=_text(plan, "BusinessName"),
        number=number,
    )
    if preset == "tricky":
        return people.tricky(given)
    if preset == "business" or _party(plan).get("PartyType") == "BUSINESS":
        return people.business(given)
    return people.individual(given, brief=preset == "typical")


def _gender(plan: Mapping[str, Any]) -> Gender | None:
    # An enum that the model does not have is refused later; a text can be any.
    enum, text = _text(plan, "Gender"), _text(plan, "GenderString")
    if enum is not None or text is None:
        return _GENDERS.get(enum or "")
    return _GENDERS.get(text.upper(), "UNSPECIFIED")


def _party(plan: Mapping[str, Any]) -> dict[str, str]:
    enum, text = _text(plan, "PartyType"), _text(plan, "PartyTypeString")
    if enum is None and text is None:
        return {}
    if enum is None and text is not None:
        enum = text.upper() if text.upper() in _PARTIES else "OTHER"
    return {"PartyType": str(enum), "PartyTypeString": str(enum) if text is None else text}


def _text(plan: Mapping[str, Any], name: str) -> str | None:
    value = plan.get(name)
    return value if isinstance(value, str) else None


def _preferences(node: Node, preset: str, profile: Mapping[str, Any], random: Random) -> dict[str, Any]:
    member = node.members.get(_PREFERENCES)
    drawn = preferences(member, profile, random) if member and PRESETS[preset] is None else None
    return {_PREFERENCES: drawn} if drawn else {}


def _repaired(
    node: Node, profile: dict[str, Any], violations: list[Violation], random: Random, *, plan: Mapping[str, Any]
) -> dict[str, Any]:
    # A model narrower than the one we know is no fault of the caller's: what broke is filled from its shape.
    broken = [violation for violation in violations if violation.steps[0] in plan]
    if broken:
        raise _refusal(_as_the_caller_sees(broken, node, plan))
    # In the order of the model, for each of them draws from the Random.
    names = dict.fromkeys(str(violation.steps[0]) for violation in violations)
    drawn = {name: filled(node.members[name], name, random) for name in names}
    return {name: value for name, value in {**profile, **drawn}.items() if value is not None}


def _as_the_caller_sees(broken: list[Violation], node: Node, plan: Mapping[str, Any]) -> list[Violation]:
    # Among made-up entries the caller's third is the sixth; what a dict of the caller's lacks, the preset had.
    own = [found for found in find(node, plan) if found.rule != "required" and found.got not in _OMITTED]
    known = {_but_for_place(violation) for violation in own}
    return [*own, *(violation for violation in broken if _but_for_place(violation) not in known)]


def _but_for_place(violation: Violation) -> tuple[str | int, ...]:
    return violation.steps[0], violation.rule, violation.wanted, violation.got


def _refusal(violations: list[Violation]) -> UsageError:
    count = "1 override breaks" if len(violations) == 1 else f"{len(violations)} overrides break"
    return UsageError(
        f"{count} the service model.",
        "A test with such a profile is a test with a fiction.",
        f"Correct the overrides, or build without them and change the dict:\n{listed(violations)}",
    )

"""The one way in which a profile is made: person, members, overrides, and the validator's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.errors import UsageError, clip, listed, unknown_name
from cp_fixtures.factories.filling import filled
from cp_fixtures.factories.members import PARTIES, PRESETS, members_of, preferences
from cp_fixtures.factories.overrides import OMIT, merged, planned
from cp_fixtures.factories.proof import takes_people
from cp_fixtures.people import Given
from cp_fixtures.people.making import ID_BYTES, NOTHING, facts_of, id_of
from cp_fixtures.people.prepared import setting
from cp_fixtures.validation import find
from cp_fixtures.validation.rules import type_and_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.errors import Violation
    from cp_fixtures.people import Gender
    from cp_fixtures.people.drawing import Source
    from cp_fixtures.people.making import Which
    from cp_fixtures.shapes import Node
    from cp_fixtures.types import Profile

__all__ = ["check_preset", "made_profile"]

_NAMES = [*PRESETS]
_GENDERS: dict[str, Gender] = {"MALE": "MALE", "FEMALE": "FEMALE", "UNSPECIFIED": "UNSPECIFIED"}
_PREFERENCES = "EngagementPreferences"
_OMITTED = {clip(OMIT), type_and_length(OMIT)}


def check_preset(preset: object) -> None:
    """Refuse a preset that there is none of.

    Raises:
        UsageError: the preset is unknown; near names are suggested.
    """
    # A list, for what is not hashable is no preset either.
    if preset not in _NAMES:
        raise unknown_name("preset", preset, PRESETS)


def made_profile(
    node: Node,
    locale: str,
    random: Source,
    *,
    messy: bool = False,
    preset: str,
    overrides: Mapping[str, Any],
    number: int | None,
    profile_id: str | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Profile:
    """A profile of the preset with the overrides, and everything else in agreement with them.

    Args:
        node: the model's Profile.
        locale: as in People.
        random: the source of all chance.
        messy: as in People.
        preset: a name of PRESETS.
        overrides: as ProfileFactory.build takes them.
        number: makes the e-mail addresses unique.
        profile_id: its id, which is known to be legal; None for one of its own.
        ignore: codes of rules that it is not held to.

    Raises:
        UsageError: unknown preset or member, or the overrides break the model.
    """
    check_preset(preset)
    # It is drawn in any case: the same person has whatever id is given.
    drawn_id = random.randbytes(ID_BYTES)
    plan = planned(node, overrides) if overrides else {}
    own_id = profile_id or id_of(drawn_id)
    profile: dict[str, Any] = {"ProfileId": own_id}
    if preset != "minimal":
        which, given = _which(preset, plan), _given(plan) if plan else NOTHING
        brief = preset == "typical" and which == "individual"
        facts = facts_of(setting(locale, messy), random, which, given, number=number, brief=brief)
        profile = members_of(node, preset, own_id, facts, random)
    if plan:
        profile |= {name: value for name, value in _party(plan).items() if name in profile}
        profile = merged(profile, {name: value for name, value in plan.items() if name != _PREFERENCES})
    if plan or PRESETS[preset] is None:
        profile |= _preferences(node, preset, profile, plan, random)
    # A tricky name is as long as can be, and what overrides say is anybody's guess.
    if not plan and preset != "tricky" and takes_people(node):
        return cast("Profile", profile)
    violations = [each for each in find(node, profile) if each.rule not in ignore]
    if violations:
        profile = _repaired(node, profile, violations, random, plan=plan)
    # The members are those of the model, and a test holds the type to them.
    return cast("Profile", {name: profile[name] for name in node.members if name in profile})


def _which(preset: str, plan: Mapping[str, Any]) -> Which:
    if preset == "tricky":
        return "tricky"
    is_business = preset == "business" or (plan and _party(plan).get("PartyType") == "BUSINESS")
    return "business" if is_business else "individual"


def _given(plan: Mapping[str, Any]) -> Given:
    return Given(
        first_name=_text(plan, "FirstName"),
        last_name=_text(plan, "LastName"),
        gender=_gender(plan),
        business_name=_text(plan, "BusinessName"),
    )


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
        enum = text.upper() if text.upper() in PARTIES else "OTHER"
    return {"PartyType": str(enum), "PartyTypeString": str(enum) if text is None else text}


def _text(plan: Mapping[str, Any], name: str) -> str | None:
    value = plan.get(name)
    return value if isinstance(value, str) else None


def _preferences(
    node: Node, preset: str, profile: Mapping[str, Any], plan: Mapping[str, Any], random: Source
) -> dict[str, Any]:
    member = node.members.get(_PREFERENCES)
    drawn = preferences(member, profile, random) if member and PRESETS[preset] is None else None
    made = {_PREFERENCES: drawn} if drawn else {}
    return merged(made, {_PREFERENCES: plan[_PREFERENCES]}) if _PREFERENCES in plan else made


def _repaired(
    node: Node, profile: dict[str, Any], violations: list[Violation], random: Source, *, plan: Mapping[str, Any]
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

"""The rules of a request and its response together, and of the ids inside a response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.errors import clip
from cp_fixtures.validation.outcomes import another_id, answered_twice, not_echoed, unanswered, unasked
from cp_fixtures.validation.rules import described, type_and_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cp_fixtures.errors import Violation
    from cp_fixtures.shapes import Node
    from cp_fixtures.validation.outcomes import Steps

__all__ = ["OUTCOMES", "OutcomeMembers", "disagreements", "is_about_ids", "renamed"]


class OutcomeMembers(NamedTuple):
    """Where an operation's request and response carry ids, and what they have to repeat.

    Attributes:
        found: the response's list for the ids that have an answer.
        refused: the response's list for the ids that failed.
        profile: the member of a found entry that holds the Profile; None where the entry is the Profile.
        echoed: the members of the request that the response repeats.
    """

    found: str
    refused: str
    profile: str | None = None
    echoed: tuple[str, ...] = ()


OUTCOMES: dict[str, OutcomeMembers] = {
    "batch_get_profile": OutcomeMembers("Profiles", "Errors"),
    "get_segment_membership": OutcomeMembers("Profiles", "Failures", "Profile", ("SegmentDefinitionName",)),
}
"""The operations whose response has one outcome for each id of the request."""


def is_about_ids(operation: str) -> bool:
    """Whether a response of the operation has one outcome for each id of its request."""
    return operation in OUTCOMES


def renamed(value: Any, old: str, new: Any) -> Any:
    """A profile, or an entry, with another id wherever it has its own.

    Args:
        value: the profile or entry; it is not changed.
        old: its id.
        new: the other one.
    """
    if isinstance(value, dict):
        return {key: renamed(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, old, new) for item in value]
    return new if value == old else value


def disagreements(
    operation: str, node: Node | None, request: Mapping[str, Any] | None, response: Mapping[str, Any]
) -> list[Violation]:
    """Every way in which a response disagrees with itself, or with the request that it answers.

    Args:
        operation: any operation; only those of `OUTCOMES` have such rules.
        node: the operation's output, which says what must not be shown.
        request: the parameters; None where they are not known. What is no list of texts, ANY for one, is not compared.
        response: the response; what breaks its shape is left to the rules of the shape.

    Returns:
        the violations, in the order of ids in the response, ids without an outcome, members that are not repeated.
    """
    members = OUTCOMES.get(operation)
    if members is None:
        return []
    asked = _ids_asked(request)
    about_ids = [] if _surely_agree(members, asked, response) else _about_ids(members, node, asked, response)
    return [*about_ids, *_echoes(members, request, response)]


def _surely_agree(members: OutcomeMembers, asked: dict[str, None] | None, response: Mapping[str, Any]) -> bool:
    """Whether one glance shows that each id has one outcome; where it does not, all is looked at in order."""
    found, refused = response.get(members.found, []), response.get(members.refused, [])
    if not (type(found) is type(refused) is list and _are_all(dict, found) and _are_all(dict, refused)):
        return False
    ids = [entry.get("ProfileId") for entry in (*found, *refused)]
    return (
        _are_all(str, ids)
        and len(distinct := {*ids}) == len(ids)
        and (asked is None or asked.keys() == distinct)
        and all(_is_surely_its_own(members, entry) for entry in found)
    )


def _are_all(kind: type, values: list[Any]) -> bool:
    return {kind}.issuperset(map(type, values))


def _is_surely_its_own(members: OutcomeMembers, entry: dict[str, Any]) -> bool:
    profile = entry if members.profile is None else entry.get(members.profile, {})
    own = entry["ProfileId"]
    preferences = profile.get("EngagementPreferences", {}) if type(profile) is dict else None
    if type(preferences) is not dict or profile.get("ProfileId", own) != own:
        return False
    for contacts in preferences.values():
        if type(contacts) is not list:
            return False
        for contact in contacts:
            if type(contact) is not dict or contact.get("ProfileId", own) != own:
                return False
    return True


def _about_ids(
    members: OutcomeMembers, node: Node | None, asked: dict[str, None] | None, response: Mapping[str, Any]
) -> Iterator[Violation]:
    answered: dict[str, Steps] = {}
    for place, profile_id in _ids_answered(members, response):
        if profile_id in answered:
            yield answered_twice(place, profile_id, answered[profile_id])
        elif asked is not None and profile_id not in asked:
            yield unasked(place, profile_id)
        answered.setdefault(profile_id, place)
    yield from _foreign_ids(members, node, response)
    for profile_id in asked or {}:
        if profile_id not in answered:
            yield unanswered(profile_id)


def _ids_asked(request: Mapping[str, Any] | None) -> dict[str, None] | None:
    ids = None if request is None else request.get("ProfileIds")
    if not isinstance(ids, (list, tuple)) or not all(isinstance(profile_id, str) for profile_id in ids):
        return None
    return dict.fromkeys(ids)


def _ids_answered(members: OutcomeMembers, response: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    for name in (members.found, members.refused):
        for index, entry in _dicts(response.get(name)):
            if isinstance(entry.get("ProfileId"), str):
                yield (name, index, "ProfileId"), entry["ProfileId"]


def _foreign_ids(members: OutcomeMembers, node: Node | None, response: Mapping[str, Any]) -> Iterator[Violation]:
    for index, entry in _dicts(response.get(members.found)):
        own = entry.get("ProfileId")
        for place, inside in _ids_inside(members, entry):
            if isinstance(own, str) and isinstance(inside, str) and inside != own:
                steps: Steps = (members.found, index, *place)
                yield another_id(steps, own, _said(node, steps, inside))


def _said(node: Node | None, steps: Steps, value: str) -> str:
    for step in steps:
        if node is not None:
            node = node.item if isinstance(step, int) else node.members.get(step)
    return type_and_length(value) if node is None else described(value, node)


def _ids_inside(members: OutcomeMembers, entry: dict[str, Any]) -> Iterator[tuple[Steps, object]]:
    profile, start = (entry, ()) if members.profile is None else (entry.get(members.profile), (members.profile,))
    if not isinstance(profile, dict):
        return
    if start and "ProfileId" in profile:
        yield (*start, "ProfileId"), profile["ProfileId"]
    preferences = profile.get("EngagementPreferences")
    for kind, contacts in preferences.items() if isinstance(preferences, dict) else ():
        for index, contact in _dicts(contacts):
            if "ProfileId" in contact:
                yield (*start, "EngagementPreferences", kind, index, "ProfileId"), contact["ProfileId"]


def _echoes(
    members: OutcomeMembers, request: Mapping[str, Any] | None, response: Mapping[str, Any]
) -> Iterator[Violation]:
    for name in members.echoed:
        wanted = None if request is None else request.get(name)
        got = response.get(name)
        # `!=` in this order, so that ANY and its like decide for themselves.
        if wanted is not None and wanted != got:
            yield not_echoed(name, wanted, clip(got) if name in response else "nothing")


def _dicts(entries: object) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield index, entry

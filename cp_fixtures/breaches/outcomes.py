"""The faults of a request and its response together: outcomes, ids, and what has to be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.breaches.breach import Breach
from cp_fixtures.errors import clip
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES
from cp_fixtures.validation.agreement import renamed
from cp_fixtures.validation.outcomes import another_id, answered_twice, not_echoed, unanswered, unasked
from cp_fixtures.validation.rules import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cp_fixtures.shapes import Node
    from cp_fixtures.validation import OutcomeMembers
    from cp_fixtures.validation.outcomes import Steps

__all__ = ["agreement_breaches"]


def agreement_breaches(operation: str, request: Mapping[str, Any], response: Mapping[str, Any]) -> list[Breach]:
    """Every single way in which a legal response can disagree with its request, or with itself.

    `validate(operation, breach.applied(response), request=request) == [breach.violation]`. An outcome is left out, one
    is added for an id that was not asked for, an id gets a second one in its own list or in the other; a name of the
    request is not repeated; an id inside a profile is another one.

    Args:
        operation: any operation; only those of `OUTCOMES` have such rules.
        request: the parameters, with each id once.
        response: a legal response to it. A list without an entry has no example to make a further one of.

    Returns:
        the breaches; none for another operation.

    Raises:
        UsageError: the model has no such operation.
    """
    members = OUTCOMES.get(operation)
    output = nodes().output(operation)
    if members is None or output is None:
        return []
    foreign = _foreign_id(request["ProfileIds"])
    return [
        *_left_out(members, response),
        *_unasked(members, response, foreign),
        *_twice(members, response),
        *_in_both(members, response),
        *_nested(members, output, response, foreign),
        *_not_echoed(members, request, response),
    ]


def _foreign_id(asked: list[str]) -> str:
    coming = (f"{number:032x}" for number in range(16**32 - 1, 0, -1))
    return next(each for each in coming if each not in asked)


def _lists(members: OutcomeMembers, response: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    return ((name, response[name]) for name in (members.found, members.refused) if response.get(name))


def _left_out(members: OutcomeMembers, response: Mapping[str, Any]) -> Iterator[Breach]:
    for name, entries in _lists(members, response):
        for index, entry in enumerate(entries):
            rest = [*entries[:index], *entries[index + 1 :]]
            yield Breach((name, index), "left-out", unanswered(entry["ProfileId"]), (name,), rest)


def _unasked(members: OutcomeMembers, response: Mapping[str, Any], foreign: str) -> Iterator[Breach]:
    for name, entries in _lists(members, response):
        place: Steps = (name, len(entries), "ProfileId")
        more = [*entries, renamed(entries[-1], entries[-1]["ProfileId"], foreign)]
        yield Breach(place[:2], "not-asked-for", unasked(place, foreign), (name,), more)


def _twice(members: OutcomeMembers, response: Mapping[str, Any]) -> Iterator[Breach]:
    for name, entries in _lists(members, response):
        for index, entry in enumerate(entries):
            place: Steps = (name, len(entries), "ProfileId")
            violation = answered_twice(place, entry["ProfileId"], (name, index, "ProfileId"))
            yield Breach((name, index), "twice", violation, (name,), [*entries, entry])


def _in_both(members: OutcomeMembers, response: Mapping[str, Any]) -> Iterator[Breach]:
    lists = dict(_lists(members, response))
    if len(lists) < 2:  # noqa: PLR2004 - there are two lists
        return
    (found, present), (refused, failed) = lists.items()
    for index, entry in enumerate(present):
        violation = answered_twice((refused, len(failed), "ProfileId"), entry["ProfileId"], (found, index, "ProfileId"))
        more = [*failed, renamed(failed[-1], failed[-1]["ProfileId"], entry["ProfileId"])]
        yield Breach((found, index), "refused-too", violation, (refused,), more)
    for index, entry in enumerate(failed):
        violation = answered_twice(
            (refused, index, "ProfileId"), entry["ProfileId"], (found, len(present), "ProfileId")
        )
        more = [*present, renamed(present[-1], present[-1]["ProfileId"], entry["ProfileId"])]
        yield Breach((refused, index), "found-too", violation, (found,), more)


def _nested(members: OutcomeMembers, output: Node, response: Mapping[str, Any], foreign: str) -> Iterator[Breach]:
    entries = output.members[members.found]
    for place, node in _places_of(entries, response.get(members.found, []), (members.found,)):
        index, *inside = place[1:]
        if len(inside) > 1:
            own = response[members.found][index]["ProfileId"]
            violation = another_id(place, own, described(foreign, node))
            yield Breach(place, "another-id", violation, place, foreign)


def _places_of(node: Node, value: Any, place: Steps) -> Iterator[tuple[Steps, Node]]:
    """Where the model has a ProfileId in the value; a key of Attributes may have that name, and is none."""
    if place[-1] == "ProfileId":
        yield place, node
    elif node.type == "structure":
        for name, item in value.items():
            yield from _places_of(node.members[name], item, (*place, name))
    elif node.item is not None:
        for index, item in enumerate(value):
            yield from _places_of(node.item, item, (*place, index))


def _not_echoed(members: OutcomeMembers, request: Mapping[str, Any], response: Mapping[str, Any]) -> Iterator[Breach]:
    for name in members.echoed:
        absent = {key: item for key, item in response.items() if key != name}
        yield Breach((name,), "absent", not_echoed(name, request[name], "nothing"), (), absent)
        other = request[name][:-1] + ("b" if request[name].endswith("a") else "a")
        yield Breach((name,), "another-name", not_echoed(name, request[name], clip(other)), (name,), other)

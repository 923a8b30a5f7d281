"""What a file says, put into a world that holds nothing yet."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from cp_fixtures.domain.checks import CORRECT_RESPONSE, check_name, check_said, checked_refusal
from cp_fixtures.domain.listing import OF_DEFINITION
from cp_fixtures.domain.reading import options_of, records
from cp_fixtures.domain.state import SegmentState
from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, Words, clip, several
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from cp_fixtures.domain.reading import Record
    from cp_fixtures.domain.world import World

__all__ = ["begun", "fill"]

_Domain = TypeVar("_Domain")

_INVALID = "This domain breaks the service model"


def begun(make: Callable[..., _Domain], path: str | os.PathLike[str]) -> tuple[_Domain, Iterator[Record]]:
    """The domain that a file begins with, empty, and the records that are to fill it.

    Args:
        make: makes a domain of its options.
        path: the file.

    Raises:
        InvalidResponse: no call can ask for its name, or no answer could say what an option says.
        UsageError: an option cannot have such a value, or it is no such file; the line is named.
    """
    found = records(path)
    first = next(found, None)
    if first is None or first.kind != "domain":
        return make(), found if first is None else chain([first], found)
    try:
        return make(**options_of(first)), found
    except (InvalidRequest, InvalidResponse) as problem:
        raise InvalidResponse(_INVALID, _on(first, problem.violations), CORRECT_RESPONSE) from None
    except UsageError as problem:
        raise UsageError(f"Line {first.line}: {problem.args[0]}", *problem.args[1:]) from None


def fill(world: World, records: Iterable[Record]) -> None:
    """Put every record into a world.

    Raises:
        InvalidResponse: some break the model; every violation is listed, with its line.
        UsageError: a record does not fit the others, or says too little.
    """
    found: list[Violation] = []
    misfits: list[UsageError] = []
    for record in records:
        _put(world, record, found, misfits)
    if found:
        # Who is refused himself may be what another record misses.
        raise InvalidResponse(_INVALID, found, CORRECT_RESPONSE)
    if misfits:
        raise misfits[0]


def _put(world: World, record: Record, found: list[Violation], misfits: list[UsageError]) -> None:
    """Put one in, or note why it cannot be."""
    try:
        _FILLERS[record.kind](world, record)
    except (InvalidRequest, InvalidResponse) as problem:
        found += _on(record, problem.violations)
    except UsageError as problem:
        misfits.append(problem)


def _on(record: Record, violations: Iterable[Violation]) -> list[Violation]:
    return [violation.under(Words(f"line {record.line}")) for violation in violations]


def _profile(world: World, record: Record) -> None:
    profile_id = record.value.get("ProfileId")
    if isinstance(profile_id, str) and profile_id in world.state.profiles:
        raise _wrong(record, f"The id {clip(profile_id)} is there twice")
    world.put(record.value)


def _segment(world: World, record: Record) -> None:
    _check_names(record, ("name", "members"), ("definition",))
    name, members, definition = record.value["name"], record.value["members"], record.value.get("definition", {})
    check_name("get_segment_definition", "SegmentDefinitionName", name)
    if name in world.state.segments:
        raise _wrong(record, f"The segment {clip(name)} is there twice")
    if not isinstance(members, list):
        raise _wrong(record, "Its members are no list of ids")
    for each in members:
        if not isinstance(each, str) or each not in world.state.profiles:
            raise _wrong(record, f"The member {clip(each)} is no profile that stands before it")
    _check_definition(record, definition)
    world.state.segments[name] = SegmentState(added=set(members), definition=definition)


def _check_definition(record: Record, definition: object) -> None:
    if not isinstance(definition, dict):
        raise _wrong(record, "Its definition is no object")
    output = nodes().output("get_segment_definition")
    known = {} if output is None else {name: output.members[name] for name in OF_DEFINITION if name in output.members}
    for name in definition:
        if name not in known:
            raise _wrong(record, f"Its definition has {clip(name)}, and can have {several(known)}")
    check_said("This definition", **{name: (known[name], value) for name, value in definition.items()})


def _refused(world: World, record: Record) -> None:
    _check_names(record, ("ProfileId", "Code", "Status", "Message"))
    profile_id, code, status, message = (record.value[name] for name in ("ProfileId", "Code", "Status", "Message"))
    refusal = checked_refusal(profile_id, code=code, status=status, message=message)
    if profile_id in world.state.refusals:
        raise _wrong(record, f"The id {clip(profile_id)} is there twice")
    world.state.refusals[profile_id] = refusal


def _domain(_world: World, record: Record) -> None:
    raise _wrong(record, "It is a second domain, or comes after other records")


def _check_names(record: Record, needed: tuple[str, ...], others: tuple[str, ...] = ()) -> None:
    for name in needed:
        if name not in record.value:
            raise _wrong(record, f"It has no {clip(name)}")
    for name in record.value:
        if name not in (*needed, *others):
            raise _wrong(record, f"It has {clip(name)}, and can have {several((*needed, *others))}")


def _wrong(record: Record, why: str) -> UsageError:
    return UsageError(f"Line {record.line} is the {record.kind} {clip(record.value)}.", f"{why}.", "Correct the line.")


_FILLERS: dict[str, Callable[[World, Any], None]] = {
    "domain": _domain,
    "profile": _profile,
    "segment": _segment,
    "refused": _refused,
}

"""What a file says, put into a world that holds nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.checks import check_id, check_name
from cp_fixtures.domain.state import Refusal, SegmentState
from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, Words, clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.domain.reading import Record
    from cp_fixtures.domain.world import World

__all__ = ["fill"]


def fill(world: World, records: Iterable[Record]) -> None:
    """Put every record into a world.

    Raises:
        InvalidResponse: some break the model; every violation is listed, with its line.
        UsageError: a record does not fit the others, or says too little.
    """
    found: list[Violation] = []
    for record in records:
        found += _filled(world, record)
    if found:
        raise InvalidResponse("This domain breaks the service model", found)


def _filled(world: World, record: Record) -> list[Violation]:
    try:
        _FILLERS[record.kind](world, record)
    except (InvalidRequest, InvalidResponse) as problem:
        return [violation.under(Words(f"line {record.line}")) for violation in problem.violations]
    except KeyError as problem:
        raise _wrong(record, f"It has no {problem}") from None
    return []


def _profile(world: World, record: Record) -> None:
    profile_id = record.value["ProfileId"]
    if profile_id in world.state.profiles:
        raise _wrong(record, f"The id {clip(profile_id)} is there twice")
    world.put(record.value)


def _segment(world: World, record: Record) -> None:
    name, members = record.value["name"], record.value["members"]
    check_name("get_segment_definition", "SegmentDefinitionName", name)
    for each in members:
        if each not in world.state.profiles:
            raise _wrong(record, f"The member {clip(each)} is no profile that stands before it")
    world.state.segments[name] = SegmentState(added=set(members), definition=record.value.get("definition", {}))


def _refused(world: World, record: Record) -> None:
    check_id(record.value["ProfileId"])
    world.state.refusals[record.value["ProfileId"]] = Refusal(
        record.value["Code"], record.value["Status"], record.value["Message"]
    )


def _domain(_world: World, record: Record) -> None:
    raise _wrong(record, "It is a second domain, or comes after other records")


def _wrong(record: Record, why: str) -> UsageError:
    return UsageError(f"Line {record.line} is the {record.kind} {clip(record.value)}.", f"{why}.", "Correct the line.")


_FILLERS: dict[str, Callable[[World, Any], None]] = {
    "domain": _domain,
    "profile": _profile,
    "segment": _segment,
    "refused": _refused,
}

"""Calls made up by the number: as many exchanges as it takes to ask for all the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.cli.output import plain, write_array, write_document, write_lines
from cp_fixtures.cli.progress import shown
from cp_fixtures.errors import UsageError
from cp_fixtures.exchanges import Assembler
from cp_fixtures.exchanges.plan import most_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.exchanges import Exchange

__all__ = ["generate", "shares"]

_KINDS = {
    "batch_get_profile": {"found": "profiles", "refused": "errors"},
    "get_segment_membership": {"found": "present", "absent": "absent", "refused": "failures"},
}
"""The arguments of the assembler that the counts stand for."""


def generate(
    operation: str,
    *,
    found: int,
    absent: int,
    refused: int,
    seed: int,
    locale: str,
    preset: str,
    form: str | None,
    only: str | None,
) -> None:
    """Write the exchanges to the standard output.

    Args:
        operation: one of the two operations that ask for ids.
        found: how many profiles are found, or are in the segment.
        absent: how many are not in the segment.
        refused: how many ids are refused.
        seed: the same gives the same.
        locale: of the people.
        preset: what is in a profile.
        form: "json" or "jsonl"; None is "json" for one exchange, indented, else "jsonl".
        only: the part of each exchange to write, "request" or "response"; None is all of it.

    Raises:
        UsageError: no id is asked for, the operation knows no absent ones, or there is no such locale or preset.
            Nothing has been written.
    """
    counts = _counts(operation, found=found, absent=absent, refused=refused)
    most = most_ids(operation)
    total = sum(counts.values())
    exchanges = _exchanges(operation, shares(counts, most), Assembler(seed=seed, locale=locale), preset)
    # What can be refused is refused with the first, and nothing is written before that is made.
    parts = (_part(each, only) for each in shown(exchanges, total))
    if form == "jsonl" or (form is None and total > most):
        write_lines(parts)
    elif total > most:
        write_array(parts)
    else:
        write_document(next(parts))


def shares(counts: dict[str, int], most: int) -> Iterator[dict[str, int]]:
    """The counts of each call, so that every kind is spread evenly, and every call but the last is full.

    Args:
        counts: how many there are of each kind, one at least in all.
        most: how many one call takes.

    Yields:
        how many of each kind the call has.
    """
    total, done = sum(counts.values()), dict.fromkeys(counts, 0)
    for start in range(0, total, most):
        reached = _reached(counts, min(start + most, total))
        yield {kind: reached[kind] - done[kind] for kind in counts}
        done = reached


def _reached(counts: dict[str, int], number: int) -> dict[str, int]:
    """How many of each kind are among the first so many of all."""
    left, of = number, sum(counts.values())
    reached = {}
    for kind, count in counts.items():
        reached[kind] = left * count // of if of else 0
        left, of = left - reached[kind], of - count
    return reached


def _counts(operation: str, **counts: int) -> dict[str, int]:
    kinds = _KINDS[operation]
    for name in counts.keys() - kinds.keys():
        if counts[name]:
            raise UsageError(
                f"--{name} is {counts[name]}.", f"{operation} asks about no segment.", "Leave it out, or use --errors."
            )
    if not any(counts.values()):
        raise UsageError(
            f"No id of {operation} is asked for.",
            f"A call takes 1 to {most_ids(operation)}.",
            f"Let one of {', '.join(f'--{name}' for name in kinds.values())} be more than 0.",
        )
    return {kind: counts[name] for name, kind in kinds.items()}


def _exchanges(
    operation: str, calls: Iterator[dict[str, int]], assembler: Assembler, preset: str
) -> Iterator[Exchange]:
    make = getattr(assembler, operation)
    for counts in calls:
        yield make(**counts, preset=preset)


def _part(exchange: Exchange, only: str | None) -> Any:
    whole = plain(exchange)
    return whole if only is None else whole[only]

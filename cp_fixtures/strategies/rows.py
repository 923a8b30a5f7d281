"""Rows, each an id with what becomes of it, and the exchange that is built from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

from hypothesis import strategies as st

from cp_fixtures.errors import clip
from cp_fixtures.exchanges import Exchange, Outcome, assemble, request_for
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.ids import ids_from
from cp_fixtures.strategies.pools import WAYS
from cp_fixtures.strategies.profiles import with_id
from cp_fixtures.strategies.refusals import Whether, check_size, refused, whether

__all__ = ["Drawn", "Entries", "Rows"]

_Kind = Literal["found", "refused", "left_out"]
_Row = tuple[_Kind, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws something, without a strategy of its own, which would take as long again.

    Attributes:
        draw: draws it, in one of its ways, by number: the first is the simplest.
        ways: how many there are.
    """

    draw: Callable[[st.DrawFn, int], Any]
    ways: int = 1


_Entry = tuple[_Kind, Drawn]

Entries = dict[str, _Entry]
"""By the name of an outcome: in which list of the response it stands, and what draws its entry there."""

_KINDS = 3
"""So many numbers, or one for each, are divided among what may become of an id; 0 is for no further id."""

_AGAIN = 16
"""One in so many examples has the same rows again."""

_BYTES = st.binary(min_size=18, max_size=18)
"""The last choice but those that only reorder: whether and how often there are the same rows again, and an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What both operations have in common: ids, what becomes of each, and how it is told."""

    operation: str
    ids: st.SearchStrategy[str] | Sequence[str] | None
    least: int
    most: int | None
    outcomes: tuple[str, ...]
    repeats: bool
    shuffle: Whether
    omit_empty: Whether
    drawn: tuple[st.SearchStrategy[Any], ...]
    names: dict[str, st.SearchStrategy[str]]
    last_computed_at: Callable[[], st.SearchStrategy[Any]] = st.none

    def __post_init__(self) -> None:
        check_size("min_ids", self.least, 1)
        if self.most is not None:
            check_size("max_ids", self.most, self.least)
        if not isinstance(self.repeats, bool):
            raise refused(f"repeats is {clip(self.repeats)}.", "It says whether.", "Give True or False.")
        _check_ids(self.ids, has_bounds=self.least != 1 or self.most is not None)

    def strategy(self, entries: Entries) -> st.SearchStrategy[Exchange]:
        """The exchanges, of what becomes of an id by its name."""
        limit = self._limit()
        # What has to be prepared is prepared now, and not while a test draws.
        for strategy in self.drawn:
            strategy.validate()
        rows, is_free = self._rows(entries, limit), self.ids is None
        most = limit if self.most is None else self.most
        computed = self.last_computed_at()

        @st.composite
        def exchange(draw: st.DrawFn) -> Exchange:
            drawn = draw(rows)
            texts = {name: draw(strategy) for name, strategy in self.names.items()}
            time = draw(computed)
            if is_free:
                drawn = _numbered(draw, drawn, most)
            outcomes = [_outcome(profile_id, *row) for profile_id, row in drawn]
            asked = [outcome.profile_id for outcome in outcomes]
            if self.repeats:
                asked += draw(st.lists(st.sampled_from(asked), max_size=limit - len(asked)))
            if whether(draw, self.shuffle):
                outcomes = list(draw(st.permutations(outcomes)))
            request = request_for(self.operation, asked, **texts)
            omit_empty = whether(draw, self.omit_empty)
            return assemble(self.operation, request, outcomes, last_computed_at=time, omit_empty=omit_empty)

        return exchange()

    def _limit(self) -> int:
        request = nodes().input(self.operation)
        asked = None if request is None else request.members["ProfileIds"]
        limit = int((asked and asked.max) or self.least)
        given = 0 if self.ids is None or isinstance(self.ids, st.SearchStrategy) else len(self.ids)
        if max(self.least, self.most or 0, given) > limit:
            raise refused(
                f"A request of {self.operation} was to ask for {max(self.least, self.most or 0, given)} ids.",
                f"One call takes {limit}.",
                "Ask for fewer; more are several calls, with an exchange each.",
            )
        return limit

    def _rows(self, entries: Entries, limit: int) -> st.SearchStrategy[Any]:
        """Pairs of an id and its row; rows alone where the ids are free."""
        chosen = [entries[name] for name in self.outcomes]
        # A multiple of most of them, for each way to be as likely as the next.
        ways = -(-max(drawn.ways for _, drawn in chosen) // WAYS) * WAYS
        row = partial(_row, chosen, ways)
        most = limit if self.most is None else self.most
        if self.ids is None:
            return _some_rows(row(0), row(1), self.least, most)
        if isinstance(self.ids, st.SearchStrategy):
            pairs = st.tuples(self.ids, row(1))
            return st.lists(pairs, min_size=self.least, max_size=most, unique_by=lambda pair: pair[0])
        return st.tuples(*(st.tuples(st.just(profile_id), row(1)) for profile_id in self.ids))


@st.composite
def _row(draw: st.DrawFn, entries: Sequence[_Entry], ways: int, least: int) -> _Row | None:
    """What becomes of one id; None, where it may be, for no further one."""
    # Whether there is one more, what becomes of it, and in which way, are one choice: one for each, as in st.lists,
    # would take as much time again as the people in the rows.
    most = max(_KINDS, len(entries))
    number, way = divmod(draw(_between(least * ways, (most + 1) * ways - 1)), ways)
    if not number:
        return None
    kind, entry = entries[(number - 1) * len(entries) // most]
    return kind, entry.draw(draw, way % entry.ways)


@st.composite
def _some_rows(
    draw: st.DrawFn, row: st.SearchStrategy[_Row | None], first: st.SearchStrategy[Any], least: int, most: int
) -> list[_Row]:
    rows = [draw(first) for _ in range(least)]
    while len(rows) < most and (another := draw(row)) is not None:
        rows.append(another)
    return rows


def _numbered(draw: st.DrawFn, rows: list[_Row], most: int) -> list[tuple[str, _Row]]:
    """The rows with their ids; now and then the same again, mostly until there are as many as may be."""
    again, size, *number = draw(_BYTES)
    if again % _AGAIN == _AGAIN - 1:
        # Any number, so that the shrinker finds the least; a byte, for of two it lowers none for the other's sake.
        size = max(len(rows), min(size * (1 + most // 256), most))
        rows = (rows * size)[:size]
    return list(zip(ids_from(int.from_bytes(number, "big"), len(rows)), rows, strict=True))


def _outcome(profile_id: str, kind: _Kind, entry: Any) -> Outcome:
    if not isinstance(entry, dict):
        # None of an id that is left out; of any other the gate says what it should have been.
        return Outcome(profile_id, kind, entry)
    if "QueryResult" in entry:
        profile = entry.get("Profile")
        inside = {"Profile": with_id(profile_id, profile)} if isinstance(profile, dict) else {}
        return Outcome(profile_id, kind, {**entry, "ProfileId": profile_id, **inside})
    if kind == "found":
        return Outcome(profile_id, kind, with_id(profile_id, entry))
    return Outcome(profile_id, kind, {**entry, "ProfileId": profile_id})


@cache
def _between(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def _check_ids(profile_ids: object, *, has_bounds: bool) -> None:
    if profile_ids is None or isinstance(profile_ids, st.SearchStrategy):
        return
    if isinstance(profile_ids, str) or not isinstance(profile_ids, Sequence) or not profile_ids:
        raise refused(
            f"profile_ids is {clip(profile_ids)}.",
            "It is a strategy of ids, or a list of the ids that every request asks for.",
            "Give one of the two, or leave it out for any ids.",
        )
    if has_bounds:
        raise refused(
            f"profile_ids are {len(profile_ids)} ids, and min_ids or max_ids is given too.",
            "Every request asks for all of them.",
            "Leave the bounds out, or give a strategy: st.sampled_from(ids).",
        )
    if any(each in profile_ids[:at] for at, each in enumerate(profile_ids)):
        raise refused("profile_ids has an id twice.", "Each id has one outcome.", "Give each once, and repeats=True.")

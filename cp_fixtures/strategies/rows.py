"""Rows, each an id with what becomes of it, and the exchange that is built from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from hypothesis import strategies as st

from cp_fixtures.errors import clip
from cp_fixtures.exchanges import Exchange, Outcome, assemble, request_for
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.profiles import ids, with_id
from cp_fixtures.strategies.refusals import check_size, refused

__all__ = ["Entries", "Rows"]

Entries = dict[str, tuple[Literal["found", "refused", "left_out"], st.SearchStrategy[Any]]]
"""By the name of an outcome: in which list of the response it stands, and the strategy of its entry there."""

_AS_MANY_AS_POSSIBLE = 15
"""The last choice but those that only reorder: to ask for as many ids as one call takes; any less leaves the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What both operations have in common: ids, what becomes of each, and how it is told."""

    operation: str
    ids: st.SearchStrategy[str] | Sequence[str] | None
    least: int
    most: int | None
    outcomes: tuple[str, ...]
    repeats: bool
    shuffle: st.SearchStrategy[bool]
    omit_empty: st.SearchStrategy[bool]
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
            outcomes = list(draw(rows))
            texts = {name: draw(strategy) for name, strategy in self.names.items()}
            time = draw(computed)
            if is_free and draw(_up_to(_AS_MANY_AS_POSSIBLE)) == _AS_MANY_AS_POSSIBLE:
                outcomes = _multiplied(outcomes, most)
            asked = [outcome.profile_id for outcome in outcomes]
            if self.repeats:
                asked += draw(st.lists(st.sampled_from(asked), max_size=limit - len(asked)))
            if draw(self.shuffle):
                outcomes = list(draw(st.permutations(outcomes)))
            request = request_for(self.operation, asked, **texts)
            omit_empty = draw(self.omit_empty)
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
        outcomes = st.sampled_from(self.outcomes)

        @st.composite
        def row(draw: st.DrawFn, profile_ids: st.SearchStrategy[str]) -> Outcome:
            profile_id = draw(profile_ids)
            kind, entry = entries[draw(outcomes)]
            return _outcome(profile_id, kind, draw(entry))

        if self.ids is None or isinstance(self.ids, st.SearchStrategy):
            one = row(ids() if self.ids is None else self.ids)
            most = limit if self.most is None else self.most
            return st.lists(one, min_size=self.least, max_size=most, unique_by=lambda outcome: outcome.profile_id)
        return st.tuples(*(row(st.just(profile_id)) for profile_id in self.ids))


def _outcome(profile_id: str, kind: Literal["found", "refused", "left_out"], entry: Any) -> Outcome:
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


def _multiplied(outcomes: list[Outcome], most: int) -> list[Outcome]:
    """As many rows as may be: the same again, with ids that follow on theirs."""
    taken = {outcome.profile_id: outcome for outcome in outcomes}
    step = 0
    while len(taken) < most:
        outcome = outcomes[step % len(outcomes)]
        step += 1
        profile_id = f"{(int(outcome.profile_id, 16) + step) % (1 << 128):032x}"
        if profile_id not in taken:
            taken[profile_id] = _outcome(profile_id, outcome.kind, outcome.entry)
    return list(taken.values())


@cache
def _up_to(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


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

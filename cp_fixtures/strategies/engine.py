"""A shape in, the strategy of its values out: every shape of every service is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cp_fixtures.errors import listed
from cp_fixtures.factories import OMIT
from cp_fixtures.strategies.leaves import is_leaf, leaf
from cp_fixtures.strategies.plans import NOTHING, Plan
from cp_fixtures.strategies.reach import height
from cp_fixtures.strategies.refusals import refused
from cp_fixtures.strategies.stretching import stretched
from cp_fixtures.validation import find

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from cp_fixtures.shapes import Node

__all__ = ["Engine", "checked"]

_ROOM = 7
"""How deep a value goes that need not be so deep."""

_OPTIONAL = (14, 6, 4, 3, 2, 1, 1, 1)
"""How many optional members of a structure there may be so that every other one is there, level by level."""

_ITEMS = (6, 6, 4, 3, 2, 1, 1, 1)
"""How many more items than it must have a list, or a map, gets, level by level."""

_MANY, _SOME = 4, 7
"""From how many optional members on there is a choice to have none of them, one in so many others."""

_TEXTS_ONLY, _EVERYTHING = 6, 7
"""The last choice of all: to stretch the texts, or everything; what is below leaves the value as it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """Makes the strategies of shapes; one is made for each shape, at each depth.

    Attributes:
        times: what a timestamp is drawn from.
        streams: whether what is streamed is drawn as an open stream, and not as its bytes.
        full: whether every member is there, and every list and map has an entry, as far down as there is room.
    """

    times: st.SearchStrategy[dt.datetime]
    streams: bool = False
    full: bool = False
    _made: dict[Any, st.SearchStrategy[Any]] = field(default_factory=dict, repr=False)

    def strategy(self, node: Node, plan: Plan = NOTHING) -> st.SearchStrategy[Any]:
        """Every value that the shape allows, small ones first, and the longest ones too.

        Args:
            node: the shape.
            plan: what the caller wants otherwise.

        Raises:
            InvalidArgument: something in the shape cannot be drawn; each such place is listed.
        """
        self._check(node, plan)

        @st.composite
        def whole(draw: st.DrawFn) -> Any:
            value = draw(self._at(node, _ROOM, plan))
            # The last choice, so that it disturbs the shrinking of no other.
            stretch = draw(_up_to(_EVERYTHING))
            if stretch >= _TEXTS_ONLY:
                value = stretched(node, value, plan, items=stretch == _EVERYTHING)
            return checked(node, value) if plan else value

        return whole()

    def _check(self, node: Node, plan: Plan) -> None:
        found = list(dict.fromkeys(self._undrawable(node, plan, "", {})))
        if found:
            raise InvalidArgument(
                f"{node.name} cannot be drawn in {len(found)} place{'s' if len(found) > 1 else ''}:\n{listed(found)}\n"
                "Override each of them by its path."
            )

    def _undrawable(self, node: Node, plan: Plan, path: str, seen: dict[Node, None]) -> Iterator[str]:
        if plan.value is not None or plan.is_omitted or (node in seen and not plan.members):
            return
        seen[node] = None
        try:
            if height(node) == inf:
                yield f"{path or node.name}: it contains itself without end"
            elif is_leaf(node):
                # Here, and not while a test draws, Hypothesis reads its table of characters: in a fresh checkout it
                # has none yet, and would complain of the seconds that it takes.
                leaf(node, self.times, streams=self.streams).validate()
        except InvalidArgument as problem:
            yield f"{path or node.name}: {problem}"
        for name, member in node.members.items():
            yield from self._undrawable(member, plan.members.get(name, NOTHING), f"{path}__{name}".strip("_"), seen)
        for inner in filter(None, (node.item, node.key, node.value)):
            yield from self._undrawable(inner, plan if inner is not node.key else NOTHING, path, seen)

    def _at(self, node: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        if plan.value is not None:
            return plan.value
        # What an override has a part in is kept with it, and goes when it goes.
        kept = plan.made if plan else self._made
        key = (node, 0 if is_leaf(node) else room)
        if key not in kept:
            kept[key] = self._new(node, max(room, 0), plan)
        return kept[key]

    def _new(self, node: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        if is_leaf(node):
            return leaf(node, self.times, streams=self.streams)
        if node.type == "events":
            least, most = self._sizes(node, room)
            least = max(least, min(1, len(node.required)))
            return st.lists(self._union(node, room, plan), min_size=least, max_size=max(least, most))
        if node.union:
            return self._union(node, room, plan)
        if node.item is not None:
            return self._list(node, node.item, room, plan)
        if node.key is not None and node.value is not None:
            return self._map(node, node.key, node.value, room, plan)
        return self._structure(node, room, plan)

    def _list(self, node: Node, item: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        if not node.min and height(item) >= room:
            return st.builds(list)
        least, most = self._sizes(node, room)
        return st.lists(self._at(item, room - 1, plan), min_size=least, max_size=most)

    def _map(self, node: Node, key: Node, value: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        if not node.min and height(value) >= room:
            return st.builds(dict)
        least, most = self._sizes(node, room)
        if key.enum:
            most = min(most, len(key.enum))
            _check_keys(node, least, most)
        return st.dictionaries(
            self._at(key, room - 1, NOTHING), self._at(value, room - 1, plan), min_size=least, max_size=most
        )

    def _sizes(self, node: Node, room: int) -> tuple[int, int]:
        """How many entries a list or a map has, at the least and at the most."""
        if not self.full:
            return int(node.min or 0), _most(node, room)
        least = int(node.min or 1) if node.max != 0 else 0
        return least, least

    def _union(self, node: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        wanted = [name for name, below in plan.members.items() if not below.is_omitted]
        names = wanted or [name for name in node.members if name not in plan.members]
        # A stream of events can require a kind of event: our validator and botocore then want it in each.
        names = [name for name in names if name in node.required] or names
        flat = [name for name in names if height(node.members[name]) < room]
        lowest = min((height(node.members[name]) for name in names), default=0)
        names = flat or [name for name in names if height(node.members[name]) == lowest]

        @st.composite
        def member(draw: st.DrawFn) -> dict[str, Any]:
            name = draw(st.sampled_from(names))
            return {name: draw(self._at(node.members[name], room - 1, plan.members.get(name, NOTHING)))}

        return member() if names else st.builds(dict)

    def _structure(self, node: Node, room: int, plan: Plan) -> st.SearchStrategy[Any]:
        rows = [
            (name, self._chance(node, name, room, plan), member, plan.members.get(name, NOTHING))
            for name, member in node.members.items()
            if self._is_there(node, name, room, plan)
        ]

        has_many = sum(chance is not None for _, chance, _, _ in rows) >= _MANY

        @st.composite
        def structure(draw: st.DrawFn) -> dict[str, Any]:
            made = {}
            # What takes few choices is what the shrinker can delete from a list.
            has_some = not has_many or draw(_up_to(_SOME)) > 0
            for name, chance, member, below in rows:
                # Just before the value: the shrinker takes both away together, and leaves nothing behind.
                if chance is not None and not (has_some and draw(_up_to(chance)) == chance):
                    continue
                value = draw(self._at(member, room - 1, below))
                if value is not OMIT:
                    made[name] = value
            return made

        return structure() if rows else st.builds(dict)

    def _is_there(self, node: Node, name: str, room: int, plan: Plan) -> bool:
        if (wanted := plan.members.get(name)) is not None:
            return not wanted.is_omitted
        return name in node.required or height(node.members[name]) < room

    def _chance(self, node: Node, name: str, room: int, plan: Plan) -> int | None:
        """One in how many others it is there; None for always."""
        if self.full or name in node.required or name in plan.members:
            return None
        optional = len(node.members) - len(node.required)
        return max(1, ceil(optional / _OPTIONAL[_ROOM - room]))


@cache
def _up_to(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


def _most(node: Node, room: int) -> int:
    more = int(node.min or 0) + _ITEMS[_ROOM - room]
    return more if node.max is None else min(more, int(node.max))


def _check_keys(node: Node, least: int, most: int) -> None:
    if least > most:
        raise refused(
            f"No value of {node.name} can be drawn.",
            f"It is to have {least} entries or more, and there are {most} keys.",
            "Override the member with a value of your own, or leave it out with OMIT.",
        )


def checked(node: Node, value: Any) -> Any:
    """The value, which an override has had a part in.

    Raises:
        InvalidArgument: it breaks the model; every violation is listed.
    """
    if found := find(node, value):
        raise InvalidArgument(
            f"An override of {node.name} gave a value that breaks the service model:\n{listed(found)}\n"
            "Give a value, or a strategy, that the model allows."
        )
    return value

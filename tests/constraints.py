"""What a model demands, place by place, and what a value shows of it: read from the nodes by a road of its own."""

from __future__ import annotations

import importlib
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.patterns import translated
from cp_fixtures.validation import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cp_fixtures.shapes import Node

# The only thing in Python that knows how long a match can be.
PARSER: Any = importlib.import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
ENDLESS = 2**30


class Place(NamedTuple):
    """A place of a shape: names of members, `[]` for an item, `{}` for a map's value and `{key}` for its key."""

    path: tuple[str, ...]
    node: Node
    inside: tuple[Node, ...] = ()


def places(node: Node, path: tuple[str, ...] = (), inside: tuple[Node, ...] = ()) -> Iterator[Place]:
    """Every place of a shape; what contains itself is left where it would begin again."""
    if node in inside:
        return
    yield Place(path, node, inside)
    around = (*inside, node)
    parts = {**node.members, "[]": node.item, "{key}": node.key, "{}": node.value}
    for step, part in parts.items():
        if part is not None:
            yield from places(part, (*path, step), around)


def constraints(node: Node) -> set[tuple[tuple[str, ...], str]]:
    """Each place with each rule that can be broken there alone; a member that can be missing has a place."""
    found = set()
    for place in places(node):
        here = place.node
        found |= {(place.path, rule.code) for rule in rules(here) if is_breakable(here, rule.code)}
        found |= {((*place.path, name), "required") for name in here.required}
        found |= {(place.path, code) for code in ("unknown",) if here.type == "structure"}
        found |= {(place.path, "union")} if here.union else set()
    return found


def is_breakable(node: Node, code: str) -> bool:
    """Whether a value can break this rule of the node and keep all others."""
    if node.type in ("integer", "long", "float", "double"):
        bits = {"integer": 31, "long": 63}.get(node.type, 1024)
        outside = {"min": node.min, "max": node.max}
        if code == "width":
            return node.min is None or node.max is None
        return code not in outside or -(2**bits) < (outside[code] or 0) < 2**bits - 1
    if code == "min" and not node.min:
        return False
    if not node.pattern:
        return code != "unicode" or not node.enum
    shortest, longest = widths(node.pattern)
    checks = {
        "min": shortest < (node.min or 0),
        "max": longest > (node.max or 0),
        # An expression that is content with nothing finds that anywhere, unless it is tied to an end.
        "pattern": shortest > 0 or node.pattern[0] == "^",
        "unicode": not (node.pattern[0] == "^" and node.pattern[-1] == "$"),
    }
    return checks.get(code, True)


def widths(pattern: str) -> tuple[int, int]:
    """The least and the greatest length of a text in which the pattern is found."""
    least, most = PARSER.parse(translated(pattern), re.ASCII).getwidth()
    is_tied = pattern[0] == "^" and pattern[-1] == "$"
    return int(least), min(int(most), ENDLESS) if is_tied else ENDLESS


def path_in(node: Node, steps: Iterable[str | int], *, key: bool = False) -> tuple[str, ...]:
    """The place of a shape to which the steps in a value lead."""
    path: list[str] = []
    here: Node | None = node
    for step in steps:
        assert here is not None
        if here.type == "list":
            path, here = [*path, "[]"], here.item
        elif here.type == "map":
            path, here = [*path, "{}"], here.value
        else:
            path, here = [*path, str(step)], here.members.get(str(step))
    return (*path[:-1], "{key}") if key else tuple(path)


class Seen(NamedTuple):
    """What many values showed: the values at each place, and the members of each structure."""

    values: dict[tuple[str, ...], list[Any]]
    absent: set[tuple[str, ...]]

    def show(self, node: Node, value: Any, path: tuple[str, ...] = ()) -> None:
        """Take one more value in."""
        self.values.setdefault(path, []).append(value)
        if node.type == "structure":
            self.absent.update((*path, name) for name in node.members.keys() - value.keys())
            for name, item in value.items():
                self.show(node.members[name], item, (*path, name))
        elif node.item:
            for item in value:
                self.show(node.item, item, (*path, "[]"))
        elif node.key and node.value:
            for key, item in value.items():
                self.show(node.key, key, (*path, "{key}"))
                self.show(node.value, item, (*path, "{}"))


def not_shown(node: Node, values: Iterable[Any]) -> list[str]:
    """What the values leave out: a member present or absent, a value of an enum, a bound, a list empty or full."""
    seen = Seen({}, set())
    for value in values:
        seen.show(node, value)
    return [f"{'.'.join(place.path)}: {lack}" for place in places(node) for lack in _lacks(place, seen)]


def _lacks(place: Place, seen: Seen) -> Iterator[str]:
    node, values = place.node, seen.values.get(place.path, [])
    if not values:
        yield "present"
        return
    if place.inside and place.inside[-1].type == "structure" and place.path not in seen.absent:
        around = place.inside[-1]
        if place.path[-1] not in around.required:
            yield "absent"
    if node.type == "string":
        lengths = {len(value) for value in values}
        yield from (f"length {length}" for length in _lengths(node) - lengths if not node.enum)
        if place.path[-1] != "{key}":
            yield from (f"value {value}" for value in {*node.enum} - {*values})
    if node.type in ("list", "map"):
        sizes = {int(node.min or 0), max(1, int(node.min or 0)), *([int(node.max)] if node.max else [])}
        yield from (f"{size} entries" for size in sizes - {len(value) for value in values})
    if node.type in ("integer", "long", "float", "double"):
        yield from (f"number {bound}" for bound in (node.min, node.max) if bound is not None and bound not in values)
    if node.type == "boolean":
        yield from (str(value) for value in {True, False} - {*values})


def _lengths(node: Node) -> set[int]:
    """The least and the greatest length that a text of the node can have, as far as there is one."""
    shortest, longest = widths(node.pattern) if node.pattern else (0, ENDLESS)
    bounds = {max(shortest, int(node.min or 0))}
    return bounds if node.max is None else bounds | {min(longest, int(node.max))}

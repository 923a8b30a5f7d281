"""How deep a value of a shape has to be, at the least: some shapes contain themselves."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["height", "reachable"]

_KEPT = "height"


def reachable(node: Node) -> list[Node]:
    """The shape and all shapes inside it, each once, the outer ones first."""
    found: dict[Node, None] = {node: None}
    coming = [node]
    while coming:
        for inner in _inside(coming.pop()):
            if inner not in found:
                found[inner] = None
                coming.append(inner)
    return list(found)


def height(node: Node) -> float:
    """How many levels the flattest value has: 0 for a text, or an empty list; infinite where it has no end."""
    if _KEPT not in node.kept:
        _measure(node)
    found: float = node.kept[_KEPT]
    return found


def _measure(node: Node) -> None:
    every = reachable(node)
    heights: dict[Node, float] = dict.fromkeys(every, inf)
    is_changing = True
    while is_changing:
        is_changing = False
        for each in every:
            measured = _flattest(each, heights)
            if measured < heights[each]:
                heights[each], is_changing = measured, True
    for each, measured in heights.items():
        each.kept[_KEPT] = measured


def _flattest(node: Node, heights: dict[Node, float]) -> float:
    if node.union or node.type == "events":
        return 1 + min((heights[member] for member in node.members.values()), default=0)
    if node.members:
        return 1 + max((heights[node.members[name]] for name in node.required if name in node.members), default=-1)
    if (node.item or node.value) and not node.min:
        return 0
    return 1 + max((heights[inner] for inner in _inside(node)), default=-1)


def _inside(node: Node) -> list[Node]:
    return [*node.members.values(), *filter(None, (node.item, node.key, node.value))]

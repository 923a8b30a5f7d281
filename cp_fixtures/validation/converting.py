"""A value by its shape, in which whatever is of some types is converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cp_fixtures.shapes import Node

__all__ = ["converted"]

_KEPT = "types"


def converted(node: Node | None, value: Any, convert: Mapping[str, Callable[[Any], Any]]) -> Any:
    """The value with each value inside it converted for which there is a function.

    Args:
        node: the shape of the value; None leaves it as it is.
        value: anything at all; nothing in it is changed.
        convert: the functions, by the type of the node; what a container's gives is gone into then.

    Returns:
        a new value, or the same where nothing is to be converted.
    """
    if node is None or convert.keys().isdisjoint(_types(node)):
        return value
    if node.type in convert:
        value = convert[node.type](value)
    if isinstance(value, list) and node.type == "list":
        # Most lists are of ids.
        is_left = node.item is None or convert.keys().isdisjoint(_types(node.item))
        return value if is_left else [converted(node.item, item, convert) for item in value]
    if isinstance(value, dict) and node.type == "map":
        return {key: converted(node.value, item, convert) for key, item in value.items()}
    if isinstance(value, dict) and node.type == "structure":
        return {name: converted(node.members.get(name), item, convert) for name, item in value.items()}
    return value


def _types(node: Node) -> frozenset[str]:
    """The types of a node and of whatever is inside it."""
    if _KEPT not in node.kept:
        seen, coming = set(), [node]
        while coming:
            here = coming.pop()
            if here not in seen:
                seen.add(here)
                coming += [*here.members.values(), *filter(None, [here.item, here.key, here.value])]
        node.kept[_KEPT] = frozenset(each.type for each in seen)
    types: frozenset[str] = node.kept[_KEPT]
    return types

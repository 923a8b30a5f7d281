"""A value made as long as its shape allows: what breaks at the 255th character is found, and stays easy to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.exchanges import copied
from cp_fixtures.patterns import compiled
from cp_fixtures.strategies.plans import NOTHING, Plan
from cp_fixtures.strategies.trees import repeated
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["stretched"]

# A text of a megabyte finds nothing that one of this length does not.
_LONGEST = 10_000
_MOST_ITEMS = 100


def stretched(node: Node, value: Any, plan: Plan, *, items: bool) -> Any:
    """The value with every text and blob at its greatest length, unless its pattern is more than a class repeated.

    Args:
        node: the shape.
        value: a legal value.
        plan: what the caller wants is left as it is.
        items: whether every list gets all its items too, and every key its greatest length.
    """
    if plan.value is not None:
        return value
    if isinstance(value, dict):
        return _stretched_dict(node, value, plan, items=items)
    if isinstance(value, list):
        return _stretched_list(node, value, plan, items=items)
    return _longest(node, value) if isinstance(value, (str, bytes)) else value


def _stretched_dict(node: Node, value: dict[str, Any], plan: Plan, *, items: bool) -> dict[str, Any]:
    if node.key is None or node.value is None:
        return {
            name: stretched(node.members[name], item, plan.members.get(name, NOTHING), items=items)
            if name in node.members
            else item
            for name, item in value.items()
        }
    made: dict[str, Any] = {}
    for key, item in value.items():
        longer = _longest(node.key, key) if items else key
        # Two keys may grow into one: then the second stays as short as it was.
        made[key if longer in made or longer in value else longer] = stretched(node.value, item, plan, items=items)
    return made


def _stretched_list(node: Node, value: list[Any], plan: Plan, *, items: bool) -> list[Any]:
    if node.item is None:
        return [stretched(node, item, plan, items=items) for item in value] if node.type == "events" else value
    made = [stretched(node.item, item, plan, items=items) for item in value]
    if not items or not made or node.max is None or node.max > _MOST_ITEMS:
        return made
    # Copies: whoever changes one item changes no other.
    return [*made, *(copied(made[at % len(made)]) for at in range(len(made), int(node.max)))]


def _longest(node: Node, value: Any) -> Any:
    if node.max is None or not len(value) < node.max <= _LONGEST or node.enum:
        return value
    most = int(node.max)
    longer = (value * most)[:most] if value else value
    return longer if longer and _is_right(node, longer) else value


def _is_right(node: Node, value: Any) -> bool:
    if node.pattern is not None:
        # Of any other pattern one cannot say what becomes of it; and to try can take `re` longer than the test has.
        many = repeated(compiled(node.pattern))
        if many is None or len(value) > many.times:
            return False
    return not find(node, value)

"""Matching is explaining: a stub matches where its request has no difference from the call's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import Violation, clip, several
from cp_fixtures.shapes import Node
from cp_fixtures.validation import step_to
from cp_fixtures.validation.rules import described

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

__all__ = ["differences"]

_RULE = "match"
_MOST_IDS = 2
_HIDDEN = Node(name="what the model does not know", type="document", sensitive=True)


def differences(node: Node | None, wanted: Any, got: Any, *, ids_in_order: bool = False) -> list[Violation]:
    """Every place in which a call differs from the request that a stub wants.

    Args:
        node: the shape of the request, for what is sensitive in it.
        wanted: the request of the stub; whatever it is made of says itself what it equals.
        got: the parameters of the call.
        ids_in_order: whether ProfileIds have to come in the order of the stub's.

    Returns:
        the differences, each with the rule "match"; none where the stub matches.
    """
    # In this order, so that ANY and its like on the stub's side decide. What is equal differs nowhere.
    return [] if wanted == got else list(_differences(node, wanted, got, (), ids_in_order=ids_in_order))


def _differences(
    node: Node | None, wanted: Any, got: Any, steps: tuple[str | int, ...], *, ids_in_order: bool
) -> Iterator[Violation]:
    if isinstance(wanted, tuple):
        # botocore sends a list for it.
        wanted = list(wanted)
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in [*wanted, *(name for name in got if name not in wanted)]:
            below = _below(node, name)
            place = (*steps, step_to(node, name, got if name in got else wanted))
            if name not in got:
                yield Violation(place, _RULE, _shown(wanted[name], below), "nothing")
            elif name not in wanted:
                yield Violation(place, _RULE, "nothing", _shown(got[name], below))
            else:
                yield from _differences(below, wanted[name], got[name], place, ids_in_order=ids_in_order)
    elif steps == ("ProfileIds",) and not ids_in_order and _are_texts(wanted) and _are_texts(got):
        yield from _differences_of_ids(wanted, got, steps)
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for index, pair in enumerate(zip(wanted, got, strict=True)):
            yield from _differences(_item(node), *pair, (*steps, index), ids_in_order=ids_in_order)
    elif wanted != got:
        # In this order, as above.
        yield Violation(steps, _RULE, _shown(wanted, node), _other(wanted, got, node))


def _differences_of_ids(wanted: list[str], got: list[str], steps: tuple[str | int, ...]) -> Iterator[Violation]:
    missing, extra = (
        list((Counter(wanted) - Counter(got)).elements()),
        list((Counter(got) - Counter(wanted)).elements()),
    )
    if missing:
        without = "a call without it" if len(missing) == 1 else "a call without them"
        yield Violation(steps, _RULE, _ids(missing), f"{_ids(extra, 'another', 'others')}" if extra else without)
    elif extra:
        yield Violation(steps, _RULE, "no more ids", _ids(extra))


def _ids(ids: list[str], one: str = "the id", many: str = "the ids") -> str:
    """One id, or the first of several, and how many more there are: one line, however many ids a call has."""
    return f"{one if len(ids) == 1 else many} {several(map(clip, ids), _MOST_IDS)}"


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _below(node: Node | None, name: object) -> Node | None:
    return None if node is None else node.members.get(str(name)) or node.value or _unknown(node)


def _item(node: Node | None) -> Node | None:
    return None if node is None else node.item or _unknown(node)


def _unknown(node: Node) -> Node:
    # Any JSON inherits its secrecy; of what the model does not know nobody can tell whether it is a secret.
    return node if node.type == "document" else _HIDDEN


def _shown(value: object, node: Node | None) -> str:
    return clip(value) if node is None else described(value, node)


def _other(wanted: object, got: object, node: Node | None) -> str:
    shown = _shown(got, node)
    return f"another, {shown}" if shown == _shown(wanted, node) else shown

"""Matching is explaining: a stub matches where its request has no difference from the call's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import Violation, clip
from cp_fixtures.validation.rules import described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.shapes import Node

__all__ = ["differences"]

_RULE = "match"


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
    return list(_differences(node, wanted, got, (), ids_in_order=ids_in_order))


def _differences(
    node: Node | None, wanted: Any, got: Any, steps: tuple[str | int, ...], *, ids_in_order: bool
) -> Iterator[Violation]:
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in [*wanted, *(name for name in got if name not in wanted)]:
            below = _below(node, name)
            if name not in got:
                yield Violation((*steps, name), _RULE, _shown(wanted[name], below), "nothing")
            elif name not in wanted:
                yield Violation((*steps, name), _RULE, "nothing", _shown(got[name], below))
            else:
                yield from _differences(below, wanted[name], got[name], (*steps, name), ids_in_order=ids_in_order)
    elif steps == ("ProfileIds",) and not ids_in_order and _are_texts(wanted) and _are_texts(got):
        yield from _differences_of_ids(wanted, got, steps)
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        item = None if node is None else node.item
        for index, pair in enumerate(zip(wanted, got, strict=True)):
            yield from _differences(item, *pair, (*steps, index), ids_in_order=ids_in_order)
    elif wanted != got:
        # In this order, so that ANY and its like on the stub's side decide.
        yield Violation(steps, _RULE, _shown(wanted, node), _other(wanted, got, node))


def _differences_of_ids(wanted: list[str], got: list[str], steps: tuple[str | int, ...]) -> Iterator[Violation]:
    missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    for profile_id in missing:
        yield Violation(steps, _RULE, f"the id {clip(profile_id)}", "a call without it")
    for profile_id in extra:
        yield Violation(steps, _RULE, "no other id", clip(profile_id))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _below(node: Node | None, name: object) -> Node | None:
    if node is None:
        return None
    return node.members.get(str(name), node.value)


def _shown(value: object, node: Node | None) -> str:
    return clip(value) if node is None else described(value, node)


def _other(wanted: object, got: object, node: Node | None) -> str:
    shown = _shown(got, node)
    return f"another, {shown}" if shown == _shown(wanted, node) else shown

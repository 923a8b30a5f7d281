"""A node and a value give the violations: one check for each node, compiled once and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, cast

from cp_fixtures.errors import Violation
from cp_fixtures.shapes import Node
from cp_fixtures.validation.fast import surely_legal
from cp_fixtures.validation.members import key_step, missing, not_one, step, unknown
from cp_fixtures.validation.rules import joined, rules_kept

__all__ = ["find"]

_Check = Callable[[Any], Sequence[Violation]]

_FINE: tuple[Violation, ...] = ()
_KEPT = "check"
_LOCK = threading.RLock()


def find(node: Node, value: object) -> list[Violation]:
    """Every violation of a value against its node, the value's own first, then those inside it, in its order.

    Args:
        node: the shape, compiled.
        value: anything at all; nothing in it is changed.

    Returns:
        the violations; none where the value is legal.

    Raises:
        UsageError: the shape has a type that is not known.
    """
    check, is_surely_legal = _check_of(node), surely_legal(node, value, _check_of)
    try:
        return [] if is_surely_legal(value) else list(check(value))
    except RecursionError:
        return [Violation((), "depth", "a value that Python can follow to its ends", "one nested too deep")]


def _check_of(node: Node) -> _Check:
    if _KEPT not in node.kept:
        with _LOCK:
            # What is built is published when it is whole: another thread never meets half a structure.
            built: dict[Node, _Check] = {}
            _build(node, built)
            for each, check in built.items():
                each.kept[_KEPT] = check
    found: _Check = node.kept[_KEPT]
    return found


def _build(node: Node, built: dict[Node, _Check]) -> _Check:
    ready = node.kept.get(_KEPT) or built.get(node)
    return ready or _BUILDERS.get(node.type, _leaf)(node, built)


def _leaf(node: Node, built: dict[Node, _Check]) -> _Check:
    of_type, *others = rules_kept(node)

    def broken(value: Any) -> Sequence[Violation]:
        if not of_type.holds(value):
            return (of_type.violation(value),)
        return [rule.violation(value) for rule in others if not rule.holds(value)]

    built[node] = joined([of_type, *others], broken, fine=_FINE)
    return built[node]


def _list(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_item = _build(cast("Node", node.item), built)

    def check(value: Any) -> Sequence[Violation]:
        found = check_itself(value)
        return [*found, *_in_items(check_item, value)] if isinstance(value, list) else found

    built[node] = check
    return check


def _map(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_key, check_value = _build(cast("Node", node.key), built), _build(cast("Node", node.value), built)
    hidden = node.key is not None and node.key.sensitive

    def check(value: Any) -> Sequence[Violation]:
        found = check_itself(value)
        inside = _in_entries(check_key, check_value, value, hidden=hidden) if isinstance(value, dict) else ()
        return [*found, *inside]

    built[node] = check
    return check


def _document(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_key = _leaf(Node(name="a key of JSON", type="string", sensitive=node.sensitive), {})

    def check(value: Any) -> Sequence[Violation]:
        if isinstance(value, dict):
            return _in_entries(check_key, check, value, hidden=node.sensitive)
        return _in_items(check, value) if isinstance(value, list) else check_itself(value)

    built[node] = check
    return check


def _structure(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    checks: dict[object, _Check] = {}
    demanding = bool(node.required or node.union)

    def check(value: Any) -> Sequence[Violation]:
        if not isinstance(value, dict):
            return check_itself(value)
        found = _lacking(node, value) if demanding else []
        for name, item in value.items():
            member = checks.get(name)
            if member is None:
                found.append(unknown(node, name, value))
            elif bad := member(item):
                found += [violation.under(name) for violation in bad]
        return found

    # Known before its members are: one of them may be this very structure.
    built[node] = check
    checks.update({name: _build(member, built) for name, member in node.members.items()})
    return check


def _events(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_event = _structure(node, built)

    def check(value: Any) -> Sequence[Violation]:
        # Stubber wants one event's dict; a list can be looked at; what can be read only once is left to its reader.
        if isinstance(value, dict):
            return check_event(value)
        return _in_items(check_event, value) if isinstance(value, list) else check_itself(value)

    built[node] = check
    return check


_BUILDERS: dict[str, Callable[[Node, dict[Node, _Check]], _Check]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "document": _document,
    "events": _events,
}


def _in_items(check: _Check, items: list[Any]) -> list[Violation]:
    return [violation.under(index) for index, item in enumerate(items) if (bad := check(item)) for violation in bad]


def _in_entries(check_key: _Check, check_value: _Check, entries: dict[Any, Any], *, hidden: bool) -> list[Violation]:
    found = []
    for key, item in entries.items():
        if bad := check_key(key):
            found += [violation.under(key_step(key, entries, hidden=hidden)) for violation in bad]
        if bad := check_value(item):
            found += [violation.under(step(key, entries, hidden=hidden)) for violation in bad]
    return found


def _lacking(node: Node, value: dict[str, Any]) -> list[Violation]:
    found = [missing(node, name) for name in node.required if name not in value]
    return [*found, not_one(node, value)] if node.union and len(value) != 1 else found

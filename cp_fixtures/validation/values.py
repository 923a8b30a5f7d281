"""A node and a value give the violations: one check for each node, compiled once and kept."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from botocore.utils import parse_to_aware_datetime

from cp_fixtures.errors import Violation, clip, clipped, did_you_mean
from cp_fixtures.validation.rules import described, kind, rules

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["as_sent", "find"]

_Check = Callable[[Any], Sequence[Violation]]

_FINE: tuple[Violation, ...] = ()
_CHECKS: dict[Node, _Check] = {}
_LOCK = threading.RLock()


def find(node: Node, value: object) -> list[Violation]:
    """Every violation of a value against its node, the value's own first, then those inside it, in its order.

    Args:
        node: the shape, compiled.
        value: anything at all; nothing in it is changed.

    Returns:
        the violations; none where the value is legal.

    Raises:
        UsageError: the shape has a pattern that cannot be read, or a type that is not known.
    """
    return list(_check_of(node)(value))


def _check_of(node: Node) -> _Check:
    try:
        return _CHECKS[node]
    except KeyError:
        with _LOCK:
            # What is built is published when it is whole: another thread never meets half a structure.
            built: dict[Node, _Check] = {}
            _build(node, built)
            _CHECKS.update(built)
        return _CHECKS[node]


def _build(node: Node, built: dict[Node, _Check]) -> _Check:
    ready = _CHECKS.get(node) or built.get(node)
    return ready or _BUILDERS.get(node.type, _leaf)(node, built)


def _leaf(node: Node, built: dict[Node, _Check]) -> _Check:
    of_type, *others = rules(node)
    is_type = of_type.holds

    def check(value: Any) -> Sequence[Violation]:
        if not is_type(value):
            return (Violation((), of_type.code, of_type.wanted, of_type.got(value)),)
        broken = [rule for rule in others if not rule.holds(value)]
        return [Violation((), rule.code, rule.wanted, rule.got(value)) for rule in broken] if broken else _FINE

    built[node] = check
    return check


def _list(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_item = _build(_known(node.item), built)

    def check(value: Any) -> Sequence[Violation]:
        found = check_itself(value)
        if not isinstance(value, list):
            return found
        inside = [
            violation.under(index) for index, item in enumerate(value) if (bad := check_item(item)) for violation in bad
        ]
        return [*found, *inside] if found or inside else _FINE

    built[node] = check
    return check


def _map(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    check_key, check_value = _build(_known(node.key), built), _build(_known(node.value), built)

    def check(value: Any) -> Sequence[Violation]:
        found = check_itself(value)
        if not isinstance(value, dict):
            return found
        inside = [
            violation.under(_step(key))
            for key, item in value.items()
            for bad in (check_key(key), check_value(item))
            for violation in bad
        ]
        return [*found, *inside] if found or inside else _FINE

    built[node] = check
    return check


def _structure(node: Node, built: dict[Node, _Check]) -> _Check:
    check_itself = _leaf(node, built)
    checks: dict[object, _Check] = {}

    def check(value: Any) -> Sequence[Violation]:
        found = [*check_itself(value)]
        if not isinstance(value, dict):
            return found
        if node.required or node.union:
            found += _missing(node, value)
        for name, item in value.items():
            member = checks.get(name)
            if member is None:
                found.append(_unknown(node, name))
            elif bad := member(item):
                found += [violation.under(name) for violation in bad]
        return found or _FINE

    # Known before its members are: one of them may be this very structure.
    built[node] = check
    checks.update({name: _build(member, built) for name, member in node.members.items()})
    return check


def _events(node: Node, built: dict[Node, _Check]) -> _Check:
    check_event = _structure(node, built)
    is_type = kind(node).holds

    def check(value: Any) -> Sequence[Violation]:
        # A list can be looked at; what can be read only once is left to whoever reads it.
        events = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
        if not is_type(value):
            return check_event(value)
        return [violation.under(index) for index, event in enumerate(events) for violation in check_event(event)]

    built[node] = check
    return check


_BUILDERS: dict[str, Callable[[Node, dict[Node, _Check]], _Check]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "events": _events,
}


def _known(node: Node | None) -> Node:
    if node is None:
        raise TypeError("A list's node has an item, and a map's a key and a value.")
    return node


def _missing(node: Node, value: dict[str, Any]) -> list[Violation]:
    found = [
        Violation((name,), "required", f"{_noun(node, name)}, which {node.name} requires", "nothing")
        for name in node.required
        if name not in value
    ]
    if node.union and len(value) != 1:
        wanted = f"exactly one of {', '.join(clipped(list(node.members)))}"
        found.append(Violation((), "union", wanted, " and ".join(map(str, value)) or "none"))
    return found


def _noun(node: Node, name: str) -> str:
    return kind(node.members[name]).name if name in node.members else "a value"


def _unknown(node: Node, name: object) -> Violation:
    hint = did_you_mean(name, node.members).removeprefix("Did you mean ").removesuffix("?")
    names = hint or ", ".join(clipped(list(node.members), 8)) or "it has none"
    wanted = f"a member of {node.name} ({names})"
    return Violation((_step(name),), "unknown", wanted, f"the unknown {clip(name)}")


def _step(key: object) -> str:
    return key if isinstance(key, str) else clip(key)


def as_sent(node: Node | None, value: Any) -> Any:
    """The parameters of a call as botocore sends them: what it converts by itself is converted.

    botocore takes a tuple for a list, a text, a number or a naive datetime for a timestamp, and a text, a bytearray
    or an open file for a blob, so none of these is refused by the service. A file is not read: it stays as it is.

    Args:
        node: the shape of the value; None leaves it as it is.
        value: the parameters, or a part of them.

    Returns:
        a new value, or the same where nothing is to be converted.
    """
    convert = _CONVERTERS.get(node.type) if node is not None else None
    return value if convert is None else convert(node, value)


def _sent_structure(node: Node, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: as_sent(node.members.get(name), item) for name, item in value.items()}


def _sent_map(node: Node, value: Any) -> Any:
    return {key: as_sent(node.value, item) for key, item in value.items()} if isinstance(value, dict) else value


def _sent_list(node: Node, value: Any) -> Any:
    return [as_sent(node.item, item) for item in value] if isinstance(value, (list, tuple)) else value


def _sent_timestamp(_node: Node, value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.utcoffset() is not None:
        return value
    try:
        return parse_to_aware_datetime(value)
    except (TypeError, ValueError, AttributeError):
        # botocore refuses it for the same reasons; here it stays what it is, and breaks the rule of its type.
        return value


def _sent_blob(_node: Node, value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


_CONVERTERS: dict[str, Callable[[Any, Any], Any]] = {
    "structure": _sent_structure,
    "map": _sent_map,
    "list": _sent_list,
    "timestamp": _sent_timestamp,
    "blob": _sent_blob,
}

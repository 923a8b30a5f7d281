"""A node and a value give the violations: one check for each node, compiled once and kept."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast

from botocore.utils import parse_to_aware_datetime

from cp_fixtures.errors import Violation, Words, clip, did_you_mean, several
from cp_fixtures.shapes import Node
from cp_fixtures.validation.rules import joined, kind, rules, type_and_length

__all__ = ["as_sent", "find", "step_to"]

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
    check = _check_of(node)
    try:
        return list(check(value))
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
    of_type, *others = rules(node)

    def broken(value: Any) -> Sequence[Violation]:
        if not of_type.holds(value):
            return (Violation((), of_type.code, of_type.wanted, of_type.got(value)),)
        return [Violation((), rule.code, rule.wanted, rule.got(value)) for rule in others if not rule.holds(value)]

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
        found = _missing(node, value) if demanding else []
        for name, item in value.items():
            member = checks.get(name)
            if member is None:
                found.append(_unknown(node, name, value))
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
            found += [violation.under(_key_step(key, entries, hidden=hidden)) for violation in bad]
        if bad := check_value(item):
            found += [violation.under(_step(key, entries, hidden=hidden)) for violation in bad]
    return found


def _key_step(key: object, entries: dict[Any, Any], *, hidden: bool) -> str:
    return Words(f"the key of {_step(key, entries, hidden=True)}" if hidden else f"the key {clip(key)}")


def _step(key: object, entries: dict[Any, Any], *, hidden: bool) -> str:
    if hidden:
        return Words(f"entry {list(entries).index(key)}, {type_and_length(key)}")
    return key if isinstance(key, str) else Words(clip(key))


def step_to(node: Node | None, key: object, entries: dict[Any, Any]) -> str:
    """The step of a path that leads to an entry of a dict; a key that may be somebody's secret is put in words.

    Args:
        node: the shape of the dict; None where it is not known.
        key: the key.
        entries: the dict.
    """
    if node is None or key in node.members:
        return _step(key, entries, hidden=False)
    # As where a value is judged: of a structure, a name that is like a member's is a slip of the pen and no secret.
    sensitive = node.sensitive if node.key is None else node.key.sensitive
    return _step(key, entries, hidden=sensitive and not did_you_mean(key, node.members))


def _missing(node: Node, value: dict[str, Any]) -> list[Violation]:
    found = [
        Violation((name,), "required", f"{_noun(node, name)}, which {node.name} requires", "nothing")
        for name in node.required
        if name not in value
    ]
    if node.union and len(value) != 1:
        known = [name if name in node.members else "an unknown one" for name in value]
        found.append(Violation((), "union", f"exactly one of {several(node.members)}", " and ".join(known) or "none"))
    return found


def _noun(node: Node, name: str) -> str:
    return kind(node.members[name]).name if name in node.members else "a value"


def _unknown(node: Node, name: object, value: dict[Any, Any]) -> Violation:
    hint = did_you_mean(name, node.members).replace("D", "d", 1)
    names = hint or several(node.members, 8) or "it has none"
    # A name that is like a member's is a slip of the pen; any other can be data, a key of Attributes for one.
    step = _step(name, value, hidden=node.sensitive and not hint)
    return Violation((step,), "unknown", f"a member of {node.name} ({names})", "an unknown one")


def as_sent(node: Node | None, value: Any) -> Any:
    """The parameters of a call as botocore sends them: what it converts by itself is converted.

    botocore takes a tuple for a list, a text, a number or a naive datetime for a timestamp, a text for a blob, and a
    Decimal for a float, so none of these is refused by the service. An open file is not read: it stays as it is.

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
    except (TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError):
        # botocore refuses it for the same reasons; here it stays what it is, and breaks the rule of its type.
        return value


def _sent_blob(_node: Node, value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _sent_float(_node: Node, value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


_CONVERTERS: dict[str, Callable[[Any, Any], Any]] = {
    "structure": _sent_structure,
    "map": _sent_map,
    "list": _sent_list,
    "timestamp": _sent_timestamp,
    "blob": _sent_blob,
    "float": _sent_float,
    "double": _sent_float,
}

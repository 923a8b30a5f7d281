"""The faults of one node's own rules: for each rule the characteristic ways to break it, and no other rule with it."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.breaches.sizes import resized
from cp_fixtures.validation.rules import joined, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures.shapes import Node
    from cp_fixtures.validation.rules import Rule

__all__ = ["Fault", "faults", "trivial"]

_SURROGATE = "\ud800"
_KEPT = "faults"
_Ways = dict[str, list[Any]]


class Fault(NamedTuple):
    """What stands in the place of a legal value, the one rule that it breaks, and a name for that."""

    name: str
    rule: Rule
    put: Any


def faults(node: Node, value: Any) -> Iterator[Fault]:
    """The faults that can stand where a legal value stands, each of which breaks exactly one of the node's own rules.

    Args:
        node: what the value is.
        value: legal; the faults are as near to it as they can be.
    """
    of_type, others = _tests(node)
    for name, wrong in _WRONG_TYPES[node.type](value).items():
        if not of_type.holds(wrong):
            yield Fault(name, of_type, wrong)
    for rule, fits in others:
        yield from _alone(rule, fits, _WAYS[rule.code](node, value, rule, fits))


def _tests(node: Node) -> tuple[Rule, list[tuple[Rule, Callable[[Any], bool]]]]:
    """The rule of the node's type, and each other rule with what tests all but that one; kept, for a list has many."""
    if _KEPT not in node.kept:
        of_type, *others = rules(node)
        rest = {rule.code: [each for each in (of_type, *others) if each is not rule] for rule in others}
        fits = [joined(rest[rule.code], lambda _: False, fine=True) for rule in others]
        node.kept[_KEPT] = of_type, list(zip(others, fits, strict=True))
    found: tuple[Rule, list[tuple[Rule, Callable[[Any], bool]]]] = node.kept[_KEPT]
    return found


def trivial(node: Node) -> Any:
    """A legal value of the node that takes no knowledge of what is inside; None where there is none."""
    value = _EMPTY.get(node.type)
    is_legal = value is not None and not (node.required or node.union)
    return value if is_legal and all(rule.holds(value) for rule in rules(node)) else None


def _alone(rule: Rule, fits: Callable[[Any], bool], ways: _Ways) -> Iterator[Fault]:
    seen: list[Any] = []
    for name, candidates in ways.items():
        alone = (each for each in candidates if each is not None and fits(each) and not rule.holds(each))
        put = next(alone, None)
        if put is not None and put not in seen:
            seen.append(put)
            yield Fault(name, rule, put)


_EMPTY: dict[str, Any] = {
    "structure": {},
    "map": {},
    "document": {},
    "list": [],
    "integer": 0,
    "long": 0,
    "float": 0.0,
    "double": 0.0,
    "string": "",
    "boolean": False,
    "blob": b"",
}


def _not_a_dict(_value: Any) -> dict[str, Any]:
    return {"none": None, "list-for-dict": [], "text-for-dict": "text"}


def _not_a_list(value: Any) -> dict[str, Any]:
    item = {"item-for-list": value[0]} if value and not isinstance(value[0], str) else {}
    return {"none": None, "tuple-for-list": tuple(value), "text-for-list": "text", "dict-for-list": {}, **item}


def _no_text(value: Any) -> dict[str, Any]:
    return {"none": None, "int-for-text": 7, "bytes-for-text": value.encode(errors="replace")}


def _no_integer(value: Any) -> dict[str, Any]:
    return {"none": None, "bool-for-int": True, "text-for-int": str(value), "float-for-int": float(value)}


def _no_number(value: Any) -> dict[str, Any]:
    decimal = {"decimal-for-number": Decimal(str(value))}
    return {"none": None, "bool-for-number": True, "text-for-number": str(value), **decimal}


def _no_boolean(value: Any) -> dict[str, Any]:
    return {"none": None, "int-for-bool": int(value), "text-for-bool": str(value).lower()}


def _no_timestamp(value: Any) -> dict[str, Any]:
    return {
        "none": None,
        "text-for-timestamp": value.isoformat(),
        "int-for-timestamp": 1_700_000_000,
        "date-for-timestamp": value.date(),
    }


def _no_bytes(_value: Any) -> dict[str, Any]:
    return {"none": None, "text-for-bytes": "text", "list-for-bytes": [1, 2]}


def _no_json(_value: Any) -> dict[str, Any]:
    return {"bytes-for-json": b"bytes", "tuple-for-json": (1, 2), "timestamp-for-json": dt.datetime(2025, 1, 1)}  # noqa: DTZ001 - it is there to be wrong


def _no_events(_value: Any) -> dict[str, Any]:
    return {"none": None, "text-for-events": "text"}


_WRONG_TYPES: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(["structure", "map"], _not_a_dict),
    **dict.fromkeys(["string", "character"], _no_text),
    **dict.fromkeys(["integer", "long"], _no_integer),
    **dict.fromkeys(["float", "double"], _no_number),
    "list": _not_a_list,
    "boolean": _no_boolean,
    "timestamp": _no_timestamp,
    "blob": _no_bytes,
    "document": _no_json,
    "events": _no_events,
}


def _too_little(node: Node, value: Any, rule: Rule, fits: Callable[[Any], bool]) -> _Ways:
    least = rule.names["least"]
    if node.type in _NUMBERS:
        return {"too-small": _next_to(node, least, -1)}
    return {_SHORT.get(node.type, "too-short"): [resized(node, value, int(least) - 1, fits)]}


def _too_much(node: Node, value: Any, rule: Rule, fits: Callable[[Any], bool]) -> _Ways:
    most = rule.names["most"]
    if node.type in _NUMBERS:
        return {"too-large": _next_to(node, most, 1)}
    return {_LONG.get(node.type, "too-long"): [resized(node, value, int(most) + 1, fits)]}


_NUMBERS = {"integer", "long", "float", "double"}
_SHORT = {"list": "too-few", "map": "too-few"}
_LONG = {"list": "too-many", "map": "too-many"}


def _next_to(node: Node, limit: float, by: int) -> list[Any]:
    if node.type in ("integer", "long"):
        return [math.floor(limit) + by if by > 0 else math.ceil(limit) + by]
    return [math.nextafter(limit, by * math.inf), limit + by]


def _mismatched(_node: Node, value: str, _rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    return {
        "mismatch": ["!" * len(value), "!" * (len(value) + 1), "\n" * len(value), " " * len(value)],
        "trailing-newline": [f"{value}\n"],
        "space": [f"{value[:1]} {value[1:]}", f"{value[:1]} {value[2:]}", " "],
        "hyphens": ["-".join((value[:8], value[8:12], value[12:16], value[16:20], value[20:]))],
        "upper-case": [value.upper()],
        "cut-short": [value[:-1]],
        "other-digits": ["\N{ARABIC-INDIC DIGIT THREE}" * len(value)],
        "empty": [""],
    }


def _lone_surrogate(_node: Node, value: Any, _rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    text = value if isinstance(value, str) else ""
    candidates = [text[:-1] + _SURROGATE, text + _SURROGATE, _SURROGATE + text, f"{text[:1]}{_SURROGATE}{text[2:]}"]
    return {"lone-surrogate": candidates}


def _not_in_enum(_node: Node, value: str, _rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    return {"not-in-enum": [f"{value}_"], "other-case": [value.swapcase()], "empty": [""]}


def _too_wide(_node: Node, _value: Any, rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    if "limit" in rule.names:
        limit = rule.names["limit"]
        return {"too-wide": [limit], "too-wide-negative": [-limit - 1]}
    largest = int(rule.names["largest"]) * 10
    return {"too-wide": [largest], "too-wide-negative": [-largest]}


def _not_finite(_node: Node, _value: Any, _rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    return {"nan": [math.nan], "infinite": [math.inf], "infinite-negative": [-math.inf]}


def _naive(_node: Node, value: Any, _rule: Rule, _fits: Callable[[Any], bool]) -> _Ways:
    return {"naive": [value.replace(tzinfo=None)]}


_WAYS: dict[str, Callable[[Node, Any, Rule, Callable[[Any], bool]], _Ways]] = {
    "min": _too_little,
    "max": _too_much,
    "pattern": _mismatched,
    "enum": _not_in_enum,
    "unicode": _lone_surrogate,
    "width": _too_wide,
    "finite": _not_finite,
    "timezone": _naive,
}

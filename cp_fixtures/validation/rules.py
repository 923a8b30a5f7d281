"""The rules of one node, each a code, a test and its words; the only place where a limit of the model is read."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip, clipped
from cp_fixtures.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.shapes import Node

__all__ = ["CODES", "Rule", "described", "kind", "rules"]

CODES = {
    "type": "the Python type that botocore gives the shape",
    "required": "a required member is there",
    "unknown": "every member is one that the model knows",
    "union": "exactly one member of a union is there",
    "min": "the least length of a string, blob, list or map, or the least number",
    "max": "the greatest length, or the greatest number",
    "pattern": "a string has a match of the shape's pattern",
    "enum": "a string is one of the shape's values",
    "unicode": "a string has no lone surrogate: it could not be sent as UTF-8",
    "width": "a number fits the bits of its type",
    "finite": "a number is neither infinite nor NaN",
    "timezone": "a timestamp says which time zone it is in",
    "outcome_missing": "every distinct id of the request has an outcome",
    "outcome_unasked": "no outcome is for an id that was not asked for",
    "outcome_twice": "no id has two outcomes",
    "echo": "the response names the segment that was asked about",
    "nested_id": "the ids inside a profile are the profile's own",
}
"""Every rule's code, as `ignore=` takes it, and what the rule says."""

_WIDTHS = {"integer": 2**31, "long": 2**63}
_LARGEST = {"float": 3.4028234663852886e38, "double": 1.7976931348623157e308}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a node: its code, whether a value holds to it, and the words for what it wants and what it got."""

    code: str
    holds: Callable[[Any], bool]
    wanted: str
    got: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a value of a type looks like in Python: its test, its name, and the word for its parts."""

    holds: Callable[[Any], bool]
    name: str
    part: str = ""


def _is_number(value: object, *types: type) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)


def _is_json(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_json(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_json, value))
    return value is None or isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value))


def _is_bytes(value: object) -> bool:
    return isinstance(value, (bytes, bytearray))


def _is_stream(value: object) -> bool:
    return _is_bytes(value) or hasattr(value, "read")


def _is_events(value: object) -> bool:
    return hasattr(value, "__iter__") and not isinstance(value, (str, bytes))


_TEXT = _Kind(lambda value: isinstance(value, str), "a string", "character")
_KINDS = {
    "structure": _Kind(lambda value: isinstance(value, dict), "a dict"),
    "map": _Kind(lambda value: isinstance(value, dict), "a dict", "entry"),
    "list": _Kind(lambda value: isinstance(value, list), "a list", "item"),
    "string": _TEXT,
    "character": _TEXT,
    "integer": _Kind(lambda value: _is_number(value, int), "an integer"),
    "long": _Kind(lambda value: _is_number(value, int), "an integer"),
    "float": _Kind(lambda value: _is_number(value, int, float), "a number"),
    "double": _Kind(lambda value: _is_number(value, int, float), "a number"),
    "boolean": _Kind(lambda value: isinstance(value, bool), "True or False"),
    "timestamp": _Kind(lambda value: isinstance(value, dt.datetime), "a datetime with a time zone"),
    "blob": _Kind(_is_bytes, "bytes", "byte"),
    "document": _Kind(_is_json, "a JSON value"),
    "events": _Kind(_is_events, "an iterable of events"),
}
_STREAM = _Kind(_is_stream, "bytes or an open binary file", "byte")


def kind(node: Node) -> _Kind:
    """What the node's values look like in Python.

    Raises:
        UsageError: the model has a type that this library has never met.
    """
    if node.streaming and node.type == "blob":
        return _STREAM
    try:
        return _KINDS[node.type]
    except KeyError:
        raise UsageError(
            f"The shape {node.name} is of the type {node.type!r}.",
            f"The types that can be checked are {', '.join(_KINDS)}.",
            "Use an operation without it, or a newer cp-fixtures.",
        ) from None


@cache
def rules(node: Node) -> tuple[Rule, ...]:
    """The rules of the node itself, first the type's; what is inside a container has rules of its own.

    Raises:
        UsageError: the node's pattern cannot be read, or its type is not known.
    """
    return (_type_rule(node), *_RULES.get(node.type, _no_rules)(node))


def described(value: object, node: Node) -> str:
    """A value in words: for a sensitive node its type and length only, and the value itself where it is an enum's."""
    if node.sensitive and not (node.enum and isinstance(value, str)):
        return _type_and_length(value)
    return clip(value)


def _type_and_length(value: object) -> str:
    if value is None:
        return "None"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    name = f"{article} {type(value).__name__}"
    return f"{name} of length {len(value)}" if hasattr(value, "__len__") else name


def _type_rule(node: Node) -> Rule:
    def got(value: object) -> str:
        if node.sensitive:
            return _type_and_length(value)
        return "None" if value is None else f"the {type(value).__name__} {clip(value)}"

    return Rule("type", kind(node).holds, kind(node).name, got)


def _no_rules(_node: Node) -> list[Rule]:
    return []


def _length_rules(node: Node) -> list[Rule]:
    part = kind(node).part

    def got(value: Any) -> str:  # noqa: ANN401 - whatever has a length
        return _count(len(value), part)

    found = []
    if node.min is not None:
        least = node.min
        found.append(Rule("min", lambda value: _length(value) >= least, f"at least {_count(least, part)}", got))
    if node.max is not None:
        most = node.max
        found.append(Rule("max", lambda value: _length(value) <= most, f"at most {_count(most, part)}", got))
    return found


def _length(value: Any) -> float:  # noqa: ANN401 - whatever has a length, or a stream, which has none to know
    return len(value) if hasattr(value, "__len__") else math.nan


def _string_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return described(value, node)

    found = [Rule("unicode", _is_sendable, "text without a lone surrogate", got), *_length_rules(node)]
    if node.pattern is not None:
        search = compiled(node.pattern).search
        found.append(Rule("pattern", lambda value: search(value) is not None, f"a match of {node.pattern}", got))
    if node.enum:
        # A tuple, not a set: a str that is an Enum's member hashes by its name, and compares by its value.
        enum = node.enum
        found.append(Rule("enum", lambda value: value in enum, f"one of {', '.join(clipped(enum))}", got))
    return found


def _is_sendable(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return described(value, node)

    found = [*_width_rules(node, got)]
    if node.min is not None:
        least = node.min
        found.append(Rule("min", lambda value: not value < least, f"at least {least}", got))
    if node.max is not None:
        most = node.max
        found.append(Rule("max", lambda value: not value > most, f"at most {most}", got))
    return found


def _width_rules(node: Node, got: Callable[[Any], str]) -> list[Rule]:
    if node.type in _WIDTHS:
        limit = _WIDTHS[node.type]
        wanted = f"an integer of {limit.bit_length()} bits"
        return [Rule("width", lambda value: -limit <= value < limit, wanted, got)]
    largest = _LARGEST[node.type]
    return [
        # An integer is always finite, and one too large to become a float is found by its width.
        Rule("finite", lambda value: isinstance(value, int) or math.isfinite(value), "a finite number", got),
        Rule("width", lambda value: _fits(value, largest), f"a number of at most {largest:.3g}", got),
    ]


def _fits(value: float, largest: float) -> bool:
    return -largest <= value <= largest or (isinstance(value, float) and not math.isfinite(value))


def _timestamp_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return "a naive datetime" if node.sensitive else f"the naive {clip(value)}"

    return [Rule("timezone", lambda value: value.utcoffset() is not None, "a datetime with a time zone", got)]


_RULES: dict[str, Callable[[Node], list[Rule]]] = {
    **dict.fromkeys(["string", "character"], _string_rules),
    **dict.fromkeys(["list", "map", "blob"], _length_rules),
    **dict.fromkeys(["integer", "long", "float", "double"], _number_rules),
    "timestamp": _timestamp_rules,
}


def _count(number: float, part: str) -> str:
    many = part if number == 1 else f"{part[:-1]}ies" if part.endswith("y") else f"{part}s"
    return f"{number} {many}"

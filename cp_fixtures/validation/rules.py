"""The rules of one node, each a code, a test and its words; the only place where a limit of the model is read."""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Sized
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.errors import UncheckedWarning, UsageError, Violation, clip, several
from cp_fixtures.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cp_fixtures.shapes import Node

__all__ = [
    "CODES",
    "NAMES",
    "Rule",
    "described",
    "has_sensitive",
    "joined",
    "kind",
    "rules",
    "rules_kept",
    "type_and_length",
]

CODES = {
    "type": "the Python type that botocore gives the shape",
    "depth": "a value is not nested inside itself, nor deeper than Python can follow",
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

_KEPT = "rules"
_WIDTHS = {"integer": 2**31, "long": 2**63}
_LARGEST = {"float": 3.4028234663852886e38, "double": 1.7976931348623157e308}


def _is_sendable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


NAMES = {"datetime": dt.datetime, "isfinite": math.isfinite, "is_sendable": _is_sendable}


class Rule(NamedTuple):
    """One rule of a node.

    Attributes:
        code: the rule's code, one of `CODES`.
        test: the rule itself, an expression of Python about `value`. It is a text so that the rules of a node become
            one function: one call for each leaf of a response, where a call for each rule would take twice as long.
        wanted: what the rule wants, in words.
        got: what a value is that breaks it, in words.
        names: what the test names: the limits of this very node.
        quick: a test that takes less time, and fails whatever `test` fails; it may fail more. It is asked of what has
            passed the quick tests of the rules before it. Empty where there is none.
    """

    code: str
    test: str
    wanted: str
    got: Callable[[Any], str]
    names: Mapping[str, Any] = MappingProxyType({})
    quick: str = ""

    def holds(self, value: object) -> bool:
        """Whether a value holds to the rule; only for a value of the right type, unless this is the type's rule."""
        return bool(joined([self], lambda _: False, fine=True)(value))

    def violation(self, value: object) -> Violation:
        """The violation that a value is which breaks the rule."""
        return Violation((), self.code, self.wanted, self.got(value))


def joined(rules: Iterable[Rule], broken: Callable[[Any], Any], *, fine: Any) -> Callable[[Any], Any]:
    """One function of a value: `fine` where all the rules hold, tested in order, else what `broken` says of it."""
    names = {"fine": fine, "broken": broken}
    for rule in rules:
        names.update(rule.names)
    made: Callable[[Any], Any] = _maker(" and ".join(f"({rule.test})" for rule in rules), tuple(names))(**names)
    return made


# One piece of code for all that are tested alike: the limits come in as arguments, since Python is quick only with
# globals that stay the same.
@cache
def _maker(tests: str, names: tuple[str, ...]) -> Callable[..., Callable[[Any], Any]]:
    source = f"lambda {', '.join(names)}: lambda value: fine if {tests} else broken(value)"
    maker: Callable[..., Callable[[Any], Any]] = eval(source, dict(NAMES))  # noqa: S307 - all tests stand in this file
    return maker


class _Kind(NamedTuple):
    """What a value of a type looks like: its test, its name, the word for its parts, and a test for built-in types."""

    test: str
    name: str
    part: str = ""
    quick: str = ""


_WHOLE = "isinstance(value, int) and not isinstance(value, bool)"
_NUMBER = "isinstance(value, (int, float)) and not isinstance(value, bool)"
_JSON = "value is None or isinstance(value, (str, dict, list, bool, int, float))"
_BYTES = "isinstance(value, (bytes, bytearray))"
_KINDS = {
    "structure": _Kind("isinstance(value, dict)", "a dict", "", "type(value) is dict"),
    "map": _Kind("isinstance(value, dict)", "a dict", "entry", "type(value) is dict"),
    "list": _Kind("isinstance(value, list)", "a list", "item", "type(value) is list"),
    "string": _Kind("isinstance(value, str)", "a string", "character", "type(value) is str"),
    "character": _Kind("isinstance(value, str)", "a string", "character", "type(value) is str"),
    "integer": _Kind(_WHOLE, "an integer", "", "type(value) is int"),
    "long": _Kind(_WHOLE, "an integer", "", "type(value) is int"),
    "float": _Kind(_NUMBER, "a number"),
    "double": _Kind(_NUMBER, "a number"),
    "boolean": _Kind("isinstance(value, bool)", "True or False"),
    "timestamp": _Kind("isinstance(value, datetime)", "a datetime with a time zone"),
    "blob": _Kind(_BYTES, "bytes", "byte"),
    "document": _Kind(_JSON, "a JSON value"),
    "events": _Kind("hasattr(value, '__iter__') and not isinstance(value, (str, bytes))", "an iterable of events"),
}
_STREAM = _Kind(f"{_BYTES} or hasattr(value, 'read')", "bytes or an open binary file", "byte")


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


def rules(node: Node) -> tuple[Rule, ...]:
    """The rules of the node itself, first the type's; what is inside a container has rules of its own.

    A pattern that Python's `re` cannot express is left out, with a warning: what cannot be checked is not refused.

    Raises:
        UsageError: the node's type is not known.
    """
    return (_type_rule(node), *_RULES.get(node.type, _no_rules)(node))


def rules_kept(node: Node) -> tuple[Rule, ...]:
    """`rules(node)`, read once for each node and kept with it."""
    if _KEPT not in node.kept:
        node.kept[_KEPT] = rules(node)
    found: tuple[Rule, ...] = node.kept[_KEPT]
    return found


def described(value: object, node: Node) -> str:
    """A value in words: for a sensitive node its type and length only, and the value itself where it is an enum's."""
    if node.sensitive and not (node.enum and isinstance(value, str)):
        return type_and_length(value)
    return clip(value)


def type_and_length(value: object) -> str:
    """A value in words that do not show it: `a str of length 9`."""
    if value is None:
        return "None"
    name = type(value).__name__
    name = name if name == "bytes" else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return f"{name} of length {len(value)}" if isinstance(value, Sized) else name


def _type_rule(node: Node) -> Rule:
    def got(value: object) -> str:
        # What has come in the place of a Profile can be a Profile's data: the list itself for its item, say.
        if has_sensitive(node):
            return type_and_length(value)
        return "None" if value is None else f"the {type(value).__name__} {clip(value)}"

    return Rule("type", kind(node).test, kind(node).name, got, quick=kind(node).quick)


def has_sensitive(node: Node) -> bool:
    """Whether a node, or anything inside it, is sensitive."""
    seen, coming = set(), [node]
    while coming:
        here = coming.pop()
        if here.sensitive:
            return True
        if here not in seen:
            seen.add(here)
            coming += [*here.members.values(), *filter(None, [here.item, here.key, here.value])]
    return False


def _no_rules(_node: Node) -> list[Rule]:
    return []


def _length_rules(node: Node) -> list[Rule]:
    part = kind(node).part
    # A stream has no length to know before it is read.
    unless = "not hasattr(value, '__len__') or " if node.streaming else ""

    def got(value: Any) -> str:
        return _count(len(value), part)

    found = []
    if node.min is not None:
        wanted = f"at least {_count(node.min, part)}"
        # Of the built-in types, what is not empty is true; the type's quick test has seen to it that it is one.
        quick = "value" if node.min == 1 and kind(node).quick else ""
        found.append(Rule("min", f"{unless}len(value) >= least", wanted, got, {"least": node.min}, quick))
    if node.max is not None:
        wanted = f"at most {_count(node.max, part)}"
        found.append(Rule("max", f"{unless}len(value) <= most", wanted, got, {"most": node.max}))
    return found


def _string_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return described(value, node)

    found = [
        Rule("unicode", "value.isascii() or is_sendable(value)", "text without a lone surrogate", got),
        *_length_rules(node),
    ]
    if search := _search(node.pattern):
        wanted = f"a match of {node.pattern}"
        found.append(Rule("pattern", "search(value) is not None", wanted, got, {"search": search}))
    if node.enum:
        # A tuple, not a set: a str that is an Enum's member hashes by its name, and compares by its value.
        names = {"enum": node.enum, "values": frozenset(node.enum)}
        found.append(Rule("enum", "value in enum", f"one of {several(node.enum)}", got, names, "value in values"))
    return found


def _search(pattern: str | None) -> Callable[[str], object] | None:
    try:
        return None if pattern is None else compiled(pattern).search
    except UsageError as problem:
        # Not an error: of a whole operation one member could not be checked. Not silence either.
        warnings.warn(f"{problem} It is not checked.", UncheckedWarning, stacklevel=2)
        return None


def _number_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return described(value, node)

    found = [*_width_rules(node, got)]
    if node.min is not None:
        found.append(Rule("min", "not value < least", f"at least {node.min}", got, {"least": node.min}))
    if node.max is not None:
        found.append(Rule("max", "not value > most", f"at most {node.max}", got, {"most": node.max}))
    return found


def _width_rules(node: Node, got: Callable[[Any], str]) -> list[Rule]:
    if node.type in _WIDTHS:
        limit = _WIDTHS[node.type]
        wanted = f"an integer of {limit.bit_length()} bits"
        return [Rule("width", "-limit <= value < limit", wanted, got, {"limit": limit})]
    largest = _LARGEST[node.type]
    wanted = f"a number between {-largest:.3g} and {largest:.3g}"
    # An integer is always finite, and too large only by its width; what is not finite has no width.
    fits = "-largest <= value <= largest or isinstance(value, float) and not isfinite(value)"
    return [_finite_rule(got), Rule("width", fits, wanted, got, {"largest": largest})]


def _finite_rule(got: Callable[[Any], str]) -> Rule:
    return Rule("finite", "not isinstance(value, float) or isfinite(value)", "a finite number", got)


def _timestamp_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return "a naive datetime" if node.sensitive else f"the naive {clip(value)}"

    return [Rule("timezone", "value.utcoffset() is not None", "a datetime with a time zone", got)]


def _json_rules(node: Node) -> list[Rule]:
    def got(value: object) -> str:
        return described(value, node)

    test = "not isinstance(value, str) or value.isascii() or is_sendable(value)"
    return [_finite_rule(got), Rule("unicode", test, "text without a lone surrogate", got)]


_RULES: dict[str, Callable[[Node], list[Rule]]] = {
    **dict.fromkeys(["string", "character"], _string_rules),
    **dict.fromkeys(["list", "map", "blob"], _length_rules),
    **dict.fromkeys(["integer", "long", "float", "double"], _number_rules),
    "timestamp": _timestamp_rules,
    "document": _json_rules,
}


def _count(number: float, part: str) -> str:
    many = part if number == 1 else f"{part[:-1]}ies" if part.endswith("y") else f"{part}s"
    return f"{number} {many}"

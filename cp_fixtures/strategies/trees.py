"""Patterns as trees: what a text is made of, part by part, with the least and the greatest length of each part.

`re` itself reads the patterns; its tree is no public interface, and this is the one file that leans on it.
"""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from cp_fixtures.strategies.characters import ALL, Ranges, both_cases, complement, intersection, ranges_of, size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Chars", "Choice", "Many", "Row", "Tree", "repeated", "tree_of"]

_NEW = sys.version_info >= (3, 11)
_parser: Any = importlib.import_module("re._parser" if _NEW else "sre_parse")
_constants: Any = importlib.import_module("re._constants" if _NEW else "sre_constants")

_DIGIT = ((48, 57),)
_WORD = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE = ((9, 13), (32, 32))
_SINGLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
_CATEGORIES: dict[str, Ranges] = {
    "CATEGORY_DIGIT": _DIGIT,
    "CATEGORY_NOT_DIGIT": complement(_DIGIT),
    "CATEGORY_WORD": _WORD,
    "CATEGORY_NOT_WORD": complement(_WORD),
    "CATEGORY_SPACE": _SPACE,
    "CATEGORY_NOT_SPACE": complement(_SPACE),
}


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set."""

    ranges: Ranges
    least: int = 1
    most: float = 1


@dataclass(frozen=True, slots=True)
class Many:
    """A part again and again, `fewest` times to `times`."""

    part: Tree
    fewest: int
    times: float
    least: int
    most: float


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other; the empty one is the empty text."""

    parts: tuple[Tree, ...]
    least: int
    most: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts; there is at least one."""

    parts: tuple[Tree, ...]
    least: int
    most: float


Tree = Chars | Many | Row | Choice

_EMPTY = Row((), 0, 0)


def tree_of(pattern: re.Pattern[str]) -> Tree | None:
    r"""The tree of a pattern; None where it asks for something that no text can have.

    What looks around (`(?!..)`, `\b`, `^` in the middle) is no part of the text: it is left out, and so are references
    to what a group has matched. So a text of the tree is likely to match, and has to be tried.
    """
    return _sequence(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)


def repeated(pattern: re.Pattern[str]) -> Many | None:
    """One set of characters, again and again, where that is all that the pattern says; None where it says more."""
    items = list(_parser.parse(pattern.pattern, pattern.flags))
    while len(items) != 1 or str(items[0][0]) == "SUBPATTERN":
        at = [str(argument) for code, argument in items if str(code) == "AT"]
        if len(items) == 1 and not any(items[0][1][1:3]):
            items = list(items[0][1][3])
        elif at[:1] == ["AT_BEGINNING"] and str(items[0][0]) == "AT":
            items = items[1:]
        elif at[-1:] == ["AT_END_STRING"] and str(items[-1][0]) == "AT":
            items = items[:-1]
        else:
            return None
    made = _sequence(items, pattern.flags)
    if not isinstance(made, Many) or [str(code) in _SINGLE for code, _ in items[0][1][2]] != [True]:
        return None
    return made


def _sequence(items: Sequence[Any], flags: int) -> Tree | None:
    parts: list[Tree] = []
    wanted: Ranges = ALL
    for code, argument in items:
        if (looked := _looked_at(code, argument, flags)) is not None:
            wanted = intersection(wanted, looked)
            continue
        part = _READERS[str(code)](argument, flags)
        if part is None:
            return None
        if wanted is not ALL:
            part, wanted = _narrowed(part, wanted), ALL
        if part != _EMPTY:
            parts.append(part)
    return _joined(parts)


def _joined(parts: list[Tree]) -> Tree:
    if len(parts) == 1:
        return parts[0]
    return Row(tuple(parts), sum(part.least for part in parts), sum(part.most for part in parts))


def _looked_at(code: Any, argument: Any, flags: int) -> Ranges | None:
    """The characters that a lookahead wants next, where it looks at one character alone."""
    if str(code) not in ("ASSERT", "ASSERT_NOT") or argument[0] != 1:
        return None
    seen = _sequence(argument[1], flags)
    if not isinstance(seen, Chars):
        return None
    return seen.ranges if str(code) == "ASSERT" else complement(seen.ranges)


def _narrowed(part: Tree, wanted: Ranges) -> Tree:
    narrow = intersection(part.ranges, wanted) if isinstance(part, Chars) else ()
    return Chars(narrow) if size(narrow) else part


def _chars(ranges: Ranges, flags: int) -> Chars | None:
    found = both_cases(ranges) if flags & re.IGNORECASE else ranges
    return Chars(found) if found else None


def _literal(code: int, flags: int) -> Tree | None:
    return _chars(ranges_of([(code, code)]), flags)


def _not_literal(code: int, flags: int) -> Tree | None:
    without = _literal(code, flags)
    return Chars(complement(without.ranges)) if isinstance(without, Chars) else Chars(ALL)


def _any(_argument: object, flags: int) -> Tree | None:
    return Chars(ALL if flags & re.DOTALL else complement(((10, 10),)))


def _class(items: list[tuple[Any, Any]], flags: int) -> Tree | None:
    pairs: list[tuple[int, int]] = []
    for code, argument in items:
        if str(code) == "LITERAL":
            pairs.append((argument, argument))
        elif str(code) == "RANGE":
            pairs.append(argument)
        elif str(code) == "CATEGORY":
            pairs += _CATEGORIES[str(argument)]
    ranges = ranges_of(pairs)
    if flags & re.IGNORECASE:
        ranges = both_cases(ranges)
    return _chars(complement(ranges) if str(items[0][0]) == "NEGATE" else ranges, 0)


def _group(argument: tuple[Any, int, int, Any], flags: int) -> Tree | None:
    _, added, taken, items = argument
    return _sequence(items, (flags | added) & ~taken)


def _branch(argument: tuple[Any, list[Any]], flags: int) -> Tree | None:
    parts = [part for items in argument[1] if (part := _sequence(items, flags)) is not None]
    if not parts:
        return None
    return Choice(tuple(parts), min(part.least for part in parts), max(part.most for part in parts))


def _repeat(argument: tuple[int, int, Any], flags: int) -> Tree | None:
    fewest, most, items = argument
    times = inf if most is _constants.MAXREPEAT else most
    part = _sequence(items, flags)
    if part is None or part == _EMPTY or times == 0:
        return _EMPTY if fewest == 0 or part is not None else None
    if fewest == times == 1:
        return part
    longest = 0 if part.most == 0 else part.most * times
    return Many(part, fewest, times, part.least * fewest, longest)


def _atomic(items: Any, flags: int) -> Tree | None:
    return _sequence(items, flags)


def _nothing(_argument: object, _flags: int) -> Tree | None:
    return _EMPTY


def _failure(_argument: object, _flags: int) -> Tree | None:
    return None


def _assert_not(argument: tuple[int, Any], _flags: int) -> Tree | None:
    # `(?!)` is how a class without a member is written.
    return _EMPTY if len(argument[1]) else None


_READERS: dict[str, Callable[[Any, int], Tree | None]] = {
    "LITERAL": _literal,
    "NOT_LITERAL": _not_literal,
    "ANY": _any,
    "IN": _class,
    "SUBPATTERN": _group,
    "BRANCH": _branch,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "ATOMIC_GROUP": _atomic,
    "AT": _nothing,
    "ASSERT": _nothing,
    "ASSERT_NOT": _assert_not,
    "GROUPREF": _nothing,
    "GROUPREF_EXISTS": _nothing,
    "FAILURE": _failure,
}

"""Texts of a pattern and of certain lengths, drawn part by part, so that hardly a text is drawn in vain."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil, inf
from random import Random
from typing import TYPE_CHECKING, Protocol

from hypothesis import strategies as st

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.patterns import compiled
from cp_fixtures.strategies.characters import ALL, Ranges, intersection, size, text_of
from cp_fixtures.strategies.refusals import refused
from cp_fixtures.strategies.trees import Chars, Choice, Many, Row, Tree, repeated, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["texts"]

# What a group has matched is to come again: the one thing that Hypothesis itself draws better.
_REFERENCE = re.compile(r"\(\?\(\d+\)|\(\?P=")

_PLAIN: Ranges = ((0x20, 0x7E),)
_TRIES, _ENOUGH = 400, 12
# How many more times than it has to be a part comes again, and how much longer than it has to be a plain text gets.
_MORE_TIMES, _LONGER = 4, 20


class _Source(Protocol):
    """Where the chance comes from."""

    def text(self, ranges: Ranges, least: int, most: float) -> str:
        """A text of these characters, of least to most of them."""
        ...

    def number(self, least: int, most: int) -> int:
        """A whole number, both bounds included."""
        ...


class _Drawn:
    """Chance that Hypothesis chooses, and shrinks."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def text(self, ranges: Ranges, least: int, most: float) -> str:
        if least == most and size(ranges) == 1:
            return chr(ranges[0][0]) * least
        return self._draw(text_of(ranges, least, None if most == inf else int(most)))

    def number(self, least: int, most: int) -> int:
        if least == most:
            return least
        return self._draw(_integers(least, most))


class _Tried:
    """Chance of a fixed seed, for a look at what can be drawn; plain characters where there are any."""

    def __init__(self) -> None:
        self._random = Random(0)

    def text(self, ranges: Ranges, least: int, most: float) -> str:
        plain = intersection(ranges, _PLAIN) or ranges
        # As short as can be every other time: some patterns match only where a part of theirs is empty.
        length = self._random.choice((least, self._random.randint(least, int(min(most, least + _LONGER)))))
        pairs = self._random.choices(plain, [high - low + 1 for low, high in plain], k=length)
        return "".join(chr(self._random.randint(low, high)) for low, high in pairs)

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)


@lru_cache(maxsize=4096)
def texts(pattern: str | None, least: int, most: int | None) -> st.SearchStrategy[str]:
    """Texts with a match of the pattern that is the whole text, of a length within the bounds.

    Args:
        pattern: as the model has it; None for any text.
        least: the least length.
        most: the greatest; None for none.

    Raises:
        InvalidArgument: no text could be found that has all of this.
    """
    if pattern is None:
        return text_of(ALL, least, most)
    try:
        rule = compiled(pattern)
    except UsageError as problem:
        raise _undrawable(pattern, least, most, problem.args[1]) from None
    many = repeated(rule)
    if many is not None and isinstance(many.part, Chars) and _fits(many, least, most):
        return text_of(many.part.ranges, max(least, many.fewest), _smaller(most, many.times))
    return _written(pattern, rule, tree_of(rule), least, inf if most is None else most)


def _written(pattern: str, rule: re.Pattern[str], tree: Tree | None, least: int, most: float) -> st.SearchStrategy[str]:
    def is_right(text: str) -> bool:
        return least <= len(text) <= most and rule.search(text) is not None

    tree, examples = _tried(tree, is_right, least, most)
    if not examples and _REFERENCE.search(rule.pattern):
        return st.from_regex(rule, fullmatch=True).filter(is_right)
    if tree is None or not examples:
        raise _undrawable(pattern, least, None if most == inf else int(most), "No text was found that is as it says.")

    # As for a text without a pattern: what it is drawn from is prepared before a test draws.
    text_of(ALL, least, None).validate()

    @st.composite
    def text(draw: st.DrawFn) -> str:
        made = _text(tree, least, most, _Drawn(draw))
        # Drawn in vain only where the pattern looks around, or where lengths have gaps.
        return made if is_right(made) else draw(st.sampled_from(examples))

    return text()


def _tried(
    tree: Tree | None, is_right: Callable[[str], bool], least: int, most: float
) -> tuple[Tree | None, list[str]]:
    """The tree that texts come out of, and some of them; none where nothing comes of it."""
    if tree is None:
        return None, []
    # A pattern that is not anchored, and too short for the bounds, may have anything after it.
    padding = Many(Chars(_PLAIN), 0, inf, 0, inf)
    padded = Row((tree, padding), tree.least, inf)
    for each in (tree, padded) if tree.most < least else (tree,):
        source = _Tried()
        examples: list[str] = []
        for _ in range(_TRIES):
            if is_right(made := _text(each, least, most, source)):
                examples.append(made)
            if len(examples) == _ENOUGH:
                break
        if examples:
            return each, sorted(set(examples), key=lambda text: (len(text), text))
    return None, []


def _text(tree: Tree, least: float, most: float, source: _Source) -> str:
    """A text of the tree, of a length within the bounds if the tree has one."""
    if isinstance(tree, Chars):
        return source.text(tree.ranges, 1, 1)
    if isinstance(tree, Choice):
        fitting = [part for part in tree.parts if part.least <= most and part.most >= least] or tree.parts
        return _text(fitting[source.number(0, len(fitting) - 1)], least, most, source)
    if isinstance(tree, Row):
        return _row(tree.parts, least, most, source)
    return _many(tree, least, most, source)


def _many(tree: Many, least: float, most: float, source: _Source) -> str:
    if isinstance(tree.part, Chars):
        shortest = max(int(least), tree.fewest)
        return source.text(
            tree.part.ranges, min(shortest, _whole(tree.times, shortest)), max(tree.fewest, min(most, tree.times))
        )
    part = tree.part
    fewest = max(tree.fewest, ceil(least / part.most) if part.most else 0)
    times = min(tree.times, fewest + _MORE_TIMES, most // part.least if part.least else inf)
    return _row((part,) * source.number(fewest, max(fewest, int(times))), least, most, source)


def _row(parts: Sequence[Tree], least: float, most: float, source: _Source) -> str:
    made: list[str] = []
    rest_least, rest_most = sum(part.least for part in parts), sum(part.most for part in parts)
    for part in parts:
        rest_least, rest_most = rest_least - part.least, sum(each.most for each in parts[len(made) + 1 :])
        shortest, longest = max(part.least, least - rest_most), min(part.most, most - rest_least)
        text = _text(part, max(0, shortest), max(shortest, longest), source)
        made.append(text)
        least, most = least - len(text), most - len(text)
    return "".join(made)


def _fits(tree: Many, least: int, most: int | None) -> bool:
    return least <= tree.times and (most is None or tree.fewest <= most)


def _smaller(most: int | None, times: float) -> int | None:
    smaller = min(inf if most is None else most, times)
    return None if smaller == inf else int(smaller)


def _whole(number: float, otherwise: int) -> int:
    return otherwise if number == inf else int(number)


@lru_cache(maxsize=1024)
def _integers(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def _undrawable(pattern: str, least: int, most: int | None, why: str) -> Exception:
    bounds = f"{least} or more" if most is None else f"{least} to {most}"
    return refused(
        f"No text of {bounds} characters can be drawn with a match of the pattern {clip(pattern, 200)}.",
        why,
        "Override the member with a strategy or a value of your own, or leave it out with OMIT.",
    )

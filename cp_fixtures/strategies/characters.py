"""Sets of characters, as ranges of code points, and the strategies that draw from them."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ALL", "Ranges", "both_cases", "complement", "intersection", "ranges_of", "size", "text_of"]

Ranges = tuple[tuple[int, int], ...]
"""A set of characters: the first and last code point of each of its ranges, in order, none touching the next."""

_LAST = sys.maxunicode
_SURROGATES = (0xD800, 0xDFFF)
_FEW = 2000
_ASCII_CASE = 32


def ranges_of(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges in order and joined, whatever their order; surrogates are no characters and are taken out."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(_without_surrogates(pairs)):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def _without_surrogates(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    first, last = _SURROGATES
    for low, high in pairs:
        yield from ((a, b) for a, b in ((low, min(high, first - 1)), (max(low, last + 1), high)) if a <= b)


ALL: Ranges = ranges_of([(0, _LAST)])
"""Every character that can be sent."""


def complement(ranges: Ranges) -> Ranges:
    """All the other characters."""
    edges = [-1, *(edge for pair in ranges for edge in pair), _LAST + 1]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return ranges_of((end + 1, start - 1) for end, start in gaps if start - end > 1)


def intersection(one: Ranges, other: Ranges) -> Ranges:
    """The characters that are in both."""
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return ranges_of(pair for pair in both if pair[0] <= pair[1])


def both_cases(ranges: Ranges) -> Ranges:
    """The characters, and each ASCII letter in its other case too."""
    upper = intersection(ranges, ((ord("A"), ord("Z")),))
    lower = intersection(ranges, ((ord("a"), ord("z")),))
    return ranges_of(
        [
            *ranges,
            *((low + _ASCII_CASE, high + _ASCII_CASE) for low, high in upper),
            *((low - _ASCII_CASE, high - _ASCII_CASE) for low, high in lower),
        ]
    )


def size(ranges: Ranges) -> int:
    """How many characters there are."""
    return sum(high - low + 1 for low, high in ranges)


@lru_cache(maxsize=4096)
def text_of(ranges: Ranges, least: int, most: int | None) -> st.SearchStrategy[str]:
    """Texts of these characters, of least to most of them."""
    return st.text(_alphabet(ranges), min_size=least, max_size=most)


@cache
def _alphabet(ranges: Ranges) -> st.SearchStrategy[str]:
    # Hypothesis keeps a set that is given by what it leaves out, or by its few members, in the form that draws fastest.
    if ranges == ALL:
        return st.characters(codec="utf-8")
    if size(ranges) <= _FEW:
        return st.characters(codec="utf-8", categories=(), include_characters=_every(ranges))
    if size(others := complement(ranges)) <= _FEW:
        return st.characters(codec="utf-8", exclude_characters=_every(others))
    return st.characters(codec="utf-8", categories=(), include_characters=_every(_thinned(ranges)))


def _thinned(ranges: Ranges) -> Ranges:
    """All the characters of the first thousand code points, and about a thousand more, evenly spread."""
    # Hypothesis would take half a second to sort all the letters that there are.
    start, rest = intersection(ranges, ((0, _FEW // 2),)), intersection(ranges, ((_FEW // 2 + 1, _LAST),))
    step = size(rest) // (_FEW // 2) + 1
    return ranges_of([*start, *((code, code) for low, high in rest for code in range(low, high + 1, step))])


def _every(ranges: Ranges) -> str:
    return "".join(chr(code) for low, high in ranges for code in range(low, high + 1))

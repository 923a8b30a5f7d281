"""The few ways in which anything here is drawn, and what it is drawn from."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import shake_128
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Chance", "Pattern", "Source", "between", "one_of", "pattern", "written"]

T = TypeVar("T")

_MARKS: dict[str, Sequence[str | int]] = {
    "%": range(1, 10),
    # The inward part of a British postcode has no C, I, K, M, O or V.
    "?": "ABDEFGHJLNPQRSTUWXYZ",
    # A Canadian postal code has no D, F, I, O, Q or U.
    "@": "ABCEGHJKLMNPRSTVWXYZ",
}
_RUNS = re.compile("#+|[%?@]")
_BITS = 53
_FEW_DIGITS = 3
# What an id takes, and a person.
_AT_FIRST = 128


class Source(Protocol):
    """Whatever chance comes from: a `random.Random`, or a `Chance`."""

    def random(self) -> float:
        """A number from 0 up to 1, which it does not reach."""
        ...

    def getrandbits(self, k: int, /) -> int:
        """A number of so many bits."""
        ...

    def randbytes(self, n: int) -> bytes:
        """So many bytes."""
        ...


class Chance:
    """Chance that a text decides, at a quarter of the cost of a Random, which takes long to seed.

    Args:
        seed: the text.
    """

    __slots__ = ("_at", "_bytes", "_seed")

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode("utf-8", "surrogatepass")
        self._bytes = shake_128(self._seed).digest(_AT_FIRST)
        self._at = 0

    def getrandbits(self, k: int, /) -> int:
        """As that of a Random."""
        size = -(-k // 8)
        return int.from_bytes(self.randbytes(size), "little") >> (8 * size - k)

    def randbytes(self, n: int) -> bytes:
        """As that of a Random."""
        start, self._at = self._at, self._at + n
        if self._at > len(self._bytes):
            # A longer digest goes on where the shorter one ends.
            self._bytes = shake_128(self._seed).digest(2 * self._at)
        return self._bytes[start : self._at]

    def random(self) -> float:
        """As that of a Random."""
        return self.getrandbits(_BITS) / (1 << _BITS)


def one_of(source: Source, values: Sequence[T]) -> T:
    """One of the values. Always one draw, so that what is drawn next does not depend on how many there are."""
    return values[int(source.random() * len(values))]


def between(source: Source, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included; one draw."""
    return least + int(source.random() * (most - least + 1))


class Pattern(NamedTuple):
    """A text with a place for each mark.

    Attributes:
        text: the text; each place is a `%` of Python's.
        marks: what may stand in each place.
        before: what stands before the digits, where a few digits at the end are all that is drawn.
        digits: all that these can be; empty where more is drawn.
    """

    text: str
    marks: tuple[Sequence[str | int], ...]
    before: str = ""
    digits: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """The pattern that a text is.

    `#` is a digit, `%` one from 1 to 9, `?` and `@` the letters of British and Canadian postal codes.
    """
    runs = _RUNS.findall(text)
    # The digits of a run are one number.
    places = _RUNS.sub(lambda run: f"%0{len(run[0])}d" if run[0][0] == "#" else "%s", text)
    marks = tuple(_MARKS.get(run) or range(10 ** len(run)) for run in runs)
    before = text.rstrip("#")
    size = len(text) - len(before)
    if size > _FEW_DIGITS or _RUNS.search(before):
        return Pattern(places, marks)
    return Pattern(places, marks, before, _numbers(size))


@lru_cache(maxsize=_FEW_DIGITS + 1)
def _numbers(size: int) -> tuple[str, ...]:
    """All numbers of so many digits."""
    return tuple(f"{number:0{size}}" if size else "" for number in range(10**size))


def written(number: int, patterns: Sequence[Pattern]) -> str:
    """One of the patterns with its marks; which, and what they are, is drawn from a number."""
    text, marks, before, digits = patterns[number % len(patterns)]
    number //= len(patterns)
    if digits:
        return before + digits[number % len(digits)]
    drawn = []
    for mark in marks:
        number, at = divmod(number, len(mark))
        drawn.append(mark[at])
    return text % tuple(drawn)

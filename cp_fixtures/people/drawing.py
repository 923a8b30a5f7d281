"""The few ways in which anything here is drawn from a Random."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

__all__ = ["between", "one_of", "written"]

T = TypeVar("T")

_MARKS = {
    "%": "123456789",
    # The inward part of a British postcode has no C, I, K, M, O or V.
    "?": "ABDEFGHJLNPQRSTUWXYZ",
    # A Canadian postal code has no D, F, I, O, Q or U.
    "@": "ABCEGHJKLMNPRSTVWXYZ",
}
_RUNS = re.compile("#+|[%?@]|[^#%?@]+")


def one_of(random: Random, values: Sequence[T]) -> T:
    """One of the values. Always one draw, so that what is drawn next does not depend on how many there are."""
    return values[int(random.random() * len(values))]


def between(random: Random, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included; one draw."""
    return least + int(random.random() * (most - least + 1))


def written(random: Random, pattern: str) -> str:
    """The pattern with its marks drawn.

    `#` is a digit, `%` one from 1 to 9, `?` and `@` the letters of British and Canadian postal codes.
    """
    return "".join(_drawn(random, run) for run in _runs(pattern))


@lru_cache(maxsize=4096)
def _runs(pattern: str) -> tuple[str, ...]:
    return tuple(_RUNS.findall(pattern))


def _drawn(random: Random, run: str) -> str:
    if run[0] == "#":
        # All digits of a run are one draw.
        return f"{int(random.random() * 10 ** len(run)):0{len(run)}}"
    return one_of(random, _MARKS[run]) if run in _MARKS else run

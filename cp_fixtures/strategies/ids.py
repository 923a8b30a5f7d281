"""Ids of profiles, one by one, or as many as a request asks for out of one number."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

__all__ = ["ids", "ids_from"]

_MANY = 1 << 128
_SCATTER = 0x9E3779B97F4A7C15F39CC0605CEDC834
"""An even number, with ones and zeros all over."""


@cache
def ids() -> st.SearchStrategy[str]:
    """The strategy that `profile_ids` names."""
    # One number is five times as fast to draw as a text of the ids' pattern, which need not be the whole text either.
    number = st.integers(0, _MANY - 1)

    # A failing example shows what map() has made as the call of it, wherever it stands; this it shows as a text.
    @st.composite
    def profile_id(draw: st.DrawFn) -> str:
        return _id(draw(number))

    return profile_id()


def ids_from(number: int, size: int) -> list[str]:
    """So many ids, each another, the first that of the number; from 0 they count up, else they are in any order."""
    # An odd step leads to each number once before it comes back to the first.
    step = 1 + number * _SCATTER
    return [_id((number + at * step) % _MANY) for at in range(size)]


def _id(number: int) -> str:
    return f"{number:032x}"

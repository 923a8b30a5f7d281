"""The simplest value that a strategy finds, the same in every run."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import find, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import strategies as st

__all__ = ["sought"]

PATIENT = settings(max_examples=2000, database=None)


def sought(
    strategy: st.SearchStrategy[Any],
    is_so: Callable[[Any], object] = lambda _value: True,
    *,
    seed: int = 0,
    settings: settings = PATIENT,
) -> Any:
    """The simplest value of which something is so; the seed is fixed, so that no run fails by chance."""
    return find(strategy, lambda value: bool(is_so(value)), settings=settings, random=Random(seed))

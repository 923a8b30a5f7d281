"""The same work done in several ways, turn by turn, so that a machine's noise falls on all of them alike."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["compare"]


def compare(title: str, ways: Mapping[str, Callable[[], object]], *, rounds: int = 30) -> dict[str, float]:
    """Print the median of each way in milliseconds, and its ratio to the first.

    Args:
        title: what the work is.
        ways: each way by its name; the first is what the others are compared with.
        rounds: how often each is done, after two rounds that do not count.

    Returns:
        the median ratio of each way to the first, taken round by round.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 2):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if turn >= 2:
                times[name].append(time.perf_counter() - start)
    first = next(iter(times.values()))
    ratios = {
        name: statistics.median(mine / theirs for mine, theirs in zip(each, first, strict=True))
        for name, each in times.items()
    }
    print(title)
    for name, each in times.items():
        print(f"  {name:<44} {1000 * statistics.median(each):9.3f} ms   {ratios[name]:7.3f}")
    return ratios

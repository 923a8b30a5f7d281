"""What is counted where others time: Python's own calls, which are the same on any machine, however busy.

Only this module's own process is counted, and only the thread that asks. No pytest is imported here, nor anything of
ours: `first_uses.py` counts in a process that has imported nothing yet.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = ["calls", "counting", "module_of", "of", "watched"]

# From Python 3.12 on these are no calls any more.
_INLINED = {"<listcomp>", "<dictcomp>", "<setcomp>"}


def module_of(frame: FrameType | None) -> str:
    """The module whose code runs in a frame; that of a function which `eval` made is nothing."""
    return "" if frame is None else str(frame.f_globals.get("__name__", ""))


@contextmanager
def watched(seen: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    """For a block, tell of each call of a Python function and of its return, as `sys.setprofile` does."""
    before, collects = sys.getprofile(), gc.isenabled()
    # What ends by chance in the block, a generator of another test's for one, would be counted with it.
    gc.collect()
    gc.disable()
    sys.setprofile(seen)
    try:
        yield
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """For a block, count how often each function is called, by the name of its module and its own.

    A generator counts each time it goes on. The rules of a node are code that was made while it ran, and are called
    `cp_fixtures.rules`.
    """
    counted: Counter[str] = Counter()

    def seen(frame: FrameType, event: str, _arg: object) -> None:
        name = frame.f_code.co_name
        if event == "call" and name not in _INLINED:
            counted[f"{module_of(frame) or 'cp_fixtures.rules'}.{name}"] += 1

    with watched(seen):
        yield counted


def calls(work: Callable[[], object]) -> Counter[str]:
    """How often each function is called by a piece of work that has been done before.

    It is done twice, and counted the second time: what is done once in a process has been done then, whatever ran
    before.
    """
    work()
    with counting() as counted:
        work()
    return counted


def of(package: str, counted: Counter[str]) -> Counter[str]:
    """Those calls that are of a package."""
    return Counter({name: count for name, count in counted.items() if name.partition(".")[0] == package})

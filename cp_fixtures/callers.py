"""Where a call was made: the nearest line of code that is neither botocore's, nor ours, nor a tracer's."""

from __future__ import annotations

import os.path
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["calling_line", "warn_caller"]

# Where a pool or a loop of events calls boto3 by itself, nobody's line does.
_INSIDE = {"asyncio", "boto3", "botocore", "concurrent", "contextlib", "cp_fixtures", "threading", "wrapt"}


def calling_line() -> str:
    """The file, the line and the function of the code that called into boto3: `app.py:12, in lookup`.

    Returns:
        the place; nothing where there is no such code.
    """
    here = _caller()
    # Beneath a client's own method anything may have been wrapped around botocore's.
    frame = _outside(_method(here) or here)
    if frame is None:
        return ""
    # Every call is written down with its line, and a Path takes several times as long as all the rest of this.
    file = os.path.basename(frame.f_code.co_filename)  # noqa: PTH119 - as above
    return f"{file}:{frame.f_lineno}, in {frame.f_code.co_name}"


def warn_caller(text: str, category: type[Warning]) -> None:
    """Warn as if the code that called us had done so: its line is shown, and filters see its module.

    Args:
        text: the warning.
        category: its class.

    Raises:
        Warning: a filter makes it an error.
    """
    __tracebackhide__ = True
    here = _caller()
    frame = _outside(here) or here
    place, line, names = frame.f_code.co_filename, frame.f_lineno, frame.f_globals
    seen = names.setdefault("__warningregistry__", {})
    warnings.warn_explicit(text, category, place, line, module=_module(frame), registry=seen)


def _caller() -> FrameType:
    """The frame of whoever called the function that asks.

    A function that keeps its own frame is a circle: all that the frames outside of it hold, a response for one, would
    stay until the garbage collector comes.
    """
    return sys._getframe(2)  # noqa: SLF001 - the same as inspect.currentframe, from further out


def _method(frame: FrameType | None) -> FrameType | None:
    """The frame of the client's method, such as `client.batch_get_profile`, that a frame runs in."""
    while frame is not None:
        if frame.f_code.co_name == "_api_call" and _module(frame) == "botocore.client":
            return frame
        frame = frame.f_back
    return None


def _outside(frame: FrameType | None) -> FrameType | None:
    """The nearest frame that is none of what lies between the code and us."""
    while frame is not None and _module(frame).partition(".")[0] in _INSIDE:
        frame = frame.f_back
    return frame


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))

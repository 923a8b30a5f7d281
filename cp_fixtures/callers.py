"""Where a call was made: the nearest line of code that is neither botocore's, nor ours, nor a tracer's."""

from __future__ import annotations

import inspect
import os.path
import warnings
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["calling_line", "warn_caller"]

# Where a pool or a loop of events calls boto3 by itself, nobody's line does.
_INSIDE = {"asyncio", "boto3", "botocore", "concurrent", "contextlib", "cp_fixtures", "threading", "wrapt"}


def calling_line() -> str:
    """The file, the line and the function of the code that called into boto3: `app.py:12, in lookup`.

    Returns:
        the place; nothing where there is no such code.
    """
    here = inspect.currentframe()
    # Beneath a client's own method anything may have been wrapped around botocore's.
    method = next((frame for frame in _outwards(here) if _is_method(frame)), here)
    frame = next((frame for frame in _outwards(method) if _module(frame).partition(".")[0] not in _INSIDE), None)
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
    here = inspect.currentframe()
    outside = (frame for frame in _outwards(here) if _module(frame).partition(".")[0] not in _INSIDE)
    # CPython always has a frame.
    frame = cast("FrameType", next(outside, here))
    place, line, names = frame.f_code.co_filename, frame.f_lineno, frame.f_globals
    seen = names.setdefault("__warningregistry__", {})
    warnings.warn_explicit(text, category, place, line, module=_module(frame), registry=seen)


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _is_method(frame: FrameType) -> bool:
    return frame.f_code.co_name == "_api_call" and _module(frame) == "botocore.client"


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))

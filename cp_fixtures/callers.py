"""Where a call was made: the nearest line of code that is neither botocore's nor ours."""

from __future__ import annotations

import inspect
from pathlib import Path

__all__ = ["calling_line"]

_INSIDE = {"boto3", "botocore", "contextlib", "cp_fixtures", "wrapt"}


def calling_line() -> str:
    """The file, the line and the function of the code that called into boto3: `app.py:12, in lookup`.

    Returns:
        the place; nothing where there is no such code.
    """
    frame = inspect.currentframe()
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] not in _INSIDE:
            return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}, in {frame.f_code.co_name}"
        frame = frame.f_back
    return ""

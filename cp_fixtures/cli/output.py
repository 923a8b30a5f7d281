"""What is written to the standard output: JSON as bytes, the same everywhere, and quiet when nobody reads on."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cp_fixtures.exchanges import Exchange

__all__ = ["let_go", "open_output", "plain", "write_array", "write_document", "write_lines"]

_NOBODY_READS = 141
"""The status of a process that SIGPIPE has ended, 128 + 13, on systems without that signal too."""


@contextmanager
def open_output() -> Iterator[None]:
    """Write what is to be written to the end, or end without a word when whoever reads it has enough, as `head` has."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()
        sys.exit(_NOBODY_READS)


def let_go() -> None:
    """Put aside what cannot be written: Python would try once more when it ends, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plain(exchange: Exchange) -> dict[str, Any]:
    """An exchange as it is written: what the AWS CLI would take and print, without ResponseMetadata."""
    parts = {"request": exchange.request, "response": exchange.response, "error": exchange.error}
    for answer in (parts["response"], parts["error"]):
        if answer is not None:
            del answer["ResponseMetadata"]
    return {"operation": exchange.operation, **{name: part for name, part in parts.items() if part is not None}}


def write_lines(values: Iterable[Any]) -> None:
    """Write JSON Lines."""
    _write(f"{_dumped(value)}\n" for value in values)


def write_array(values: Iterable[Any]) -> None:
    """Write one array of JSON, an item a line."""
    _write(_array(values))


def write_document(value: Any) -> None:
    """Write one value of JSON for people to read."""
    _write([_dumped(value, indent=2), "\n"])


def _array(values: Iterable[Any]) -> Iterator[str]:
    before = "[\n"
    for value in values:
        yield f"{before}{_dumped(value)}"
        before = ",\n"
    yield "\n]\n"


def _dumped(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_text)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else base64.b64encode(value).decode()


def _write(texts: Iterable[str]) -> None:
    # Bytes: a terminal's encoding, or Windows' ends of lines, would make the same data differ.
    stream = sys.stdout.buffer
    for text in texts:
        stream.write(text.encode())
    stream.flush()

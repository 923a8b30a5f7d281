"""The records of a domain's file, JSON or JSON Lines, each with the line on which it stands."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.habits import Habits
from cp_fixtures.errors import UsageError, clip, several
from cp_fixtures.factories import OMIT
from cp_fixtures.json_text import JsonReader

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

__all__ = ["Record", "is_lines", "options_of", "records"]

_LINES = (".jsonl", ".ndjson")
_KINDS = ("domain", "profile", "segment", "refused")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file.

    Attributes:
        kind: "domain", of which there is one at most, "profile", "segment" or "refused".
        value: what it says, a dict.
        line: the line on which it begins, from 1.
    """

    kind: str
    value: dict[str, Any]
    line: int


def is_lines(path: Path) -> bool:
    """Whether a file is one of JSON Lines, by the end of its name."""
    return path.suffix.lower() in _LINES


def records(path: str | os.PathLike[str]) -> Iterator[Record]:
    """The records of a file, in its order.

    Args:
        path: the file, as `writing.write` writes it.

    Raises:
        UsageError: it is no such file; the line is named.
    """
    place = Path(path)
    # Some editors and shells write a mark at the beginning.
    with place.open(encoding="utf-8-sig") as file:
        try:
            found = _of_lines(file) if is_lines(place) else _of_json(file.read())
            for line, kind, value in found:
                if kind not in _KINDS or not isinstance(value, dict):
                    raise _wrong(f"Line {line} is {clip({kind: value})}.")
                yield Record(kind, value, line)
        except UnicodeDecodeError as problem:
            raise _wrong(f"The file is no UTF-8: {problem}.") from None


def options_of(header: Record) -> dict[str, Any]:
    """The options of Domain that a file says.

    Raises:
        UsageError: there is no such option, or it is no such time.
    """
    known = ("name", "seed", "locale", *(each.name for each in fields(Habits)))
    for name in header.value:
        if name not in known:
            raise UsageError(f"There is no option {clip(name)}.", f"A domain has {several(known)}.", "Correct it.")
    return {name: _option(name, value) for name, value in header.value.items()}


def _option(name: str, value: Any) -> Any:
    if name in ("failure_status", "last_computed_at") and value == "OMIT":
        return OMIT
    if name != "last_computed_at" or not isinstance(value, str):
        return value
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(
            f"last_computed_at is {clip(value)}.", "A file has it in ISO 8601.", "Write 2025-01-14T12:00:00+00:00."
        ) from None


_Found = tuple[int, str, Any]


def _of_lines(lines: Any) -> Iterator[_Found]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            value = _decoded(line, number)
            if not isinstance(value, dict) or len(value) != 1:
                raise _wrong(f"Line {number} is {clip(value)}.")
            yield from ((number, kind, each) for kind, each in value.items())


def _decoded(line: str, number: int) -> Any:
    try:
        return json.loads(line)
    except ValueError as problem:
        raise _wrong(f"Line {number} is no JSON: {problem}.") from None


def _of_json(text: str) -> Iterator[_Found]:
    whole = _whole(text)
    if not isinstance(whole, dict):
        raise _wrong(f"The file has {clip(whole)}.")
    reader = JsonReader(io.StringIO(text))
    reader.expect("{")
    while not reader.comes("}"):
        kind = reader.value().value
        reader.expect(":")
        if kind not in _KINDS:
            raise _wrong(f"Line {reader.line} is of the kind {clip(kind)}.")
        if not reader.comes("["):
            yield reader.line, kind, reader.value().value
        else:
            reader.expect("[")
            while not reader.comes("]"):
                yield reader.line, kind, reader.value().value
                reader.skip(",")
            reader.expect("]")
        reader.skip(",")


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as problem:
        raise _wrong(f"The file is no JSON: {problem}.") from None


def _wrong(what: str) -> UsageError:
    return UsageError(
        what,
        f"A domain's file has records of the kinds {', '.join(_KINDS)}, each a JSON object.",
        "Give what `dump` wrote, or records like its own.",
    )

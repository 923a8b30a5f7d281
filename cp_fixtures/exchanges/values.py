"""Plain values: copied so that nobody shares them, written as JSON, and told from what only compares equal."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["at", "copied", "from_json", "is_matcher", "to_json"]

_PLAIN = (str, bytes, bytearray, bool, int, float, complex, dict, list, tuple, set, frozenset, dt.date, type(None))


def copied(value: Any) -> Any:
    """A deep copy of the dicts and lists, as plain ones; an open stream stays the same object."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return bytearray(value) if isinstance(value, bytearray) else value


def is_matcher(value: object) -> bool:
    """Whether it is there to be compared with, as `botocore.stub.ANY` is, and is no value that a call could have."""
    return not isinstance(value, _PLAIN) and type(value).__eq__ is not object.__eq__


def at(value: Any, steps: Iterable[str | int]) -> Any:
    """What stands at a place inside a value; None where there is no such place."""
    try:
        for step in steps:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return None
    return value


def to_json(value: object) -> str:
    """The value as JSON; a datetime is written `{"$datetime": ...}`, and bytes `{"$bytes": ...}`, in base 64.

    Raises:
        UsageError: it holds something else, a matcher or a stream for one.
    """
    return json.dumps(_tagged(value), ensure_ascii=False)


def from_json(text: str) -> Any:
    """The value that `to_json` wrote.

    Raises:
        UsageError: the text is no JSON.
    """
    try:
        return _untagged(json.loads(text))
    except json.JSONDecodeError as problem:
        raise UsageError(
            f"This is no JSON: {clip(text)}.", f"It ends at {problem}.", "Give what `to_json` wrote."
        ) from None


def _tagged(value: object) -> Any:
    if isinstance(value, dict):
        plain = {key: _tagged(item) for key, item in value.items()}
        # A dict that looks like one of our tags is wrapped, so that it comes back as it is.
        return {"$dict": plain} if _tag(plain) else plain
    if isinstance(value, list):
        return [_tagged(item) for item in value]
    if isinstance(value, dt.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise UsageError(
        f"{clip(value)} cannot be written as JSON.",
        "Only what the service could send can be: a matcher, a tuple or an open stream is none of it.",
        "Write an exchange without it.",
    )


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if (tag := _tag(value)) is None:
        return {key: _untagged(item) for key, item in value.items()}
    return _UNTAG[tag](value[tag])


def _tag(value: dict[str, Any]) -> str | None:
    return next(iter(value)) if len(value) == 1 and next(iter(value)) in _UNTAG else None


_UNTAG: dict[str, Callable[[Any], Any]] = {
    "$dict": lambda plain: {key: _untagged(item) for key, item in plain.items()},
    "$datetime": dt.datetime.fromisoformat,
    "$bytes": base64.b64decode,
}

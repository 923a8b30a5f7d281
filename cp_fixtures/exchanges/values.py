"""Plain values: written as JSON, and told from what only compares equal."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, Words, clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["at", "comparable", "from_json", "is_matcher", "to_json"]

_PLAIN = (str, bytes, bytearray, int, float, complex, dict, list, tuple, set, frozenset, dt.date)

# A UUID, a Decimal, a path: what Python itself brings is a value, however it compares; but for unittest.mock.ANY.
_OF_PYTHON = sys.stdlib_module_names - {"unittest"}

_SURROGATE = re.compile("[\ud800-\udfff]")
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - naive, as all that are compared with it


def comparable(value: Any) -> Any:
    """The value with each time as the instant that it is.

    In the hour that a clock change repeats, Python holds two datetimes of the same instant for unequal where their
    zones differ (PEP 495); and the same instant is written in many ways.
    """
    if isinstance(value, dict):
        return {comparable(key): comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dt.datetime) and (offset := value.utcoffset()) is not None:
        # A difference, since astimezone fails at both ends of the calendar.
        return ("instant", value.replace(tzinfo=None) - _EPOCH - offset)
    return str.__str__(value) if isinstance(value, str) else value


def is_matcher(value: object) -> bool:
    """Whether it is there to be compared with, as `botocore.stub.ANY` is, and is no value that a call could have."""
    kind = type(value)
    is_value = isinstance(value, _PLAIN) or kind.__module__.partition(".")[0] in _OF_PYTHON
    return not is_value and kind.__eq__ is not object.__eq__


def at(value: Any, steps: Iterable[str | int]) -> Any:
    """What stands at a place inside a value; None where there is no such place."""
    try:
        for step in steps:
            value = value[_key(value, step)]
    except (KeyError, IndexError, TypeError):
        return None
    return value


def _key(value: Any, step: str | int) -> Any:
    # The key of a sensitive map is not in the step, but its place in the map is: "entry 3, a str of length 9".
    place = re.match(r"entry (\d+),", step) if isinstance(step, Words) else None
    return list(value)[int(place[1])] if place else step


def to_json(value: object) -> str:
    """The value as JSON; a datetime is written `{"$datetime": ...}`, and bytes `{"$bytes": ...}`, in base 64.

    Raises:
        UsageError: it holds something else, a matcher or a stream for one.
    """
    tagged = _tagged(value)
    try:
        text = json.dumps(tagged, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise _unwritable(value) from None
    # A lone surrogate could not be written to a file.
    return json.dumps(tagged) if _SURROGATE.search(text) else text


def from_json(text: str) -> Any:
    """The value that `to_json` wrote.

    Raises:
        UsageError: the text is no JSON, or a tag in it holds what it cannot.
    """
    try:
        return _untagged(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise UsageError(
            f"This cannot be read: {clip(text)}.", f"Python says of it: {problem}.", "Give what `to_json` wrote."
        ) from None


def _tagged(value: object) -> Any:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
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
    raise _unwritable(value)


def _unwritable(value: object) -> UsageError:
    return UsageError(
        f"{clip(value)} cannot be written as JSON.",
        "Only what the service could send can be: a matcher, a tuple, NaN or an open stream is none of it.",
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
    "$bytes": lambda text: base64.b64decode(text, validate=True),
}

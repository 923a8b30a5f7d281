"""Values out of JSON, which has neither timestamps nor blobs, as boto3 has them."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from cp_fixtures.validation import converted

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["as_read"]

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?:(Z)|([+-]\d\d):?(\d\d))?")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def as_read(node: Node | None, value: Any) -> Any:
    """A value out of JSON as boto3 has it: timestamps and blobs are read from their texts.

    Args:
        node: the shape of the value.
        value: the value, as json has read it.

    Returns:
        the value; what is no such text stays as it is, and breaks the rule of its type.
    """
    return converted(node, value, _READERS)


def _timestamp(value: Any) -> Any:
    value = _out_of_tag(value, "$datetime")
    try:
        if isinstance(value, str):
            return _from_text(value)
        # The service sends seconds, and version 1 of the AWS CLI prints what the service sends.
        return _EPOCH + dt.timedelta(seconds=value) if type(value) in (int, float) else value
    except (ValueError, OverflowError):
        return value


def _from_text(text: str) -> Any:
    # Python 3.10 reads neither Z nor fractions of any length, and newer ones read far more than timestamps.
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    day, time, fraction, zulu, hours, minutes = match.groups()
    zone = "+00:00" if zulu else f"{hours}:{minutes}" if hours else ""
    return dt.datetime.fromisoformat(f"{day}T{time}.{(fraction or '').ljust(6, '0')[:6]}{zone}")


def _blob(value: Any) -> Any:
    value = _out_of_tag(value, "$bytes")
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else value
    except binascii.Error:
        return value


def _out_of_tag(value: Any, tag: str) -> Any:
    """The text that `Exchange.to_json` writes with a tag, to tell it from a mere text."""
    return value[tag] if isinstance(value, dict) and value.keys() == {tag} else value


_READERS = {"timestamp": _timestamp, "blob": _blob}

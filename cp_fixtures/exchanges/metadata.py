"""ResponseMetadata as a real response has it; its times and ids come from a seed, never from the clock."""

from __future__ import annotations

import datetime as dt
import uuid
import zlib
from email.utils import format_datetime
from random import Random
from typing import Any

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges.values import comparable

__all__ = ["FIXED_DATE", "check_error_status", "is_error_status", "renumbered", "response_metadata"]

FIXED_DATE = dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc)
"""The day near which everything of ours happens, whatever the clock says."""

_ERROR_STATUSES = range(300, 600)
_SECONDS_OF_A_DAY = 86_400

# What is shown in the same words on every machine and in every run; a time in a zone is a tuple by then.
_STEADY = (str, bytes, bytearray, int, float, dt.date, dt.timedelta, type(None))


def response_metadata(content: object, status: int, error_code: str | None = None) -> dict[str, Any]:
    """The ResponseMetadata of an answer: the same content has the same RequestId and Date for ever.

    Args:
        content: what is answered, which is the seed; a matcher in it counts by the name of its type.
        status: the HTTP status, 100 to 599.
        error_code: the code of the error, where it is one; the service says it in a header.

    Returns:
        RequestId, HTTPStatusCode, HTTPHeaders (names in lower case, as botocore has them) and RetryAttempts, 0.
    """
    chosen = _chosen(ascii(_steady(comparable(content))))
    request_id = str(chosen)
    headers = {
        "date": _date(chosen),
        "content-type": "application/json",
        "connection": "keep-alive",
        "x-amzn-requestid": request_id,
    }
    if error_code is not None:
        headers["x-amzn-errortype"] = error_code
    return {"RequestId": request_id, "HTTPStatusCode": status, "HTTPHeaders": headers, "RetryAttempts": 0}


def renumbered(metadata: Any, number: int) -> Any:
    """The metadata with which the same answer is given again: each time it has a RequestId and a Date of its own.

    Args:
        metadata: the ResponseMetadata of the first answer.
        number: which answer it is, from 1; the first keeps what it has.

    Returns:
        new metadata; those that were given, where the RequestId is the caller's and not one of ours.
    """
    if number == 1 or not _is_ours(metadata):
        return metadata
    chosen = _chosen(f"{metadata['RequestId']} {number}")
    request_id = str(chosen)
    named = {"date": _date(chosen), "x-amzn-requestid": request_id}
    return {**metadata, "RequestId": request_id, "HTTPHeaders": {**metadata["HTTPHeaders"], **named}}


def is_error_status(status: object) -> bool:
    """Whether botocore takes an answer with this HTTP status for an error."""
    return isinstance(status, int) and status in _ERROR_STATUSES


def check_error_status(name: str, status: object) -> None:
    """Refuse what is no HTTP status of an error.

    Args:
        name: where it was given.
        status: what was given.

    Raises:
        UsageError: it is no number of 300 to 599.
    """
    if not is_error_status(status):
        raise UsageError(
            f"{name} is {clip(status)}.",
            "It is a number, and below 300 botocore takes the error for a success.",
            "Give 300 to 599, or none.",
        )


def _chosen(seed: str) -> uuid.UUID:
    return uuid.UUID(int=Random(zlib.crc32(seed.encode())).getrandbits(128), version=4)


def _date(request_id: uuid.UUID) -> str:
    # It follows from the id, so that metadata of ours can be told from any that a caller gives.
    seconds = request_id.int % _SECONDS_OF_A_DAY
    return format_datetime(FIXED_DATE + dt.timedelta(seconds=seconds), usegmt=True)


def _is_ours(metadata: object) -> bool:
    if not isinstance(metadata, dict) or not isinstance(headers := metadata.get("HTTPHeaders"), dict):
        return False
    request_id = metadata.get("RequestId")
    if not isinstance(request_id, str) or headers.get("x-amzn-requestid") != request_id:
        return False
    try:
        return bool(headers.get("date") == _date(uuid.UUID(request_id)))
    except ValueError:
        return False


def _steady(value: Any) -> Any:
    """What stands for a value in the seed: the repr of anything else can have an address of memory in it."""
    if isinstance(value, dict):
        return {_steady(key): _steady(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        # The ids of a request.
        return value if {str}.issuperset(map(type, value)) else type(value)(map(_steady, value))
    return value if isinstance(value, _STEADY) else type(value).__qualname__

"""ResponseMetadata as a real response has it; its times and ids come from a seed, never from the clock."""

from __future__ import annotations

import datetime as dt
import uuid
import zlib
from email.utils import format_datetime
from random import Random
from typing import Any

from cp_fixtures.exchanges.values import comparable

__all__ = ["FIXED_DATE", "response_metadata"]

FIXED_DATE = dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc)
"""The day near which everything of ours happens, whatever the clock says."""


def response_metadata(content: object, status: int, error_code: str | None = None) -> dict[str, Any]:
    """The ResponseMetadata of an answer: the same content has the same RequestId and Date for ever.

    Args:
        content: what is answered, which is the seed.
        status: the HTTP status, 100 to 599.
        error_code: the code of the error, where it is one; the service says it in a header.

    Returns:
        RequestId, HTTPStatusCode, HTTPHeaders (names in lower case, as botocore has them) and RetryAttempts, 0.
    """
    random = Random(zlib.crc32(ascii(comparable(content)).encode()))
    request_id = str(uuid.UUID(int=random.getrandbits(128), version=4))
    date = FIXED_DATE + dt.timedelta(seconds=random.randrange(86_400))
    headers = {
        "date": format_datetime(date, usegmt=True),
        "content-type": "application/json",
        "connection": "keep-alive",
        "x-amzn-requestid": request_id,
    }
    if error_code is not None:
        headers["x-amzn-errortype"] = error_code
    return {"RequestId": request_id, "HTTPStatusCode": status, "HTTPHeaders": headers, "RetryAttempts": 0}

"""A response, or an error, as the service would send it: JSON, by the wire names and formats of the service model."""

from __future__ import annotations

import base64
import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.answers import HTTPAnswer
from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges import is_error_status
from cp_fixtures.service import operation_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.model import ListShape, MapShape, Shape, StructureShape

    from cp_fixtures.exchanges import Exchange

    # Makes of a value what JSON has for it; None where that is the value itself.
    _Writer = Callable[[Any], Any] | None

__all__ = ["headers_of", "sent", "sent_with_metadata"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_MICROSECOND = dt.timedelta(microseconds=1)


def sent(exchange: Exchange) -> HTTPAnswer:
    """What answers an exchange, as the service would send it, with its headers.

    An error has its code in the header `x-amzn-errortype`, and its message and members in the body.

    Args:
        exchange: an exchange of Customer Profiles.

    Raises:
        UsageError: the answer holds what JSON has no word for.
    """
    return sent_with_metadata(exchange)[0]


def sent_with_metadata(exchange: Exchange) -> tuple[HTTPAnswer, Any]:
    """What answers an exchange, and its ResponseMetadata: an exchange copies all that it is asked for, so once.

    Args:
        exchange: an exchange of Customer Profiles.

    Raises:
        UsageError: the answer holds what JSON has no word for.
    """
    # Which of the two it is, its code says without a copy.
    if exchange.error_code is not None:
        return _sent_error(exchange.operation, exchange.error)
    return _sent_response(exchange.operation, exchange.response)


def headers_of(metadata: Any, error_code: str | None = None) -> tuple[tuple[str, str], ...]:
    """The headers that go with ResponseMetadata, and name an error's code; none where it is not what botocore makes."""
    given = metadata.get("HTTPHeaders") if isinstance(metadata, dict) else None
    headers = {str(name).lower(): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
    if isinstance(metadata, dict) and isinstance(metadata.get("RequestId"), str):
        headers.setdefault("x-amzn-requestid", metadata["RequestId"])
    if error_code is not None:
        headers["x-amzn-errortype"] = error_code
    return tuple(headers.items())


def _sent_response(operation: str, response: dict[str, Any]) -> tuple[HTTPAnswer, Any]:
    metadata = response.pop("ResponseMetadata", {})
    write, status_member = _writer_of_response(operation)
    status = response.pop(status_member, None) if status_member else None
    if status is None:
        status = _status(metadata, 200)
    return HTTPAnswer(status, _json(write(response) if write else response), headers_of(metadata)), metadata


def _sent_error(operation: str, error: dict[str, Any]) -> tuple[HTTPAnswer, Any]:
    metadata, said = error.pop("ResponseMetadata", {}), error.pop("Error", {})
    code = str(said.get("Code", ""))
    # botocore's stubs take a code for a number.
    shape: StructureShape | None = cast("Any", operation_model(operation).service_model).shape_for_error_code(code)
    write = None if shape is None else _writer(shape)
    body = write(error) if write else error
    if not {"Message", "message"} & body.keys():
        body = {"Message": said.get("Message", ""), **body}
    status = _status(metadata, 400)
    status = status if is_error_status(status) else 400
    return HTTPAnswer(status, _json(body), headers_of(metadata, code)), metadata


def _status(metadata: Any, otherwise: int) -> Any:
    return metadata.get("HTTPStatusCode", otherwise) if isinstance(metadata, dict) else otherwise


@cache
def _writer_of_response(operation: str) -> tuple[_Writer, str | None]:
    """What writes the body of an operation's response, and the member that is its HTTP status."""
    shape = operation_model(operation).output_shape
    if shape is None:
        return None, None
    locations = {name: member.serialization.get("location") for name, member in shape.members.items()}
    return _writer(shape), next((name for name, location in locations.items() if location == "statusCode"), None)


@cache
def _writer(shape: Shape) -> _Writer:
    return _compiled(shape, {})


def _compiled(shape: Shape, coming: dict[str, list[_Writer]]) -> _Writer:
    if shape.type_name == "timestamp":
        return _iso8601 if shape.serialization.get("timestampFormat") == "iso8601" else _seconds
    if shape.type_name == "blob":
        return _base64
    if shape.type_name == "list":
        return _each_item(_compiled(cast("ListShape", shape).member, coming))
    if shape.type_name == "map":
        return _each_value(_compiled(cast("MapShape", shape).value, coming))
    if shape.type_name != "structure" or cast("StructureShape", shape).is_document_type:
        return None
    return _structure(cast("StructureShape", shape), coming)


def _structure(shape: StructureShape, coming: dict[str, list[_Writer]]) -> _Writer:
    if shape.name in coming:
        # It contains itself: what will write it is known when all of it is.
        known = coming[shape.name]
        return lambda value: value if known[0] is None else known[0](value)
    itself: list[_Writer] = [None]
    coming[shape.name] = itself
    writers = {name: _compiled(member, coming) for name, member in shape.members.items()}
    names = {name: str(member.serialization.get("name", name)) for name, member in shape.members.items()}
    del coming[shape.name]
    if any(writers.values()) or any(name != sent for name, sent in names.items()):
        itself[0] = _each_member(writers, names)
    return itself[0]


def _each_member(writers: dict[str, _Writer], names: dict[str, str]) -> Callable[[Any], Any]:
    def write(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {
            names.get(name, name): item if (writer := writers.get(name)) is None else writer(item)
            for name, item in value.items()
        }

    return write


def _each_item(write: _Writer) -> _Writer:
    if write is None:
        return None
    return lambda value: [write(item) for item in value] if isinstance(value, list) else value


def _each_value(write: _Writer) -> _Writer:
    if write is None:
        return None
    return lambda value: {key: write(item) for key, item in value.items()} if isinstance(value, dict) else value


def _seconds(value: Any) -> Any:
    """Seconds since 1970, to the microsecond; of a naive datetime in UTC, as botocore takes it."""
    if not isinstance(value, dt.datetime):
        return value
    since = (value if value.utcoffset() is not None else value.replace(tzinfo=dt.timezone.utc)) - _EPOCH
    # The float next to it gives the very microsecond again, as long as it is within some 285 years of 1970.
    return since // _MICROSECOND / 10**6


def _iso8601(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _base64(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, (bytes, bytearray)) else value


def _json(value: Any) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_unknown)
        return text.encode()
    except (TypeError, ValueError) as problem:
        raise UsageError(
            f"An answer cannot be sent: {problem}.", "Over the wire goes JSON, in UTF-8.", f"Correct {clip(value)}."
        ) from problem


def _unknown(value: Any) -> Any:
    """What stands in a member that the model does not know, a newer one for instance: in the protocol's own formats."""
    if isinstance(value, dt.datetime):
        return _seconds(value)
    if isinstance(value, (bytes, bytearray)):
        return _base64(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

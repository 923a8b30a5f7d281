"""A request as it was sent, read by the service model: what the service would take it for."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from cp_fixtures.service import operation_model
from cp_fixtures.validation.rules import type_and_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.model import ListShape, MapShape, Shape, StructureShape

__all__ = ["Unreadable", "params_of"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


class Unreadable(Exception):
    """What was sent is no request of the operation.

    Attributes:
        wanted: what would be one, in words.
        got: what was sent, in words.
    """

    def __init__(self, wanted: str, got: str) -> None:
        super().__init__(wanted, got)
        self.wanted, self.got = wanted, got


def params_of(operation: str, method: str, url: str, body: bytes) -> dict[str, Any]:
    """The parameters of a request, by its method, its URL and its body.

    Args:
        operation: the operation of Customer Profiles that was called.
        method: the HTTP method.
        url: the whole URL; in front of the operation's own path anything may stand.
        body: the body.

    Returns:
        the parameters, as boto3 takes them; a timestamp in UTC, as precise as botocore sends it.

    Raises:
        Unreadable: the service would not take it for a request of this operation.
    """
    model = operation_model(operation)
    shape = model.input_shape
    parts = urlsplit(url)
    path = _path(operation).search(parts.path)
    if method != model.http["method"] or path is None:
        wanted = f"{model.http['method']} {model.http['requestUri']}"
        raise Unreadable(wanted, f"{method} {parts.path}")
    if shape is None:
        return {}
    labels = {name: [unquote(value)] for name, value in zip(_labels(operation), path.groups(), strict=True)}
    query = parse_qs(parts.query, keep_blank_values=True)
    return dict(_members(shape, {"uri": labels, "querystring": query, None: _json(body)}))


@cache
def _path(operation: str) -> re.Pattern[str]:
    template = operation_model(operation).http["requestUri"].partition("?")[0]
    return re.compile(re.sub(r"\\\{[^}]+\}", "([^/]+)", re.escape(template)) + r"\Z")


@cache
def _labels(operation: str) -> list[str]:
    return re.findall(r"\{(\w+)\+?\}", operation_model(operation).http["requestUri"].partition("?")[0])


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if body else {}
    except ValueError as problem:
        raise Unreadable("a body of JSON", f"one that is none: {problem}") from None
    if not isinstance(found, dict):
        raise Unreadable("a JSON object for a body", type_and_length(found))
    return found


def _members(shape: StructureShape, places: dict[str | None, dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    known = set()
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        sent = str(member.serialization.get("name", name))
        found = places.get(location, {})
        if location is None:
            known.add(sent)
        if sent in found:
            yield name, _read(member, found[sent] if location is None else _from_texts(member, found[sent]))
    # What the model does not know is left for the validator to find.
    yield from ((name, value) for name, value in places[None].items() if name not in known)


def _from_texts(shape: Shape, texts: list[str]) -> Any:
    """What stands in a path or a query is text: numbers and truths are read from it."""
    if shape.type_name == "list":
        item = cast("ListShape", shape).member
        return [_from_texts(item, [text]) for text in texts]
    text = texts[-1]
    if shape.type_name in {"integer", "long"} and re.fullmatch(r"-?\d+", text):
        return int(text)
    return {"true": True, "false": False}.get(text, text) if shape.type_name == "boolean" else text


def _read(shape: Shape, value: Any) -> Any:
    reader = _READERS.get(shape.type_name)
    return value if reader is None else reader(shape, value)


def _structure(shape: Any, value: Any) -> Any:
    if not isinstance(value, dict) or shape.is_document_type:
        return value
    return dict(_members(shape, {None: value}))


def _list(shape: Any, value: Any) -> Any:
    item = cast("ListShape", shape).member
    return [_read(item, each) for each in value] if isinstance(value, list) else value


def _map(shape: Any, value: Any) -> Any:
    of_value = cast("MapShape", shape).value
    return {key: _read(of_value, each) for key, each in value.items()} if isinstance(value, dict) else value


def _timestamp(_shape: object, value: Any) -> Any:
    # What is no number is left for the validator to find.
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return _EPOCH + dt.timedelta(seconds=value) if is_number else value


def _blob(_shape: object, value: Any) -> Any:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, binascii.Error):
        return value


_READERS: dict[str, Callable[[Any, Any], Any]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "timestamp": _timestamp,
    "blob": _blob,
}

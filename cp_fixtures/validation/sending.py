"""The parameters of a call as botocore sends them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from botocore.utils import parse_to_aware_datetime

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.shapes import Node

__all__ = ["as_sent"]


def as_sent(node: Node | None, value: Any) -> Any:
    """The parameters of a call as botocore sends them: what it converts by itself is converted.

    botocore takes a tuple for a list, a text, a number or a naive datetime for a timestamp, a text for a blob, and a
    Decimal for a float, so none of these is refused by the service. An open file is not read: it stays as it is.

    Args:
        node: the shape of the value; None leaves it as it is.
        value: the parameters, or a part of them.

    Returns:
        a new value, or the same where nothing is to be converted.
    """
    convert = _CONVERTERS.get(node.type) if node is not None else None
    return value if convert is None else convert(node, value)


def _sent_structure(node: Node, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: as_sent(node.members.get(name), item) for name, item in value.items()}


def _sent_map(node: Node, value: Any) -> Any:
    return {key: as_sent(node.value, item) for key, item in value.items()} if isinstance(value, dict) else value


def _sent_list(node: Node, value: Any) -> Any:
    return [as_sent(node.item, item) for item in value] if isinstance(value, (list, tuple)) else value


def _sent_timestamp(_node: Node, value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.utcoffset() is not None:
        return value
    try:
        return parse_to_aware_datetime(value)
    except (TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError):
        # botocore refuses it for the same reasons; here it stays what it is, and breaks the rule of its type.
        return value


def _sent_blob(_node: Node, value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _sent_float(_node: Node, value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


_CONVERTERS: dict[str, Callable[[Any, Any], Any]] = {
    "structure": _sent_structure,
    "map": _sent_map,
    "list": _sent_list,
    "timestamp": _sent_timestamp,
    "blob": _sent_blob,
    "float": _sent_float,
    "double": _sent_float,
}

"""The parameters of a call as botocore sends them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from botocore.utils import parse_to_aware_datetime

from cp_fixtures.validation.converting import converted

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
    return converted(node, value, _CONVERTERS)


def _sent_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sent_timestamp(value: Any) -> Any:
    if _is_aware(value):
        return value
    try:
        return parse_to_aware_datetime(value)
    except (TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError):
        # botocore refuses it for the same reasons; here it stays what it is, and breaks the rule of its type.
        return value


def _is_aware(value: object) -> bool:
    return isinstance(value, dt.datetime) and value.utcoffset() is not None


def _sent_blob(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _sent_float(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "list": _sent_list,
    "timestamp": _sent_timestamp,
    "blob": _sent_blob,
    "float": _sent_float,
    "double": _sent_float,
}

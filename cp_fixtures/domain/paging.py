"""Pages of a list that may change between two calls: a token says after whom the next one begins."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["BadToken", "page"]

_Value = TypeVar("_Value")


class BadToken(Exception):
    """A NextToken that no call of this kind has given out."""


def page(
    items: Sequence[tuple[Any, _Value]], operation: str, params: Mapping[str, Any], most: int
) -> tuple[list[_Value], dict[str, str]]:
    """One page of a list.

    Args:
        items: all that there is, each with its key, in the order of the keys.
        operation: the operation that asks.
        params: its parameters: MaxResults and NextToken among them.
        most: how many there are on a page where MaxResults does not say.

    Returns:
        the values, and `NextToken` if there are more.

    Raises:
        BadToken: the token is not one of a call with these parameters.
    """
    asked = _digest(operation, params)
    start = 0
    if (token := params.get("NextToken")) is not None:
        last = _last(token, asked)
        start = _after(items, last)
    end = start + max(1, int(params.get("MaxResults", most)))
    values = [value for _, value in items[start:end]]
    return values, {"NextToken": _token(asked, items[end - 1][0])} if end < len(items) else {}


def _after(items: Sequence[tuple[Any, Any]], last: Any) -> int:
    try:
        return bisect_right(items, last, key=lambda item: item[0])
    except TypeError:
        raise BadToken from None


def _digest(operation: str, params: Mapping[str, Any]) -> int:
    same = {name: value for name, value in params.items() if name not in ("MaxResults", "NextToken")}
    return zlib.crc32(repr((operation, sorted(same.items()))).encode())


def _token(asked: int, last: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([asked, last]).encode()).decode()


def _last(token: str, asked: int) -> Any:
    try:
        of_call, last = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadToken from None
    if of_call != asked or _token(asked, last) != token:
        raise BadToken
    return last

"""Values that have nothing inside: texts, numbers, times, bytes, documents."""

from __future__ import annotations

import datetime as dt
import io
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.strategies.refusals import refused
from cp_fixtures.strategies.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.shapes import Node

__all__ = ["Stream", "any_time", "is_leaf", "leaf", "mostly_a_time", "sendable_time"]

_BITS = {"integer": 32, "long": 64}
_LARGEST = {"float": 3.4028234663852886e38, "double": 1.7976931348623157e308}
_BEFORE = 2
_ELEVEN = st.binary(min_size=11, max_size=11)
_MOST_BYTES, _MOST_LEAVES = 64, 6


class Stream(io.BytesIO):
    """The body of a response that the code under test reads by itself, as botocore's StreamingBody."""

    def __repr__(self) -> str:
        return f"Stream({self.getvalue()!r})"


@cache
def any_time() -> st.SearchStrategy[dt.datetime]:
    """Every datetime that Python has, in UTC."""
    return st.datetimes(timezones=st.just(dt.timezone.utc))


@cache
def sendable_time() -> st.SearchStrategy[dt.datetime]:
    """From 1900 to 2200, in UTC: what is sent as a number comes back as it was, to the microsecond."""
    return st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.timezone.utc))  # noqa: DTZ001 - Hypothesis wants naive bounds


@st.composite
def mostly_a_time(draw: st.DrawFn) -> dt.datetime | None:
    """A time that can be sent, as `sendable_time` has it, or now and then None; the simplest is None, then 2000."""
    # st.datetimes takes seven choices. Of this one the shrinker lowers each byte by itself.
    has, era, year, month, day, hour, minute, second, *micro = draw(_ELEVEN)
    if not has % 4:
        return None
    years = 1999 - year % 100 if era % 3 == _BEFORE else 2000 + year % 200
    start = dt.datetime(years, month % 12 + 1, 1, tzinfo=dt.timezone.utc)
    days = monthrange(years, start.month)[1]
    return start + dt.timedelta(
        days=day % days,
        hours=hour % 24,
        minutes=minute % 60,
        seconds=second % 60,
        microseconds=int.from_bytes(micro, "big") % 1_000_000,
    )


def is_leaf(node: Node) -> bool:
    """Whether it is a shape with nothing inside."""
    return node.type in _MAKERS


def leaf(node: Node, times: st.SearchStrategy[dt.datetime], *, streams: bool) -> st.SearchStrategy[Any]:
    """The strategy of such a shape.

    Args:
        node: the shape.
        times: what a timestamp is drawn from.
        streams: whether a blob that is streamed is an open stream, and not its bytes.

    Raises:
        InvalidArgument: no value can be drawn that is as the shape says.
    """
    if node.type == "timestamp":
        return times
    made = _MAKERS[node.type](node)
    return made.map(Stream) if node.streaming and streams else made


def _string(node: Node) -> st.SearchStrategy[str]:
    if node.enum:
        return st.sampled_from(node.enum)
    return texts(node.pattern, int(node.min or 0), None if node.max is None else int(node.max))


def _whole(node: Node) -> st.SearchStrategy[int]:
    limit = 1 << _BITS[node.type] - 1
    least = -limit if node.min is None else max(-limit, int(node.min))
    most = limit - 1 if node.max is None else min(limit - 1, int(node.max))
    _check_bounds(node, least, most)
    return st.integers(least, most)


def _real(node: Node) -> st.SearchStrategy[float]:
    largest = _LARGEST[node.type]
    least = -largest if node.min is None else float(node.min)
    most = largest if node.max is None else float(node.max)
    _check_bounds(node, least, most)
    return st.floats(least, most, allow_nan=False, allow_infinity=False)


def _check_bounds(node: Node, least: float, most: float) -> None:
    if least > most:
        raise refused(
            f"No number of {node.name} can be drawn.",
            f"It is to be at least {least} and at most {most}.",
            "Override the member with a value of your own, or leave it out with OMIT.",
        )


def _boolean(_node: Node) -> st.SearchStrategy[bool]:
    return st.booleans()


def _blob(node: Node) -> st.SearchStrategy[bytes]:
    least = int(node.min or 0)
    most = least + _MOST_BYTES
    return st.binary(min_size=least, max_size=most if node.max is None else min(most, int(node.max)))


def _document(_node: Node) -> st.SearchStrategy[Any]:
    numbers = st.integers(-(1 << 63), (1 << 63) - 1) | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | st.text(),
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
        max_leaves=_MOST_LEAVES,
    )


def _no_time(node: Node) -> st.SearchStrategy[Any]:
    raise NotImplementedError(node.type)


_MAKERS: dict[str, Callable[[Node], st.SearchStrategy[Any]]] = {
    "string": _string,
    "character": _string,
    "integer": _whole,
    "long": _whole,
    "float": _real,
    "double": _real,
    "boolean": _boolean,
    "timestamp": _no_time,
    "blob": _blob,
    "document": _document,
}

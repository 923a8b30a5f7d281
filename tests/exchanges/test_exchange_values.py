"""Plain values: compared as instants, written as JSON, and told from matchers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import pathlib
import uuid
from collections import OrderedDict
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from botocore.stub import ANY
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures.errors import UsageError, Words
from cp_fixtures.exchanges.values import at, comparable, from_json, is_matcher, to_json

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)
ZONES = st.one_of(
    st.sampled_from([ZoneInfo("Europe/Paris"), ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kathmandu")]),
    st.integers(-86_399, 86_399).map(lambda seconds: dt.timezone(dt.timedelta(seconds=seconds))),
    st.just(dt.timezone.utc),
)
KEYS = st.one_of(st.text(max_size=3), st.sampled_from(["$datetime", "$bytes", "$dict"]))
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(), max_size=5),
        st.binary(max_size=5),
        st.datetimes(timezones=st.one_of(st.none(), ZONES), allow_imaginary=False),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=2)),
    max_leaves=8,
)


class Colour(str, enum.Enum):
    """A text that is an enum's member."""

    RED = "red"


class Near:
    """A matcher, as dirty-equals makes them."""

    def __eq__(self, other: object) -> bool:
        """Whatever has a length is near enough."""
        return hasattr(other, "__len__")

    __hash__ = None  # type: ignore[assignment]


@dataclasses.dataclass
class OneOf:
    """A matcher that somebody wrote as a dataclass."""

    choices: list[str]

    def __eq__(self, other: object) -> bool:
        """One of the choices."""
        return other in self.choices

    __hash__ = None  # type: ignore[assignment]


@given(VALUES)
def test_json_round_trip(value: object) -> None:
    """What the service could send comes back equal, whatever its keys look like, and the text can be saved."""
    text = to_json(value)
    assert comparable(from_json(text)) == comparable(value)
    text.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOON, '{"$datetime": "2025-06-01T12:00:00+00:00"}'),
        (b"abc", '{"$bytes": "YWJj"}'),
        (bytearray(b"abc"), '{"$bytes": "YWJj"}'),
        ({"$bytes": "no bytes"}, '{"$dict": {"$bytes": "no bytes"}}'),
        ({"$bytes": "two", "keys": 2}, '{"$bytes": "two", "keys": 2}'),
        ({"FirstName": "Zoë"}, '{"FirstName": "Zoë"}'),
        ("\ud800ë", '"\\ud800\\u00eb"'),
        ({Colour.RED: Colour.RED}, '{"red": "red"}'),
    ],
)
def test_json_text(value: object, text: str) -> None:
    """Times and bytes have a tag, a dict that looks like a tag another; the rest is plain."""
    assert to_json(value) == text
    assert from_json(text) == value


@pytest.mark.parametrize("value", [ANY, (1,), {1: 2}, {1, 2}, float("inf"), object])
def test_what_cannot_be_written(value: object) -> None:
    """What the service could not send is refused, at any depth."""
    why = "Only what the service could send can be: a matcher, a tuple, NaN or an open stream is none of it."
    with pytest.raises(UsageError) as raised:
        to_json({"inside": [value]})
    message = str(raised.value)
    assert message.endswith(f" cannot be written as JSON. {why} Write an exchange without it.")


def test_words_of_what_cannot_be_written() -> None:
    """The very value is named."""
    with pytest.raises(UsageError) as raised:
        to_json({"inside": [(1,)]})
    assert str(raised.value).startswith("(1,) cannot be written as JSON. ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"$datetime": "x"}',
        '{"$datetime": 3}',
        '{"$bytes": "~~~"}',
        '{"$dict": 3}',
        "[" * 100_000,
        '{"$bytes": 1}',
        None,
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    """A text that `to_json` did not write is refused in words."""
    with pytest.raises(UsageError) as raised:
        from_json(text)
    message = str(raised.value)
    assert message.startswith("This cannot be read: ")
    assert message.endswith(" Give what `to_json` wrote.")


def test_words_of_what_cannot_be_read() -> None:
    """What Python says of the text is passed on."""
    with pytest.raises(UsageError) as raised:
        from_json("{]")
    assert str(raised.value) == (
        "This cannot be read: '{]'. Python says of it: Expecting property name enclosed in double quotes: line 1 "
        "column 2 (char 1). Give what `to_json` wrote."
    )


@pytest.mark.parametrize("fold", [0, 1])
def test_one_instant_in_two_zones(fold: int) -> None:
    """In the hour that comes twice Python finds them unequal; as instants they are the same."""
    paris = dt.datetime(2025, 10, 26, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=fold)
    utc = paris.astimezone(dt.timezone.utc)
    assert paris != utc
    assert comparable([paris]) == comparable([utc])
    assert comparable(paris) != comparable(paris.replace(fold=1 - fold))


def test_the_ends_of_the_calendar() -> None:
    """The first and the last time that there is are compared too, in zones in which UTC has no such year."""
    first = dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=14)))
    last = dt.datetime.max.replace(tzinfo=dt.timezone(dt.timedelta(hours=-12)))
    assert comparable(first) == comparable(first)
    assert comparable(first) != comparable(last)


@pytest.mark.parametrize("value", [ANY, mock.ANY, Near(), OneOf(["a"]), pytest.approx(3)])
def test_matchers(value: object) -> None:
    """What is there to be compared with."""
    assert is_matcher(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        Colour.RED,
        b"x",
        True,
        3,
        1.5,
        [],
        {},
        (),
        NOON,
        object(),
        uuid.UUID(int=1),
        decimal.Decimal(1),
        pathlib.Path(),
        dt.timedelta(1),
        {}.keys(),
        range(3),
        OrderedDict(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_no_matchers(value: object) -> None:
    """A UUID in place of its text is a fault of the caller's, though UUIDs can be compared."""
    assert not is_matcher(value)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), {"a": [1, {"secret": 2}]}),
        (("a", 0), 1),
        (("a", 9), None),
        (("b",), None),
        (("a", "b"), None),
        (("a", 0, "b"), None),
        (("a", 1, Words("entry 0, a str of length 6")), 2),
        (("a", 1, Words("entry 7, a str of length 6")), None),
    ],
)
def test_at(steps: tuple[str | int, ...], expected: object) -> None:
    """The value at a place, also where the key is not shown; None where there is no such place."""
    assert at({"a": [1, {"secret": 2}]}, steps) == expected

"""Values out of JSON, read by their shapes: timestamps and blobs have texts there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_values import structure, toy

from cp_fixtures.exchanges import as_read
from cp_fixtures.validation import find

TOYS = toy(
    Top=structure(Time="Time", Times="Times", Blob="Blob", Text="Text"),
    Times={"type": "list", "member": {"shape": "Time"}},
    Time={"type": "timestamp"},
    Blob={"type": "blob"},
    Text={"type": "string"},
)
NOON = dt.datetime(2025, 1, 14, 12, tzinfo=dt.timezone.utc)
ZONES = st.none() | st.integers(-1439, 1439).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))


def time(value: Any) -> Any:
    """What a timestamp is read as."""
    return as_read(TOYS.shape("Time"), value)


@given(st.datetimes(timezones=ZONES))
def test_times_come_back_as_they_were_written(written: dt.datetime) -> None:
    """Whatever Python writes, it reads again: with and without a zone, to the microsecond."""
    assert time(written.isoformat()) == written
    assert time(written.isoformat()).utcoffset() == written.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-14T12:00:00Z",
        "2025-01-14 12:00:00+0000",
        "2025-01-14T12:00:00.000000000Z",
        "2025-01-14T13:00:00,0+01:00",
        1736856000,
        1736856000.0,
    ],
)
def test_the_forms_of_one_instant(text: Any) -> None:
    """ISO 8601 in its usual forms, and the seconds that the service itself sends."""
    assert time(text) == NOON
    assert find(TOYS.shape("Time"), time(text)) == []


def test_fractions_of_any_length() -> None:
    """One digit to nine: what is finer than Python's microseconds is cut off."""
    for digits, micro in (("5", 500_000), ("123", 123_000), ("1234567", 123_456)):
        assert time(f"2025-01-14T12:00:00.{digits}Z") == NOON.replace(microsecond=micro)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "", "2025-01-14", "20250114T120000Z", "2025-13-14T12:00:00Z", "٢٠٢٥-01-14T12:00:00Z", 1e300, True],
)
def test_what_is_no_time_stays_and_is_a_violation(text: Any) -> None:
    """The validator says of it what it says of any such value."""
    assert time(text) is text
    assert [each.rule for each in find(TOYS.shape("Time"), time(text))] == ["type"]


def test_a_time_without_a_zone_is_a_violation() -> None:
    """It is read, but could be any of many instants."""
    assert [each.rule for each in find(TOYS.shape("Time"), time("2025-01-14T12:00:00"))] == ["timezone"]


def test_blobs_are_base_64() -> None:
    """As the AWS CLI prints them; what is none stays."""
    assert as_read(TOYS.shape("Blob"), "aGk=") == b"hi"
    for value in ("aGk", "not it", 5, None):
        assert as_read(TOYS.shape("Blob"), value) is value


def test_only_what_has_the_shape_of_a_time_is_read() -> None:
    """Anywhere in the value, and a text that looks like a time stays a text."""
    text = "2025-01-14T12:00:00Z"
    made = as_read(TOYS.shape("Top"), {"Time": text, "Times": [text, 0], "Text": text, "Other": text})
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
    assert made == {"Time": NOON, "Times": [NOON, epoch], "Text": text, "Other": text}


def test_tags_are_read_like_mere_texts() -> None:
    """`Exchange.to_json` tells a time from a text, and what it wrote is read likewise."""
    assert time({"$datetime": "2025-01-14T12:00:00+00:00"}) == NOON
    assert as_read(TOYS.shape("Blob"), {"$bytes": "aGk="}) == b"hi"
    for other in ({"$datetime": 5, "more": 1}, {"$bytes": "aGk="}):
        assert time(other) is other

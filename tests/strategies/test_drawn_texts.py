"""Texts with a pattern and bounds: each has both, whatever the pattern does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from seeking import sought

from cp_fixtures.strategies.texts import texts


@pytest.mark.parametrize(
    ("pattern", "least", "most", "whole"),
    [
        ("[a-f0-9]{32}", 0, None, r"[a-f0-9]{32}"),
        ("^[a-zA-Z0-9_-]+$", 1, 64, r"[a-zA-Z0-9_-]{1,64}"),
        ("^([a-z]+)$", 3, 4, r"[a-z]{3,4}"),
        (".*", 2, 3, r"[^\n\r\u2028\u2029]{2,3}"),
        ("(?s).{1,3}", 0, None, r"[\s\S]{1,3}"),
        ("(?i)^ab?$", 0, None, r"[aA][bB]?"),
        ("[a-z]", 4, 9, r"[a-z][ -~]{3,8}"),
        (r"arn:aws:s3:::[a-z]{3,10}/.*", 20, 24, r"arn:aws:s3:::[a-z]{3,10}/.*"),
        (r"^(?!aws:)[a-z:]{4}$", 0, None, r"(?!aws:)[a-z:]{4}"),
        (r"^(?!.*[.])[a-z.]*$", 1, 8, r"[a-z]{1,8}"),
        (r"(?:(?!aws:).)+", 5, 8, r"(?:(?!aws:)[^\n\r\u2028\u2029]){5,8}"),
        (r"^(?=.{3,5}$)[a-z]+(-[a-z]+)*$", 0, None, r"(?=.{3,5}$)[a-z]+(-[a-z]+)*"),
        (
            r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d]{8,10}$",
            0,
            None,
            r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d]{8,10}",
        ),
        (r"[a-z&&[^m-z]]+", 1, 9, r"[a-l]{1,9}"),
        (r"^(a|bb|ccc)+$", 7, 7, r"(a|bb|ccc)+"),
        (r"^$|^[a-z]{36}$", 1, 50, r"[a-z]{36}"),
        (r"\d{4}(-\d{2}){2}", 0, None, r"\d{4}(-\d{2}){2}"),
        (r"^([a-z])\1$", 0, None, r"([a-z])\1"),
        (r"[^\p{L}]{2}", 0, None, r"[^a-zA-Z]{2}"),
        (r"^\p{Lu}+$", 1, 5, r"[^a-z]{1,5}"),
        (r"\bx\b", 0, None, "x"),
    ],
)
def test_pattern_and_bounds_are_both_kept(pattern: str, least: int, most: int | None, whole: str) -> None:
    """Each text drawn is wholly what the pattern says, and within the bounds."""

    @settings(database=None)
    @given(texts(pattern, least, most))
    def check(text: str) -> None:
        assert re.fullmatch(whole, text, re.ASCII)
        assert least <= len(text) <= (len(text) if most is None else most)

    check()


@pytest.mark.parametrize(
    ("pattern", "least", "most", "wanted"),
    [
        ("[a-z]{8}", 0, 5, "No text of 0 to 5 characters can be drawn with a match of the pattern '[a-z]{8}'."),
        ("^a^", 0, None, "No text of 0 or more characters can be drawn with a match of the pattern '^a^'."),
        ("[]", 0, 9, "No text of 0 to 9 characters can be drawn with a match of the pattern '[]'."),
        (
            r"\p{Klingon}",
            0,
            9,
            r"No text of 0 to 9 characters can be drawn with a match of the pattern '\\p{Klin",
        ),
    ],
)
def test_what_cannot_be_drawn_is_named(pattern: str, least: int, most: int | None, wanted: str) -> None:
    """A pattern that no text fits is never ignored."""
    with pytest.raises(InvalidArgument) as caught:
        texts(pattern, least, most).validate()
    assert str(caught.value).startswith(wanted)
    assert str(caught.value).endswith(
        "Override the member with a strategy or a value of your own, or leave it out with OMIT."
    )


@given(st.data())
def test_no_stray_newline(data: st.DataObject) -> None:
    r"""What Python's `$` would let pass before the end, and the service would not."""
    assert not data.draw(texts("^[a-z]+$", 1, 9)).endswith("\n")


@pytest.mark.parametrize(("pattern", "most"), [("^[a-z]+$", 9), ("^[a-z][a-z0-9]*$", 9), (None, 12)])
def test_both_bounds_are_reached(pattern: str | None, most: int) -> None:
    """The shortest and the longest."""
    assert len(sought(texts(pattern, 1, most), lambda text: len(text) == most)) == most
    assert len(sought(texts(pattern, 1, most))) == 1

"""Chance, and what is drawn from it."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from cp_fixtures.people.drawing import Chance, between, one_of, pattern, written


def test_a_text_decides() -> None:
    """The same text gives the same numbers, another text others."""
    drawn = [Chance(seed).getrandbits(64) for seed in ("a", "a", "b")]
    assert drawn[0] == drawn[1] != drawn[2]


def test_any_text_is_a_seed() -> None:
    """Also one with what no file could hold."""
    assert Chance("\ud800").getrandbits(64) != Chance("\ud801").getrandbits(64)


@pytest.mark.parametrize("sizes", [(1, 2, 3), (128,), (100, 100), (1000, 1, 5000)])
def test_bytes_go_on_where_they_ended(sizes: tuple[int, ...]) -> None:
    """In pieces they are what they are as a whole, however many are drawn."""
    chance = Chance("a")
    pieces = b"".join(chance.randbytes(size) for size in sizes)
    assert pieces == Chance("a").randbytes(sum(sizes))
    assert len(pieces) == sum(sizes)


@pytest.mark.parametrize("bits", [1, 7, 8, 9, 53, 128, 2000])
def test_bits_are_as_many_as_are_asked_for(bits: int) -> None:
    """No more, and over many draws the highest is there."""
    chance = Chance("a")
    drawn = [chance.getrandbits(bits) for _ in range(100)]
    assert max(drawn).bit_length() == bits


def test_every_value_is_drawn_about_as_often() -> None:
    """Over 20,000 draws none of ten is a tenth off."""
    chance = Chance("a")
    counts = Counter(one_of(chance, range(10)) for _ in range(20_000))
    assert set(counts) == set(range(10))
    assert all(1800 < count < 2200 for count in counts.values())


def test_both_ends_are_drawn() -> None:
    """A number between three and five is any of three, four and five."""
    chance = Chance("a")
    assert {between(chance, 3, 5) for _ in range(100)} == {3, 4, 5}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("9810%", "9810[1-9]"),
        ("+4420794 60###", r"\+4420794 60\d{3}"),
        ("EC1A %??", "EC1A [1-9][ABDEFGHJLNPQRSTUWXYZ]{2}"),
        ("M5V #@#", r"M5V \d[ABCEGHJKLMNPRSTVWXYZ]\d"),
        ("##-##", r"\d\d-\d\d"),
        ("2000", "2000"),
    ],
)
def test_marks_are_drawn(text: str, form: str) -> None:
    """Each sign is one of those that its mark stands for, and the rest of the text stands as it is."""
    random = Random(0)
    made = {written(random.getrandbits(32), [pattern(text)]) for _ in range(500)}
    assert all(re.fullmatch(form, each) for each in made)
    assert len(made) > 1 or text == "2000"


def test_every_text_of_a_pattern_is_drawn() -> None:
    """Numbers in a row give each of them once."""
    assert {written(number, [pattern("##-#")]) for number in range(1000)} == {
        f"{n:03}"[:2] + f"-{n % 10}" for n in range(1000)
    }


def test_every_one_of_several_patterns_is_drawn() -> None:
    """Each as often as the next, with few digits at its end or with marks anywhere."""
    several = [pattern("a#"), pattern("#b%"), pattern("c")]
    made = Counter(written(number, several)[-1:].isdigit() or "c" for number in range(900))
    assert made == {True: 600, "c": 300}
    assert {text for number in range(900) if len(text := written(number, several)) == 2} == {f"a{n}" for n in range(10)}

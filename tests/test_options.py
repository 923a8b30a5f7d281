"""The options of the running test: defaults, where they are looked up, and the seed of its data."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from cp_fixtures.options import OPTIONS, Options, current, run_with
from cp_fixtures.settings import _READERS


def test_the_defaults() -> None:
    """Strict, in any order, with all checks on, and off the network."""
    options = Options()
    assert (options.strict, options.ordered, options.assert_all_used, options.assert_all_expected) == (
        True,
        False,
        True,
        True,
    )
    assert (options.ignore, options.network, options.seed, options.locale) == (frozenset(), False, 0, "en_US")
    assert (options.retries, options.identity) == (3, "")


def test_they_are_never_changed() -> None:
    """A record, of which another is made."""
    with pytest.raises(FrozenInstanceError):
        Options().seed = 5  # type: ignore[misc]


def test_all_can_be_set_but_the_identity() -> None:
    """What is named here is what a marker and an ini file know, and each has a reader."""
    assert {*OPTIONS} == {each.name for each in fields(Options)} - {"identity", "drawn", "spoilt"} == {*_READERS}


def test_outside_of_a_test_they_are_the_defaults() -> None:
    """Be it in a script, or between two tests."""
    with run_with(Options):
        assert current() == Options()


def test_the_innermost_is_current() -> None:
    """And the one around it again afterwards."""
    outer, inner = Options(seed=1), Options(seed=2)
    with run_with(lambda: outer):
        with run_with(lambda: inner):
            assert current() is inner
        assert current() is outer


def test_they_are_looked_up_when_they_are_needed() -> None:
    """Entering asks for nothing: a test that uses nothing of ours pays for nothing."""
    asked: list[int] = []

    def find() -> Options:
        asked.append(1)
        return Options()

    with run_with(find):
        assert not asked
        current()
        current()
    assert len(asked) == 2


def test_the_seed_of_the_data_is_pinned() -> None:
    """The same on every machine and in every version: data that tests have been written against come from it."""
    assert Options(identity="test_it.py::test_it").data_seed == 2_668_082_839
    assert Options().data_seed == 2_784_036_036


def test_the_seed_of_the_data_depends_on_seed_and_identity_alone() -> None:
    """Another seed or another test has other data; another check has not."""
    first = Options(seed=1, identity="test_a.py::test")
    others = [replace(first, seed=2), replace(first, identity="test_b.py::test"), replace(first, seed=-1)]
    assert len({each.data_seed for each in [first, *others]}) == 4
    assert replace(first, strict=False, locale="de_DE").data_seed == first.data_seed


def test_a_draw_is_noted_for_all_options_that_are_made_of_the_same() -> None:
    """A block with options of its own draws for the test; and options that are equal without it stay equal."""
    of_test, other = Options(), Options()
    of_block = replace(of_test, seed=5)
    assert not of_test.drawn
    of_block.note_draw()
    assert (bool(of_test.drawn), bool(other.drawn)) == (True, False)
    assert of_test == other

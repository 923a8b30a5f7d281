"""The words of what goes wrong, and the classes that say them."""

from __future__ import annotations

import pickle
from typing import Any

import botocore
import pytest
from botocore.exceptions import StubAssertionError, StubResponseError, UnStubbedResponseError

from cp_fixtures.errors import (
    InvalidRequest,
    InvalidResponse,
    Refused,
    UsageError,
    VerdictError,
    Violation,
    Words,
    clip,
    clipped,
    did_you_mean,
    listed,
    path_of,
    several,
    unknown_name,
)


class Broken:
    """An object that cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ((), "(top)"),
        (("Profiles",), "Profiles"),
        (("Profiles", 3, "Address", "City"), "Profiles[3].Address.City"),
        ((0, 1), "[0][1]"),
        (("Attributes", "two words"), "Attributes['two words']"),
        (("Attributes", "3"), "Attributes['3']"),
        (("Attributes", ""), "Attributes['']"),
        (("Attributes", "a.b\n"), r"Attributes['a.b\n']"),
        (("Attributes", "größe"), "Attributes.größe"),
        (("Attributes", "k" * 81), f"Attributes['{'k' * 76}... (81 characters)]"),
        (("Attributes", Words("entry 0, a str of length 9")), "Attributes[entry 0, a str of length 9]"),
    ],
)
def test_path_of(steps: tuple[str | int, ...], wanted: str) -> None:
    """A path reads as one would write it in Python, more or less."""
    assert path_of(steps) == wanted


def test_a_violation_says_place_wanted_and_got() -> None:
    """One line, which starts at the top however deep the violation was found."""
    violation = Violation(("City",), "min", "at least 1 character", "0 characters").under(3).under("Profiles")
    assert str(violation) == "Profiles[3].City: wanted at least 1 character, got 0 characters"
    assert violation == Violation(("Profiles", 3, "City"), "min", "at least 1 character", "0 characters")


def test_an_invalid_response_lists_all_and_says_what_to_do() -> None:
    """What, each violation in a line, and the way out with the codes in order."""
    found = [Violation(("B",), "type", "a dict", "None"), Violation(("A",), "max", "less", "more")]
    assert str(InvalidResponse("This response is wrong", found)) == (
        "This response is wrong in 2 places:\n"
        "  B: wanted a dict, got None\n"
        "  A: wanted less, got more\n"
        "Code that passes a test with it is tested with a fiction. "
        'Correct the values, or leave a rule out by its code: ignore={"max", "type"}, here if there is such an '
        "argument, else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )


def test_an_invalid_request_says_what_becomes_of_it() -> None:
    """The same, with a reason of its own."""
    error = InvalidRequest("This request is wrong", [Violation((), "type", "a dict", "None")])
    assert str(error) == (
        "This request is wrong in 1 place:\n"
        "  (top): wanted a dict, got None\n"
        'A call with it never gets an answer. Correct it, or leave a rule out by its code: ignore={"type"}, '
        "here if there is such an argument, else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )


def test_a_long_list_is_cut_but_kept() -> None:
    """Twenty lines are shown, the rest is counted, and the exception has them all."""
    found = [Violation((index,), "type", "a dict", "None") for index in range(23)]
    error = InvalidResponse("It is wrong", found)
    assert "  [19]: wanted a dict, got None\n  ... and 3 more\nCode that" in str(error)
    assert error.violations == tuple(found)


@pytest.mark.parametrize(
    "error",
    [
        UsageError("What.", "Why.", "Instead."),
        InvalidResponse("It is wrong", [Violation(("a", 1, Words("b")), "type", "a dict", "None")]),
        InvalidRequest("It is wrong", []),
        Refused(operation_name="BatchGetProfile", reason="Nobody stubbed it, not even {this}."),
        VerdictError("A stub was never used."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_error_travels_between_processes(error: Exception) -> None:
    """Pickled and read again, as pytest-xdist does it, an error says the same."""
    read = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(read), str(read), read.args) == (type(error), str(error), error.args)
    assert getattr(read, "violations", ()) == getattr(error, "violations", ())


def test_a_refusal_is_whatever_a_test_expects() -> None:
    """An AssertionError for pytest, and both of botocore's stub errors for code that knows Stubber."""
    refused = Refused(operation_name="BatchGetProfile", reason="Nobody stubbed it: {}.")
    assert str(refused) == "Nobody stubbed it: {}."
    assert isinstance(refused, AssertionError)
    assert isinstance(refused, StubAssertionError)
    assert isinstance(refused, UnStubbedResponseError)
    assert isinstance(refused, StubResponseError)


def test_a_usage_error_speaks_in_three_beats() -> None:
    """What, why, instead; and it is a ValueError."""
    error = UsageError("There is no such thing.", "There are two.", "Use one.")
    assert isinstance(error, ValueError)
    assert str(error) == "There is no such thing. There are two. Use one."


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("short", "'short'"),
        ("x" * 78, f"'{'x' * 78}'"),
        ("x" * 79, f"'{'x' * 76}... (79 characters)"),
        ("\0" * 79, f"'{chr(92)}x00{(chr(92) + 'x00') * 18}... (79 characters)"),
        ([1] * 100, f"[{'1, ' * 25}1... (300 characters)"),
        (Broken(), "<Broken, whose repr fails>"),
    ],
    ids=["short", "fits", "too-long", "escapes", "no-text", "broken"],
)
def test_clip(value: object, wanted: str) -> None:
    """The repr, of some 80 characters at most, then the length of the text or else of the repr; it never fails."""
    assert clip(value) == wanted


def test_clipped_and_listed() -> None:
    """The first lines and a count of the others; `listed` indents and joins them."""
    assert clipped(["a", "b", "c"], 2) == ["a", "b", "  ... and 1 more"]
    assert clipped(["a", "b"], 2) == ["a", "b"]
    assert listed([1, "b", "c"], 2) == "  1\n  b\n  ... and 1 more"


def test_several() -> None:
    """Names in one line, the rest counted."""
    assert several(["a", "b"]) == "a, b"
    assert several(iter("abc"), 2) == "a, b and 1 more"
    assert several([]) == ""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("typicle", "Did you mean 'typical'?"),
        ("Typical", "Did you mean 'typical'?"),
        ("zzz", ""),
        (b"typical", "Did you mean 'typical'?"),
        (None, ""),
        (10**5000, ""),
    ],
    ids=["slip", "case", "far", "bytes", "none", "huge"],
)
def test_did_you_mean(name: Any, wanted: str) -> None:
    """A near name is suggested, whatever was given."""
    assert did_you_mean(name, ["typical", "full"]) == wanted


def test_unknown_name() -> None:
    """With the near names, or else with all."""
    near, far = unknown_name("preset", "ful", ["typical", "full"]), unknown_name("preset", 7, ["typical", "full"])
    assert str(near) == "There is no preset 'ful'. There are 2, and it is none of them. Did you mean 'full'?"
    assert str(far) == "There is no preset 7. There are 2, and it is none of them. Use one of typical, full."
    many = unknown_name("name", "zzz", map(str, range(15)))
    assert str(many).endswith("Use one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more.")


def test_unknown_name_of_the_model() -> None:
    """Another botocore may know it, so it says which one does not."""
    error = unknown_name("shape", "Profil", ["Profile", "Domain"], of_model=True)
    assert str(error) == (
        f"There is no shape 'Profil'. botocore {botocore.__version__} knows 2, and this is none of them. "
        "Did you mean 'Profile'?"
    )


@pytest.mark.parametrize(
    ("name", "known", "wanted"),
    [
        ("ThrottledError", ["ScheduledError", "ThrottlingError"], "'ThrottlingError' or 'ScheduledError'"),
        ("dog", ["dot", "bog", "fog", "log"], "'log' or 'fog' or 'dot'"),
    ],
)
def test_the_same_beginning_goes_first(name: str, known: list[str], wanted: str) -> None:
    """Of several near names; one or two letters are no beginning."""
    assert did_you_mean(name, known) == f"Did you mean {wanted}?"

"""Stubs and calls as records: how often a stub may answer, and how both read."""

from __future__ import annotations

from typing import Any

import pytest

from cp_fixtures import Exchange, UsageError
from cp_fixtures.stubs import Call, Stub, Uses

EXCHANGE = Exchange("batch_get_profile", response={})


def stub(used: int = 0, **uses: Any) -> Stub:
    """A stub that has answered some calls."""
    return Stub(
        operation=EXCHANGE.operation,
        wanted=None,
        reply=lambda _params: EXCHANGE,
        title="a title",
        uses=Uses(**uses),
        used=used,
    )


@pytest.mark.parametrize("times", [0, -1, 1.0, "2", True, [1]])
def test_times_is_a_number_of_answers(times: Any) -> None:
    """Anything but a whole number of 1 or more, or None, is refused."""
    with pytest.raises(UsageError) as caught:
        Uses(times=times)
    assert (
        str(caught.value) == f"times is {times!r}. It counts the answers of a stub. Give 1 or more, or None for always."
    )


@pytest.mark.parametrize("name", ["optional", "ids_in_order"])
@pytest.mark.parametrize("value", ["no", 1, None])
def test_a_switch_is_on_or_off(name: str, value: Any) -> None:
    """A text that says no would be taken for yes."""
    with pytest.raises(UsageError) as caught:
        Uses(**{name: value})
    assert str(caught.value) == f"{name} is {value!r}. It is true or false. Give one of the two."


@pytest.mark.parametrize(
    ("uses", "used", "says"),
    [
        ({}, 0, (False, False, True)),
        ({}, 1, (True, True, False)),
        ({"times": 2}, 1, (False, False, True)),
        ({"times": 2}, 2, (True, True, False)),
        ({"times": None}, 0, (False, True, True)),
        ({"times": None}, 9, (False, True, False)),
        ({"optional": True}, 0, (False, True, False)),
        ({"optional": True}, 1, (True, True, False)),
        ({"optional": True, "times": 3}, 1, (False, True, False)),
        ({"optional": True, "times": None}, 0, (False, True, False)),
    ],
)
def test_what_a_stub_says_of_its_use(uses: dict[str, Any], used: int, says: tuple[bool, bool, bool]) -> None:
    """Whether it is spent, may be passed where the order counts, and still waits for calls."""
    made = stub(used, **uses)
    assert (made.is_spent, made.may_be_passed, made.is_unused) == says


@pytest.mark.parametrize(
    ("uses", "used", "words"),
    [
        ({}, 0, "a title (once; not used)"),
        ({}, 1, "a title (once; used)"),
        ({"times": 3}, 1, "a title (3 times; used once)"),
        ({"times": 3}, 3, "a title (3 times; used 3 times)"),
        ({"times": None}, 0, "a title (any number of times; not used)"),
        ({"times": None}, 1, "a title (any number of times; used once)"),
        ({"times": None}, 7, "a title (any number of times; used 7 times)"),
        ({"optional": True}, 0, "a title (optional, once; not used)"),
    ],
)
def test_a_stub_reads_as_a_sentence(uses: dict[str, Any], used: int, words: str) -> None:
    """What it answers, how often it may, and how often it has."""
    assert str(stub(used, **uses)) == words


def test_a_stub_for_any_request_differs_from_none() -> None:
    """Without a request there is nothing to differ from."""
    assert stub().differences(None, {"DomainName": "any"}) == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "call 3, batch_get_profile"),
        ({"DomainName": "d", "ProfileIds": ["x"]}, "call 3, batch_get_profile of 1 id in d"),
        ({"DomainName": 5, "ProfileIds": ["x", "y"]}, "call 3, batch_get_profile of 2 ids"),
        ({"DomainName": "x" * 90}, f"call 3, batch_get_profile in '{'x' * 76}... (90 characters)"),
        ({"DomainName": "two\nlines"}, r"call 3, batch_get_profile in 'two\nlines'"),
        ({"DomainName": ""}, "call 3, batch_get_profile in ''"),
    ],
)
def test_a_call_reads_as_a_sentence(params: dict[str, Any], words: str) -> None:
    """Its number, its operation, how many ids in which domain; what is not there is not said, what is long is cut."""
    assert str(Call(number=3, operation="batch_get_profile", params=params)) == words

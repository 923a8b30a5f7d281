"""Who gets which id: the numbers add up, or the call is refused before anything is made."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.errors import InvalidRequest, UsageError
from cp_fixtures.exchanges import Exchange
from cp_fixtures.exchanges.plan import check_request_of, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

A, B, C, D = "a" * 32, "b" * 32, "c" * 32, "d" * 32
TWICE = "is there twice. Each id has one outcome. Give each id once; an Exchange of your own may ask for one twice."
COUNT_OR_DICTS = "It says how many there are, or what is in each. Give a count or a list of dicts."


def planned(
    profiles: Any = None, errors: Any = 0, left_out: Any = 0, *, ids: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """The kind and the id of each row; new ids are 1, 2, 3 and so on."""
    numbers = itertools.count(1)
    wanted = {"profiles": profiles, "errors": errors, "left_out": left_out}
    return [(row.kind, row.profile_id) for row in rows("batch_get_profile", wanted, ids, lambda: str(next(numbers)))]


def test_counts() -> None:
    """The kinds in their order, each with new ids."""
    expected = [("profiles", "1"), ("profiles", "2"), ("errors", "3"), ("left_out", "4")]
    assert planned(2, 1, 1) == expected


def test_nothing_said() -> None:
    """One of the first kind, beside the others that are said."""
    assert planned() == [("profiles", "1")]
    assert planned(errors=1) == [("profiles", "1"), ("errors", "2")]


def test_what_the_ids_leave_over() -> None:
    """The first kind takes it, be it nothing."""
    assert planned(errors=1, ids=[A, B, C]) == [("profiles", A), ("profiles", B), ("errors", C)]
    assert planned(errors=1, left_out=1, ids=[A, B]) == [("errors", A), ("left_out", B)]


def test_an_entry_with_an_id_of_its_own() -> None:
    """It keeps its id; the others share the rest, and the order is that of the ids."""
    assert planned([{"ProfileId": C}, {}], 1, ids=[A, B, C]) == [("profiles", A), ("errors", B), ("profiles", C)]
    assert planned([{"ProfileId": C}, {}], 1) == [("profiles", C), ("profiles", "1"), ("errors", "2")]
    assert planned(errors=[{"ProfileId": A}], ids=[A, B]) == [("errors", A), ("profiles", B)]


def test_what_a_row_says() -> None:
    """What the caller gave, a copy, and whether it is whole."""
    given: list[dict[str, Any]] = [{"ProfileId": A, "Address": {"City": "Paris"}}, {"FirstName": "Ann"}]
    made = rows("batch_get_profile", {"profiles": given, "left_out": 0}, None, lambda: B)
    assert [(row.given, row.is_whole, row.profile_id) for row in made] == [(given[0], True, A), (given[1], False, B)]
    made[0].given["Address"]["City"] = "London"
    assert given[0]["Address"] == {"City": "Paris"}


@pytest.mark.parametrize("ids", [(A, B), [A, B]])
def test_ids_in_any_sequence(ids: Sequence[str]) -> None:
    """A list or a tuple."""
    assert planned(ids=ids) == [("profiles", A), ("profiles", B)]


@pytest.mark.parametrize("entries", [({"FirstName": "Ann"},), [{"FirstName": "Ann"}]])
def test_dicts_in_any_sequence(entries: Any) -> None:
    """A list or a tuple."""
    assert planned(entries) == [("profiles", "1")]


EXCHANGE = Exchange("batch_get_profile", response={})
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "negative profiles": ({"profiles": -1}, "profiles is -1. There cannot be fewer than none. Give 0 or more."),
    "negative errors": ({"errors": -2}, "errors is -2. There cannot be fewer than none. Give 0 or more."),
    "negative left_out": ({"left_out": -3}, "left_out is -3. There cannot be fewer than none. Give 0 or more."),
    "none": (
        {"profiles": 0},
        (
            "This call of batch_get_profile asks for no id. It takes 1 to 20. "
            "Let one of profiles, errors, left_out be more than 0, or give profile_ids."
        ),
    ),
    "no ids": (
        {"ids": []},
        (
            "This call of batch_get_profile asks for no id. It takes 1 to 20. "
            "Let one of profiles, errors, left_out be more than 0, or give profile_ids."
        ),
    ),
    "21": (
        {"profiles": 21},
        "This call of batch_get_profile asks for 21 ids. It takes 1 to 20. Register one call for each chunk of 20.",
    ),
    "20 and 1": (
        {"profiles": 20, "errors": 1},
        "This call of batch_get_profile asks for 21 ids. It takes 1 to 20. Register one call for each chunk of 20.",
    ),
    "21 dicts": (
        {"profiles": [{}] * 21},
        "This call of batch_get_profile asks for 21 ids. It takes 1 to 20. Register one call for each chunk of 20.",
    ),
    "21 ids": (
        {"ids": [f"{number:032x}" for number in range(21)]},
        "This call of batch_get_profile asks for 21 ids. It takes 1 to 20. Register one call for each chunk of 20.",
    ),
    "more than memory holds": (
        {"profiles": 10**18},
        (
            "This call of batch_get_profile asks for 1000000000000000000 ids. It takes 1 to 20. "
            "Register one call for each chunk of 20."
        ),
    ),
    "id twice": ({"ids": [A, B, A]}, f"The id '{A}' {TWICE}"),
    "id twice in dicts": ({"profiles": [{"ProfileId": A}, {"ProfileId": A}]}, f"The id '{A}' {TWICE}"),
    "id in two kinds": ({"profiles": [{"ProfileId": A}], "errors": [{"ProfileId": A}]}, f"The id '{A}' {TWICE}"),
    "too few ids": (
        {"profiles": 2, "errors": 1, "ids": [A, B]},
        (
            "profiles=2 and errors=1 want 3 ids, and profile_ids has 2. "
            "Each id has exactly one outcome. "
            "Let the numbers add up, or leave profiles out: it takes what is left over."
        ),
    ),
    "too few ids for the rest": (
        {"errors": 2, "ids": [A]},
        ("errors=2 wants 2 ids, and profile_ids has 1. Each id has exactly one outcome. Let the numbers add up."),
    ),
    "too many ids": (
        {"profiles": 1, "errors": 1, "ids": [A, B, C]},
        (
            "profiles=1 and errors=1 want 2 ids, and profile_ids has 3. "
            "Each id has exactly one outcome. "
            "Let the numbers add up, or leave profiles out: it takes what is left over."
        ),
    ),
    "dicts for too few ids": (
        {"profiles": [{"ProfileId": A}], "errors": [{}, {}], "ids": [A, B]},
        (
            "profiles with 1 dict and errors with 2 dicts want 3 ids, and profile_ids has 2. "
            "Each id has exactly one outcome. "
            "Let the numbers add up, or leave profiles out: it takes what is left over."
        ),
    ),
    "none for an id": (
        {"profiles": 0, "ids": [A]},
        (
            "profiles=0 wants 0 ids, and profile_ids has 1. "
            "Each id has exactly one outcome. "
            "Let the numbers add up, or leave profiles out: it takes what is left over."
        ),
    ),
    "id that is not asked for": (
        {"profiles": [{"ProfileId": D}], "ids": [A, B]},
        (
            f"An entry has the id '{D}'. It is none of profile_ids, so the call would not ask for it. "
            "Add it there, or leave profile_ids out."
        ),
    ),
    "ids are a text": (
        {"ids": A},
        f"profile_ids is '{A}'. A call asks for a list of ids. Give a list of texts.",
    ),
    "ids are a set": ({"ids": {A}}, f"profile_ids is {{'{A}'}}. A call asks for a list of ids. Give a list of texts."),
    "exchange": (
        {"profiles": EXCHANGE},
        "profiles is an exchange of batch_get_profile. An exchange is registered as a whole. Give it to add_exchange.",
    ),
    "bool": ({"profiles": True}, f"profiles is True. {COUNT_OR_DICTS}"),
    "float": ({"profiles": 2.0}, f"profiles is 2.0. {COUNT_OR_DICTS}"),
    "text": ({"profiles": "2"}, f"profiles is '2'. {COUNT_OR_DICTS}"),
    "one dict": ({"profiles": {"FirstName": "Ann"}}, f"profiles is {{'FirstName': 'Ann'}}. {COUNT_OR_DICTS}"),
    "ids in place of dicts": ({"profiles": [A]}, f"profiles is ['{A}']. {COUNT_OR_DICTS}"),
    "None in a list": ({"profiles": [None]}, f"profiles is [None]. {COUNT_OR_DICTS}"),
    "None but for the first": ({"errors": None}, f"errors is None. {COUNT_OR_DICTS}"),
    "left_out as dicts": (
        {"left_out": [{"ProfileId": A}]},
        f"left_out is [{{'ProfileId': '{A}'}}]. Of an id left out there is nothing to say. Give a count.",
    ),
    "left_out None": ({"left_out": None}, "left_out is None. Of an id left out there is nothing to say. Give a count."),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_add_up(arguments: dict[str, Any], message: str) -> None:
    """It is refused in three beats."""
    with pytest.raises(UsageError) as raised:
        planned(**arguments)
    assert str(raised.value) == message


def test_the_limits_are_rules_too() -> None:
    """They can be ignored by their codes, up to what no test can want."""
    number = itertools.count()

    def numbered(profiles: Any, *ignore: str) -> int:
        wanted = {"profiles": profiles, "left_out": 0}
        return len(rows("batch_get_profile", wanted, None, lambda: str(next(number)), frozenset(ignore)))

    assert (numbered(21, "max"), numbered([{}] * 21, "max"), numbered(0, "min")) == (21, 21, 0)
    with pytest.raises(UsageError, match=r"asks for 21 ids\. It takes 0 to 20\."):
        numbered(21, "min")
    with pytest.raises(UsageError) as raised:
        numbered(10**18, "max")
    assert str(raised.value) == (
        f"This call of batch_get_profile asks for {10**18} ids. Without the rule max 10000 are made at most. "
        "Ask for fewer."
    )


def test_the_limit_is_the_operations() -> None:
    """100 where the model says 100."""
    wanted = {"present": 101, "left_out": 0}
    with pytest.raises(UsageError) as raised:
        rows("get_segment_membership", wanted, None, lambda: A)
    assert str(raised.value) == (
        "This call of get_segment_membership asks for 101 ids. It takes 1 to 100. "
        "Register one call for each chunk of 100."
    )


@pytest.mark.parametrize("profile_id", [None, 5, [A], {"ProfileId": A}])
def test_ids_that_are_no_texts(profile_id: Any) -> None:
    """They are planned for, since the check of the request says all that is wrong with them."""
    assert planned(ids=[profile_id, B]) == [("profiles", profile_id), ("profiles", B)]
    with pytest.raises(InvalidRequest) as raised:
        check_request_of("batch_get_profile", {"DomainName": "has space", "ProfileIds": [profile_id]})
    assert [each.path for each in raised.value.violations] == ["DomainName", "ProfileIds[0]"]


def test_a_request_that_is_right() -> None:
    """Nothing is said; nor where what is wrong is ignored."""
    check_request_of("batch_get_profile", {"DomainName": "has space", "ProfileIds": [A]}, frozenset({"pattern"}))
    check_request_of("batch_get_profile", {"DomainName": "d", "ProfileIds": [A]})

"""What a failing example becomes: the least that breaks the code, found within a bounded number of calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from seeking import sought

from cp_fixtures import strategies
from cp_fixtures.shapes import shape_node
from cp_fixtures.strategies.pools import profile_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis import strategies as st

ID, NEXT_ID = "0" * 32, "0" * 31 + "1"
SEEDS = (0,)
KINDS = {"realistic": strategies.profiles(), "any": strategies.profiles(kind="any")}
since_preferences = pytest.mark.skipif(
    "EngagementPreferences" not in shape_node("Profile").members, reason="since botocore 1.40.0"
)
MOST_CALLS = 800
"""Some 20 to 400 were counted; 500 shrinks are the most that Hypothesis makes."""


def smallest(strategy: st.SearchStrategy[Any], breaks: Callable[[Any], bool], seed: int) -> Any:
    """The simplest value that breaks, and not too many were tried."""
    calls = []

    def counted(value: Any) -> bool:
        calls.append(1)
        return breaks(value)

    found = sought(strategy, counted, seed=seed)
    assert len(calls) <= MOST_CALLS
    return found


def answer(exchange: Any) -> dict[str, Any]:
    """The lists of a response."""
    return {name: value for name, value in exchange.response.items() if isinstance(value, list)}


def texts(value: Any) -> Iterator[str]:
    """Every text inside."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(item)


def key_values(profile: dict[str, Any]) -> list[str]:
    """What the preferences of a profile are about."""
    lists = profile.get("EngagementPreferences", {}).values()
    return [contact["KeyValue"] for contacts in lists for contact in contacts if "KeyValue" in contact]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("kind", "wanted"), [("realistic", {"ProfileId": ID}), ("any", {})])
def test_email_is_absent(kind: str, wanted: Any, seed: int) -> None:
    """Nothing but the id."""
    assert smallest(KINDS[kind], lambda profile: "EmailAddress" not in profile, seed) == wanted


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "strategy",
    [strategies.profiles(Address__City="Oslo"), strategies.profiles().filter(lambda profile: "Address" in profile)],
    ids=["override", "filter"],
)
def test_code_that_always_breaks(strategy: st.SearchStrategy[Any], seed: int) -> None:
    """The first of the people, with nothing but what has to be there: no other takes fewer choices."""
    found = smallest(strategy, lambda _profile: True, seed)
    postal_code = profile_pool("en_US")[0]["Address"]["PostalCode"]
    assert found in (
        {"ProfileId": ID, "Address": {"City": "Oslo"}},
        {"ProfileId": ID, "Address": {"PostalCode": postal_code}},
    )


@since_preferences
@pytest.mark.parametrize("seed", SEEDS)
def test_a_nested_key_value(seed: int) -> None:
    """The way to it, and nothing beside it."""
    found = smallest(KINDS["any"], lambda profile: bool(key_values(profile)), seed)
    assert found["EngagementPreferences"] in ({"Phone": [{"KeyValue": "0"}]}, {"Email": [{"KeyValue": "0"}]})
    assert len(found) == 1


@since_preferences
@pytest.mark.parametrize("seed", SEEDS)
def test_a_nested_key_value_of_somebody(seed: int) -> None:
    """Likewise, of one of the people."""
    found = smallest(KINDS["realistic"], lambda profile: bool(key_values(profile)), seed)
    (kind,) = found["EngagementPreferences"]
    (value,) = key_values(found)
    assert found == {"ProfileId": ID, "EngagementPreferences": {kind: [{"KeyValue": value}]}}
    assert re.fullmatch(r".*@example\.(com|net|org)|\+1\d{3}55501\d\d", value)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_attribute_of_255_characters(seed: int) -> None:
    """One attribute, of the simplest characters, with the shortest key."""
    found = smallest(KINDS["any"], is_longest, seed)
    assert found == {"Attributes": {"0": 255 * "0"}}


@pytest.mark.parametrize("seed", SEEDS)
def test_somebody_s_attribute_of_255_characters(seed: int) -> None:
    """Of the first of the people; nothing of it is coherent, so it may be long."""
    found = smallest(KINDS["realistic"], is_longest, seed)
    assert found == {"ProfileId": ID, "Attributes": {"longest": ("Siobhán " * 255)[:255]}}


def is_longest(profile: dict[str, Any]) -> bool:
    """Whether an attribute has as many characters as one can have."""
    return any(len(value) == 255 for value in profile.get("Attributes", {}).values())


@pytest.mark.parametrize("seed", SEEDS)
def test_an_apostrophe(seed: int) -> None:
    """A person whose name has one."""
    found = smallest(KINDS["realistic"], lambda profile: any("'" in text for text in texts(profile)), seed)
    del found["ProfileId"]
    assert found in ({"LastName": "O'Brien"}, {"MiddleName": "Dell'"}, {"MiddleName": "'); --"})


@pytest.mark.parametrize("seed", SEEDS)
def test_any_text_with_an_apostrophe(seed: int) -> None:
    """One member, of one character."""
    found = smallest(KINDS["any"], lambda profile: any("'" in text for text in texts(profile)), seed)
    assert list(texts(found)) == ["'"]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_failure(seed: int) -> None:
    """One id, and what became of it."""
    found = smallest(strategies.get_segment_membership_exchanges(), lambda each: bool(each.response["Failures"]), seed)
    assert answer(found) == {"Profiles": [], "Failures": [{"ProfileId": ID, "Message": "Profile not found"}]}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mixed_answer(seed: int) -> None:
    """Two ids, one of each."""

    def is_mixed(exchange: Any) -> bool:
        return {each["QueryResult"] for each in exchange.response["Profiles"]} == {"PRESENT", "ABSENT"}

    found = smallest(strategies.get_segment_membership_exchanges(), is_mixed, seed)
    assert found.request["ProfileIds"] == [ID, NEXT_ID]
    assert answer(found)["Failures"] == []
    results = sorted((each["QueryResult"], len(each.get("Profile", {}))) for each in found.response["Profiles"])
    assert results == [("ABSENT", 0), ("PRESENT", 1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_missing_profiles(seed: int) -> None:
    """Two ids, both refused, with the likeliest error."""
    found = smallest(strategies.batch_get_profile_exchanges(), lambda each: len(each.response["Errors"]) >= 2, seed)
    error = {"Code": "ResourceNotFoundException", "Message": "Profile not found"}
    assert answer(found) == {"Profiles": [], "Errors": [{**error, "ProfileId": ID}, {**error, "ProfileId": NEXT_ID}]}


@pytest.mark.parametrize("seed", SEEDS)
def test_some_ids_too_many(seed: int) -> None:
    """As few as break, although most calls with many ask for as many as may be."""
    exchanges = strategies.get_segment_membership_exchanges(outcomes=["absent"])
    found = smallest(exchanges, lambda each: len(each.request["ProfileIds"]) >= 25, seed)
    assert found.request["ProfileIds"] == [f"{number:032x}" for number in range(25)]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_profiles_left_out(seed: int) -> None:
    """Two ids, without an outcome."""
    exchanges = strategies.batch_get_profile_exchanges(outcomes=["found", "left_out"])

    def misses_two(exchange: Any) -> bool:
        return len(exchange.response["Profiles"]) <= len(exchange.request["ProfileIds"]) - 2

    found = smallest(exchanges, misses_two, seed)
    assert (found.request["ProfileIds"], answer(found)) == ([ID, NEXT_ID], {"Profiles": [], "Errors": []})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_city_in_a_response(seed: int) -> None:
    """One profile, and in it the way to the city."""

    def has_city(response: dict[str, Any]) -> bool:
        return any("City" in profile.get("Address", {}) for profile in response.get("Profiles", ()))

    found = smallest(strategies.responses("batch_get_profile"), has_city, seed)
    assert found == {"Profiles": [{"Address": {"City": "0"}}]}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_invalid_response(seed: int) -> None:
    """The smallest exchange with the fault."""
    strategy = strategies.invalid_responses("batch_get_profile", rules=["outcome_missing"])
    exchange, violation = smallest(strategy, lambda _pair: True, seed)
    assert str(violation) == f"(top): wanted an outcome for '{ID}', got none"
    assert answer(exchange) == {"Profiles": [], "Errors": []}

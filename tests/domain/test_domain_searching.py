"""search_profiles: whom one finds by what, why, and on which page."""

from __future__ import annotations

import base64
import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import Domain
from cp_fixtures.domain.searching import Index
from cp_fixtures.validation import CODES, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.types import Profile

ANA, EVA, LEO = (f"{number:032x}" for number in (1, 2, 3))
PEOPLE: list[dict[str, Any]] = [
    {
        "ProfileId": ANA,
        "FirstName": "Ana",
        "MiddleName": "Maria",
        "LastName": "Lee",
        "AccountNumber": "A-1",
        "PhoneNumber": "+12025550101",
        "EmailAddress": "ana@example.com",
        "Attributes": {"orderId": "7", "tier": "gold"},
    },
    {
        "ProfileId": EVA,
        "FirstName": "Eva",
        "LastName": "Lee",
        "AccountNumber": "A-1",
        "MobilePhoneNumber": "+12025550101",
        "HomePhoneNumber": "+12025550102",
        "PersonalEmailAddress": "eva@example.org",
        "Attributes": {"_orderId": "7", "email": "ana@example.com"},
    },
    {"ProfileId": LEO, "BusinessPhoneNumber": "+12025550103", "BusinessEmailAddress": "leo@example.net"},
]


def world(**options: Any) -> Domain:
    """Ana, Eva and Leo."""
    domain = Domain(**options)
    domain.put_many(PEOPLE)
    return domain


def search(domain: Domain, key: str, *values: str, **request: Any) -> Any:
    """The response, or the error; a response is legal."""
    params = {"DomainName": domain.name, "KeyName": key, "Values": list(values), **request}
    exchange = domain.answer("search_profiles", params)
    assert exchange is not None
    if exchange.error is None:
        assert validate("search_profiles", exchange.response, request=params) == []
    return exchange.response or exchange.error


def found(domain: Domain, key: str, *values: str, **request: Any) -> list[str]:
    """The ids of those who are found."""
    return [each["ProfileId"] for each in search(domain, key, *values, **request)["Items"]]


@pytest.mark.parametrize(
    ("key", "values", "wanted"),
    [
        ("_profileId", [EVA], [EVA]),
        ("_account", ["A-1"], [ANA, EVA]),
        ("_phone", ["+12025550101"], [ANA, EVA]),
        ("_phone", ["+12025550102"], [EVA]),
        ("_phone", ["+12025550103"], [LEO]),
        ("_email", ["ana@example.com"], [ANA]),
        ("_email", ["eva@example.org", "leo@example.net"], [EVA, LEO]),
        ("_fullName", ["Ana Maria Lee"], [ANA]),
        ("_fullName", ["Eva Lee"], [EVA]),
        ("_fullName", ["Ana Lee", "Ana", "Lee"], []),
        ("tier", ["gold"], [ANA]),
        ("_tier", ["gold"], [ANA]),
        ("orderId", ["7"], [ANA]),
        ("_orderId", ["7"], [ANA, EVA]),
        ("email", ["ana@example.com"], [EVA]),
        ("FirstName", ["Ana"], []),
        ("phone", ["+12025550101"], []),
        ("_email", [], []),
        ("_email", ["nobody@example.com"], []),
    ],
)
def test_keys(key: str, values: list[str], wanted: list[str]) -> None:
    """The standard ones, and attributes, which a key of an integration names with a `_` in front."""
    assert found(world(), key, *values) == wanted


@pytest.mark.parametrize(("ignore_case", "wanted"), [(True, [ANA]), (False, [])])
def test_case_matters_as_told(ignore_case: bool, wanted: list[str]) -> None:  # noqa: FBT001 - a parameter
    """Of values alone: a key is what it is."""
    domain = world(ignore_case=ignore_case)
    assert found(domain, "_fullName", "ana MARIA lee") == found(domain, "tier", "Gold") == wanted
    assert found(domain, "Tier", "gold") == found(domain, "_EMAIL", "ana@example.com") == []
    assert found(domain, "tier", "gold") == [ANA]


KEYS = {
    ("_account", "A-1"): {ANA, EVA},
    ("tier", "gold"): {ANA},
    ("_phone", "+12025550102"): {EVA},
    ("_email", "leo@example.net"): {LEO},
    ("nothing", "x"): set[str](),
}


@pytest.mark.parametrize(("one", "other"), list(product(KEYS, KEYS)))
@pytest.mark.parametrize("operator", ["AND", "OR", None])
def test_several_keys(one: tuple[str, str], other: tuple[str, str], operator: str | None) -> None:
    """AND wants all of them, OR any of them; without an operator it is OR, by AWS's text."""
    more = {"AdditionalSearchKeys": [{"KeyName": other[0], "Values": [other[1]]}]}
    request = more if operator is None else {**more, "LogicalOperator": operator}
    wanted = KEYS[one] & KEYS[other] if operator == "AND" else KEYS[one] | KEYS[other]
    assert found(world(), *one, **request) == sorted(wanted)


def by(domain: Domain, *args: str, **request: Any) -> dict[str, Any]:
    """FoundByItems of each who is found, each item as a pair."""
    items = search(domain, *args, **request)["Items"]
    pairs = [[(item["KeyName"], item["Values"]) for item in each["FoundByItems"]] for each in items]
    return dict(zip((each["ProfileId"] for each in items), pairs, strict=True))


def test_found_by_one_key() -> None:
    """The key, and those of its values that have found the profile."""
    values = ("eva@example.org", "leo@example.net", "nobody@example.com", "eva@example.org")
    assert by(world(), "_email", *values) == {
        EVA: [("_email", ["eva@example.org"])],
        LEO: [("_email", ["leo@example.net"])],
    }
    assert by(world(), "_phone", "+12025550102", "+12025550101")[EVA] == [("_phone", ["+12025550102", "+12025550101"])]


def test_found_by_any_of_several_keys() -> None:
    """By AWS's text each of the pairs that the profile was found by, and no other."""
    more = [{"KeyName": "tier", "Values": ["gold"]}, {"KeyName": "_email", "Values": ["leo@example.net"]}]
    assert by(world(), "_account", "A-1", AdditionalSearchKeys=more) == {
        ANA: [("_account", ["A-1"]), ("tier", ["gold"])],
        EVA: [("_account", ["A-1"])],
        LEO: [("_email", ["leo@example.net"])],
    }


def test_found_by_all_of_several_keys() -> None:
    """By AWS's text all the pairs of the request, which AND demands."""
    more = [{"KeyName": "_email", "Values": ["ana@example.com", "nobody@example.com"]}]
    assert by(world(), "_account", "A-1", AdditionalSearchKeys=more, LogicalOperator="AND") == {
        ANA: [("_account", ["A-1"]), ("_email", ["ana@example.com", "nobody@example.com"])],
    }


def test_found_by_the_most_keys_there_can_be() -> None:
    """Five, which is as many as FoundByItems may have."""
    more = [{"KeyName": "_email", "Values": ["ana@example.com"]}] * 4
    for operator in ("AND", "OR"):
        assert len(by(world(), "_account", "A-1", AdditionalSearchKeys=more, LogicalOperator=operator)[ANA]) == 5


def test_found_by_nothing_said() -> None:
    """A switch; and what is stored says it in no case."""
    domain = world(found_by_items=False)
    assert search(domain, "_profileId", ANA)["Items"] == [domain.get(ANA)]
    search(same := world(), "_profileId", ANA)
    assert "FoundByItems" not in same.get(ANA)


def test_what_changes_is_found_as_it_is() -> None:
    """A search knows of every put, update and removal since the last one, and of no value from before."""
    domain = world()
    assert found(domain, "_account", "A-1") == [ANA, EVA]
    domain.put({"ProfileId": ANA, "AccountNumber": "A-2"})
    domain.answer("update_profile", {"DomainName": domain.name, "ProfileId": LEO, "AccountNumber": "A-1"})
    domain.remove(EVA)
    assert found(domain, "_account", "A-1") == [LEO]
    assert found(domain, "_account", "A-2") == [ANA]
    assert found(domain, "_email", "ana@example.com", "eva@example.org") == []


def test_a_rollback_reads_only_who_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a shared world each test that searches would read everybody again; and all are found as they were."""
    domain = world()
    assert found(domain, "_fullName", "Eva Lee") == [EVA]
    touched: list[str] = []
    add = Index.add

    def noted(self: Index, profile: dict[str, Any]) -> None:
        touched.append(profile["ProfileId"])
        add(self, profile)

    monkeypatch.setattr(Index, "add", noted)
    with domain.preserved():
        domain.put({"ProfileId": EVA, "FirstName": "Evi"})
        domain.remove(LEO)
    assert found(domain, "_fullName", "Eva Lee") == [EVA]
    assert found(domain, "_email", "leo@example.net") == [LEO]
    assert found(domain, "_fullName", "Evi") == []
    assert touched == [EVA, EVA, LEO]


def test_who_is_gone_leaves_nothing_behind() -> None:
    """Not even a key under which nobody is found."""
    domain = world()
    assert found(domain, "_profileId", ANA) == [ANA]
    for each in domain.ids:
        domain.put({"ProfileId": each, "AccountNumber": "A-2"})
        domain.remove(each)
    assert domain._world.index._ids == {}


def test_the_order_is_that_in_which_they_came() -> None:
    """Whatever the order of the values; who changes keeps the place, who comes again comes last."""
    domain = world()
    domain.put({"ProfileId": ANA})
    assert found(domain, "_profileId", LEO, EVA, ANA) == [ANA, EVA, LEO]
    domain.remove(ANA)
    domain.put({"ProfileId": ANA})
    assert found(domain, "_profileId", ANA, LEO, EVA) == [EVA, LEO, ANA]


def crowd(number: int) -> Domain:
    """So many with one account, by consecutive ids."""
    domain = Domain()
    domain.put_many({"ProfileId": f"{each:032x}", "AccountNumber": "A"} for each in range(number))
    return domain


def pages(domain: Domain, between: Callable[[int], object] = bool, **request: Any) -> list[list[str]]:
    """The ids on each page; `between` is called with the number of each page once that is there."""
    found: list[list[str]] = []
    while True:
        response = search(domain, "_account", "A", **request)
        found.append([each["ProfileId"] for each in response["Items"]])
        between(len(found))
        if "NextToken" not in response:
            return found
        request["NextToken"] = response["NextToken"]


@given(number=st.integers(0, 45), size=st.integers(1, 100))
def test_every_page_is_full_but_the_last(number: int, size: int) -> None:
    """Nobody is missed, nobody comes twice, and no page is empty but where nobody is found."""
    domain = crowd(number)
    ids = list(domain.ids)
    assert pages(domain, MaxResults=size) == ([ids[at : at + size] for at in range(0, number, size)] or [[]])


def test_a_page_has_twenty() -> None:
    """Where the request does not say, by AWS's text; one may say otherwise on each page."""
    domain = crowd(45)
    assert [len(page) for page in pages(domain)] == [20, 20, 5]
    token = search(domain, "_account", "A")["NextToken"]
    assert found(domain, "_account", "A", NextToken=token, MaxResults=3) == list(domain.ids[20:23])
    assert len(found(domain, "_account", "A", MaxResults=100)) == 45


def test_the_world_may_change_between_pages() -> None:
    """Whoever was there all the time comes once; who comes in between comes last."""
    domain = crowd(10)
    before = domain.ids

    def between(page: int) -> None:
        if page == 1:
            for gone in (before[0], before[2], before[3]):
                domain.remove(gone)
            domain.put({"ProfileId": before[1], "AccountNumber": "A"})
            domain.put({"ProfileId": "f" * 32, "AccountNumber": "A"})

    listed = [each for page in pages(domain, between, MaxResults=3) for each in page]
    assert listed == [*before[:3], *before[4:], "f" * 32]


def test_a_page_has_somebody() -> None:
    """Also where the rules are off, and none is asked for: code that turns the pages comes to an end."""
    domain = crowd(2)
    request = {"DomainName": domain.name, "KeyName": "_account", "Values": ["A"], "MaxResults": 0}
    exchange = domain.answer("search_profiles", request, ignore=CODES)
    assert exchange is not None
    assert len(exchange.response["Items"]) == 1


def test_a_token_serves_again() -> None:
    """The same page, as often as it is asked for."""
    domain = crowd(5)
    token = search(domain, "_account", "A", MaxResults=2)["NextToken"]
    twice = [search(domain, "_account", "A", MaxResults=2, NextToken=token)["Items"] for _ in range(2)]
    assert [each["ProfileId"] for each in twice[0]] == list(domain.ids[2:4])
    assert twice[0] == twice[1]


def tokens() -> list[tuple[str, str]]:
    """Tokens that no such search has given out, each with what is wrong with it."""
    domain = crowd(5)
    good = search(domain, "_account", "A", MaxResults=2)["NextToken"]
    listing = {"DomainName": domain.name, "MaxResults": 1}
    domain.segment("a")
    domain.segment("b")
    exchange = domain.answer("list_segment_definitions", listing)
    assert exchange is not None
    asked = json.loads(base64.urlsafe_b64decode(good))[0]
    forged = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode()
        for each in ([asked, "x"], [asked, None], [asked, [1]], [asked], {"a": 1, "b": 2}, asked, [asked, {}])
    ]
    return [
        ("nonsense", "nonsense"),
        ("not ASCII", "ü"),
        ("half a pair", "\ud800"),
        ("cut", good[:-1]),
        ("longer", good + "="),
        ("with a sign inside", f"{good[:4]}!{good[4:]}"),
        ("of another operation", exchange.response["NextToken"]),
        ("of another search", search(domain, "_account", "A", "B", MaxResults=2)["NextToken"]),
        ("deep", base64.urlsafe_b64encode(b"[" * 700).decode()),
        *((f"forged {number}", each) for number, each in enumerate(forged)),
    ]


@pytest.mark.parametrize("token", [pytest.param(token, id=name) for name, token in tokens()])
def test_a_token_of_nothing_is_a_bad_request(token: str) -> None:
    """One that fits the model, so the verdict says nothing of it."""
    answer = search(crowd(5), "_account", "A", NextToken=token)
    assert answer["Error"] == {"Code": "BadRequestException", "Message": "Invalid NextToken"}


def test_a_token_is_one_that_the_model_allows() -> None:
    """However long the search."""
    domain = crowd(2)
    values = [f"{number:0255d}" for number in range(50)]
    token = search(domain, "_account", "A", *values, MaxResults=1)["NextToken"]
    assert 1 <= len(token) <= 1024


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "FirstName": st.sampled_from(["Ana", "ana", "ß", "SS"]),
                "LastName": st.sampled_from(["Lee", "Ana"]),
                "PhoneNumber": st.sampled_from(["1", "2"]),
                "HomePhoneNumber": st.sampled_from(["1", "2"]),
                "Attributes": st.dictionaries(st.sampled_from(["a", "_a", "_phone"]), st.sampled_from(["1", "2"])),
            },
        ),
        max_size=8,
    ),
    st.sampled_from(["_phone", "a", "_a"]),
    st.lists(st.sampled_from(["1", "2"]), max_size=2),
    st.booleans(),
)
def test_the_index_finds_what_reading_all_finds(
    people: list[dict[str, Any]],
    key: str,
    values: list[str],
    early: bool,  # noqa: FBT001 - Hypothesis gives it
) -> None:
    """Whether it was made before they came or after; removing half of them leaves no trace."""
    domain = Domain()
    if early:
        found(domain, "_phone", "1")
    ids = domain.put_many({"ProfileId": f"{at:032x}", **each} for at, each in enumerate(people))
    found(domain, "_phone", "1")
    for each in ids[::2]:
        domain.remove(each)

    def has(profile: Profile) -> bool:
        attributes = profile.get("Attributes", {})
        said = [attributes.get(key), attributes.get(key[1:]) if key == "_a" else None]
        if key == "_phone":
            said += [profile.get("PhoneNumber"), profile.get("HomePhoneNumber")]
        return any(each in values for each in said)

    assert found(domain, key, *values) == [each for each in domain.ids if has(domain.get(each))]

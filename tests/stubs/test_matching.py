"""Differences between the request that a stub wants and the call that came."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY as MOCK_ANY

import pytest
from botocore.stub import ANY
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures.shapes import Node, nodes
from cp_fixtures.stubs.matching import differences

NODE = nodes().input("batch_get_profile")


def told(wanted: object, got: object, node: Node | None = NODE, *, ids_in_order: bool = False) -> list[str]:
    """The differences in words."""
    return [str(each) for each in differences(node, wanted, got, ids_in_order=ids_in_order)]


@pytest.mark.parametrize(
    ("wanted", "got", "differs"),
    [
        ({"DomainName": "a"}, {"DomainName": "a"}, []),
        ({"DomainName": "a"}, {"DomainName": "b"}, ["DomainName: wanted 'a', got 'b'"]),
        ({"DomainName": "a"}, {}, ["DomainName: wanted 'a', got nothing"]),
        ({}, {"DomainName": "a"}, ["DomainName: wanted nothing, got 'a'"]),
        ({"ProfileIds": ["a", "b"]}, {"ProfileIds": ["b", "a"]}, []),
        (
            {"ProfileIds": ["a", "b"]},
            {"ProfileIds": ["b", "c"]},
            ["ProfileIds: wanted the id 'a', got another 'c'"],
        ),
        ({"ProfileIds": ["a"]}, {"ProfileIds": ["a", "a"]}, ["ProfileIds: wanted no more ids, got the id 'a'"]),
        ({"ProfileIds": ["a", "a"]}, {"ProfileIds": ["a"]}, ["ProfileIds: wanted the id 'a', got a call without it"]),
        ({"ProfileIds": [1]}, {"ProfileIds": ["a"]}, ["ProfileIds[0]: wanted 1, got 'a'"]),
        ({"ProfileIds": ["a"]}, {"ProfileIds": "a"}, ["ProfileIds: wanted ['a'], got 'a'"]),
        (["a"], {"DomainName": "a"}, ["(top): wanted ['a'], got {'DomainName': 'a'}"]),
    ],
)
def test_each_difference_is_a_line(wanted: object, got: object, differs: list[str]) -> None:
    """Every place that differs is told with what was wanted and what was got; ids may come in any order."""
    assert told(wanted, got) == differs


@pytest.mark.parametrize(
    ("wanted", "got", "differs"),
    [
        ("abc", "a", "wanted the ids 'b', 'c', got a call without them"),
        ("abcdef", "a", "wanted the ids 'b', 'c' and 3 more, got a call without them"),
        ("a", "abcdef", "wanted no more ids, got the ids 'b', 'c' and 3 more"),
        ("a", "bcdef", "wanted the id 'a', got others 'b', 'c' and 3 more"),
        ("aab", "bcc", "wanted the ids 'a', 'a', got others 'c', 'c'"),
    ],
)
def test_however_many_ids_differ_it_is_one_line(wanted: str, got: str, differs: str) -> None:
    """The first two are shown, and the rest are counted."""
    assert told({"ProfileIds": list(wanted)}, {"ProfileIds": list(got)}) == [f"ProfileIds: {differs}"]


def test_ids_in_order_shows_which_one_is_out_of_order() -> None:
    """With ids_in_order the places are compared one by one."""
    wanted, got = {"ProfileIds": ["a", "b", "c"]}, {"ProfileIds": ["a", "c", "b"]}
    assert told(wanted, got, ids_in_order=True) == [
        "ProfileIds[1]: wanted 'b', got 'c'",
        "ProfileIds[2]: wanted 'c', got 'b'",
    ]
    assert told(wanted, wanted, ids_in_order=True) == []


def test_a_difference_deep_inside_is_told_at_its_place() -> None:
    """Dicts and lists of equal length are followed down; of lists of other lengths the whole is told."""
    wanted: dict[str, Any] = {"Filters": [{"Name": "a", "Values": [1, 2]}]}
    got: dict[str, Any] = {"Filters": [{"Name": "b", "Values": [1, 2, 3]}]}
    assert told(wanted, got, None) == [
        "Filters[0].Name: wanted 'a', got 'b'",
        "Filters[0].Values: wanted [1, 2], got [1, 2, 3]",
    ]


@pytest.mark.parametrize("anything", [ANY, MOCK_ANY])
def test_what_equals_everything_matches_everywhere(anything: object) -> None:
    """At the top, for a member, for one item, deep inside: the stub's side decides what it equals."""
    got = {"DomainName": "a", "ProfileIds": ["x", "y"], "Deep": {"List": [{"Name": "n"}]}}
    assert told(anything, got) == []
    assert told({"DomainName": anything, "ProfileIds": anything, "Deep": anything}, got) == []
    assert told({**got, "ProfileIds": ["x", anything], "Deep": {"List": [{"Name": anything}]}}, got) == []


def test_what_only_compares_equal_decides_by_itself() -> None:
    """Any object with its own __eq__ serves, and its repr is what was wanted."""

    class Short:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, str) and len(other) < 3

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return "<a short text>"

    assert told({"DomainName": Short()}, {"DomainName": "ab"}) == []
    assert told({"DomainName": Short()}, {"DomainName": "abc"}) == ["DomainName: wanted <a short text>, got 'abc'"]


def test_a_sensitive_value_is_not_shown() -> None:
    """Of values under a sensitive member the type and length only; that they differ is said all the same."""
    node = nodes().input("create_profile")
    told_of_name = told({"FirstName": "Ada"}, {"FirstName": "Grace"}, node)
    assert told_of_name == ["FirstName: wanted a str of length 3, got a str of length 5"]
    told_of_same_length = told({"FirstName": "Ada"}, {"FirstName": "Eve"}, node)
    assert told_of_same_length == ["FirstName: wanted a str of length 3, got another, a str of length 3"]


@pytest.mark.parametrize(
    ("wanted", "got", "differs"),
    [
        (
            {"Attributes": {"ssn 123-45": "x", "b": "1"}},
            {"Attributes": {"b": "2", "ssn 678-90": "x"}},
            [
                "Attributes[entry 0, a str of length 10]: wanted a str of length 1, got nothing",
                "Attributes[entry 0, a str of length 1]: wanted a str of length 1, got another, a str of length 1",
                "Attributes[entry 1, a str of length 10]: wanted nothing, got a str of length 1",
            ],
        ),
        (
            {"Address": {"Cty": "Springfield", "ssn 123-45": {"a": 1}}},
            {"Address": {}},
            [
                "Address.Cty: wanted a str of length 11, got nothing",
                "Address[entry 1, a str of length 10]: wanted a dict of length 1, got nothing",
            ],
        ),
        (
            {"FirstNam": ["Ada"]},
            {"FirstNam": ["Eve"]},
            ["FirstNam[0]: wanted a str of length 3, got another, a str of length 3"],
        ),
    ],
    ids=["a key of a map", "a member that there is not", "a parameter that there is not"],
)
def test_a_key_that_may_be_a_secret_is_not_shown(wanted: object, got: object, differs: list[str]) -> None:
    """As where a value is judged: its place, type and length; and nothing of what the model does not know."""
    assert told(wanted, got, nodes().input("update_profile")) == differs


def test_any_json_is_as_secret_as_the_member_that_holds_it() -> None:
    """Its keys and values are shown, or are not, at every depth."""
    wanted, got = {"a": [{"b": 1}]}, {"a": [{"b": 2}]}
    assert told(wanted, got, Node(name="open", type="document")) == ["a[0].b: wanted 1, got 2"]
    assert told(wanted, got, Node(name="secret", type="document", sensitive=True)) == [
        "[entry 0, a str of length 1][0][entry 0, a str of length 1]: wanted an int, got another, an int"
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=3),
    max_leaves=8,
)


@given(wanted=JSON, got=JSON)
def test_no_difference_means_equal(wanted: object, got: object) -> None:
    """Python's own == is the oracle, wherever no list of ids is concerned."""
    assert (told(wanted, got, None, ids_in_order=True) == []) == (wanted == got)
    assert told(wanted, wanted, None) == []


@given(first=st.lists(st.sampled_from("abc"), max_size=5), second=st.lists(st.sampled_from("abc"), max_size=5))
def test_ids_match_as_often_as_they_are_there(first: list[str], second: list[str]) -> None:
    """Sorting is the oracle: two lists of ids match if they are the same once sorted."""
    matches = told({"ProfileIds": first}, {"ProfileIds": second}) == []
    assert matches == (sorted(first) == sorted(second))

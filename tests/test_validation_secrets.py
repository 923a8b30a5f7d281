"""What the model calls sensitive is in no message, wherever it stands and whatever is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_values import ID, NOON, full, replaced, shape_of, structure, toy

from cp_fixtures.errors import InvalidResponse
from cp_fixtures.shapes import Node, nodes
from cp_fixtures.validation import check, find, validate

SECRET = "Zyxomma"  # noqa: S105 - no password, but a word that is nowhere else
NUMBER = 7340286195
TEXT = {"type": "string"}


def violations(value: object) -> list[str]:
    """What is found in a Profile."""
    return [str(violation) for violation in find(nodes().shape("Profile"), value)]


def secrets() -> st.SearchStrategy[Any]:
    """Values of any kind, each with the secret in it."""
    leaves = st.sampled_from([SECRET, SECRET * 200, f"{SECRET}\ud800", NUMBER, -NUMBER, SECRET.encode(), float(NUMBER)])
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.tuples(inner)
            | st.dictionaries(st.sampled_from([SECRET, f"a{SECRET} b", NUMBER, "City", "Phone", ID]), inner, min_size=1)
        ),
        max_leaves=4,
    )


def places(node: Node, value: Any, steps: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to all that is sensitive in a value, but for an enum: what was given for one is shown."""
    found = [steps] if node.sensitive and not node.enum else []
    for name, member in node.members.items():
        found += places(member, value[name], (*steps, name)) if name in value else []
    for index, item in enumerate(value if node.item else []):
        found += places(node.item, item, (*steps, index)) if node.item else []
    return found


RESPONSES = {
    operation: full(shape_of(operation, "output_shape"))
    for operation in ("batch_get_profile", "get_segment_membership")
}
PLACES = [
    (operation, place)
    for operation, response in RESPONSES.items()
    for node in [nodes().output(operation)]
    if node
    for place in places(node, response)
]


@given(st.sampled_from(PLACES), secrets())
def test_no_message_has_a_secret(place: tuple[str, tuple[str | int, ...]], secret: Any) -> None:
    """Whatever stands at or under a sensitive member, as a value, a key or a name: no message shows it."""
    operation, steps = place
    broken = replaced(RESPONSES[operation], steps, secret)
    message = str(InvalidResponse("It is wrong", validate(operation, broken, request={"ProfileIds": [ID]})))
    assert SECRET not in message
    assert str(NUMBER)[1:] not in message


@given(st.sampled_from(sorted(RESPONSES)), st.sampled_from(["Profiles", None]), secrets())
def test_nor_has_what_stands_in_the_place_of_a_container(operation: str, name: str | None, secret: Any) -> None:
    """A list of texts for a Profile, say, can be the Profile's data, though only its members are sensitive."""
    wrong = secret if not isinstance(secret, (dict, list)) else (secret,)
    message = "".join(map(str, validate(operation, {name: wrong} if name else wrong)))
    assert "wanted a " in message
    assert SECRET not in message
    assert str(NUMBER)[1:] not in message


@pytest.mark.parametrize(
    ("member", "value", "wanted"),
    [
        ("FirstName", "", "wanted at least 1 character, got 0 characters"),
        ("FirstName", "x" * 300, "wanted at most 255 characters, got 300 characters"),
        ("FirstName", 5, "wanted a string, got an int"),
        ("FirstName", None, "wanted a string, got None"),
        ("FirstName", True, "wanted a string, got a bool"),
        ("FirstName", "J\ud800", "wanted text without a lone surrogate, got a str of length 2"),
        ("Address", "Main Street", "wanted a dict, got a str of length 11"),
        ("Attributes", ["a"], "wanted a dict, got a list of length 1"),
        ("Gender", "MAIL", "wanted one of MALE, FEMALE, UNSPECIFIED, got 'MAIL'"),
    ],
)
def test_only_type_and_length_are_told(member: str, value: object, wanted: str) -> None:
    """What was given is described; for an enum, whose values the model lists, it is shown."""
    assert violations({member: value}) == [f"{member}: {wanted}"]


def test_an_entry_is_told_by_its_position() -> None:
    """A key of a sensitive map is data too: its position finds it, its length helps."""
    assert violations({"Attributes": {"fine": "x", "loyalty number": "", "": "x", 5: "x"}}) == [
        "Attributes[entry 1, a str of length 14]: wanted at least 1 character, got 0 characters",
        "Attributes[the key of entry 2, a str of length 0]: wanted at least 1 character, got 0 characters",
        "Attributes[the key of entry 3, an int]: wanted a string, got an int",
    ]


def test_an_unknown_name_is_shown_only_if_it_is_a_slip() -> None:
    """Near a member's name it is no data; any other is told by its position."""
    slip, other = violations({"Address": {"Ctiy": "x", "loyalty": "x"}})
    assert slip == "Address.Ctiy: wanted a member of Address (did you mean 'City' or 'County'?), got an unknown one"
    assert other == (
        "Address[entry 1, a str of length 7]: wanted a member of Address "
        "(Address1, Address2, Address3, Address4, City, County, State, Province and 2 more), got an unknown one"
    )


def test_sensitive_numbers_times_and_documents() -> None:
    """Every kind of value is hidden, in its own words."""
    node = toy(
        Top={**structure(Int="Int", Time="Time", Document="Document", Union="Union"), "sensitive": True},
        Int={"type": "integer", "max": 5},
        Time={"type": "timestamp"},
        Document={**structure(), "document": True},
        Union={**structure(A="Int", B="Int"), "union": True},
    ).shape("Top")
    value = {"Int": 77, "Time": "noon", "Document": {"a": [b"", {5: 1}]}, "Union": {"A": 1, "secret": 1}}
    (naive,) = find(node, {"Time": NOON.replace(tzinfo=None)})
    assert naive.got == "a naive datetime"
    assert [str(violation) for violation in find(node, value)] == [
        "Int: wanted at most 5, got an int",
        "Time: wanted a datetime with a time zone, got a str of length 4",
        "Document[entry 0, a str of length 1][0]: wanted a JSON value, got bytes of length 0",
        "Document[entry 0, a str of length 1][1][the key of entry 0, an int]: wanted a string, got an int",
        "Union: wanted exactly one of A, B, got A and an unknown one",
        "Union[entry 1, a str of length 6]: wanted a member of Union (A, B), got an unknown one",
    ]


def test_an_exception_tells_no_more() -> None:
    """The whole message of a check, as it stands in a log."""
    with pytest.raises(InvalidResponse) as raised:
        check("batch_get_profile", {"Profiles": [{"FirstName": [SECRET], "Address": {"City": {"x": SECRET}}}]})
    assert SECRET not in str(raised.value)
    assert "Profiles[0].Address.City: wanted a string, got a dict of length 1" in str(raised.value)

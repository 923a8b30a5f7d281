"""Copies: of anything, as botocore's parser would make it, and by the shape."""

from __future__ import annotations

import datetime as dt
import enum
import sys
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cp_fixtures import UsageError, strategies
from cp_fixtures.exchanges.copying import Original, copied, parsed
from cp_fixtures.exchanges.values import comparable
from cp_fixtures.shapes import Node, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)


class Colour(str, enum.Enum):
    """A text that is an enum's member."""

    RED = "red"


def test_a_copy_shares_nothing() -> None:
    """Dicts, lists, tuples and byte arrays are new ones, and plain; an open stream stays what it is."""
    stream = object()
    value: dict[str, Any] = OrderedDict(list=[{"a": 1}], tuple=({"b": 2},), bytes=bytearray(b"x"), stream=stream)
    copy = copied(value)
    assert copy == {"list": [{"a": 1}], "tuple": ({"b": 2},), "bytes": bytearray(b"x"), "stream": stream}
    assert type(copy) is dict
    value["list"][0]["a"] = value["tuple"][0]["b"] = 9
    value["bytes"].clear()
    assert copy == {"list": [{"a": 1}], "tuple": ({"b": 2},), "bytes": bytearray(b"x"), "stream": stream}


def test_an_original_is_copied_again_and_again() -> None:
    """A copy is what `copied` makes, whatever is inside, and nothing of it is shared with the next, or the original."""
    stream = object()
    value = {"a": [{"b": ({"c": [1]}, 2)}, stream, NOON], "bytes": bytearray(b"x"), "empty": [{}], Colour.RED: None}
    original = Original(value)
    original.put("more", {"headers": {"date": "x"}})
    first, second = original.copy(), original.copy()
    assert first == second == copied(original.value) == {**value, "more": {"headers": {"date": "x"}}}
    assert {*containers(first)} & (
        {*containers(second)} | {*containers(original.value)} | {*containers(value)}
    ) == set()
    assert [*first] == ["a", "bytes", "empty", "red", "more"]


def containers(value: Any) -> Iterator[int]:
    """Each object in a value that can be changed, by its id."""
    if isinstance(value, (dict, list, bytearray)):
        yield id(value)
    if isinstance(value, (dict, list, tuple)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)


def test_a_parsed_value() -> None:
    """Members of enums are the texts and numbers that they stand for, as keys too; the rest is as in a copy."""

    class Status(enum.IntEnum):
        GONE = 404

    value = {Colour.RED: [Colour.RED, Status.GONE, True, None, 1.5, NOON], "bytes": bytearray(b"x")}
    made = parsed(value)
    assert repr(made) == repr({"red": ["red", 404, True, None, 1.5, NOON], "bytes": bytearray(b"x")})
    assert made["bytes"] is not value["bytes"]
    assert comparable({Colour.RED: Colour.RED}) == {"red": "red"}


def test_a_value_inside_itself() -> None:
    """A dict that holds itself is refused in words, and not with Python's RecursionError."""
    value: dict[str, object] = {}
    value["again"] = [value]
    with pytest.raises(UsageError) as raised:
        copied(value)
    assert str(raised.value) == (
        "This dict holds itself, or is nested deeper than Python can follow. It could be neither copied nor sent. "
        "Give one that ends."
    )


def test_a_copy_from_too_deep_down() -> None:
    """What could be copied when it was made, and cannot be from where Python has no room left, is refused in words."""
    deep: dict[str, Any] = {}
    for _ in range(sys.getrecursionlimit() // 3):
        deep = {"a": deep}
    original = Original(deep)

    def copied_below(frames: int) -> Any:
        return copied_below(frames - 1) if frames else original.copy()

    assert original.copy() == deep
    with pytest.raises(UsageError, match=r"^This dict holds itself, or is nested deeper than Python can follow\. "):
        copied_below(sys.getrecursionlimit() * 3 // 4)


@given(strategies.responses("get_segment_membership"))
def test_a_member_is_copied_by_its_shape(response: dict[str, Any]) -> None:
    """Where a legal member is nobody else's it is taken as it is; each copy is another, and shares nothing."""
    output = nodes().output("get_segment_membership")
    assert output is not None
    response = {"Profiles": [], **response}
    original = Original(response, own=("Profiles", output.members["Profiles"]))
    assert original.value["Profiles"] is response["Profiles"]
    copy = original.copy()
    assert copy == response
    assert not {*containers(copy)} & {*containers(response)}


LEAF, STREAM = Node(name="Leaf", type="string"), Node(name="Stream", type="blob")
TREE = Node(name="Tree", type="structure", members=(branches := {"Name": LEAF}))
branches["Left"] = TREE
branches["Stream"] = STREAM
branches["Byname"] = Node(name="Byname", type="map", key=LEAF, value=TREE)
branches["Names"] = Node(name="Names", type="list", item=LEAF)


def test_a_shape_that_holds_itself() -> None:
    """It is copied as deep as the value goes, with maps, lists and bytes in it."""
    tree = {"Names": ["a"], "Byname": {"b": {"Name": "c", "Stream": bytearray(b"d")}}, "Left": {"Left": {}}}
    original = Original({"Tree": tree}, own=("Tree", TREE))
    copy = original.copy()
    assert copy == {"Tree": tree}
    assert not {*containers(copy)} & {*containers(tree)}


FLAT = Node(name="Flat", type="structure", members={"A'": LEAF})
OWN: list[tuple[Node, Any]] = [
    (Node(name="Lists", type="list", item=Node(name="List", type="list", item=FLAT)), [[{"A'": "a"}], []]),
    (Node(name="Maps", type="map", key=LEAF, value=Node(name="Map", type="map", key=LEAF, value=LEAF)), {"a": {}}),
    (Node(name="Any", type="structure", members={'"': Node(name="Any", type="document")}), {'"': {"a": [{}]}}),
    (FLAT, {"A'": "a"}),
    (Node(name="Texts", type="list", item=LEAF), ["a"]),
]


@pytest.mark.parametrize(("node", "value"), OWN, ids=[node.name for node, _ in OWN])
def test_whatever_holds_whatever(node: Node, value: Any) -> None:
    """Lists in lists, maps in maps, JSON of any kind, names of any letters."""
    copy = Original({"Own": value}, own=("Own", node)).copy()
    assert copy == {"Own": value}
    assert not {*containers(copy)} & {*containers(value)}

"""Each rule of a shape, broken alone, with its whole message; and what is legal though it looks odd."""

from __future__ import annotations

import datetime as dt
import enum
import io
import math
from collections import OrderedDict, defaultdict
from decimal import Decimal
from typing import Any

import pytest
from freezegun import freeze_time
from shape_values import NOON, structure, toy

from cp_fixtures.errors import UncheckedWarning, UsageError
from cp_fixtures.shapes import Node
from cp_fixtures.validation import CODES, find, rules

TEXT = {"type": "string"}
HEADER = {"shape": "Text", "jsonvalue": True, "location": "header", "locationName": "X-Json"}
NODES = toy(
    Text=TEXT,
    Name={"type": "string", "min": 1, "max": 3},
    Hex={"type": "string", "pattern": "^[a-f]+$"},
    Colour={"type": "string", "enum": ["RED", "BLUE"]},
    Character={"type": "character"},
    Integer={"type": "integer", "min": 1, "max": 9},
    Wide={"type": "integer"},
    Long={"type": "long"},
    Float={"type": "float", "min": 0, "max": 1.5},
    Broad={"type": "float"},
    Double={"type": "double"},
    Boolean={"type": "boolean"},
    Time={"type": "timestamp"},
    Blob={"type": "blob", "min": 2, "max": 3},
    File={"type": "blob", "streaming": True, "min": 2, "max": 3},
    Names={"type": "list", "member": {"shape": "Name"}, "min": 1, "max": 2},
    Map={"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Integer"}, "min": 1, "max": 2},
    Pair=structure("Left", "Right", Left="Name", Right="Pairs"),
    Pairs={"type": "list", "member": {"shape": "Pair"}},
    Empty=structure(),
    Either={**structure(A="Text", B="Text"), "union": True},
    Document={**structure(), "document": True},
    Header={"type": "structure", "members": {"Json": HEADER}},
    Events={**structure(A="Event"), "eventstream": True},
    Event={**structure(Name="Name"), "event": True},
)


class Colour(str, enum.Enum):
    """A str-Enum, as people write it for an enum of the service."""

    CRIMSON = "RED"
    GREEN = "GREEN"


class Figure(enum.IntEnum):
    """An IntEnum."""

    FIVE = 5
    TEN = 10


class Text(str):
    """A text of one's own."""

    __slots__ = ()


class Items(list[Any]):
    """A list of one's own."""


class Broken:
    """An object that cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


def messages(shape: str, value: object) -> list[str]:
    """What is found, in words."""
    return [str(violation) for violation in find(NODES.shape(shape), value)]


DAWN = dt.datetime(2025, 6, 1, 6, 30)  # noqa: DTZ001 - naive is what it is about
TYPES = [
    ("Text", None, "a string, got None"),
    ("Text", 5, "a string, got the int 5"),
    ("Text", b"x", "a string, got the bytes b'x'"),
    ("Text", Broken(), "a string, got the Broken <Broken, whose repr fails>"),
    ("Character", 5, "a string, got the int 5"),
    ("Integer", True, "an integer, got the bool True"),
    ("Integer", 5.0, "an integer, got the float 5.0"),
    ("Integer", "5", "an integer, got the str '5'"),
    ("Long", False, "an integer, got the bool False"),
    ("Float", True, "a number, got the bool True"),
    ("Float", Decimal(1), "a number, got the Decimal Decimal('1')"),
    ("Double", "1.5", "a number, got the str '1.5'"),
    ("Boolean", 1, "True or False, got the int 1"),
    ("Boolean", "true", "True or False, got the str 'true'"),
    ("Time", "2025-06-01T12:00:00Z", "a datetime with a time zone, got the str '2025-06-01T12:00:00Z'"),
    ("Time", dt.date(2025, 6, 1), "a datetime with a time zone, got the date datetime.date(2025, 6, 1)"),
    ("Time", 1748779200, "a datetime with a time zone, got the int 1748779200"),
    ("Blob", "text", "bytes, got the str 'text'"),
    ("Blob", memoryview(b"ab")[:0].tolist(), "bytes, got the list []"),
    ("File", "text", "bytes or an open binary file, got the str 'text'"),
    ("Names", ("a",), "a list, got the tuple ('a',)"),
    ("Names", {"a"}, "a list, got the set {'a'}"),
    ("Map", [("a", 1)], "a dict, got the list [('a', 1)]"),
    ("Pair", [], "a dict, got the list []"),
    ("Pair", None, "a dict, got None"),
    ("Document", ("a",), "a JSON value, got the tuple ('a',)"),
    (
        "Document",
        NOON,
        "a JSON value, got the datetime datetime.datetime(2025, 6, 1, 12, 0, tzinfo=datetime.timezone.utc)",
    ),
    ("Events", 5, "an iterable of events, got the int 5"),
    ("Events", "text", "an iterable of events, got the str 'text'"),
]


@pytest.mark.parametrize(("shape", "value", "wanted"), TYPES)
def test_a_wrong_type(shape: str, value: object, wanted: str) -> None:
    """Only botocore's own type will do; nothing else is then said of the value."""
    assert messages(shape, value) == [f"(top): wanted {wanted}"]
    assert [violation.rule for violation in find(NODES.shape(shape), value)] == ["type"]


LIMITS = [
    ("Name", "", "min", "at least 1 character, got 0 characters"),
    ("Name", "abcd", "max", "at most 3 characters, got 4 characters"),
    ("Name", "\U0001f600" * 4, "max", "at most 3 characters, got 4 characters"),
    ("Hex", "xyz", "pattern", "a match of ^[a-f]+$, got 'xyz'"),
    ("Hex", "abc\n", "pattern", "a match of ^[a-f]+$, got 'abc\\n'"),
    ("Hex", "a" * 99 + "\n", "pattern", f"a match of ^[a-f]+$, got '{'a' * 76}... (100 characters)"),
    ("Colour", "GREEN", "enum", "one of RED, BLUE, got 'GREEN'"),
    ("Colour", "red", "enum", "one of RED, BLUE, got 'red'"),
    ("Colour", Colour.GREEN, "enum", "one of RED, BLUE, got <Colour.GREEN: 'GREEN'>"),
    ("Text", "a\ud800b", "unicode", "text without a lone surrogate, got 'a\\ud800b'"),
    ("Text", "\udc00", "unicode", "text without a lone surrogate, got '\\udc00'"),
    ("Integer", 0, "min", "at least 1, got 0"),
    ("Integer", 10, "max", "at most 9, got 10"),
    ("Integer", Figure.TEN, "max", "at most 9, got <Figure.TEN: 10>"),
    ("Wide", 2**31, "width", "an integer of 32 bits, got 2147483648"),
    ("Wide", -(2**31) - 1, "width", "an integer of 32 bits, got -2147483649"),
    ("Long", 2**63, "width", "an integer of 64 bits, got 9223372036854775808"),
    ("Long", -(2**63) - 1, "width", "an integer of 64 bits, got -9223372036854775809"),
    ("Float", -0.1, "min", "at least 0, got -0.1"),
    ("Float", 2, "max", "at most 1.5, got 2"),
    ("Broad", 1e39, "width", "a number between -3.4e+38 and 3.4e+38, got 1e+39"),
    ("Double", -(10**309), "width", f"a number between -1.8e+308 and 1.8e+308, got -1{'0' * 75}... (311 characters)"),
    ("Double", math.nan, "finite", "a finite number, got nan"),
    ("Double", math.inf, "finite", "a finite number, got inf"),
    ("Broad", -math.inf, "finite", "a finite number, got -inf"),
    ("Float", math.nan, "finite", "a finite number, got nan"),
    ("Time", DAWN, "timezone", f"a datetime with a time zone, got the naive {DAWN!r}"),
    ("Blob", b"1", "min", "at least 2 bytes, got 1 byte"),
    ("Blob", bytearray(b"1234"), "max", "at most 3 bytes, got 4 bytes"),
    ("File", b"1234", "max", "at most 3 bytes, got 4 bytes"),
    ("Names", [], "min", "at least 1 item, got 0 items"),
    ("Names", ["a", "b", "c"], "max", "at most 2 items, got 3 items"),
    ("Map", {}, "min", "at least 1 entry, got 0 entries"),
    ("Map", {"a": 1, "b": 2, "c": 3}, "max", "at most 2 entries, got 3 entries"),
    ("Either", {}, "union", "exactly one of A, B, got none"),
    ("Either", {"A": "", "B": ""}, "union", "exactly one of A, B, got A and B"),
    ("Document", math.nan, "finite", "a finite number, got nan"),
    ("Document", "\ud800", "unicode", "text without a lone surrogate, got '\\ud800'"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "value", "rule", "wanted"), LIMITS)
def test_a_broken_limit(shape: str, value: object, rule: str, wanted: str) -> None:
    """One limit is broken, and that one is told."""
    assert messages(shape, value) == [f"(top): wanted {wanted}"]
    assert [violation.rule for violation in find(NODES.shape(shape), value)] == [rule]


PLACES: list[tuple[str, object, list[str]]] = [
    ("Names", ["a", "", 5], [
        "(top): wanted at most 2 items, got 3 items",
        "[1]: wanted at least 1 character, got 0 characters",
        "[2]: wanted a string, got the int 5",
    ]),
    ("Map", {"": 1}, ["[the key '']: wanted at least 1 character, got 0 characters"]),
    ("Map", {5: 1}, ["[the key 5]: wanted a string, got the int 5"]),
    ("Map", {5: 0, "a": 10}, [
        "[the key 5]: wanted a string, got the int 5",
        "[5]: wanted at least 1, got 0",
        "a: wanted at most 9, got 10",
    ]),
    ("Map", {"a b": 0}, ["['a b']: wanted at least 1, got 0"]),
    ("Map", {None: 1}, ["[the key None]: wanted a string, got None"]),
    ("Pair", {}, [
        "Left: wanted a string, which Pair requires, got nothing",
        "Right: wanted a list, which Pair requires, got nothing",
    ]),
    ("Pair", {"Left": "a", "Rihgt": []}, [
        "Right: wanted a list, which Pair requires, got nothing",
        "Rihgt: wanted a member of Pair (did you mean 'Right'?), got an unknown one",
    ]),
    ("Pair", {"Left": "", "Right": [None, {"Left": "a", "Right": [], "Up": 1}]}, [
        "Left: wanted at least 1 character, got 0 characters",
        "Right[0]: wanted a dict, got None",
        "Right[1].Up: wanted a member of Pair (Left, Right), got an unknown one",
    ]),
    ("Pair", {"Left": "a", "Right": [], 5: 1}, ["[5]: wanted a member of Pair (Left, Right), got an unknown one"]),
    ("Empty", {"A": 1}, ["A: wanted a member of Empty (it has none), got an unknown one"]),
    ("Either", {"A": "", "C": 1}, [
        "(top): wanted exactly one of A, B, got A and an unknown one",
        "C: wanted a member of Either (A, B), got an unknown one",
    ]),
    ("Either", {"A": None}, ["A: wanted a string, got None"]),
    ("Header", {"Json": [1, b""]}, ["Json[1]: wanted a JSON value, got the bytes b''"]),
    ("Document", {"a": [1, {"b": (1,)}], 5: None}, [
        "a[1].b: wanted a JSON value, got the tuple (1,)",
        "[the key 5]: wanted a string, got the int 5",
    ]),
    ("Document", {"\ud800": 1}, ["[the key '\\ud800']: wanted text without a lone surrogate, got '\\ud800'"]),
    ("Events", [{"A": {"Name": "a"}}, {"A": {"Name": ""}}, {"B": {}}], [
        "[1].A.Name: wanted at least 1 character, got 0 characters",
        "[2].B: wanted a member of Events (A), got an unknown one",
    ]),
    ("Events", {"A": {"Name": ""}}, ["A.Name: wanted at least 1 character, got 0 characters"]),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "value", "wanted"), PLACES)
def test_every_place_is_told(shape: str, value: object, wanted: list[str]) -> None:
    """All violations, a value's own before those inside it, then in the value's order."""
    assert messages(shape, value) == wanted


LEGAL: list[tuple[str, object]] = [
    ("Text", ""),
    ("Text", "\0"),
    ("Text", "\U0010ffff\ufffe"),
    ("Text", Text("x")),
    ("Text", "x" * 300),
    ("Name", "\U0001f600" * 3),
    ("Name", "\0\0\0"),
    ("Colour", Colour.CRIMSON),
    ("Colour", Text("RED")),
    ("Integer", Figure.FIVE),
    ("Wide", 2**31 - 1),
    ("Wide", -(2**31)),
    ("Long", 2**63 - 1),
    ("Long", -(2**63)),
    ("Float", 1),
    ("Float", 5e-324),
    ("Broad", 3.4e38),
    ("Double", -1.7976931348623157e308),
    ("Double", 10**308),
    ("Boolean", False),
    ("Time", NOON),
    ("Time", dt.datetime.max.replace(tzinfo=dt.timezone.utc)),
    ("Time", NOON.replace(tzinfo=dt.timezone(dt.timedelta(minutes=45)))),
    ("Blob", bytearray(b"12")),
    ("File", io.BytesIO(b"")),
    ("File", b"12"),
    ("Names", Items(["a"])),
    ("Map", OrderedDict(a=1)),
    ("Map", defaultdict(int, a=1)),
    ("Pair", OrderedDict(Left="a", Right=[{"Left": "b", "Right": []}])),
    ("Empty", {}),
    ("Either", {"B": ""}),
    ("Document", None),
    ("Document", {"a": [None, True, 2**70, 1.5, "x", {}]}),
    ("Header", {"Json": {"a": 1}}),
    ("Events", iter([{"A": {}}])),
    ("Events", []),
]


@pytest.mark.parametrize(("shape", "value"), LEGAL)
def test_what_is_legal(shape: str, value: object) -> None:
    """Subclasses are what they derive from; limits are inclusive; NUL and astral characters are characters."""
    assert messages(shape, value) == []


def test_a_clock_that_stands_still() -> None:
    """Freezegun's datetime is a datetime, aware or naive as the real one is."""
    with freeze_time("2025-06-01"):
        assert messages("Time", dt.datetime.now(dt.timezone.utc)) == []
        (found,) = find(NODES.shape("Time"), dt.datetime.now())  # noqa: DTZ005 - naive is what it is about
    assert (found.rule, found.got) == ("timezone", "the naive FakeDatetime(2025, 6, 1, 0, 0)")


def nested(depth: int) -> dict[str, Any]:
    """A Pair in a Pair in a Pair ..."""
    pair: dict[str, Any] = {"Left": "a", "Right": []}
    for _ in range(depth):
        pair = {"Left": "a", "Right": [pair]}
    return pair


def test_a_value_inside_itself() -> None:
    """It has no end; that is said in one line, of a structure as of a document."""
    circle: dict[str, Any] = {"Left": "a", "Right": []}
    circle["Right"].append(circle)
    wanted = ["(top): wanted a value that Python can follow to its ends, got one nested too deep"]
    assert messages("Pair", circle) == messages("Document", circle) == messages("Pair", nested(10**4)) == wanted
    assert {violation.rule for violation in find(NODES.shape("Pair"), circle)} == {"depth"}


def test_a_deep_value_is_legal() -> None:
    """A hundred levels are nothing."""
    assert messages("Pair", nested(100)) == []


def test_nothing_is_changed() -> None:
    """A value is looked at, and not touched."""
    value = {"Left": "", "Right": [{"Up": 1}]}
    find(NODES.shape("Pair"), value)
    assert value == {"Left": "", "Right": [{"Up": 1}]}


def test_a_type_that_nobody_knows() -> None:
    """A model of the future is refused by name, with what to do."""
    with pytest.raises(UsageError) as raised:
        find(Node(name="Wave", type="bigdecimal"), 5)
    assert str(raised.value) == (
        "The shape Wave is of the type 'bigdecimal'. The types that can be checked are structure, map, list, string, "
        "character, integer, long, float, double, boolean, timestamp, blob, document, events. "
        "Use an operation without it, or a newer cp-fixtures."
    )


def test_a_pattern_that_cannot_be_read() -> None:
    """What Python cannot express is not checked, which is said, and the other limits are."""
    node = Node(name="Odd", type="string", pattern=r"\p{Script=Nonsense}", max=3)
    with pytest.warns(UncheckedWarning, match=r"^The pattern .* cannot be read\..* It is not checked\.$"):
        assert find(node, "abc") == []
    assert [violation.rule for violation in find(node, "abcd")] == ["max"]


def test_the_rules_of_a_node() -> None:
    """In the order in which they are told, the type's first; each can be asked alone."""
    node = NODES.shape("Name")
    assert [(rule.code, rule.wanted) for rule in rules(node)] == [
        ("type", "a string"),
        ("unicode", "text without a lone surrogate"),
        ("min", "at least 1 character"),
        ("max", "at most 3 characters"),
    ]
    assert [rule.holds("abcd") for rule in rules(node)] == [True, True, True, False]


def test_every_rule_of_a_shape_is_seen_to_fail() -> None:
    """No code of a shape's rules is missing in the tables above."""
    seen = {violation.rule for shape, value, _ in PLACES for violation in find(NODES.shape(shape), value)}
    of_requests = {"outcome_missing", "outcome_unasked", "outcome_twice", "echo", "nested_id"}
    assert seen | {rule for _, _, rule, _ in LIMITS} | {"depth"} == CODES.keys() - of_requests

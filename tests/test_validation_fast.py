"""The functions that pass what is surely legal: never what the full check refuses, and nearly all that it does not."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from enum import Enum
from types import MappingProxyType
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shape_values import BOTH, NOON, replaced, shape_of, tops
from test_validation_oracles import nearly_legal
from test_validation_rules import LEGAL, LIMITS, NODES, PLACES, TYPES

from cp_fixtures import strategies
from cp_fixtures.breaches import breaches
from cp_fixtures.cases import invalid_requests, invalid_responses
from cp_fixtures.cases.making import Style, made
from cp_fixtures.errors import UncheckedWarning
from cp_fixtures.service import service_model
from cp_fixtures.shapes import Node, Nodes, nodes
from cp_fixtures.validation import find, rules
from cp_fixtures.validation.fast import surely_legal, written
from cp_fixtures.validation.rules import joined
from cp_fixtures.validation.values import _check_of

OPERATIONS = [service_model().operation_model(name) for name in service_model().operation_names]
ENDS = sorted({shape.name for each in OPERATIONS for shape in (each.input_shape, each.output_shape) if shape})
EVERY = [(shape, value) for shape, value, *_ in [*TYPES, *LIMITS, *PLACES, *LEGAL]]


def verdicts(node: Node, value: object) -> tuple[bool, bool]:
    """Whether the fast function passes a value, and whether the full check does."""
    return written(node, _check_of)(value), not _check_of(node)(value)


@pytest.mark.parametrize(("shape", "value"), EVERY)
def test_odd_values_pass_only_if_they_are_legal(shape: str, value: object) -> None:
    """Each value of the tables of rules, alone and as a member, an item and an entry of a map."""
    node = NODES.shape(shape)
    for around, put in [
        (node, value),
        (Node(name="Around", type="structure", members={"It": node}), {"It": value}),
        (Node(name="All", type="list", item=node), [value]),
        (Node(name="Named", type="map", key=NODES.shape("Text"), value=node), {"a": value}),
    ]:
        fast, slow = verdicts(around, put)
        assert slow or not fast


PLAIN = [
    ("Text", "ü\U0001f600"),
    ("Name", "abc"),
    ("Colour", "RED"),
    ("Integer", 9),
    ("Long", 2**63 - 1),
    ("Float", 1),
    ("Double", 1.5),
    ("Boolean", False),
    ("Time", NOON),
    ("Blob", bytearray(b"12")),
    ("Names", ["a"]),
    ("Map", {"a": 1}),
    ("Pair", {"Left": "a", "Right": [{"Left": "b", "Right": []}]}),
    ("Either", {"B": ""}),
    ("Header", {"Json": {"a": [None]}}),
    ("Events", [{"A": {"Name": "a"}}]),
]


@pytest.mark.parametrize(("shape", "value"), PLAIN)
def test_what_is_legal_and_plain_passes(shape: str, value: object) -> None:
    """Of built-in types nothing legal is left to the full check."""
    assert verdicts(NODES.shape(shape), value) == (True, True)


class Word(str, Enum):
    """A str-Enum, as people write it."""

    CITY = "City"


class Sly(str):
    """A str that says that it is short and not empty, and is neither."""

    __slots__ = ()

    def __len__(self) -> int:
        return 3

    def isascii(self) -> bool:
        """Whether it is, so it says."""
        return True


class Full(dict[str, Any]):
    """A dict that says that it has all members."""

    def get(self, _name: str, _other: object = None) -> Any:
        """Something short and legal."""
        return "x"


ADDRESSES: list[Any] = [
    None,
    (),
    Full(),
    Full(dict.fromkeys(nodes().shape("Address").members, "")),
    MappingProxyType({"City": "Ulm"}),
    OrderedDict(City=""),
    {"City": None},
    {"City": ""},
    {"City": "x" * 256},
    {"City": Sly("")},
    {"City": Sly("x" * 256)},
    {"City": Word.CITY},
    {"City": b"Ulm"},
    {"City": "Ulm\ud800"},
    {"City": 5},
    {"City": True},
    {"City": ["Ulm"]},
    {"city": "Ulm"},
    {"City": "Ulm", "Planet": "Earth"},
    {"City": None, "Planet": "Earth"},
    {"City": "Ulm", 5: "x"},
    {"City": "Ulm", None: None},
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_structure_with_something_odd_does_not_pass_unless_it_is_legal(address: object) -> None:
    """Neither a class of one's own, nor None, nor a key that is no member, gets by; and none of them is plain."""
    fast, slow = verdicts(nodes().shape("Address"), address)
    assert slow or not fast
    assert not fast


@pytest.mark.parametrize("name", [Word.CITY, Sly("City")])
def test_a_name_that_is_a_text_of_one_s_own(name: str) -> None:
    """It is the member's name for whoever looks it up, and nothing more is asked of it."""
    assert verdicts(nodes().shape("Address"), {name: "Ulm"}) == (True, True)


@pytest.mark.parametrize("value", [True, math.nan, math.inf, 2**200, 1e39, "1", None])
def test_odd_numbers(value: object) -> None:
    """A bool is no number, and what does not fit its bits does not pass."""
    for shape in ("Wide", "Long", "Broad", "Double", "Integer", "Float"):
        fast, slow = verdicts(NODES.shape(shape), value)
        assert fast == slow


@pytest.mark.parametrize("shape", ENDS)
def test_every_single_fault_of_every_operation_is_refused(shape: str) -> None:
    """A full value of each end of each operation passes; with one fault it does not."""
    node = nodes().shape(shape)
    legal = made(node, Style(), "")
    assert verdicts(node, legal) == (True, True)
    faulty = {str(each): replaced(legal, each.at, each.put) for each in breaches(node, legal)}
    assert {words: verdicts(node, value) for words, value in faulty.items()} == dict.fromkeys(faulty, (False, False))


@pytest.mark.parametrize("shape", ENDS)
def test_what_is_drawn_passes(shape: str) -> None:
    """Nothing that is legal at an end of an operation is left to the full check."""

    @settings(max_examples=10)
    @given(strategies.from_shape(shape))
    def check(value: Any) -> None:
        assert verdicts(nodes().shape(shape), value) == (True, True)

    check()


@pytest.mark.parametrize(("operation", "end"), sorted(tops()))
@given(data=st.data())
def test_both_say_the_same_of_what_is_nearly_legal(operation: str, end: str, data: st.DataObject) -> None:
    """With members missing, unknown, at a limit, beyond it, or junk, of built-in types: legal or not, as one."""
    shape = shape_of(operation, end)
    fast, slow = verdicts(nodes().shape(shape.name), data.draw(nearly_legal(shape)))
    assert fast == slow


@pytest.mark.parametrize("operation", BOTH)
def test_the_lists_of_invalid_cases(operation: str) -> None:
    """No request or response that breaks its shape passes."""
    requests = [(nodes().input(operation), case.value) for case in invalid_requests(operation)]
    responses = [
        (nodes().output(operation), without_metadata(case.value.response)) for case in invalid_responses(operation)
    ]
    said = [verdicts(cast("Node", node), value) for node, value in (*requests, *responses)]
    assert said.count((False, False)) > 100
    assert (True, False) not in said


def without_metadata(response: Any) -> dict[str, Any]:
    """A response without what botocore adds to it."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def fresh(shape: str = "Pair") -> Node:
    """A node of which no value has been met."""
    return Nodes(NODES.model).shape(shape)


@pytest.mark.parametrize(("inside", "first"), [(0, 199), (1, 99), (19, 9)])
def test_it_is_written_when_it_pays(inside: int, first: int) -> None:
    """After two hundred values, those in a list counted, some are passed; what is written is kept then."""
    node = fresh()
    value = {"Left": "a", "Right": [{"Left": "b", "Right": []}] * inside}
    passed = [surely_legal(node, value, _check_of)(value) for _ in range(first + 3)]
    assert passed == [False] * first + [True] * 3
    assert surely_legal(node, value, _check_of) is written(node, _check_of)


def test_violations_are_the_same_before_and_after() -> None:
    """Who asks does not see when it is written: the same records in the same order."""
    node, value = fresh(), {"Left": "", "Right": [None, {"Up": 1}], 5: 1}
    found = [find(node, value) for _ in range(99)]
    assert found == [found[0]] * 99
    assert surely_legal(node, value, _check_of) is written(node, _check_of)
    assert [violation.rule for violation in found[0]] == ["min", "type", "required", "required", "unknown", "unknown"]


def test_a_value_inside_itself() -> None:
    """It has no end, for the functions as for the full check."""
    circle: dict[str, Any] = {"Left": "a", "Right": []}
    circle["Right"].append(circle)
    node = fresh()
    written(node, _check_of)
    assert [violation.rule for violation in find(node, circle)] == ["depth"]


def test_a_structure_written_before_is_used_again() -> None:
    """What lies inside and has its function keeps it."""
    made_of = Nodes(NODES.model)
    inner = written(made_of.shape("Pair"), _check_of)
    node = made_of.shape("Pairs")
    assert written(node, _check_of)([{"Left": "a", "Right": []}])
    assert written(made_of.shape("Pair"), _check_of) is inner


class Loud(bytes):
    """Bytes that say that they are something."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


@pytest.mark.parametrize("streaming", [False, True])
def test_bytes_of_one_s_own_are_counted(streaming: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Only of built-in types is what is not empty known to be true."""
    node = Node(name="Blob", type="blob", min=1, streaming=streaming)
    assert verdicts(node, Loud(b"")) == (False, False)


HOSTILE = '\'] or exit() #\n"""\\'


def test_no_text_of_a_model_is_run() -> None:
    """Names, values of enums and patterns stay what they are, whatever stands in them."""
    text = Node(name=HOSTILE, type="string", enum=(HOSTILE,), pattern=re.escape(HOSTILE[:4]), min=1, max=99)
    node = Node(name=HOSTILE, type="structure", members={HOSTILE: text}, required=(HOSTILE,))
    assert verdicts(node, {HOSTILE: HOSTILE}) == (True, True)
    assert verdicts(node, {HOSTILE: HOSTILE[:-1]}) == (False, False)
    assert verdicts(node, {}) == (False, False)


def test_limits_that_have_no_literal() -> None:
    """Only a whole number is written out: there is none by the name of inf."""
    node = Node(name="Endless", type="double", min=-math.inf, max=math.inf)
    assert verdicts(node, 1.5) == (True, True)


def test_a_required_member_that_the_model_does_not_have() -> None:
    """No value has it and is legal."""
    node = Node(name="Odd", type="structure", required=("Gone",))
    assert verdicts(node, {}) == verdicts(node, {"Gone": 1}) == (False, False)


def test_a_pattern_that_cannot_be_read_is_told_once() -> None:
    """The rules are read once for both."""
    node = Node(name="Odd", type="string", pattern=r"\p{Script=Nonsense}", max=3)
    with pytest.warns(UncheckedWarning) as told:
        assert [find(node, "abc") for _ in range(250)] == [[]] * 250
    assert len(told) == 1


@pytest.mark.parametrize("shape", [*NODES.model.shape_names])
def test_a_quick_test_passes_no_more_than_the_rule(shape: str) -> None:
    """Each rule's own two tests, side by side, of whatever has passed the rules before it."""
    node = NODES.shape(shape)
    for value in [value for _, value in EVERY]:
        for rule in rules(node):
            quick = joined([rule._replace(test=rule.quick or rule.test)], lambda _: False, fine=True)
            assert rule.holds(value) or not quick(value)
            if not quick(value):
                break

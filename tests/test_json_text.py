"""JSON read from a stream: the values that Python reads, each with the line on which it stands."""

from __future__ import annotations

import io
import json
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import json_text
from cp_fixtures.errors import Words
from cp_fixtures.json_text import JsonReader, NoJson, places

TEXTS = st.text(max_size=5) | st.sampled_from(['"', "\\", "{", "]", "\n", "\\u0041", "a,b:", "ключ"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))
OBJECTS = st.dictionaries(TEXTS, JSON, max_size=4)


def reader(text: str) -> JsonReader:
    """A reader of a text."""
    return JsonReader(io.StringIO(text))


def read(text: str) -> list[tuple[Any, int]]:
    """All values of a text, with their lines."""
    return [(each.value, each.line) for each in reader(text).values()]


def refused(text: str) -> tuple[int, str]:
    """The line and the words of what is no JSON."""
    with pytest.raises(NoJson) as caught:
        read(text)
    return caught.value.line, caught.value.problem


def ways(value: Any, *before: str | int) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every value inside a value, with the way there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(before, value), *(found for step, each in inner for found in ways(each, *before, step))]


@pytest.fixture(params=[1, 2, 7, 1 << 20], ids=lambda size: f"{size}-at-a-time")
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", request.param)


@given(values=st.lists(OBJECTS, max_size=4), size=st.integers(1, 9), indent=st.sampled_from([None, 0, 2]))
def test_values_are_those_that_python_reads(values: list[Any], size: int, indent: int | None) -> None:
    """One after another or in an array, however long the pieces are in which the stream comes."""
    texts = [json.dumps(value, indent=indent) for value in values]
    for text in ("\n".join(texts), "".join(texts), json.dumps(values, indent=indent)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_text, "_CHUNK", size)
            assert [value for value, _ in read(text)] == values


@pytest.mark.usefixtures("_pieces")
def test_each_value_has_its_line_and_its_text() -> None:
    """The first line is 1; blank lines count."""
    found = list(reader(' {"a":\n1}\n\n\n{"b": 2} {"c": [3\n]}').values())
    assert [(each.text, each.line) for each in found] == [('{"a":\n1}', 1), ('{"b": 2}', 5), ('{"c": [3\n]}', 5)]
    assert read("\n[\n{},\n\n{}, 5]\n") == [({}, 3), ({}, 5), (5, 5)]
    assert read("\n \n") == read("[]") == read(" [ ] ") == []


@pytest.mark.usefixtures("_pieces")
def test_numbers_are_read_to_their_ends() -> None:
    """What looks complete where a piece ends may go on."""
    assert read("12345\n-1.5e3\n7") == [(12345, 1), (-1500.0, 2), (7, 3)]
    assert read("[12345,true,null]") == [(12345, 1), (True, 1), (None, 1)]
    for spaces in range(9):
        assert read(" " * spaces + "1e-9 2.5 3E+2") == [(1e-9, 1), (2.5, 1), (300.0, 1)]


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('{"a": 1}\n{"a" 1}', 2, "Expecting ':' delimiter"),
        ('{"a": 1}\n{"a": 1', 2, "Expecting ',' delimiter"),
        ('{"a": 1\n{"b": 2}', 2, "Expecting ',' delimiter"),
        ('{"a": "1}', 1, "Unterminated string starting at"),
        ('\n\n{"a": "1\n"}', 3, "Invalid control character at"),
        ("{}\n\ntru", 3, "Expecting value"),
        ("<html>", 1, "Expecting value"),
        ("[{}\n{}]", 2, "Expecting ']'"),
        ("[{},\n]", 2, "Expecting value"),
        ("[{}]\n{}", 2, "Extra data"),
        ("{},{}", 1, "Expecting value"),
    ],
)
def test_what_is_no_json(text: str, line: int, problem: str) -> None:
    """The line on which it shows, and what Python says of it."""
    assert refused(text) == (line, problem)


def test_what_python_cannot_hold() -> None:
    """Nests too deep and numbers too long are refused, not passed on as errors of another kind."""
    assert refused("{}\n" + '{"a":' * 100_000)[0] == 2
    assert refused('{"a": ' + "9" * 5000 + "}")[1].startswith("Python cannot hold it: Exceeds the limit")


def test_a_plain_mistake_ends_the_reading() -> None:
    """What comes after it is not read, be it ever so much: only what may be cut in two is read on."""
    file = io.StringIO('{"a" 1}' + " " * 3_000_000)
    with pytest.raises(NoJson):
        JsonReader(file).value()
    assert file.tell() <= 1 << 20


def test_no_more_is_held_than_a_value() -> None:
    """What was read before is let go."""
    made = reader('{"a": 1}\n' * 1_000_000)
    assert max(len(made._text) for _ in made.values()) <= 2 << 20


def test_signs_are_read_one_by_one() -> None:
    """For formats of one's own the reader tells what comes, and goes past it."""
    made = reader('{ "a"\n: 1 }')
    made.expect("{")
    assert (made.comes("}"), made.comes('"'), made.skip("}")) == (False, True, False)
    assert made.value().value == "a"
    assert made.line == 2
    with pytest.raises(NoJson, match=r"\(2, \"Expecting ','\"\)"):
        made.expect(",")


@given(
    shape=st.recursive(st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner)),
    start=st.integers(1, 99),
)
def test_every_place_has_its_line(shape: Any, start: int) -> None:
    """In a text with an item on each line, every leaf is on the line where a search for it finds it."""
    number = count(10_000_000)

    def numbered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: numbered(inner) for key, inner in value.items()}
        return [numbered(inner) for inner in value] if isinstance(value, list) else next(number)

    value = numbered(shape)
    text = json.dumps(value, indent=1)
    found = places(text, start)
    for steps, leaf in ways(value):
        if isinstance(leaf, int):
            assert found.line_of(steps) == start + text[: text.index(str(leaf))].count("\n")


def test_what_is_not_there_is_looked_for_around() -> None:
    """A missing member has the line of the object that lacks it; so has whatever is inside it."""
    found = places('{\n"a": [\n{\n"b": 1},\n[]\n]}', 1)
    assert [found.line_of(steps) for steps in (("c",), ("a", 0, "c", "d"), ("a", 0, "b", "c"), ("a", 7))] == [
        1,
        3,
        4,
        2,
    ]
    assert found.line_of(("a", 1)) == 5


def test_of_a_member_that_comes_twice_the_last_counts() -> None:
    """Python reads the last, and so that is the one that is judged."""
    assert places('{"a": 1,\n"b": 2,\n"a": 3}', 1).line_of(("a",)) == 3


def test_a_step_in_words_leads_to_its_member() -> None:
    """A key that must not be shown is counted; one that is shown is found by how it is shown."""
    found = places('{"x": 1,\n"y": 2,\n"z z": 3}', 1)
    for step in ("entry 1, a str of length 1", "the key of entry 1, a str of length 1", "the key 'y'"):
        assert found.line_of((Words(step),)) == 2
    assert found.line_of((Words("'z z'"),)) == 3
    assert found.line_of((Words("the key 'q'"),)) == 1

"""Second opinions on the validator: botocore's own, a JSON Schema engine's, and a list of single faults."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st
from shape_values import ID, NOON, bare_model, full, replaced, shape_of, tops

from cp_fixtures.errors import Violation, Words
from cp_fixtures.shapes import Nodes, nodes
from cp_fixtures.validation import as_sent, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDS = sorted(tops())
BARE = bare_model()
BARE_NODES = Nodes(BARE)
NAIVE = dt.datetime(2025, 6, 1)  # noqa: DTZ001 - naive is what it is about
JUNK = st.sampled_from([None, True, 5, 2**40, -1.5, "", "x", b"", [], ["x"], {}, {"x": 1}, NOON])


def end_of(model_nodes: Nodes, operation: str, end: str) -> Any:
    """The node of one end of an operation."""
    return model_nodes.input(operation) if end == "input_shape" else model_nodes.output(operation)


def texts(shape: Any) -> st.SearchStrategy[str]:
    """Strings at and around the shape's limits, most of them legal."""
    most = shape.metadata.get("max", 40)
    lengths = [0, 1, most, most + 1]
    odd = st.sampled_from(
        ["é" * 40, "\U0001f600", "\0", "a\n", "two words", ID.upper(), f"x{ID}y", *("a" * n for n in lengths)]
    )
    return st.sampled_from([*shape.enum, ID, "plain"]) | odd


@cache
def nearly_legal(shape: Any) -> st.SearchStrategy[Any]:
    """Values of a shape in which a part is missing, unknown, at a limit, beyond it, or junk."""
    made = shape.type_name
    legal: st.SearchStrategy[Any]
    if made == "structure":
        members = {name: nearly_legal(member) for name, member in shape.members.items()}
        legal = st.fixed_dictionaries({}, optional={**members, "Unknown": JUNK})
    elif made == "list":
        legal = st.lists(nearly_legal(shape.member), max_size=3)
        legal |= st.tuples(legal, st.just(shape.metadata.get("max", 2) + 1)).map(
            lambda drawn: (drawn[0] * drawn[1])[: drawn[1]]
        )
    elif made == "map":
        legal = st.dictionaries(texts(shape.key), nearly_legal(shape.value), max_size=3)
    else:
        scalars: dict[str, list[Any]] = {"timestamp": [NOON, NAIVE], "integer": [0, 2**31 - 1, 2**31, -(2**31) - 1]}
        legal = texts(shape) if made == "string" else st.sampled_from(scalars[made])
    return st.sampled_from([legal, legal, legal, JUNK]).flatmap(lambda strategy: strategy)


def as_botocore_writes(steps: tuple[str | int, ...]) -> str:
    """A path in the way of botocore's reports, without the text of a key."""
    if isinstance(steps[-1] if steps else None, Words):
        return f"{as_botocore_writes(steps[:-1])} (key)"
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


REASONS = {
    "missing required field": "required",
    "unknown field": "unknown",
    "invalid type": "type",
    "invalid length": "min",
    "invalid range": "min",
}


def by_botocore(value: Any, shape: Any) -> set[tuple[str, str]]:
    """What botocore's validator reports, as path and rule."""
    report = ParamValidator().validate(value, shape)._errors
    return {
        (f"{path}.{more.get('required_name') or more.get('unknown_param')}", REASONS[reason])
        if reason in ("missing required field", "unknown field")
        else (re.sub(r"(?s) \(key: .*\)$", " (key)", path), REASONS[reason])
        for reason, path, more in report
    }


@pytest.mark.parametrize(("operation", "end"), ENDS)
@given(data=st.data())
def test_botocore_reports_no_more(operation: str, end: str, data: st.DataObject) -> None:
    """All that botocore reports we report, and what is missing or unknown it reports too. It converts, so do we."""
    shape = shape_of(operation, end, BARE)
    node = end_of(BARE_NODES, operation, end)
    value = as_sent(node, data.draw(nearly_legal(shape)))
    theirs = by_botocore(value, shape)
    ours = {(as_botocore_writes(each.steps), each.rule) for each in find(node, value)}
    assert theirs <= ours
    assert {each for each in ours if each[1] in ("required", "unknown")} <= theirs


def schema(shape: Any) -> dict[str, Any]:
    """A JSON Schema of a shape, with datetimes as a type of their own."""
    data, made = shape.metadata, shape.type_name
    low, high = data.get("min"), data.get("max")
    if made == "structure":
        members = {name: schema(member) for name, member in shape.members.items()}
        wanted = {"required": data.get("required", []), "properties": members, "additionalProperties": False}
        return {"type": "object", **wanted}
    limits = {"string": "Length", "list": "Items", "map": "Properties"}
    if made in limits:
        sizes = {f"min{limits[made]}": low, f"max{limits[made]}": high}
    else:
        sizes = {"minimum": -(2**31), "maximum": 2**31 - 1} if made == "integer" else {}
    found = {name: limit for name, limit in sizes.items() if limit is not None}
    return {"type": {"map": "object", "list": "array"}.get(made, made), **found, **inside(shape)}


def inside(shape: Any) -> dict[str, Any]:
    """The part of a JSON Schema that is about items, entries and texts."""
    if shape.type_name == "list":
        return {"items": schema(shape.member)}
    if shape.type_name == "map":
        return {"propertyNames": schema(shape.key), "additionalProperties": schema(shape.value)}
    pattern = {"pattern": shape.metadata["pattern"].replace("$", r"\Z")} if "pattern" in shape.metadata else {}
    return pattern | ({"enum": shape.enum} if getattr(shape, "enum", None) else {})


def is_aware(_checker: object, value: Any) -> bool:
    """Whether a value is a datetime that says its time zone."""
    return isinstance(value, dt.datetime) and value.tzinfo is not None


def is_whole(_checker: object, value: Any) -> bool:
    """Whether a value is an integer; JSON Schema would take 1.0 too."""
    return type(value) is int


Draft: Any = jsonschema.Draft202012Validator
extend: Any = jsonschema.validators.extend
ENGINE = extend(Draft, type_checker=Draft.TYPE_CHECKER.redefine_many({"timestamp": is_aware, "integer": is_whole}))
SAME = {"additionalProperties": "unknown", "timezone": "type", "width": "size", "min": "size", "max": "size"}
SIZES = {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum"}


def by_schema(value: Any, shape: Any) -> set[tuple[tuple[str | int, ...], str]]:
    """What the JSON Schema engine finds, as the object's place and rule; of a wrong type nothing more is asked."""
    found = {
        (tuple(error.absolute_path), "size" if error.validator in SIZES else SAME.get(error.validator, error.validator))
        for error in ENGINE(schema(shape)).iter_errors(value)
    }
    return {(path, rule) for path, rule in found if rule == "type" or (path, "type") not in found}


def ours_by_object(violation: Violation) -> tuple[tuple[str | int, ...], str]:
    """Our violation in the engine's words: what is missing, unknown or a key's is the object's own."""
    is_key = isinstance(violation.steps[-1] if violation.steps else None, Words)
    is_of_object = is_key or violation.rule in ("required", "unknown")
    return violation.steps[:-1] if is_of_object else violation.steps, SAME.get(violation.rule, violation.rule)


@pytest.mark.parametrize(("operation", "end"), ENDS)
@given(data=st.data())
def test_a_json_schema_finds_the_same(operation: str, end: str, data: st.DataObject) -> None:
    """An engine by other authors, with a schema made here from botocore's shapes, finds the same violations."""
    shape = shape_of(operation, end, BARE)
    value = data.draw(nearly_legal(shape))
    assert {ours_by_object(each) for each in find(end_of(BARE_NODES, operation, end), value)} == by_schema(value, shape)


Fault = tuple[str, Any]


def of_text(shape: Any, value: str) -> Iterator[Fault]:
    """What can be wrong with a text alone."""
    yield from (("type", other) for other in (None, 5, value.encode(), [value]))
    data, plain = shape.metadata, not shape.enum and "pattern" not in shape.metadata
    if "max" in data:
        yield "max", "a" * (data["max"] + 1)
    if "min" in data and plain:
        yield "min", ""
    if plain:
        yield "unicode", "\udfff"
    if "pattern" in data:
        yield "pattern", "-" if value == ID else "two words"
        yield "pattern", value.replace("f", "F") if value == ID else f"{value}\n"
    if shape.enum:
        yield "enum", value.lower()


def of_container(shape: Any, value: Any) -> Iterator[Fault]:
    """What can be wrong with a list or a map alone."""
    data, least = shape.metadata, shape.metadata.get("min")
    wrong: list[Any] = [None, tuple(value), str(value)]
    yield from (("type", other) for other in wrong)
    if least:
        yield "min", type(value)()
    if "max" in data and isinstance(value, list):
        yield "max", value * (data["max"] + 1)


def of_scalar(shape: Any, value: Any) -> Iterator[Fault]:
    """What can be wrong with a number or a time alone."""
    if shape.type_name == "integer":
        yield from (("type", True), ("type", 7.0), ("type", "7"), ("width", 2**31), ("width", -(2**31) - 1))
    else:
        yield from (("type", value.isoformat()), ("type", value.date()), ("type", 0), ("type", None))
        yield "timezone", value.replace(tzinfo=None)


def faults(
    shape: Any, value: Any, steps: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Every single fault in a legal value: its place, its rule, and what is there then, or nothing."""
    made = shape.type_name
    if made == "structure":
        yield from ((steps, "type", other) for other in (None, [value], "text"))
        yield (*steps, "Unknown"), "unknown", None
        yield from (((*steps, name), "required", ...) for name in shape.required_members)
        for name, item in value.items():
            yield from faults(shape.members[name], item, (*steps, name))
        return
    kinds: dict[str, Callable[[Any, Any], Iterator[Fault]]] = {
        "string": of_text,
        "list": of_container,
        "map": of_container,
    }
    yield from ((steps, rule, wrong) for rule, wrong in kinds.get(made, of_scalar)(shape, value))
    for key, item in enumerate(value) if made == "list" else value.items() if made == "map" else ():
        yield from faults(shape.member if made == "list" else shape.value, item, (*steps, key))


def with_fault(value: Any, steps: tuple[str | int, ...], wrong: Any) -> Any:
    """A copy with the fault in it; `...` takes the place away."""
    if wrong is not ...:
        return replaced(value, steps, wrong)
    parent = value
    for step in steps[:-1]:
        parent = parent[step]
    return replaced(value, steps[:-1], {name: item for name, item in parent.items() if name != steps[-1]})


@pytest.mark.parametrize(("operation", "end"), ENDS)
def test_one_fault_is_one_violation(operation: str, end: str) -> None:
    """Of a legal value with every member, each single fault is found, at its place, and nothing else is."""
    shape, node = shape_of(operation, end), end_of(nodes(), operation, end)
    legal = full(shape)
    assert find(node, legal) == []
    made = list(faults(shape, legal))
    assert len(made) > 20
    for steps, rule, wrong in made:
        (found,) = find(node, with_fault(legal, steps, wrong))
        place = tuple(was if isinstance(step, Words) else step for step, was in zip(found.steps, steps, strict=True))
        assert (found.rule, place) == (rule, steps)

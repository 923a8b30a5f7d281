"""The TypedDicts say what the service model says."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from cp_fixtures import stubbed, types
from cp_fixtures.exchanges import Assembler
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import nodes, shape_node

STRUCTURES = {
    "Address": "Address",
    "BatchGetProfileError": "BatchGetProfileError",
    "BatchGetProfileRequest": "BatchGetProfileRequest",
    "BatchGetProfileResponse": "BatchGetProfileResponse",
    "ContactPreference": "ContactPreference",
    "EngagementPreferences": "EngagementPreferences",
    "FoundByKeyValue": "FoundByKeyValue",
    "GetSegmentMembershipRequest": "GetSegmentMembershipRequest",
    "GetSegmentMembershipResponse": "GetSegmentMembershipResponse",
    "Profile": "Profile",
    "ProfileQueryFailures": "ProfileQueryFailures",
    "ProfileQueryResult": "ProfileQueryResult",
}
ENUMS = ["ContactType", "Gender", "PartyType", "ProfileType", "QueryResult"]
OPTIONS: dict[Any, Any] = {
    types.BatchGetProfileOptions: Assembler.batch_get_profile,
    types.GetSegmentMembershipOptions: Assembler.get_segment_membership,
}
NEWER = {"Profile": {"ProfileType", "EngagementPreferences"}, "GetSegmentMembershipResponse": {"LastComputedAt"}}
"""Members that an older botocore does not know yet."""
SCALARS = {"string": str, "integer": int, "timestamp": dt.datetime}


def hints(name: str) -> dict[str, Any]:
    """The members of one of our types, as any library reads them, without what botocore adds to every response."""
    found = get_type_hints(getattr(types, name))
    return {member: hint for member, hint in found.items() if member != "ResponseMetadata"}


def in_model(name: str) -> bool:
    """Whether the installed model has a structure of that name."""
    return name in nodes().model.shape_names


structures = pytest.mark.parametrize("name", [name for name in STRUCTURES if in_model(name)])


def type_of(node: Any) -> Any:
    """The type that botocore gives a shape; a structure by its name, an enum by its members."""
    if node.enum:
        return frozenset(node.enum)
    if node.type == "list":
        return list[type_of(node.item)]  # type: ignore[misc]  # made of what the model says
    if node.type == "map":
        return dict[type_of(node.key), type_of(node.value)]  # type: ignore[misc]  # likewise
    return node.name if node.type == "structure" else SCALARS[node.type]


def named(hint: Any) -> Any:
    """The same of one of our annotations."""
    if get_origin(hint) is Literal:
        return frozenset(get_args(hint))
    if get_origin(hint) is not None:
        return get_origin(hint)[tuple(named(each) for each in get_args(hint))]
    return hint.__name__ if is_typeddict(hint) else hint


@structures
def test_the_members_are_the_models(name: str) -> None:
    """Every member of the model is there; what is there beside them came with a later botocore."""
    known = set(shape_node(name).members)
    assert known <= set(hints(name))
    assert set(hints(name)) - known <= NEWER.get(name, set())


@structures
def test_the_required_members_are_the_models(name: str) -> None:
    """What the model requires, and nothing else; of a response boto3's stubs promise every member, and so do these."""
    required = shape_node(name).members if name.endswith("Response") else shape_node(name).required
    ours = getattr(types, name).__required_keys__ - {"ResponseMetadata"}
    assert set(required) <= ours <= set(required) | NEWER.get(name, set())


@structures
def test_the_types_are_the_models(name: str) -> None:
    """Texts, whole numbers, times, lists, maps, and our own type of the same name for a structure."""
    ours = hints(name)
    node = shape_node(name)
    assert {member: named(ours[member]) for member in node.members} == {
        member: type_of(shape) for member, shape in node.members.items()
    }


@pytest.mark.parametrize("operation", ["BatchGetProfile", "GetSegmentMembership"])
def test_requests_and_responses_are_the_operations(operation: str) -> None:
    """The model's shapes of both ends bear the names of our types."""
    model = operation_model({"BatchGetProfile": "batch_get_profile"}.get(operation, "get_segment_membership"))
    shapes = [model.input_shape, model.output_shape]
    assert [shape and shape.name for shape in shapes] == [f"{operation}Request", f"{operation}Response"]
    assert "ResponseMetadata" in getattr(types, f"{operation}Response").__required_keys__


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: str(options.__name__))
def test_the_options_are_the_keywords(options: Any) -> None:
    """Every keyword argument of the assembler's method, with the type that it has there, and none is required."""
    method = OPTIONS[options]
    parameters = inspect.signature(method).parameters.values()
    keywords = {each.name for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}
    assert set(options.__annotations__) == keywords
    assert not options.__required_keys__
    theirs = get_type_hints(method, localns={**vars(types), **assembler_names()})
    assert get_type_hints(options) == {name: theirs[name] for name in keywords}


def test_the_options_of_stubbed_are_its_keywords() -> None:
    """Every keyword argument but the one that says which kind of delivery it makes."""
    parameters = inspect.signature(stubbed).parameters.values()
    keywords = {each.name for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}
    assert {*types.StubbedOptions.__annotations__, "wire"} == keywords
    assert not types.StubbedOptions.__required_keys__


def assembler_names() -> dict[str, Any]:
    """What the assembler's annotations name."""
    from cp_fixtures import exchanges

    return vars(exchanges)


def test_nothing_is_left_out() -> None:
    """Each public type is one of the model's, or botocore's, or the options of a method."""
    options = [each.__name__ for each in OPTIONS]
    assert sorted([*STRUCTURES, *ENUMS, *options, "ResponseMetadata", "StubbedOptions"]) == types.__all__

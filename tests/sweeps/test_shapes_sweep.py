"""Every operation of every service that the installed botocore has: compiled, and tried with junk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

from cp_fixtures.service import loader, operation_model, operations
from cp_fixtures.shapes import Nodes
from cp_fixtures.validation import CODES, as_sent, find, find_in_request, find_in_response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.shapes import Node

SCALARS: list[Any] = [None, "", "\ud800", 2**70, float("nan"), b"", (), {1: 2}, [None], object(), {}]


@pytest.fixture(params=loader().list_available_services("service-2"))
def model(request: pytest.FixtureRequest) -> ServiceModel:
    """A service's model, which nothing keeps after its test."""
    return ServiceModel(loader().load_service_model(request.param, "service-2"), request.param)


def ends(nodes: Nodes, operation: str) -> Iterator[Node]:
    """The nodes of an operation: request, response and errors."""
    yield from filter(None, [nodes.input(operation), nodes.output(operation)])
    yield from (error.node for error in nodes.errors(operation).values())


def junk(node: Node, filling: Any, depth: int = 3) -> Any:
    """A value of the right outline, with something wrong in each leaf."""
    if depth and node.type in ("structure", "events"):
        return {name: junk(member, filling, depth - 1) for name, member in node.members.items()}
    if depth and node.item:
        return [junk(node.item, filling, depth - 1)]
    return {"key": junk(node.value, filling, depth - 1), 5: None} if depth and node.value else filling


def test_every_operation_takes_junk(model: ServiceModel) -> None:
    """Whatever comes, violations are what is found, each with a known code and words that can be shown."""
    nodes = Nodes(model)
    for operation in operations(model):
        for node in ends(nodes, operation):
            found = [violation for filling in SCALARS for violation in find(node, junk(node, filling))]
            assert {violation.rule for violation in found} <= CODES.keys()
            assert all(str(violation) for violation in found)
            as_sent(node, junk(node, "2020-01-01"))


def test_botocore_agrees_that_nothing_is_missing(model: ServiceModel) -> None:
    """What botocore misses in an empty request is what we miss, but for the tokens that it makes by itself."""
    nodes = Nodes(model)
    for operation in operations(model):
        shape, node = operation_model(operation, model).input_shape, nodes.input(operation)
        tokens = (
            [name for name, member in shape.members.items() if member.metadata.get("idempotencyToken")] if shape else []
        )
        report = ParamValidator().validate(dict.fromkeys(tokens, "t"), shape).generate_report() if shape else ""
        ours = find_in_request(node, dict.fromkeys(tokens, "t"))
        assert len([violation for violation in ours if violation.rule == "required"]) == report.count(
            "Missing required"
        )
        assert find_in_response(None, {"ResponseMetadata": {}}) == []

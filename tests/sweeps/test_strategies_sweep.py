"""Requests and responses drawn for every operation of many services: no violation, and botocore refuses none.

CP_SWEEP_EXAMPLES says how many are drawn for each operation of other services; 5 unless set, and 40 times as many for
each of our own.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import InvalidArgument

from cp_fixtures import strategies
from cp_fixtures.service import SERVICE, loader, operation_model, operations, service_model
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import find, validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import strategies as st

    from cp_fixtures.shapes import Node

EXAMPLES = int(os.environ.get("CP_SWEEP_EXAMPLES", "5"))
OWN = 40 * EXAMPLES

# Recursive, with unions, documents, times, blobs, event streams, streamed bodies, or patterns that are hard to match.
ODD = """
accessanalyzer amplifyuibuilder apigateway appconfigdata appsync athena b2bi batch bedrock-agent
bedrock-agent-runtime bedrock-data-automation bedrock-runtime ce chime-sdk-media-pipelines cleanrooms cloudfront
cloudsearchdomain cloudwatch codebuild codepipeline cognito-idp comprehend connect connectcases datazone dynamodb
dynamodbstreams ec2 ecs elasticache emr emr-containers entityresolution events evs firehose forecast glacier glue
greengrassv2 iam inspector2 iot iotsitewise iottwinmaker ivs kendra kinesis kinesis-video-media kms lambda
lex-runtime lexv2-models lexv2-runtime location logs medialive migrationhubstrategy neptunedata networkmonitor omics
opensearch organizations osis partnercentral-selling pinpoint polly qbusiness qconnect quicksight rds-data
redshift-data rekognition resiliencehub route53 s3 s3control sagemaker schemas secretsmanager securityhub ses sesv2
snowball sqs ssm stepfunctions sts support timestream-query transcribe verifiedpermissions wafv2 wickr wisdom
workspaces xray
"""

A_SECOND_START = "`^` after other characters, where no text begins"
UNDRAWABLE: dict[str, dict[str, str]] = {
    "connect": {"Password": "slashes around the pattern, so that `^` stands after one"},
    "ec2": {
        "CapacityReservation__PlacementGroupArn": A_SECOND_START,
        "CapacityReservations__PlacementGroupArn": A_SECOND_START,
        "PlacementGroupArn": A_SECOND_START,
        "SourceCapacityReservation__PlacementGroupArn": A_SECOND_START,
    },
    "osis": {"PipelineEndpointConnections__VpcEndpointOwner": "a backslash and 12 times `d`, in at most 12 characters"},
    "qbusiness": {"messages__body": "`}` after `$`, where every text has ended"},
}
"""What cannot be drawn, by service: the places, as an override names them, and what their patterns want."""

QUICK = settings(
    database=None,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def draw(strategy: st.SearchStrategy[Any], examples: int, check: Callable[[Any], None]) -> None:
    """Try the check with as many values."""

    @settings(QUICK, max_examples=examples)
    @given(strategy)
    def each(value: Any) -> None:
        check(value)

    each()


def for_botocore(node: Node | None, value: Any) -> Any:
    """The value as ParamValidator can look at it: of a stream of events it wants a dict of one."""
    if node is None or value is None:
        return value
    if node.type == "events":
        return {name: for_botocore(node.members[name], item) for event in value for name, item in event.items()}
    if isinstance(value, list) and node.item:
        return [for_botocore(node.item, item) for item in value]
    if isinstance(value, dict) and node.type != "document":
        return {name: for_botocore(node.members.get(name) or node.value, item) for name, item in value.items()}
    return value


def errors_of(service: str, operation: str, end: str, value: Any) -> str:
    """What botocore has against a value."""
    model = operation_model(operation, service_model(service))
    shape = getattr(model, f"{end}_shape")
    if shape is None:
        return "" if value == {} else "there is no shape"
    node = getattr(nodes(service), end)(operation)
    tokens = dict.fromkeys(model.idempotent_members, 40 * "t") if end == "input" else {}
    report: str = ParamValidator().validate({**tokens, **for_botocore(node, value)}, shape).generate_report()
    return report


def right_request(service: str, operation: str, params: Any) -> None:
    """The request is legal, by both."""
    assert validate_request(operation, params, service=service) == []
    assert errors_of(service, operation, "input", params) == ""


def right_response(service: str, operation: str, response: Any) -> None:
    """The response is legal, by both."""
    assert validate(operation, response, service=service) == []
    assert errors_of(service, operation, "output", response) == ""


def undrawable(service: str, operation: str, strategy: Callable[..., Any], check: Callable[..., None]) -> list[str]:
    """Try one side of an operation; what cannot be drawn in it."""
    try:
        draw(strategy(operation, service=service), EXAMPLES, partial(check, service, operation))
    except InvalidArgument as problem:
        return [line.strip().partition(":")[0] for line in str(problem).splitlines()[1:-1]]
    return []


@pytest.mark.parametrize("service", sorted({*ODD.split()} & {*loader().list_available_services("service-2")}))
def test_other_services(service: str) -> None:
    """Whatever is drawn is legal, and what cannot be drawn is known."""
    sides = (strategies.requests, right_request), (strategies.responses, right_response)
    every = operations(service_model(service))
    found = {place for operation in every for side in sides for place in undrawable(service, operation, *side)}
    assert found == {*UNDRAWABLE.get(service, {})}


@pytest.mark.parametrize("operation", operations())
def test_every_operation_of_ours(operation: str) -> None:
    """Thousands of requests and responses, each of them legal."""
    draw(strategies.requests(operation), OWN, partial(right_request, SERVICE, operation))
    draw(strategies.responses(operation), OWN, partial(right_response, SERVICE, operation))


def test_every_shape_of_ours() -> None:
    """Every shape of the model can be drawn by its name."""
    for name in service_model().shape_names:
        node = nodes().shape(name)

        def check(value: Any, node: Node = node) -> None:
            assert find(node, value) == []

        draw(strategies.from_shape(name), EXAMPLES, check)

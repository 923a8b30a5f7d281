"""Answers as bytes: what botocore's own parser reads from them is what went in."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import Exchange, UsageError, strategies
from cp_fixtures.exchanges import error_exchange
from cp_fixtures.service import operation_model, operations
from cp_fixtures.wire.serializing import headers_of, sent

OF_ALL_KINDS = [
    "batch_get_profile",
    "get_segment_membership",
    "get_calculated_attribute_for_profile",
    "list_integrations",
    "put_integration",
    "delete_profile",
]


def parsed(operation: str, answer: Any) -> Any:
    """What botocore makes of an answer."""
    model: Any = operation_model(operation)
    response = {"headers": dict(answer.headers), "status_code": answer.status, "body": answer.body, "context": {}}
    shape: Any = model.output_shape
    if answer.status >= 300:
        shape = model.service_model.shape_for(dict(answer.headers)["x-amzn-errortype"])
        return {**create_parser("rest-json").parse(response, model.output_shape), **dict_of(response, shape)}
    return create_parser("rest-json").parse(response, shape)


def dict_of(response: dict[str, Any], shape: Any) -> dict[str, Any]:
    """The members of an error, as botocore reads them in its second go."""
    made: dict[str, Any] = create_parser("rest-json").parse({**response, "status_code": 200}, shape)
    return {name: value for name, value in made.items() if name != "ResponseMetadata"}


def without_metadata(response: dict[str, Any]) -> dict[str, Any]:
    """The response alone."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


@pytest.mark.parametrize("operation", sorted({*OF_ALL_KINDS} & {*operations()}))
@given(data=st.data())
def test_what_goes_in_comes_out(operation: str, data: st.DataObject) -> None:
    """Any legal response is read as it was, each timestamp the same instant to the microsecond."""
    response = data.draw(strategies.responses(operation))
    exchange = Exchange(operation, response=response, unchecked=True)
    assert without_metadata(parsed(operation, sent(exchange))) == response


@given(exchange=strategies.batch_get_profile_exchanges() | strategies.get_segment_membership_exchanges())
def test_metadata_come_out_too(exchange: Exchange) -> None:
    """RequestId, status and headers are those of the exchange."""
    metadata = parsed(exchange.operation, sent(exchange))["ResponseMetadata"]
    assert {**metadata, "RetryAttempts": 0} == exchange.response["ResponseMetadata"]


@given(exchange=strategies.errors("batch_get_profile"))
def test_errors_come_out_as_they_were(exchange: Exchange) -> None:
    """Code, message, members and status of an error."""
    error = parsed("batch_get_profile", sent(exchange))
    error["ResponseMetadata"]["RetryAttempts"] = 0
    assert error == exchange.error


def test_an_error_has_its_code_in_the_header() -> None:
    """And its message in the body, as the model spells it."""
    answer = sent(error_exchange("batch_get_profile", "ThrottlingException", "Slow down"))
    assert (answer.status, answer.body) == (429, b'{"Message":"Slow down"}')
    assert dict(answer.headers)["x-amzn-errortype"] == "ThrottlingException"


@pytest.mark.parametrize(
    ("time", "number"),
    [
        (dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc), b"1736942400.0"),
        (dt.datetime(2025, 1, 15, 12, 0, 0, 123456, tzinfo=dt.timezone.utc), b"1736942400.123456"),
        (dt.datetime(1900, 1, 1, 0, 0, 0, 1, tzinfo=dt.timezone.utc), b"-2208988799.999999"),
        (dt.datetime(2025, 1, 15, 12), b"1736942400.0"),  # noqa: DTZ001 - botocore takes it for UTC too
    ],
)
def test_a_timestamp_is_a_number(time: dt.datetime, number: bytes) -> None:
    """Seconds since 1970, exact to the microsecond."""
    exchange = Exchange("get_segment_membership", response={"LastComputedAt": time}, unchecked=True)
    assert sent(exchange).body == b'{"LastComputedAt":' + number + b"}"


def test_what_the_model_does_not_know_is_sent_by_the_protocols_formats() -> None:
    """A newer model may know the member."""
    time = dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc)
    exchange = Exchange("batch_get_profile", response={"New": [{"At": time, "Picture": b"abc"}]}, unchecked=True)
    assert sent(exchange).body == b'{"New":[{"At":1736942400.0,"Picture":"YWJj"}]}'


def test_text_is_sent_as_utf8() -> None:
    """As characters, and not as escapes."""
    exchange = Exchange("batch_get_profile", response={"Profiles": [{"FirstName": "Zoë 🦊"}]}, unchecked=True)
    assert sent(exchange).body.decode() == '{"Profiles":[{"FirstName":"Zoë 🦊"}]}'


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({1, 2}, "Object of type set is not JSON serializable"),
        (float("nan"), "Out of range float values are not JSON compliant"),
        ("\ud800", "'utf-8' codec can't encode character '\\ud800' in position 15: surrogates not allowed"),
    ],
)
def test_what_json_cannot_say_is_refused(value: object, why: str) -> None:
    """With what is wrong, and where to look."""
    exchange = Exchange("batch_get_profile", response={"NextPerson": value}, unchecked=True)
    with pytest.raises(UsageError) as caught:
        sent(exchange)
    assert str(caught.value).startswith(f"An answer cannot be sent: {why}")
    assert "Over the wire goes JSON, in UTF-8. Correct {'NextPerson': " in str(caught.value)


@pytest.mark.parametrize("metadata", [None, "a text", {}, {"HTTPHeaders": "none"}])
def test_odd_metadata_have_no_headers(metadata: object) -> None:
    """What a caller writes in place of metadata is not sent."""
    assert headers_of(metadata) == ()


def test_a_bare_request_id_is_sent() -> None:
    """In the header from which botocore reads it."""
    assert headers_of({"RequestId": "abc"}, "SomeException") == (
        ("x-amzn-requestid", "abc"),
        ("x-amzn-errortype", "SomeException"),
    )


def test_the_body_is_valid_json() -> None:
    """Of any exchange that the library makes."""
    exchange = error_exchange("delete_profile", "BadRequestException", '\\ " \n')
    assert json.loads(sent(exchange).body) == {"Message": '\\ " \n'}

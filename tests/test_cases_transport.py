"""What can happen to an answer on its way: each fault does what its name says, and botocore meets it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from cp_fixtures import HTTPAnswer, UsageError, stubbed
from cp_fixtures.cases import error_forms, transport_faults
from cp_fixtures.exchanges import error_exchange
from cp_fixtures.service import operations
from cp_fixtures.wire.serializing import sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.cases import Case

GENERAL = ["truncated", "empty", "html", "html-502", "content-type"]
GENERAL += ["null", "null-inside", "unknown-member", "unknown-member-inside", "duplicate-header"]
ANSWER = HTTPAnswer(
    200,
    b'{"Profiles":[{"ProfileId":"0","QueryResult":"PRESENT"}],"CreatedAt":1736942400.5}',
    (("content-type", "application/json"), ("x-amzn-requestid", "1")),
)
OF_DOMAIN = {case.id: case.value for case in transport_faults("get_domain")}
OF_SEGMENT = {case.id: case.value for case in transport_faults("get_segment_membership")}
# Every botocore knows timestamps of a domain; an older one knows none of a segment.
FAULTS = {**OF_SEGMENT, **{name: value for name, value in OF_DOMAIN.items() if name.startswith("timestamp")}}
FORMS = {case.id: case.value for case in error_forms()}


def body(answer: HTTPAnswer) -> Any:
    """What an answer says."""
    return json.loads(answer.body)


def test_any_answer_can_have_the_general_faults() -> None:
    """Without an operation there are these, and with any operation these are among its own."""
    assert [case.id for case in transport_faults()] == GENERAL
    for operation in operations():
        assert [case.id for case in transport_faults(operation)][: len(GENERAL)] == GENERAL


def test_an_operation_adds_what_its_members_can_have() -> None:
    """An enum, a timestamp: where its response has such a member."""
    assert [case.id for case in transport_faults("get_domain")][-2:] == ["timestamp-integer", "timestamp-iso"]
    assert "enum-unknown" in {case.id for case in transport_faults("get_segment_membership")}
    assert [case.id for case in transport_faults("delete_profile")] == GENERAL
    with pytest.raises(UsageError, match=r"^There is no operation 'get_segment'\. "):
        transport_faults("get_segment")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=[*FAULTS])
def test_each_fault_makes_another_answer(fault: Callable[[HTTPAnswer], HTTPAnswer]) -> None:
    """And leaves the one that it was given as it was."""
    before = (ANSWER.status, ANSWER.body, ANSWER.headers)
    assert fault(ANSWER) != ANSWER
    assert (ANSWER.status, ANSWER.body, ANSWER.headers) == before


def test_faults_of_the_whole_body() -> None:
    """Cut in half, gone, or somebody else's page."""
    assert FAULTS["truncated"](ANSWER).body == ANSWER.body[: len(ANSWER.body) // 2]
    assert FAULTS["empty"](ANSWER).body == b""
    html, gateway = FAULTS["html"](ANSWER), FAULTS["html-502"](ANSWER)
    assert (html.status, gateway.status) == (200, 502)
    assert html.body == gateway.body
    assert html.body.startswith(b"<html>")


def test_faults_of_the_headers() -> None:
    """The body is as it was."""
    typed, double = FAULTS["content-type"](ANSWER), FAULTS["duplicate-header"](ANSWER)
    assert dict(typed.headers)["content-type"] == "text/plain; charset=iso-8859-1"
    assert [value for name, value in double.headers if name == "x-amzn-requestid"] == [
        "1",
        "00000000-0000-4000-8000-000000000000",
    ]
    assert typed.body == double.body == ANSWER.body


def test_faults_of_members() -> None:
    """At the top, or in each entry of each list."""
    assert body(FAULTS["null"](ANSWER)) == {"Profiles": None, "CreatedAt": None}
    assert body(FAULTS["null-inside"](ANSWER))["Profiles"] == [{"ProfileId": None, "QueryResult": None}]
    assert body(FAULTS["unknown-member"](ANSWER)) == {**body(ANSWER), "NewMember": {"Since": 2030}}
    assert body(FAULTS["unknown-member-inside"](ANSWER))["Profiles"][0]["NewMember"] == {"Since": 2030}


def test_faults_of_values() -> None:
    """An enum's, and a timestamp in the other two forms that botocore reads."""
    assert body(FAULTS["enum-unknown"](ANSWER))["Profiles"] == [{"ProfileId": "0", "QueryResult": "NEW_VALUE"}]
    assert body(FAULTS["timestamp-integer"](ANSWER))["CreatedAt"] == 1736942400
    assert body(FAULTS["timestamp-iso"](ANSWER))["CreatedAt"] == "2025-01-15T12:00:00.500000+00:00"


@pytest.mark.parametrize("name", ["null-inside", "unknown-member-inside", "enum-unknown", "timestamp-iso"])
def test_a_fault_that_changes_nothing_is_none(name: str) -> None:
    """A test with it would show nothing."""
    with pytest.raises(UsageError) as caught:
        FAULTS[name](HTTPAnswer(200, b'{"SegmentDefinitionName":"a"}'))
    assert str(caught.value) == (
        "This fault changes nothing in the answer. The answer has nothing that it could befall, no such member for "
        "one. Stub an answer that has some."
    )


@pytest.mark.parametrize("case", transport_faults("get_segment_membership"), ids=str)
def test_botocore_meets_each_fault(case: Case[Callable[[HTTPAnswer], HTTPAnswer]]) -> None:
    """Once: what comes of it is an answer, or else the next try gets the stub's own."""
    with stubbed(wire=True) as wire:
        exchange = wire.add_get_segment_membership(1, attempts=[case.value])
        response = wire.client.get_segment_membership(**exchange.request)
        assert isinstance(response["ResponseMetadata"], dict)
        assert len(wire.attempts) == (2 if case.id == "html-502" else 1)


def test_an_integer_and_an_iso_timestamp_are_read() -> None:
    """To the same instant, which the integer gives to the second alone."""
    with stubbed(wire=True) as wire:
        time = dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc)
        for name in ("timestamp-integer", "timestamp-iso"):
            answer = {"DomainName": "example", "CreatedAt": time, "LastUpdatedAt": time}
            wire.add_response("get_domain", answer, attempts=[FAULTS[name]])
            assert wire.client.get_domain(DomainName="example")["CreatedAt"] == time


@pytest.mark.parametrize("form", [case.value for case in error_forms()], ids=[*FORMS])
@pytest.mark.parametrize("code", ["ThrottlingException", "BadRequestException"])
def test_botocore_takes_each_form_of_an_error(code: str, form: Callable[[HTTPAnswer], HTTPAnswer]) -> None:
    """For the same error, with the same message."""
    with stubbed(wire=True) as wire:
        wire.add_error("batch_get_profile", code, "Too much", attempts=[form] * 3)
        with pytest.raises(ClientError) as caught:
            wire.client.batch_get_profile(DomainName="example", ProfileIds=["0" * 32])
        assert caught.value.response["Error"] == {"Code": code, "Message": "Too much"}


def test_the_forms_of_an_error() -> None:
    """A URL behind the code, the code in the body in three ways, the message in small letters."""
    answer = sent(error_exchange("batch_get_profile", "ThrottlingException", "Too much"))
    url = "ThrottlingException:http://internal.example.com/coral/com.amazonaws.customerprofiles/"
    assert dict(FORMS["header-with-url"](answer).headers)["x-amzn-errortype"] == url
    assert body(FORMS["type-in-body"](answer)) == {"Message": "Too much", "__type": "ThrottlingException"}
    namespaced = {"Message": "Too much", "__type": "com.amazonaws.customerprofiles#ThrottlingException"}
    assert body(FORMS["namespaced-type-in-body"](answer)) == namespaced
    assert body(FORMS["code-in-body"](answer)) == {"Message": "Too much", "code": "ThrottlingException"}
    assert body(FORMS["small-message"](answer)) == {"message": "Too much"}

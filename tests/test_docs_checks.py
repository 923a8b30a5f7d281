"""What docs/explanation/checks.md says of the rules is what they do, and what botocore does not."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from asking import ask, ids
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from cp_fixtures import (
    Domain,
    Exchange,
    InvalidRequest,
    InvalidResponse,
    Refused,
    UsageError,
    VerdictError,
    Violation,
    stubbed,
    validate,
    validate_request,
)
from cp_fixtures.cases import invalid_requests, invalid_responses
from cp_fixtures.service import operation_model, service_model
from cp_fixtures.shapes import Node
from cp_fixtures.validation import CODES, rules

PAGE = (Path(__file__).parents[1] / "docs" / "explanation" / "checks.md").read_text("utf-8")
PAGE_OF_GUESSES = (Path(__file__).parents[1] / "docs" / "explanation" / "guesses.md").read_text("utf-8")
OPERATIONS = ("batch_get_profile", "get_segment_membership", "create_domain", "get_segment_definition")
"""The two, and two with what these have not: numbers that are no integers, maps with a least size, unions."""

LEAVES = ("string", "integer", "long", "float", "double", "boolean", "blob", "timestamp", "character", "document")
NAIVE = dt.datetime(2025, 1, 1)  # noqa: DTZ001 - that it has no time zone is the fault
UNKNOWN = {"Profiles": [], "Errors": [], "Extra": 1}


def rows(head: str) -> list[list[str]]:
    """The cells of each row of the table with that heading."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


RULES = {code: (source, subject, seen) for code, source, subject, seen in rows("code")}


@cache
def faults() -> list[tuple[str, str, bool]]:
    """Every single fault of the operations: its rule, whether it is a request's, and whether botocore sees it."""
    found: list[tuple[Violation | None, str, bool]] = []
    for operation in OPERATIONS:
        model = operation_model(operation)
        found += [
            (each.violation, "request", sees(each.value, model.input_shape)) for each in invalid_requests(operation)
        ]
        found += [
            (each.violation, "response", sees(bare(each.value.response), model.output_shape))
            for each in invalid_responses(operation)
        ]
    return [(violation.rule, side, seen) for violation, side, seen in found if violation is not None]


def bare(response: dict[str, Any]) -> dict[str, Any]:
    """A response without its metadata, of which botocore's validator knows nothing."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def sees(value: Any, shape: Any) -> bool:
    """Whether botocore's validator has anything to say of a value."""
    return bool(ParamValidator().validate(value, shape).has_errors())


def nested(depth: int) -> dict[str, Any]:
    """A value of DynamoDB, of lists within lists: this service has no shape that can be in itself."""
    value: dict[str, Any] = {"S": "deep"}
    for _ in range(depth):
        value = {"L": [value]}
    return {"Item": {"key": value}}


def test_every_rule_is_listed() -> None:
    """The table has the codes that `ignore` takes, in their order."""
    assert [*RULES] == [*CODES]


@pytest.mark.parametrize("code", [code for code in CODES if code != "depth"])
def test_what_botocore_sees(code: str) -> None:
    """Of the single faults of a rule botocore sees all, none, or some, as the table says."""
    seen = {seen for rule, _, seen in faults() if rule == code}
    said = RULES[code][2]
    assert seen == {"yes": {True}, "no": {False}}.get(said, {True, False})
    assert said in ("yes", "no") or said.startswith("yes, but not ")


def test_what_botocore_does_not_see_of_types_and_least_sizes() -> None:
    """The two exceptions of the table: what it would convert, and maps."""
    request, response = operation_model("create_domain").input_shape, operation_model("batch_get_profile").output_shape
    least: dict[str, Any] = {"DomainName": "shop", "DefaultExpirationDays": 1}
    assert sees(least | {"DomainName": ""}, request)
    assert not sees(least | {"Tags": {}}, request)
    assert [each.rule for each in validate_request("create_domain", least | {"Tags": {}})] == ["min"]
    assert not sees({"Profiles": ()}, response)
    assert [each.rule for each in validate("batch_get_profile", {"Profiles": ()})] == ["type"]


def test_what_is_nested_too_deep() -> None:
    """botocore's validator follows it until Python stops it; here it is a violation like any other."""
    deep = nested(5000)
    params = {"TableName": "table", **deep}
    assert [each.rule for each in validate_request("put_item", params, service="dynamodb")] == ["depth"]
    assert [each.rule for each in validate("get_item", deep, service="dynamodb")] == ["depth"]
    with pytest.raises(RecursionError):
        sees(params, operation_model("put_item", service_model("dynamodb")).input_shape)
    assert RULES["depth"][2] == "no, it fails with a `RecursionError"


def test_where_the_rules_come_from() -> None:
    """A shape without a limit has those of the protocol; those of ids stand in no model; the others are the model's."""
    of_protocol = {rule.code for each in LEAVES for rule in rules(Node(name="Any", type=each))} - {"type"} | {"depth"}
    of_ids = {rule for rule, *_ in faults()} - of_model() - of_protocol
    assert {code for code, (source, *_) in RULES.items() if source == "the protocol"} == of_protocol
    assert {code for code, (source, *_) in RULES.items() if source in ("a guess", "AWS's text")} == of_ids
    assert {
        code for code, (source, *_) in RULES.items() if source == "the model"
    } == CODES.keys() - of_protocol - of_ids


def of_model() -> set[str]:
    """The rules that hold for operations without ids."""
    return {
        violation.rule
        for operation in ("create_domain", "get_segment_definition")
        for violation in (
            *(each.violation for each in invalid_requests(operation)),
            *(each.violation for each in invalid_responses(operation)),
        )
        if violation is not None
    }


def test_what_the_rules_hold_for() -> None:
    """A rule of ids is found in responses alone, or with their requests only; any other in requests, too."""
    for operation in OPERATIONS[:2]:
        for case in invalid_responses(operation):
            assert case.violation is not None
            alone = {each.rule for each in validate(operation, case.value.response)}
            wanted = RULES[case.violation.rule][1] != "a response and its request"
            assert (case.violation.rule in alone) is wanted
    in_requests = {rule for rule, side, _ in faults() if side == "request"} | {"depth"}
    get = {"Bucket": "b", "Key": "k", "IfModifiedSince": NAIVE}
    in_requests |= {each.rule for each in validate_request("get_object", get, service="s3")}
    in_requests |= {each.violation.rule for each in invalid_requests("create_segment_definition") if each.violation}
    many = {"QueueUrl": "q", "MaxNumberOfMessages": 2**31}
    in_requests |= {each.rule for each in validate_request("receive_message", many, service="sqs")}
    assert {code for code, (_, subject, _) in RULES.items() if subject == "both"} == in_requests


def test_guesses_are_listed_as_guesses() -> None:
    """The rules that the table calls guesses stand on the page of guesses, by their codes."""
    guesses = PAGE_OF_GUESSES.partition("## Of the data")[0]
    assert {code for code, (source, *_) in RULES.items() if source == "a guess"} == {
        code for code in CODES if f"`{code}`" in guesses
    }


def registered(request: dict[str, Any] | None, response: dict[str, Any]) -> None:
    """Make a stub of a response."""
    with stubbed() as stubber:
        stubber.add_exchange(Exchange("batch_get_profile", request=request, response=response))


def test_when_a_stub_is_registered() -> None:
    """The first row of the table of times: the response, the error, and the request."""
    with pytest.raises(InvalidResponse):
        registered(None, UNKNOWN)
    with pytest.raises(InvalidRequest):
        registered({"DomainName": "the shop", "ProfileIds": ids(1)}, {"Profiles": [], "Errors": []})
    with pytest.raises(InvalidResponse):
        Exchange("batch_get_profile", error={"Error": {"Code": "", "Message": "No."}})
    assert rows("when")[0][2] == "InvalidResponse`, `InvalidRequest"


def test_when_the_code_makes_a_call_and_when_it_has_ended() -> None:
    """The next two rows: a refusal at once, and a verdict though it was swallowed; a domain answers as the service."""
    with pytest.raises(VerdictError), stubbed() as stubber, suppress(Refused):
        ask(stubber.client, *range(21))
    domain = Domain("amazon-connect-example")
    with pytest.raises(VerdictError), stubbed(domain) as stubber, pytest.raises(ClientError, match="BadRequestExcept"):
        ask(stubber.client, *range(21))
    assert [row[2] for row in rows("when")[1:]] == [
        "Refused`; of a domain, the service's `BadRequestException",
        "VerdictError",
        "VerdictError",
    ]


def test_when_the_last_finalizer_has_run(pytester: pytest.Pytester) -> None:
    """The last row: what a finalizer does is told after the test, which has passed."""
    pytester.makepyfile("""
        import contextlib, pytest

        @pytest.fixture
        def late(cp_client, cp_stubber):
            yield
            with contextlib.suppress(AssertionError):
                cp_client.batch_get_profile(DomainName="the shop", ProfileIds=["0f" * 16])

        def test_it(late):
            pass
    """)
    result = pytester.runpytest_subprocess("-p", "no:randomly")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_it*", "1 request that the service would refuse:"])


def bad_request(stubber: Any) -> None:
    """A call that the service would refuse, and that has an answer all the same."""
    stubber.add_response("batch_get_profile", {})
    with suppress(Refused):
        ask(stubber.client, domain="the shop")


def failing_callable(stubber: Any) -> None:
    """A call whose answer could not be made."""
    stubber.add_callable("batch_get_profile", {}.__getitem__)
    with suppress(TypeError):
        ask(stubber.client)


def wrong_answer(stubber: Any) -> None:
    """A call whose answer breaks a rule."""
    stubber.add_callable("batch_get_profile", lambda _params: UNKNOWN)
    with suppress(InvalidResponse):
        ask(stubber.client)


def unstubbed_call(stubber: Any) -> None:
    """A call that no stub is for."""
    with suppress(Refused):
        ask(stubber.client)


def unused_stub(stubber: Any) -> None:
    """A stub without a call."""
    stubber.add_batch_get_profile()


SCENES = [bad_request, failing_callable, wrong_answer, unstubbed_call, unused_stub]


@pytest.mark.parametrize(("scene", "row"), [*zip(SCENES, rows("what the verdict tells"), strict=True)])
def test_each_part_of_the_verdict_has_its_switch(scene: Any, row: list[str]) -> None:
    """It is told, and with the switch of the second column off it is not; what is always told has none."""
    with pytest.raises(VerdictError), stubbed() as stubber:
        scene(stubber)
    off: dict[str, Any] = dict.fromkeys(
        {"strict", "assert_all_used", "assert_all_expected"} if row[1] == "always" else {row[1]}, False
    )
    told = pytest.raises(VerdictError) if row[1] == "always" else nullcontext()
    with told, stubbed(**off) as stubber:
        scene(stubber)


def test_what_is_not_checked() -> None:
    """The list at the end: formats, ids of a stub for any request, metadata, an id that is asked for twice."""
    found = {"ProfileId": "0f" * 16, "BirthDate": "some day", "PhoneNumber": "none"}
    asked_twice = {"DomainName": "amazon-connect-example", "ProfileIds": ids(1, 1)}
    assert not validate("batch_get_profile", {"Profiles": [found], "ResponseMetadata": "anything"})
    assert not validate_request("batch_get_profile", asked_twice)
    with stubbed() as stubber:
        stubber.add_exchange(Exchange("batch_get_profile", response={"Profiles": [found]}))
        stubber.add_response("batch_get_profile", {"Profiles": [found]})
        assert ask(stubber.client, 1)["Profiles"] == ask(stubber.client, 2)["Profiles"] == [found]


def test_an_id_that_is_asked_for_twice() -> None:
    """A stub of ids refuses it, an exchange and a domain answer it once."""
    domain = Domain("amazon-connect-example")
    domain.put(ProfileId=ids(1)[0])
    with stubbed(domain) as stubber:
        with pytest.raises(UsageError):
            stubber.add_batch_get_profile(profile_ids=ids(1, 1))
        assert len(ask(stubber.client, 1, 1)["Profiles"]) == 1
    request = {"DomainName": "amazon-connect-example", "ProfileIds": ids(1, 1)}
    Exchange("batch_get_profile", request=request, response={"Profiles": [{"ProfileId": ids(1)[0]}]})

"""Errors of a whole call: from the model where it has them, and never a success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY
from botocore.validate import ParamValidator

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.exchanges import error_exchange
from cp_fixtures.service import operation_model

if TYPE_CHECKING:
    from botocore.model import StructureShape

BOTH = ["batch_get_profile", "get_segment_membership"]
STATUSES = {
    "BadRequestException": 400,
    "AccessDeniedException": 403,
    "ResourceNotFoundException": 404,
    "ThrottlingException": 429,
    "InternalServerException": 500,
}
LISTED = ", ".join(sorted(STATUSES))


def error_of(*arguments: Any, **options: Any) -> dict[str, Any]:
    """The error of an exchange, without the metadata that are made."""
    error: dict[str, Any] = error_exchange("batch_get_profile", *arguments, **options).error
    error["ResponseMetadata"] = error["ResponseMetadata"]["HTTPStatusCode"]
    return error


@pytest.mark.parametrize("operation", BOTH)
@pytest.mark.parametrize("code", STATUSES)
def test_every_modelled_error(operation: str, code: str) -> None:
    """Status and members are the model's, the message is a text, and botocore makes its ClientError of it."""
    exchange = error_exchange(operation, code)
    error = exchange.error
    assert (exchange.error_code, exchange.request, exchange.response) == (code, None, None)
    assert error["ResponseMetadata"]["HTTPStatusCode"] == STATUSES[code]
    assert error["Error"] == {"Code": code, "Message": error["Message"]}
    name = operation_model(operation).name
    assert (
        str(ClientError(error, name))
        == f"An error occurred ({code}) when calling the {name} operation: {error['Message']}"
    )


@pytest.mark.parametrize("operation", BOTH)
def test_the_list_is_the_models(operation: str) -> None:
    """What botocore's model lists, all of it, and botocore's own validator accepts the members."""
    listed = cast("list[StructureShape]", operation_model(operation).error_shapes)
    shapes = {shape.error_code: shape for shape in listed}
    assert set(shapes) == set(STATUSES)
    for code, shape in shapes.items():
        error = error_exchange(operation, code).error
        members = {name: error[name] for name in error if name not in ("Error", "ResponseMetadata")}
        assert set(members) == set(shape.members)
        assert not ParamValidator().validate(members, shape).has_errors()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("AccessDeniedException", "User is not authorized to perform: profile:BatchGetProfile"),
        (
            "BadRequestException",
            (
                "1 validation error detected: Value at 'domainName' failed to satisfy constraint: "
                "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$"
            ),
        ),
        ("InternalServerException", "Internal server error"),
        ("ResourceNotFoundException", "The requested resource is not found in account 123456789012"),
        ("ThrottlingException", "Rate exceeded"),
    ],
)
def test_messages(code: str, message: str) -> None:
    """Each code has one, a guess, and another can be given."""
    assert error_of(code)["Message"] == message
    assert error_of(code, "other") == {
        "Error": {"Message": "other", "Code": code},
        "Message": "other",
        "ResponseMetadata": STATUSES[code],
    }
    assert error_of(code, "")["Error"]["Message"] == ""


def test_messages_name_what_the_request_names() -> None:
    """The domain, in the words that users have shown; a matcher is no name."""
    request = {"DomainName": "my-domain", "ProfileIds": ["a" * 32]}
    assert error_of("ResourceNotFoundException", request=request)["Message"] == (
        "DomainName my-domain is not found in account 123456789012"
    )
    assert error_of("BadRequestException", request=request)["Message"] == (
        "1 validation error detected: Value 'my-domain' at 'domainName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$"
    )
    assert error_of("ResourceNotFoundException", request={**request, "DomainName": ANY})["Message"] == (
        "The requested resource is not found in account 123456789012"
    )


def test_a_bad_request_without_a_pattern() -> None:
    """Where no parameter has one, no parameter is named."""
    assert error_exchange("list_domains", "BadRequestException").error["Message"] == (
        "1 validation error detected: Value failed to satisfy constraint: Member must satisfy constraint"
    )


def test_rules_that_are_ignored() -> None:
    """In the request and in the error."""
    request = {"DomainName": "has space", "ProfileIds": ["a" * 32]}
    options: dict[str, Any] = {"request": request, "members": {"Odd": 1}}
    made = error_exchange("batch_get_profile", "ThrottlingException", ignore={"pattern", "unknown"}, **options)
    assert (made.request, made.error["Odd"]) == (request, 1)
    assert made.ignore == {"pattern", "unknown"}
    with pytest.raises(InvalidRequest):
        error_exchange("batch_get_profile", "ThrottlingException", ignore={"unknown"}, **options)


def test_a_seed_of_its_own() -> None:
    """RequestId and Date come from it beside the content; all else is as without it."""
    made = [error_exchange("batch_get_profile", "ThrottlingException", seed=seed).error for seed in (None, 1, 2, "1")]
    assert len({error["ResponseMetadata"]["RequestId"] for error in made}) == 4
    status = {error["ResponseMetadata"]["HTTPStatusCode"] for error in made}
    codes = {error["ResponseMetadata"]["HTTPHeaders"]["x-amzn-errortype"] for error in made}
    assert (status, codes) == ({429}, {"ThrottlingException"})
    other = error_exchange("assume_role", "RegionDisabledException", service="sts", seed=1).error
    assert other["ResponseMetadata"] == {"HTTPStatusCode": 403}


@pytest.mark.parametrize("members", [5, "Message", [("Message", "slow")]])
def test_members_that_are_no_dict(members: Any) -> None:
    """They are refused in words."""
    with pytest.raises(UsageError) as raised:
        error_exchange("batch_get_profile", "ThrottlingException", members=members)
    assert str(raised.value) == f"members is {members!r}. They stand in the error by their names. Give a dict."


def test_a_code_that_the_model_does_not_list() -> None:
    """It needs a status, and has no member at the top."""
    assert error_of("ExpiredTokenException", http_status_code=403) == {
        "Error": {"Message": "BatchGetProfile failed", "Code": "ExpiredTokenException"},
        "ResponseMetadata": 403,
    }


def test_another_status_than_the_models() -> None:
    """It is the caller's to say."""
    assert error_of("ThrottlingException", http_status_code=503)["ResponseMetadata"] == 503


def test_members() -> None:
    """They stand at the top; a Message there is that of the error."""
    assert error_of("ThrottlingException", members={"Message": "slow"}) == {
        "Error": {"Message": "slow", "Code": "ThrottlingException"},
        "Message": "slow",
        "ResponseMetadata": 429,
    }
    assert error_of("Odd", members={"Extra": 1}, http_status_code=400)["Extra"] == 1


def test_a_request() -> None:
    """The call that it answers, checked as any."""
    request = {"DomainName": "d", "ProfileIds": ["a" * 32]}
    assert error_exchange("batch_get_profile", "ThrottlingException", request=request).request == request
    with pytest.raises(InvalidRequest, match="ProfileIds: wanted a list, which BatchGetProfileRequest requires"):
        error_exchange("batch_get_profile", "ThrottlingException", request={"DomainName": "d"})


def test_an_operation_of_another_service() -> None:
    """With the status of that model."""
    exchange = error_exchange("assume_role", "RegionDisabledException", service="sts")
    assert exchange.error["ResponseMetadata"] == {"HTTPStatusCode": 403}
    assert exchange.error["Error"]["Message"] == "AssumeRole failed"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("Throttling", "Did you mean 'ThrottlingException'? "),
        ("ExpiredTokenException", "Did you mean 'ThrottlingException'? "),
        ("Odd", ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_an_unknown_code(code: Any, hint: str) -> None:
    """Without a status it is refused; near ones are suggested, and how to have it all the same."""
    with pytest.raises(UsageError) as raised:
        error_exchange("batch_get_profile", code)
    assert str(raised.value) == (
        f"The model lists no error {code!r} for batch_get_profile. It lists {LISTED}. "
        f"{hint}Of any other give http_status_code=, which the model cannot tell."
    )


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"members": {"Odd": 1}}, "Odd: wanted a member of ThrottlingException (Message), got an unknown one"),
    ],
)
def test_what_breaks_the_model(options: dict[str, Any], place: str) -> None:
    """A member that the error has not."""
    with pytest.raises(InvalidResponse) as raised:
        error_exchange("batch_get_profile", "ThrottlingException", **options)
    lines = str(raised.value).splitlines()
    assert lines[:2] == ["This error of batch_get_profile breaks the service model in 1 place:", f"  {place}"]


@pytest.mark.parametrize("status", [0, 100, 200, 204, 299, 600, -1, "429", True])
def test_no_success_is_an_error(status: Any) -> None:
    """Only what botocore raises for."""
    with pytest.raises(UsageError) as raised:
        error_exchange("batch_get_profile", "Odd", http_status_code=status)
    assert str(raised.value) == (
        f"http_status_code is {status!r}. It is a number, and below 300 botocore takes the error for a success. "
        "Give 300 to 599, or none."
    )


@pytest.mark.parametrize("status", [300, 304, 400, 429, 599])
def test_the_statuses_of_errors(status: int) -> None:
    """From 300 to 599."""
    assert error_of("Odd", http_status_code=status)["ResponseMetadata"] == status


def test_an_unknown_operation() -> None:
    """Near names are suggested."""
    with pytest.raises(
        UsageError, match=r"^There is no operation 'batch_get_profil'\. .* Did you mean 'batch_get_profile'"
    ):
        error_exchange("batch_get_profil", "ThrottlingException")

"""Errors of a whole call: from the model where it has them, and never a success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
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
        ("BadRequestException", "The request of BatchGetProfile is not valid"),
        ("InternalServerException", "Internal server error"),
        ("ResourceNotFoundException", "The resource that BatchGetProfile names is not found in the account"),
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
        (
            {"http_status_code": 200},
            (
                "ResponseMetadata.HTTPStatusCode: wanted a status of 300 to 599, for below that botocore takes it for "
                "a success, got 200"
            ),
        ),
        ({"http_status_code": "429"}, "ResponseMetadata.HTTPStatusCode: wanted an integer, got the str '429'"),
        ({"members": {"Odd": 1}}, "Odd: wanted a member of ThrottlingException (Message), got an unknown one"),
    ],
)
def test_what_breaks_the_model(options: dict[str, Any], place: str) -> None:
    """A success, a status that is no number, a member that the error has not."""
    with pytest.raises(InvalidResponse) as raised:
        error_exchange("batch_get_profile", "ThrottlingException", **options)
    lines = str(raised.value).splitlines()
    assert lines[:2] == ["This error of batch_get_profile breaks the service model in 1 place:", f"  {place}"]


@pytest.mark.parametrize("status", [0, 100, 200, 204, 299, 600, -1])
def test_no_success_is_an_error(status: int) -> None:
    """Only what botocore raises for."""
    with pytest.raises(InvalidResponse):
        error_exchange("batch_get_profile", "Odd", http_status_code=status)


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

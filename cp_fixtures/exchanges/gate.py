"""What an exchange is held to when it is made: its sides, its request, its response, its error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, clip
from cp_fixtures.exchanges.metadata import check_error_status
from cp_fixtures.exchanges.values import at, is_matcher
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES, check, find, validate, validate_beside, validate_request
from cp_fixtures.validation.rules import type_and_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cp_fixtures.shapes import Node

__all__ = ["Known", "check_dicts", "check_error", "check_one_answer", "check_response", "check_wanted"]


class Known(NamedTuple):
    """What is known of a response when it is made: the profiles in one list are legal, and nobody else's.

    Attributes:
        name: the member that is the list.
        node: its shape.
        rest: the response, of each profile its id alone, or nothing where it is a member of its entry.
    """

    name: str
    node: Node
    rest: Mapping[str, Any]


def check_one_answer(operation: str, response: object, error: object) -> None:
    """Refuse an exchange with no answer, or with two.

    Raises:
        UsageError: both are None, or neither is.
    """
    if (response is None) == (error is None):
        raise UsageError(
            f"An exchange of {operation} was to be made with {'no' if error is None else 'more than one'} answer.",
            "It has a response or an error.",
            "Give response= or error=, one of the two.",
        )


def check_dicts(request: object, response: object, error: object) -> None:
    """Refuse what is no dict; None is one that is not there.

    Raises:
        UsageError: one of them is something else.
    """
    if not (request is None or isinstance(request, dict)):
        raise UsageError(
            f"The request is {type_and_length(request)}.",
            "It is the keyword arguments of a call, in which anything may stand that compares equal.",
            "Give a dict, or None where any request of the operation will do.",
        )
    for name, answer in (("response", response), ("error", error)):
        if not (answer is None or isinstance(answer, dict)):
            raise UsageError(f"The {name} is {type_and_length(answer)}.", "botocore makes it a dict.", "Give a dict.")


def check_wanted(
    operation: str, request: dict[str, Any], *, ignore: Iterable[str] = (), service: str = SERVICE
) -> None:
    """Refuse a request to be answered that the service would refuse.

    Args:
        operation: the operation, as boto3 spells its method.
        request: the keyword arguments of the call, as they are sent; what only compares equal may stand anywhere.
        ignore: codes of rules to leave out.
        service: boto3's name of the service.

    Raises:
        InvalidRequest: the service would refuse it.
        UsageError: no such operation, rule or service.
    """
    found = validate_request(operation, request, ignore=ignore, service=service)
    # What only compares equal stands for what the call will bring, and is judged then.
    if wrong := [each for each in found if not (each.rule == "type" and is_matcher(at(request, each.steps)))]:
        raise InvalidRequest(f"This request of {operation} breaks the service model", wrong)


def check_response(
    operation: str,
    response: Mapping[str, Any],
    request: Mapping[str, Any] | None,
    *,
    ignore: frozenset[str],
    service: str,
    known: Known | None,
) -> None:
    """Refuse a response that the service could not have sent, or not to this request.

    Args:
        operation: the operation, as boto3 spells its method.
        response: the response, a dict.
        request: the request, as it is sent; None where any will do.
        ignore: codes of rules to leave out.
        service: boto3's name of the service.
        known: what is known of the response, and need not be looked at; None for nothing.

    Raises:
        InvalidResponse: the response breaks a rule; all violations are listed.
        UsageError: no such operation, rule or service.
    """
    # Where something is wrong in the rest, it is told of the whole.
    if known is None or _finds_beside(operation, known, request, ignore):
        check(operation, response, request=request, ignore=ignore, service=service)


def _finds_beside(operation: str, known: Known, request: Mapping[str, Any] | None, ignore: frozenset[str]) -> bool:
    if OUTCOMES[operation].profile is None:
        return bool(validate_beside(operation, known.rest, known.name, request=request, ignore=ignore))
    return bool(validate(operation, known.rest, request=request, ignore=ignore))


def check_error(operation: str, error: Mapping[str, Any], ignore: frozenset[str], service: str) -> None:
    """Refuse an error that the service could not have given.

    Args:
        operation: the operation, as boto3 spells its method.
        error: the error as `ClientError.response` has it.
        ignore: codes of rules to leave out.
        service: boto3's name of the service.

    Raises:
        InvalidResponse: it has no code or message, no status that is known, or members that break the model.
        UsageError: its HTTP status is none of an error.
    """
    metadata = error.get("ResponseMetadata")
    if isinstance(metadata, dict) and "HTTPStatusCode" in metadata:
        check_error_status("ResponseMetadata.HTTPStatusCode", metadata["HTTPStatusCode"])
    if wrong := [each for each in _error_violations(operation, error, service) if each.rule not in ignore]:
        raise InvalidResponse(f"This error of {operation} breaks the service model", wrong)


def _error_violations(operation: str, error: Mapping[str, Any], service: str) -> Iterator[Violation]:
    known = nodes(service).errors(operation)
    code = at(error, ("Error", "Code"))
    for name in ("Code", "Message"):
        yield from _text_violations(("Error", name), at(error, ("Error", name)))
    if isinstance(code, str) and code not in known and at(error, ("ResponseMetadata", "HTTPStatusCode")) is None:
        wanted = f"a status, for {operation} has no error {clip(code)} in the model"
        yield Violation(("ResponseMetadata", "HTTPStatusCode"), "required", wanted, "nothing")
    if not isinstance(metadata := error.get("ResponseMetadata", {}), dict):
        yield Violation(("ResponseMetadata",), "type", "a dict", type_and_length(metadata))
    if isinstance(code, str) and code in known:
        members = {name: value for name, value in error.items() if name not in ("Error", "ResponseMetadata")}
        yield from find(known[code].node, members)


def _text_violations(steps: tuple[str, str], text: object) -> Iterator[Violation]:
    if text is None:
        yield Violation(steps, "required", "a string, which every error has", "nothing")
    elif not isinstance(text, str):
        yield Violation(steps, "type", "a string", f"the {type(text).__name__} {clip(text)}")
    elif not text and steps[-1] == "Code":
        yield Violation(steps, "min", "at least 1 character", "0 characters")

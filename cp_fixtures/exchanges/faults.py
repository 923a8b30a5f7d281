"""Errors of a whole call: code, HTTP status and members from the model, and a message such as the service gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, did_you_mean
from cp_fixtures.exchanges.exchange import Exchange
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.shapes import ErrorNode

__all__ = ["error_exchange"]

_MESSAGES = {
    "AccessDeniedException": "User is not authorized to perform: profile:{action}",
    "BadRequestException": "The request of {action} is not valid",
    "InternalServerException": "Internal server error",
    "ResourceNotFoundException": "The resource that {action} names is not found in the account",
    "ThrottlingException": "Rate exceeded",
}
"""A guess: nobody documents the texts, and code had better look at the code of an error."""


def error_exchange(
    operation: str,
    code: str,
    message: str | None = None,
    *,
    request: Mapping[str, Any] | None = None,
    http_status_code: int | None = None,
    members: Mapping[str, Any] | None = None,
    service: str = SERVICE,
) -> Exchange:
    """The exchange that ends in an error of the whole call.

    Args:
        operation: the operation, as boto3 spells its method.
        code: the error's code, such as "ThrottlingException".
        message: the error's message; None is that of `members`, or one of the kind that the service gives.
        request: the call that it answers; None where any request of the operation will do.
        http_status_code: the HTTP status, 300 to 599; None is the model's. It has to be given for a code that the
            model does not list for the operation, such as "ExpiredTokenException".
        members: further members of the error's shape.
        service: boto3's name of the service.

    Returns:
        the exchange.

    Raises:
        InvalidRequest: the service would refuse the request.
        InvalidResponse: a member or the status breaks the model.
        UsageError: the model does not list the code for the operation, and no status is given.
    """
    known = nodes(service).errors(operation)
    modelled = _modelled(known, code)
    if modelled is None and http_status_code is None:
        raise UsageError(
            f"The model lists no error {code!r} for {operation}.",
            f"It lists {', '.join(sorted(known)) or 'none'}.",
            f"{did_you_mean(code, known)} Of any other give http_status_code=, which the model cannot tell.".lstrip(),
        )
    text = message if message is not None else (members or {}).get("Message", _message(code, operation))
    # A parsed error has its modelled members at the top, beside what every error has.
    own = {"Message": text} if modelled and "Message" in modelled.node.members else {}
    status = {} if http_status_code is None else {"ResponseMetadata": {"HTTPStatusCode": http_status_code}}
    error = {"Error": {"Message": text, "Code": code}, **own, **(members or {}), **status}
    return Exchange(operation, request=request, error=error, service=service)


def _modelled(known: Mapping[str, ErrorNode], code: object) -> ErrorNode | None:
    return known.get(code) if isinstance(code, str) else None


def _message(code: str, operation: str) -> str:
    action = "".join(word.capitalize() for word in operation.split("_"))
    return _MESSAGES.get(code, "{action} failed").format(action=action)

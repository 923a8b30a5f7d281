"""Errors of a whole call: code, HTTP status and members from the model, and a message such as the service gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip, did_you_mean
from cp_fixtures.exchanges.exchange import Exchange
from cp_fixtures.exchanges.metadata import check_error_status, response_metadata
from cp_fixtures.service import SERVICE, operation_model, service_model
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cp_fixtures.shapes import ErrorNode, Node

__all__ = ["error_exchange", "modelled_error"]

_ACCOUNT = "123456789012"

_MESSAGES = {
    "AccessDeniedException": "User is not authorized to perform: profile:{action}",
    "BadRequestException": (
        "1 validation error detected: Value {value}failed to satisfy constraint: Member must satisfy {constraint}"
    ),
    "InternalServerException": "Internal server error",
    "ResourceNotFoundException": f"{{resource}} is not found in account {_ACCOUNT}",
    "ThrottlingException": "Rate exceeded",
}
"""A guess, after the few texts that users have shown: nobody documents them, and code had better look at the code."""


def error_exchange(
    operation: str,
    code: str,
    message: str | None = None,
    *,
    request: Mapping[str, Any] | None = None,
    http_status_code: int | None = None,
    members: Mapping[str, Any] | None = None,
    service: str = SERVICE,
    ignore: Iterable[str] = (),
    seed: int | str | None = None,
) -> Exchange:
    """The exchange that ends in an error of the whole call.

    Args:
        operation: the operation, as boto3 spells its method.
        code: the error's code, such as "ThrottlingException".
        message: the error's message; None is that of `members`, or one of the kind that the service gives, which names
            what the request names. A guess: nobody documents the texts.
        request: the call that it answers; None where any request of the operation will do.
        http_status_code: the HTTP status, 300 to 599; None is the model's. It has to be given for a code that the
            model does not list for the operation, such as "ExpiredTokenException".
        members: further members of the error's shape.
        service: boto3's name of the service.
        ignore: codes of rules to leave out.
        seed: what RequestId and Date come from beside the content; None is the content alone.

    Returns:
        the exchange.

    Raises:
        InvalidRequest: the service would refuse the request.
        InvalidResponse: a member breaks the model.
        UsageError: the model does not list the code for the operation, and no status is given; the status is none of
            an error; the members are no dict.
    """
    known = nodes(service).errors(operation)
    modelled = _modelled(known, code)
    status = _status(operation, code, known, http_status_code)
    _check_members(members)
    text = (
        message if message is not None else (members or {}).get("Message", _message(operation, code, service, request))
    )
    # A parsed error has its modelled members at the top, beside what every error has.
    own = {"Message": text} if modelled and "Message" in modelled.node.members else {}
    error = {"Error": {"Message": text, "Code": code}, **own, **(members or {})}
    if seed is not None and service == SERVICE:
        error["ResponseMetadata"] = response_metadata((seed, error, request), status, code)
    elif http_status_code is not None:
        error["ResponseMetadata"] = {"HTTPStatusCode": status}
    return Exchange(operation, request=request, error=error, service=service, ignore=ignore)


def modelled_error(operation: str, code: str, *, what: str, otherwise: str) -> Exchange:
    """The exchange that ends in an error which the model lists for the operation, and in no other.

    Args:
        operation: the operation, as boto3 spells its method.
        code: the error's code.
        what: what happened, where the model does not list it: a sentence.
        otherwise: what to give for any other error: a sentence.

    Raises:
        UsageError: the model does not list the code for the operation; near ones are suggested.
    """
    known = nodes().errors(operation)
    if code not in known:
        listed = ", ".join(sorted(known)) or "none"
        why, instead = f"The model lists {listed} for {operation}.", f"{did_you_mean(code, known)} {otherwise}"
        raise UsageError(what, why, instead.lstrip())
    return error_exchange(operation, code)


def _status(operation: str, code: object, known: Mapping[str, ErrorNode], given: int | None) -> int:
    if given is not None:
        check_error_status("http_status_code", given)
        return given
    if (modelled := _modelled(known, code)) is not None:
        return modelled.status
    raise UsageError(
        f"The model lists no error {clip(code)} for {operation}.",
        f"It lists {', '.join(sorted(known)) or 'none'}.",
        f"{did_you_mean(code, known)} Of any other give http_status_code=, which the model cannot tell.".lstrip(),
    )


def _modelled(known: Mapping[str, ErrorNode], code: object) -> ErrorNode | None:
    return known.get(code) if isinstance(code, str) else None


def _check_members(members: object) -> None:
    if members is not None and not isinstance(members, dict):
        raise UsageError(f"members is {clip(members)}.", "They stand in the error by their names.", "Give a dict.")


def _message(operation: str, code: str, service: str, request: Mapping[str, Any] | None) -> str:
    action = operation_model(operation, service_model(service)).name
    named = request if isinstance(request, dict) else {}
    domain = named.get("DomainName")
    value, constraint = _breach(nodes(service).input(operation), named)
    return _MESSAGES.get(str(code), "{action} failed").format(
        action=action,
        resource=f"DomainName {domain}" if isinstance(domain, str) else "The requested resource",
        value=value,
        constraint=constraint,
    )


def _breach(node: Node | None, request: dict[str, Any]) -> tuple[str, str]:
    """The first parameter with a pattern, its value where there is one to show, and what the pattern demands of it."""
    for name, member in node.members.items() if node is not None else ():
        if member.pattern:
            shown = isinstance(request.get(name), str) and not member.sensitive
            value = f"'{request[name]}' " if shown else ""
            return f"{value}at '{name[0].lower()}{name[1:]}' ", f"regular expression pattern: {member.pattern}"
    return "", "constraint"

"""What a domain refuses before it changes anything."""

from __future__ import annotations

from typing import Any

from cp_fixtures.errors import InvalidRequest, UsageError, clip
from cp_fixtures.exchanges import DOMAIN_NAME, Exchange, error_exchange
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import find, validate_request

__all__ = ["check_count", "check_id", "check_name", "error_of"]


def check_count(name: str, number: object, least: int, why: str) -> None:
    """Refuse what is no whole number, or less than it can be.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise UsageError(f"{name} is {clip(number)}.", why, f"Give {least} or more.")


def check_name(operation: str, member: str, name: object) -> None:
    """Refuse a name of a domain or a segment that no call can ask for.

    Raises:
        InvalidRequest: it breaks the shape that the member of the operation has.
    """
    node = nodes().input(operation)
    if node is not None and (found := find(node.members[member], name)):
        raise InvalidRequest(f"No call can ask for this {member}: it breaks the service model", found)


def check_id(profile_id: object) -> None:
    """Refuse an id that no call can ask for.

    Raises:
        InvalidRequest: it breaks the pattern of ids.
    """
    if found := validate_request("batch_get_profile", {"DomainName": DOMAIN_NAME, "ProfileIds": [profile_id]}):
        raise InvalidRequest("No call can ask for this id: it breaks the service model", found)


def error_of(operation: str, error: object) -> dict[str, Any]:
    """The error that calls of an operation are to end in, by its code or in an exchange.

    Raises:
        UsageError: the model lists no such error for the operation, or it is no exchange with one.
    """
    made = error_exchange(operation, error) if isinstance(error, str) else error
    if not isinstance(made, Exchange) or made.operation != operation or made.error is None:
        raise UsageError(
            f"The error is {clip(error)}.",
            f"It is to be one of {operation}.",
            "Give a code of the model, or an Exchange with an error of that operation.",
        )
    found: dict[str, Any] = made.error
    return found

"""What the registering methods refuse before they change anything."""

from __future__ import annotations

import inspect
from functools import cache
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip, did_you_mean, several
from cp_fixtures.exchanges import Exchange, request_for
from cp_fixtures.validation import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["check_is_dict", "check_is_exchange", "check_options", "one_request"]


def check_is_exchange(exchange: object) -> None:
    """Refuse what is no exchange.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(exchange, Exchange):
        raise UsageError(
            f"This is no exchange: {clip(exchange)}.",
            "Only an Exchange has been checked against the model.",
            "Make one: Exchange(operation, request=..., response=...).",
        )


def check_is_dict(name: str, value: object) -> None:
    """Refuse what is no dict.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(value, dict):
        raise UsageError(f"{name} is {clip(value)}.", "It is compared and copied member by member.", "Give a dict.")


def check_options(method: Callable[..., Exchange], options: Mapping[str, Any], typed: type) -> None:
    """Refuse an option that a method does not have.

    Raises:
        UsageError: there is no such option.
    """
    names = _option_names(getattr(method, "__func__", method), typed)
    for name in options:
        if name not in names:
            raise UsageError(
                f"{method.__name__} has no option {name!r}.",
                f"It has {len(names)}, and this is none of them.",
                did_you_mean(name, names) or f"Use one of {several(names)}.",
            )


@cache
def _option_names(function: Callable[..., Exchange], typed: type) -> tuple[str, ...]:
    own = [name for name in inspect.signature(function).parameters if name not in ("self", "options")]
    return (*own, *typed.__annotations__)


def one_request(
    operation: str,
    request: Mapping[str, Any] | None,
    profile_ids: Sequence[str] | None,
    names: dict[str, str | None],
) -> Mapping[str, Any] | None:
    """The request that an error answers, described in one of two ways; None for any.

    Raises:
        UsageError: it is described in both, or in half of one.
    """
    given = [name for name, value in {"profile_ids": profile_ids, **names}.items() if value is not None]
    if given and (request is not None or profile_ids is None or operation not in OUTCOMES):
        described = given if request is None else [*given, "request"]
        raise UsageError(
            f"The call of {operation} is described by {' and '.join(described)}.",
            "An error answers one request, or any, and that does not say which.",
            f"Give profile_ids ({' and '.join(OUTCOMES)} alone have them), or request= with all of it, or neither.",
        )
    return request if profile_ids is None else request_for(operation, profile_ids, **names)

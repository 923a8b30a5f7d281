"""How an answer of a domain becomes an exchange: a response, or an error like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cp_fixtures.exchanges import Exchange, error_exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Missing", "Reply", "Unfit"]


class Missing(Exception):
    """What a call asks about is not there; its text is the message of the ResourceNotFoundException."""


class Unfit(Exception):
    """A request that fits the model, but not the domain; its text is the message of the BadRequestException."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Makes the exchange that answers a call.

    Attributes:
        ignore: codes of rules that it is not held to.
    """

    ignore: frozenset[str] = frozenset()

    def response(self, operation: str, params: Mapping[str, Any], response: dict[str, Any]) -> Exchange:
        """One with a response."""
        return Exchange(operation, request=params, response=response, ignore=self.ignore)

    def error(self, operation: str, params: Mapping[str, Any], code: str, message: str | None = None) -> Exchange:
        """One with an error of the model; its request may be one that the service refuses."""
        made = error_exchange(operation, code, message)
        return Exchange(operation, request=params, error=made.error, unchecked=True)

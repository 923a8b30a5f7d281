"""What stands in a file: a response, or an exchange."""

from __future__ import annotations

__all__ = ["NAMES", "is_exchange"]

NAMES = ("case", "operation", "service", "request", "response", "error", "ignore", "unchecked")
"""The members of an exchange. No member of a response is called so: those begin with a capital."""


def is_exchange(value: object) -> bool:
    """Whether a record is an exchange, and no response."""
    return isinstance(value, dict) and not {"operation", "response", "error"}.isdisjoint(value)

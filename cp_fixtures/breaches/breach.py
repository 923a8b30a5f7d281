"""The record of one fault: where, what, and the violation that it must cause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cp_fixtures.errors import Violation

__all__ = ["Breach"]

_Steps = tuple["str | int", ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """One fault at one place of a legal value.

    Attributes:
        steps: the place in the value, keys as they are; the violation's own steps put in words what is not to be shown.
            Of a missing or an unknown member they end with its name, of a key's fault with the key as it was.
        name: the fault, short: "too-long", "none", "bool-for-int".
        violation: what the broken value is to be told, and nothing else.
        at: where `put` is put: the place, or what is around it where a member or a key is the fault.
        put: what stands there in the broken value.
    """

    steps: _Steps
    name: str
    violation: Violation
    at: _Steps = field(repr=False)
    put: Any = field(repr=False)

    @property
    def rule(self) -> str:
        """The code of the rule that is broken, one of `validation.CODES`."""
        return self.violation.rule

    def applied(self, value: Any) -> Any:
        """A deep copy of the legal value with this fault in it; the value itself is left as it is.

        Args:
            value: the value that the breach was made for, or one that has the same place.
        """
        return _copied(self.grafted(value))

    def grafted(self, value: Any) -> Any:
        """As `applied`, but for whoever copies it anyway: all that is not on the way to the fault is shared."""
        return _with(value, self.at, self.put)


def _with(value: Any, at: _Steps, put: Any) -> Any:
    if not at:
        return put
    changed = value.copy()
    changed[at[0]] = _with(value[at[0]], at[1:], put)
    return changed


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return bytearray(value) if isinstance(value, bytearray) else value

"""One entry of a finite list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from cp_fixtures.exchanges import copied

if TYPE_CHECKING:
    from cp_fixtures.errors import Violation

__all__ = ["Case", "readable"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Case(Generic[T]):
    """A value to test with, under a name.

    Attributes:
        id: unique in its list, stable, and readable; `str(case)` is it, so that `ids=str` shows it.
        violation: what the value is to be told, and nothing else; None where it is legal.
    """

    id: str
    _value: T
    violation: Violation | None = None

    @property
    def value(self) -> T:
        """An Exchange, or a copy of the parameters of a call, since one case may be handed to several tests."""
        value: T = copied(self._value)
        return value

    def __repr__(self) -> str:
        return f"Case({self.id!r}, {self._value!r}, {self.violation!r})"

    def __str__(self) -> str:
        return self.id


def readable(text: str) -> str:
    """The text as a part of an id: whatever a shell or a test runner could trip over is one underscore."""
    return re.sub(r"[^\w.=\[\]-]+", "_", text, flags=re.ASCII)

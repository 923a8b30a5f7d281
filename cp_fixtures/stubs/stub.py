"""A stub: an exchange, or a callable that makes one, registered with how often it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Union

from cp_fixtures.answers import HTTPAnswer, Slow
from cp_fixtures.errors import UsageError, Violation, clip
from cp_fixtures.exchanges import Exchange, asked, copied
from cp_fixtures.stubs.matching import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cp_fixtures.shapes import Node

__all__ = ["Call", "Meets", "Stub", "Uses"]

Meets = Union[
    str, int, HTTPAnswer, Slow, Exchange, BaseException, "type[BaseException]", "Callable[[HTTPAnswer], HTTPAnswer]"
]
"""What one try of a call can meet, on the wire: the code of an error that the model lists for the operation, an HTTP
status, an HTTP answer, a slow one, an exchange with an error, what breaks the connection, or what becomes of the stub's
own answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """How often a stub may answer, and whether it has to.

    Attributes:
        times: how often it answers, 1 or more; None for always.
        optional: whether it is all right if no call uses it.
        ids_in_order: whether the ids of the call have to come in its order.
        attempts: what each try of a call meets, on the wire, before the answer.

    Raises:
        UsageError: `times` is no such number, or another is neither true nor false.
    """

    times: int | None = 1
    optional: bool = False
    ids_in_order: bool = False
    attempts: Sequence[Meets] = ()

    def __post_init__(self) -> None:
        for name, value in (("optional", self.optional), ("ids_in_order", self.ids_in_order)):
            if not isinstance(value, bool):
                raise UsageError(f"{name} is {clip(value)}.", "It is true or false.", "Give one of the two.")
        times: object = self.times
        if times is None or (isinstance(times, int) and times >= 1 and not isinstance(times, bool)):
            return
        raise UsageError(
            f"times is {clip(self.times)}.", "It counts the answers of a stub.", "Give 1 or more, or None for always."
        )


@dataclass(slots=True, eq=False, kw_only=True)
class Stub:
    """One registered answer.

    Attributes:
        operation: the operation that it answers, as boto3 spells its method.
        wanted: the request that it answers, as it is sent; None for any request.
        reply: the exchange that answers the parameters of a call.
        title: what says in words which stub it is.
        uses: how often it may answer.
        prepared: what the delivery keeps with it.
        used: how often it has answered.
        is_judged: whether a verdict has been given on it.
    """

    operation: str
    wanted: dict[str, Any] | None
    reply: Callable[[dict[str, Any]], Exchange]
    title: object
    uses: Uses
    prepared: Any = None
    used: int = 0
    is_judged: bool = False

    @property
    def is_spent(self) -> bool:
        """Whether it has answered as often as it may."""
        return self.uses.times is not None and self.used >= self.uses.times

    @property
    def may_be_passed(self) -> bool:
        """Whether a later stub may answer before it, where the order counts."""
        return self.is_spent or self.uses.optional or self.uses.times is None

    @property
    def is_unused(self) -> bool:
        """Whether calls that it waits for never came, be it that nobody called, or fewer than it has answers for."""
        if self.uses.optional:
            return False
        return self.used < (1 if self.uses.times is None else self.uses.times)

    def differences(self, node: Node | None, params: dict[str, Any]) -> list[Violation]:
        """Why it does not match a call; nothing where it does."""
        if self.wanted is None:
            return []
        return differences(node, self.wanted, params, ids_in_order=self.uses.ids_in_order)

    def __str__(self) -> str:
        times = self.uses.times
        often = "any number of times" if times is None else "once" if times == 1 else f"{times} times"
        return f"{self.title} ({'optional, ' if self.uses.optional else ''}{often}; {self._state()})"

    def _state(self) -> str:
        if not self.used:
            return "not used"
        return "used" if self.uses.times == 1 else f"used {self.used} times" if self.used > 1 else "used once"


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of the code under test.

    Attributes:
        number: which call it was, from 1.
        operation: the operation, as boto3 spells its method.
        params: a copy of the parameters, as they are sent.
        line: where the code made it: "app.py:12, in lookup".
        exchange: the exchange that answered; None where none did.
        violations: what the service would refuse in it.
        fate: what came of it: "answered"; "refused", for the service would; "unexpected", for nobody stubbed it;
            "failed", for the callable that was to answer it did; "ended", where botocore itself or another handler
            ended it before it came to an answer.
        problem: what the callable said, where it failed; why no stub matched, where none did.
        is_judged: whether a verdict has been given on it.
    """

    number: int
    operation: str
    params: dict[str, Any]
    line: str = ""
    exchange: Exchange | None = None
    violations: tuple[Violation, ...] = ()
    fate: Literal["answered", "refused", "unexpected", "failed", "ended"] = "ended"
    problem: str = field(default="", repr=False)
    is_judged: bool = field(default=False, repr=False, compare=False)

    def copy(self) -> Call:
        """The call as it is now, for the test to keep: what becomes of the copy, the log does not see."""
        return replace(self, params=copied(self.params))

    def __str__(self) -> str:
        made_at = f", at {self.line}" if self.line else ""
        return f"call {self.number}, {self.operation}{asked(self.params)}{made_at}"

    def __repr__(self) -> str:
        return f"<{self}: {self.fate}>"

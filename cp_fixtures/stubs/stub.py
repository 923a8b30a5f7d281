"""A stub: an exchange, or a callable that makes one, registered with how often it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, Violation, clip
from cp_fixtures.exchanges import asked
from cp_fixtures.stubs.matching import differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.shapes import Node

__all__ = ["Call", "Stub"]


@dataclass(slots=True, eq=False, kw_only=True)
class Stub:
    """One registered answer.

    Attributes:
        operation: the operation that it answers, as boto3 spells its method.
        wanted: the request that it answers, as it is sent; None for any request.
        reply: the exchange that answers the parameters of a call.
        title: the stub in words.
        times: how often it answers; None for always.
        optional: whether it is all right if no call uses it.
        ids_in_order: whether the ids have to come in its order.
        used: how often it has answered.
    """

    operation: str
    wanted: dict[str, Any] | None
    reply: Callable[[dict[str, Any]], Exchange]
    title: str
    times: int | None = 1
    optional: bool = False
    ids_in_order: bool = False
    used: int = 0

    def __post_init__(self) -> None:
        if self.times is not None and (isinstance(self.times, bool) or not isinstance(self.times, int)):
            raise UsageError(f"times is {clip(self.times)}.", "It counts answers.", "Give 1 or more, or None for always.")
        if self.times is not None and self.times < 1:
            raise UsageError(
                f"times is {self.times}.", "A stub that never answers is none.", "Give 1 or more, or None for always."
            )

    @property
    def is_spent(self) -> bool:
        """Whether it has answered as often as it may."""
        return self.times is not None and self.used >= self.times

    @property
    def may_be_passed(self) -> bool:
        """Whether a later stub may answer before it, where the order counts."""
        return self.is_spent or self.optional or self.times is None

    @property
    def is_unused(self) -> bool:
        """Whether calls that it waits for never came: nobody, or fewer than it has answers for."""
        if self.optional:
            return False
        return self.used == 0 if self.times is None else self.used < self.times

    def differences(self, node: Node | None, params: dict[str, Any]) -> list[Violation]:
        """Why it does not match a call; nothing where it does."""
        if self.wanted is None:
            return []
        return differences(node, self.wanted, params, ids_in_order=self.ids_in_order)

    def __str__(self) -> str:
        often = "always" if self.times is None else {1: "once", 2: "twice"}.get(self.times, f"{self.times} times")
        used = "not used yet" if self.used == 0 else f"used {self.used} of {self.times} times" if self.times else "used"
        return f"{self.title} ({often}{', optional' if self.optional else ''}; {used})"


@dataclass(slots=True, eq=False, kw_only=True)
class Call:
    """One call of the code under test.

    Attributes:
        number: which call it was, from 1.
        operation: the operation, as boto3 spells its method.
        params: a copy of the parameters, as they are sent.
        exchange: the exchange that answered; None where none did.
        violations: what the service would refuse in it.
        refusal: why it got no answer, in words; None where it did, or where botocore refused it by itself.
    """

    number: int
    operation: str
    params: dict[str, Any]
    exchange: Exchange | None = None
    violations: tuple[Violation, ...] = ()
    refusal: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"call {self.number}, {self.operation}{asked(self.params)}"

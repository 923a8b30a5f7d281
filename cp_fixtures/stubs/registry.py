"""The stubs of one test: the choice of the one that answers, the log of the calls, and the one lock around both."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cp_fixtures.errors import Refused, clipped, listed
from cp_fixtures.exchanges import copied
from cp_fixtures.stubs.stub import Call, Stub
from cp_fixtures.validation import as_sent, check_rule_codes, find_in_request

if TYPE_CHECKING:
    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.options import Options
    from cp_fixtures.shapes import Node

__all__ = ["Registry"]

_MOST_CANDIDATES, _MOST_REASONS = 10, 5

_LOG = logging.getLogger("cp_fixtures")


class Registry:
    """What is registered and what was called; many threads may use one.

    Args:
        options: how strict it is.

    Raises:
        UsageError: an option names a rule that does not exist.
    """

    def __init__(self, options: Options) -> None:
        check_rule_codes(options.ignore)
        self.options = options
        self.stubs: list[Stub] = []
        self.calls: list[Call] = []
        self._lock = threading.RLock()

    def add(self, stub: Stub) -> None:
        """Register a stub, after those already there."""
        with self._lock:
            self.stubs.append(stub)

    def begin(self, operation: str, node: Node | None, params: dict[str, Any], *, judged: bool) -> Call:
        """Write a call down, before botocore has looked at it: if it ends there, it is known all the same.

        Args:
            operation: the operation.
            node: the shape of its request.
            params: the parameters.
            judged: whether it is a request that the service's rules are for.
        """
        sent = as_sent(node, copied(params))
        found = find_in_request(node, sent) if judged and self.options.strict else []
        violations = tuple(each for each in found if each.rule not in self.options.ignore)
        with self._lock:
            call = Call(number=len(self.calls) + 1, operation=operation, params=sent, violations=violations)
            self.calls.append(call)
        return call

    def take(self, call: Call, node: Node | None) -> Stub | None:
        """The stub that answers a call, counted as used; None where none does."""
        with self._lock:
            stub = self._chosen(call, node)
            if stub is not None:
                stub.used += 1
        return stub

    def reply(self, call: Call, stub: Stub) -> Exchange:
        """The exchange with which a stub answers a call; what its callable raises is remembered."""
        try:
            # Outside the lock: a callable may make calls of its own.
            call.exchange = stub.reply(copied(call.params))
        except ClientError:
            raise
        except Exception as problem:
            call.fate, call.problem = "failed", str(problem)
            raise
        call.fate = "answered"
        _LOG.debug("%s is answered by: %s", call, stub)
        return call.exchange

    def refusal_of_request(self, call: Call) -> Refused | None:
        """The error for a call that the service would refuse; None where the call may be answered."""
        if not call.violations or self.options.strict == "warn":
            return None
        call.fate = "refused"
        return Refused(
            operation_name=call.operation,
            reason=(
                f"The service would refuse this request of {call.operation}:\n{listed(call.violations)}\n"
                "No answer to it would be true. Correct the call, or switch the check off: strict=False, or "
                f"ignore={{{', '.join(sorted({repr(each.rule) for each in call.violations}))}}}."
            ),
        )

    def refusal_of_call(self, call: Call, node: Node | None) -> Refused:
        """The error for a call that no stub answers: every candidate, and why it does not match."""
        call.fate, call.problem = "unexpected", self._why_unanswered(call, node)
        return Refused(
            operation_name=call.operation,
            reason=(
                f"Nobody stubbed this call of {call.operation}: {call}.\n{call.problem}\n"
                "Stub the call, correct what the code asks for, or switch the check off: assert_all_expected=False."
            ),
        )

    def _chosen(self, call: Call, node: Node | None) -> Stub | None:
        candidates = self._next_in_order() if self.options.ordered else self.stubs
        matching = [
            stub
            for stub in candidates
            if stub.operation == call.operation and not stub.is_spent and not stub.differences(node, call.params)
        ]
        if self.options.ordered:
            return matching[0] if matching else None
        # One that is for this very request goes before one for any.
        return next((stub for stub in matching if stub.wanted is not None), matching[0] if matching else None)

    def _next_in_order(self) -> list[Stub]:
        """The stubs that may answer next: up to the first that has to."""
        upcoming = []
        for stub in self.stubs:
            upcoming.append(stub)
            if not stub.may_be_passed:
                break
        return upcoming

    def _why_unanswered(self, call: Call, node: Node | None) -> str:
        candidates = [stub for stub in self.stubs if stub.operation == call.operation]
        if candidates:
            # Those that are still to be used first: one of them is the likeliest to have been meant.
            candidates.sort(key=lambda stub: stub.is_spent)
            return "\n".join(clipped([self._why_not(stub, call, node) for stub in candidates], _MOST_CANDIDATES))
        others = sorted({stub.operation for stub in self.stubs})
        return f"  Stubs are registered for {', '.join(others)} alone." if others else "  No stub is registered."

    def _why_not(self, stub: Stub, call: Call, node: Node | None) -> str:
        found = [str(each) for each in stub.differences(node, call.params)]
        if stub.is_spent:
            found.append("it has answered as often as it may: register it with times= for more")
        if not found:
            found.append("its turn has not come: with ordered=True the stubs before it come first")
        return "\n".join([f"  {stub}:", *(f"    {line}" for line in clipped(found, _MOST_REASONS))])

"""The stubs of one test: the choice of the one that answers, the log of the calls, and the one lock around both."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from dataclasses import replace
from textwrap import indent
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's own is meant

from cp_fixtures.callers import calling_line
from cp_fixtures.errors import Refused, clipped, listed
from cp_fixtures.exchanges import copied, renumbered
from cp_fixtures.stubs.advice import how_to_stub, how_to_switch_off, ignoring
from cp_fixtures.stubs.stub import Call, Stub
from cp_fixtures.stubs.verdict import Verdict, tell, verdict_on
from cp_fixtures.validation import as_sent, check_rule_codes, find_in_request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cp_fixtures.errors import Violation
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
        if options.ignore:
            check_rule_codes(options.ignore)
        self.options = options
        self.stubs: list[Stub] = []
        self.calls: list[Call] = []
        self.unmet: Callable[[], list[str]] = list
        self._answers: Counter[str] = Counter()
        self._turn = 0
        self._process = os.getpid()
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

        Raises:
            Refused: it is made in a forked process, of which the test will never hear.
        """
        if os.getpid() != self._process:
            raise _forked(operation)
        sent = as_sent(node, copied(params))
        violations = self._violations(node, sent) if judged else ()
        with self._lock:
            call = Call(
                number=len(self.calls) + 1,
                operation=operation,
                params=sent,
                violations=violations,
                line=calling_line(),
            )
            self.calls.append(call)
        return call

    def correct(self, call: Call, node: Node | None, params: dict[str, Any]) -> None:
        """Write down what is really sent, where a handler has changed the parameters since the call began."""
        if params != call.params:
            sent = as_sent(node, copied(params))
            call.params, call.violations = sent, self._violations(node, sent)

    def take(self, call: Call, node: Node | None) -> Stub | None:
        """The stub that answers a call, counted as used; None where none does, and in a forked process."""
        if os.getpid() != self._process:
            return None
        with self._lock:
            stub = self._chosen(call, node)
            if stub is not None:
                stub.used += 1
                if stub.uses.times is not None:
                    self._turn = max(self._turn, self.stubs.index(stub))
        return stub

    def adopt(self, call: Call) -> Call:
        """Write down a call that another was asked for first, and that a stub of this one answers.

        Returns:
            the call as it is in this log, with a number, and to be judged by a verdict, of its own.
        """
        with self._lock:
            own = replace(call, number=len(self.calls) + 1, is_judged=False)
            self.calls.append(own)
        return own

    def reply(self, call: Call, stub: Stub) -> Exchange:
        """The exchange with which a stub answers a call; what its callable raises is remembered.

        Raises:
            Exception: whatever the callable raises.
        """
        why = "it answers any request" if stub.wanted is None else "its request is the call's"
        _LOG.debug("%s is answered by %s, for %s", call, stub, why)
        try:
            # Outside the lock: a callable may make calls of its own.
            call.exchange = stub.reply(call.params)
        except (ClientError, HTTPClientError, ConnectionError):
            # These a service, and the way to it, can bring.
            call.fate = "answered"
            raise
        except Exception as problem:
            call.fate, call.problem = "failed", f"{type(problem).__name__}: {problem}"
            raise
        call.fate = "answered"
        return call.exchange

    def metadata(self, of_exchange: Any) -> Any:
        """The ResponseMetadata with which an exchange is handed out: where it was before, with a RequestId of its own.

        Args:
            of_exchange: the metadata that the exchange has; what a caller has given stays as it is.
        """
        request_id = of_exchange.get("RequestId") if isinstance(of_exchange, dict) else None
        if not isinstance(request_id, str):
            return of_exchange
        with self._lock:
            self._answers[request_id] += 1
            return renumbered(of_exchange, self._answers[request_id])

    def refusal_of_request(self, call: Call) -> Refused | None:
        """The error for a call that the service would refuse; None where the call may be answered."""
        if not call.violations or self.options.strict == "warn":
            return None
        call.fate = "refused"
        return Refused(
            operation_name=call.operation,
            reason=(
                f"The service would refuse this request of {call.operation}:\n{listed(call.violations)}\n"
                "No response to it would be true. Correct what the code asks for, or switch the check off: "
                f"{how_to_switch_off(ignoring(call.violations), 'strict=False')}."
            ),
        )

    def refusal_of_call(
        self, call: Call, node: Node | None, others: Sequence[Registry] = (), *, has_domain: bool = False
    ) -> Refused:
        """The error for a call that no stub answers: every candidate, and why it does not match.

        Args:
            call: the call.
            node: the shape of its request.
            others: the registries that were asked after this one.
            has_domain: whether a domain was asked too, which does not know the operation then.
        """
        unknown = f"\n  No domain answers {call.operation}." if has_domain else ""
        call.fate, call.problem = "unexpected", _why_unanswered((self, *others), call, node) + unknown
        return Refused(
            operation_name=call.operation,
            reason=(
                f"Nobody stubbed {call}.\n{call.problem}\n"
                f"Stub it with {how_to_stub(call.operation)}, or correct what the code asks for. Where the code is to "
                f"meet this error, say so: {how_to_switch_off('assert_all_expected=False')}."
            ),
        )

    def verdict(self, options: Options | None = None) -> Verdict:
        """The verdict on the calls and the stubs on which none has been given yet; now one has.

        Args:
            options: which checks are on; None for its own.
        """
        with self._lock:
            calls = [call for call in self.calls if not call.is_judged]
            stubs = [stub for stub in self.stubs if not stub.is_judged]
            judged: list[Call | Stub] = [*calls, *stubs]
            for each in judged:
                each.is_judged = True
        return verdict_on(options or self.options, calls, stubs, self.unmet)

    def judge(self) -> None:
        """Tell the verdict on the calls and the stubs on which none has been given yet.

        Raises:
            VerdictError: something cannot be right, and its check is not switched off.
        """
        __tracebackhide__ = True
        tell([self.verdict()])

    def reasons(self, call: Call, node: Node | None) -> list[tuple[bool, str]]:
        """Of every stub of the operation whether it is spent, and in words why it does not answer a call."""
        with self._lock:
            stubs = [stub for stub in self.stubs if stub.operation == call.operation]
            return [(stub.is_spent, self._why_not(stub, call, node)) for stub in stubs]

    def _violations(self, node: Node | None, params: dict[str, Any]) -> tuple[Violation, ...]:
        found = find_in_request(node, params) if self.options.strict else ()
        return tuple([each for each in found if each.rule not in self.options.ignore])

    def _chosen(self, call: Call, node: Node | None) -> Stub | None:
        # Where any order will do, one that is for this very request goes before one for any.
        candidates = (
            self._next_in_order() if self.options.ordered else sorted(self.stubs, key=lambda stub: stub.wanted is None)
        )
        for stub in candidates:
            if stub.operation == call.operation and not stub.is_spent and not stub.differences(node, call.params):
                return stub
        return None

    def _next_in_order(self) -> list[Stub]:
        """The stubs that may answer next: from the last that answered to the first that has to."""
        upcoming = []
        for index, stub in enumerate(self.stubs):
            if not self._is_past(index):
                upcoming.append(stub)
                if not stub.may_be_passed:
                    break
        return upcoming

    def _is_past(self, index: int) -> bool:
        return index < self._turn and self.stubs[index].uses.times is not None

    def _why_not(self, stub: Stub, call: Call, node: Node | None) -> str:
        found = ["it has answered as often as it may: register it with times= for more"] if stub.is_spent else []
        found += map(str, stub.differences(node, call.params))
        if not found and self._is_past(self.stubs.index(stub)):
            found.append("its turn is over: with ordered=True nothing answers after what was registered later")
        if not found:
            found.append("its turn has not come: with ordered=True the stubs before it come first")
        return "\n".join([f"{stub}:", listed(found, _MOST_REASONS)])


def _forked(operation: str) -> Refused:
    return Refused(
        operation_name=operation,
        reason=(
            f"A call of {operation} was made in a forked process. "
            "What it asks, and whether its stubs are used, the test in the first process would never hear. "
            "Start the stubbing in the worker itself, with stubbed(everywhere=True), or let the test use threads."
        ),
    )


def _why_unanswered(registries: Sequence[Registry], call: Call, node: Node | None) -> str:
    # Those that are still to be used first: one of them is the likeliest to have been meant.
    reasons = [each for registry in registries for each in registry.reasons(call, node)]
    reasons.sort(key=lambda each: each[0])
    if reasons:
        return "\n".join(clipped([indent(text, "  ") for _, text in reasons], _MOST_CANDIDATES))
    others = sorted({stub.operation for registry in registries for stub in registry.stubs})
    return f"  Stubs are registered for {', '.join(others)} alone." if others else "  No stub is registered."

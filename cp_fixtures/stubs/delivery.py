"""A delivery: it answers the calls of clients with what is registered, in one way or another."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

from botocore.client import BaseClient

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.options import current
from cp_fixtures.service import SERVICE, method_name
from cp_fixtures.stubs.as_botocore import AsBotocore
from cp_fixtures.stubs.stub import Stub, Uses
from cp_fixtures.stubs.switchboard import leave, switchboard
from cp_fixtures.validation import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from botocore.model import OperationModel
    from typing_extensions import Self

    from cp_fixtures.errors import Violation
    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.options import Options
    from cp_fixtures.stubs.stub import Call
    from cp_fixtures.stubs.switchboard import Coming

__all__ = ["Delivery", "check_is_client", "is_domain"]

_LOCK = threading.Lock()


class _Source(Protocol):
    """What answers calls that no stub is for: the domains of a test."""

    def has(self, params: dict[str, Any]) -> bool: ...

    def notes_bad_request(self, params: dict[str, Any]) -> bool: ...

    def unmet(self) -> list[str]: ...

    def answer(self, operation: str, params: dict[str, Any], *, ignore: Iterable[str] = ...) -> Exchange | None: ...

    def refusal(self, operation: str, params: dict[str, Any], violations: Sequence[Violation]) -> Exchange | None: ...


class Delivery(AsBotocore):
    """Answers the calls of its client, and of those that are attached, for as long as it is active.

    Where two are active on one client, the one activated last is asked first, and what it has no stub for goes on to
    the one before: a call is in the log of the first, and in the log of the one that answers it.

    Args:
        client: the client to answer.
        options: how strict it is; None for those of the running test, or the defaults where none is running.

    Raises:
        UsageError: it is no client, or the options name a rule or a locale that does not exist.
    """

    def __init__(self, client: BaseClient, *, options: Options | None = None) -> None:
        check_is_client(client)
        self._set_up(client, current() if options is None else options)
        # Beside its own client; most have no other, and a WeakSet takes long to go through, though nothing is in it.
        self._attached: WeakSet[BaseClient] | None = None
        self._stood_behind: WeakSet[BaseClient] | None = None
        self._is_active = False
        self._source: _Source | None = None

    def __enter__(self) -> Self:
        self.activate()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.deactivate()

    def activate(self) -> None:
        """Answer the client's calls from now on, and those of the clients that were attached."""
        with _LOCK:
            self._is_active = True
            for client in [*(self._stood_behind or ())]:
                switchboard(client).join(self, behind=True)
            for client in [self.client, *(self._attached or ())]:
                switchboard(client).join(self)

    def deactivate(self) -> None:
        """Answer no more calls; those of an outer stubber go on."""
        with _LOCK:
            self._is_active = False
            for client in [self.client, *(self._attached or ()), *(self._stood_behind or ())]:
                leave(client, self)

    def attach(self, client: BaseClient) -> None:
        """Answer another client's calls too, as long as this is active; nobody else can reach that client.

        Args:
            client: a client of the same service.

        Raises:
            UsageError: it is no client, or one of another service.
        """
        check_is_client(client)
        self._check_service(client)
        with _LOCK:
            self._attached = _with(self._attached, client)
            if self._is_active:
                switchboard(client).join(self)

    def stand_behind(self, client: BaseClient) -> None:
        """Answer a client's calls where nothing else does: neither another of ours, nor a Stubber of botocore's.

        As long as this is active, and until `step_back`; a client that is attached stays so.

        Args:
            client: a client of the same service.
        """
        with _LOCK:
            self._stood_behind = _with(self._stood_behind, client)
            if self._is_active:
                switchboard(client).join(self, behind=True)

    def step_back(self, client: BaseClient) -> None:
        """Stand behind a client no more; one that is attached is answered as before."""
        with _LOCK:
            if self._stood_behind is not None:
                self._stood_behind.discard(client)
            if client is not self.client and client not in (self._attached or ()):
                leave(client, self)

    def answer_from(self, domain: Any) -> None:
        """Answer what the stubs leave over from a domain; further domains stand beside it.

        A stub that is registered from now on without a domain_name is for a call of this domain.

        Args:
            domain: a Domain.

        Raises:
            UsageError: it is none, or the client is of another service.
        """
        if not is_domain(domain):
            raise UsageError(
                f"This is no domain: {clip(domain)}.",
                "What the stubs leave over is answered from one.",
                "Make one: Domain(), with put() and segment().",
            )
        self._check_is_ours("answer_from")
        source: _Source = domain.beside(self._source)
        self._source = source
        self._domain_name = domain.name
        self.registry.unmet = source.unmet

    def begin(self, model: OperationModel, params: dict[str, Any]) -> Call:
        """Write down a call that has begun; the switchboard of its client says so."""
        name = method_name(model.name)
        return self.registry.begin(name, self._nodes.input(name), params, judged=self._service == SERVICE)

    def answer(self, coming: Coming) -> Any:
        """The answer to a call, of its own stubs or of those of the others, who are asked in turn.

        Args:
            coming: the call, written down with `begin`.

        Returns:
            what botocore's before-call takes for an answer; None lets the call go on its way.

        Raises:
            Refused: the service would refuse the call, or nobody stubbed it.
        """
        call, node = coming.call, self._nodes.input(coming.call.operation)
        if self._service == SERVICE:
            # Of other services botocore's own handlers change parameters, and Stubber compares what the code gave.
            self.registry.correct(call, node, coming.params)
        deliveries: list[Delivery] = [self, *coming.others]
        if (refusal := self.registry.refusal_of_request(call)) is not None:
            found = _first(_by_domain(deliveries, call), lambda each: each.stub_of_bad_request(call))
            if found is None:
                raise refusal
        else:
            found = _first(deliveries, lambda each: each.registry.take(call, node))
            found = found or _first(_by_domain(deliveries, call), lambda each: each.stub_of_source(call))
        if found is None:
            has_domain = any(each._source is not None for each in deliveries)  # noqa: SLF001 - of our own class
            others = [each.registry for each in deliveries[1:]]
            raise self.registry.refusal_of_call(call, node, others, has_domain=has_domain)
        delivery, stub = found
        return delivery.answer_with(stub, coming, is_own=delivery is self)

    def answer_with(self, stub: Stub, coming: Coming, *, is_own: bool) -> Any:
        """The answer of a stub to a call that may have been asked of another: each has the outcome in its log."""
        call = coming.call
        logged = call if is_own else self.registry.adopt(call)
        try:
            return self._deliver(logged, stub, coming)
        finally:
            call.exchange, call.fate, call.problem = logged.exchange, logged.fate, logged.problem

    def has_domain_of(self, call: Call) -> bool:
        """Whether the domain that a call names is one of its own."""
        return self._source is not None and self._source.has(call.params)

    def stub_of_source(self, call: Call) -> Stub | None:
        """What the domains answer to a call, as a stub that is not registered; None where there is no domain to ask."""
        if self._source is None:
            return None
        options = self.registry.options
        ignored = options.ignore if options.strict is True else CODES
        try:
            made = self._source.answer(call.operation, call.params, ignore=ignored)
        except Exception as problem:
            # A predicate of a segment is code of the test.
            call.fate, call.problem = "failed", f"{type(problem).__name__}: {problem}"
            raise
        return None if made is None else self._stub_for(made)

    def stub_of_bad_request(self, call: Call) -> Stub | None:
        """What the domains answer to a call that breaks the model, likewise; the verdict hears of it, or does not."""
        if self._source is None:
            return None
        made = self._source.refusal(call.operation, call.params, call.violations)
        if made is not None and not self._source.notes_bad_request(call.params):
            call.violations = ()
        return None if made is None else self._stub_for(made)

    def _stub_for(self, exchange: Exchange) -> Stub:
        return Stub(
            operation=exchange.operation,
            wanted=None,
            reply=lambda _params: exchange,
            title=exchange,
            uses=Uses(optional=True),
            prepared=self._prepared(exchange.operation, exchange, ()),
        )

    def _deliver(self, call: Call, stub: Stub, coming: Coming) -> Any:
        """The answer of one of its stubs to a call, as `answer` gives it."""
        raise NotImplementedError

    def _check_service(self, client: BaseClient) -> None:
        service = client.meta.service_model.service_name
        if service != self._service:
            raise UsageError(
                f"The client to attach is one of {service}.",
                f"This stubber answers for {self._service}.",
                "Make a stubber of its own for that client.",
            )


def _with(clients: WeakSet[BaseClient] | None, client: BaseClient) -> WeakSet[BaseClient]:
    clients = WeakSet() if clients is None else clients
    clients.add(client)
    return clients


def _by_domain(deliveries: list[Delivery], call: Call) -> list[Delivery]:
    """The deliveries, those first that have the domain which a call names: it may be that of an outer one."""
    return sorted(deliveries, key=lambda each: not each.has_domain_of(call))


def _first(deliveries: Iterable[Delivery], find: Callable[[Delivery], Stub | None]) -> tuple[Delivery, Stub] | None:
    """The first delivery that has a stub, with the stub; those after it are not asked."""
    for each in deliveries:
        if (stub := find(each)) is not None:
            return each, stub
    return None


def is_domain(thing: object) -> bool:
    """Whether it is a Domain, or answers as one does: told by what it can do, for most tests import none."""
    return hasattr(type(thing), "beside")


def check_is_client(client: object) -> None:
    """Refuse what is no client.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(client, BaseClient):
        raise UsageError(
            f"This is no client: {clip(client)}.",
            "A stubber answers the calls of a boto3 client.",
            'Give one, boto3.client("customer-profiles") for instance, or ask for cp_stubber, which has one.',
        )

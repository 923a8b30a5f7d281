"""The wire: what is registered is answered as HTTP, in as many tries as botocore makes of a call."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's own is meant

from cp_fixtures.errors import UsageError
from cp_fixtures.events import send_by
from cp_fixtures.exchanges import Exchange
from cp_fixtures.service import SERVICE
from cp_fixtures.stubs import Delivery
from cp_fixtures.wire.judging import judge
from cp_fixtures.wire.script import steps_of
from cp_fixtures.wire.sending import Attempts, Sending
from cp_fixtures.wire.serializing import headers_of, sent_with_metadata
from cp_fixtures.wire.waiting import unhurried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from botocore.client import BaseClient

    from cp_fixtures.answers import HTTPAnswer
    from cp_fixtures.options import Options
    from cp_fixtures.stubs import Call, Coming, Meets, Stub
    from cp_fixtures.wire.script import Met
    from cp_fixtures.wire.sending import Attempt

__all__ = ["CustomerProfilesWire"]


class CustomerProfilesWire(Delivery):
    """Answers calls as the service would: with HTTP responses, which botocore signs for, tries again for, and parses.

    It has the registering methods of CustomerProfilesStubber, and its log, assertions and verdict. Each stub answers
    one call with all its tries; `attempts=` says what these meet before the answer::

        wire.add_batch_get_profile(2, attempts=["ThrottlingException", ConnectionError])

    An item of it is met by one try: the code of an error that the model lists, an Exchange with any other error of the
    operation, an HTTP status of 100 to 599, an exception of a broken connection or its class, an `HTTPAnswer`, a
    function that makes another of the stub's own, or a `Slow` with any of these.

    Nothing leaves the process, and nothing waits: botocore's sleeps are written down, and so is every try. How often it
    tries, for what, and how long it sleeps, is botocore's own doing, by the client's configuration.

    Args:
        client: the client to answer, of Customer Profiles.
        options: how strict it is; None for those of the running test, or the defaults where none is running.

    Raises:
        UsageError: it is no client, or one of another service, or the options name a rule or a locale that does not
            exist.
    """

    def __init__(self, client: BaseClient, *, options: Options | None = None) -> None:
        super().__init__(client, options=options)
        if self._service != SERVICE:
            raise UsageError(
                f"The client is one of {self._service}.",
                f"The wire answers as {SERVICE} does.",
                "Make a stubber for it, which serves any service.",
            )
        self._attempts = Attempts()
        self._block = ExitStack()

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every try of every call in order, each with its HTTP request, what it met, and the sleep before the next."""
        return tuple(self._attempts)

    @property
    def seconds(self) -> float:
        """How long all tries and sleeps would have taken in seconds, one after the other; nothing really waited."""
        return self._attempts.seconds

    def activate(self) -> None:
        """Answer the client's calls from now on, and those of the clients that were attached."""
        if not self._is_active:
            self._block.enter_context(unhurried())
        super().activate()

    def deactivate(self) -> None:
        """Answer no more calls; those of an outer delivery go on."""
        super().deactivate()
        self._block.close()

    def _prepared(self, operation: str, exchange: Exchange | None, attempts: Sequence[Meets]) -> Any:
        return steps_of(operation, attempts), None if exchange is None else sent_with_metadata(exchange)

    def _deliver(self, call: Call, stub: Stub, coming: Coming) -> None:
        steps, ready = stub.prepared
        own = self._own(call, stub, ready)
        calls = (call,) if call is coming.call else (call, coming.call)
        send_by(
            coming.context,
            Sending(
                calls=calls,
                own=own,
                steps=steps,
                client=coming.client,
                attempts=self._attempts,
                judge=lambda *request: judge(calls, request, self.registry.options),
            ),
        )

    def _own(self, call: Call, stub: Stub, ready: tuple[HTTPAnswer, Any] | None) -> Met:
        """The answer of a stub, with a RequestId of its own; what breaks the connection, where its callable says so."""
        try:
            exchange = self.registry.reply(call, stub)
        except ClientError as problem:
            exchange = Exchange(call.operation, error=dict(problem.response), unchecked=True)
        except (HTTPClientError, ConnectionError) as problem:
            return problem
        answer, metadata = sent_with_metadata(exchange) if ready is None else ready
        return replace(answer, headers=headers_of(self.registry.metadata(metadata), exchange.error_code))

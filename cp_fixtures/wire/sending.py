"""One call on its way: what each of its tries sends and meets, and how long botocore waits in between."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from botocore import UNSIGNED
from botocore.credentials import Credentials, RefreshableCredentials
from botocore.exceptions import ReadTimeoutError

from cp_fixtures.answers import HTTPAnswer, received
from cp_fixtures.wire.script import ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cp_fixtures.stubs import Call
    from cp_fixtures.wire.script import Met, Step

__all__ = ["Attempt", "Attempts", "Sending"]

_SUCCESS = 200


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One try of one call: an HTTP request, and what it met.

    Attributes:
        call: the number of the call in the log.
        number: which of the call's tries it was, from 1.
        operation: the operation, as boto3 spells its method.
        method: the HTTP method.
        url: the URL.
        headers: the headers, as they were sent.
        body: the body, as it was sent.
        answer: the HTTPAnswer that came, or the exception that botocore's HTTP session would have raised.
        seconds: how long that took, in seconds; nothing really waited, likewise below.
        wait: how long botocore held it back before it was sent, which it does in its adaptive mode.
        sleep: how long botocore slept before the next one; None where it was the last.
    """

    call: int
    number: int
    operation: str
    method: str
    url: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    answer: HTTPAnswer | Exception = field(repr=False)
    seconds: float = 0.0
    wait: float = 0.0
    sleep: float | None = None

    def __str__(self) -> str:
        met = self.answer.status if isinstance(self.answer, HTTPAnswer) else type(self.answer).__name__
        slept = "" if self.sleep is None else f", then a sleep of {self.sleep:.3g} s"
        return f"try {self.number} of call {self.call}, {self.method} {self.operation}: {met}{slept}"


class _Clocks:
    """How far the clock of each client is ahead of the real one.

    A client may outlive its wire, and what botocore's adaptive mode keeps with it would see the time go back.
    """

    def __init__(self) -> None:
        self._ahead: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def ahead(self, client: Any) -> float:
        with self._lock:
            return self._ahead.get(client, 0.0)

    def move(self, client: Any, seconds: float) -> None:
        with self._lock:
            self._ahead[client] = self._ahead.get(client, 0.0) + seconds


_CLOCKS = _Clocks()


class Attempts:
    """Every try of every call of one wire, in order, and how long they took."""

    def __init__(self) -> None:
        self._log: list[Attempt] = []
        self._seconds = 0.0
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Attempt]:
        with self._lock:
            return iter([replace(each, headers=dict(each.headers)) for each in self._log])

    @property
    def seconds(self) -> float:
        """How long all of it took, one after the other."""
        with self._lock:
            return self._seconds

    def add(self, attempt: Attempt) -> None:
        """Write a try down."""
        with self._lock:
            self._log.append(attempt)

    def add_sleep(self, attempt: Attempt, seconds: float) -> None:
        """Write down that there was a sleep after a try."""
        with self._lock:
            attempt.sleep = (attempt.sleep or 0.0) + seconds

    def move(self, seconds: float) -> None:
        """Time goes by."""
        with self._lock:
            self._seconds += seconds


class Sending:
    """One call that the wire answers; the handlers of its events lead here.

    Args:
        calls: the call, in each log that has it; the first is the wire's own.
        own: the answer of its stub.
        steps: what its tries meet before that.
        client: the client that makes it: its read timeout counts, and its credentials.
        attempts: where its tries are written down.
        judge: refuses a request that is not what the call asked for; it gets the method, the URL and the body.
    """

    def __init__(
        self,
        *,
        calls: Sequence[Call],
        own: Met,
        steps: Sequence[Step],
        client: Any,
        attempts: Attempts,
        judge: Callable[[str, str, bytes], None],
    ) -> None:
        self._calls = calls
        self._own = own
        self._steps = steps
        self._client = client
        self._attempts = attempts
        self._judge = judge
        self._number = 0
        self._held = 0.0
        self._response: Any = None
        self._last: Attempt | None = None

    def sign(self) -> Any:
        """As botocore's choose-signer takes it: nobody signs where there are no credentials."""
        return None if _can_sign(self._client._request_signer._credentials) else UNSIGNED  # noqa: SLF001 - they have no other name

    def prepare(self) -> Any:
        """The response to the next request, still empty."""
        self._last, self._held = None, 0.0
        self._response = received(_SUCCESS, {}, b"")
        return self._response

    def send(self, request: Any) -> None:
        """Fill the response in with what the request gets.

        Raises:
            Refused: the request is not what the call asked for.
            Exception: it breaks, as botocore's HTTP session has it; or whatever a function of `attempts` raises.
        """
        body = _bytes(request.body)
        self._judge(request.method, request.url, body)
        step = self._steps[self._number] if self._number < len(self._steps) else ANSWER
        self._number += 1
        met, seconds = self._met(step, request.url)
        self._last = Attempt(
            call=self._calls[0].number,
            number=self._number,
            operation=self._calls[0].operation,
            method=request.method,
            url=request.url,
            headers={str(name): _text(value) for name, value in request.headers.items()},
            body=body,
            answer=met,
            seconds=seconds,
            wait=self._held,
        )
        self._attempts.add(self._last)
        self._move(seconds)
        if isinstance(met, Exception):
            raise met
        vars(self._response).update(vars(received(met.status, _joined(met.headers), met.body, request.url)))

    def sleep(self, seconds: float) -> None:
        """botocore sleeps before the next try."""
        self._move(seconds)
        # A handler of somebody else's may have broken the try before it was sent.
        if self._last is not None:
            self._attempts.add_sleep(self._last, seconds)

    def wait(self, seconds: float) -> None:
        """botocore holds the try back."""
        self._held += seconds
        self._move(seconds)

    @property
    def ahead(self) -> float:
        """How far the clock is ahead of the real one, in seconds."""
        return _CLOCKS.ahead(self._client)

    def _move(self, seconds: float) -> None:
        self._attempts.move(seconds)
        _CLOCKS.move(self._client, seconds)

    def _met(self, step: Step, url: str) -> tuple[Met, float]:
        patience = self._client.meta.config.read_timeout
        if patience is not None and step.seconds > patience:
            return ReadTimeoutError(endpoint_url=url, error="scripted"), patience
        try:
            return step.meet(self._own, url), step.seconds
        except Exception as problem:
            for call in self._calls:
                call.fate, call.problem = "failed", f"{type(problem).__name__}: {problem}"
            raise


def _can_sign(credentials: Any) -> bool:
    """Whether there are credentials, and to have them takes no network."""
    if type(credentials) is RefreshableCredentials:
        return not credentials.refresh_needed()
    # Those of another kind, deferred ones for instance, may not be there yet, and would be asked for.
    return type(credentials) is Credentials


def _joined(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """A header that comes more than once is one to botocore, as urllib3 joins it."""
    joined: dict[str, str] = {}
    for name, value in headers:
        before = f"{joined[name.lower()]}, " if name.lower() in joined else ""
        joined[name.lower()] = before + value
    return joined


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else bytes(body)


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)

"""The script of a stub: what each try of the call that it answers meets, before the answer."""

from __future__ import annotations

import errno
import http.client
import inspect
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from botocore import exceptions as botocore_errors

from cp_fixtures.answers import HTTPAnswer, Slow, check_status
from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges import Exchange, modelled_error
from cp_fixtures.wire.serializing import sent

__all__ = ["ANSWER", "Met", "Step", "broken", "steps_of"]

Met = HTTPAnswer | Exception
"""What ends a try: an HTTP response, or what botocore's HTTP session raises."""

_KINDS = (
    "a code of an error, an HTTP status, an exception of a broken connection, an HTTPAnswer, an Exchange with an "
    "error, a function of the stub's own HTTPAnswer, or Slow with any of these"
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one try meets.

    Attributes:
        meet: gives what ends the try, from the stub's own answer and the URL that was asked.
        seconds: how long that takes.
    """

    meet: Callable[[Met, str], Met]
    seconds: float = 0.0


ANSWER = Step(lambda own, _url: own)
"""The stub's own answer, at once."""


def steps_of(operation: str, attempts: object) -> tuple[Step, ...]:
    """The steps of a script, each checked.

    Args:
        operation: the operation of the stub.
        attempts: what `attempts=` was given.

    Raises:
        UsageError: it is no list, or something in it is nothing that a try can meet.
    """
    if isinstance(attempts, (str, bytes)) or not isinstance(attempts, Sequence):
        raise UsageError(
            f"attempts is {clip(attempts)}.",
            "It lists what one try after the other meets.",
            'Give a list: ["ThrottlingException"].',
        )
    return tuple(_step(operation, each) for each in attempts)


def _step(operation: str, meets: Any) -> Step:
    if isinstance(meets, Slow):
        return Step(ANSWER.meet if meets.meets is None else _step(operation, meets.meets).meet, meets.seconds)
    if isinstance(meets, HTTPAnswer):
        return Step(lambda _own, _url: meets)
    if isinstance(meets, (str, Exchange)):
        answer = sent(_error(operation, meets))
        return Step(lambda _own, _url: answer)
    if isinstance(meets, int):
        check_status("A status of attempts", meets)
        return Step(lambda _own, _url: HTTPAnswer(meets))
    if isinstance(meets, BaseException) or inspect.isclass(meets):
        return _broken_step(meets)
    if callable(meets):
        return Step(lambda own, _url: _changed(meets, own))
    raise UsageError(f"attempts has {clip(meets)}.", "Nothing that a try can meet is so.", f"Give {_KINDS}.")


def _error(operation: str, meets: str | Exchange) -> Exchange:
    if isinstance(meets, str):
        return modelled_error(
            operation,
            meets,
            what=f"attempts has the error {clip(meets)}.",
            otherwise="Of any other give an Exchange with it, or an HTTPAnswer.",
        )
    if meets.error is None or meets.operation != operation:
        raise UsageError(
            f"attempts has {clip(meets)}.",
            f"A try meets an error of {operation}, and after the last of them the stub's own answer.",
            "Give an Exchange with such an error.",
        )
    return meets


def _broken_step(meets: Any) -> Step:
    kind = meets if inspect.isclass(meets) else type(meets)
    if not issubclass(kind, _KNOWN):
        raise UsageError(
            f"attempts has {clip(meets)}.",
            "It is nothing that a connection can break with.",
            "Give a class, or an instance, of ConnectionError, TimeoutError, OSError, or one of botocore's.",
        )
    try:
        broken(meets, "https://example.com")
    except (KeyError, TypeError) as problem:
        raise UsageError(
            f"attempts has {clip(meets)}.", f"It cannot be made: {problem!r}.", "Give an instance of it."
        ) from problem
    return Step(lambda _own, url: broken(meets, url))


def broken(meets: Any, url: str) -> Exception:
    """What botocore's HTTP session would raise for what breaks a connection.

    Args:
        meets: an exception, or its class; one of botocore's own stays what it is.
        url: the URL that was asked.
    """
    if inspect.isclass(meets):
        meets = (
            meets(endpoint_url=url, proxy_url=url, error=OSError("scripted"))
            if issubclass(meets, _BOTOCORE)
            else meets()
        )
    if isinstance(meets, _BOTOCORE):
        found: Exception = meets
        return found
    kind = next(ours for theirs, ours in _AS_BOTOCORE if isinstance(meets, theirs))
    if isinstance(meets, OSError) and meets.errno in _UNREACHABLE:
        kind = botocore_errors.EndpointConnectionError
    return kind(endpoint_url=url, error=meets)


_BOTOCORE = (botocore_errors.HTTPClientError, botocore_errors.ConnectionError)
_KNOWN = (*_BOTOCORE, OSError, http.client.HTTPException)
_AS_BOTOCORE: tuple[tuple[type[Exception], type[botocore_errors.BotoCoreError]], ...] = (
    # As urllib3 has them, which botocore's HTTP session asks, and as that session hands them on.
    (ssl.SSLError, botocore_errors.SSLError),
    (ConnectionRefusedError, botocore_errors.EndpointConnectionError),
    (socket.gaierror, botocore_errors.EndpointConnectionError),
    (TimeoutError, botocore_errors.ReadTimeoutError),
    (OSError, botocore_errors.ConnectionClosedError),
    (http.client.HTTPException, botocore_errors.ConnectionClosedError),
)
# With these no connection is made; all others break one that has been.
_UNREACHABLE = {
    errno.EADDRNOTAVAIL,
    errno.ECONNREFUSED,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
}


def _changed(change: Callable[[HTTPAnswer], Any], own: Met) -> Met:
    if not isinstance(own, HTTPAnswer):
        return own
    try:
        made = change(own)
    except _BOTOCORE as problem:
        return problem
    if not isinstance(made, HTTPAnswer):
        raise UsageError(
            f"{getattr(change, '__qualname__', clip(change))} of attempts gave {clip(made)}.",
            "It is given the stub's own answer, to make another of.",
            "Let it return an HTTPAnswer.",
        )
    return made

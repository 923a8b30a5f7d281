"""The calls that the wire answers, told from all others; and their waiting, written down instead of waited for."""

from __future__ import annotations

import copy
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import botocore.endpoint
from botocore.endpoint import Endpoint
from botocore.exceptions import CapacityNotAvailableError
from botocore.retries import bucket

from cp_fixtures.events import on_its_way, sending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures.events import Sending

__all__ = ["unhurried"]

# A block that was never left ends when it is collected, which may be in the midst of this.
_LOCK = threading.RLock()
_LEAST = 0.001
_blocks = 0
_undo: list[Callable[[], None]] = []

# Stand-ins that could not be taken away, for somebody else's stood above them, each with what it stands for: when that
# is undone they come back.
_left: dict[int, tuple[Any, Any]] = {}


@contextmanager
def unhurried() -> Iterator[None]:
    """For a block, no call that a wire answers waits for anything; all others wait as they did.

    botocore sleeps before it tries again, by the module `time` of `botocore.endpoint`; and in its adaptive mode it
    waits for a token of a bucket that is filled by the clock. Both get a stand-in, which looks at each call anew; and
    so does the method in which a call does all of this.
    """
    global _blocks  # noqa: PLW0603 - one process, one botocore
    with _LOCK:
        _blocks += 1
        if not _undo:
            _undo.extend(
                [
                    _replaced(botocore.endpoint, "time", _Clock),
                    _replaced(bucket, "time", _Clock),
                    _replaced(bucket.TokenBucket, "acquire", _acquiring),
                    _replaced(Endpoint, "make_request", _making_request),
                ]
            )
    try:
        yield
    finally:
        with _LOCK:
            _blocks -= 1
            if not _blocks:
                while _undo:
                    _undo.pop()()


def _replaced(owner: Any, name: str, stand_in_for: Callable[[Any], Any]) -> Callable[[], None]:
    """Put a stand-in in a place; gives what takes it away again, where nobody has put something else there since."""
    there = getattr(owner, name)
    _, original = _left.pop(id(there), (None, there))
    stand_in = stand_in_for(original)
    setattr(owner, name, stand_in)

    def undo() -> None:
        if vars(owner)[name] is stand_in:
            setattr(owner, name, original)
        else:
            _left[id(stand_in)] = stand_in, original

    return undo


class _Clock:
    """The module `time`, but that a call which the wire answers does not sleep, and sees the time as if it had."""

    def __init__(self, original: Any) -> None:
        self._original = original

    def sleep(self, seconds: float) -> None:
        if (call := sending()) is None:
            self._original.sleep(seconds)
        else:
            call.sleep(seconds)

    def time(self) -> Any:
        call = sending()
        return self._original.time() if call is None else time.time() + call.ahead

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


def _making_request(original: Callable[..., Any]) -> Callable[..., Any]:
    def make_request(self: Any, operation_model: Any, request_dict: Any) -> Any:
        with on_its_way(request_dict["context"]) as call:
            endpoint = self if call is None else _closed(self, call)
            return original(endpoint, operation_model, request_dict)

    return make_request


def _closed(endpoint: Any, call: Sending) -> Any:
    """The endpoint for one call, which cannot leave: if its wire is deactivated meanwhile, it is answered here."""

    def send(request: Any) -> Any:
        response = call.prepare()
        call.send(request)
        return response

    twin = copy.copy(endpoint)
    twin._send = send  # noqa: SLF001 - botocore has no other name for it
    return twin


def _acquiring(original: Callable[..., Any]) -> Callable[..., Any]:
    def acquire(self: Any, amount: float = 1, block: bool = True) -> Any:  # noqa: FBT001, FBT002 - as botocore has it
        call = sending()
        if call is None or not block:
            return original(self, amount, block)
        while not _has_acquired(original, self, amount):
            # The clock moves on, so that there is a token the next time; by so much at least that floats show it.
            call.wait(max(self._sleep_amount(amount), _LEAST))
        return True

    return acquire


def _has_acquired(acquire: Callable[..., Any], tokens: Any, amount: float) -> bool:
    try:
        return bool(acquire(tokens, amount, block=False))
    except CapacityNotAvailableError:
        return False

"""Brings any client in the process to a stubber, and keeps the calls that nobody answers off the network."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet, ref

from botocore.client import BaseClient

from cp_fixtures.errors import Refused
from cp_fixtures.events import LEAVING, connect, disconnect, is_isolated
from cp_fixtures.service import SERVICE, method_name
from cp_fixtures.stubber import is_answered
from cp_fixtures.stubs import Call, Registry, how_to_switch_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import OperationModel

    from cp_fixtures.stubber import CustomerProfilesStubber

__all__ = ["Guard", "guarded", "intercepted"]

_Watcher = Callable[[BaseClient], None]


@contextmanager
def intercepted(stubber: CustomerProfilesStubber) -> Iterator[None]:
    """For a block, every client of Customer Profiles in the process is answered by a stubber.

    A client is reached when it makes its first call in the block, in whatever way it was made, before or after. What
    answers it already is asked first: a stubber that is active on it, or one of botocore's own. At the end of the block
    every client is as it was.

    Args:
        stubber: whoever is to answer.
    """
    reached: WeakSet[BaseClient] = WeakSet()

    def bring(client: BaseClient) -> None:
        if client not in reached:
            reached.add(client)
            stubber.stand_behind(client)

    with _watching(bring):
        try:
            yield
        finally:
            for client in list(reached):
                stubber.leave(client)


class Guard:
    """Refuses the calls of clients that nobody answers for, before they leave the process, and remembers them.

    Args:
        registry: where the calls are written down, and judged.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def begin(self, operation: str, params: dict[str, Any]) -> Call:
        """Write down a call that has begun."""
        return self.registry.begin(operation, None, params, judged=False)

    def refusal(self, call: Call) -> Refused:
        """The error for a call that is about to leave, with the line that made it, and what to do."""
        call.fate = "unexpected"
        call.problem = "  Nobody answers for its client, and it was about to leave for the network."
        return Refused(
            operation_name=call.operation,
            reason=(
                f"A call of {call.operation} was about to leave for the network: {call}. "
                "Nobody answers for its client. Give the code cp_client, or ask for cp_intercept, which answers for "
                "every client; outside of pytest use stubbed(everywhere=True), or stubber.attach(client). "
                f"Where calls are to go out, say so: {how_to_switch_off('network=True')}."
            ),
        )


@contextmanager
def guarded(guard: Guard | None) -> Iterator[None]:
    """For a block, no call of Customer Profiles leaves the process that nobody answers.

    Args:
        guard: who refuses the calls; an inner one goes before an outer one. None lets them out, in spite of an outer
            guard.
    """
    with _LOCK:
        _guards.append(guard)
    try:
        with _watching(_post):
            yield
    finally:
        with _LOCK:
            _guards.remove(guard)
            if not _guards:
                _withdraw()


class _Sentry:
    """Stands on one client, behind all who may answer for it."""

    def __init__(self, client: BaseClient) -> None:
        self._client = ref(client)

    def begin(self, *, params: dict[str, Any], model: OperationModel, context: dict[str, Any], **_kwargs: Any) -> None:
        client, guard = self._client(), _guards[-1] if _guards else None
        is_call = not context.get("is_presign_request")
        if is_call and client is not None and guard is not None and not is_answered(client):
            call = guard.begin(method_name(model.name), params)
            # An isolated client looks here when a request comes to where it would leave.
            context[LEAVING] = lambda: guard.refusal(call)

    def answer(self, *, context: dict[str, Any], **_kwargs: Any) -> None:
        client = self._client()
        refusal = context.get(LEAVING)
        if refusal is not None and client is not None and not is_isolated(client):
            raise refusal()


_guards: list[Guard | None] = []
_sentries: WeakKeyDictionary[BaseClient, _Sentry] = WeakKeyDictionary()


def _post(client: BaseClient) -> None:
    # An isolated client has one place, which a stubber takes and gives up again: each call looks anew.
    is_vacant = not is_answered(client) if is_isolated(client) else client not in _sentries
    if is_vacant:
        connect(client, _sentries.setdefault(client, _Sentry(client)), last=True)


def _withdraw() -> None:
    for client, sentry in list(_sentries.items()):
        if not (is_isolated(client) and is_answered(client)):
            disconnect(client, sentry)
    _sentries.clear()


_LOCK = threading.RLock()
_watchers: tuple[_Watcher, ...] = ()
_METHOD = "_emit_api_params"


@contextmanager
def _watching(watcher: _Watcher) -> Iterator[None]:
    """For a block, show every client of Customer Profiles to a watcher, whenever it begins a call."""
    global _watchers  # noqa: PLW0603 - one process, one list
    with _LOCK:
        _watchers = (*_watchers, watcher)
        _Patch.install()
    try:
        yield
    finally:
        with _LOCK:
            _watchers = tuple(each for each in _watchers if each is not watcher)
            if not _watchers:
                _Patch.remove()


class _Patch:
    """The one place where botocore is changed: every call of every client emits its parameters through this method.

    Tracers wrap `_make_api_call`, the method that calls this one: in whatever order they and we come and go, neither
    takes the other away.
    """

    original: Any = None

    @classmethod
    def install(cls) -> None:
        if cls.original is None:
            cls.original = getattr(BaseClient, _METHOD)
            setattr(BaseClient, _METHOD, _emit_api_params)

    @classmethod
    def remove(cls) -> None:
        # Where somebody has wrapped it since, it stays, switched off, until nobody holds it any more.
        if getattr(BaseClient, _METHOD) is _emit_api_params:
            setattr(BaseClient, _METHOD, cls.original)
            cls.original = None


def _emit_api_params(self: BaseClient, *args: Any, **kwargs: Any) -> Any:
    if _watchers and self.meta.service_model.service_name == SERVICE:
        for watcher in _watchers:
            watcher(self)
    return _Patch.original(self, *args, **kwargs)

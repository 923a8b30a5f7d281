"""Brings any client in the process to a stubber, and keeps the calls that nobody answers off the network."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from botocore.client import BaseClient

from cp_fixtures.clients import is_closed
from cp_fixtures.environment import kept_default_session
from cp_fixtures.errors import Refused, UsageError
from cp_fixtures.events import LEAVING
from cp_fixtures.service import SERVICE, method_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import OperationModel

    from cp_fixtures.stubs import Delivery, Registry

__all__ = ["Guard", "guarded", "intercepted"]

_Watcher = Callable[[BaseClient, dict[str, Any], "OperationModel", dict[str, Any]], None]


@contextmanager
def intercepted(stubber: Delivery) -> Iterator[None]:
    """For a block, every client of Customer Profiles in the process is answered by a stubber.

    A client is reached when it makes its first call in the block, in whatever way it was made, before or after. What
    answers it already is asked first: a stubber that is active on it, or one of botocore's own. At the end of the block
    every client is as it was, and so is boto3's default session.

    Args:
        stubber: whoever is to answer.

    Raises:
        UsageError: it is a stubber of another service.
    """
    _check_is_ours(stubber.client.meta.service_model.service_name)
    reach = _Reach(stubber)
    with kept_default_session():
        try:
            with _watching(reach.bring):
                yield
        finally:
            reach.end()


def _check_is_ours(service: str) -> None:
    if service != SERVICE:
        raise UsageError(
            f"The client of this stubber is one of {service}.",
            f"Every client of {SERVICE} would be answered by it, and it knows none of their operations.",
            "Take it for its own client, and another stubber to be everywhere.",
        )


class _Reach:
    """The clients that one block has brought to a stubber."""

    def __init__(self, stubber: Delivery) -> None:
        self._stubber = stubber
        self._seen: WeakSet[BaseClient] = WeakSet()
        self._has_ended = False
        self._lock = threading.Lock()

    def bring(self, client: BaseClient, *_call: object) -> None:
        if client in self._seen:
            return
        with self._lock:
            # A thread may come here late, when nobody would take its client back any more.
            if client not in self._seen and not self._has_ended:
                self._stubber.stand_behind(client)
                # Only now: another thread with this client has to wait until it is answered.
                self._seen.add(client)

    def end(self) -> None:
        with self._lock:
            self._has_ended = True
            for client in list(self._seen):
                self._stubber.step_back(client)


class Guard:
    """Refuses the calls of clients that nobody answers for, before they leave the process, and remembers them.

    Args:
        registry: where the calls are written down, and judged.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def refusal(self, operation: str, params: dict[str, Any], *, is_isolated: bool) -> Refused:
        """The error for a call that is about to leave, with the line that made it, and what to do.

        Args:
            operation: the operation, as boto3 spells its method.
            params: its parameters.
            is_isolated: whether its client is an isolated one: cp_client, or that of a stubber.

        Raises:
            Refused: it is made in a forked process, of which the test will never hear.
        """
        call = self.registry.begin(operation, None, params, judged=False)
        why, instead, outside = _FOR_ISOLATED if is_isolated else _FOR_ANY
        call.fate = "unexpected"
        call.problem = f"  It was about to leave for the network. {why}\n  {instead}{outside}."
        return Refused(
            operation_name=call.operation,
            reason=(
                f"This call was about to leave for the network: {call}. {why} {instead}{outside}. "
                "Where calls are to go out, say so: network=True, in @pytest.mark.cp_fixtures(...)."
            ),
        )


_FOR_ANY = (
    "Nobody answers for its client.",
    "Give the code cp_client, or ask for cp_intercept",
    ", which answers for every client; outside of pytest use stubbed(everywhere=True), or stubber.attach(client)",
)
_FOR_ISOLATED = (
    "Its client is an isolated one, and no active stubber answers for it.",
    "Ask for cp_stubber, and stub the call",
    "; outside of pytest use stubbed(client=client)",
)


class guarded:  # noqa: N801 - it is used as a function is: with guarded(guard)
    """For a block, no call of Customer Profiles leaves the process that nobody answers.

    Args:
        guard: who refuses the calls; an inner one goes before an outer one. None lets them out, in spite of an outer
            guard.
    """

    def __init__(self, guard: Guard | None) -> None:
        self.guard = guard

    def __enter__(self) -> None:
        global _posts  # noqa: PLW0603 - one process, one list
        with _LOCK:
            _watch(_stop_at_the_door)
            _posts = (*_posts, self)

    def __exit__(self, *_: object) -> None:
        global _posts  # noqa: PLW0603 - as above
        with _LOCK:
            _unwatch(_stop_at_the_door)
            # Another block may have the same guard, or none as well.
            _posts = tuple(each for each in _posts if each is not self)
            if not _posts:
                _open_doors()


_LOCK = threading.RLock()
_posts: tuple[guarded, ...] = ()
_doors: WeakSet[BaseClient] = WeakSet()
_DOOR, _DOOR_ID = "request-created.*.*", "cp_fixtures-door"


def _stop_at_the_door(
    client: BaseClient, params: dict[str, Any], model: OperationModel, context: dict[str, Any]
) -> None:
    """Have a call refused where it would leave; whatever answers it before then is welcome to."""
    posts = _posts
    guard = posts[-1].guard if posts else None
    if guard is None or context.get("is_presign_request"):
        return
    is_isolated = is_closed(client)
    context[LEAVING] = lambda: guard.refusal(method_name(model.name), params, is_isolated=is_isolated)
    if not is_isolated and client not in _doors:
        with _LOCK:
            if _posts and client not in _doors:
                # Before it is signed: no credentials are asked for.
                client.meta.events.register_first(_DOOR, _refuse, unique_id=_DOOR_ID)
                _doors.add(client)


def _refuse(request: Any, **_kwargs: Any) -> None:
    if (refusal := request.context.get(LEAVING)) is not None:
        raise refusal()


def _open_doors() -> None:
    # There is none where every client is an isolated one.
    for client in [*_doors] if _doors else ():
        client.meta.events.unregister(_DOOR, unique_id=_DOOR_ID)
    _doors.clear()


_watchers: tuple[_Watcher, ...] = ()


@contextmanager
def _watching(watcher: _Watcher) -> Iterator[None]:
    """For a block, show every call of every client of Customer Profiles to a watcher, when it begins."""
    _watch(watcher)
    try:
        yield
    finally:
        _unwatch(watcher)


def _watch(watcher: _Watcher) -> None:
    global _watchers  # noqa: PLW0603 - as above
    with _LOCK:
        _watchers = (*_watchers, watcher)
        _patch()


def _unwatch(watcher: _Watcher) -> None:
    global _watchers  # noqa: PLW0603 - as above
    with _LOCK:
        # One of them: the same watcher may be there for an outer block too.
        rest = list(_watchers)
        rest.remove(watcher)
        _watchers = tuple(rest)
        if not _watchers:
            _unpatch()


_METHOD, _OURS = "_emit_api_params", "_cp_fixtures_patch"


def _patch() -> None:
    """Change botocore in one place: every call of every client emits its parameters through this method.

    Tracers wrap `_make_api_call`, the method that calls this one: in whatever order they and we come and go, neither
    takes the other away. Where somebody wraps this one after us, what he wraps stays, switched off; where somebody took
    it away with his own, it comes back with the next block.
    """
    there = getattr(BaseClient, _METHOD)
    if _original(there) is None:
        setattr(BaseClient, _METHOD, _wrapping(there))


def _unpatch() -> None:
    if (original := _original(getattr(BaseClient, _METHOD))) is not None:
        setattr(BaseClient, _METHOD, original)


def _original(function: Any) -> Any:
    """What a function of ours stands for; None for one of somebody else's, who may have copied our attributes."""
    ours, original = getattr(function, _OURS, (None, None))
    return original if ours is function else None


# Every block has the same one, as long as nobody else changes the method.
@lru_cache(maxsize=1)
def _wrapping(original: Callable[..., Any]) -> Callable[..., Any]:
    def emit_api_params(
        self: BaseClient, api_params: dict[str, Any], operation_model: OperationModel, context: dict[str, Any]
    ) -> Any:
        if _watchers and self.meta.service_model.service_name == SERVICE:
            for watcher in _watchers:
                watcher(self, api_params, operation_model, context)
        return original(self, api_params=api_params, operation_model=operation_model, context=context)

    setattr(emit_api_params, _OURS, (emit_api_params, original))
    return emit_api_params

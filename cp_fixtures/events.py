"""The handlers that bring a client's calls to whoever answers them, and what it costs to have them there.

An isolated client comes with the handlers, and shares them with all others of its kind until somebody registers one of
his own: to connect it is a matter of one entry in a table. Any other client gets them when it is connected.
"""

from __future__ import annotations

import copy
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary, ref

from botocore.hooks import BaseEventHooks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from weakref import ReferenceType

    from botocore.client import BaseClient
    from botocore.config import Config

__all__ = [
    "LEAVING",
    "Answerer",
    "OwnEvents",
    "Sending",
    "connect",
    "disconnect",
    "is_isolated",
    "on_its_way",
    "prepare",
    "send_by",
    "sending",
]

_BEFORE_PARAMETERS = "before-parameter-build.*.*"
_BEFORE_CALL = "before-call.*.*"
_BEFORE_ENDPOINT = "before-endpoint-resolution.*"
_CHOOSE_SIGNER = "choose-signer.*.*"
_BEFORE_SEND = "before-send.*.*"
_LAST_BEFORE_SEND = "before-send"

LEAVING = "cp_fixtures-leaving"
"""Where the context of a call keeps what makes the error, should the call come to leave the process."""

_SENDING = "cp_fixtures-sending"
"""Where the context of a call keeps who sends it, if it is to be answered over the wire."""


class Answerer(Protocol):
    """Whoever answers the calls of a client: told of each when it begins, asked for the answer before it is sent."""

    def begin(self, *, params: dict[str, Any], model: Any, context: dict[str, Any], **kwargs: Any) -> None:
        """A call has begun; botocore has not yet looked at its parameters."""

    def answer(self, *, model: Any, context: dict[str, Any], **kwargs: Any) -> Any:
        """The answer, as botocore's before-call takes it; None lets the call go on to the network."""


class Sending(Protocol):
    """One call that goes on its way as HTTP, and meets an answer there."""

    def sign(self) -> Any:
        """Who signs its requests, as botocore's choose-signer takes it; None is whoever does it always."""

    def prepare(self) -> Any:
        """The response to the next request, of which nothing is known yet: other handlers may change the request."""

    def send(self, request: Any) -> None:
        """Let a request get what it gets: that response is filled in, or what breaks its connection is raised."""

    def sleep(self, seconds: float) -> None:
        """botocore sleeps before the next try."""

    def wait(self, seconds: float) -> None:
        """botocore holds the request back."""

    @property
    def ahead(self) -> float:
        """How far its clock is ahead of the real one, in seconds."""
        ...


# By the config of the client, which botocore hands to every handler; a config belongs to one client alone. Neither end
# is held: whoever connects an answerer keeps it. With it stands whether it answers last.
_CONNECTED: WeakKeyDictionary[Config, tuple[ReferenceType[Answerer], bool]] = WeakKeyDictionary()
_LOCK = threading.Lock()


class OwnEvents(BaseEventHooks):
    """The events of one client, shared with others like it until somebody registers or unregisters a handler.

    Args:
        shared: the events to share; they are never changed.
        adapt: what the client's own handlers have to be made of those shared; it gets the events once they are its own.
    """

    def __init__(self, shared: BaseEventHooks, adapt: Callable[[BaseEventHooks], None]) -> None:
        self._emitter: Any = shared
        self._adapt: Callable[[BaseEventHooks], None] | None = adapt

    def emit(self, event_name: str, **kwargs: Any) -> Any:
        """As botocore's."""
        return self._emitter.emit(event_name, **kwargs)

    def emit_until_response(self, event_name: str, **kwargs: Any) -> Any:
        """As botocore's."""
        return self._emitter.emit_until_response(event_name, **kwargs)

    def register(self, *args: Any, **kwargs: Any) -> None:
        """As botocore's."""
        self._separate().register(*args, **kwargs)

    def register_first(self, *args: Any, **kwargs: Any) -> None:
        """As botocore's."""
        self._separate().register_first(*args, **kwargs)

    def register_last(self, *args: Any, **kwargs: Any) -> None:
        """As botocore's."""
        self._separate().register_last(*args, **kwargs)

    def unregister(self, *args: Any, **kwargs: Any) -> None:
        """As botocore's."""
        self._separate().unregister(*args, **kwargs)

    def __copy__(self) -> BaseEventHooks:
        copied: BaseEventHooks = copy.copy(self._emitter)
        return copied

    def _separate(self) -> Any:
        with _LOCK:
            if self._adapt is not None:
                self._emitter = copy.copy(self._emitter)
                self._adapt(self._emitter)
                self._adapt = None
        return self._emitter


def is_isolated(client: BaseClient) -> bool:
    """Whether it is one of our isolated clients."""
    return isinstance(client.meta.events, OwnEvents)


def prepare(client: BaseClient) -> None:
    """Put the handlers on a client that others are to share them with."""
    _register(client, _begin, _answer_first, "shared")
    events: Any = client.meta.events
    events.register_last(_BEFORE_CALL, _answer_last, unique_id=_id(_BEFORE_CALL, "shared, last"))


def connect(client: BaseClient, answerer: Answerer, *, last: bool = False) -> None:
    """Bring the calls of a client to an answerer, until `disconnect`; the caller keeps the answerer alive.

    Args:
        client: any client.
        answerer: whoever is to answer.
        last: whether whatever else answers the client's calls, a Stubber of botocore's for one, comes first.
    """
    if is_isolated(client):
        _CONNECTED[client.meta.config] = ref(answerer), last
    else:
        _register(client, answerer.begin, answerer.answer, str(id(answerer)), last=last)


def disconnect(client: BaseClient, answerer: Answerer) -> None:
    """Undo `connect`: nothing of it is left on the client."""
    if is_isolated(client):
        _CONNECTED.pop(client.meta.config, None)
        return
    for event in (_BEFORE_PARAMETERS, _BEFORE_CALL, _BEFORE_ENDPOINT, *_ON_THE_WAY):
        client.meta.events.unregister(event, unique_id=_id(event, str(id(answerer))))


class _Here(threading.local):
    """The call that this thread is sending."""

    sending: Sending | None = None


_HERE = _Here()


def send_by(context: dict[str, Any], sender: Sending) -> None:
    """Let a call go on its way as HTTP: what becomes of its requests is up to a sender.

    Args:
        context: what botocore's events of the call share.
        sender: whoever sends it.
    """
    # It will not leave the process.
    context.pop(LEAVING, None)
    context[_SENDING] = sender


@contextmanager
def on_its_way(context: dict[str, Any]) -> Iterator[Sending | None]:
    """For a block, this thread is in one call: also where that is made in the middle of another.

    Args:
        context: what botocore's events of the call share.

    Yields:
        who sends the call; None where it does not go as HTTP.
    """
    before, _HERE.sending = _HERE.sending, context.get(_SENDING)
    try:
        yield _HERE.sending
    finally:
        _HERE.sending = before


def sending() -> Sending | None:
    """Who sends the call that this thread is in; None where it is in none that goes as HTTP."""
    return _HERE.sending


def _register(
    client: BaseClient, begin: Callable[..., None], answer: Callable[..., Any], name: str, *, last: bool = False
) -> None:
    events: Any = client.meta.events
    register_answer = events.register_last if last else events.register_first
    # The first to see the parameters, as botocore's Stubber is; and the first to answer, though not before botocore
    # has validated them.
    events.register_first(_BEFORE_PARAMETERS, begin, unique_id=_id(_BEFORE_PARAMETERS, name))
    register_answer(_BEFORE_CALL, answer, unique_id=_id(_BEFORE_CALL, name))
    events.register(_BEFORE_ENDPOINT, _forget_account, unique_id=_id(_BEFORE_ENDPOINT, name))
    for event, handler in _ON_THE_WAY.items():
        register = events.register_last if event == _LAST_BEFORE_SEND else events.register_first
        register(event, handler, unique_id=_id(event, name))


def _id(event: str, name: str) -> str:
    return f"cp_fixtures-{name}-{event}"


def _begin(context: dict[str, Any], **kwargs: Any) -> None:
    if (answerer := _answerer(context)[0]) is not None:
        answerer.begin(context=context, **kwargs)


def _answer_first(context: dict[str, Any], **kwargs: Any) -> Any:
    answerer, last = _answerer(context)
    return None if answerer is None or last else answerer.answer(context=context, **kwargs)


def _answer_last(context: dict[str, Any], **kwargs: Any) -> Any:
    # Who answers first has answered already, or has let the call go on.
    answerer, last = _answerer(context)
    return answerer.answer(context=context, **kwargs) if answerer is not None and last else None


def _answerer(context: dict[str, Any]) -> tuple[Answerer | None, bool]:
    # To presign a URL is no call, and its context names no config.
    connected = _CONNECTED.get(context["client_config"]) if "client_config" in context else None
    if connected is None:
        return None, False
    answerer, last = connected
    return answerer(), last


def _forget_account(builtins: dict[str, Any], **_kwargs: object) -> None:
    # botocore would look for credentials to find the account that the endpoint may name.
    if "AWS::Auth::AccountId" in builtins:
        builtins["AWS::Auth::AccountId"] = None


def _choose_signer(context: dict[str, Any], **_kwargs: object) -> Any:
    return context[_SENDING].sign() if _SENDING in context else None


def _answer_request(**_kwargs: object) -> Any:
    # Before botocore 1.44 a request that is ready to be sent does not say of which call it is.
    return None if _HERE.sending is None else _HERE.sending.prepare()


def _send(request: Any, **_kwargs: object) -> None:
    # After all others: what they make of the request is what is sent, and in its adaptive mode botocore waits here.
    if _HERE.sending is not None:
        _HERE.sending.send(request)


_ON_THE_WAY: dict[str, Callable[..., Any]] = {
    _CHOOSE_SIGNER: _choose_signer,
    _BEFORE_SEND: _answer_request,
    _LAST_BEFORE_SEND: _send,
}

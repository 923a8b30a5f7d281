"""Who answers the calls of one client: several deliveries may, and each is asked in its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast
from weakref import ref

from cp_fixtures.events import connect, disconnect

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from cp_fixtures.stubs.stub import Call

__all__ = ["Coming", "Switchboard", "leave", "switchboard"]

_SWITCHBOARD = "_cp_fixtures_switchboard"

_BEGUN = "cp_fixtures"
"""Where the context of a call, which all its events share, keeps who is to answer it."""


class _Delivery(Protocol):
    def begin(self, model: OperationModel, params: dict[str, Any]) -> Call: ...

    def answer(self, coming: Coming) -> Any: ...


class Coming(NamedTuple):
    """A call that has begun, and is to be answered.

    Attributes:
        call: the call, as it was written down.
        params: its parameters; a handler may still change them.
        client: the client that made it.
        context: what botocore's events of this call share.
        others: who else may answer it, the nearest first.
    """

    call: Call
    params: dict[str, Any]
    client: BaseClient
    context: dict[str, Any]
    others: list[Any]


class Switchboard:
    """The deliveries of one client: the last to join is asked first, and who stands behind comes last.

    Attributes:
        in_turn: all of them, the first to be asked first; a new list whenever one comes or goes.
    """

    def __init__(self, client: BaseClient) -> None:
        self._client = ref(client)
        self._deliveries: list[_Delivery] = []
        self._behind: list[_Delivery] = []
        self.in_turn: list[_Delivery] = []

    def join(self, delivery: _Delivery, *, behind: bool = False) -> None:
        """Take a delivery in, unless it is there already; one that stood behind may come to the front."""
        if delivery in (self.in_turn if behind else self._deliveries):
            return
        client = self._client()
        if not self.in_turn and client is not None:
            connect(client, self, last=behind)
        if behind:
            self._behind = [*self._behind, delivery]
        else:
            self._behind = [each for each in self._behind if each is not delivery]
            self._deliveries = [*self._deliveries, delivery]
        self._take_turns()

    def leave(self, delivery: _Delivery) -> bool:
        """Take a delivery out, if it is there; whether it was the last one."""
        if delivery not in self.in_turn:
            return False
        self._deliveries = [each for each in self._deliveries if each is not delivery]
        self._behind = [each for each in self._behind if each is not delivery]
        self._take_turns()
        client = self._client()
        if not self.in_turn and client is not None:
            disconnect(client, self)
        return not self.in_turn

    def _take_turns(self) -> None:
        # A new list: a call that is under way goes through the old one undisturbed.
        self.in_turn = [*reversed(self._deliveries), *reversed(self._behind)]

    def begin(self, *, params: dict[str, Any], model: OperationModel, context: dict[str, Any], **_kwargs: Any) -> None:
        """A call has begun: it is the last to join that writes it down."""
        # To presign a URL sends nothing, so there is nothing to answer.
        client = self._client()
        if client is not None and not context.get("is_presign_request") and (in_turn := self.in_turn):
            leader, *others = in_turn
            call = leader.begin(model, params)
            context[_BEGUN] = leader, Coming(call=call, params=params, client=client, context=context, others=others)

    def answer(self, *, context: dict[str, Any], **_kwargs: Any) -> Any:
        """The answer to a call that has begun, as botocore's before-call takes it."""
        begun = context.pop(_BEGUN, None)
        if begun is None:
            return None
        leader, coming = cast("tuple[_Delivery, Coming]", begun)
        return leader.answer(coming)


def switchboard(client: BaseClient) -> Switchboard:
    """The switchboard of a client; it is kept on the client, and goes when that goes, though nobody deactivates."""
    found: Switchboard | None = vars(client).get(_SWITCHBOARD)
    return found or cast("Switchboard", vars(client).setdefault(_SWITCHBOARD, Switchboard(client)))


def leave(client: BaseClient, delivery: _Delivery) -> None:
    """Let a delivery answer a client no more, if it did."""
    found: Switchboard | None = vars(client).get(_SWITCHBOARD)
    if found is not None and found.leave(delivery):
        del vars(client)[_SWITCHBOARD]

"""What it costs to answer over the wire instead of by a stubber. Run it: python benchmarks/wire.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from side_by_side import Question, Way, asked

from cp_fixtures import CustomerProfilesStubber, CustomerProfilesWire, stubbed
from cp_fixtures.answers import received
from cp_fixtures.clients import isolated_client
from cp_fixtures.options import Options
from cp_fixtures.wire.serializing import sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import Exchange

_MOST = 20


def main() -> None:
    """Compare."""
    with asked("wire", "What does it cost to answer over the wire instead of by a stubber?") as question:
        for preset in ("typical", "full"):
            with stubbed(assert_all_used=False) as stubber:
                exchange = stubber.add_batch_get_profile(_MOST, preset=preset)
            compare_calls(question, exchange, preset)
            compare_registered_calls(question, exchange, preset)
            compare_blocks(question, exchange, preset)


def compare_calls(question: Question, exchange: Exchange, preset: str) -> None:
    """The call alone."""
    stubber, wire = active(CustomerProfilesStubber), active(CustomerProfilesWire)
    for each in (stubber, wire):
        each.add_exchange(exchange, times=None)
    bare = answered_at_before_send(exchange)
    ways = [
        Way("stubber", lambda: ask(stubber.client, exchange.request)),
        Way("wire", lambda: ask(wire.client, exchange.request)),
        # What a wire cannot go below: it leaves all of this to botocore.
        Way("botocore alone, answered at before-send", lambda: ask(bare, exchange.request)),
    ]
    question.compare(f"a call of {_MOST} {preset} profiles, registered before", ways, rounds=300)


def compare_registered_calls(question: Question, exchange: Exchange, preset: str) -> None:
    """Registering and calling; the log grows, as it does in a test."""

    def way(delivery: CustomerProfilesStubber | CustomerProfilesWire) -> Callable[[], None]:
        def work() -> None:
            delivery.registry.stubs.clear()
            delivery.add_exchange(exchange)
            ask(delivery.client, exchange.request)

        return work

    ways = [Way("stubber", way(active(CustomerProfilesStubber))), Way("wire", way(active(CustomerProfilesWire)))]
    question.compare(f"a call of {_MOST} {preset} profiles, with its registering", ways, rounds=300)


def compare_blocks(question: Question, exchange: Exchange, preset: str) -> None:
    """Entering, calling and leaving: on the wire each block has a client that shares nothing, not even its quota."""
    client = isolated_client()

    def block(*, wire: bool, client: Any = None) -> None:
        options: dict[str, Any] = {"wire": wire}
        with stubbed(exchange, client=client, **options) as delivery:
            ask(delivery.client, exchange.request)

    ways = [
        Way("stubbed()", lambda: block(wire=False)),
        Way("stubbed(wire=True)", lambda: block(wire=True)),
        Way("stubbed(wire=True), a client at hand", lambda: block(wire=True, client=client)),
    ]
    question.compare(f"enter, call for {_MOST} {preset} profiles, leave", ways, rounds=100)


def answered_at_before_send(exchange: Exchange) -> Any:
    """A client of boto3 whose every request gets the same answer, from a handler of one line."""
    client: Any = boto3.client(
        "customer-profiles", region_name="us-east-1", config=Config(retries={"mode": "standard"})
    )
    answer = sent(exchange)
    client.meta.events.register(
        "before-send", lambda request, **_: received(answer.status, dict(answer.headers), answer.body, request.url)
    )
    return client


def active(kind: Any) -> Any:
    """A delivery on a client of its own, that answers until the script ends."""
    delivery = kind(isolated_client(alone=True), options=Options())
    delivery.activate()
    return delivery


def ask(client: Any, request: Any) -> None:
    """Make the call, and see that all are there."""
    assert len(client.batch_get_profile(**request)["Profiles"]) == _MOST


if __name__ == "__main__":
    main()

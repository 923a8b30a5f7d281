"""One test: a client, a response of 20 profiles, one call, the verdict. Run it: python benchmarks/one_test.py."""

from __future__ import annotations

import uuid
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.stub import Stubber
from features import PROBES, does
from naive import full_profile, of_faker, typical_profile
from peers import DISTRIBUTIONS, OURS, STUBBER, Peer, installed, stubber_answers
from side_by_side import Question, Way, asked, cannot

from cp_fixtures import stubbed

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import Exchange

_NAIVE = "boto3.client, Faker, Stubber"
_DOMAIN = "amazon-connect-example"
_MOST = 20
# A suite has one such test after another, and does not take turns with another suite.
_TESTS = 10
# What a test says of its call, beyond that there was one.
_HELD = [
    "refuses 21 ids, one more than the service takes",
    "refuses a call for other ids than stubbed",
    "refuses an answer with a value that is too long",
    "fails the test if a stub was never used",
    "fails the test if the error of an unexpected call was swallowed",
]


def main() -> None:
    """Compare."""
    with asked("one_test", "What does a test cost that makes one call?", peers=DISTRIBUTIONS) as question:
        for preset, profile in (("full", full_profile), ("typical", typical_profile)):
            compare_made(question, preset, profile)
        compare_at_hand(question)
        for number, preset in ((1, "typical"), (_MOST, "full")):
            compare_blocks(question, number, preset)


def compare_made(question: Question, preset: str, profile: Callable[..., dict[str, Any]]) -> None:
    """Tests that make their data up."""
    words = of_faker()

    def by_hand() -> None:
        request = request_for([uuid.uuid4().hex for _ in range(_MOST)])
        response = {"Profiles": [profile(words, each) for each in request["ProfileIds"]], "Errors": []}
        with stubber_answers(request, response) as client:
            ask(client, request)

    def ours() -> None:
        with stubbed() as stubber:
            exchange = stubber.add_batch_get_profile(_MOST, preset=preset)
            ask(stubber.client, exchange.request)

    measured = question.compare(
        f"{_TESTS} tests, each makes {_MOST} {preset} profiles, and a call",
        [Way(_NAIVE, several(by_hand), held(STUBBER)), Way(OURS, several(ours))],
        rounds=15,
    )
    if preset == "full":
        question.bar("to boto3.client, Faker and Stubber", measured.ratio(OURS, _NAIVE), most=0.03)


def compare_at_hand(question: Question) -> None:
    """The same with its data at hand: what the stub alone costs."""
    exchange = example(_MOST, "full")
    request, response = exchange.request, body(exchange.response)

    def way(name: str, peer: Peer | None) -> Way:
        if peer is None:
            return cannot(name, "it is not installed")
        if does(PROBES["answers a call of batch_get_profile"], peer) == "no":
            return cannot(name, "it does not have this service")

        answering = peer.asked or peer.answers

        def work() -> None:
            with answering(request, response) as client:
                ask(client, request)

        return Way(name, work, held(name))

    def ours_exchange() -> None:
        with stubbed(exchange) as stubber:
            ask(stubber.client, request)

    ways = [way(name, peer) for name, peer in installed().items()]
    ways.append(Way(f"{OURS}, an exchange at hand", ours_exchange))
    question.compare(f"a test with {_MOST} full profiles at hand, and a call", ways, rounds=30)


def compare_blocks(question: Question, number: int, preset: str) -> None:
    """A block of ours, entered, with one call, and left, beside the call alone on a Stubber that stays active."""
    exchange = example(number, preset)
    request, response = exchange.request, body(exchange.response)
    rounds = question.size(300, 7)
    client: Any = boto3.client("customer-profiles", region_name="us-east-1")
    stubber = Stubber(client)
    for _ in range(rounds + 2):
        stubber.add_response("batch_get_profile", response, request)
    stubber.activate()

    def block() -> None:
        with stubbed(exchange) as stubber:
            ask(stubber.client, request, number)

    bare, ours = f"the call alone, on {STUBBER}", "stubbed() entered, the call, left"
    ways = [Way(bare, lambda: ask(client, request, number), held(STUBBER)), Way(ours, block)]
    measured = question.compare(f"a call for {number} {preset} profiles, and what is around it", ways, rounds=rounds)
    question.bar(f"to the call alone, {number} {preset}", measured.ratio(ours, bare), most=1.8)


def several(test: Callable[[], None]) -> Callable[[], None]:
    """Some tests in a row."""

    def work() -> None:
        for _ in range(_TESTS):
            test()

    return work


@cache
def held(name: str) -> str:
    """What a test with this library does not find."""
    peer = installed()[name]
    lacking = [] if peer is None else [words for words in _HELD if does(PROBES[words], peer) == "no"]
    return f"does less: makes {len(_HELD) - len(lacking)} of these {len(_HELD)} checks" if lacking else ""


def example(number: int, preset: str) -> Exchange:
    """An exchange to answer with."""
    with stubbed(assert_all_used=False) as stubber:
        return stubber.add_batch_get_profile(number, preset=preset)


def body(response: Any) -> dict[str, Any]:
    """A response without what botocore adds to it: a Stubber refuses that."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def request_for(ids: list[str]) -> dict[str, Any]:
    """The parameters of the call."""
    return {"DomainName": _DOMAIN, "ProfileIds": ids}


def ask(client: Any, request: Any, number: int = _MOST) -> None:
    """Make the call, and see that all are there."""
    assert len(client.batch_get_profile(**request)["Profiles"]) == number


if __name__ == "__main__":
    main()

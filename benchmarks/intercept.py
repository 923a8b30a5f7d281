"""What it costs to answer every client of the process. Run it: python benchmarks/intercept.py."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from side_by_side import Question, Way, asked

from cp_fixtures.clients import isolated_client
from cp_fixtures.options import Options
from cp_fixtures.stubber import CustomerProfilesStubber
from cp_fixtures.stubbing import stubbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures import Exchange

_CALLS = 20


def one_test(client: Any, *, passes_it: bool) -> Callable[[], None]:
    """A test as the fixtures run it: a client, a stubber, a response of 20 profiles, one call.

    Args:
        client: the client of the code under test; None for the isolated one of the test.
        passes_it: whether the code is given its client, as with cp_stubber; else cp_intercept reaches it.
    """

    def test() -> None:
        with stubbed(client=isolated_client(), everywhere=not passes_it) as stubber:
            exchange = stubber.add_batch_get_profile(20)
            if client is not None and passes_it:
                stubber.attach(client)
            ask(client or stubber.client, exchange.request)

    return test


def ask(client: Any, request: Any) -> None:
    """Make the call, and see that all 20 are there."""
    assert len(client.batch_get_profile(**request)["Profiles"]) == 20


def calls(client: Any, request: Any) -> Callable[[], None]:
    """Several calls, that the smallest difference can be seen."""

    def work() -> None:
        for _ in range(_CALLS):
            ask(client, request)

    return work


@contextmanager
def answering(exchange: Exchange, *, everywhere: bool) -> Iterator[Any]:
    """A client that is answered always: by a stubber on it, or by one on another client that is everywhere."""
    client = boto3.client("customer-profiles", region_name="us-east-1")
    with stubbed(client=None if everywhere else client, everywhere=everywhere) as stubber:
        stubber.add_exchange(exchange, times=None)
        ask(client, exchange.request)
        yield client


def main() -> None:
    """Compare."""
    with asked("intercept", "What does it cost to answer every client of the process?") as question:
        with stubbed(assert_all_used=False) as stubber:
            exchange = stubber.add_batch_get_profile(20)
        compare_tests(question)
        compare_calls(question, exchange)
        compare_outside(question, exchange)
        compare_blocks(question, exchange)


def compare_tests(question: Question) -> None:
    """A whole test."""
    at_import = boto3.client("customer-profiles", region_name="us-east-1")
    ways = [Way("cp_stubber", one_test(None, passes_it=True)), Way("cp_intercept", one_test(None, passes_it=False))]
    question.compare("a test with the client that the fixtures give", ways, rounds=200)
    ways = [
        Way("cp_stubber, attach", one_test(at_import, passes_it=True)),
        Way("cp_intercept", one_test(at_import, passes_it=False)),
    ]
    question.compare("a test with a client made at import", ways, rounds=200)


def compare_calls(question: Question, exchange: Exchange) -> None:
    """The calls alone."""
    with answering(exchange, everywhere=False) as plain:
        bare = calls(plain, exchange.request)
        ways = [Way("stubbed", bare), Way("the same, again", bare)]
        question.compare(f"{_CALLS} calls, all stubbed", ways, rounds=50)
        with answering(exchange, everywhere=True) as reached:
            ways = [Way("stubbed, in an outer block", bare), Way("intercepted", calls(reached, exchange.request))]
            question.compare(f"{_CALLS} calls while a block is everywhere", ways, rounds=50)


def compare_outside(question: Question, exchange: Exchange) -> None:
    """A call on a client of a plain stubber, with no guard up, and one through cp_intercept, each in its own block."""
    client = boto3.client("customer-profiles", region_name="us-east-1")
    plain = CustomerProfilesStubber(client, options=Options())
    plain.add_exchange(exchange, times=None)
    reached = boto3.client("customer-profiles", region_name="us-east-1")
    work, reached_work = calls(client, exchange.request), calls(reached, exchange.request)

    def bare() -> None:
        with plain:
            work()

    def intercepted() -> None:
        with stubbed(everywhere=True) as stubber:
            stubber.add_exchange(exchange, times=None)
            reached_work()

    ways = [Way("a stubber alone", bare), Way("stubbed(everywhere=True)", intercepted)]
    question.compare(f"a block of {_CALLS} calls", ways, rounds=50)


def compare_blocks(question: Question, exchange: Exchange) -> None:
    """Entering, calling and leaving, against the call alone."""
    client = isolated_client()

    def block(*, everywhere: bool) -> None:
        with stubbed(exchange, client=client, everywhere=everywhere):
            ask(client, exchange.request)

    active = CustomerProfilesStubber(isolated_client(), options=Options())
    active.add_exchange(exchange, times=None)
    active.activate()
    ways = [
        Way("a call on an active stubber", lambda: ask(active.client, exchange.request)),
        Way("stubbed(), the call", lambda: block(everywhere=False)),
        Way("stubbed(everywhere=True), the call", lambda: block(everywhere=True)),
    ]
    question.compare("enter, call, leave", ways, rounds=300)


if __name__ == "__main__":
    main()

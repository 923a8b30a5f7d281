"""Waiting: what botocore would have waited is written down, in every mode; whoever else waits, waits."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import permutations
from typing import TYPE_CHECKING, Any
from unittest import mock

import botocore.endpoint
import pytest
from asking import ask, ids, isolated_session
from botocore.config import Config
from botocore.endpoint import Endpoint
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.retries import bucket
from freezegun import freeze_time

from cp_fixtures import stubbed
from cp_fixtures.answers import Slow, received
from cp_fixtures.clients import isolated_client
from cp_fixtures.wire import CustomerProfilesWire

if TYPE_CHECKING:
    from collections.abc import Callable

MODES = ["legacy", "standard", "adaptive"]
PLACES = [
    (botocore.endpoint, "time"),
    (bucket, "time"),
    (bucket.TokenBucket, "acquire"),
    (Endpoint, "make_request"),
]
WAIT = threading.Condition.wait
ORIGINALS = [getattr(owner, name) for owner, name in PLACES]


class Waited(Exception):
    """Somebody would really have waited."""


@pytest.fixture(scope="module")
def session() -> Any:
    """What the clients come from."""
    return isolated_session()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nobody waits while a test runs: where somebody begins to, it is raised, and this says by whom."""
    waited: list[str] = []

    def instead_of(name: str) -> Callable[..., None]:
        def wait(*_args: object, **_kwargs: object) -> None:
            waited.append(threading.current_thread().name)
            raise Waited(name)

        return wait

    monkeypatch.setattr(time, "sleep", instead_of("time.sleep"))
    monkeypatch.setattr(threading.Condition, "wait", instead_of("Condition.wait"))
    return waited


def new_client(session: Any, mode: str = "standard", service: str = "customer-profiles", tries: int = 3) -> Any:
    """A client as people make it, with credentials."""
    retries: Any = {"mode": mode, "total_max_attempts": tries}
    return session.create_client(
        service,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 - nothing is signed with it that anybody could read
        config=Config(retries=retries),
    )


def other_client(session: Any, mode: str = "standard") -> Any:
    """A client of another service, which gets but one answer, that there are too many requests."""
    client = new_client(session, mode, "sts")
    busy = b"<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>"
    client.meta.events.register("before-send", lambda **_: received(400, {}, busy))
    return client


def is_as_before() -> bool:
    """Whether nothing of botocore is replaced."""
    return all(vars(owner)[name] is original for (owner, name), original in zip(PLACES, ORIGINALS, strict=True))


@pytest.mark.parametrize("mode", MODES)
def test_nothing_waits(session: Any, mode: str, impatient: list[str]) -> None:
    """Ten calls, each refused twice, with slow answers in between: all that they would have taken is written down."""
    client = new_client(session, mode)
    with stubbed(wire=True, client=client) as wire:
        for number in range(10):
            script: list[Any] = ["ThrottlingException", Slow(7.5, 500)]
            wire.add_batch_get_profile(1, profile_ids=ids(number), attempts=script)
            assert ask(client, number)["ResponseMetadata"]["RetryAttempts"] == 2
    assert [(each.call, each.number) for each in wire.attempts] == [
        (call, n) for call in range(1, 11) for n in (1, 2, 3)
    ]
    assert all((each.sleep is None) == (each.number == 3) for each in wire.attempts)
    spent = sum(each.wait + each.seconds + (each.sleep or 0) for each in wire.attempts)
    assert wire.seconds == pytest.approx(spent)
    assert not impatient


@pytest.mark.parametrize("mode", ["legacy", "standard"])
def test_the_sleeps_are_botocores_own(session: Any, mode: str) -> None:
    """What it draws by itself: of throttled calls up to a second after the first try, up to two after the next."""
    client = new_client(session, mode)
    with stubbed(wire=True, client=client) as wire:
        wire.add_error("batch_get_profile", "ThrottlingException")
        clock: Any = vars(botocore.endpoint)["time"]
        with mock.patch.object(clock, "sleep", wraps=clock.sleep) as sleep, pytest.raises(ClientError):
            ask(client)
    slept = [each.sleep for each in wire.attempts if each.sleep is not None]
    assert slept == [call.args[0] for call in sleep.call_args_list]
    assert [0 <= each <= most for each, most in zip(slept, [1, 2], strict=True)] == [True, True]


def test_a_try_that_another_handler_breaks_was_none() -> None:
    """It meets nothing of the script, and is in no list; what botocore sleeps after it is counted all the same."""
    problem = EndpointConnectionError(endpoint_url="https://example.com")
    handler = mock.Mock(side_effect=[None, problem, None])
    with stubbed(wire=True) as wire:
        wire.client.meta.events.register("before-send", handler)
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[Slow(5, 500)])
        assert ask(wire.client)["ResponseMetadata"]["RetryAttempts"] == 2
    first, last = wire.attempts
    assert (first.number, last.number, last.sleep) == (1, 2, None)
    assert first.sleep is not None
    assert wire.seconds > 5 + first.sleep


def test_what_is_held_back_is_written_down(session: Any, impatient: list[str]) -> None:
    """In adaptive mode, once it was throttled, botocore waits for a token before it sends; no try comes without."""
    client = new_client(session, "adaptive")
    with (
        stubbed(wire=True, client=client) as wire,
        mock.patch.object(
            bucket.TokenBucket, "acquire", autospec=True, side_effect=bucket.TokenBucket.acquire
        ) as acquire,
    ):
        wire.add_error("batch_get_profile", "ThrottlingException", times=5)
        for _ in range(5):
            with pytest.raises(client.exceptions.ThrottlingException):
                ask(client)
    waits = [each.wait for each in wire.attempts]
    # It begins with the first try after the first that was throttled.
    assert acquire.call_count == len(waits) - 1
    assert waits[0] == 0
    assert sum(waits) > 0
    # Half a request in a second is the least that botocore lets out.
    assert max(waits) <= 2.1
    assert not impatient


def test_a_clock_that_stands_still_does_no_harm(session: Any, impatient: list[str]) -> None:
    """Time goes by with what is written down, so that a token comes nevertheless."""
    client = new_client(session, "adaptive")
    with freeze_time("2025-01-15"), stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=["ThrottlingException"] * 2)
        assert ask(client)["ResponseMetadata"]["RetryAttempts"] == 2
    assert wire.attempts[-1].wait > 0
    assert not impatient


def test_a_clients_clock_never_goes_back(session: Any, impatient: list[str]) -> None:
    """Where a client outlives its wire, the next one goes on where that was: nothing is held back for longer."""
    client = new_client(session, "adaptive")

    def waits(*attempts: Any) -> float:
        with stubbed(wire=True, client=client) as wire:
            wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=attempts)
            ask(client)
        return sum(each.wait for each in wire.attempts)

    waits("ThrottlingException", Slow(59, "ThrottlingException"))
    assert waits("ThrottlingException") < 10
    assert not impatient


@pytest.mark.parametrize("where", ["in this thread", "in another", "in the midst of a call"])
def test_clients_of_others_really_sleep(session: Any, where: str, impatient: list[str]) -> None:
    """While a wire is active, and even while a call of its own is on its way."""
    other = other_client(session)

    def ask_other(**_kwargs: object) -> None:
        with pytest.raises(Waited, match=r"time\.sleep"):
            other.get_caller_identity()

    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500], optional=True)
        if where == "in the midst of a call":
            wire.client.meta.events.register_first("needs-retry", ask_other)
            ask(wire.client)
        elif where == "in another":
            with mock.patch.object(threading.Condition, "wait", WAIT):
                thread = threading.Thread(target=ask_other)
                thread.start()
                thread.join()
        else:
            ask_other()
    assert impatient


def test_clients_of_others_are_really_held_back(session: Any, impatient: list[str]) -> None:
    """In adaptive mode, likewise."""
    other = other_client(session, "adaptive")
    with stubbed(wire=True):
        with pytest.raises(Waited, match=r"time\.sleep"):
            other.get_caller_identity()
        with pytest.raises(Waited, match=r"Condition\.wait"):
            other.get_caller_identity()
    assert len(impatient) == 2


@pytest.mark.parametrize(
    ("event", "problem"), [("before-call", ZeroDivisionError), ("response-received", KeyboardInterrupt)]
)
def test_whoever_ended_a_call_in_the_middle_really_sleeps_afterwards(
    session: Any, event: str, problem: type[BaseException], impatient: list[str]
) -> None:
    """Also where it ended in a way of which botocore tells no handler."""
    other = other_client(session)
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        wire.client.meta.events.register_last(event, mock.Mock(side_effect=problem))
        with pytest.raises(problem):
            ask(wire.client)
        with pytest.raises(Waited):
            other.get_caller_identity()
    assert len(impatient) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nothing_is_left(order: tuple[int, ...]) -> None:
    """In whatever order wires leave, on one client or several; and while one is there, nothing waits."""
    wires = [CustomerProfilesWire(isolated_client()) for _ in order]
    for wire in (*wires, *wires):
        wire.activate()
    for number in order:
        assert not is_as_before()
        wires[number].deactivate()
        wires[number].deactivate()
    assert is_as_before()


def test_a_wire_that_is_dropped_leaves_nothing() -> None:
    """Though nobody deactivated it."""
    wire = CustomerProfilesWire(isolated_client())
    wire.activate()
    del wire
    gc.collect()
    assert is_as_before()


@pytest.mark.parametrize(("owner", "name"), PLACES)
def test_what_somebody_else_put_on_top_stays(owner: Any, name: str) -> None:
    """Until he takes it away; what then comes back of ours lets everything be, and goes with the next wire."""
    theirs = mock.Mock()
    with ExitStack() as stack:
        with stubbed(wire=True):
            stack.enter_context(mock.patch.object(owner, name, theirs))
        assert getattr(owner, name) is theirs
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
        assert ask(wire.client)["ResponseMetadata"]["RetryAttempts"] == 1
    assert is_as_before()


def test_what_somebody_else_put_below_is_used_by_others(session: Any) -> None:
    """And is there again afterwards."""
    theirs = mock.Mock()
    with mock.patch.object(botocore.endpoint, "time", theirs):
        with stubbed(wire=True) as wire:
            wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
            ask(wire.client)
            assert not theirs.sleep.called
            with pytest.raises(ClientError):
                other_client(session).get_caller_identity()
        assert vars(botocore.endpoint)["time"] is theirs
    assert theirs.sleep.call_count == 2


def test_wires_of_threads_keep_apart(session: Any) -> None:
    """Each has its own tries and its own seconds."""

    def run(number: int) -> tuple[int, float]:
        with stubbed(wire=True, client=new_client(session)) as wire:
            wire.add_batch_get_profile(1, profile_ids=ids(number), attempts=[Slow(number)])
            ask(wire.client, number)
        return len(wire.attempts), wire.seconds

    with mock.patch.object(threading.Condition, "wait", WAIT), ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(1, 9))) == [(1, float(number)) for number in range(1, 9)]
    assert is_as_before()

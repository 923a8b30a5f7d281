"""Clients that nobody passed in: reached in whatever way they were made, and left as they were."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest import mock

import boto3
import botocore.session
import pytest
from asking import DOMAIN, ask, ask_and_swallow, ids
from botocore.client import BaseClient
from botocore.config import Config
from botocore.stub import ANY, Stubber
from moto import mock_aws
from spawned import stub_and_ask

from cp_fixtures import CustomerProfilesStubber, Exchange, Refused, UsageError, VerdictError, intercept, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import RequestWarning
from cp_fixtures.intercept import Guard, guarded, intercepted
from cp_fixtures.options import Options
from cp_fixtures.stubs import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REGION = "us-east-1"
LINE = f"asking.py:{ask.__code__.co_firstlineno + 2}, in ask"
SWALLOWED = f"asking.py:{ask_and_swallow.__code__.co_firstlineno + 3}, in ask_and_swallow"
ANYTHING: dict[str, Any] = {"Profiles": [], "Errors": []}


def answer(params: dict[str, Any]) -> dict[str, Any]:
    """Everybody asked for is found."""
    return {"Profiles": [{"ProfileId": each} for each in params["ProfileIds"]], "Errors": []}


@contextmanager
def everywhere(**options: Any) -> Iterator[CustomerProfilesStubber]:
    """A block in which every client finds everybody."""
    with stubbed(everywhere=True, **options) as stubber:
        stubber.add_callable("batch_get_profile", answer, times=None, optional=True)
        yield stubber


def nobody(params: dict[str, Any]) -> dict[str, Any]:
    """Nobody asked for is found."""
    error = {"Code": "ResourceNotFoundException", "Message": "Profile not found"}
    return {"Profiles": [], "Errors": [{"ProfileId": each, **error} for each in params["ProfileIds"]]}


def found(response: Any) -> list[str]:
    """The ids of the profiles of a response."""
    return [profile["ProfileId"] for profile in response["Profiles"]]


@cache
def session() -> Any:
    """The session of most clients here: to make one for each takes its time."""
    return boto3.Session(region_name=REGION)


def new_client(service: str = "customer-profiles", **kwargs: Any) -> Any:
    """A client as people make it."""
    return session().client(service, **kwargs)


WAYS: dict[str, Callable[[], Any]] = {
    "boto3.client": lambda: boto3.client("customer-profiles", region_name=REGION),
    "boto3.Session": lambda: boto3.Session().client("customer-profiles", region_name=REGION),
    "botocore": lambda: botocore.session.get_session().create_client("customer-profiles", region_name=REGION),
    "endpoint_url": lambda: new_client(endpoint_url="https://profiles.example.com:8443/path"),
    "config": lambda: new_client(
        config=Config(retries={"mode": "adaptive"}, signature_version="v4", max_pool_connections=1)
    ),
    "unsigned": lambda: new_client(config=Config(signature_version=botocore.UNSIGNED)),
    "fips": lambda: new_client(config=Config(use_fips_endpoint=True)),
    "no validation": lambda: new_client(config=Config(parameter_validation=False)),
    "isolated": isolated_client,
    "isolated and open": lambda: isolated_client(network=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_making_a_client(way: str) -> None:
    """Made before the block or inside, in this thread or another: it is answered, and the log has each call."""
    before = WAYS[way]()
    with everywhere() as stubber:
        inside = WAYS[way]()
        with ThreadPoolExecutor(1) as pool:
            of_thread = pool.submit(WAYS[way]).result()
            assert found(pool.submit(ask, inside, 9).result()) == ids(9)
        for number, client in enumerate((before, inside, of_thread), start=1):
            assert found(ask(client, number)) == ids(number)
        stubber.assert_ids_asked(ids(1, 2, 3, 9))
    assert [call.fate for call in stubber.calls] == ["answered"] * 4


def emitter_of(client: Any) -> list[Any]:
    """All that is registered on a client, as botocore keeps it."""
    emitter = client.meta.events._emitter
    emitter = getattr(emitter, "_emitter", emitter)
    return [emitter._unique_id_handlers, *walk(emitter._handlers._root)]


def walk(node: dict[str, Any]) -> Iterator[Any]:
    """Every handler below a node of botocore's trie of events, with its place."""
    for section in node["values"] or ():
        yield from ((node["chunk"], handler) for handler in section)
    for child in node["children"].values():
        yield from walk(child)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "isolated and open"])  # its handlers become its own
def test_nothing_is_left(way: str) -> None:
    """No handler, no attribute, no patch, no default session, no variable, no thread."""
    client = WAYS[way]()
    vars(boto3)["DEFAULT_SESSION"] = None

    def state() -> list[Any]:
        return [
            *map(str, emitter_of(client)),
            sorted(vars(client)),
            dict(vars(BaseClient)),
            boto3.DEFAULT_SESSION,
            dict(os.environ),
            threading.enumerate(),
        ]

    before = state()
    with everywhere():
        ask(client)
        ask(boto3.client("customer-profiles", region_name=REGION))
        assert boto3.DEFAULT_SESSION is not None
    with stubbed(assert_all_expected=False):
        ask_and_swallow(client)
    assert state() == before


def test_clients_are_not_kept_alive() -> None:
    """A client that the code drops goes, while the block runs and after it."""
    with everywhere():
        client = new_client()
        ask(client)
        gone = weakref.ref(client)
        del client
        gc.collect()
        assert gone() is None
        kept = new_client()
        ask(kept)
    gone = weakref.ref(kept)
    del kept
    gc.collect()
    assert gone() is None


def test_a_default_session_stays() -> None:
    """One that was set up before is used inside, and is there afterwards."""
    before, boto3.DEFAULT_SESSION = boto3.DEFAULT_SESSION, boto3.Session(region_name="eu-west-3")
    try:
        session = boto3.DEFAULT_SESSION
        with everywhere():
            assert boto3.client("customer-profiles").meta.region_name == "eu-west-3"
            boto3.setup_default_session(region_name=REGION)
        assert boto3.DEFAULT_SESSION is session
    finally:
        boto3.DEFAULT_SESSION = before


def test_clients_of_other_services_are_left_alone() -> None:
    """Neither handlers nor answers: here the call of one is answered by botocore's own Stubber."""
    client = new_client("sts", aws_access_key_id="testing", aws_secret_access_key="testing")  # noqa: S106
    before = list(map(str, emitter_of(client)))
    with everywhere() as stubber, Stubber(client) as own:
        own.add_response("get_caller_identity", {"Account": "123456789012"})
        assert client.get_caller_identity()["Account"] == "123456789012"
        own.deactivate()
        assert list(map(str, emitter_of(client))) == before
    assert stubber.calls == ()


@pytest.mark.parametrize("outer", ["moto", "ours"])
def test_beside_moto(outer: str) -> None:
    """A bucket in moto and profiles here, in one test, whichever was there first."""
    with ExitStack() as stack:
        blocks: list[Any] = [mock_aws, everywhere]
        for block in blocks if outer == "moto" else reversed(blocks):
            stack.enter_context(block())
        bucket = new_client("s3")
        bucket.create_bucket(Bucket="bucket-example")
        bucket.put_object(Bucket="bucket-example", Key="profiles.json", Body=str(found(ask(new_client()))).encode())
        assert bucket.get_object(Bucket="bucket-example", Key="profiles.json")["Body"].read() == str(ids(1)).encode()
    assert "create_bucket" not in vars(BaseClient)


@pytest.mark.parametrize("make", [new_client, isolated_client])
def test_beside_botocores_stubber_on_another_client(make: Callable[[], Any]) -> None:
    """Its own answers first, whether it was active before or came later; the log has the call all the same."""
    before, later = make(), make()
    with Stubber(before) as first, everywhere() as stubber:
        first.add_response("batch_get_profile", ANYTHING, {"DomainName": DOMAIN, "ProfileIds": ANY})
        assert found(ask(before)) == []
        assert found(ask(later)) == ids(1)
        with Stubber(later) as second:
            second.add_response("batch_get_profile", ANYTHING)
            assert found(ask(later)) == []
        assert found(ask(later, 2)) == ids(2)
        first.assert_no_pending_responses()
    assert [call.fate for call in stubber.calls] == ["ended", "answered", "ended", "answered"]


def test_a_stubber_of_its_own_answers_first() -> None:
    """What it has no stub for goes on to the block's; attached clients likewise."""
    client, attached = new_client(), new_client()
    own = CustomerProfilesStubber(client)
    own.attach(attached)
    own.add_callable("batch_get_profile", nobody, times=2)
    with own, everywhere():
        assert [found(ask(each)) for each in (client, attached, client, attached)] == [[], [], ids(1), ids(1)]
    assert len(own.calls) == 4


def test_what_was_attached_before_stays_attached() -> None:
    """The end of the block takes back what the block has brought, and nothing else."""
    client = new_client()
    with stubbed() as stubber:
        stubber.add_callable("batch_get_profile", answer, times=None)
        stubber.attach(client)
        with intercepted(stubber):
            ask(client)
            ask(stubber.client)
        assert found(ask(client, 2)) == ids(2)
        assert found(ask(stubber.client, 3)) == ids(3)


def test_what_is_attached_in_the_block_stays_attached() -> None:
    """Though the block had brought it before: it is asked before an outer stubber, and is answered after the block."""
    client = new_client()
    with stubbed(client=client) as own, stubbed() as stubber:
        own.add_callable("batch_get_profile", nobody)
        stubber.add_callable("batch_get_profile", answer, times=None)
        with intercepted(stubber):
            assert found(ask(client)) == []
            stubber.attach(client)
        own.add_callable("batch_get_profile", nobody, optional=True)
        assert found(ask(client)) == ids(1)


def test_an_inactive_stubber_is_nowhere() -> None:
    """What it was brought to, before or meanwhile, it answers no more, until it is active again."""
    before, meanwhile = new_client(), new_client()
    with everywhere(assert_all_expected=False) as stubber:
        ask(before)
        stubber.deactivate()
        for client in (before, meanwhile, stubber.client):
            with pytest.raises(Refused, match="was about to leave"):
                ask(client)
        stubber.activate()
        assert [found(ask(client)) for client in (before, meanwhile, stubber.client)] == [ids(1)] * 3


def test_a_stubber_of_another_service_is_refused() -> None:
    """It has none of the operations, and nothing is patched for it."""
    before = dict(vars(BaseClient))
    with pytest.raises(UsageError) as refused, stubbed(client=new_client("sts"), everywhere=True):
        pass
    assert str(refused.value) == (
        "The client of this stubber is one of sts. "
        "Every client of customer-profiles would be answered by it, and it knows none of their operations. "
        "Take it for its own client, and another stubber to be everywhere."
    )
    assert vars(BaseClient) == before


def test_nested_the_inner_is_asked_first() -> None:
    """Each answers what it has; after the inner block the outer one goes on, for clients seen by either."""
    old, new = new_client(), new_client()
    with everywhere() as outer:
        ask(old)
        with stubbed(everywhere=True) as inner:
            inner.add_callable("batch_get_profile", nobody, times=2)
            assert [found(ask(each)) for each in (old, new, old, new)] == [[], [], ids(1), ids(1)]
        assert [found(ask(each, 5)) for each in (old, new, new_client())] == [ids(5)] * 3
    assert (len(inner.calls), len(outer.calls)) == (4, 6)


def test_an_inner_block_does_not_end_an_outer_one() -> None:
    """Neither its answers nor its guard, for clients that nobody had seen."""
    with everywhere(), stubbed():
        pass
    guard = Guard(Registry(Options()))
    with guarded(guard):
        with stubbed(), guarded(None):
            pass
        with pytest.raises(Refused, match="was about to leave"):
            ask(new_client())
    with everywhere():
        with everywhere():
            ask(new_client())
        assert found(ask(new_client())) == ids(1)


def traced(calls: list[str], method: str) -> Callable[[], Callable[[], None]]:
    """A tracer that wraps a method of BaseClient as they do, and gives what undoes it."""

    def start() -> Callable[[], None]:
        original = getattr(BaseClient, method)

        def tracer(self: Any, *args: Any, **kwargs: Any) -> Any:
            calls.append(method)
            return original(self, *args, **kwargs)

        vars(tracer).update(vars(original))
        setattr(BaseClient, method, tracer)
        return lambda: setattr(BaseClient, method, original)

    return start


@pytest.mark.parametrize("method", ["_make_api_call", "_emit_api_params"])
@pytest.mark.parametrize("order", ["tracer, block", "block, tracer", "block, tracer across"])
def test_beside_a_tracer(method: str, order: str) -> None:
    """Both see each call, in whatever order they come and go, and botocore is itself again at the end."""
    before, calls = dict(vars(BaseClient)), list[str]()
    start, client = traced(calls, method), new_client()
    first, last = ExitStack(), ExitStack()
    with first:
        if order == "tracer, block":
            first.callback(start())
        with everywhere() as stubber, last:
            if order == "block, tracer":
                last.callback(start())
            elif order == "block, tracer across":
                first.callback(start())
            assert found(ask(client)) == ids(1)
    assert (calls, len(stubber.calls)) == ([method], 1)
    assert stubber.calls[0].line == LINE
    with everywhere():
        assert found(ask(client)) == ids(1)
        assert found(ask(new_client())) == ids(1)
    assert vars(BaseClient) == before


def test_a_tracer_that_takes_the_patch_away() -> None:
    """One that came before and is undone inside takes ours with it: the next block has it again."""
    before, calls = dict(vars(BaseClient)), list[str]()
    stop = traced(calls, "_emit_api_params")()
    with everywhere():
        stop()
    with everywhere():
        assert found(ask(new_client())) == ids(1)
    assert vars(BaseClient) == before


def test_a_method_that_is_replaced_altogether() -> None:
    """Where somebody answers in place of `_make_api_call`, he answers, and nothing is written down."""
    with everywhere() as stubber, mock.patch.object(BaseClient, "_make_api_call", return_value=ANYTHING):
        assert ask(new_client()) == ANYTHING
    assert stubber.calls == ()


def test_many_threads_on_one_client() -> None:
    """2,000 calls by 8 threads: every answer is the right one, and the log has every call once."""
    client, start = new_client(), threading.Barrier(8)

    def work(thread: int) -> list[bool]:
        start.wait()
        return [found(ask(client, number)) == ids(number) for number in range(thread * 250, thread * 250 + 250)]

    with everywhere() as stubber, ThreadPoolExecutor(8) as pool:
        assert all(all(right) for right in pool.map(work, range(8)))
    asked = [each for call in stubber.calls for each in call.params["ProfileIds"]]
    assert sorted(asked) == ids(*range(2000))
    assert [call.number for call in stubber.calls] == list(range(1, 2001))


def test_many_threads_meet_a_client_at_once() -> None:
    """The first call of each finds the client brought, though another thread is still bringing it."""
    for _ in range(10):
        client, start = new_client(), threading.Barrier(8)

        def work(number: int, client: Any = client, start: threading.Barrier = start) -> list[str]:
            start.wait()
            return found(ask(client, number))

        with everywhere(), ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(8))) == [ids(number) for number in range(8)]


def test_a_thread_that_outlives_the_block_leaves_nothing() -> None:
    """Who comes to a client after the block has ended finds that nobody brings it."""
    client = new_client()
    before = list(map(str, emitter_of(client)))
    stubber = CustomerProfilesStubber(isolated_client())
    with mock.patch("cp_fixtures.intercept._watching") as watching, intercepted(stubber):
        (bring,) = watching.call_args.args
    bring(client, {}, None, {})
    assert list(map(str, emitter_of(client))) == before


def test_asyncio_in_threads() -> None:
    """`asyncio.to_thread` is answered; where no line of the code's own called, none is told."""

    async def gather(client: Any) -> list[Any]:
        request = {"DomainName": DOMAIN, "ProfileIds": ids(3)}
        calls = [asyncio.to_thread(ask, client, number) for number in range(3)]
        return await asyncio.gather(*calls, asyncio.to_thread(client.batch_get_profile, **request))

    with everywhere() as stubber:
        assert [found(each) for each in asyncio.run(gather(new_client()))] == [ids(number) for number in range(4)]
    assert sorted(call.line for call in stubber.calls) == ["", *[LINE] * 3]


FORKED = (
    "A call of batch_get_profile was made in a forked process. "
    "What it asks, and whether its stubs are used, the test in the first process would never hear. "
    "Start the stubbing in the worker itself, with stubbed(everywhere=True), or let the test use threads."
)


def said_in_fork(work: Callable[[], object]) -> str:
    """What a forked child ends with."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        try:
            text = str(work())
        except BaseException as problem:  # noqa: BLE001 - the child must not come back from here
            text = str(problem)
        os.write(write, text.encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        return pipe.read()


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
no_fork_warning = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of whoever has threads


@needs_fork
@no_fork_warning
def test_a_forked_worker_is_told() -> None:
    """Whoever made the client, and whoever would have answered it: no call leaves the child."""
    client, unattached = new_client(), new_client()
    with stubbed() as stubber:
        stubber.attach(client)
        for each in (client, unattached, stubber.client, isolated_client()):
            assert said_in_fork(lambda each=each: ask(each)) == FORKED  # type: ignore[misc]
    with everywhere():
        assert said_in_fork(lambda: ask(client)) == FORKED
    assert stubber.calls == ()


@needs_fork
@no_fork_warning
def test_a_forked_worker_starts_the_stubbing_itself() -> None:
    """What the message says works: its own stubber answers it, inside of the one of the first process."""

    def work() -> list[str]:
        with everywhere() as stubber:
            response = found(ask(new_client(), 7))
            stubber.assert_called_once("batch_get_profile")
            return response

    with everywhere() as outer:
        assert said_in_fork(work) == str(ids(7))
    assert outer.calls == ()


@needs_fork
@no_fork_warning
def test_a_forked_worker_has_no_stubs_of_the_first_process() -> None:
    """What its own stubber has no stub for nobody answers, though the first process has one."""

    def work() -> object:
        with stubbed(everywhere=True):
            return ask(new_client())

    with everywhere():
        assert said_in_fork(work).startswith("Nobody stubbed call 1, batch_get_profile of 1 id")


def ask_in_worker(number: int) -> str:
    """What a worker of a pool says."""
    try:
        return str(found(ask(new_client(), number)))
    except Refused as refused:
        return str(refused)


@needs_fork
@no_fork_warning
def test_a_forked_pool_is_told() -> None:
    """A Pool of multiprocessing with the fork method brings the refusal back."""
    with everywhere(), multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.map(ask_in_worker, [1, 2]) == [FORKED, FORKED]


def test_a_spawned_worker_stubs_for_itself() -> None:
    """It has neither patch nor stub of the first process; `stubbed(everywhere=True)` in the worker is all it takes."""
    with everywhere(), multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(stub_and_ask, [3, 4]) == [(0, [{"ProfileId": ids(number)[0]}]) for number in (3, 4)]


LEAVING = (
    "This call was about to leave for the network: "
    f"call 1, batch_get_profile of 1 id in amazon-connect-example, at {LINE}. "
    "Nobody answers for its client. Give the code cp_client, or ask for cp_intercept, which answers for every client; "
    "outside of pytest use stubbed(everywhere=True), or stubber.attach(client). "
    "Where calls are to go out, say so: network=True, in @pytest.mark.cp_fixtures(...)."
)
VERDICT = (
    "1 call that nobody stubbed:\n"
    f"  call 1, batch_get_profile of 1 id in amazon-connect-example, at {SWALLOWED}\n"
    "    It was about to leave for the network. Nobody answers for its client.\n"
    "    Give the code cp_client, or ask for cp_intercept, which answers for every client; outside of pytest use "
    "stubbed(everywhere=True), or stubber.attach(client).\n"
    "Stub what the code may ask for, or correct what it asks for. Where it is to meet that error, say so: "
    "assert_all_expected=False, in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
)


@pytest.mark.parametrize("way", [way for way in WAYS if not way.startswith("isolated")])
def test_a_call_that_nobody_answers_is_refused(way: str) -> None:
    """Before it leaves, whatever made its client; the verdict has it though the code swallows the error."""
    client = WAYS[way]()
    with stubbed(assert_all_expected=False):
        with pytest.raises(Refused) as refused:
            ask(client)
        assert str(refused.value) == LEAVING
    with pytest.raises(VerdictError) as verdict, stubbed():
        ask_and_swallow(client)
    assert str(verdict.value) == VERDICT


ISOLATED = "Its client is an isolated one, and no active stubber answers for it."


def test_an_isolated_client_is_what_the_code_was_to_be_given() -> None:
    """So the advice is another one: cp_client is there, and the stub is not."""
    client = isolated_client()
    with stubbed(assert_all_expected=False), pytest.raises(Refused) as refused:
        ask(client)
    assert str(refused.value) == (
        "This call was about to leave for the network: "
        f"call 1, batch_get_profile of 1 id in amazon-connect-example, at {LINE}. "
        f"{ISOLATED} Ask for cp_stubber, and stub the call; "
        "outside of pytest use stubbed(client=client). "
        "Where calls are to go out, say so: network=True, in @pytest.mark.cp_fixtures(...)."
    )
    with pytest.raises(VerdictError) as verdict, stubbed():
        ask_and_swallow(client)
    assert str(verdict.value) == VERDICT.replace("Nobody answers for its client.", ISOLATED).replace(
        "Give the code cp_client, or ask for cp_intercept, which answers for every client; outside of pytest use "
        "stubbed(everywhere=True), or stubber.attach(client)",
        "Ask for cp_stubber, and stub the call; outside of pytest use stubbed(client=client)",
    )


class NoCredentials:
    """Credentials that nobody may look at."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"somebody asked the credentials for {name}")


@pytest.mark.parametrize("is_answered", [True, False])
def test_no_credentials_are_used(*, is_answered: bool) -> None:
    """Neither for what is answered nor for what is refused is a request signed."""
    client = new_client()
    client._request_signer._credentials = NoCredentials()
    with stubbed(everywhere=is_answered, assert_all_expected=False, assert_all_used=False) as stubber:
        stubber.add_callable("batch_get_profile", answer)
        if is_answered:
            assert found(ask(client)) == ids(1)
        else:
            with pytest.raises(Refused, match="was about to leave"):
                ask(client)


def test_a_refused_call_is_in_the_log_of_the_innermost() -> None:
    """The guards are nested as the blocks are; each call is written down once."""
    client = new_client()
    outer = Guard(Registry(Options()))
    with guarded(outer):
        with stubbed(assert_all_expected=False) as inner:
            ask_and_swallow(client, 1)
        ask_and_swallow(client, 2)
        with guarded(None), stubbed(assert_all_expected=False) as innermost:
            ask_and_swallow(client, 3)
    logs = (inner.registry, outer.registry, innermost.registry)
    assert [[call.params["ProfileIds"] for call in log.calls] for log in logs] == [[ids(1)], [ids(2)], [ids(3)]]


def test_the_way_out_is_open_for_a_client_that_was_refused() -> None:
    """What leaves within guarded(None) comes to where it is sent; here it is stopped just there."""
    client = new_client(aws_access_key_id="testing", aws_secret_access_key="testing")  # noqa: S106
    client.meta.events.register("before-send.*.*", mock.Mock(side_effect=KeyError("sent")))
    with guarded(Guard(Registry(Options()))):
        with pytest.raises(Refused, match="was about to leave"):
            ask(client)
        with guarded(None), pytest.raises(KeyError, match="sent"):
            ask(client)


def test_two_threads_at_one_door() -> None:
    """Whoever had to wait finds the door there, and leaves it alone."""
    client = new_client()
    client.meta.events.register("before-call.*.*", lambda **_: (mock.Mock(status_code=200), ANYTHING))
    registered = mock.Mock(wraps=client.meta.events.register_first)
    lock = mock.MagicMock()
    lock.__enter__.side_effect = lambda: intercept._doors.add(client)
    with guarded(Guard(Registry(Options()))), mock.patch.object(client.meta.events, "register_first", registered):
        with mock.patch.object(intercept, "_LOCK", lock):
            ask(client)
        registered.assert_not_called()


def test_blocks_that_end_in_another_order() -> None:
    """Whoever ends first, the others go on."""
    client = new_client()
    guards = [Guard(Registry(Options())), None, Guard(Registry(Options())), None]
    blocks = [guarded(guard) for guard in guards]
    for block in blocks:
        block.__enter__()
    for last in (0, 3, 1):
        blocks[last].__exit__(None, None, None)
    with pytest.raises(Refused, match="was about to leave"):
        ask(client)
    blocks[2].__exit__(None, None, None)
    assert guards[2] is not None
    assert len(guards[2].registry.calls) == 1


def test_other_answers_are_not_the_guards_business() -> None:
    """botocore's Stubber, or a handler of one's own on any event before the request is made: no refusal, no log."""
    stubbed_by_botocore, handled, specific = new_client(), new_client(), new_client()
    response = (mock.Mock(status_code=200), ANYTHING)
    handled.meta.events.register("before-call.*.*", lambda **_: response)
    specific.meta.events.register("before-call.customer-profiles.BatchGetProfile", lambda **_: response)
    with stubbed() as stubber, Stubber(stubbed_by_botocore) as theirs:
        theirs.add_response("batch_get_profile", ANYTHING)
        assert [found(ask(each)) for each in (stubbed_by_botocore, handled, specific)] == [[], [], []]
    assert stubber.calls == ()


def test_presigned_urls_pass() -> None:
    """To presign sends nothing, so nothing is refused and nothing written down."""
    client = new_client(aws_access_key_id="testing", aws_secret_access_key="testing")  # noqa: S106
    params = {"DomainName": DOMAIN, "ProfileIds": ids(1)}
    with everywhere() as stubber:
        url = client.generate_presigned_url("batch_get_profile", Params=params)
    with stubbed():
        assert (
            client.generate_presigned_url("batch_get_profile", Params=params).partition("?")[0] == url.partition("?")[0]
        )
    assert url.startswith(f"https://profile.us-east-1.amazonaws.com/domains/{DOMAIN}/batch-get-profiles?")
    assert stubber.calls == ()


def test_what_botocore_itself_refuses() -> None:
    """A parameter that does not exist never comes to the guard; under a stubber it is in the log and the verdict."""
    with stubbed():
        ask_and_swallow(new_client(), MaxResults=5)
    with pytest.raises(VerdictError, match="1 request that the service would refuse"), everywhere():
        ask_and_swallow(new_client(), MaxResults=5)


def test_the_verdict_is_on_every_client() -> None:
    """In the order of the calls: 21 ids by one, an operation without a stub by another."""
    first, second = new_client(), new_client()
    with everywhere(assert_all_expected=False, strict="warn") as stubber:
        ask_and_swallow(first, *range(21))
        ask_and_swallow(second, operation="get_segment_membership", SegmentDefinitionName="s")
        ask_and_swallow(first, 1)
        with pytest.warns(RequestWarning) as warned:
            stubber.judge()
    assert [call.fate for call in stubber.calls] == ["answered", "unexpected", "answered"]
    assert str(warned[0].message).splitlines()[:2] == [
        "1 request that the service would refuse:",
        f"  call 1, batch_get_profile of 21 ids in {DOMAIN}, at {SWALLOWED}:",
    ]


def test_an_error_is_one_of_the_clients_own_session() -> None:
    """The code catches `client.exceptions.ThrottlingException` of whichever client it asked."""
    client = new_client()
    error = Exchange("batch_get_profile", error={"Error": {"Code": "ThrottlingException", "Message": "slow"}})
    with stubbed(error, everywhere=True), pytest.raises(client.exceptions.ThrottlingException):
        ask(client)

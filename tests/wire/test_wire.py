"""The wire on its client: what the code gets, nesting, threads, credentials, refusals and the verdict."""

from __future__ import annotations

import datetime as dt
import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import permutations, product
from typing import TYPE_CHECKING, Any
from unittest import mock

import boto3
import pytest
from asking import ASKED, DOMAIN, NO_CANDIDATE, SWALLOWED, ask, ask_and_swallow, ids, isolated_session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import Credentials, DeferredRefreshableCredentials, RefreshableCredentials
from botocore.exceptions import ClientError, ReadTimeoutError
from hypothesis import given, settings
from moto import mock_aws

from cp_fixtures import (
    CustomerProfilesStubber,
    Exchange,
    InvalidResponse,
    Refused,
    UsageError,
    VerdictError,
    strategies,
    stubbed,
)
from cp_fixtures.answers import HTTPAnswer, Slow
from cp_fixtures.clients import isolated_client
from cp_fixtures.exchanges import error_exchange
from cp_fixtures.options import Options
from cp_fixtures.wire import CustomerProfilesWire

if TYPE_CHECKING:
    from collections.abc import Callable


UTC = dt.timezone.utc
EVENTS = ("before-parameter-build", "before-call", "choose-signer", "before-send", "after-call", "after-call-error")
EXCHANGES = (
    strategies.batch_get_profile_exchanges()
    | strategies.get_segment_membership_exchanges()
    | strategies.errors("batch_get_profile")
    | strategies.errors("get_segment_membership")
)
# Where clocks go back, the same hour comes twice.
HOURS = [
    ("Europe/Berlin", dt.datetime(2024, 10, 27, 0, 30, 0, 123456, tzinfo=UTC)),
    ("Europe/Berlin", dt.datetime(2024, 10, 27, 1, 30, 0, 123456, tzinfo=UTC)),
    ("America/New_York", dt.datetime(2024, 11, 3, 5, 59, 59, 999999, tzinfo=UTC)),
    ("America/New_York", dt.datetime(2024, 11, 3, 6, 0, 0, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", dt.datetime(2024, 4, 6, 15, 15, tzinfo=UTC)),
    ("Asia/Kolkata", dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    ("Pacific/Kiritimati", dt.datetime(1900, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ("UTC", dt.datetime(2200, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)),
]


@cache
def session() -> Any:
    """What most clients here come from."""
    return isolated_session()


def new_client(**kwargs: Any) -> Any:
    """A client as people make it, without credentials."""
    return session().create_client("customer-profiles", **kwargs)


@pytest.fixture(params=["isolated", "any"])
def client(request: pytest.FixtureRequest) -> Any:
    """An isolated client, and one of the user's own: to a wire they are the same."""
    return isolated_client(alone=True) if request.param == "isolated" else new_client()


@cache
def shared_client() -> Any:
    """A client for drawn exchanges; errors are not tried again."""
    return isolated_client(retries=1, alone=True)


def traces(client: Any) -> tuple[Any, ...]:
    """All that a wire might leave on a client: its attributes, and the handlers of its events."""
    emitter = client.meta.events._emitter
    emitter = getattr(emitter, "_emitter", emitter)
    found = [emitter._handlers.prefix_search(f"{event}.customer-profiles.BatchGetProfile") for event in EVENTS]
    endpoint = emitter._handlers.prefix_search("before-endpoint-resolution.customer-profiles")
    return sorted(vars(client)), [list(each) for each in (*found, endpoint)], sorted(emitter._unique_id_handlers)


def got(exchange: Exchange, *, wire: Any) -> Any:
    """What the code gets from an exchange: the response, or the error's; each timestamp as an instant."""
    client = shared_client()
    with stubbed(exchange, wire=wire, client=client):
        try:
            request = exchange.request or {"DomainName": DOMAIN, "ProfileIds": ids(1)}
            if exchange.operation == "get_segment_membership":
                request = {"SegmentDefinitionName": "segment", **request}
            response: Any = getattr(client, exchange.operation)(**request)
        except ClientError as problem:
            said = str(problem).replace(" (reached max retries: 0)", "")
            response = {**problem.response, "class": type(problem), "said": said}
    return without_bookkeeping(response)


def without_bookkeeping(value: Any) -> Any:
    """The value, without what botocore notes of the tries, and each timestamp in UTC."""
    if isinstance(value, dict):
        kept = {name: item for name, item in value.items() if name not in {"RetryAttempts", "MaxAttemptsReached"}}
        return {name: without_bookkeeping(item) for name, item in kept.items()}
    if isinstance(value, list):
        return [without_bookkeeping(item) for item in value]
    return value.astimezone(UTC) if isinstance(value, dt.datetime) else value


@given(exchange=EXCHANGES)
def test_the_code_gets_what_a_stubber_gives(exchange: Exchange) -> None:
    """Responses and errors of both operations, their class, text and metadata too."""
    assert got(exchange, wire=True) == got(exchange, wire=False)


@pytest.mark.parametrize("zone", ["America/St_Johns", "Pacific/Chatham", "UTC"])
def test_the_code_gets_it_in_every_time_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exact to the microsecond, wherever the machine thinks that it is."""
    set_zone(monkeypatch, zone)

    @settings(max_examples=30)
    @given(exchange=strategies.get_segment_membership_exchanges())
    def check(exchange: Exchange) -> None:
        assert got(exchange, wire=True) == got(exchange, wire=False)

    check()


@pytest.mark.parametrize(("zone", "when"), HOURS)
def test_an_hour_that_comes_twice_is_told_apart(zone: str, when: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was computed in the first is the same instant, and so is what was computed in the second."""
    set_zone(monkeypatch, zone)
    with stubbed(wire=True) as wire:
        response = {"SegmentDefinitionName": "s", "Profiles": [], "Failures": [], "LastComputedAt": when}
        exchange = Exchange("get_segment_membership", response=response, unchecked=True)
        wire.add_exchange(exchange)
        got = wire.client.get_segment_membership(DomainName="d", SegmentDefinitionName="s", ProfileIds=ids(1))
    if "LastComputedAt" in wire.client.meta.service_model.operation_model("GetSegmentMembership").output_shape.members:
        assert got["LastComputedAt"].astimezone(UTC) == when
    else:
        assert "LastComputedAt" not in got


def set_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """The machine is elsewhere, until the test ends."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()


@pytest.fixture(autouse=True)
def zone_of_the_machine() -> Any:
    """The time zone is what it was, once the variable is: the fixture that sets it ends before this one."""
    yield
    time.tzset()


EVERYONE = {"Profiles": [{"ProfileId": ids(1)[0]}], "Errors": []}


def add_callable_response(wire: Any, **kwargs: Any) -> None:
    """A function that gives a dict."""
    wire.add_callable("batch_get_profile", lambda _params: EVERYONE, **kwargs)


def add_callable_exchange(wire: Any, **kwargs: Any) -> None:
    """A function that gives an exchange."""
    exchange = Exchange("batch_get_profile", response=EVERYONE)
    wire.add_callable("batch_get_profile", lambda _params: exchange, **kwargs)


THROTTLED: Any = {
    "Error": {"Code": "ThrottlingException", "Message": "Later"},
    "ResponseMetadata": {"HTTPStatusCode": 429},
}
REGISTERING: dict[str, Callable[..., Any]] = {
    "add_batch_get_profile": lambda wire, **kwargs: wire.add_batch_get_profile(1, profile_ids=ids(1), **kwargs),
    "add_exchange": lambda wire, **kwargs: wire.add_exchange(
        Exchange("batch_get_profile", response=EVERYONE), **kwargs
    ),
    "add_response": lambda wire, **kwargs: wire.add_response("batch_get_profile", EVERYONE, **kwargs),
    "add_response, callable": lambda wire, **kwargs: wire.add_response(
        "batch_get_profile", lambda _params: EVERYONE, **kwargs
    ),
    "add_callable, dict": add_callable_response,
    "add_callable, Exchange": add_callable_exchange,
}
REGISTERING_ERRORS: dict[str, Callable[..., Any]] = {
    "add_error": lambda wire, **kwargs: wire.add_error("batch_get_profile", "ThrottlingException", "Later", **kwargs),
    "add_client_error": lambda wire, **kwargs: wire.add_client_error(
        "batch_get_profile", "ThrottlingException", "Later", **kwargs
    ),
    "add_exchange": lambda wire, **kwargs: wire.add_exchange(
        error_exchange("batch_get_profile", "ThrottlingException", "Later"), **kwargs
    ),
    "add_callable, Exchange": lambda wire, **kwargs: wire.add_callable(
        "batch_get_profile", lambda _: error_exchange("batch_get_profile", "ThrottlingException", "Later"), **kwargs
    ),
    "add_callable, ClientError": lambda wire, **kwargs: wire.add_callable(
        "batch_get_profile",
        mock.Mock(side_effect=ClientError(THROTTLED, "BatchGetProfile")),
        **kwargs,
    ),
}


@pytest.mark.parametrize("way", REGISTERING)
def test_every_way_to_register_an_answer(client: Any, way: str) -> None:
    """Each takes a script, and answers as often as it may."""
    with stubbed(wire=True, client=client) as wire:
        REGISTERING[way](wire, attempts=["ThrottlingException"], times=2)
        for _ in range(2):
            response = ask(client)
            assert response["Profiles"][0]["ProfileId"] == ids(1)[0]
            assert response["ResponseMetadata"]["RetryAttempts"] == 1
        with pytest.raises(Refused, match="it has answered as often as it may"):
            ask(client)
        wire.registry.verdict()
    assert [(each.call, each.number) for each in wire.attempts] == [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize("way", REGISTERING_ERRORS)
def test_every_way_to_register_an_error(way: str) -> None:
    """It refuses each try, after those of the script; class, status and text are the error's."""
    with stubbed(wire=True) as wire:
        REGISTERING_ERRORS[way](wire, attempts=[500])
        with pytest.raises(wire.client.exceptions.ThrottlingException) as caught:
            ask(wire.client)
    assert [getattr(each.answer, "status", None) for each in wire.attempts] == [500, 429, 429]
    assert str(caught.value).endswith("operation (reached max retries: 2): Later")
    assert caught.value.response["Message"] == "Later"


def test_always_is_always() -> None:
    """Each answer has a RequestId of its own, and the code gets a response of its own."""
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), times=None)
        responses = [ask(wire.client) for _ in range(5)]
        responses[0]["Profiles"][0]["ProfileId"] = "changed"
    assert len({each["ResponseMetadata"]["RequestId"] for each in responses}) == 5
    assert {each["Profiles"][0]["ProfileId"] for each in responses[1:]} == {ids(1)[0]}
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), times=None)
        with pytest.raises(VerdictError, match="1 stub that the code did not use up"):
            wire.judge()


def test_a_callable_may_break_the_connection() -> None:
    """With an error of botocore's for that: each try meets it, and the call counts as answered."""
    problem = ReadTimeoutError(endpoint_url="https://example.com")
    with stubbed(wire=True) as wire:
        wire.add_callable("batch_get_profile", mock.Mock(side_effect=problem), attempts=["ThrottlingException"])
        with pytest.raises(ReadTimeoutError) as caught:
            ask(wire.client)
    assert caught.value is problem
    assert [type(each.answer) for each in wire.attempts] == [HTTPAnswer, ReadTimeoutError, ReadTimeoutError]
    assert [call.fate for call in wire.calls] == ["answered"]


def test_what_else_a_callable_raises_is_told_in_the_verdict() -> None:
    """Nothing is sent, and nothing is tried again; the code gets it as it is."""
    answer = mock.Mock(side_effect=KeyError("nobody"), __qualname__="answer")
    with stubbed(wire=True) as wire:
        wire.add_callable("batch_get_profile", answer)
        ask_and_swallow(wire.client)
        with pytest.raises(VerdictError) as caught:
            wire.judge()
    assert str(caught.value) == (
        f"1 call whose answer failed:\n  call 1, batch_get_profile of 1 id in amazon-connect-example{SWALLOWED}: "
        "KeyError: 'nobody'\nCorrect the callable that makes the answer."
    )
    assert answer.call_count == 1


def test_a_callable_may_make_calls_of_its_own() -> None:
    """They are answered, and logged, in the middle of the other, whose tries are not mixed up with theirs."""
    with stubbed(wire=True) as wire:
        wire.add_callable(
            "batch_get_profile", lambda _: ask(wire.client, 2), request={"DomainName": DOMAIN, "ProfileIds": ids(1)}
        )
        wire.add_batch_get_profile([{"ProfileId": ids(2)[0]}], attempts=[500])
        with pytest.raises(InvalidResponse):
            ask(wire.client)
        wire.registry.verdict()
    assert [(each.call, each.number) for each in wire.attempts] == [(2, 1), (2, 2)]


@pytest.mark.parametrize("event", ["request-created", "before-send", "response-received", "needs-retry"])
def test_a_handler_may_make_calls_of_its_own(client: Any, event: str) -> None:
    """On the same client, in the middle of a try: both calls get their own answers, and so do all their tries."""
    inner: list[Any] = []

    def handler(**_kwargs: Any) -> None:
        if not inner:
            inner.append(None)
            inner[0] = ask(client, 2)

    client.meta.events.register(event, handler)
    with stubbed(wire=True, client=client) as wire:
        for number in (1, 2):
            wire.add_batch_get_profile(1, profile_ids=ids(number), attempts=[500])
        assert ask(client)["Profiles"][0]["ProfileId"] == ids(1)[0]
    assert inner[0]["Profiles"][0]["ProfileId"] == ids(2)[0]
    assert [each["ResponseMetadata"]["RetryAttempts"] for each in inner] == [1]
    tries = [(each.call, each.number) for each in wire.attempts]
    assert sorted(tries) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    bodies = {each.call: each.body for each in wire.attempts}
    assert [ids(call)[0].encode() in bodies[call] for call in (1, 2)] == [True, True]


def test_a_call_in_the_middle_of_another_is_nobody_elses() -> None:
    """Where nobody answers for its client it is refused, though a wire answers for the other."""
    other = isolated_client()
    refusals: list[Refused] = []

    def handler(**_kwargs: Any) -> None:
        with pytest.raises(Refused) as caught:
            ask(other)
        refusals.append(caught.value)

    with stubbed(wire=True) as wire:
        wire.client.meta.events.register("before-send", handler)
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        ask(wire.client)
        wire.registry.verdict()
    assert len(wire.attempts) == 1
    assert f"This call was about to leave for the network: call 2, batch_get_profile of 1 id in {DOMAIN}{ASKED}" in str(
        refusals[0]
    )


def test_what_follows_a_call_that_was_cut_short_is_nobody_elses() -> None:
    """Another handler has ended it before it was sent: its answer is not given to the next call of the thread."""
    other = isolated_client()
    with stubbed(wire=True) as wire:
        wire.client.meta.events.register_last("before-call", mock.Mock(side_effect=ZeroDivisionError))
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        with pytest.raises(ZeroDivisionError):
            ask(wire.client)
        with pytest.raises(Refused, match="This call was about to leave for the network"):
            ask(other)
        wire.registry.verdict()
    assert wire.attempts == ()


def test_nothing_is_left_on_the_client(client: Any) -> None:
    """Once the last has left, the client is as it was, handler by handler."""
    before = traces(client)
    wire, stubber = CustomerProfilesWire(client), CustomerProfilesStubber(client)
    with wire, stubber, wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
        ask(client)
    assert traces(client) == before


@pytest.mark.parametrize(("kinds", "order"), list(product(product("ws", repeat=2), permutations(range(2)))), ids=str)
def test_wires_and_stubbers_may_leave_in_any_order(client: Any, kinds: tuple[str, ...], order: tuple[int, ...]) -> None:
    """The last to come is asked first; what it has no stub for goes on; those that are left go on answering."""
    before = traces(client)
    made: list[Any] = [(CustomerProfilesWire if kind == "w" else CustomerProfilesStubber)(client) for kind in kinds]
    for number, each in enumerate(made):
        each.add_batch_get_profile(1, profile_ids=ids(number), times=None)
        each.activate()
    assert [found(ask(client, number)) for number in (0, 1)] == [ids(0), ids(1)]
    assert [call.params["ProfileIds"] for call in made[1].calls] == [ids(0), ids(1)]
    assert [call.params["ProfileIds"] for call in made[0].calls] == [ids(0)]
    made[order[0]].deactivate()
    assert found(ask(client, order[1])) == ids(order[1])
    with pytest.raises(Refused):
        ask(client, order[0])
    made[order[1]].deactivate()
    assert traces(client) == before
    tries = [len(each.attempts) if kind == "w" else 0 for kind, each in zip(kinds, made, strict=True)]
    assert tries == [(2 if number == order[1] else 1) if kind == "w" else 0 for number, kind in enumerate(kinds)]


def found(response: Any) -> list[str]:
    """The ids of the profiles of a response."""
    return [profile["ProfileId"] for profile in response["Profiles"]]


def test_a_call_is_in_the_log_of_whoever_was_asked_and_of_whoever_answered() -> None:
    """With one outcome, and numbers of their own; the tries are with the wire that answered."""
    client = isolated_client(alone=True)
    with CustomerProfilesWire(client) as outer, CustomerProfilesWire(client) as inner:
        inner.add_batch_get_profile(1, profile_ids=ids(1))
        exchange = outer.add_batch_get_profile(1, profile_ids=ids(2), attempts=[500])
        ask(client, 1)
        ask(client, 2)
    assert [[call.number for call in each.calls] for each in (inner, outer)] == [[1, 2], [1]]
    assert [[(each.call, each.number) for each in wire.attempts] for wire in (inner, outer)] == [
        [(1, 1)],
        [(1, 1), (1, 2)],
    ]
    assert inner.calls[1].exchange is outer.calls[0].exchange is exchange


def test_activating_twice_is_activating_once(client: Any) -> None:
    """And to deactivate what is not active does nothing."""
    before = traces(client)
    wire = CustomerProfilesWire(client)
    wire.deactivate()
    for _ in range(2):
        wire.activate()
        wire.activate()
        wire.deactivate()
    assert traces(client) == before


@pytest.mark.parametrize("event", ["request-created", "before-send", "response-received"])
def test_a_call_that_is_on_its_way_does_not_leave_though_its_wire_has(client: Any, event: str) -> None:
    """A thread may still be in it when a test ends: it gets its answers, and nothing gets to the network."""
    wire = CustomerProfilesWire(client)
    wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
    before = traces(client)
    client.meta.events.register(event, lambda **_: wire.deactivate(), unique_id="leaving")
    with wire, mock.patch("time.sleep"):
        assert found(ask(client)) == ids(1)
    client.meta.events.unregister(event, unique_id="leaving")
    assert [each.number for each in wire.attempts] == [1, 2]
    assert traces(client) == before


def test_a_wire_that_is_dropped_is_let_go() -> None:
    """Though nobody deactivated it: neither it nor its client is kept by anything of ours."""
    for make in (isolated_client, new_client):
        client = make()
        wire = CustomerProfilesWire(client)
        wire.activate()
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
        ask(client)
        dropped = weakref.ref(wire), weakref.ref(client)
        del wire, client
        gc.collect()
        assert [each() for each in dropped] == [None, None]


@pytest.mark.parametrize("way", ["attach", "stand_behind", "everywhere"])
def test_other_clients_can_be_answered_too(way: str) -> None:
    """Each with its own retries, until the wire has left."""
    settings: Any = {"mode": "legacy", "total_max_attempts": 2}
    other = new_client(config=Config(retries=settings))
    before = traces(other)
    with stubbed(wire=True, everywhere=way == "everywhere") as wire:
        if way != "everywhere":
            getattr(wire, way)(other)
        wire.add_error("batch_get_profile", "ThrottlingException", times=2)
        for client in (other, wire.client):
            with pytest.raises(client.exceptions.ThrottlingException):
                ask(client)
    assert [each.call for each in wire.attempts] == [1, 1, 2, 2, 2]
    assert traces(other) == before


def test_moto_beside_it_answers_for_other_services_alone() -> None:
    """Though it would answer for ours too, that it knows nothing of it."""
    with mock_aws():
        ours, s3 = boto3.client("customer-profiles"), boto3.client("s3")
        with stubbed(wire=True, client=ours) as wire:
            wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
            assert found(ask(ours)) == ids(1)
            assert s3.list_buckets()["Buckets"] == []
    assert [each.number for each in wire.attempts] == [1, 2]


def test_eight_threads_get_their_own_answers(client: Any) -> None:
    """On one client: each call gets what was asked for, in its own tries."""
    with stubbed(wire=True, client=client) as wire, ThreadPoolExecutor(8) as pool:
        for number in range(40):
            wire.add_batch_get_profile(1, profile_ids=ids(number), attempts=[500, 503][: number % 3])
        responses = list(pool.map(lambda number: ask(client, number), range(40)))
    assert [found(each) for each in responses] == [ids(number) for number in range(40)]
    tries: dict[int, list[int]] = {}
    for each in wire.attempts:
        number = int(wire.calls[each.call - 1].params["ProfileIds"][0], 16)
        assert ids(number)[0].encode() in each.body
        tries.setdefault(number, []).append(each.number)
    assert tries == {number: list(range(1, number % 3 + 2)) for number in range(40)}
    assert len({each["ResponseMetadata"]["RequestId"] for each in responses}) == 40


def never(*_args: object, **_kwargs: object) -> Any:
    """What is not to be asked for credentials."""
    raise AssertionError("Somebody asked for credentials.")


def refreshable(expiry: dt.datetime) -> RefreshableCredentials:
    """Credentials that are good until then; to have others, they would ask."""
    return RefreshableCredentials("a", "b", "c", expiry, never, "test")


CREDENTIALS: dict[str, tuple[Callable[[], Any], bool]] = {
    "none": (lambda: None, False),
    "static": (lambda: Credentials("a", "b"), True),
    "of a session": (lambda: Credentials("a", "b", "c"), True),
    "good for hours": (lambda: refreshable(dt.datetime.now(UTC) + dt.timedelta(hours=2)), True),
    "soon to be refreshed": (lambda: refreshable(dt.datetime.now(UTC) + dt.timedelta(minutes=5)), False),
    "expired": (lambda: refreshable(dt.datetime.now(UTC) - dt.timedelta(hours=2)), False),
    "deferred": (lambda: DeferredRefreshableCredentials(never, "test"), False),
    "of another kind": (lambda: mock.Mock(spec=Credentials, get_frozen_credentials=never), False),
}


@pytest.mark.parametrize("kind", CREDENTIALS)
def test_signed_where_there_are_credentials(kind: str) -> None:
    """Where there are none, or they would have to be asked for, nobody signs; both are answered."""
    make, is_signed = CREDENTIALS[kind]
    client = new_client()
    client._request_signer._credentials = make()
    with stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
        ask(client)
    assert [each.headers.get("Authorization", "")[:16] for each in wire.attempts] == [
        "AWS4-HMAC-SHA256" * is_signed
    ] * 2


def test_whoever_wants_no_signature_has_none() -> None:
    """By the client's own configuration."""
    client = new_client(
        config=Config(signature_version=UNSIGNED),
        aws_access_key_id="a",
        aws_secret_access_key="b",  # noqa: S106 - as above
    )
    with stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        ask(client)
    assert "Authorization" not in wire.attempts[0].headers


def test_an_attempt_is_the_request_as_it_was_sent() -> None:
    """Method, URL with whatever stands in front of the path, headers and body; and it says so in words."""
    with stubbed(wire=True, client=new_client(endpoint_url="http://localhost:8000/a/b")) as wire:
        exchange = wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[503])
        response = ask(wire.client)
    first, last = wire.attempts
    assert (first.method, first.url) == ("POST", f"http://localhost:8000/a/b/domains/{DOMAIN}/batch-get-profiles")
    assert first.body == b'{"ProfileIds": ["%s"]}' % ids(1)[0].encode()
    assert first.headers["Content-Type"] == "application/json"
    assert (first.answer, last.sleep) == (HTTPAnswer(503), None)
    assert str(first) == f"try 1 of call 1, POST batch_get_profile: 503, then a sleep of {first.sleep:.3g} s"
    assert str(last) == "try 2 of call 1, POST batch_get_profile: 200"
    assert response["Profiles"] == exchange.response["Profiles"]


def test_a_kept_attempt_is_the_tests_own() -> None:
    """What becomes of it the wire does not see."""
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[ConnectionError])
        ask(wire.client)
    kept = wire.attempts[0]
    kept.headers.clear()
    kept.number = 9
    assert wire.attempts[0].headers
    assert str(wire.attempts[0]).startswith("try 1 of call 1, POST batch_get_profile: ConnectionClosedError, then")


@pytest.mark.parametrize(("patience", "kinds"), [(1, [ReadTimeoutError, HTTPAnswer]), (None, [HTTPAnswer])])
def test_the_clients_own_patience_counts(patience: int | None, kinds: list[type]) -> None:
    """What takes longer than its read_timeout ends then; without one it waits for whatever comes."""
    client = new_client(config=Config(read_timeout=patience))
    with stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[Slow(2)])
        ask(client)
    assert [type(each.answer) for each in wire.attempts] == kinds
    assert wire.attempts[0].seconds == (patience or 2)


def test_presigned_urls_are_no_calls() -> None:
    """One is made though nothing is stubbed, and log and tries are empty."""
    with stubbed(wire=True) as wire:
        url = wire.client.generate_presigned_url("batch_get_profile", Params={"DomainName": "d", "ProfileIds": ids(1)})
    assert "X-Amz-Signature" in url
    assert (wire.calls, wire.attempts) == ((), ())


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_what_nobody_stubbed_is_never_tried_again(mode: str) -> None:
    """The refusal arrives as it was raised, and botocore is not even asked; swallowed, it is in the verdict."""
    settings: Any = {"mode": mode, "total_max_attempts": 5}
    client = new_client(config=Config(retries=settings))
    asked = mock.Mock(return_value=None)
    client.meta.events.register_first("needs-retry.customer-profiles", asked)
    with stubbed(wire=True, client=client) as wire:
        with pytest.raises(Refused) as caught:
            ask(client)
        with pytest.raises(VerdictError, match="1 call that nobody stubbed"):
            wire.judge()
    assert str(caught.value) == NO_CANDIDATE.format(1, ASKED)
    assert type(caught.value) is Refused
    assert (asked.called, wire.attempts, [call.fate for call in wire.calls]) == (False, (), ["unexpected"])


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_what_the_service_would_refuse_is_never_tried_again(mode: str) -> None:
    """Likewise; and a stub that would have matched is not used up."""
    settings: Any = {"mode": mode, "total_max_attempts": 5}
    client = new_client(config=Config(retries=settings))
    asked = mock.Mock(return_value=None)
    client.meta.events.register_first("needs-retry.customer-profiles", asked)
    with stubbed(wire=True, client=client) as wire:
        wire.add_response("batch_get_profile", {}, times=None)
        ask(client)
        asked.reset_mock()
        with pytest.raises(Refused, match="ProfileIds: wanted at most 20 items, got 21 items"):
            ask(client, *range(21))
        wire.registry.verdict()
    assert (asked.called, len(wire.attempts), [call.fate for call in wire.calls]) == (False, 1, ["answered", "refused"])


@pytest.mark.parametrize("method", ["add_batch_get_profile", "add_get_segment_membership"])
def test_a_stubber_has_no_script(method: str) -> None:
    """It answers before anything is sent: what does instead is said."""
    with stubbed() as stubber, pytest.raises(UsageError) as caught:
        getattr(stubber, method)(attempts=[500])
    assert str(caught.value) == (
        f"attempts is [500]. A stubber answers a call of {method[4:]} before anything is sent, so that there is one "
        "try only. Ask for cp_wire in place of cp_stubber, or write stubbed(wire=True)."
    )


def test_a_wire_is_for_customer_profiles_alone() -> None:
    """No other service's answers could be made; a stubber serves any."""
    with pytest.raises(UsageError) as caught:
        CustomerProfilesWire(session().create_client("sts"))
    assert str(caught.value) == (
        "The client is one of sts. The wire answers as customer-profiles does. "
        "Make a stubber for it, which serves any service."
    )


def test_what_is_no_client_is_refused() -> None:
    """As by a stubber."""
    with pytest.raises(UsageError, match="This is no client: 'client'"):
        CustomerProfilesWire("client")  # type: ignore[arg-type]


def test_an_answer_that_json_cannot_say_is_refused_when_it_is_registered() -> None:
    """Not when it is asked for."""
    with stubbed(wire=True, strict=False) as wire:
        with pytest.raises(UsageError, match="An answer cannot be sent"):
            wire.add_exchange(Exchange("batch_get_profile", response={"More": {1, 2}}, unchecked=True))
        wire.assert_no_pending_responses()


def test_the_order_counts_where_it_is_to() -> None:
    """As with a stubber."""
    with stubbed(wire=True, ordered=True, assert_all_used=False) as wire:
        for number in (1, 2):
            wire.add_batch_get_profile(1, profile_ids=ids(number))
        with pytest.raises(Refused, match="its turn has not come"):
            ask(wire.client, 2)
        wire.registry.verdict()


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Of bodies and headers, but for those of botocore's that say when it was."""

    def bodies() -> list[Any]:
        with stubbed(wire=True, seed=7) as wire:
            for operation in ("batch_get_profile", "get_segment_membership"):
                exchange = getattr(wire, f"add_{operation}")(3, attempts=["ThrottlingException"])
                getattr(wire.client, operation)(**exchange.request)
        return [(each.url, each.body, each.answer) for each in wire.attempts]

    assert bodies() == bodies()


def test_options_are_those_that_are_given() -> None:
    """As of a stubber: a wire by itself takes them too."""
    client: Any = isolated_client(alone=True)
    with CustomerProfilesWire(client, options=Options(strict=False)) as wire:
        wire.add_response("batch_get_profile", {})
        assert client.batch_get_profile(DomainName="no name!", ProfileIds=["no id"])["ResponseMetadata"]
    wire.judge()

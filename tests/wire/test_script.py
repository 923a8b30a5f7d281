"""The script of a stub: what each try can meet, and what is refused because no try can."""

from __future__ import annotations

import contextlib
import errno
import http.client
import socket
import ssl
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from unittest import mock

import botocore.exceptions
import pytest
from asking import ask, ids
from botocore.exceptions import ClientError, ProxyConnectionError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import Exchange, UsageError, stubbed
from cp_fixtures.answers import HTTPAnswer, Slow, received
from cp_fixtures.exchanges import error_exchange
from cp_fixtures.wire.script import broken, steps_of

if TYPE_CHECKING:
    from cp_fixtures.wire import CustomerProfilesWire

URL = "http://127.0.0.1:9/path"
ERROR = error_exchange("batch_get_profile", "AccessDeniedException", "No")
KINDS = (
    "a code of an error, an HTTP status, an exception of a broken connection, an HTTPAnswer, an Exchange with an "
    "error, a function of the stub's own HTTPAnswer, or Slow with any of these"
)
BROKEN = "Give a class, or an instance, of ConnectionError, TimeoutError, OSError, or one of botocore's."
LISTED = "AccessDeniedException, BadRequestException, InternalServerException, ResourceNotFoundException"


def met(*attempts: Any) -> tuple[list[Any], CustomerProfilesWire]:
    """What the tries of one call met, with its wire; a status stands for an answer."""
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=attempts)
        with contextlib.suppress(ClientError, botocore.exceptions.BotoCoreError):
            ask(wire.client)
    found = [each.answer for each in wire.attempts]
    return [each.status if isinstance(each, HTTPAnswer) else type(each) for each in found], wire


@pytest.mark.parametrize(
    ("meets", "wanted"),
    [
        ("ThrottlingException", [429, 200]),
        ("InternalServerException", [500, 200]),
        ("AccessDeniedException", [403]),
        (503, [503, 200]),
        (HTTPStatus.BAD_GATEWAY, [502, 200]),
        (ConnectionError, [botocore.exceptions.ConnectionClosedError, 200]),
        (TimeoutError("late"), [ReadTimeoutError, 200]),
        (ProxyConnectionError, [ProxyConnectionError, 200]),
        (ReadTimeoutError(endpoint_url="https://example.com"), [ReadTimeoutError, 200]),
        (HTTPAnswer(503), [503, 200]),
        (ERROR, [403]),
        (lambda own: HTTPAnswer(500, own.body, own.headers), [500, 200]),
        (Slow(2), [200]),
        (Slow(2, "ThrottlingException"), [429, 200]),
        (Slow(61), [ReadTimeoutError, 200]),
        (Slow(0, ConnectionRefusedError), [botocore.exceptions.EndpointConnectionError, 200]),
    ],
)
def test_whatever_a_try_can_meet(meets: Any, wanted: list[Any]) -> None:
    """And where botocore tries again, the next meets the stub's own answer."""
    assert met(meets)[0] == wanted


def test_one_try_after_the_other() -> None:
    """The whole script, then the answer; what is left of a script when botocore gives up is never met."""
    assert met("ThrottlingException", 500)[0] == [429, 500, 200]
    assert met(500, 502, 503, 504)[0] == [500, 502, 503]


def test_what_takes_its_time_is_written_down() -> None:
    """The seconds of a slow answer; and of one that is too slow the client's patience."""
    kinds, wire = met(Slow(61), Slow(1.5, 500), Slow(60))
    assert kinds == [ReadTimeoutError, 500, 200]
    assert [each.seconds for each in wire.attempts] == [60, 1.5, 60]
    assert wire.seconds == pytest.approx(121.5 + sum(each.sleep or 0 for each in wire.attempts))


def test_the_function_gets_the_answer_of_the_stub() -> None:
    """With body and headers; what it makes of it is what comes."""
    got: list[HTTPAnswer] = []

    def cut(own: HTTPAnswer) -> HTTPAnswer:
        got.append(own)
        return HTTPAnswer(own.status, b"{}", own.headers)

    with stubbed(wire=True) as wire:
        exchange = wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[cut])
        response = ask(wire.client)
    assert list(response) == ["ResponseMetadata"]
    assert dict(got[0].headers)["x-amzn-requestid"] == exchange.response["ResponseMetadata"]["RequestId"]
    assert exchange.response["Profiles"][0]["LastName"].encode() in got[0].body


def test_the_function_is_not_asked_where_the_stub_breaks_the_connection() -> None:
    """There is no answer to make another of."""
    unused = mock.Mock()
    with stubbed(wire=True) as wire:
        wire.add_callable(
            "batch_get_profile", mock.Mock(side_effect=ReadTimeoutError(endpoint_url=URL)), attempts=[unused]
        )
        with pytest.raises(ReadTimeoutError):
            ask(wire.client)
    assert len(wire.attempts) == 3
    unused.assert_not_called()


def test_the_function_may_break_the_connection() -> None:
    """With an error of botocore's for that, which is tried again as any other."""
    problem = ReadTimeoutError(endpoint_url=URL)
    kinds, wire = met(mock.Mock(side_effect=problem))
    assert kinds == [ReadTimeoutError, 200]
    assert wire.attempts[0].answer is problem


@pytest.mark.parametrize(
    ("attempts", "message"),
    [
        (
            "ThrottlingException",
            (
                "attempts is 'ThrottlingException'. It lists what one try after the other meets. "
                'Give a list: ["ThrottlingException"].'
            ),
        ),
        (
            {500},
            'attempts is {500}. It lists what one try after the other meets. Give a list: ["ThrottlingException"].',
        ),
        (
            ["ThrotlingException"],
            (
                f"attempts has the error 'ThrotlingException'. The model lists {LISTED}, ThrottlingException for "
                "batch_get_profile. Did you mean 'ThrottlingException' or 'ResourceNotFoundException'? Of any "
                "other give an Exchange with it, or an HTTPAnswer."
            ),
        ),
        (
            ["Zzz"],
            (
                f"attempts has the error 'Zzz'. The model lists {LISTED}, ThrottlingException for batch_get_profile. "
                "Of any other give an Exchange with it, or an HTTPAnswer."
            ),
        ),
        ([99], "A status of attempts is 99. An HTTP status is a whole number. Give one of 100 to 599."),
        ([True], "A status of attempts is True. An HTTP status is a whole number. Give one of 100 to 599."),
        ([None], f"attempts has None. Nothing that a try can meet is so. Give {KINDS}."),
        ([5.5], f"attempts has 5.5. Nothing that a try can meet is so. Give {KINDS}."),
        ([Slow(1, [500])], f"attempts has [500]. Nothing that a try can meet is so. Give {KINDS}."),
        (
            [KeyError],
            f"attempts has <class 'KeyError'>. It is nothing that a connection can break with. {BROKEN}",
        ),
        (
            [KeyboardInterrupt()],
            f"attempts has KeyboardInterrupt(). It is nothing that a connection can break with. {BROKEN}",
        ),
        (
            [HTTPAnswer],
            (
                "attempts has <class 'cp_fixtures.answers.HTTPAnswer'>. It is nothing that a connection can break "
                f"with. {BROKEN}"
            ),
        ),
        (
            [http.client.BadStatusLine],
            (
                "attempts has <class 'http.client.BadStatusLine'>. It cannot be made: TypeError("
                "\"BadStatusLine.__init__() missing 1 required positional argument: 'line'\"). Give an instance of it."
            ),
        ),
        (
            [error_exchange("get_segment_membership", "ThrottlingException")],
            (
                "attempts has <Exchange get_segment_membership of any request: the error ThrottlingException>. A try "
                "meets an error of batch_get_profile, and after the last of them the stub's own answer. Give an "
                "Exchange with such an error."
            ),
        ),
    ],
)
def test_what_no_try_can_meet_is_refused(attempts: Any, message: str) -> None:
    """When it is registered, with what is wrong and what to give instead; nothing is registered then."""
    with stubbed(wire=True) as wire, pytest.raises(UsageError) as caught:
        wire.add_batch_get_profile(attempts=attempts)
    assert str(caught.value) == message
    wire.assert_no_pending_responses()


def test_an_answer_is_no_fault() -> None:
    """An Exchange with a response comes after the last try of a script, and is none of them."""
    with pytest.raises(UsageError, match="A try meets an error of batch_get_profile"):
        steps_of("batch_get_profile", [Exchange("batch_get_profile", response={}, unchecked=True)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Slow(-1), "Slow(-1). It is how many seconds an answer takes. Give 0 or more."),
        (lambda: Slow(float("nan")), "Slow(nan). It is how many seconds an answer takes. Give 0 or more."),
        (lambda: Slow(float("inf")), "Slow(inf). It is how many seconds an answer takes. Give 0 or more."),
        (lambda: Slow(True), "Slow(True). It is how many seconds an answer takes. Give 0 or more."),  # noqa: FBT003 - it is what is refused
        (
            lambda: Slow(1, Slow(2)),
            "Slow(seconds=1, meets=Slow(seconds=2, meets=None)). One try has one answer. Add the seconds up.",
        ),
        (lambda: HTTPAnswer(600), "status is 600. An HTTP status is a whole number. Give one of 100 to 599."),
        (lambda: HTTPAnswer(200.0), "status is 200.0. An HTTP status is a whole number. Give one of 100 to 599."),  # type: ignore[arg-type]
        (lambda: HTTPAnswer(200, "{}"), "body is '{}'. A body is bytes. Encode it: text.encode()."),  # type: ignore[arg-type]
        (
            lambda: HTTPAnswer(200, b"", {"a": "b"}),  # type: ignore[arg-type]
            (
                "headers is {'a': 'b'}. A name may come more than once, so headers are a tuple of pairs of texts. "
                'Write them so: (("content-type", "text/html"),).'
            ),
        ),
    ],
)
def test_what_is_no_answer_is_refused(make: Any, message: str) -> None:
    """When it is made."""
    with pytest.raises(UsageError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            mock.Mock(return_value=500, __qualname__="change"),
            (
                "UsageError: change of attempts gave 500. It is given the stub's own answer, to make another of. "
                "Let it return an HTTPAnswer."
            ),
        ),
        (mock.Mock(side_effect=ZeroDivisionError("by zero")), "ZeroDivisionError: by zero"),
    ],
)
def test_a_function_that_fails_is_told_in_the_verdict(change: Any, message: str) -> None:
    """Though the code under test swallows it; and it is not tried again."""
    with stubbed(wire=True, assert_all_used=False) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[change])
        with pytest.raises((UsageError, ZeroDivisionError)):
            ask(wire.client)
        assert [text.splitlines()[1].partition("in ask: ")[2] for text in wire.violations] == [message]
        assert wire.calls[0].fate == "failed"
        assert change.call_count == 1
        wire.registry.verdict()


FAULTS: list[Any] = [
    BrokenPipeError(),
    ConnectionAbortedError(),
    ConnectionError(),
    ConnectionResetError(errno.ECONNRESET, "reset"),
    OSError(),
    OSError(errno.EIO, "odd"),
    PermissionError(),
    TimeoutError(),
    TimeoutError(errno.ETIMEDOUT, "late"),
    http.client.BadStatusLine("?"),
    http.client.HTTPException(),
    http.client.IncompleteRead(b""),
    http.client.RemoteDisconnected("gone"),
    ssl.SSLCertVerificationError(),
    ssl.SSLEOFError(),
    ssl.SSLError(),
]
UNREACHABLE: list[Any] = [
    ConnectionRefusedError(),
    ConnectionRefusedError(errno.ECONNREFUSED, "refused"),
    OSError(errno.EHOSTUNREACH, "no way"),
    OSError(errno.ENETUNREACH, "no way"),
    socket.gaierror(),
    socket.gaierror(socket.EAI_NONAME, "unknown"),
]


def raised_by_botocore(problem: Exception, place: str) -> type[BaseException]:
    """The class of what botocore's own HTTP session raises, where a connection breaks so in a place of urllib3."""
    request = mock.Mock(method="POST", url=URL, body=b"", headers={}, stream_output=False, context={})
    with mock.patch(place, side_effect=problem), pytest.raises(botocore.exceptions.BotoCoreError) as caught:
        URLLib3Session().send(request)
    return caught.type


@pytest.mark.parametrize("problem", FAULTS, ids=repr)
def test_a_broken_connection_is_what_botocore_makes_of_it(problem: Exception) -> None:
    """While the answer is read, as its HTTP session has it."""
    with mock.patch("urllib3.connection.HTTPConnection.request"):
        wanted = raised_by_botocore(problem, "urllib3.connection.HTTPConnection.getresponse")
    assert type(broken(problem, URL)) is wanted


@pytest.mark.parametrize("problem", UNREACHABLE, ids=repr)
def test_no_connection_is_what_botocore_makes_of_it(problem: Exception) -> None:
    """While it connects, likewise."""
    wanted = raised_by_botocore(problem, "urllib3.util.connection.create_connection")
    assert type(broken(problem, URL)) is wanted


@pytest.mark.parametrize(
    "kind",
    [
        botocore.exceptions.ConnectTimeoutError,
        botocore.exceptions.ConnectionClosedError,
        botocore.exceptions.EndpointConnectionError,
        botocore.exceptions.HTTPClientError,
        botocore.exceptions.ProxyConnectionError,
        botocore.exceptions.ReadTimeoutError,
        botocore.exceptions.SSLError,
    ],
)
def test_a_class_of_botocores_is_made(kind: type[Exception]) -> None:
    """Each of those for connections, which need an argument or another; an instance stays what it is."""
    made = broken(kind, URL)
    assert type(made) is kind
    assert broken(made, "http://example.com") is made


@given(st.integers(100, 599), st.lists(st.tuples(st.text("abAB-", min_size=1), st.text(max_size=3))))
def test_an_http_answer_is_what_botocore_gets(status: int, headers: list[tuple[str, str]]) -> None:
    """Status and body as given."""
    answer = HTTPAnswer(status, b"body", tuple(headers))
    response = received(answer.status, dict(answer.headers), answer.body, URL)
    assert (response.status_code, response.content, response.url) == (status, b"body", URL)

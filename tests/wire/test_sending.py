"""Tries and retries: as a real client makes them, with a real server of HTTP on this machine."""

from __future__ import annotations

import json
import socket
import ssl
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

import botocore.endpoint
import pytest
from asking import DOMAIN, ask, ids, isolated_session
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's own is meant
from botocore.retries.bucket import TokenBucket
from loopback import Answer, http_server

from cp_fixtures import stubbed
from cp_fixtures.answers import HTTPAnswer
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MODES = ["legacy", "standard", "adaptive"]
OPERATIONS = ["batch_get_profile", "get_segment_membership"]
REQUESTS: dict[str, dict[str, Any]] = {
    "batch_get_profile": {"DomainName": DOMAIN, "ProfileIds": ids(1)},
    "get_segment_membership": {"DomainName": DOMAIN, "SegmentDefinitionName": "segment", "ProfileIds": ids(1)},
}
ERRORS = sorted({code for operation in OPERATIONS for code in nodes().errors(operation)})
STATUSES = [302, 400, 404, 408, 429, 500, 501, 502, 503, 504, 509]
HEADERS = {"Content-Type": "application/json", "x-amzn-RequestId": "0"}


@pytest.fixture(scope="module")
def session() -> Any:
    """What the clients come from."""
    return isolated_session()


def new_client(session: Any, url: str = "http://127.0.0.1:9", **settings: Any) -> Any:
    """A client as people make it, with credentials, for a server on this machine."""
    return session.create_client(
        "customer-profiles",
        endpoint_url=url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 - nobody could read anything with it
        config=Config(**settings),
    )


@contextmanager
def slept() -> Iterator[list[float]]:
    """For a block, botocore's sleeps are gathered; what holds a request back is let go."""
    sleeps: list[float] = []
    with (
        mock.patch.object(botocore.endpoint, "time", SimpleNamespace(sleep=sleeps.append)),
        mock.patch.object(TokenBucket, "acquire", return_value=True),
    ):
        yield sleeps


def outcome(client: Any, operation: str) -> dict[str, Any]:
    """What the code gets from a call: whatever it could tell one outcome from another by."""
    try:
        response = getattr(client, operation)(**REQUESTS[operation])
    except ClientError as problem:
        known = [name for name in ERRORS if isinstance(problem, getattr(client.exceptions, name))]
        said = {name: value for name, value in problem.response.items() if name != "ResponseMetadata"}
        return {"class": known, "text": str(problem), "said": said, **bookkeeping(problem.response)}
    return {"said": {**response, "ResponseMetadata": None}, **bookkeeping(response)}


def bookkeeping(response: Any) -> dict[str, Any]:
    """What botocore writes down of the tries."""
    metadata = response["ResponseMetadata"]
    return {name: metadata.get(name) for name in ("HTTPStatusCode", "RetryAttempts", "MaxAttemptsReached")}


def really(session: Any, mode: str, *answers: Answer | None) -> dict[str, Any]:
    """What comes of a call of each operation to a real server: what the code gets, the sleeps, and the tries."""
    found = {}
    for operation in OPERATIONS:
        with http_server(*answers) as server, slept() as sleeps:
            client = new_client(session, server.url, retries={"mode": mode})
            got = outcome(client, operation)
            client.close()
        found[operation] = got, len(sleeps), announced(server.asked)
    return found


def over_the_wire(session: Any, mode: str, *attempts: Any, error: str | None = None) -> dict[str, Any]:
    """The same, with a wire; the last answer is an error, or empty."""
    found = {}
    client = new_client(session, retries={"mode": mode})
    for operation in OPERATIONS:
        with stubbed(wire=True, client=client) as wire:
            if error is None:
                wire.add_response(operation, {}, attempts=attempts)
            else:
                wire.add_error(operation, error, "Not today", attempts=attempts)
            got = outcome(client, operation)
        sleeps = [each.sleep for each in wire.attempts if each.sleep is not None]
        assert wire.seconds == pytest.approx(sum(sleeps) + sum(each.wait for each in wire.attempts))
        found[operation] = got, len(sleeps), announced(each.headers for each in wire.attempts)
    return found


def as_sent(code: str) -> Answer:
    """A modelled error, as the service's protocol has it; its status is the same for both operations."""
    status = nodes().errors(OPERATIONS[0])[code].status
    return status, {**HEADERS, "x-amzn-errortype": code}, json.dumps({"Message": "Not today"}).encode()


def announced(tries: Iterable[dict[str, str]]) -> list[str]:
    """How each try was announced, without the time by which it has to be answered."""
    said = [headers["amz-sdk-request"].split("; ") for headers in tries]
    return ["; ".join(part for part in each if not part.startswith("ttl")) for each in said]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("code", ERRORS)
def test_every_error_of_the_model_is_what_a_server_makes_of_it(session: Any, mode: str, code: str) -> None:
    """Its class, members and status, and the tries: how many, and how botocore announces each."""
    got = over_the_wire(session, mode, error=code)
    assert got == really(session, mode, as_sent(code))
    for operation, (said, _, _) in got.items():
        assert (said["class"], said["HTTPStatusCode"]) == ([code], nodes().errors(operation)[code].status)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_bare_status_is_what_a_server_makes_of_it(session: Any, mode: str, status: int) -> None:
    """Also of those that the model does not know, and of those that botocore tries again for on its own account."""
    assert over_the_wire(session, mode, *[status] * 9) == really(session, mode, (status, {}, b""))


@pytest.mark.parametrize("mode", MODES)
def test_a_script_is_what_a_server_makes_of_it(session: Any, mode: str) -> None:
    """Throttled, then a broken connection, then the answer: in as many tries, and after as many sleeps."""
    got = over_the_wire(session, mode, "ThrottlingException", ConnectionResetError)
    for said, sleeps, _ in got.values():
        assert (said["RetryAttempts"], sleeps) == (2, 2)
    throttled = as_sent("ThrottlingException")
    assert got == really(session, mode, throttled, None, (200, HEADERS, b"{}"))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/html"}, b"<html>Bad gateway</html>"),
        ({"x-amzn-errortype": "ThrottlingException:http://internal.amazon.com/"}, b'{"message": "small letters"}'),
        ({}, b'{"__type": "com.amazonaws#ThrottlingException", "Message": "in the body"}'),
        ({}, b'{"code": "ThrottlingException", "Message": "in the body too"}'),
        ({"X-Amzn-ErrorType": "NobodyKnowsException"}, b"{}"),
        ({"x-amz-retry-after": "2000"}, b"{not json"),
    ],
)
def test_raw_http_is_what_a_server_makes_of_it(session: Any, headers: dict[str, str], body: bytes) -> None:
    """Errors in each form that botocore accepts, and what is none."""
    answer = HTTPAnswer(503, body, tuple(headers.items()))
    assert over_the_wire(session, "standard", *[answer] * 9) == really(session, "standard", (503, headers, body))


def test_a_header_that_comes_twice_is_joined_as_a_server_has_it() -> None:
    """As urllib3 joins it."""
    pairs = (("x-a", "1"), ("X-A", "2"), ("x-b", "3"))
    with stubbed(wire=True) as wire:
        wire.add_response("batch_get_profile", {}, attempts=[lambda own: HTTPAnswer(200, own.body, pairs)])
        assert ask(wire.client)["ResponseMetadata"]["HTTPHeaders"] == {"x-a": "1, 2", "x-b": "3"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["closed", "refused", "slow", "ssl"])
def test_a_broken_connection_is_what_a_server_makes_of_it(session: Any, mode: str, kind: str) -> None:
    """Its class, and whether it is tried again, in each mode."""
    meets = {
        "closed": ConnectionResetError,
        "refused": ConnectionRefusedError,
        "slow": TimeoutError,
        "ssl": ssl.SSLError,
    }
    with broken_endpoint(kind) as url, slept() as sleeps:
        real = new_client(session, url, retries={"mode": mode, "total_max_attempts": 2}, read_timeout=0.05)
        with pytest.raises((HTTPClientError, ConnectionError)) as wanted:
            ask(real)
        real.close()
    client = new_client(session, retries={"mode": mode, "total_max_attempts": 2})
    with stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[meets[kind]] * 2)
        with pytest.raises(wanted.type) as got:
            ask(client)
    assert got.type is wanted.type
    assert len([each for each in wire.attempts if each.sleep is not None]) == len(sleeps)


@contextmanager
def broken_endpoint(kind: str) -> Iterator[str]:
    """For a block, an address on this machine at which connections break."""
    if kind in {"closed", "ssl"}:
        with http_server(None) as server:
            yield server.url.replace("http:", "https:") if kind == "ssl" else server.url
        return
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        if kind == "refused":
            listening.close()
        yield url

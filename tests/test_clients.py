"""The isolated client: it needs nothing, believes nothing, reaches nothing, and shares nothing that changes."""

from __future__ import annotations

import copy
import gc
import json
import os
import re
import subprocess
import sys
import weakref
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from asking import ask, ids
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ParamValidationError
from botocore.useragent import UserAgentString
from counting import calls

from cp_fixtures import Refused, stubbed
from cp_fixtures.clients import REGION, isolated_client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REFUSAL = (
    "A call of batch_get_profile was about to leave for the network. "
    "The client is an isolated one, and no active stubber answers for it. "
    "Stub the call, through cp_stubber or `with stubbed(client=client)`, or let the client's calls out: "
    "network=True, in @pytest.mark.cp_fixtures(...)."
)

PROGRAM = """
import builtins, json, os, socket, sys

home = os.environ["HOME"]
opened = []
def audit(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"the network was asked: {args}")
    if event == "open" and isinstance(args[0], str) and args[0].startswith(home):
        opened.append(args[0])
sys.addaudithook(audit)

from cp_fixtures import Refused, stubbed
from cp_fixtures.clients import isolated_client

with stubbed() as stubber:
    exchange = stubber.add_batch_get_profile(2, 1)
    got = stubber.client.batch_get_profile(**exchange.request)
    assert got == exchange.response
try:
    isolated_client(retries=2).batch_get_profile(**exchange.request)
except Refused as refused:
    reason = str(refused)
config = stubber.client.meta.config
print(json.dumps({
    "region": stubber.client.meta.region_name,
    "endpoint": stubber.client.meta.endpoint_url,
    "proxies": config.proxies,
    "timeouts": [config.connect_timeout, config.read_timeout],
    "retries": config.retries,
    "user_agent": config.user_agent,
    "variables": sorted(name for name in os.environ if name in ("AWS_EXECUTION_ENV", "SSLKEYLOGFILE")),
    "reason": reason,
    "opened": opened,
}))
"""

HOSTILE: dict[str, dict[str, str]] = {
    "a profile that there is not": {"AWS_PROFILE": "nobody", "AWS_DEFAULT_PROFILE": "nobody"},
    "an endpoint": {"AWS_ENDPOINT_URL": "http://192.0.2.1:1", "AWS_ENDPOINT_URL_CUSTOMER_PROFILES": "nonsense"},
    "another default mode": {"AWS_DEFAULTS_MODE": "auto", "AWS_STS_REGIONAL_ENDPOINTS": "nonsense"},
    "a default mode that there is not": {"AWS_DEFAULTS_MODE": "nonsense"},
    "proxies": {"HTTP_PROXY": "http://192.0.2.1:1", "HTTPS_PROXY": "nonsense://", "https_proxy": "http://192.0.2.1:1"},
    "a missing CA bundle": {"AWS_CA_BUNDLE": "/nonexistent/ca.pem", "REQUESTS_CA_BUNDLE": "/nonexistent/ca.pem"},
    "numbers that are none": {"AWS_MAX_ATTEMPTS": "many", "AWS_METADATA_SERVICE_TIMEOUT": "long"},
    "settings that there are not": {
        "AWS_RETRY_MODE": "nonsense",
        "AWS_REQUEST_CHECKSUM_CALCULATION": "nonsense",
        "AWS_RESPONSE_CHECKSUM_VALIDATION": "nonsense",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "nonsense",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES": "-5",
        "AWS_DISABLE_REQUEST_COMPRESSION": "perhaps",
        "AWS_USE_FIPS_ENDPOINT": "perhaps",
        "AWS_USE_DUALSTACK_ENDPOINT": "perhaps",
        "AWS_SDK_UA_APP_ID": "not/an/id" * 20,
    },
    "a region that there is not": {"AWS_DEFAULT_REGION": "not a region!", "AWS_REGION": "not a region!"},
    "half of the credentials": {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE"},
    "credentials from elsewhere": {
        "AWS_ROLE_ARN": "nonsense",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/nonexistent/token",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://192.0.2.1/",
    },
    "a bearer token": {"AWS_BEARER_TOKEN_BEDROCK": "token"},
    "a name for where it runs": {"AWS_EXECUTION_ENV": "elsewhere"},
    "a file for the keys of TLS": {"SSLKEYLOGFILE": "/nonexistent/keys"},
}


def run_in(home: Path, **variables: str) -> dict[str, Any]:
    """What the program prints in an environment that has nothing but these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
    environment = {**kept, **coverage, "HOME": str(home), **variables}
    ended = subprocess.run(  # the interpreter that runs the tests
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


@pytest.fixture(scope="module")
def friendly(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program prints where nothing is set."""
    return run_in(tmp_path_factory.mktemp("home"))


def test_it_needs_nothing(friendly: dict[str, Any]) -> None:
    """No region, no credentials, no file: a stubbed call is answered, and any other refused before it leaves."""
    assert friendly == {
        "region": REGION,
        "endpoint": "https://profile.us-east-1.amazonaws.com",
        "proxies": {},
        "timeouts": [60, 60],
        "retries": friendly["retries"],
        "user_agent": friendly["user_agent"],
        "variables": [],
        "reason": REFUSAL,
        "opened": [],
    }


@pytest.mark.parametrize("variables", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_believes_no_variable(tmp_path: Path, friendly: dict[str, Any], variables: dict[str, str]) -> None:
    """Whatever is set, it is as it was, and works; and the variables are still there for others."""
    left = sorted(variables.keys() & {"AWS_EXECUTION_ENV", "SSLKEYLOGFILE"})
    assert run_in(tmp_path, **variables) == {**friendly, "variables": left}


def test_it_reads_no_files(tmp_path: Path, friendly: dict[str, Any]) -> None:
    """Broken ones where botocore would look, and models of another service's making: none is even opened."""
    (tmp_path / ".aws" / "models" / "customer-profiles" / "2020-08-15").mkdir(parents=True)
    (tmp_path / ".aws" / "models" / "customer-profiles" / "2020-08-15" / "service-2.json").write_text("{")
    (tmp_path / ".aws" / "config").write_text("[broken\n= =\n")
    (tmp_path / ".aws" / "credentials").write_bytes(b"\xff\xfe")
    (tmp_path / ".boto").write_text("broken")
    found = run_in(
        tmp_path,
        AWS_CONFIG_FILE=str(tmp_path / ".aws" / "config"),
        AWS_SHARED_CREDENTIALS_FILE=str(tmp_path / ".aws" / "credentials"),
        BOTO_CONFIG=str(tmp_path / ".boto"),
        AWS_DATA_PATH=str(tmp_path / ".aws" / "models"),
    )
    assert found == friendly


def test_it_needs_no_home(tmp_path: Path, friendly: dict[str, Any]) -> None:
    """One that is not there, and one that cannot be written."""
    assert run_in(tmp_path / "absent") == friendly
    (tmp_path / "closed").mkdir(mode=0o500)
    assert run_in(tmp_path / "closed") == friendly


def test_a_call_that_nothing_answers_is_refused() -> None:
    """Where it would leave, and not before: botocore's own errors come first."""
    client: Any = isolated_client()
    with pytest.raises(Refused) as caught:
        ask(client)
    assert str(caught.value) == REFUSAL
    with pytest.raises(ParamValidationError):
        client.batch_get_profile(DomainName="d", ProfileIds="x")


@pytest.mark.parametrize("retries", [1, 3, 5])
def test_a_refused_call_is_tried_once(retries: int) -> None:
    """However many attempts the client has; and the number that was given is its own."""
    client: Any = isolated_client(retries=retries)
    sent: list[object] = []
    client.meta.events.register("before-send", lambda request, **_kwargs: sent.append(request))
    with pytest.raises(Refused):
        ask(client)
    assert len(sent) == 1
    assert client.meta.config.retries["total_max_attempts"] == retries


@pytest.mark.parametrize(
    "event",
    [
        "before-call",
        "before-call.*.*",
        "before-call.customer-profiles",
        "before-call.customer-profiles.BatchGetProfile",
    ],
)
def test_a_handler_of_the_users_own_may_answer(event: str) -> None:
    """The refusal comes after all handlers, however special."""
    client: Any = isolated_client()
    response: Any = AWSResponse
    answer: Any = response(None, 200, {}, None), {"Profiles": []}
    client.meta.events.register(event, lambda **_kwargs: answer)
    assert ask(client) == {"Profiles": []}


def test_an_answer_in_bytes_may_come_before_sending() -> None:
    """As what mocks HTTP gives it: it is parsed as a real one."""

    class Raw:
        def stream(self, **_kwargs: object) -> list[bytes]:
            return [b'{"Profiles": [], "Errors": []}']

    client: Any = isolated_client()
    response: Any = AWSResponse
    answer = response("https://example.com", 200, {"content-type": "application/json"}, Raw())
    client.meta.events.register("before-send.customer-profiles.*", lambda **_kwargs: answer)
    assert ask(client)["Errors"] == []


def test_network_lets_calls_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """They get as far as the HTTP session of botocore, with an endpoint of AWS."""
    from botocore.httpsession import URLLib3Session

    class LeftError(Exception):
        """It was sent."""

    def send(_session: object, request: Any) -> None:
        raise LeftError(request.url)

    monkeypatch.setattr(URLLib3Session, "send", send)
    with pytest.raises(LeftError, match=r"^https://profile\.us-east-1\.amazonaws\.com/domains/d/batch-get-profiles$"):
        ask(isolated_client(network=True), domain="d")
    with pytest.raises(Refused):
        ask(isolated_client())


def leave_handlers(client: Any) -> None:
    """Register handlers that would spoil every call."""

    def spoil(**_kwargs: object) -> None:
        raise ZeroDivisionError

    for event in ("before-parameter-build", "before-call", "before-send", "before-sign", "before-endpoint-resolution"):
        client.meta.events.register(f"{event}.*", spoil)
        client.meta.events.register_first(f"{event}.customer-profiles.*", spoil, unique_id=event)
        client.meta.events.register_last(event, spoil)


def unregister_handlers(client: Any) -> None:
    """Take away what botocore itself needs."""
    client.meta.events.unregister("request-created.customer-profiles", client._request_signer.handler)


def change_config(client: Any) -> None:
    """Write to all of its config."""
    client.meta.config.read_timeout = -1
    client.meta.config.proxies["https"] = "http://192.0.2.1:1"
    client.meta.config.retries["total_max_attempts"] = 99


def patch_methods(client: Any) -> None:
    """Put something else in the place of its methods."""
    client.batch_get_profile = client._make_api_call = client._endpoint = None


def change_names(client: Any) -> None:
    """Forget which operation a method stands for."""
    client.meta.method_to_api_mapping.clear()


def change_sending(client: Any) -> None:
    """Put something else in the place of what sends."""
    client._endpoint.http_session.send = client._endpoint._send = client._endpoint.host = None


def close(client: Any) -> None:
    """Close it."""
    client.close()


@pytest.mark.parametrize(
    "spoil",
    [leave_handlers, unregister_handlers, change_config, patch_methods, change_names, change_sending, close],
)
def test_what_is_done_to_one_the_next_does_not_see(spoil: Callable[[Any], None]) -> None:
    """Nor one that was made before: each has its own of all that can be changed."""
    clients: list[Any] = [isolated_client(retries=3)]
    spoil(isolated_client(retries=3))
    clients.append(isolated_client(retries=3))
    for client in clients:
        with stubbed(client=client) as stubber:
            exchange = stubber.add_batch_get_profile()
            assert client.batch_get_profile(**exchange.request) == exchange.response
        with pytest.raises(Refused) as caught:
            ask(client)
        assert str(caught.value) == REFUSAL
        assert (client.meta.config.read_timeout, client.meta.config.proxies) == (60, {})
        assert client.meta.config.retries["total_max_attempts"] == 3


def test_connections_are_the_clients_own() -> None:
    """A client that may reach the network shares them with no other; and none has the HTTP session of another."""
    clients: list[Any] = [isolated_client(network=True), isolated_client(network=True), isolated_client()]
    sessions = [client._endpoint.http_session for client in [*clients, isolated_client()]]
    assert len({id(session) for session in sessions}) == 4
    assert len({id(session._manager) for session in sessions[:3]}) == 3


@pytest.mark.parametrize(
    "event",
    ["before-endpoint-resolution.*", "before-sign.*.*", "choose-signer.*.*", "request-created.*", "before-send"],
)
def test_every_event_is_the_clients_own(event: str) -> None:
    """A handler on one client hears of its calls, and of no other's."""
    client, other = isolated_client(), isolated_client()
    heard: list[object] = []
    client.meta.events.register(event, lambda **kwargs: heard.append(kwargs))
    with pytest.raises(Refused):
        ask(other)
    assert heard == []
    with pytest.raises(Refused):
        ask(client)
    assert len(heard) == 1


def test_a_client_is_let_go() -> None:
    """With its last reference, used or not."""
    client: Any = isolated_client()
    client.meta.events.register("before-send", lambda **_kwargs: None)
    with stubbed(client=client) as stubber:
        client.batch_get_profile(**stubber.add_batch_get_profile().request)
    gone = weakref.ref(client)
    del client, stubber
    gc.collect()
    assert gone() is None


def test_exceptions_are_of_the_same_classes() -> None:
    """What one client raises, `except` with another's class catches: they come from one session."""
    first: Any = isolated_client()
    second: Any = isolated_client(retries=2)
    assert first.exceptions.ThrottlingException is second.exceptions.ThrottlingException
    with stubbed(client=first) as stubber:
        stubber.add_error("batch_get_profile", "ThrottlingException")
        with pytest.raises(second.exceptions.ThrottlingException):
            ask(first)


def test_it_is_a_whole_client() -> None:
    """Paginators, presigned URLs and all operations are there, as of a client of boto3's."""
    client: Any = isolated_client()
    assert type(client).__name__ == "CustomerProfiles"
    assert client.can_paginate("list_event_streams")
    assert "/domains/d/batch-get-profiles" in client.generate_presigned_url(
        "batch_get_profile", Params={"DomainName": "d", "ProfileIds": ids(1)}
    )


def addressed(client: Any) -> list[object]:
    """Where a client's requests go, what is signed, and by what: the presigned URL has all but the time."""
    signer, meta = client._request_signer, client.meta
    presigned = client.generate_presigned_url("batch_get_profile", Params={"DomainName": "d", "ProfileIds": ids(1)})
    steady = re.sub(r"X-Amz-(Date|Signature)=[^&]+|20\d{6}", "", presigned)
    names = [signer.region_name, signer.signing_name, signer.signature_version, meta.config.signature_version]
    return [steady, meta.endpoint_url, meta.partition, meta.region_name, *names]


@pytest.mark.usefixtures("cp_aws_env")
def test_it_is_addressed_as_boto3_s_own() -> None:
    """Without botocore's table of all endpoints it comes to the same place, region, partition and way to sign."""
    session = boto3.Session("testing", "testing", region_name=REGION)
    theirs = session.client("customer-profiles")
    assert addressed(isolated_client()) == addressed(theirs)
    assert "X-Amz-Credential=testing" in str(addressed(theirs)[0])


def test_its_events_can_be_copied() -> None:
    """As botocore copies those of a session: the copy has the handlers, and is nobody's but the copier's."""
    client = isolated_client()
    events = copy.copy(client.meta.events)
    heard: list[object] = []
    events.register("before-send", lambda **kwargs: heard.append(kwargs))
    with pytest.raises(Refused):
        ask(client)
    assert heard == []
    events.emit("before-send", request=None)
    assert heard == [{"request": None, "event_name": "before-send"}]


def user_agent() -> Any:
    """What puts together what a new client says of itself."""
    return vars(isolated_client())["_user_agent_creator"]


def words_of_user_agent(creator: Any) -> list[list[str]]:
    """What a client says of itself; the features stand in any order."""
    return [sorted(word.removeprefix("m/").split(",")) for word in creator.to_string().split()]


def test_a_clone_says_of_itself_what_botocore_says() -> None:
    """Word by word, with the features that botocore has counted in a call; it is put together once for all clones."""
    first, says = user_agent(), user_agent()
    assert first.to_string() == says.to_string()
    plain = copy.copy(says)
    plain.__class__ = UserAgentString
    assert words_of_user_agent(says) == words_of_user_agent(plain)
    again = calls(says.to_string)
    assert again["botocore.useragent.to_string"] == 0


def test_a_clone_says_which_features_a_call_uses() -> None:
    """Another call may use others."""
    context = pytest.importorskip("botocore.context", reason="this botocore counts no features")
    from botocore.useragent import register_feature_id

    says = user_agent()
    before = says.to_string()
    with context.start_as_current_context():
        register_feature_id("PAGINATOR")
        plain = copy.copy(says)
        plain.__class__ = UserAgentString
        assert words_of_user_agent(says) == words_of_user_agent(plain)
        assert says.to_string() != before
    assert says.to_string() == before

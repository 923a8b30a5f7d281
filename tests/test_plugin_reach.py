"""The fixtures that reach clients nobody passed in, keep the rest off the network, and stand in for AWS settings."""

from __future__ import annotations

import os
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from asking import ask, ids
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pytest_runs import outcomes, report, run

from cp_fixtures import UsageError
from cp_fixtures.clients import isolated_client
from cp_fixtures.stubbing import stubbed

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import CustomerProfilesStubber

SHARED = """
import os
import boto3
import pytest
from botocore.client import BaseClient

CLIENT = boto3.client("customer-profiles", region_name="us-east-1")
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": ["0f" * 16]}

def ask(client=CLIENT):
    return client.batch_get_profile(**REQUEST)

def ask_and_swallow(client=CLIENT):
    try:
        return ask(client)
    except Exception:
        pass

def settings():
    return sorted(name for name in os.environ if name.startswith("AWS_"))
"""
UNEXPECTED = (
    "1 call that nobody stubbed:\n"
    "  call 1, batch_get_profile of 1 id in amazon-connect-example, at {}\n"
    "    It was about to leave for the network. Nobody answers for its client.\n"
    "    Give the code cp_client, or ask for cp_intercept, which answers for every client; outside of pytest use "
    "stubbed(everywhere=True), or stubber.attach(client).\n"
    "Stub what the code may ask for, or correct what it asks for. Where it is to meet that error, say so: "
    "assert_all_expected=False, in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
)


@pytest.fixture(autouse=True)
def _few_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that has none but what keeps botocore from asking the network for credentials."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def ran(pytester: pytest.Pytester, tests: str, *args: str, ini: str = "") -> pytest.RunResult:
    """A run of tests below what they share."""
    pytester.makeini(f"[pytest]\n{dedent(ini)}")
    return run(pytester, SHARED + dedent(tests), *args)


def test_cp_intercept_answers_and_leaves_nothing(pytester: pytest.Pytester) -> None:
    """The test after it finds botocore, the client and the default session as they were."""
    result = ran(
        pytester,
        """
        before = []

        def state():
            handlers = CLIENT.meta.events._emitter._unique_id_handlers
            session = boto3.DEFAULT_SESSION
            return [*map(str, handlers), sorted(vars(CLIENT)), dict(vars(BaseClient)), settings(), session]

        def test_before():
            boto3.DEFAULT_SESSION = None
            before.extend(state())

        def test_it(cp_intercept, cp_stubber, cp_client):
            assert cp_intercept is cp_stubber
            cp_intercept.add_batch_get_profile(profile_ids=["0f" * 16], times=3)
            for client in (CLIENT, boto3.client("customer-profiles", region_name="us-east-1"), cp_client):
                assert len(ask(client)["Profiles"]) == 1

        def test_after():
            assert state() == before
        """,
    )
    assert outcomes(result) == {"passed": 3}


def test_cp_intercept_has_the_verdict(pytester: pytest.Pytester) -> None:
    """What a client that nobody passed in does wrong, inside a swallowing function, fails the test."""
    result = ran(pytester, "def test_it(cp_intercept):\n    ask_and_swallow()\n")
    assert outcomes(result) == {"failed": 1}
    assert report(result, "test_it").startswith(
        "1 call that nobody stubbed:\n"
        "  call 1, batch_get_profile of 1 id in amazon-connect-example, at test_it.py:10, in ask\n"
        "    No stub is registered.\n"
    )


FIXTURES = [
    "cp_no_network",
    "cp_client",
    "cp_stubber",
    "cp_batch_get_profile",
    "cp_get_segment_membership",
    "cp_profile_factory",
    "cp_aws_env",
]


@pytest.mark.parametrize("fixture", FIXTURES)
def test_every_fixture_brings_the_guard(pytester: pytest.Pytester, fixture: str) -> None:
    """A call by the wrong client is refused where it would leave, and fails the test that swallows it."""
    result = ran(pytester, f"def test_it({fixture}):\n    ask_and_swallow()\n")
    assert outcomes(result) == {"failed": 1}
    assert report(result, "test_it").startswith(UNEXPECTED.format("test_it.py:10, in ask"))


def test_a_guard_of_the_test_s_own_takes_its_place(pytester: pytest.Pytester) -> None:
    """Also where it comes along with another fixture: where that lets calls out, they leave."""
    result = ran(
        pytester,
        """
        import pytest

        @pytest.fixture
        def cp_no_network():
            yield

        class Left(Exception):
            pass

        def leave(**_):
            raise Left

        @pytest.mark.parametrize("fixture", ["cp_no_network", "cp_client", "cp_profile_factory"])
        def test_it(fixture, request):
            request.getfixturevalue(fixture)
            keys = dict(aws_access_key_id="testing", aws_secret_access_key="testing")
            client = boto3.client("customer-profiles", region_name="us-east-1", **keys)
            client.meta.events.register("before-send", leave)
            with pytest.raises(Left):
                client.batch_get_profile(**REQUEST)
        """,
    )
    assert outcomes(result) == {"passed": 3}


def test_one_guard_for_all_fixtures_of_a_test(pytester: pytest.Pytester) -> None:
    """Its calls are counted together, whichever fixture was there first."""
    result = ran(
        pytester,
        """
        import pytest

        @pytest.fixture
        def early(cp_no_network):
            ask_and_swallow()

        def test_it(early, cp_client, cp_profile_factory):
            ask_and_swallow()
        """,
    )
    assert outcomes(result) == {"failed": 1}
    told = report(result, "test_it")
    assert told.startswith("2 calls that nobody stubbed:\n  call 1, batch_get_profile of 1 id")
    assert "\n  call 2, batch_get_profile of 1 id" in told


def test_the_refusal_in_whole(pytester: pytest.Pytester) -> None:
    """Where the code does not swallow it, the test sees the place and what to do."""
    result = ran(pytester, "def test_it(cp_no_network):\n    ask()\n")
    assert outcomes(result) == {"failed": 1}
    (said,) = {line.split("Refused: ")[1] for line in result.outlines if line.startswith("E ")}
    assert said == (
        "This call was about to leave for the network: "
        "call 1, batch_get_profile of 1 id in amazon-connect-example, at test_it.py:10, in ask. "
        "Nobody answers for its client. Give the code cp_client, or ask for cp_intercept, which answers for every "
        "client; outside of pytest use stubbed(everywhere=True), or stubber.attach(client). "
        "Where calls are to go out, say so: network=True, in @pytest.mark.cp_fixtures(...)."
    )


def test_what_the_guard_may_be_told(pytester: pytest.Pytester) -> None:
    """To let the swallowed call pass in the verdict; it is kept in all the same."""
    result = ran(
        pytester,
        """
        from cp_fixtures import Refused

        @pytest.mark.cp_fixtures(assert_all_expected=False)
        def test_it(cp_no_network):
            with pytest.raises(Refused, match="was about to leave"):
                ask()
        """,
    )
    assert outcomes(result) == {"passed": 1}


SERVER = """
import json, threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"Profiles": [{"ProfileId": "0f" * 16, "FirstName": "Ana"}], "Errors": []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

@pytest.fixture
def server():
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()

def client_of(server):
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.client("customer-profiles", region_name="us-east-1", endpoint_url=server, **keys)
"""


@pytest.mark.parametrize("ini", ["", "cp_no_network = true"])
@pytest.mark.parametrize("fixture", ["cp_no_network", "cp_stubber", "server"])
def test_network_lets_a_test_out(pytester: pytest.Pytester, fixture: str, ini: str) -> None:
    """With network=True calls go out, to a server of the test's own: of any client, in spite of the run's guard."""
    result = ran(
        pytester,
        SERVER
        + dedent(f"""
        @pytest.mark.cp_fixtures(network=True)
        @pytest.mark.usefixtures("{fixture}")
        def test_it(server):
            assert ask(client_of(server))["Profiles"][0]["FirstName"] == "Ana"

        def test_guarded_again(cp_no_network, server):
            ask_and_swallow(client_of(server))
        """),
        ini=ini,
    )
    assert outcomes(result) == {"passed": 1, "failed": 1}


def test_network_lets_the_isolated_client_out(pytester: pytest.Pytester) -> None:
    """What nothing answers goes to where the test has it go."""
    result = ran(
        pytester,
        SERVER
        + dedent("""
        @pytest.mark.cp_fixtures(network=True)
        def test_it(cp_client, server):
            def redirect(params, **kwargs):
                params["url"] = server
            cp_client.meta.events.register("before-call.customer-profiles", redirect)
            assert ask(cp_client)["Profiles"][0]["FirstName"] == "Ana"
        """),
    )
    assert outcomes(result) == {"passed": 1}


def test_the_guard_of_the_whole_run(pytester: pytest.Pytester) -> None:
    """With the ini option no test needs a fixture; each is blamed for its own call, and those of fixtures likewise."""
    result = ran(
        pytester,
        """
        from cp_fixtures import stubbed

        @pytest.fixture
        def early():
            ask_and_swallow()

        def test_quiet():
            pass

        def test_own():
            ask_and_swallow()

        def test_of_a_fixture(early):
            pass

        def test_stubbed():
            with stubbed(client=CLIENT) as stubber:
                stubber.add_batch_get_profile(profile_ids=["0f" * 16])
                ask()

        def test_after_that():
            ask_and_swallow(boto3.client("customer-profiles", region_name="us-east-1"))

        def test_intercepted(cp_intercept):
            cp_intercept.add_batch_get_profile(profile_ids=["0f" * 16])
            ask()
        """,
        ini="cp_no_network = true",
    )
    assert outcomes(result) == {"passed": 3, "failed": 3}
    text = report(result, "test_own")
    assert text.startswith(UNEXPECTED.format("test_it.py:10, in ask"))
    for name in ("test_of_a_fixture", "test_after_that"):
        assert "batch_get_profile of 1 id in amazon-connect-example, at test_it.py:10, in ask\n" in report(result, name)


def test_nobody_is_blamed_for_the_test_before(pytester: pytest.Pytester) -> None:
    """What a test did that failed, was skipped or was never run, the next one has no part in."""
    result = ran(
        pytester,
        """
        @pytest.fixture
        def broken():
            ask()

        @pytest.fixture
        def late():
            yield
            ask_and_swallow()

        def test_failed(late): ask()
        def test_1(): pass
        def test_skipped(late): ask_and_swallow() or pytest.skip("on purpose")
        def test_2(): pass
        def test_not_run(broken): pass
        def test_3(): pass
        @pytest.mark.xfail
        def test_xfailed(late): ask()
        def test_4(): pass
        """,
        ini="cp_no_network = true",
    )
    assert outcomes(result) == {"failed": 1, "skipped": 1, "errors": 1, "xfailed": 1, "passed": 4}
    assert "1 call that nobody stubbed" not in result.stdout.str()


def test_what_any_finalizer_does_is_told(pytester: pytest.Pytester) -> None:
    """Also that of a fixture that is none of ours, and of one of the whole session, after the last test."""
    result = ran(
        pytester,
        """
        @pytest.fixture
        def late():
            yield
            ask_and_swallow()

        @pytest.fixture(scope="session")
        def last():
            yield
            ask_and_swallow()

        def test_first(late, last): pass
        def test_last(): pass
        """,
        ini="cp_no_network = true",
    )
    assert outcomes(result) == {"passed": 2, "errors": 2}
    assert report(result, "test_first") == UNEXPECTED.format("test_it.py:10, in ask")
    assert report(result, "test_last") == UNEXPECTED.format("test_it.py:10, in ask").replace("call 1,", "call 2,")


@pytest.mark.parametrize("ini", ["", "cp_assert_all_expected = false"])
def test_the_guard_of_the_run_is_told_so_too(pytester: pytest.Pytester, ini: str) -> None:
    """The options of a test, of a module that is imported and of the ini file are those of its verdict."""
    marker = "@pytest.mark.cp_fixtures(assert_all_expected=False)\n" if not ini else ""
    pytester.makepyfile(
        test_module=SHARED + f"ask_and_swallow()\n{marker.replace('@', 'pytestmark = ')}def test_it(): pass"
    )
    result = ran(pytester, f"{marker}def test_it():\n    ask_and_swallow()\n", ini=f"cp_no_network = true\n{ini}")
    assert outcomes(result) == {"passed": 2}


def test_a_marker_that_cannot_be_fails_its_test_alone(pytester: pytest.Pytester) -> None:
    """And not the run, which reads it before the test begins; the module's is read when it is imported."""
    pytester.makepyfile(
        test_module=SHARED + "ask_and_swallow()\npytestmark = pytest.mark.cp_fixtures(seed='x')\ndef test_it(): pass"
    )
    result = ran(
        pytester,
        """
        @pytest.mark.cp_fixtures(network="maybe")
        def test_bad(): pass
        def test_good(): pass
        """,
        "--continue-on-collection-errors",
        ini="cp_no_network = true",
    )
    assert outcomes(result) == {"failed": 1, "passed": 1, "errors": 1}
    assert report(result, "test_bad") == (
        "The option network of the marker cp_fixtures is 'maybe'. It is true or false. Give one of the two."
    )


def test_the_guard_of_the_run_is_gone_with_it(pytester: pytest.Pytester) -> None:
    """Neither patch nor handler outlives the run."""
    before = dict(vars(BaseClient))
    result = ran(pytester, "def test_it():\n    ask_and_swallow()\n", ini="cp_no_network = true")
    assert outcomes(result) == {"failed": 1}
    assert dict(vars(BaseClient)) == before


def test_a_call_at_collection(pytester: pytest.Pytester) -> None:
    """The module that made it is to blame, be it that it swallowed the refusal; no test of another module is."""
    pytester.makepyfile(test_first=SHARED + "ask_and_swallow()\ndef test_it(): pass\n")
    pytester.makepyfile(test_second=SHARED + "ask()\ndef test_it(): pass\n")
    pytester.makepyfile(test_third="def test_it(): pass\n")
    pytester.makeini("[pytest]\ncp_no_network = true\n")
    result = run(pytester, None, "--continue-on-collection-errors")
    assert outcomes(result) == {"passed": 1, "errors": 2}
    text = "\n".join(result.outlines)
    assert "_ ERROR collecting test_first.py _" in text
    assert UNEXPECTED.format("test_first.py:10, in ask") in text
    assert "1 call that nobody stubbed:\n" in text
    assert "Refused: This call was about to leave for the network: call 2, " in text


BARE = """
import boto3
CLIENT = boto3.client("customer-profiles")
"""


def test_cp_aws_env_serves_a_module_imported_inside(pytester: pytest.Pytester) -> None:
    """Region and credentials are there for the test, and gone for the next one."""
    pytester.makepyfile(bare=BARE)
    result = ran(
        pytester,
        """
        SESSION = boto3.DEFAULT_SESSION

        def test_without():
            with pytest.raises(Exception, match="You must specify a region"):
                import bare

        def test_with(cp_aws_env, cp_intercept):
            import bare
            cp_intercept.add_batch_get_profile(profile_ids=["0f" * 16])
            assert len(ask(bare.CLIENT)["Profiles"]) == 1
            assert bare.CLIENT.meta.region_name == "us-east-1"

        def test_after():
            assert settings() == ["AWS_EC2_METADATA_DISABLED"]
            assert boto3.DEFAULT_SESSION is SESSION
        """,
        "-W",
        "error",
    )
    assert outcomes(result) == {"passed": 3}


def test_cp_aws_env_says_what_it_puts_aside(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real credentials are not replaced by silence, and come back."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "REAL")
    result = ran(
        pytester,
        """
        def test_with(cp_aws_env):
            assert os.environ["AWS_SECRET_ACCESS_KEY"] == "testing"

        def test_after():
            assert os.environ["AWS_SECRET_ACCESS_KEY"] == "REAL"
        """,
        "-W",
        "default::UserWarning",
    )
    assert outcomes(result) == {"passed": 2}
    said = "cp_aws_env: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment are put aside until the end."
    (line,) = [line for line in result.outlines if line.endswith(f"UserWarning: {said}")]
    assert line.strip().rpartition("/")[2] == f"test_it.py:21: UserWarning: {said}"


@pytest.mark.parametrize("args", [(), ("-n", "2"), ("-q",), ("-qq",), ("--no-header",)])
def test_the_ini_form_is_there_before_anything_is_imported(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    """A test module may make its client when it is imported, in workers too; what is put aside is said, with -q too."""
    if "-n" in args:
        pytest.importorskip("xdist")
    monkeypatch.setenv("AWS_PROFILE", "work")
    pytester.makepyfile(bare=BARE)
    result = ran(
        pytester,
        """
        from bare import CLIENT

        @pytest.mark.parametrize("number", range(4))
        def test_it(cp_intercept, number):
            cp_intercept.add_batch_get_profile(profile_ids=["0f" * 16])
            assert len(ask(CLIENT)["Profiles"]) == 1
        """,
        "-W",
        "error",
        *args,
        ini="cp_aws_env = true",
    )
    assert result.ret == pytest.ExitCode.OK
    said = [line for line in result.outlines if "put aside" in line]
    assert said == ["cp_fixtures: AWS_PROFILE of the environment is put aside until the end."]
    assert os.environ["AWS_PROFILE"] == "work"
    assert "AWS_ACCESS_KEY_ID" not in os.environ


def test_a_header_only_where_there_is_something_to_say(pytester: pytest.Pytester) -> None:
    """Where nothing real is put aside, and where nobody asked for it."""
    for ini in ("", "cp_aws_env = true"):
        assert "put aside" not in ran(pytester, "def test_it():\n    pass\n", ini=ini).stdout.str()


def test_cp_raises_catches_by_code(cp_raises: Callable[[str], Any]) -> None:
    """Whichever session made the class of the error; it gives what pytest.raises gives."""
    for client in (isolated_client(), boto3.Session(region_name="us-east-1").client("customer-profiles")):
        with stubbed(client=client) as stubber:
            stubber.add_error("batch_get_profile", "ThrottlingException", message="slow down")
            with cp_raises("ThrottlingException") as caught:
                ask(client)
        assert caught.value.response["Error"]["Message"] == "slow down"
        assert caught.type.__name__ == "ThrottlingException"


def test_cp_raises_knows_any_code(cp_raises: Callable[[str], Any]) -> None:
    """Also one of a bare ClientError, which has no class of its own, and one of another service."""
    with cp_raises("ExpiredToken"):
        raise ClientError({"Error": {"Code": "ExpiredToken", "Message": "m"}}, "GetObject")


def test_cp_raises_another_code(cp_raises: Callable[[str], Any]) -> None:
    """The failure says both, and keeps the error."""
    with stubbed() as stubber:
        stubber.add_error("batch_get_profile", "AccessDeniedException")
        with pytest.raises(AssertionError) as caught, cp_raises("ThrottlingException"):
            ask(stubber.client)
    assert str(caught.value) == (
        "The call of BatchGetProfile ended in the error 'AccessDeniedException', and 'ThrottlingException' was wanted. "
        "Correct the code, or what the test wants."
    )
    assert isinstance(caught.value.__cause__, ClientError)


def test_cp_raises_nothing(cp_raises: Callable[[str], Any]) -> None:
    """Where no error comes the failure names what was wanted; where another kind comes, it goes through."""
    with pytest.raises(AssertionError) as caught, cp_raises("ThrottlingException"):
        ids()
    assert str(caught.value) == (
        "No error came, and 'ThrottlingException' was wanted. Correct the code, or what the test wants."
    )
    with pytest.raises(KeyError), cp_raises("ThrottlingException"):
        raise KeyError


def test_attached_by_hand(cp_stubber: CustomerProfilesStubber) -> None:
    """One client alone, where cp_intercept would be too much."""
    client = boto3.Session(region_name="us-east-1").client("customer-profiles")
    cp_stubber.add_batch_get_profile(profile_ids=ids(1))
    cp_stubber.attach(client)
    assert ask(client)["Profiles"][0]["ProfileId"] == ids(1)[0]


def test_cp_raises_wants_a_code(cp_raises: Callable[[Any], Any]) -> None:
    """An exception's class is for pytest.raises."""
    with pytest.raises(UsageError) as caught, cp_raises(ValueError):
        pass
    assert str(caught.value) == (
        "cp_raises was given <class 'ValueError'>. It catches an error of a service by its code. "
        'Give the code, "ThrottlingException" for one; any other exception is for pytest.raises.'
    )

"""cp_wire: the same fixtures and the same verdict, by way of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_runs import outcomes, report, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import CustomerProfilesWire, Exchange

PLAIN = """
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": ["0f" * 16]}
"""
BOTH = (
    "The test asks for cp_stubber and for cp_wire. A call is answered by a stubber, or goes over the wire. "
    "Ask for one of the two: both have the same methods."
)


def test_the_fixture_answers(cp_wire: CustomerProfilesWire) -> None:
    """In as many tries as the script has, and one more."""
    exchange = cp_wire.add_batch_get_profile(2, attempts=["ThrottlingException", ConnectionError])
    response = cp_wire.client.batch_get_profile(**exchange.request)
    assert response["Profiles"] == exchange.response["Profiles"]
    assert response["ResponseMetadata"]["RetryAttempts"] == 2
    assert [attempt.number for attempt in cp_wire.attempts] == [1, 2, 3]


def test_the_shortcuts_use_the_wire(
    cp_batch_get_profile: Callable[..., Exchange],
    cp_get_segment_membership: Callable[..., Exchange],
    cp_wire: CustomerProfilesWire,
) -> None:
    """Where the test asks for it, wherever in its parameters."""
    one, other = cp_batch_get_profile(1, attempts=[503]), cp_get_segment_membership(1)
    cp_wire.client.batch_get_profile(**one.request)
    cp_wire.client.get_segment_membership(**other.request)
    assert [attempt.operation for attempt in cp_wire.attempts] == [
        "batch_get_profile",
        "batch_get_profile",
        "get_segment_membership",
    ]


@pytest.mark.usefixtures("cp_aws_env")
def test_intercepting_uses_the_wire(cp_intercept: object, cp_wire: CustomerProfilesWire) -> None:
    """So every client of the process is answered over it."""
    import boto3

    assert cp_intercept is cp_wire
    exchange = cp_wire.add_batch_get_profile(1)
    boto3.client("customer-profiles", region_name="eu-west-1").batch_get_profile(**exchange.request)
    assert cp_wire.attempts[0].url.startswith("https://profile.eu-west-1.amazonaws.com/domains/")


@pytest.mark.parametrize("names", ["cp_stubber, cp_wire", "cp_wire, cp_stubber"])
def test_both_are_refused(pytester: pytest.Pytester, names: str) -> None:
    """With what to do instead."""
    result = run(pytester, f"def test_it({names}): pass")
    assert outcomes(result) == {"errors": 1}
    result.stdout.fnmatch_lines([f"*{BOTH}*"])


def test_both_are_refused_when_asked_for_by_name(pytester: pytest.Pytester) -> None:
    """One in the parameters, the other from inside the test."""
    result = run(pytester, "def test_it(request, cp_stubber): request.getfixturevalue('cp_wire')")
    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines([f"*{BOTH}*"])


def test_the_verdict_is_the_same(pytester: pytest.Pytester) -> None:
    """A call that nobody stubbed, a stub that nobody used, a request that breaks the model: each fails its test."""
    source = """
def swallow(client, **request):
    try:
        client.batch_get_profile(**request)
    except Exception:
        pass

def test_unexpected(cp_wire): swallow(cp_wire.client, **REQUEST)
def test_unused(cp_wire): cp_wire.add_batch_get_profile(1, attempts=["ThrottlingException"])
def test_refused(cp_wire): swallow(cp_wire.client, **{**REQUEST, "ProfileIds": ["0f" * 16] * 21})
def test_right(cp_wire):
    cp_wire.add_error("batch_get_profile", "ThrottlingException")
    swallow(cp_wire.client, **REQUEST)
"""
    result = run(pytester, PLAIN + source)
    assert outcomes(result) == {"failed": 3, "passed": 1}
    assert "1 call that nobody stubbed:" in report(result, "test_unexpected")
    assert "1 stub that the code did not use up:" in report(result, "test_unused")
    assert "wanted at most 20 items" in report(result, "test_refused")


def test_each_test_has_retries_of_its_own(pytester: pytest.Pytester) -> None:
    """The quota of a client's retries is used up by none before it, and the marker says how many tries there are."""
    source = """
import pytest

@pytest.mark.cp_fixtures(retries=5)
@pytest.mark.parametrize("number", range(30))
def test_it(cp_wire, number):
    cp_wire.add_batch_get_profile(profile_ids=REQUEST["ProfileIds"], attempts=[TimeoutError] * 4)
    response = cp_wire.client.batch_get_profile(**REQUEST)
    assert response["ResponseMetadata"]["RetryAttempts"] == len(cp_wire.attempts) - 1 == 4
"""
    assert outcomes(run(pytester, PLAIN + source)) == {"passed": 30}


def test_stubbers_take_no_script(pytester: pytest.Pytester) -> None:
    """And say who does; nothing is registered."""
    source = """
def test_it(cp_stubber, cp_batch_get_profile):
    cp_batch_get_profile(1, attempts=["ThrottlingException"])
"""
    result = run(pytester, source)
    assert outcomes(result) == {"failed": 1}
    text = (
        "attempts is ['ThrottlingException']. A stubber answers a call of batch_get_profile before anything is sent, "
        "so that there is one try only. Ask for cp_wire in place of cp_stubber, or write stubbed(wire=True)."
    )
    assert text in report(result, "test_it")

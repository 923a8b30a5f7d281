"""The verdict: its groups, their words, and what switches each off."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import pytest
from asking import ASKED, SWALLOWED, WAY_OUT, ask, ask_and_swallow

from cp_fixtures import CustomerProfilesStubber, VerdictError
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import RequestWarning
from cp_fixtures.options import Options

ONE = "batch_get_profile of 1 id in amazon-connect-example"
UNUSED = (
    "1 stub that the code did not use up:\n"
    f"  {ONE}: 1 found, 0 refused (once; not used)\n"
    "Let the code make the call, or register its stub with optional=True, or switch the check off: "
    f"assert_all_used=False, {WAY_OUT}"
)
UNEXPECTED = (
    "1 call that nobody stubbed:\n"
    f"  call 1, {ONE}{SWALLOWED}\n"
    "    No stub is registered.\n"
    "Stub what the code may ask for, or correct what it asks for. Where it is to meet that error, say so: "
    f"assert_all_expected=False, {WAY_OUT}"
)
REFUSED = (
    "1 request that the service would refuse:\n"
    f"  call 1, batch_get_profile of 21 ids in amazon-connect-example{SWALLOWED}:\n"
    "    ProfileIds: wanted at most 20 items, got 21 items\n"
    f'Correct what the code asks for, or switch the check off: ignore={{"max"}} or strict=False, {WAY_OUT}'
)


FAILED = (
    f"1 call whose answer failed:\n  call {{}}, {ONE}{SWALLOWED}: {{}}\nCorrect the callable that makes the answer."
)


def started(**options: Any) -> CustomerProfilesStubber:
    """An active stubber on a client of its own."""
    stubber = CustomerProfilesStubber(isolated_client(), options=Options(**options))
    stubber.activate()
    return stubber


def verdict(stubber: CustomerProfilesStubber) -> str:
    """What the verdict says; nothing where it is content."""
    try:
        stubber.judge()
    except VerdictError as error:
        return str(error)
    return ""


def test_nothing_is_said_where_all_is_well() -> None:
    """Stubs used, calls answered."""
    stubber = started()
    stubber.client.batch_get_profile(**stubber.add_batch_get_profile().request)
    assert stubber.violations == ()
    assert not verdict(stubber)


def test_a_stub_never_used() -> None:
    """It is named, with what to do; optional ones are let be."""
    stubber = started()
    stubber.add_batch_get_profile(optional=True)
    stubber.add_batch_get_profile()
    assert stubber.violations == (UNUSED,)
    assert verdict(stubber) == UNUSED


def test_a_stub_used_too_seldom() -> None:
    """All its answers have to be used; one with times=None, once at least."""
    stubber = started()
    exchange = stubber.add_batch_get_profile(times=3)
    stubber.add_get_segment_membership(times=None)
    stubber.client.batch_get_profile(**exchange.request)
    assert verdict(stubber).splitlines()[:3] == [
        "2 stubs that the code did not use up:",
        f"  {ONE}: 1 found, 0 refused (3 times; used once)",
        (
            f"  {ONE.replace('batch_get_profile', 'get_segment_membership')}: 1 present, 0 absent, 0 failed "
            "(any number of times; not used)"
        ),
    ]


def test_a_swallowed_call_that_nobody_stubbed() -> None:
    """The code caught the error; the verdict remembers it."""
    stubber = started()
    ask_and_swallow(stubber.client)
    assert verdict(stubber) == UNEXPECTED


def test_a_swallowed_request_that_the_service_would_refuse() -> None:
    """21 ids, under a stub that any request would do for."""
    stubber = started(assert_all_used=False)
    stubber.add_error("batch_get_profile", "ThrottlingException")
    ask_and_swallow(stubber.client, *range(21))
    assert verdict(stubber) == REFUSED


def test_a_swallowed_parameter_that_there_is_not() -> None:
    """botocore refuses it before anybody answers, and it is in the verdict all the same."""
    stubber = started()
    ask_and_swallow(stubber.client, operation="get_segment_membership", SegmentDefinitionName="s", MaxResults=5)
    assert [(call.fate, call.exchange) for call in stubber.calls] == [("ended", None)]
    assert verdict(stubber) == (
        "1 request that the service would refuse:\n"
        f"  call 1, get_segment_membership of 1 id in amazon-connect-example{SWALLOWED}:\n"
        "    MaxResults: wanted a member of GetSegmentMembershipRequest (DomainName, SegmentDefinitionName, ProfileIds)"
        ", got an unknown one\n"
        f'Correct what the code asks for, or switch the check off: ignore={{"unknown"}} or strict=False, {WAY_OUT}'
    )


def test_a_swallowed_request_with_something_missing() -> None:
    """A required parameter that the code forgot, likewise."""
    stubber = started()
    with suppress(Exception):
        stubber.client.batch_get_profile(DomainName="d")
    assert "\n    ProfileIds: wanted a list, which BatchGetProfileRequest requires, got nothing\n" in verdict(stubber)


def test_many_violations_of_one_call_are_cut() -> None:
    """Five lines for each call, and a count of the rest, in its place."""
    stubber = started()
    ask_and_swallow(stubber.client, ProfileIds=["x"] * 9)
    lines = verdict(stubber).splitlines()
    assert [line[:14] for line in lines[2:8]] == [*("    ProfileIds"[:14] for _ in range(5)), "    ... and 4 "]


@pytest.mark.parametrize(
    ("kind", "problem"),
    [(RuntimeError, "RuntimeError: out of order"), (ZeroDivisionError, "ZeroDivisionError: out of order")],
)
def test_a_callable_that_fails(kind: type[Exception], problem: str) -> None:
    """The code swallowed what the test's own function raised; the verdict has its name and its words."""
    stubber = started()

    def answer(_params: dict[str, Any]) -> dict[str, Any]:
        raise kind("out of order")

    stubber.add_callable("batch_get_profile", answer)
    ask_and_swallow(stubber.client)
    assert verdict(stubber) == FAILED.format(1, problem)


def test_all_groups_are_told_at_once() -> None:
    """A paragraph for each, the code's own faults first."""
    stubber = started()
    ask_and_swallow(stubber.client, *range(21))
    ask_and_swallow(stubber.client)
    stubber.add_batch_get_profile()
    unexpected = UNEXPECTED.replace("call 1", "call 2")
    assert verdict(stubber) == f"{REFUSED}\n\n{unexpected}\n\n{UNUSED}"


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({"strict": False, "assert_all_expected": False}, [UNUSED]),
        ({"ignore": frozenset({"max"}), "assert_all_expected": False}, [UNUSED]),
        ({"assert_all_used": False}, [REFUSED, UNEXPECTED.replace("call 1", "call 2")]),
        ({"assert_all_expected": False}, [REFUSED, UNUSED]),
        ({"strict": False, "assert_all_expected": False, "assert_all_used": False}, []),
    ],
)
def test_each_check_is_switched_off_by_name(options: dict[str, Any], left: list[str]) -> None:
    """As the words of its group say."""
    stubber = started(**options)
    ask_and_swallow(stubber.client, *range(21))
    ask_and_swallow(stubber.client)
    stubber.add_batch_get_profile()
    assert verdict(stubber) == "\n\n".join(left)


def test_warn_answers_and_warns() -> None:
    """The request is answered as any, and told in a warning when the verdict is given."""
    stubber = started(strict="warn")
    stubber.add_error("batch_get_profile", "ThrottlingException")
    with pytest.raises(stubber.client.exceptions.ThrottlingException):
        ask(stubber.client, *range(21))
    with pytest.warns(RequestWarning, match=f"^{re.escape(REFUSED.replace(SWALLOWED, ASKED))}$") as warned:
        stubber.judge()
    assert [each.filename for each in warned] == [__file__]


@pytest.mark.filterwarnings("error::cp_fixtures.errors.RequestWarning")
def test_a_warning_that_is_an_error_hides_nothing() -> None:
    """What cannot be right is raised, with what would be warned of before it; alone the warning is raised."""
    stubber = started(strict="warn")
    stubber.add_error("batch_get_profile", "ThrottlingException", times=None)
    ask_and_swallow(stubber.client, *range(21))
    stubber.add_batch_get_profile()
    assert verdict(stubber) == f"{REFUSED}\n\n{UNUSED}"
    ask_and_swallow(stubber.client, *range(21))
    with pytest.raises(RequestWarning):
        stubber.judge()


def test_a_verdict_is_given_once() -> None:
    """A second one is on what came since, calls and stubs; `violations` always says all."""
    stubber = started()
    stubber.add_batch_get_profile()
    assert verdict(stubber) == UNUSED
    assert not verdict(stubber)
    ask_and_swallow(stubber.client, 9)
    assert verdict(stubber).startswith("1 call that nobody stubbed:\n  call 1, ")
    stubber.add_batch_get_profile()
    assert verdict(stubber) == UNUSED
    assert not verdict(stubber)
    assert [text.partition(":")[0] for text in stubber.violations] == [
        "1 call that nobody stubbed",
        "2 stubs that the code did not use up",
    ]


def test_a_call_that_two_stubbers_know_is_judged_by_each() -> None:
    """What the outer one answers is in both logs, in each under its own number; a verdict is on one log."""

    def answer(_params: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("out of order")

    outer = started(assert_all_expected=False)
    ask_and_swallow(outer.client, 8)
    outer.add_callable("batch_get_profile", answer)
    with CustomerProfilesStubber(outer.client) as inner:
        ask_and_swallow(outer.client)
    assert verdict(inner) == FAILED.format(1, "RuntimeError: out of order")
    assert verdict(outer) == FAILED.format(2, "RuntimeError: out of order")
    assert (inner.calls[0].fate, outer.calls[1].fate) == ("failed", "failed")

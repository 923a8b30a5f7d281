"""Assertions on the log: what they see, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asking import DOMAIN, ask, ask_and_swallow, ids
from botocore.stub import ANY

from cp_fixtures import CustomerProfilesStubber, UsageError, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = f"asking.py:{ask.__code__.co_firstlineno + 2}, in ask"
TWO = (
    f"The calls were:\n"
    f"  call 1, batch_get_profile of 2 ids in {DOMAIN}, at {LINE}{{}}\n"
    f"  call 2, batch_get_profile of 1 id in other-example, at {LINE}{{}}\n"
    f"Correct the code, or what the test wants."
)
NONE = "There was no call at all. Correct the code, or what the test wants."


@pytest.fixture
def stubber() -> CustomerProfilesStubber:
    """A stubber that answers whatever comes."""
    stubber = CustomerProfilesStubber(isolated_client(), options=Options(strict=False))
    stubber.add_callable("batch_get_profile", lambda _: {}, times=None)
    stubber.add_callable("create_profile", lambda _: {"ProfileId": "0f" * 16}, times=None)
    stubber.activate()
    return stubber


@pytest.fixture
def called(stubber: CustomerProfilesStubber) -> CustomerProfilesStubber:
    """The same after two calls."""
    ask(stubber.client, 1, 2)
    ask(stubber.client, 3, domain="other-example")
    return stubber


def said(assertion: Callable[..., None], *args: Any, **params: Any) -> str:
    """What a failing assertion says."""
    with pytest.raises(AssertionError) as caught:
        assertion(*args, **params)
    return str(caught.value)


def test_calls_of(called: CustomerProfilesStubber) -> None:
    """By operation and by some parameters; what is chosen can be chosen from again."""
    calls = called.calls
    assert len(calls.of()) == len(calls.of("batch_get_profile")) == 2
    assert calls.of("get_segment_membership") == ()
    assert [call.number for call in calls.of(DomainName="other-example")] == [2]
    assert [call.number for call in calls.of("batch_get_profile").of(ProfileIds=ids(2, 1))] == [1]
    assert calls.of(ProfileIds=ids(1)) == calls.of(NoSuchParameter=1) == ()
    assert len(calls.of(ProfileIds=ANY)) == 2


def test_what_holds_says_nothing(called: CustomerProfilesStubber) -> None:
    """Each assertion on what is true."""
    called.assert_called("batch_get_profile")
    called.assert_called("batch_get_profile", ProfileIds=ids(2, 1), DomainName=DOMAIN)
    called.assert_called_once("batch_get_profile", DomainName=DOMAIN)
    called.assert_not_called("batch_get_profile", ProfileIds=ids(1))
    called.assert_not_called("get_segment_membership")
    called.assert_ids_asked(ids(3, 2, 1))
    called.assert_ids_asked({*ids(3, 2, 1)}, "batch_get_profile")
    called.assert_ids_asked([], "get_segment_membership")


def test_no_call_at_all(stubber: CustomerProfilesStubber) -> None:
    """Where nothing was called there is nothing to show."""
    text = said(stubber.assert_called, "batch_get_profile")
    assert text == f"batch_get_profile() was to be called at least once, and was never. {NONE}"
    text = said(stubber.assert_ids_asked, ids(1))
    assert text == f"Other ids were asked for than the 1 wanted; not asked for: {ids(1)[0]}. {NONE}"


def test_not_called_so(called: CustomerProfilesStubber) -> None:
    """Each call is shown, with what is different in it."""
    text = said(called.assert_called, "batch_get_profile", DomainName="third-example")
    assert text == (
        "batch_get_profile(DomainName='third-example') was to be called at least once, and was never. "
        + TWO.format(
            f":\n    DomainName: wanted 'third-example', got '{DOMAIN}'",
            ":\n    DomainName: wanted 'third-example', got 'other-example'",
        )
    )


def test_other_ids(called: CustomerProfilesStubber) -> None:
    """They are compared in any order, and the difference is told."""
    text = said(called.assert_called, "batch_get_profile", ProfileIds=ids(1, 4), DomainName=DOMAIN)
    assert f"wanted the id '{ids(4)[0]}'" in text
    assert f"'{ids(2)[0]}'" in text
    assert "DomainName: wanted" in text.partition("call 2")[2]
    assert "DomainName: wanted" not in text.partition("call 2")[0]


def test_called_too_often(called: CustomerProfilesStubber) -> None:
    """Twice is not once, and once is not never; there is nothing different to tell."""
    text = said(called.assert_called_once, "batch_get_profile")
    assert text == f"batch_get_profile() was to be called exactly once, and was twice. {TWO.format('', '')}"
    ask(called.client, 1)
    text = said(called.assert_called_once, "batch_get_profile")
    assert text.startswith("batch_get_profile() was to be called exactly once, and was 3 times. The calls were:\n")


def test_called_at_all(called: CustomerProfilesStubber) -> None:
    """What was not to be called was."""
    text = said(called.assert_not_called, "batch_get_profile", DomainName=DOMAIN)
    assert text == (
        f"batch_get_profile(DomainName='{DOMAIN}') was to be called never, and was once. "
        + TWO.format("", f":\n    DomainName: wanted '{DOMAIN}', got 'other-example'")
    )


def test_ids_over_all_chunks(called: CustomerProfilesStubber) -> None:
    """Missing and extra ids are told, over all calls together."""
    text = said(called.assert_ids_asked, ids(2, 3, 4))
    one, four = ids(1, 4)
    assert text == (
        f"Other ids were asked for than the 3 wanted; not asked for: {four}; not wanted: {one}. {TWO.format('', '')}"
    )
    assert said(called.assert_ids_asked, ids(1, 2)).startswith(
        f"Other ids were asked for than the 2 wanted; not wanted: {ids(3)[0]}. "
    )


def test_chunks_of_twenty(stubber: CustomerProfilesStubber) -> None:
    """However the ids were cut, and also where one was asked for twice."""
    for start in range(0, 100, 20):
        ask(stubber.client, *range(start, start + 20))
    ask(stubber.client, 99)
    stubber.assert_ids_asked(ids(*range(100)))


def test_what_is_no_id_does_not_disturb(stubber: CustomerProfilesStubber) -> None:
    """A call that botocore refuses for its parameters is in the log, and asks for no id."""
    ask_and_swallow(stubber.client, ProfileIds=[{"not": "an id"}])
    ask_and_swallow(stubber.client, ProfileIds="not a list")
    ask(stubber.client, 1)
    stubber.assert_ids_asked(ids(1))


def test_calls_of_every_fate_are_seen() -> None:
    """Answered, refused, unexpected: the code has made the call."""
    with stubbed(assert_all_expected=False) as stubber:
        ask_and_swallow(stubber.client, 1)
        stubber.assert_called_once("batch_get_profile")
        stubber.assert_ids_asked(ids(1))


def create(client: Any, **params: Any) -> None:
    """Give the service a person."""
    client.create_profile(DomainName=DOMAIN, **params)


def test_nothing_sensitive_is_shown(stubber: CustomerProfilesStubber) -> None:
    """Of people's data the type and the length, in what was wanted, in what was got, and in a log that pytest shows."""
    create(stubber.client, FirstName="Ana", Address={"City": "Paris"}, PartyType="INDIVIDUAL")
    text = said(
        stubber.assert_called,
        "create_profile",
        FirstName="Maria",
        Address={"City": "Rome"},
        Attributes=1,
    )
    line = f"test_asserting.py:{create.__code__.co_firstlineno + 2}, in create"
    assert text == (
        "create_profile(FirstName=<a str of length 5>, Address=<a dict of length 1>, "
        "Attributes=<an int>) was to be called at least once, and was never. The calls were:\n"
        f"  call 1, create_profile in {DOMAIN}, at {line}:\n"
        "    FirstName: wanted a str of length 5, got a str of length 3\n"
        "    Address.City: wanted a str of length 4, got a str of length 5\n"
        "    Attributes: wanted an int, got nothing\n"
        "Correct the code, or what the test wants."
    )
    assert repr(stubber.calls) == f"(<call 1, create_profile in {DOMAIN}, at {line}: answered>,)"
    stubber.assert_called_once("create_profile", FirstName="Ana", Address={"City": "Paris"})


def test_a_long_log_is_cut(stubber: CustomerProfilesStubber) -> None:
    """Of very many calls the first 50 are shown."""
    for number in range(60):
        ask(stubber.client, number)
    text = said(stubber.assert_not_called, "batch_get_profile")
    assert text.count("\n  call ") == 50
    assert "\n  ... and 10 more\nCorrect the code" in text


@pytest.mark.parametrize("name", ["assert_called", "assert_called_once", "assert_not_called"])
def test_no_such_operation(called: CustomerProfilesStubber, name: str) -> None:
    """A name that is mistyped is never simply not called."""
    with pytest.raises(UsageError, match=r"There is no operation 'batch_get_profil'.*Did you mean 'batch_get_profile'"):
        getattr(called, name)("batch_get_profil")
    with pytest.raises(UsageError, match="There is no operation 'batch_get_profil'"):
        called.assert_ids_asked(ids(1, 2, 3), "batch_get_profil")


@pytest.mark.parametrize("name", ["assert_called", "assert_called_once", "assert_not_called"])
def test_no_such_parameter(called: CustomerProfilesStubber, name: str) -> None:
    """One that is mistyped is never simply not asked for; one that the code has made up may be asserted."""
    with pytest.raises(UsageError) as caught:
        getattr(called, name)("batch_get_profile", ProfileId=ids(1))
    assert str(caught.value) == (
        "There is no parameter of batch_get_profile 'ProfileId'. There are 2, and it is none of them. "
        "Did you mean 'ProfileIds'?"
    )
    ask_and_swallow(called.client, MaxResults=5)
    called.assert_called_once("batch_get_profile", MaxResults=5)
    assert "MaxResults: wanted an int, got another, an int\n" in said(
        called.assert_called, "batch_get_profile", MaxResults=6
    )


def test_a_tuple_is_sent_as_a_list(called: CustomerProfilesStubber) -> None:
    """By the code and in what the test wants."""
    called.client.batch_get_profile(DomainName=DOMAIN, ProfileIds=tuple(ids(4, 5)))
    called.assert_called_once("batch_get_profile", ProfileIds=tuple(ids(5, 4)))
    assert len(called.calls.of(ProfileIds=tuple(ids(1, 2)))) == 1


def test_one_id_is_no_list_of_ids(called: CustomerProfilesStubber) -> None:
    """A text would be taken letter by letter."""
    with pytest.raises(UsageError) as caught:
        called.assert_ids_asked(ids(1)[0])
    assert str(caught.value) == (
        f"profile_ids is '{ids(1)[0]}'. Each of its characters would be an id. Give a list of ids."
    )


def test_params_are_copies(called: CustomerProfilesStubber) -> None:
    """Neither what the code nor what the test does with them changes what was called."""
    wanted = ids(1, 2)
    called.assert_called("batch_get_profile", ProfileIds=wanted)
    assert wanted == ids(1, 2)
    request = {"DomainName": DOMAIN, "ProfileIds": ids(5)}
    called.client.batch_get_profile(**request)
    request["ProfileIds"] += ids(6)  # type: ignore[operator]
    called.assert_called_once("batch_get_profile", ProfileIds=ids(5))

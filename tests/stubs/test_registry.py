"""The choice of the stub that answers, the words of a refusal, and the log, under one lock."""

from __future__ import annotations

import json
import logging
import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from asking import ASKED, DOMAIN, NO_CANDIDATE, WAY_OUT, ask, ids

from cp_fixtures import CustomerProfilesStubber, Exchange, Refused, UsageError, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.options import Options
from cp_fixtures.stubs import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ONE = "batch_get_profile of 1 id in amazon-connect-example"
STUB_IT = (
    "Stub it with add_batch_get_profile(...), or correct what the code asks for. Where the code is to meet this error, "
    f"say so: assert_all_expected=False, {WAY_OUT}"
)


@pytest.fixture
def stubber() -> Iterator[CustomerProfilesStubber]:
    """An active stubber, with no options of its own."""
    with CustomerProfilesStubber(isolated_client()) as active:
        yield active


@pytest.fixture
def ordered() -> Iterator[CustomerProfilesStubber]:
    """An active stubber that wants its calls in order."""
    with CustomerProfilesStubber(isolated_client(), options=Options(ordered=True)) as active:
        yield active


def add(stubber: CustomerProfilesStubber, number: int, **uses: Any) -> None:
    """Register a call for one id."""
    stubber.add_batch_get_profile(profile_ids=ids(number), **uses)


def asked(stubber: CustomerProfilesStubber, *numbers: int) -> str:
    """The id of the profile that a call finds."""
    return str(ask(stubber.client, *numbers)["Profiles"][0]["ProfileId"])


def refused(stubber: CustomerProfilesStubber, *numbers: int, **params: Any) -> str:
    """Why a call is refused."""
    with pytest.raises(Refused) as caught:
        ask(stubber.client, *numbers, **params)
    return str(caught.value)


def test_an_unknown_rule_is_refused() -> None:
    """What is to be ignored has to exist; near names are suggested."""
    with pytest.raises(UsageError, match="There is no rule 'patern'") as caught:
        Registry(Options(ignore=frozenset({"patern"})))
    assert str(caught.value).endswith("Did you mean 'pattern'?")


def test_calls_may_come_in_any_order(stubber: CustomerProfilesStubber) -> None:
    """Each call gets the answer to its own ids, whatever was registered first."""
    for number in (1, 2, 3):
        add(stubber, number)
    assert [asked(stubber, number) for number in (3, 1, 2)] == ids(3, 1, 2)


def test_equal_stubs_answer_in_the_order_of_registering(stubber: CustomerProfilesStubber) -> None:
    """Two answers to the same request are a sequence: the first, then the second."""
    stubber.add_error("batch_get_profile", "ThrottlingException", profile_ids=ids(1))
    add(stubber, 1)
    with pytest.raises(stubber.client.exceptions.ThrottlingException):
        ask(stubber.client, 1)
    assert asked(stubber, 1) == ids(1)[0]


def test_a_stub_for_these_ids_goes_before_one_for_any_request(stubber: CustomerProfilesStubber) -> None:
    """Though it was registered later; then the one for any request answers."""
    stubber.add_exchange(Exchange("batch_get_profile", response={"Profiles": [{"ProfileId": ids(9)[0]}]}), times=None)
    add(stubber, 1)
    assert [asked(stubber, 1), asked(stubber, 1), asked(stubber, 2)] == ids(1, 9, 9)


def test_an_error_without_ids_answers_any_request(stubber: CustomerProfilesStubber) -> None:
    """Of its operation; as often as it may."""
    stubber.add_error("batch_get_profile", "AccessDeniedException", times=2)
    for number in (1, 2):
        with pytest.raises(stubber.client.exceptions.AccessDeniedException):
            ask(stubber.client, number)
    assert "it has answered as often as it may" in refused(stubber, 3)


def test_times_and_always(stubber: CustomerProfilesStubber) -> None:
    """A stub answers as often as it says; one with times=None never ends."""
    add(stubber, 1, times=2)
    add(stubber, 2, times=None)
    for number in (1, 1, 2, 2, 2, 2):
        ask(stubber.client, number)
    assert refused(stubber, 1).splitlines()[1:3] == [
        f"  {ONE}: 1 found, 0 refused (any number of times; used 4 times):",
        f"    ProfileIds: wanted the id '{ids(2)[0]}', got another '{ids(1)[0]}'",
    ]


def test_ids_in_order(stubber: CustomerProfilesStubber) -> None:
    """Any order by default, and the response keeps its own; with ids_in_order the call's has to be the stub's."""
    stubber.add_batch_get_profile(profile_ids=ids(1, 2))
    assert [each["ProfileId"] for each in ask(stubber.client, 2, 1)["Profiles"]] == ids(1, 2)
    stubber.add_batch_get_profile(profile_ids=ids(3, 4), ids_in_order=True)
    assert f"ProfileIds[0]: wanted '{ids(3)[0]}', got '{ids(4)[0]}'" in refused(stubber, 4, 3)
    assert len(ask(stubber.client, 3, 4)["Profiles"]) == 2


def test_a_call_without_any_stub(stubber: CustomerProfilesStubber) -> None:
    """It says so, and what to do; where other operations are stubbed, which."""
    assert refused(stubber) == NO_CANDIDATE.format(1, ASKED)
    stubber.add_get_segment_membership()
    stubber.add_response("list_domains", {"Items": []})
    assert refused(stubber).splitlines()[1] == "  Stubs are registered for get_segment_membership, list_domains alone."


def test_a_mismatch_shows_every_candidate_and_why(stubber: CustomerProfilesStubber) -> None:
    """The unused first, each with all its differences; those that are spent say so."""
    add(stubber, 1)
    ask(stubber.client, 1)
    add(stubber, 2)
    stubber.add_error("batch_get_profile", "ThrottlingException", profile_ids=ids(3), domain_name="other")
    assert refused(stubber, 1) == (
        f"Nobody stubbed call 2, {ONE}{ASKED}.\n"
        f"  {ONE}: 1 found, 0 refused (once; not used):\n"
        f"    ProfileIds: wanted the id '{ids(2)[0]}', got another '{ids(1)[0]}'\n"
        "  batch_get_profile of 1 id in other: the error ThrottlingException (once; not used):\n"
        f"    DomainName: wanted 'other', got '{DOMAIN}'\n"
        f"    ProfileIds: wanted the id '{ids(3)[0]}', got another '{ids(1)[0]}'\n"
        f"  {ONE}: 1 found, 0 refused (once; used):\n"
        "    it has answered as often as it may: register it with times= for more\n"
        f"{STUB_IT}"
    )


def test_a_long_mismatch_is_cut(stubber: CustomerProfilesStubber) -> None:
    """Ten candidates with five reasons each, and a count of the rest."""
    for _ in range(12):
        stubber.add_batch_get_profile(profiles=7, ids_in_order=True)
    lines = refused(stubber, *range(7)).splitlines()
    assert len(lines) == 1 + 10 * (1 + 5 + 1) + 1 + 1
    assert lines[7] == "    ... and 2 more"
    assert lines[-2] == "  ... and 2 more"


def test_a_refused_call_consumes_nothing(stubber: CustomerProfilesStubber) -> None:
    """The stub is still there for the right call."""
    add(stubber, 1)
    refused(stubber, 2)
    refused(stubber, 1, domain="other")
    assert asked(stubber, 1) == ids(1)[0]
    stubber.assert_no_pending_responses()


def test_a_request_that_the_service_would_refuse(stubber: CustomerProfilesStubber) -> None:
    """It is refused before a stub is looked for, and says which rules to ignore."""
    stubber.add_error("batch_get_profile", "ThrottlingException")
    assert refused(stubber, *range(21)) == (
        "The service would refuse this request of batch_get_profile:\n"
        "  ProfileIds: wanted at most 20 items, got 21 items\n"
        "No response to it would be true. Correct what the code asks for, or switch the check off: "
        f'ignore={{"max"}} or strict=False, {WAY_OUT}'
    )
    assert [call.fate for call in stubber.calls] == ["refused"]
    with pytest.raises(AssertionError, match="1 responses remaining in queue"):
        stubber.assert_no_pending_responses()


def test_a_refusal_survives_a_pickle(stubber: CustomerProfilesStubber) -> None:
    """As pytest-xdist needs it: the same class and the same words."""
    with pytest.raises(Refused) as caught:
        ask(stubber.client)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (type(again), str(again)) == (Refused, NO_CANDIDATE.format(1, ASKED))


def test_in_order_the_next_one_has_to_come(ordered: CustomerProfilesStubber) -> None:
    """A later stub is no answer, however well it matches, while an earlier one waits."""
    add(ordered, 1, times=2)
    add(ordered, 2)
    ask(ordered.client, 1)
    assert refused(ordered, 2).splitlines()[2:5] == [
        f"    ProfileIds: wanted the id '{ids(1)[0]}', got another '{ids(2)[0]}'",
        f"  {ONE}: 1 found, 0 refused (once; not used):",
        "    its turn has not come: with ordered=True the stubs before it come first",
    ]
    assert [asked(ordered, 1), asked(ordered, 2)] == ids(1, 2)


def test_in_order_what_is_optional_may_be_passed_but_not_caught_up(ordered: CustomerProfilesStubber) -> None:
    """Once a later stub has answered, its turn is over; one with times=None answers at any time."""
    add(ordered, 1, times=None)
    add(ordered, 2, optional=True)
    add(ordered, 3)
    add(ordered, 4)
    assert [asked(ordered, number) for number in (1, 3, 1)] == ids(1, 3, 1)
    assert refused(ordered, 2).splitlines()[3:5] == [
        f"  {ONE}: 1 found, 0 refused (optional, once; not used):",
        "    its turn is over: with ordered=True nothing answers after what was registered later",
    ]
    assert asked(ordered, 4) == ids(4)[0]


def test_in_order_all_may_be_optional(ordered: CustomerProfilesStubber) -> None:
    """Then any later one may answer, and none after it that comes earlier."""
    for number in (1, 2):
        add(ordered, number, optional=True)
    assert asked(ordered, 2) == ids(2)[0]
    assert "its turn is over" in refused(ordered, 1)


def test_in_order_operations_count_together(ordered: CustomerProfilesStubber) -> None:
    """The order is that of all stubs, and not of each operation's."""
    segment = ordered.add_get_segment_membership()
    add(ordered, 1)
    assert "its turn has not come" in refused(ordered, 1)
    ordered.client.get_segment_membership(**segment.request)
    assert asked(ordered, 1) == ids(1)[0]


def test_a_debug_line_says_which_stub_answers_and_why(
    stubber: CustomerProfilesStubber, caplog: pytest.LogCaptureFixture
) -> None:
    """One line for each answer, of the logger cp_fixtures."""
    caplog.set_level(logging.DEBUG, "cp_fixtures")
    add(stubber, 1)
    stubber.add_exchange(Exchange("batch_get_profile", response={}), times=None)
    ask(stubber.client, 1)
    ask(stubber.client, 2)
    assert [record.getMessage() for record in caplog.records if record.name == "cp_fixtures"] == [
        f"call 1, {ONE}{ASKED} is answered by {ONE}: 1 found, 0 refused (once; used), for its request is the call's",
        (
            f"call 2, {ONE}{ASKED} is answered by batch_get_profile of any request: 0 found, 0 refused "
            "(any number of times; used once), for it answers any request"
        ),
    ]


def test_threads_each_get_their_own_answer(stubber: CustomerProfilesStubber) -> None:
    """Eight threads on one client: every answer fits its call, every stub is used once, every call is logged once."""
    for number in range(120):
        add(stubber, number)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: asked(stubber, number), range(120)))
    assert found == ids(*range(120))
    stubber.assert_no_pending_responses()
    logged = stubber.calls
    assert sorted(call.number for call in logged) == list(range(1, 121))
    assert sorted(call.params["ProfileIds"][0] for call in logged) == ids(*range(120))
    assert all(call.exchange is not None and call.exchange.request == call.params for call in logged)


def test_threads_that_want_the_same_stub_share_its_times(stubber: CustomerProfilesStubber) -> None:
    """One answer for eight askers: one gets it, and seven are refused."""
    add(stubber, 1)

    def is_answered(_: int) -> bool:
        try:
            return bool(ask(stubber.client, 1))
        except Refused:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(is_answered, range(8))) == [False] * 7 + [True]


def in_a_fork(work: Callable[[], object]) -> Any:
    """What a function gives in a forked process, by way of JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        given = json.loads(said.read())
    os.waitpid(child, 0)
    return given


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_call_in_a_forked_process_is_refused(stubber: CustomerProfilesStubber) -> None:
    """The first process would never hear of it; what is stubbed there waits for the first process's own call."""
    add(stubber, 1)
    assert in_a_fork(lambda: refused(stubber, 1)) == (
        "A call of batch_get_profile was made in a forked process. "
        "What it asks, and whether its stubs are used, the test in the first process would never hear. "
        "Start the stubbing in the worker itself, with stubbed(everywhere=True), or let the test use threads."
    )
    assert stubber.calls == ()
    assert asked(stubber, 1) == ids(1)[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_stubbing_that_starts_in_a_forked_process_works() -> None:
    """As the refusal of the other says."""

    def work() -> object:
        with stubbed() as stubber:
            add(stubber, 1)
            return asked(stubber, 1)

    assert in_a_fork(work) == ids(1)[0]

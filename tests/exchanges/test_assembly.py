"""The one place where outcomes become a response."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.exchanges import DOMAIN_NAME, SEGMENT_DEFINITION_NAME, Exchange, Outcome, assemble, request_for
from cp_fixtures.shapes import nodes

A, B, C = "a" * 32, "b" * 32, "c" * 32
NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)
ERROR = {"ProfileId": B, "Code": "X", "Message": "gone"}
FOUND, REFUSED, LEFT_OUT = Outcome(A, "found", {"ProfileId": A}), Outcome(B, "refused", ERROR), Outcome(C, "left_out")
SECOND = "which Profiles[0].ProfileId has"
since_last_computed = pytest.mark.skipif(
    "LastComputedAt" not in nodes().shape("GetSegmentMembershipResponse").members, reason="since botocore 1.41.6"
)


def content(exchange: Exchange) -> dict[str, Any]:
    """The response without its metadata."""
    response: dict[str, Any] = exchange.response
    del response["ResponseMetadata"]
    return response


def batch(*outcomes: Outcome, ids: tuple[str, ...] = (A, B), **options: Any) -> Exchange:
    """An exchange of batch_get_profile."""
    return assemble("batch_get_profile", request_for("batch_get_profile", ids), outcomes, **options)


def test_the_names_of_a_request() -> None:
    """The defaults look like real ones; a segment is named where the operation asks about one."""
    assert request_for("batch_get_profile", (A,)) == {"DomainName": DOMAIN_NAME, "ProfileIds": [A]}
    assert request_for("get_segment_membership", [A]) == {
        "DomainName": "amazon-connect-example",
        "SegmentDefinitionName": SEGMENT_DEFINITION_NAME,
        "ProfileIds": [A],
    }


def test_names_of_ones_own() -> None:
    """They are taken as they are, and an empty one is no default."""
    request = request_for("get_segment_membership", [A], domain_name="", segment_definition_name="s")
    assert request == {"DomainName": "", "SegmentDefinitionName": "s", "ProfileIds": [A]}
    assert request_for("get_segment_membership", [A], segment_definition_name="")["SegmentDefinitionName"] == ""


def test_a_segment_that_nobody_asks_about() -> None:
    """It is refused, not dropped."""
    with pytest.raises(UsageError) as raised:
        request_for("batch_get_profile", [A], segment_definition_name="vip")
    assert str(raised.value) == (
        "segment_definition_name is 'vip'. batch_get_profile asks about no segment. Leave it out."
    )


@pytest.mark.parametrize("ids", [5, "abc", {"a": 1}, iter([A])])
def test_ids_that_are_no_list(ids: Any) -> None:
    """They are refused before a text is taken for its letters."""
    with pytest.raises(
        UsageError, match=r"^profile_ids is .*\. A call asks for a list of ids\. Give a list of texts\.$"
    ):
        request_for("batch_get_profile", ids)


def test_the_lists_of_a_response() -> None:
    """Each entry stands in the list of its kind, in the order of the outcomes."""
    more = Outcome(C, "found", {"ProfileId": C})
    exchange = batch(more, REFUSED, FOUND, ids=(A, B, C))
    assert content(exchange) == {"Profiles": [{"ProfileId": C}, {"ProfileId": A}], "Errors": [ERROR]}


def test_the_segment_is_echoed() -> None:
    """A response about a segment says which."""
    request = request_for("get_segment_membership", [A], segment_definition_name="s")
    outcome = Outcome(A, "found", {"ProfileId": A, "QueryResult": "PRESENT"})
    expected = {"SegmentDefinitionName": "s", "Profiles": [outcome.entry], "Failures": []}
    assert content(assemble("get_segment_membership", request, [outcome])) == expected


def test_empty_lists() -> None:
    """They are there, unless they are to be left out."""
    assert content(batch(FOUND, ids=(A,))) == {"Profiles": [{"ProfileId": A}], "Errors": []}
    assert content(batch(FOUND, ids=(A,), omit_empty=True)) == {"Profiles": [{"ProfileId": A}]}
    assert content(batch(LEFT_OUT, ids=(C,), omit_empty=True)) == {}


def test_an_id_that_is_left_out() -> None:
    """It is the one breach that the exchange is excused from."""
    exchange = batch(FOUND, REFUSED, LEFT_OUT, ids=(A, B, C))
    assert exchange.ignore == {"outcome_missing"}
    assert batch(FOUND, REFUSED).ignore == frozenset()


def test_an_id_asked_twice_is_answered_once() -> None:
    """One outcome for each distinct id."""
    assert content(batch(FOUND, ids=(A, A)))["Profiles"] == [{"ProfileId": A}]


@since_last_computed
def test_when_it_was_computed() -> None:
    """As given; without it the member is not there."""
    request = request_for("get_segment_membership", [A])
    outcome = Outcome(A, "left_out")
    exchange = assemble("get_segment_membership", request, [outcome], last_computed_at=NOON)
    assert exchange.response["LastComputedAt"] == NOON
    assert "LastComputedAt" not in assemble("get_segment_membership", request, [outcome]).response


def test_a_model_that_does_not_know_the_time() -> None:
    """There it is left out; batch_get_profile knows none in any version."""
    assert "LastComputedAt" not in batch(FOUND, ids=(A,), last_computed_at=NOON).response


@pytest.mark.parametrize(
    ("outcomes", "place"),
    [
        ([FOUND], f"(top): wanted an outcome for '{B}', got none"),
        (
            [FOUND, FOUND, REFUSED],
            f"Profiles[1].ProfileId: wanted one outcome for each id, got '{A}', {SECOND}",
        ),
        (
            [FOUND, REFUSED, Outcome(C, "found", {"ProfileId": C})],
            f"Profiles[1].ProfileId: wanted an id of the request, got '{C}'",
        ),
        (
            [FOUND, Outcome(B, "refused", {"ProfileId": B, "Code": "X"})],
            "Errors[0].Message: wanted a string, which BatchGetProfileError requires, got nothing",
        ),
    ],
    ids=["missing", "twice", "unasked", "broken"],
)
def test_outcomes_that_do_not_fit(outcomes: list[Outcome], place: str) -> None:
    """The gate refuses them."""
    with pytest.raises(InvalidResponse) as raised:
        batch(*outcomes)
    lines = str(raised.value).splitlines()
    assert lines[:2] == ["This response of batch_get_profile breaks the service model in 1 place:", f"  {place}"]


def test_a_request_that_the_service_would_refuse() -> None:
    """The gate refuses it."""
    with pytest.raises(InvalidRequest, match=r"ProfileIds: wanted at most 20 items, got 21 items"):
        batch(ids=(A,) * 21)


JUDGED = Outcome(A, "found", {"ProfileId": A, "FirstName": ""}, is_judged=True)


def test_what_has_been_judged_is_not_judged_again() -> None:
    """A profile that its maker answers for is taken as it is; of one that nobody answers for each fault is told."""
    assert content(batch(JUDGED, ids=(A,)))["Profiles"] == [JUDGED.entry]
    with pytest.raises(InvalidResponse, match=r"Profiles\[0\]\.FirstName: wanted at least 1 character"):
        batch(JUDGED._replace(is_judged=False), ids=(A,))


def test_a_result_whose_profile_has_been_judged() -> None:
    """The result around it is looked at, also where it brings no profile."""
    request = request_for("get_segment_membership", [A])
    entry = {"ProfileId": A, "QueryResult": "PRESENT", "Profile": JUDGED.entry}
    exchange = assemble("get_segment_membership", request, [JUDGED._replace(entry=entry)])
    assert content(exchange)["Profiles"] == [entry]
    with pytest.raises(InvalidResponse, match=r"Profiles\[0\]\.QueryResult"):
        assemble("get_segment_membership", request, [JUDGED._replace(entry={"ProfileId": A, "QueryResult": "?"})])


def test_what_an_exchange_hands_out_is_nobody_elses() -> None:
    """Also where its profiles are those that were made for it: whoever changes one changes nothing in the exchange."""
    profile = {"ProfileId": A, "Address": {"City": "Paris"}, "Attributes": {}}
    exchange = batch(JUDGED._replace(entry=profile), ids=(A,))
    for _ in range(2):
        handed_out = content(exchange)["Profiles"][0]
        assert handed_out == {"ProfileId": A, "Address": {"City": "Paris"}, "Attributes": {}}
        handed_out["Address"]["City"] = handed_out["Attributes"]["a"] = "changed"
        handed_out.clear()


def test_where_something_else_is_wrong_the_whole_is_told() -> None:
    """Then what was judged is looked at too: a message is never about a part."""
    with pytest.raises(InvalidResponse) as caught:
        batch(JUDGED, Outcome(B, "refused", {"ProfileId": B, "Code": "X"}))
    assert [str(each.path) for each in caught.value.violations] == ["Profiles[0].FirstName", "Errors[0].Message"]

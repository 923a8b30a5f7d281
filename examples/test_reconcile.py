from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cp_fixtures import Exchange
from reconcile import NotReconciled, membership

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber

DOMAIN, SEGMENT = "amazon-connect-example", "segment-example"
ASKED, OTHER = "0f" * 16, "1e" * 16


def test_every_id_is_told(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    exchange = cp_stubber.add_get_segment_membership(present=1, absent=2)
    told = membership(cp_client, DOMAIN, SEGMENT, exchange.request["ProfileIds"])
    assert list(told.values()) == [True, False, False]


def test_failure_fails_the_run(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    exchange = cp_stubber.add_get_segment_membership(present=2, failures=1)
    with pytest.raises(NotReconciled, match=r"^1 failed; 1 left out$"):
        membership(cp_client, DOMAIN, SEGMENT, exchange.request["ProfileIds"])


def test_id_left_out_fails_the_run(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    exchange = cp_stubber.add_get_segment_membership(present=2, left_out=1)
    with pytest.raises(NotReconciled, match=r"^1 left out$"):
        membership(cp_client, DOMAIN, SEGMENT, exchange.request["ProfileIds"])


@pytest.mark.parametrize(
    ("result", "rule", "problem"),
    [
        ({"ProfileId": OTHER, "QueryResult": "PRESENT"}, "outcome_unasked", "1 not asked for"),
        (
            {"ProfileId": ASKED, "QueryResult": "PRESENT", "Profile": {"ProfileId": OTHER}},
            "nested_id",
            "1 with the profile of another",
        ),
    ],
)
def test_contradiction_fails_the_run(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, result: object, rule: str, problem: str
) -> None:
    request = {"DomainName": DOMAIN, "SegmentDefinitionName": SEGMENT, "ProfileIds": [ASKED]}
    results = [{"ProfileId": ASKED, "QueryResult": "PRESENT"}, result]
    answer = {"SegmentDefinitionName": SEGMENT, "Profiles": results}
    # The service would not contradict itself: an answer that does names the rule that it breaks.
    ignore = {rule, "outcome_twice"}
    cp_stubber.add_exchange(Exchange("get_segment_membership", request=request, response=answer, ignore=ignore))
    with pytest.raises(NotReconciled, match=problem):
        membership(cp_client, DOMAIN, SEGMENT, [ASKED])

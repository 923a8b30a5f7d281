from __future__ import annotations

from typing import TYPE_CHECKING

from in_chunks import members

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, Domain

SEGMENT = "segment-example"


def test_log(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain) -> None:
    ids = cp_domain.put_many(150)
    cp_domain.segment(SEGMENT).add(ids[:30])
    assert len(list(members(cp_client, cp_domain.name, SEGMENT, ids))) == 30

    first, *_, last = cp_stubber.calls
    assert (first.operation, first.params["ProfileIds"]) == ("get_segment_membership", ids[:100])
    assert (last.operation, last.params["ProfileIds"]) == ("batch_get_profile", ids[20:30])
    assert len(cp_stubber.calls.of("get_segment_membership", DomainName=cp_domain.name)) == 2


def test_assertions(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain) -> None:
    ids = cp_domain.put_many(40)
    cp_domain.segment(SEGMENT).add(ids[:3])
    list(members(cp_client, cp_domain.name, SEGMENT, ids))

    cp_stubber.assert_called_once("get_segment_membership", SegmentDefinitionName=SEGMENT)
    cp_stubber.assert_not_called("search_profiles")
    cp_stubber.assert_ids_asked(ids[:3], "batch_get_profile")

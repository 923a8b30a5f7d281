from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from in_chunks import members

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, ProfileFactory

DOMAIN, SEGMENT = "amazon-connect-example", "segment-example"


@pytest.mark.parametrize("shuffle", [True, False])
def test_each_operation_is_asked_in_chunks_of_its_own(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, *, shuffle: bool
) -> None:
    first = cp_stubber.add_get_segment_membership(present=25, absent=75, shuffle=shuffle)
    second = cp_stubber.add_get_segment_membership(present=5, absent=15, shuffle=shuffle)
    present = first.request["ProfileIds"][:25] + second.request["ProfileIds"][:5]
    cp_stubber.add_batch_get_profile(profile_ids=present[:20], shuffle=shuffle)
    cp_stubber.add_batch_get_profile(profile_ids=present[20:], shuffle=shuffle)

    found = members(cp_client, DOMAIN, SEGMENT, first.request["ProfileIds"] + second.request["ProfileIds"])

    assert [profile["ProfileId"] for profile in found] == present
    assert [len(call.params["ProfileIds"]) for call in cp_stubber.calls] == [100, 20, 20, 10]


def test_nobody_is_asked_for_where_there_is_nobody(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber
) -> None:
    assert list(members(cp_client, DOMAIN, SEGMENT, [])) == []
    assert cp_stubber.calls == ()


def test_who_is_gone_between_the_two_calls_is_left_out(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_profile_factory: ProfileFactory
) -> None:
    stays, goes = cp_profile_factory.profile_id(), cp_profile_factory.profile_id()
    cp_stubber.add_get_segment_membership(profile_ids=[stays, goes])
    cp_stubber.add_batch_get_profile(profile_ids=[stays, goes], errors=1)
    assert [each["ProfileId"] for each in members(cp_client, DOMAIN, SEGMENT, [stays, goes])] == [stays]

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import Exchange


@pytest.fixture
def members(cp_client: Any) -> Callable[[str], set[str]]:
    return lambda shape: {*cp_client.meta.service_model.shape_for(shape).members}


def test_every_member_that_this_botocore_has(
    cp_client: Any, cp_batch_get_profile: Callable[..., Exchange], members: Callable[[str], set[str]]
) -> None:
    exchange = cp_batch_get_profile(profiles=1, preset="full")
    (profile,) = cp_client.batch_get_profile(**exchange.request)["Profiles"]
    assert members("Profile") - {*profile} == {"FoundByItems"}


def test_when_membership_was_computed(
    cp_client: Any, cp_get_segment_membership: Callable[..., Exchange], members: Callable[[str], set[str]]
) -> None:
    if "LastComputedAt" not in members("GetSegmentMembershipResponse"):
        pytest.skip("LastComputedAt came with botocore 1.41.6")
    exchange = cp_get_segment_membership(present=1)
    answer = cp_client.get_segment_membership(**exchange.request)
    assert answer["LastComputedAt"] == exchange.response["LastComputedAt"]

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import MagicMock

import pytest

import never
from cp_fixtures import Refused, VerdictError, stubbed, validate

if TYPE_CHECKING:
    from cp_fixtures import CustomerProfilesStubber

DOMAIN, SEGMENT = "amazon-connect-example", "segment-example"
IDS = [f"{number:032x}" for number in range(100)]


def test_mock_gives_a_hundred_profiles() -> None:
    client = MagicMock()
    client.batch_get_profile.return_value = {"Profiles": [{"FirstName": "Ana"}] * 100}
    assert never.names(client, DOMAIN, IDS) == ["Ana"] * 100


def test_service_gives_at_most_twenty() -> None:
    with pytest.raises(Refused, match="ProfileIds: wanted at most 20 items, got 100"), stubbed() as stubber:
        never.names(stubber.client, DOMAIN, IDS)


def test_mock_has_pages() -> None:
    client = MagicMock()
    client.get_segment_membership.return_value = {"Failures": []}
    assert never.failures(client, DOMAIN, SEGMENT, IDS) == []


def test_service_has_no_pages() -> None:
    with pytest.raises(VerdictError, match="MaxResults: wanted"), stubbed() as stubber:
        assert never.failures(stubber.client, DOMAIN, SEGMENT, IDS) == []


IMAGINED = {"Profiles": [{"ProfileId": IDS[0], "IsProfileInSegment": True}]}


def test_mock_has_whatever_member_is_read() -> None:
    client = MagicMock()
    client.get_segment_membership.return_value = IMAGINED
    assert never.members(client, DOMAIN, SEGMENT, IDS[:1]) == IDS[:1]


def test_service_has_no_such_member(cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_get_segment_membership(present=1, profile_ids=IDS[:1])
    assert never.members(cp_stubber.client, DOMAIN, SEGMENT, IDS[:1]) == []  # the one who is in the segment is missed
    assert len(validate("get_segment_membership", IMAGINED)) == 2

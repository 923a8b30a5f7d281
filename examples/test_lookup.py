from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cp_fixtures import VerdictError, stubbed
from lookup import NOBODY, display_name

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber

DOMAIN, ID = "amazon-connect-example", "0f" * 16


def test_somebody_has_a_name(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_batch_get_profile([{"FirstName": "Ana", "LastName": "Reyes"}], profile_ids=[ID])
    assert display_name(cp_client, DOMAIN, ID) == "Ana Reyes"


@pytest.mark.parametrize("code", ["AccessDeniedException", "InternalServerException", "ThrottlingException"])
def test_error_of_the_service_is_swallowed(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, code: str
) -> None:
    cp_stubber.add_error("batch_get_profile", code)
    assert display_name(cp_client, DOMAIN, ID) == NOBODY


HYPHENATED = "b33f1c2a-8d7e-4f60-9a51-2c3d4e5f6071"


def test_request_that_the_service_would_refuse_fails_although_it_is_swallowed() -> None:
    with pytest.raises(VerdictError, match="1 request that the service would refuse"), stubbed() as stubber:
        assert display_name(stubber.client, DOMAIN, HYPHENATED) == NOBODY


def test_call_that_nobody_stubbed_fails_although_it_is_swallowed() -> None:
    with pytest.raises(VerdictError, match="1 call that nobody stubbed"), stubbed() as stubber:
        assert display_name(stubber.client, DOMAIN, ID) == NOBODY


def test_stub_that_nobody_used_fails() -> None:
    with pytest.raises(VerdictError, match="1 stub that the code did not use up"), stubbed() as stubber:
        stubber.add_batch_get_profile()


def test_each_check_can_be_switched_off() -> None:
    with stubbed(strict=False, assert_all_expected=False, assert_all_used=False) as stubber:
        stubber.add_batch_get_profile()
        assert display_name(stubber.client, DOMAIN, HYPHENATED) == NOBODY


@pytest.mark.cp_fixtures(assert_all_expected=False)
def test_check_can_be_switched_off_for_one_test(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber
) -> None:
    assert display_name(cp_client, DOMAIN, ID) == NOBODY
    assert [call.fate for call in cp_stubber.calls] == ["unexpected"]

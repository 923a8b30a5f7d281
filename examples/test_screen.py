from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.cases import Case, errors
from screen import SAID, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, Exchange

DOMAIN, ID = "amazon-connect-example", "0f" * 16
OURS = [case for case in errors("batch_get_profile") if case.value.error_code not in SAID]


def test_throttling_is_said(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_error("batch_get_profile", "ThrottlingException")
    assert shown(cp_client, DOMAIN, ID) == "busy, try again"


def test_error_of_ours_is_raised(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_raises: Callable[..., Any]
) -> None:
    cp_stubber.add_error("batch_get_profile", "ResourceNotFoundException", "Domain is not found in account")
    with cp_raises("ResourceNotFoundException") as caught:
        shown(cp_client, DOMAIN, ID)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert caught.value.response["Message"] == "Domain is not found in account"


@pytest.mark.parametrize("case", OURS, ids=str)
def test_every_other_error_is_raised(
    cp_client: CustomerProfilesClient,
    cp_stubber: CustomerProfilesStubber,
    cp_raises: Callable[..., Any],
    case: Case[Exchange],
) -> None:
    exchange = cp_stubber.add_exchange(case.value)
    with cp_raises(case.id):
        shown(cp_client, DOMAIN, exchange.request["ProfileIds"][0])


def test_code_that_the_model_does_not_list(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_raises: Callable[..., Any]
) -> None:
    cp_stubber.add_error("batch_get_profile", "ExpiredTokenException", http_status_code=403)
    with cp_raises("ExpiredTokenException"):
        shown(cp_client, DOMAIN, ID)

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.stub import Stubber

from cp_fixtures import CustomerProfilesStubber
from passed_in import first_names

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

DOMAIN, ANA, BO = "amazon-connect-example", "0f" * 16, "1e" * 16


def test_before() -> None:
    client = boto3.client("customer-profiles", region_name="us-east-1")
    with Stubber(client) as stubber:
        stubber.add_response(
            "batch_get_profile",
            {
                "Profiles": [{"ProfileId": ANA, "FirstName": "Ana"}],
                "Errors": [{"ProfileId": BO, "Code": "ResourceNotFoundException", "Message": "Profile not found"}],
            },
            {"DomainName": DOMAIN, "ProfileIds": [ANA, BO]},
        )
        assert first_names(client, DOMAIN, [ANA, BO]) == {ANA: "Ana"}
        stubber.assert_no_pending_responses()


def test_step_between() -> None:
    client = boto3.client("customer-profiles", region_name="us-east-1")
    with CustomerProfilesStubber(client) as stubber:
        stubber.add_response(
            "batch_get_profile",
            {
                "Profiles": [{"ProfileId": ANA, "FirstName": "Ana"}],
                "Errors": [{"ProfileId": BO, "Code": "ResourceNotFoundException", "Message": "Profile not found"}],
            },
            {"DomainName": DOMAIN, "ProfileIds": [ANA, BO]},
        )
        assert first_names(client, DOMAIN, [ANA, BO]) == {ANA: "Ana"}
        stubber.assert_no_pending_responses()


def test_after(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_batch_get_profile([{"FirstName": "Ana"}], errors=1, profile_ids=[ANA, BO])
    assert first_names(cp_client, DOMAIN, [ANA, BO]) == {ANA: "Ana"}

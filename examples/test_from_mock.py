from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import MagicMock, patch

import inside
from passed_in import first_names

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber

DOMAIN, ANA = "amazon-connect-example", "0f" * 16


def test_client_before() -> None:
    client = MagicMock()
    client.batch_get_profile.return_value = {"Profiles": [{"ProfileId": ANA, "FirstName": "Ana"}], "Errors": []}
    assert first_names(client, DOMAIN, [ANA]) == {ANA: "Ana"}
    client.batch_get_profile.assert_called_once_with(DomainName=DOMAIN, ProfileIds=[ANA])


def test_client_after(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=[ANA])
    assert first_names(cp_client, DOMAIN, [ANA]) == {ANA: "Ana"}


def test_patch_before() -> None:
    with patch("inside.boto3.client") as make:
        make.return_value.batch_get_profile.return_value = {"Profiles": [{"EmailAddress": "ana@example.com"}]}
        assert inside.email_of(ANA) == "ana@example.com"


def test_patch_after(cp_intercept: CustomerProfilesStubber) -> None:
    cp_intercept.add_batch_get_profile([{"EmailAddress": "ana@example.com"}], profile_ids=[ANA])
    assert inside.email_of(ANA) == "ana@example.com"

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from cp_fixtures import OMIT
from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, Exchange


def test_everybody_found_is_named(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    exchange = cp_batch_get_profile(profiles=2, errors=1)
    names = first_names(cp_client, exchange.request["DomainName"], exchange.request["ProfileIds"])
    assert list(names.values()) == [profile["FirstName"] for profile in exchange.response["Profiles"]]


def test_who_has_no_first_name_is_not_named(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    ids = ["0f" * 16, "1e" * 16]
    cp_batch_get_profile([{"FirstName": "Ana"}, {"FirstName": OMIT}], profile_ids=ids)
    assert first_names(cp_client, "amazon-connect-example", ids) == {"0f" * 16: "Ana"}


@pytest.mark.parametrize("omit_empty", [True, False])
def test_nobody_is_named_where_nobody_is_found(cp_stubber: CustomerProfilesStubber, *, omit_empty: bool) -> None:
    exchange = cp_stubber.add_batch_get_profile(profiles=0, errors=3, omit_empty=omit_empty)
    assert first_names(cp_stubber.client, "amazon-connect-example", exchange.request["ProfileIds"]) == {}


def test_error_of_the_whole_call_is_the_callers_to_handle(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber
) -> None:
    cp_stubber.add_error("batch_get_profile", "ThrottlingException")
    with pytest.raises(ClientError) as caught:
        first_names(cp_client, "amazon-connect-example", ["0f" * 16])
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429

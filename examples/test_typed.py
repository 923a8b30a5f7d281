from __future__ import annotations

from typing import TYPE_CHECKING

from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import ProfileTypeDef

    from cp_fixtures import CustomerProfilesStubber
    from cp_fixtures.exchanges import BatchGetProfileExchange


def salutation(profile: ProfileTypeDef) -> str:
    return f"Dear {profile.get('FirstName', 'customer')}"


def test_exchange_of_a_method_is_known(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    exchange = cp_stubber.add_batch_get_profile([{"FirstName": "Ana"}])
    (profile_id,) = exchange.request["ProfileIds"]
    assert first_names(cp_client, exchange.request["DomainName"], [profile_id]) == {profile_id: "Ana"}


def test_exchange_of_a_shortcut_is_known(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., BatchGetProfileExchange]
) -> None:
    exchange = cp_batch_get_profile([{"FirstName": "Ana"}])
    found = cp_client.batch_get_profile(**exchange.request)
    assert [salutation(each) for each in found["Profiles"]] == ["Dear Ana"]
    assert salutation(exchange.response["Profiles"][0]) == "Dear Ana"

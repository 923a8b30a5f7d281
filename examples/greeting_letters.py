"""Where to send letters: who is not there is struck off, and who could not be told is asked for later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import AddressTypeDef


class Sorted(NamedTuple):
    addresses: dict[str, AddressTypeDef]
    gone: set[str]
    later: set[str]


def sort(client: CustomerProfilesClient, domain_name: str, profile_ids: Sequence[str]) -> Sorted:
    """Each of at most 20 ids is in one of the three, whatever the service says of it, and if it says nothing."""
    response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    addresses = {each["ProfileId"]: each.get("Address", {}) for each in response.get("Profiles", [])}
    codes = {each["ProfileId"]: each["Code"] for each in response.get("Errors", [])}
    gone = {profile_id for profile_id, code in codes.items() if code == "ResourceNotFoundException"}
    return Sorted(addresses, gone, {*profile_ids} - {*addresses} - gone)

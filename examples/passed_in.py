"""Names for a screen: the client is passed in, which is the easiest to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient


def first_names(client: CustomerProfilesClient, domain_name: str, profile_ids: Sequence[str]) -> dict[str, str]:
    """The first name of everybody who is found and has one, by id; of at most 20 ids."""
    response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    profiles = response.get("Profiles", [])
    return {each["ProfileId"]: each["FirstName"] for each in profiles if "FirstName" in each}

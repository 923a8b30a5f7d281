"""First names for a list on a screen, of any number of people: the service takes 20 ids at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient

MOST_IDS = 20


def first_names(client: CustomerProfilesClient, domain_name: str, profile_ids: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(profile_ids), MOST_IDS):
        chunk = profile_ids[start : start + MOST_IDS]
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=chunk)
        yield from (profile.get("FirstName", "") for profile in response["Profiles"])

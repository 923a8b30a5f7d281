"""A service that makes its client when it is first wanted, keeps it for good, and asks from many threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient


@lru_cache(maxsize=1)
def profiles_client() -> CustomerProfilesClient:
    """The one client of the process."""
    return boto3.client("customer-profiles", region_name="us-east-1")


def known(profile_ids: Sequence[str], domain_name: str = "amazon-connect-example") -> set[str]:
    """Which of the ids there are; however many, twenty at a time."""

    def ask(chunk: Sequence[str]) -> set[str]:
        response = profiles_client().batch_get_profile(DomainName=domain_name, ProfileIds=chunk)
        return {each["ProfileId"] for each in response["Profiles"]}

    with ThreadPoolExecutor(4) as pool:
        return set().union(
            *pool.map(ask, (profile_ids[start : start + 20] for start in range(0, len(profile_ids), 20)))
        )

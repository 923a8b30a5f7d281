"""A lookup that never fails, for it swallows every error: a name is better than none, and none better than a crash."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

NOBODY = "valued customer"


def display_name(client: CustomerProfilesClient, domain_name: str, profile_id: str) -> str:
    """What to call somebody, whatever happens."""
    try:
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=[profile_id])
        profile = response["Profiles"][0]
        return f"{profile['FirstName']} {profile['LastName']}"
    except Exception:
        logging.getLogger(__name__).debug("no name for a profile", exc_info=True)
        return NOBODY

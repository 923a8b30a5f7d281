"""A script's helper that makes its client anew each time, and has nothing to pass one in by."""

from __future__ import annotations

import boto3


def email_of(profile_id: str, domain_name: str = "amazon-connect-example") -> str | None:
    """Where to write to somebody."""
    client = boto3.client("customer-profiles", region_name="us-east-1")
    found = client.batch_get_profile(DomainName=domain_name, ProfileIds=[profile_id])["Profiles"]
    return found[0].get("EmailAddress") if found else None

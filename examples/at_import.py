"""A Lambda function that greets a caller by name: the client is made once, when the module is imported."""

from __future__ import annotations

import os
from typing import Any

import boto3

DOMAIN = os.environ.get("PROFILES_DOMAIN", "amazon-connect-example")
PROFILES = boto3.client("customer-profiles", region_name=os.environ.get("AWS_REGION", "us-east-1"))


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """A contact flow hands over the id of the caller's profile, and plays what comes back."""
    profile_id = event["Details"]["Parameters"]["ProfileId"]
    response = PROFILES.batch_get_profile(DomainName=DOMAIN, ProfileIds=[profile_id])
    names = [profile["FirstName"] for profile in response.get("Profiles", []) if "FirstName" in profile]
    return {"greeting": f"Hello {names[0]}." if names else "Hello."}

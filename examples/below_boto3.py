"""A tool that does without boto3, on an endpoint of its own, and never fails: what it cannot count is 0."""

from __future__ import annotations

from typing import Any

import botocore.session

_client: Any = None


def _profiles() -> Any:
    global _client  # noqa: PLW0603 - as people do
    if _client is None:
        session = botocore.session.get_session()
        endpoint = "https://vpce-example.invalid"
        _client = session.create_client("customer-profiles", region_name="us-east-1", endpoint_url=endpoint)
    return _client


def count(profile_ids: list[str], domain_name: str = "amazon-connect-example") -> int:
    """How many of the ids there are."""
    try:
        return len(_profiles().batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)["Profiles"])
    except Exception:
        return 0

"""A repository with a session and a client of its own, for each domain."""

from __future__ import annotations

import boto3
from botocore.config import Config


class Segments:
    """Who is in which segment of a domain."""

    def __init__(self, domain_name: str, region: str = "eu-west-2") -> None:
        self._domain_name = domain_name
        session = boto3.Session(region_name=region)
        self._client = session.client("customer-profiles", config=Config(retries={"mode": "standard"}))

    def members(self, segment: str, profile_ids: list[str]) -> list[str]:
        """Those of the ids who are in the segment."""
        response = self._client.get_segment_membership(
            DomainName=self._domain_name, SegmentDefinitionName=segment, ProfileIds=profile_ids
        )
        return [each["ProfileId"] for each in response["Profiles"] if each["QueryResult"] == "PRESENT"]

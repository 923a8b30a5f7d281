"""What never to do: three mistakes that were shipped under green tests, since a mock agrees with everything."""

from __future__ import annotations

from typing import Any


def names(client: Any, domain_name: str, profile_ids: list[str]) -> list[str]:
    """Asks for 100 ids at once; the service takes 20."""
    found = []
    for start in range(0, len(profile_ids), 100):
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids[start : start + 100])
        found += [profile["FirstName"] for profile in response["Profiles"]]
    return found


def failures(client: Any, domain_name: str, segment: str, profile_ids: list[str]) -> list[str]:
    """Pages an operation that has no pages, and hides what it gets for it."""
    found, more = [], {"MaxResults": 100}
    try:
        while more:
            answer = client.get_segment_membership(
                DomainName=domain_name, SegmentDefinitionName=segment, ProfileIds=profile_ids, **more
            )
            found += [each["ProfileId"] for each in answer["Failures"]]
            more = {"NextToken": answer["NextToken"]} if answer.get("NextToken") else {}
    except Exception:
        pass
    return found


def members(client: Any, domain_name: str, segment: str, profile_ids: list[str]) -> list[str]:
    """Reads a member that no answer has."""
    answer = client.get_segment_membership(
        DomainName=domain_name, SegmentDefinitionName=segment, ProfileIds=profile_ids
    )
    return [each["ProfileId"] for each in answer["Profiles"] if each.get("IsProfileInSegment")]

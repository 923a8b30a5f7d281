"""Everybody in a segment, out of any number of ids: each operation takes its own number at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import ProfileTypeDef

IDS_OF_GET_SEGMENT_MEMBERSHIP = 100
IDS_OF_BATCH_GET_PROFILE = 20


def members(
    client: CustomerProfilesClient, domain_name: str, segment: str, profile_ids: Sequence[str]
) -> Iterator[ProfileTypeDef]:
    """The profiles of those in the segment, in the order of the ids."""
    present: list[str] = []
    for chunk in chunks(profile_ids, IDS_OF_GET_SEGMENT_MEMBERSHIP):
        answer = client.get_segment_membership(DomainName=domain_name, SegmentDefinitionName=segment, ProfileIds=chunk)
        inside = {each["ProfileId"] for each in answer["Profiles"] if each["QueryResult"] == "PRESENT"}
        present += [each for each in chunk if each in inside]
    for chunk in chunks(present, IDS_OF_BATCH_GET_PROFILE):
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=chunk)
        by_id = {each["ProfileId"]: each for each in response["Profiles"]}
        yield from (by_id[each] for each in chunk if each in by_id)


def chunks(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), most):
        yield ids[start : start + most]

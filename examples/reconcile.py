"""Reconciles a segment strictly: what is not told of every single id, without a contradiction, fails the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import GetSegmentMembershipResponseTypeDef


class NotReconciled(Exception):
    """The answer is no basis for what follows."""


def membership(
    client: CustomerProfilesClient, domain_name: str, segment: str, profile_ids: Sequence[str]
) -> dict[str, bool]:
    """Whether each id is in the segment; all of at most 100 ids, or none.

    Raises:
        NotReconciled: with everything that is wrong.
    """
    answer = client.get_segment_membership(
        DomainName=domain_name, SegmentDefinitionName=segment, ProfileIds=profile_ids
    )
    if wrong := problems(answer, set(profile_ids)):
        raise NotReconciled("; ".join(wrong))
    return {each["ProfileId"]: each["QueryResult"] == "PRESENT" for each in answer["Profiles"]}


def problems(answer: GetSegmentMembershipResponseTypeDef, asked: set[str]) -> list[str]:
    results = answer.get("Profiles", [])
    told = {each["ProfileId"] for each in results}
    shown = [(each["ProfileId"], each["Profile"].get("ProfileId")) for each in results if "Profile" in each]
    counts = {
        "failed": len(answer.get("Failures", [])),
        "left out": len(asked - told),
        "not asked for": len(told - asked),
        "with the profile of another": sum(inner != outer for outer, inner in shown),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]

"""Sends a campaign to whom a search finds in a segment; to nobody, where an answer is no basis for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import ProfileTypeDef

PROFILES_OF_SEARCH_PROFILES = 100
IDS_OF_GET_SEGMENT_MEMBERSHIP = 100
IDS_OF_BATCH_GET_PROFILE = 20


class NotReconciled(Exception):
    """An answer does not tell of each id that was asked for."""


@dataclass(frozen=True)
class Campaign:
    domain_name: str
    segment: str
    key: str
    value: str


def send(client: CustomerProfilesClient, campaign: Campaign, deliver: Callable[[ProfileTypeDef], object]) -> int:
    """Deliver to everybody, and say to how many.

    Raises:
        NotReconciled: an answer is no basis for it; nothing was delivered then.
    """
    ids = list(dict.fromkeys(found(client, campaign)))
    people = list(profiles(client, campaign, list(present(client, campaign, ids))))
    for profile in people:
        deliver(profile)
    return len(people)


def found(client: CustomerProfilesClient, campaign: Campaign) -> Iterator[str]:
    token: dict[str, Any] = {}
    while True:
        page = client.search_profiles(
            DomainName=campaign.domain_name,
            KeyName=campaign.key,
            Values=[campaign.value],
            MaxResults=PROFILES_OF_SEARCH_PROFILES,
            **token,
        )
        yield from (profile["ProfileId"] for profile in page["Items"])
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def present(client: CustomerProfilesClient, campaign: Campaign, ids: Sequence[str]) -> Iterator[str]:
    for chunk in chunks(ids, IDS_OF_GET_SEGMENT_MEMBERSHIP):
        answer = client.get_segment_membership(
            DomainName=campaign.domain_name, SegmentDefinitionName=campaign.segment, ProfileIds=chunk
        )
        results = {each["ProfileId"]: each["QueryResult"] for each in answer.get("Profiles", [])}
        reconcile(chunk, results, answer.get("Failures", []))
        yield from (each for each in chunk if results[each] == "PRESENT")


def profiles(client: CustomerProfilesClient, campaign: Campaign, ids: Sequence[str]) -> Iterator[ProfileTypeDef]:
    for chunk in chunks(ids, IDS_OF_BATCH_GET_PROFILE):
        answer = client.batch_get_profile(DomainName=campaign.domain_name, ProfileIds=chunk)
        by_id = {each["ProfileId"]: each for each in answer.get("Profiles", [])}
        reconcile(chunk, by_id, answer.get("Errors", []))
        yield from (by_id[each] for each in chunk)


def reconcile(asked: Sequence[str], told: Iterable[str], failed: Sequence[object]) -> None:
    counts = {
        "failed": len(failed),
        "left out": len(set(asked) - set(told)),
        "not asked for": len(set(told) - set(asked)),
    }
    if wrong := [f"{count} {what}" for what, count in counts.items() if count]:
        raise NotReconciled(f"of {len(asked)} ids: {', '.join(wrong)}")


def chunks(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), most):
        yield ids[start : start + most]

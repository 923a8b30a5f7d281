"""Profiles for an export at night: what may pass is asked for again, after pauses longer than botocore's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from botocore import exceptions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from mypy_boto3_customer_profiles.type_defs import BatchGetProfileResponseTypeDef, ProfileTypeDef

PAUSES = (1, 10, 60)
PASSING = {"InternalServerException", "ThrottlingException"}


class NotFetched(Exception):
    """Some ids have neither been found nor refused, however often they were asked for."""


def fetch(
    client: CustomerProfilesClient,
    domain_name: str,
    profile_ids: Sequence[str],
    *,
    sleep: Callable[[float], object] = time.sleep,
) -> tuple[dict[str, ProfileTypeDef], dict[str, str]]:
    """The profiles of at most 20 ids, by id, and the code of each id that is refused for good.

    Raises:
        NotFetched: neither of the two is known of some ids.
    """
    found: dict[str, ProfileTypeDef] = {}
    refused: dict[str, str] = {}
    missing = list(profile_ids)
    for pause in (*PAUSES, None):
        if answer := ask(client, domain_name, missing):
            profiles = {each.get("ProfileId", ""): each for each in answer.get("Profiles", [])}
            codes = {each.get("ProfileId", ""): each.get("Code", "") for each in answer.get("Errors", [])}
            found |= {each: profiles[each] for each in missing if each in profiles}
            refused |= {each: codes[each] for each in missing if each in codes and codes[each] not in PASSING}
            missing = [each for each in missing if each not in found and each not in refused]
        if not missing:
            break
        if pause is None:
            raise NotFetched(f"{len(missing)} of {len(profile_ids)} ids")
        sleep(pause)
    return found, refused


def ask(
    client: CustomerProfilesClient, domain_name: str, profile_ids: Sequence[str]
) -> BatchGetProfileResponseTypeDef | None:
    """One call, which botocore tries three times; None where what stopped it may pass."""
    try:
        return client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    except (exceptions.ConnectionError, exceptions.HTTPClientError):
        return None
    except exceptions.ClientError as problem:
        status = problem.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 429 or status >= 500:
            return None
        raise

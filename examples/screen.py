"""What an agent sees of a caller: a name, or a word that says why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

SAID = {"AccessDeniedException": "not for you", "ThrottlingException": "busy, try again"}


def shown(client: CustomerProfilesClient, domain_name: str, profile_id: str) -> str:
    """One line for the screen; an error that is nobody's fault but ours is raised."""
    try:
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=[profile_id])
    except ClientError as error:
        if error.response["Error"]["Code"] in SAID:
            return SAID[error.response["Error"]["Code"]]
        raise
    return " ".join(profile["LastName"] for profile in response["Profiles"]) or "unknown"

"""Greetings by first name; the docstring of the function shows one, and what it shows is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_customer_profiles import CustomerProfilesClient


def greetings(client: CustomerProfilesClient, profile_ids: Sequence[str]) -> list[str]:
    """Greet everybody who is found and has a first name.

    >>> from cp_fixtures import samples, stubbed
    >>> exchange = samples.BATCH_GET_PROFILE
    >>> with stubbed(exchange) as stubber:
    ...     greetings(stubber.client, exchange.request["ProfileIds"])
    ['Hello Alice.', 'Hello Bob.']
    """
    response = client.batch_get_profile(DomainName="amazon-connect-example", ProfileIds=profile_ids)
    names = [each.get("FirstName") for each in response.get("Profiles", [])]
    return [f"Hello {name}." for name in names if name]

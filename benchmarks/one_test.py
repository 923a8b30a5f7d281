"""One test: a client, one registered response of 20 profiles, one call. Run it: python benchmarks/one_test.py."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import boto3
from botocore.stub import Stubber
from faker import Faker
from side_by_side import compare

from cp_fixtures.clients import isolated_client
from cp_fixtures.stubber import CustomerProfilesStubber
from cp_fixtures.stubbing import stubbed

if TYPE_CHECKING:
    from collections.abc import Callable

_FAKER = Faker()


def naive_address() -> dict[str, str]:
    """An address whose parts do not agree."""
    return {
        "Address1": _FAKER.street_address(),
        "City": _FAKER.city(),
        "State": _FAKER.state_abbr(),
        "PostalCode": _FAKER.postcode(),
        "Country": "US",
    }


def naive_profile(profile_id: str) -> dict[str, Any]:
    """A usual profile as one writes it by hand: Faker for each member, none agreeing with another."""
    return {
        "ProfileId": profile_id,
        "AccountNumber": _FAKER.bothify("##########"),
        "FirstName": _FAKER.first_name(),
        "LastName": _FAKER.last_name(),
        "BirthDate": _FAKER.date_of_birth().isoformat(),
        "Gender": "UNSPECIFIED",
        "PhoneNumber": _FAKER.phone_number(),
        "EmailAddress": _FAKER.email(),
        "Address": naive_address(),
        "Attributes": {"loyaltyTier": _FAKER.word(), "newsletter": "True", "lifetimeValue": "100"},
    }


def naive_full_profile(profile_id: str) -> dict[str, Any]:
    """A profile with all its members, likewise."""
    phones = {f"{kind}PhoneNumber": _FAKER.phone_number() for kind in ("", "Mobile", "Home", "Business")}
    emails = {f"{kind}EmailAddress": _FAKER.email() for kind in ("", "Personal", "Business")}
    addresses = {f"{kind}Address": naive_address() for kind in ("Shipping", "Mailing", "Billing")}
    names = {"MiddleName": _FAKER.first_name(), "BusinessName": _FAKER.company(), "PartyTypeString": "INDIVIDUAL"}
    return {
        **naive_profile(profile_id),
        **phones,
        **emails,
        **addresses,
        **names,
        "AdditionalInformation": _FAKER.sentence(),
    }


def ask(client: Any, request: dict[str, Any]) -> None:
    """Make the call, and see that all 20 are there."""
    assert len(client.batch_get_profile(**request)["Profiles"]) == 20


def naive(profile: Callable[[str], dict[str, Any]] = naive_profile) -> None:
    """boto3.client, Faker and botocore's Stubber."""
    ids = [uuid.uuid4().hex for _ in range(20)]
    request = {"DomainName": "amazon-connect-example", "ProfileIds": ids}
    naive_call(request, {"Profiles": [profile(each) for each in ids], "Errors": []})


def naive_call(request: dict[str, Any], response: dict[str, Any]) -> None:
    """The same with the data at hand."""
    client = boto3.client("customer-profiles", region_name="us-east-1")
    stubber = Stubber(client)
    stubber.add_response("batch_get_profile", response, request)
    with stubber:
        ask(client, request)
        stubber.assert_no_pending_responses()


def ours(preset: str = "typical") -> None:
    """What the fixtures do."""
    with stubbed(client=isolated_client()) as stubber:
        exchange = stubber.add_batch_get_profile(20, preset=preset)
        ask(stubber.client, exchange.request)


def main() -> None:
    """Compare."""
    with stubbed(assert_all_used=False) as stubber:
        exchange = stubber.add_batch_get_profile(20)
    request, response = exchange.request, exchange.response

    def ours_ready() -> None:
        with stubbed(exchange) as stubber:
            ask(stubber.client, request)

    def ours_hand_written() -> None:
        client = isolated_client()
        with CustomerProfilesStubber(client) as stubber:
            stubber.add_response("batch_get_profile", response, request)
            ask(client, request)
            stubber.judge()

    compare("a test, its 20 profiles made in it", {"boto3.client, Faker, Stubber": naive, "cp_fixtures": ours})
    full = {
        "boto3.client, Faker, Stubber": lambda: naive(naive_full_profile),
        "cp_fixtures": lambda: ours("full"),
    }
    compare("the same with full profiles", full)
    ready = {
        "boto3.client, Stubber": lambda: naive_call(request, response),
        "cp_fixtures, an exchange": ours_ready,
        "cp_fixtures, add_response": ours_hand_written,
    }
    compare("a test, its 20 profiles at hand", ready)


if __name__ == "__main__":
    main()

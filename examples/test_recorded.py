from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import Exchange, InvalidResponse, ProfileFactory, stubbed
from greeting_letters import sort

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber

DOMAIN, ANA, BO = "amazon-connect-example", "0f" * 16, "1e" * 16
REQUEST = {"DomainName": DOMAIN, "ProfileIds": [ANA, BO]}


def record(client: CustomerProfilesClient, path: Path, **request: Any) -> None:
    """Ask the service once, and keep in a file what it said."""
    response = client.batch_get_profile(**request)
    path.write_text(Exchange("batch_get_profile", request=request, response=response).to_json(), "utf-8")


def test_record_is_played(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, tmp_path: Path
) -> None:
    path = tmp_path / "two_people.json"
    with stubbed() as service:
        service.add_batch_get_profile(profiles=1, errors=1, profile_ids=[ANA, BO])
        record(service.client, path, **REQUEST)
    cp_stubber.add_exchange(Exchange.from_json(path.read_text("utf-8")))
    addresses, gone, _ = sort(cp_client, DOMAIN, [ANA, BO])
    assert (set(addresses), gone) == ({ANA}, {BO})


def test_answer_written_by_hand(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    error = {"ProfileId": BO, "Code": "ResourceNotFoundException", "Message": "Profile not found"}
    answer = {"Profiles": [{"ProfileId": ANA, "Address": {"City": "Springfield"}}], "Errors": [error]}
    cp_stubber.add_exchange(Exchange("batch_get_profile", request=REQUEST, response=answer))
    assert sort(cp_client, DOMAIN, [ANA, BO]).addresses == {ANA: {"City": "Springfield"}}


def test_answer_that_forgets_somebody() -> None:
    answer = {"Profiles": [{"ProfileId": ANA}], "Errors": []}
    with pytest.raises(InvalidResponse, match="wanted an outcome for"):
        Exchange("batch_get_profile", request=REQUEST, response=answer)


def without_people(profiles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Profiles with the same members, of people who do not exist."""
    made: list[Any] = [*ProfileFactory().build_batch(len(profiles), "full")]
    return [{name: new[name] for name in old if name in new} for old, new in zip(profiles, made, strict=True)]


def test_record_without_people(cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber) -> None:
    seen = [{"ProfileId": ANA, "LastName": "Somebody", "PhoneNumber": "somewhere"}]
    exchange = cp_stubber.add_batch_get_profile(without_people(seen))
    (profile,) = cp_client.batch_get_profile(**exchange.request)["Profiles"]
    assert profile.keys() == seen[0].keys()
    assert not {*profile.values()} & {*seen[0].values()}

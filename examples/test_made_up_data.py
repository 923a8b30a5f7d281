from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faker import Faker

from cp_fixtures import OMIT, CustomerProfilesProvider, InvalidResponse, ProfileFactory, check, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import Exchange

ASKED, OTHER = "0f" * 16, "1e" * 16
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": [ASKED]}


def test_profile_agrees_with_what_is_said_of_it(cp_profile_factory: ProfileFactory) -> None:
    ana = cp_profile_factory.build(FirstName="Ana", LastName="Reyes", PhoneNumber=OMIT, Address__City="Springfield")
    assert ana["EmailAddress"].startswith("ana.reyes.")
    assert "PhoneNumber" not in ana
    assert ana["Address"]["City"] == "Springfield"


def test_profiles_of_a_factory_of_ones_own() -> None:
    factory = ProfileFactory(locale="ja_JP", seed=7)
    businesses = factory.build_batch(3, "business")
    assert {each["Address"]["Country"] for each in businesses} == {"JP"}
    assert businesses == ProfileFactory(locale="ja_JP", seed=7).build_batch(3, "business")


def test_profiles_of_a_stubbed_answer(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    exchange = cp_batch_get_profile([{"FirstName": "Ana"}, {"Attributes": {"vip": "True"}}], preset="full")
    response = cp_client.batch_get_profile(**exchange.request)
    assert [each.get("FirstName") == "Ana" for each in response["Profiles"]] == [True, False]
    assert response["Profiles"][1]["Attributes"]["vip"] == "True"


def test_profiles_of_ones_own_faker() -> None:
    fake = Faker("de_DE")
    fake.add_provider(CustomerProfilesProvider)
    fake.seed_instance(7)
    assert fake.cp_profile("full", FirstName="Ana")["Address"]["Country"] == "DE"


def test_answer_written_by_hand_is_what_the_service_could_give() -> None:
    check("batch_get_profile", {"Profiles": [{"ProfileId": ASKED, "FirstName": "Ana"}]}, request=REQUEST)


def test_answer_that_is_none() -> None:
    answer = {"Profiles": [{"ProfileId": OTHER, "FirstNames": ["Ana"], "LastName": ""}]}
    assert [each.rule for each in validate("batch_get_profile", answer)] == ["unknown", "min"]
    with pytest.raises(InvalidResponse, match="breaks the service model in 4 places"):
        check("batch_get_profile", answer, request=REQUEST)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faker import Faker

from cp_fixtures import CustomerProfilesProvider
from greeting_letters import sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import Exchange


@pytest.fixture
def fake() -> Faker:
    fake = Faker("de_DE")
    fake.add_provider(CustomerProfilesProvider)
    fake.seed_instance(7)
    return fake


def test_profile_beside_the_data_of_a_project(fake: Faker) -> None:
    order = {"number": fake.ean(), "customer": fake.cp_profile(FirstName="Ana", LastName="Weiß")}
    assert order["customer"]["EmailAddress"].startswith("ana.weiss.")
    assert order["customer"]["Address"]["Country"] == "DE"


def test_people_of_ones_own_faker_in_an_answer(
    fake: Faker, cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    ana, bo = fake.cp_profile(), fake.cp_profile("business")
    exchange = cp_batch_get_profile([ana, bo])
    addresses = sort(cp_client, "amazon-connect-example", exchange.request["ProfileIds"]).addresses
    assert addresses == {ana["ProfileId"]: ana["Address"], bo["ProfileId"]: bo["Address"]}


class Danish(CustomerProfilesProvider):
    cp_locale = "da_DK"


def test_people_of_another_locale_than_the_fakers(fake: Faker) -> None:
    fake.add_provider(Danish)
    assert fake.cp_address()["Country"] == "DK"


def test_faker_fixture(faker: Faker) -> None:
    faker.add_provider(CustomerProfilesProvider)
    assert faker.cp_profile()["EmailAddress"] != faker.cp_profile()["EmailAddress"]

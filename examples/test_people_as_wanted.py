from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cp_fixtures import OMIT
from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import Domain, Exchange


def test_what_matters_is_said(cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]) -> None:
    exchange = cp_batch_get_profile([{"FirstName": "Ana"}, {"FirstName": OMIT}, {}])
    names = first_names(cp_client, "amazon-connect-example", exchange.request["ProfileIds"])
    assert len(names) == 2
    assert "Ana" in names.values()


def test_no_name_breaks_the_code(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    exchange = cp_batch_get_profile(profiles=20, preset="tricky")
    names = first_names(cp_client, "amazon-connect-example", exchange.request["ProfileIds"])
    assert max(map(len, names.values())) == 255


@pytest.mark.cp_fixtures(locale="ja_JP")
def test_people_of_another_country(cp_domain: Domain) -> None:
    profile = cp_domain.get(cp_domain.put())
    assert profile["Address"]["Country"] == "JP"


def test_formats_of_real_records(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    exchange = cp_batch_get_profile(profiles=20, messy=True)
    profiles = cp_client.batch_get_profile(**exchange.request)["Profiles"]
    assert len({profile["Address"]["Country"] for profile in profiles}) > 1

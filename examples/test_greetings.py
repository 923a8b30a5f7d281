from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from cp_fixtures import CustomerProfilesStubber, Exchange, samples, stubbed
from cp_fixtures.strategies import batch_get_profile_exchanges
from greetings import greetings

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

ANSWERED = {
    name: each for name, each in samples.ALL.items() if each.operation == "batch_get_profile" and each.error is None
}


@given(exchange=batch_get_profile_exchanges())
@example(exchange=samples.BATCH_GET_PROFILE_ALL_FOUND)
@example(exchange=samples.BATCH_GET_PROFILE_WITHOUT_PROFILES)
def test_nobody_is_greeted_twice(cp_stubbed: type[stubbed], exchange: Exchange) -> None:
    with cp_stubbed(exchange) as stubber:
        said = greetings(stubber.client, exchange.request["ProfileIds"])
    assert len(said) <= len({*exchange.request["ProfileIds"]})


@pytest.mark.parametrize("exchange", ANSWERED.values(), ids=ANSWERED)
def test_whoever_has_a_first_name_is_greeted(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, exchange: Exchange
) -> None:
    cp_stubber.add_exchange(exchange)
    said = greetings(cp_client, exchange.request["ProfileIds"])
    assert len(said) == sum("FirstName" in each for each in exchange.response.get("Profiles", []))

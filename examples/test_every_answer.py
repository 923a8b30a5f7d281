from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from hypothesis import given

from cp_fixtures.cases import errors, variants
from cp_fixtures.strategies import batch_get_profile_exchanges
from passed_in import first_names

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, Exchange, stubbed
    from cp_fixtures.cases import Case

ANSWERED = [case for case in variants("batch_get_profile") if case.value.error_code is None]


@pytest.mark.parametrize("case", ANSWERED, ids=str)
def test_every_legal_answer(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, case: Case[Exchange]
) -> None:
    exchange = cp_stubber.add_exchange(case.value)
    names = first_names(cp_client, exchange.request["DomainName"], exchange.request["ProfileIds"])
    assert names.keys() <= set(exchange.request["ProfileIds"])


@pytest.mark.parametrize("case", errors("batch_get_profile"), ids=str)
def test_every_error(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, case: Case[Exchange]
) -> None:
    exchange = cp_stubber.add_exchange(case.value)
    with pytest.raises(ClientError, match=case.id):
        first_names(cp_client, exchange.request["DomainName"], exchange.request["ProfileIds"])


@given(exchange=batch_get_profile_exchanges(outcomes=["found", "refused", "left_out"]))
def test_any_legal_answer(cp_stubbed: type[stubbed], exchange: Exchange) -> None:
    with cp_stubbed(exchange) as stubber:
        names = first_names(stubber.client, exchange.request["DomainName"], exchange.request["ProfileIds"])
    found = exchange.response["Profiles"]
    assert names == {each["ProfileId"]: each["FirstName"] for each in found if "FirstName" in each}

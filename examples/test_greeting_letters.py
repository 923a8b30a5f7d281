from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greeting_letters import sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import Domain, Exchange

DOMAIN = "amazon-connect-example"
ANA, BO, CY, DI = (digit * 32 for digit in "abcd")


def test_who_is_not_there_is_gone(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    exchange = cp_batch_get_profile(profiles=2, errors=1)
    ids = exchange.request["ProfileIds"]
    assert sort(cp_client, DOMAIN, ids).gone == {ids[2]}


def test_every_kind_of_failure(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    cp_batch_get_profile(
        profiles=1,
        errors=[{"Message": "Gone for good"}, {"Code": "InternalServerException", "Message": "Try again"}],
        left_out=1,
        profile_ids=[ANA, BO, CY, DI],
    )
    addresses, gone, later = sort(cp_client, DOMAIN, [ANA, BO, CY, DI])
    assert (set(addresses), gone, later) == ({ANA}, {BO}, {CY, DI})


@pytest.mark.parametrize("code", ["AccessDeniedException", "ThrottlingException", "404", "a code of tomorrow"])
def test_code_that_nobody_has_documented(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange], code: str
) -> None:
    cp_batch_get_profile(errors=2, error_code=code, profile_ids=[ANA, BO, CY])
    assert sort(cp_client, DOMAIN, [ANA, BO, CY]).later == {BO, CY}


def test_list_that_is_left_out_where_it_would_be_empty(
    cp_client: CustomerProfilesClient, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    cp_batch_get_profile(profiles=0, errors=2, profile_ids=[ANA, BO], omit_empty=True)
    assert sort(cp_client, DOMAIN, [ANA, BO]).gone == {ANA, BO}


def test_failure_in_a_world(cp_client: CustomerProfilesClient, cp_domain: Domain) -> None:
    ana, bo = cp_domain.put_many(2)
    cp_domain.refuse(bo, code="InternalServerException")
    addresses, gone, later = sort(cp_client, cp_domain.name, [ana, bo, CY])
    assert (set(addresses), gone, later) == ({ana}, {CY}, {bo})

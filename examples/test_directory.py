from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory import first_names

if TYPE_CHECKING:
    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, Domain


@pytest.mark.parametrize("count", [1, 20, 21, 40, 41])
def test_any_number_of_people(cp_client: CustomerProfilesClient, cp_domain: Domain, count: int) -> None:
    ids = cp_domain.put_many(count)
    assert len(list(first_names(cp_client, cp_domain.name, ids))) == count


def test_everybody_is_asked_for_once(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain
) -> None:
    ids = cp_domain.put_many(41)
    list(first_names(cp_client, cp_domain.name, ids))
    assert [len(call.params["ProfileIds"]) for call in cp_stubber.calls] == [20, 20, 1]
    cp_stubber.assert_ids_asked(ids)


def test_nobody_is_asked_for_where_there_is_nobody(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber
) -> None:
    assert list(first_names(cp_client, "amazon-connect-example", [])) == []
    cp_stubber.assert_not_called("batch_get_profile")

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import at_import
from cp_fixtures import stubbed

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import Exchange


def event(profile_id: str) -> dict[str, Any]:
    return {"Details": {"Parameters": {"ProfileId": profile_id}}}


@pytest.fixture
def cp_client() -> CustomerProfilesClient:
    return at_import.PROFILES


def test_caller_is_greeted_by_name(cp_batch_get_profile: Callable[..., Exchange]) -> None:
    cp_batch_get_profile([{"FirstName": "Ana"}], profile_ids=["0f" * 16])
    assert at_import.handler(event("0f" * 16), None) == {"greeting": "Hello Ana."}


def test_unknown_caller_is_greeted_all_the_same(cp_batch_get_profile: Callable[..., Exchange]) -> None:
    exchange = cp_batch_get_profile(profiles=0, errors=1)
    assert at_import.handler(event(*exchange.request["ProfileIds"]), None) == {"greeting": "Hello."}


def test_same_without_fixtures() -> None:
    with stubbed(client=at_import.PROFILES) as stubber:
        stubber.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=["0f" * 16])
        assert at_import.handler(event("0f" * 16), None) == {"greeting": "Hello Ana."}

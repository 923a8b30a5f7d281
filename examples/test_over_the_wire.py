from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

import inside
from cp_fixtures import Slow, stubbed
from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesWire, Exchange

DOMAIN = "amazon-connect-example"
IDS = [f"{number:032x}" for number in range(2)]


@pytest.fixture
def cp_client(cp_aws_env: None) -> CustomerProfilesClient:  # noqa: ARG001 - boto3 looks for credentials
    config = Config(retries={"mode": "adaptive", "total_max_attempts": 5}, read_timeout=5)
    return boto3.client("customer-profiles", region_name="us-east-1", config=config)


def test_configuration_of_ones_own(cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire) -> None:
    cp_wire.add_batch_get_profile(profile_ids=IDS, attempts=["ThrottlingException", ConnectionError, Slow(6), 503])
    assert list(first_names(cp_client, DOMAIN, IDS)) == IDS
    assert [attempt.seconds for attempt in cp_wire.attempts] == [0, 0, 5, 0, 0]
    assert all(attempt.sleep is not None for attempt in cp_wire.attempts[:-1])


def test_shortcut_uses_the_wire(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, cp_batch_get_profile: Callable[..., Exchange]
) -> None:
    cp_batch_get_profile(profile_ids=IDS)
    first_names(cp_client, DOMAIN, IDS)
    assert [attempt.method for attempt in cp_wire.attempts] == ["POST"]


@pytest.mark.usefixtures("cp_intercept")
def test_client_out_of_reach(cp_wire: CustomerProfilesWire) -> None:
    cp_wire.add_batch_get_profile([{"EmailAddress": "ana@example.com"}], profile_ids=IDS[:1], attempts=[503])
    assert inside.email_of(IDS[0]) == "ana@example.com"


def test_block() -> None:
    with stubbed(wire=True) as wire:
        wire.add_batch_get_profile(profile_ids=IDS, attempts=[TimeoutError])
        assert list(first_names(wire.client, DOMAIN, IDS)) == IDS
    assert [type(attempt.answer).__name__ for attempt in wire.attempts] == ["ReadTimeoutError", "HTTPAnswer"]

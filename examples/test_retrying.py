from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import HTTPAnswer, Slow
from cp_fixtures.cases import transport_faults
from retrying import NotFetched, fetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesWire
    from cp_fixtures.cases import Case

DOMAIN = "amazon-connect-example"
IDS = [f"{number:032x}" for number in range(20)]


@pytest.fixture
def pauses() -> list[float]:
    return []


def test_third_try_of_botocore_succeeds(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    cp_wire.add_batch_get_profile(profile_ids=IDS, attempts=["ThrottlingException", ConnectionError])
    found, _ = fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert list(found) == IDS
    assert [attempt.number for attempt in cp_wire.attempts] == [1, 2, 3]
    assert pauses == []


def test_pause_of_its_own_where_no_try_succeeds(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    cp_wire.add_error("batch_get_profile", "ThrottlingException", profile_ids=IDS)
    cp_wire.add_batch_get_profile(profile_ids=IDS)
    found, _ = fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert list(found) == IDS
    assert [(attempt.call, attempt.number) for attempt in cp_wire.attempts] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert pauses == [1]


@pytest.mark.cp_fixtures(retries=1)
def test_pause_of_its_own_at_once_where_botocore_tries_once(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    exchange = cp_wire.add_batch_get_profile(profile_ids=IDS, attempts=[ConnectionError])
    cp_wire.add_exchange(exchange)
    fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert pauses == [1]


def test_end_of_its_patience(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    cp_wire.add_error("batch_get_profile", "InternalServerException", profile_ids=IDS, times=4)
    with pytest.raises(NotFetched, match=r"^20 of 20 ids$"):
        fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert len(cp_wire.attempts) == 4 * 3
    assert pauses == [1, 10, 60]


def test_refusal_of_the_whole_call_is_not_asked_for_again(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, cp_raises: Callable[..., Any]
) -> None:
    cp_wire.add_error("batch_get_profile", "AccessDeniedException")
    with cp_raises("AccessDeniedException"):
        fetch(cp_client, DOMAIN, IDS)
    assert len(cp_wire.attempts) == 1


def test_one_id_of_twenty_is_asked_for_again(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    cp_wire.add_batch_get_profile(errors=1, profile_ids=IDS, error_code="ThrottlingException")
    cp_wire.add_batch_get_profile(profile_ids=IDS[19:])
    found, refused = fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert (list(found), refused) == (IDS, {})
    assert [call.params["ProfileIds"] for call in cp_wire.calls] == [IDS, IDS[19:]]
    assert pauses == [1]


def test_id_that_does_not_exist_is_not(cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire) -> None:
    cp_wire.add_batch_get_profile(errors=1, profile_ids=IDS)
    found, refused = fetch(cp_client, DOMAIN, IDS)
    assert (list(found), refused) == (IDS[:19], {IDS[19]: "ResourceNotFoundException"})


def test_answer_that_is_too_late(cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire) -> None:
    cp_wire.add_batch_get_profile(profile_ids=IDS, attempts=[Slow(59, 503), Slow(61)])
    fetch(cp_client, DOMAIN, IDS)
    # A client of boto3 waits for 60 seconds.
    assert [attempt.seconds for attempt in cp_wire.attempts] == [59, 60, 0]


def test_gateway_that_answers_for_the_service(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, pauses: list[float]
) -> None:
    gateway = HTTPAnswer(504, b"<html>Gateway Time-out</html>", (("content-type", "text/html"),))
    exchange = cp_wire.add_batch_get_profile(profile_ids=IDS, attempts=[gateway] * 3)
    cp_wire.add_exchange(exchange)
    found, _ = fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert (list(found), pauses) == (IDS, [1])


@pytest.mark.parametrize("fault", transport_faults("batch_get_profile"), ids=str)
def test_no_fault_is_taken_for_an_answer(
    cp_client: CustomerProfilesClient,
    cp_wire: CustomerProfilesWire,
    pauses: list[float],
    fault: Case[Callable[[HTTPAnswer], HTTPAnswer]],
) -> None:
    exchange = cp_wire.add_batch_get_profile(profiles=19, errors=1, profile_ids=IDS, attempts=[fault.value])
    cp_wire.add_exchange(exchange, optional=True)
    found, refused = fetch(cp_client, DOMAIN, IDS, sleep=pauses.append)
    assert (list(found), list(refused)) == (IDS[:19], IDS[19:])

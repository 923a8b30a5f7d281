from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

import pytest

from campaign import Campaign, NotReconciled, send
from cp_fixtures import Domain, Exchange, stubbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber, CustomerProfilesWire

KEY, SEGMENT = "newsletter", "spring"
WANTED = {KEY: "yes"}


def reached(client: CustomerProfilesClient, domain: Domain) -> list[str]:
    outbox: list[Any] = []
    send(client, Campaign(domain.name, SEGMENT, KEY, "yes"), outbox.append)
    return [profile["ProfileId"] for profile in outbox]


def test_everybody_in_the_segment_is_reached(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain
) -> None:
    ids = cp_domain.put_many(250, Attributes=WANTED)
    cp_domain.put_many(50)
    cp_domain.segment(SEGMENT).add(ids[:101])
    assert reached(cp_client, cp_domain) == ids[:101]
    asked = [len(call.params.get("ProfileIds", [])) for call in cp_stubber.calls]
    assert asked == [0, 0, 0, 100, 100, 50, 20, 20, 20, 20, 20, 1]


def test_segment_is_whoever_lives_in_paris(cp_client: CustomerProfilesClient, cp_domain: Domain) -> None:
    ana = cp_domain.put({"FirstName": "Ana"}, Address__City="Paris", Attributes=WANTED)
    cp_domain.put({"FirstName": "Bo"}, Address__City="Rome", Attributes=WANTED)
    cp_domain.segment(SEGMENT).where(lambda profile: profile["Address"]["City"] == "Paris")
    assert reached(cp_client, cp_domain) == [ana]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [({"errors": 1}, "of 2 ids: 1 failed, 1 left out"), ({"left_out": 1}, "of 2 ids: 1 left out")],
)
def test_who_is_gone_in_between_ends_the_run(
    cp_client: CustomerProfilesClient,
    cp_stubber: CustomerProfilesStubber,
    cp_domain: Domain,
    answer: Any,
    problem: str,
) -> None:
    ids = cp_domain.put_many(2, Attributes=WANTED)
    cp_domain.segment(SEGMENT).add(ids)
    cp_stubber.add_batch_get_profile(profile_ids=ids, domain_name=cp_domain.name, **answer)
    with pytest.raises(NotReconciled, match=f"^{problem}$"):
        reached(cp_client, cp_domain)


def test_answer_about_somebody_else_ends_the_run(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain
) -> None:
    asked, other = cp_domain.put_many(2, Attributes=WANTED)
    cp_domain.remove(other)
    cp_domain.segment(SEGMENT).add(asked)
    request = {"DomainName": cp_domain.name, "ProfileIds": [asked]}
    response = {"Profiles": [{"ProfileId": asked}, {"ProfileId": other}]}
    cp_stubber.add_exchange(
        Exchange("batch_get_profile", request=request, response=response, ignore={"outcome_unasked"})
    )
    with pytest.raises(NotReconciled, match=r"^of 1 ids: 1 not asked for$"):
        reached(cp_client, cp_domain)


def test_id_that_always_fails_ends_the_run(cp_client: CustomerProfilesClient, cp_domain: Domain) -> None:
    ids = cp_domain.put_many(120, Attributes=WANTED)
    cp_domain.segment(SEGMENT).add(ids)
    cp_domain.refuse(ids[110])
    with pytest.raises(NotReconciled, match=r"^of 20 ids: 1 failed, 1 left out$"):
        reached(cp_client, cp_domain)


def test_error_of_a_later_call_ends_the_run(
    cp_client: CustomerProfilesClient, cp_domain: Domain, cp_raises: Callable[..., Any]
) -> None:
    cp_domain.segment(SEGMENT).add(cp_domain.put_many(3, Attributes=WANTED))
    cp_domain.fail_next("batch_get_profile", "InternalServerException")
    with cp_raises("InternalServerException"):
        reached(cp_client, cp_domain)
    assert len(reached(cp_client, cp_domain)) == 3


def test_every_try_of_the_third_call_is_throttled(
    cp_client: CustomerProfilesClient, cp_wire: CustomerProfilesWire, cp_domain: Domain, cp_raises: Callable[..., Any]
) -> None:
    cp_domain.segment(SEGMENT).add(cp_domain.put_many(3, Attributes=WANTED))
    cp_domain.throttle(every=3)
    with cp_raises("ThrottlingException"):
        reached(cp_client, cp_domain)
    assert [(attempt.call, attempt.number) for attempt in cp_wire.attempts] == [(1, 1), (2, 1), (3, 1), (3, 2), (3, 3)]


@pytest.fixture(scope="module")
def town() -> Domain:
    domain = Domain("amazon-connect-town")
    domain.segment(SEGMENT).add(domain.put_many(60, Attributes=WANTED))
    return domain


@pytest.fixture
def shared(town: Domain, cp_stubber: CustomerProfilesStubber) -> Iterator[Domain]:
    cp_stubber.answer_from(town)
    with town.preserved():
        yield town


def test_who_has_left_is_not_reached(cp_client: CustomerProfilesClient, shared: Domain) -> None:
    shared.remove(shared.ids[0])
    assert len(reached(cp_client, shared)) == 59


def test_who_has_come_is_reached(cp_client: CustomerProfilesClient, shared: Domain) -> None:
    shared.segment(SEGMENT).add(shared.put(Attributes=WANTED))
    assert len(reached(cp_client, shared)) == 61


class TestUnderUnittest(unittest.TestCase):
    def test_nobody_found(self) -> None:
        domain = Domain()
        with stubbed(domain) as stubber:
            self.assertEqual(reached(stubber.client, domain), [])  # noqa: PT009 - unittest's way
        stubber.assert_called_once("search_profiles", DomainName=domain.name)

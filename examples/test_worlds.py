from __future__ import annotations

from typing import TYPE_CHECKING, Any

import inside
from cp_fixtures import Domain, stubbed
from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber

ANA, BO = "0f" * 16, "1e" * 16


def spring() -> Domain:
    domain = Domain("amazon-connect-spring", unknown_ids="left_out")
    domain.put({"ProfileId": ANA, "FirstName": "Ana", "Attributes": {"newsletter": "yes"}})
    domain.put({"ProfileId": BO, "FirstName": "Bo"})
    domain.segment("readers").where(lambda profile: profile.get("Attributes", {}).get("newsletter") == "yes")
    domain.refuse("2d" * 16)
    return domain


def test_profiles() -> None:
    domain = Domain()
    ana = domain.put({"FirstName": "Ana"})  # the rest is made up, the id too
    bo = domain.put(FirstName="Bo", Address__City="Paris", preset="business")
    domain.put({"ProfileId": ana, "FirstName": "Ann"})  # whole as it is, in the place of Ana
    ten = domain.put_many(10, Attributes={"newsletter": "yes"})
    domain.remove(ten[9])
    assert domain.ids == (ana, bo, *ten[:9])
    assert domain.get(ana) == {"ProfileId": ana, "FirstName": "Ann"}


def test_name_that_the_code_has(cp_intercept: CustomerProfilesStubber) -> None:
    domain = Domain("amazon-connect-example")
    ana = domain.put(FirstName="Ana", EmailAddress="ana@example.com")
    cp_intercept.answer_from(domain)
    assert inside.email_of(ana) == "ana@example.com"


def test_segments() -> None:
    domain = Domain()
    ids = domain.put_many([{"FirstName": "Ana"}, {"FirstName": "Bo"}, {"FirstName": "Cy"}])
    segment = domain.segment("spring").where(lambda profile: profile["FirstName"] == "Ana")
    segment.add(ids[1:]).discard(ids[2])
    assert list(segment.members) == ids[:2]
    domain.put({"ProfileId": ids[0], "FirstName": "Ann"})
    assert list(segment.members) == ids[1:2]


def test_ids_that_fail(cp_client: CustomerProfilesClient, cp_domain: Domain) -> None:
    ana = cp_domain.put(FirstName="Ana")
    cp_domain.refuse(ana, code="AccessDeniedException", message="Not yours", status=403)
    answer = cp_client.batch_get_profile(DomainName=cp_domain.name, ProfileIds=[ana, BO])
    assert answer["Errors"] == [
        {"ProfileId": ana, "Code": "AccessDeniedException", "Message": "Not yours"},
        {"ProfileId": BO, "Code": "ResourceNotFoundException", "Message": "Profile not found"},
    ]


def test_calls_that_fail(cp_client: CustomerProfilesClient, cp_domain: Domain, cp_raises: Callable[..., Any]) -> None:
    ana = cp_domain.put(FirstName="Ana")
    cp_domain.fail_next("batch_get_profile", "InternalServerException", times=2)
    for _ in range(2):
        with cp_raises("InternalServerException"):
            first_names(cp_client, cp_domain.name, [ana])
    assert first_names(cp_client, cp_domain.name, [ana]) == {ana: "Ana"}


def test_stubs_come_first(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber, cp_domain: Domain
) -> None:
    ana, bo = cp_domain.put_many([{"FirstName": "Ana"}, {"FirstName": "Bo"}])
    cp_stubber.add_batch_get_profile(profile_ids=[ana, bo], left_out=1)
    assert first_names(cp_client, cp_domain.name, [ana, bo]).keys() == {ana}
    assert first_names(cp_client, cp_domain.name, [ana, bo]) == {ana: "Ana", bo: "Bo"}


def test_two_domains_side_by_side() -> None:
    here, there = Domain("amazon-connect-here"), Domain("amazon-connect-there")
    ana = there.put(FirstName="Ana")
    with stubbed(here, there) as stubber:
        assert first_names(stubber.client, here.name, [ana]) == {}
        assert first_names(stubber.client, there.name, [ana]) == {ana: "Ana"}


def test_snapshot_and_rollback() -> None:
    domain = Domain()
    ids = domain.put_many(3)
    before = domain.snapshot()
    domain.remove(ids[0])
    domain.put_many(5)
    domain.rollback(before)
    assert domain.ids == tuple(ids)


def test_file(tmp_path: Path) -> None:
    spring().dump(tmp_path / "spring.jsonl")
    domain = Domain.load(tmp_path / "spring.jsonl")
    assert domain.ids == (ANA, BO)
    assert domain.segment("readers").members == (ANA,)

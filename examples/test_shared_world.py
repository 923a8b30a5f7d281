from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cp_fixtures import Domain
from directory import first_names
from greeting_letters import sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_customer_profiles import CustomerProfilesClient

    from cp_fixtures import CustomerProfilesStubber


@pytest.fixture(scope="module")
def town() -> Domain:
    domain = Domain("amazon-connect-town")
    domain.put_many(1000)
    return domain


@pytest.fixture
def world(town: Domain, cp_stubber: CustomerProfilesStubber) -> Iterator[Domain]:
    cp_stubber.answer_from(town)
    with town.preserved():
        yield town


def test_everybody_has_a_name(cp_client: CustomerProfilesClient, world: Domain) -> None:
    assert len(list(first_names(cp_client, world.name, world.ids))) == 1000


def test_who_has_left_is_gone(cp_client: CustomerProfilesClient, world: Domain) -> None:
    first, *_ = world.ids
    world.remove(first)
    assert sort(cp_client, world.name, [first]).gone == {first}


def test_who_has_come_is_there(cp_client: CustomerProfilesClient, world: Domain) -> None:
    new = world.put_many([{"FirstName": "Yun"}, {"FirstName": "Zoe"}])
    assert list(first_names(cp_client, world.name, new)) == ["Yun", "Zoe"]


def test_nobody_of_another_test_is_there(world: Domain) -> None:
    assert len(world) == 1000

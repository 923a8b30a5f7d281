from __future__ import annotations

import sys
import unittest
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import CustomerProfilesStubber, Exchange, stubbed
from passed_in import first_names

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN, ID = "amazon-connect-example", "0f" * 16
ANA = Exchange(
    "batch_get_profile",
    request={"DomainName": DOMAIN, "ProfileIds": [ID]},
    response={"Profiles": [{"ProfileId": ID, "FirstName": "Ana"}], "Errors": []},
)


class TestUnderUnittest(unittest.TestCase):
    def test_block(self) -> None:
        with stubbed(ANA) as stubber:
            self.assertEqual(first_names(stubber.client, DOMAIN, [ID]), {ID: "Ana"})  # noqa: PT009 - unittest's way

    if sys.version_info >= (3, 11):

        def test_whole_test(self) -> None:
            stubber = self.enterContext(stubbed(ANA))
            self.assertEqual(first_names(stubber.client, DOMAIN, [ID]), {ID: "Ana"})  # noqa: PT009 - as above


@pytest.fixture(scope="module")
def everybody_is_ana() -> Iterator[CustomerProfilesStubber]:
    with stubbed() as stubber:
        stubber.add_callable("batch_get_profile", all_called_ana, times=None)
        yield stubber


def all_called_ana(params: dict[str, Any]) -> dict[str, Any]:
    return {"Profiles": [{"ProfileId": each, "FirstName": "Ana"} for each in params["ProfileIds"]], "Errors": []}


@pytest.mark.parametrize("count", [1, 20])
def test_stubber_of_a_whole_module(everybody_is_ana: CustomerProfilesStubber, count: int) -> None:
    ids = [f"{number:032x}" for number in range(count)]
    assert first_names(everybody_is_ana.client, DOMAIN, ids) == dict.fromkeys(ids, "Ana")


@given(found=st.integers(1, 10), refused=st.integers(0, 10), shuffle=st.booleans())
def test_whatever_the_service_answers(cp_stubbed: type[stubbed], *, found: int, refused: int, shuffle: bool) -> None:
    with cp_stubbed() as stubber:
        exchange = stubber.add_batch_get_profile(found, refused, shuffle=shuffle)
        names = first_names(stubber.client, DOMAIN, exchange.request["ProfileIds"])
    assert set(names) == set(exchange.request["ProfileIds"][:found])

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures.strategies import batch_get_profile_exchanges, profiles
from directory import first_names

if TYPE_CHECKING:
    from cp_fixtures import Exchange, stubbed

ANA_OR_BO = profiles(FirstName=st.sampled_from(["Ana", "Bo"]))


@given(exchange=batch_get_profile_exchanges(profiles=ANA_OR_BO, max_ids=5, shuffle=st.booleans()))
def test_answer_with_known_names(cp_stubbed: type[stubbed], exchange: Exchange) -> None:
    with cp_stubbed(exchange) as stubber:
        names = first_names(stubber.client, exchange.request["DomainName"], exchange.request["ProfileIds"])
        assert {*names} <= {"Ana", "Bo"}


@given(exchange=batch_get_profile_exchanges(profiles=profiles(kind="any"), max_ids=3))
def test_answer_with_whatever_the_model_allows(cp_stubbed: type[stubbed], exchange: Exchange) -> None:
    with cp_stubbed(exchange) as stubber:
        names = list(first_names(stubber.client, exchange.request["DomainName"], exchange.request["ProfileIds"]))
    assert names == [profile.get("FirstName", "") for profile in exchange.response["Profiles"]]

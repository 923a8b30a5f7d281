"""What a type checker knows of our dicts, and that it takes them for those of boto3's stubs, and those for ours.

mypy and pyright read this file under their strict rules: a comment that ignores an error which is none is an error too.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis.strategies import SearchStrategy
from typing_extensions import assert_type

from cp_fixtures import CustomerProfilesStubber, CustomerProfilesWire, Exchange, ProfileFactory, stubbed, types
from cp_fixtures.cases import errors
from cp_fixtures.exchanges import BatchGetProfileExchange, GetSegmentMembershipExchange
from cp_fixtures.strategies import addresses, batch_get_profile_exchanges, profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    import mypy_boto3_customer_profiles.type_defs as mypy_boto3
    import types_boto3_customer_profiles.type_defs as types_boto3
    from mypy_boto3_customer_profiles import CustomerProfilesClient
    from types_boto3_customer_profiles import CustomerProfilesClient as Client

IDS = ["0f" * 16, "1e" * 16]


def test_editor_knows_what_is_in_an_exchange() -> None:
    """From the operation down to a member of a profile, and which members and values there are."""
    with stubbed() as stubber:
        exchange = stubber.add_batch_get_profile([{"FirstName": "Ana"}])
        stubber.client.batch_get_profile(**exchange.request)
    assert_type(exchange, BatchGetProfileExchange)
    assert_type(exchange.request["ProfileIds"], list[str])
    profile = exchange.response["Profiles"][0]
    assert_type(profile, types.Profile)
    assert_type(profile.get("FirstName"), str | None)
    assert_type(profile.get("Gender"), types.Gender | None)
    with pytest.raises(KeyError):
        profile["FirstNames"]  # type: ignore[typeddict-item]
    assert_type(exchange.response["Errors"], list[types.BatchGetProfileError])
    assert_type(exchange.response["ResponseMetadata"]["HTTPStatusCode"], int)


def test_editor_knows_the_other_operation() -> None:
    """The result of an id, its profile, and the time of the segment."""
    with stubbed(wire=True) as wire:
        exchange = wire.add_get_segment_membership(1, optional=True)
    assert_type(wire, CustomerProfilesWire)
    assert_type(exchange, GetSegmentMembershipExchange)
    result = exchange.response["Profiles"][0]
    assert_type(result["QueryResult"], types.QueryResult)
    assert_type(result.get("Profile"), types.Profile | None)
    assert_type(exchange.response["Failures"], list[types.ProfileQueryFailures])
    if "LastComputedAt" in exchange.response:
        assert_type(exchange.response["LastComputedAt"], dt.datetime)


def test_exchange_made_by_hand_is_known_likewise() -> None:
    """By its operation; one without a request, or of any operation, may hold anything."""
    made = Exchange(
        "batch_get_profile",
        request={"DomainName": "d", "ProfileIds": IDS[:1]},
        response={"Profiles": [{"ProfileId": IDS[0]}], "Errors": []},
    )
    assert_type(made, BatchGetProfileExchange)
    any_request = Exchange("batch_get_profile", response={"Profiles": [], "Errors": []})
    assert_type(any_request, Exchange[Any, Any])
    assert_type(errors("batch_get_profile")[0].value, Exchange[Any, Any])
    with stubbed(made) as stubber:
        assert_type(stubber, CustomerProfilesStubber)
        assert_type(stubber.add_exchange(made, optional=True), BatchGetProfileExchange)
        stubber.client.batch_get_profile(**made.request)


def test_factories_and_strategies_make_profiles() -> None:
    """Not just any dicts."""
    factory = ProfileFactory()
    assert_type(factory.build(), types.Profile)
    assert_type(factory.build_batch(2), list[types.Profile])
    assert_type(profiles(), SearchStrategy[types.Profile])
    assert_type(addresses(), SearchStrategy[types.Address])
    assert_type(batch_get_profile_exchanges(), SearchStrategy[BatchGetProfileExchange])


def test_shortcut_can_be_annotated(cp_batch_get_profile: Callable[..., BatchGetProfileExchange]) -> None:
    """So that what it makes is known in the test, too."""
    exchange = cp_batch_get_profile(optional=True)
    assert_type(exchange.response["Profiles"], list[types.Profile])


def names_for_mypy_boto3(response: mypy_boto3.BatchGetProfileResponseTypeDef) -> list[str]:
    """Code under test, typed by the stubs of boto3."""
    return [name for each in response["Profiles"] if (name := name_for_types_boto3(each))]


def name_for_types_boto3(profile: types_boto3.ProfileTypeDef) -> str | None:
    """Code of somebody who has the other package of stubs."""
    return profile.get("FirstName")


def test_ours_are_theirs(cp_stubber: CustomerProfilesStubber) -> None:
    """Whatever takes a dict of the stubs takes one of ours, of either package, whole or a part."""
    batch = cp_stubber.add_batch_get_profile([{"FirstName": "Ana"}], 1, optional=True).response
    segment = cp_stubber.add_get_segment_membership(1, 1, 1, optional=True).response
    assert names_for_mypy_boto3(batch) == ["Ana"]
    a: mypy_boto3.GetSegmentMembershipResponseTypeDef = segment
    b: types_boto3.GetSegmentMembershipResponseTypeDef = segment
    c: types_boto3.BatchGetProfileResponseTypeDef = batch
    d: list[mypy_boto3.BatchGetProfileErrorTypeDef] = batch["Errors"]
    e: list[types_boto3.ProfileQueryResultTypeDef] = segment["Profiles"]
    f: list[mypy_boto3.ProfileQueryFailuresTypeDef] = segment["Failures"]
    made: mypy_boto3.ProfileTypeDef = ProfileFactory().build()
    assert all((a, b, c, d, e, f, made))


def test_a_client_of_theirs_takes_our_request(
    cp_client: CustomerProfilesClient, cp_stubber: CustomerProfilesStubber
) -> None:
    """And what it returns is one of our responses, the same for the other package."""
    exchange = cp_stubber.add_batch_get_profile()
    response: types.BatchGetProfileResponse = cp_client.batch_get_profile(**exchange.request)
    assert response["Profiles"] == exchange.response["Profiles"]


def absent(client: Client, request: types.GetSegmentMembershipRequest) -> list[types.ProfileQueryResult]:
    """Code of somebody who has our types alone, with a client of the other package."""
    response: types.GetSegmentMembershipResponse = client.get_segment_membership(**request)
    return [each for each in response["Profiles"] if each["QueryResult"] == "ABSENT"]


def test_a_client_of_the_other_package_likewise(cp_client: Client, cp_stubber: CustomerProfilesStubber) -> None:
    """It makes no difference which of the two somebody has."""
    exchange = cp_stubber.add_get_segment_membership(1, 2)
    results: list[types_boto3.ProfileQueryResultTypeDef] = absent(cp_client, exchange.request)
    assert results == exchange.response["Profiles"][1:]


class Theirs(NamedTuple):
    """Every dict of the stubs that is not whole in a response of theirs."""

    profile: mypy_boto3.ProfileTypeDef
    address: types_boto3.AddressTypeDef
    error: mypy_boto3.BatchGetProfileErrorTypeDef
    result: types_boto3.ProfileQueryResultTypeDef
    failure: mypy_boto3.ProfileQueryFailuresTypeDef
    preferences: mypy_boto3.EngagementPreferencesOutputTypeDef
    contact: types_boto3.ContactPreferenceTypeDef
    found_by: mypy_boto3.FoundByKeyValueTypeDef
    metadata: types_boto3.ResponseMetadataTypeDef


class Ours(NamedTuple):
    """The same, as our types."""

    profile: types.Profile
    address: types.Address
    error: types.BatchGetProfileError
    result: types.ProfileQueryResult
    failure: types.ProfileQueryFailures
    preferences: types.EngagementPreferences
    contact: types.ContactPreference
    found_by: types.FoundByKeyValue
    metadata: types.ResponseMetadata


def test_theirs_are_ours() -> None:
    """A type checker would say otherwise, for one kind of dict or for the other, in the last line but one."""
    values: list[Any] = [{} for _ in Theirs._fields]
    theirs = Theirs(*values)
    ours = Ours(*theirs)
    assert theirs == Theirs(*ours)

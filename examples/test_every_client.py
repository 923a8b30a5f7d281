from __future__ import annotations

import asyncio
import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

import at_import
import below_boto3
import inside
import lazily
from cp_fixtures import Refused, VerdictError, stubbed
from own_session import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures import CustomerProfilesStubber

IDS = [f"{number:032x}" for number in range(50)]


def test_client_made_inside_a_function(cp_intercept: CustomerProfilesStubber) -> None:
    cp_intercept.add_batch_get_profile([{"EmailAddress": "ana@example.com"}], profile_ids=IDS[:1])
    assert inside.email_of(IDS[0]) == "ana@example.com"


def test_client_made_lazily_and_shared_by_threads(cp_intercept: CustomerProfilesStubber) -> None:
    for start in (0, 20, 40):
        cp_intercept.add_batch_get_profile(errors=1, profile_ids=IDS[start : start + 20])
    assert len(lazily.known(IDS)) == 47
    cp_intercept.assert_ids_asked(IDS)


def test_client_of_a_session_of_its_own(cp_intercept: CustomerProfilesStubber) -> None:
    exchange = cp_intercept.add_get_segment_membership(present=2, absent=1, domain_name="amazon-connect-example")
    segment, ids = exchange.request["SegmentDefinitionName"], exchange.request["ProfileIds"]
    assert len(Segments("amazon-connect-example").members(segment, ids)) == 2
    cp_intercept.assert_called_once("get_segment_membership", SegmentDefinitionName=segment)


def test_client_made_below_boto3(cp_intercept: CustomerProfilesStubber) -> None:
    cp_intercept.add_batch_get_profile(profiles=2, errors=1, profile_ids=IDS[:3])
    assert below_boto3.count(IDS[:3]) == 2


def test_client_made_at_import(cp_intercept: CustomerProfilesStubber) -> None:
    cp_intercept.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=IDS[:1])
    event = {"Details": {"Parameters": {"ProfileId": IDS[0]}}}
    assert at_import.handler(event, None) == {"greeting": "Hello Ana."}


def test_from_asyncio(cp_intercept: CustomerProfilesStubber) -> None:
    cp_intercept.add_batch_get_profile(profiles=1, profile_ids=IDS[:1])
    assert asyncio.run(asyncio.to_thread(below_boto3.count, IDS[:1])) == 1


CALLS: dict[str, Callable[[Any], object]] = {
    "at_import": lambda module: module.handler({"Details": {"Parameters": {"ProfileId": IDS[0]}}}, None),
    "below_boto3": lambda module: module.count(IDS[:1]),
    "inside": lambda module: module.email_of(IDS[0]),
    "lazily": lambda module: module.known(IDS[:1]),
    "own_session": lambda module: module.Segments("amazon-connect-example").members("segment-example", IDS[:1]),
}


@pytest.mark.usefixtures("cp_aws_env")
@pytest.mark.parametrize("name", CALLS)
def test_imported_only_now(cp_intercept: CustomerProfilesStubber, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    cp_intercept.add_batch_get_profile(profile_ids=IDS[:1], optional=True)
    cp_intercept.add_get_segment_membership(
        profile_ids=IDS[:1], segment_definition_name="segment-example", optional=True
    )
    monkeypatch.delitem(sys.modules, name)
    CALLS[name](importlib.import_module(name))
    assert [call.fate for call in cp_intercept.calls] == ["answered"]


def test_everywhere_without_fixtures() -> None:
    with stubbed(everywhere=True) as stubber:
        stubber.add_batch_get_profile(profiles=1, profile_ids=IDS[:1])
        assert below_boto3.count(IDS[:1]) == 1


def test_forgotten_cp_intercept_is_told(cp_stubber: CustomerProfilesStubber) -> None:
    cp_stubber.add_batch_get_profile(profile_ids=IDS[:1], optional=True)
    with pytest.raises(Refused, match=r"inside.py:11, in email_of.*Give the code cp_client, or ask for cp_intercept"):
        inside.email_of(IDS[0])
    with pytest.raises(VerdictError, match="1 call that nobody stubbed"):
        cp_stubber.judge()


def test_forgotten_everywhere_is_told_although_it_is_swallowed() -> None:
    with pytest.raises(VerdictError, match=r"below_boto3.py:24, in count"), stubbed():
        assert below_boto3.count(IDS[:1]) == 0

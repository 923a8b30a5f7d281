"""A domain, driven through a real client, against a plain dict: nothing is lost, invented or answered twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, multiple, rule

from cp_fixtures import Domain, strategies, stubbed
from cp_fixtures.exchanges import Assembler
from cp_fixtures.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEGMENTS = ("vip", "lapsed")
COUNTRIES = st.sampled_from(["USA", "CAN", "MEX"])


def chunks(ids: list[str], most: int) -> list[list[str]]:
    """The ids, as many at a time as a call takes."""
    return [ids[start : start + most] for start in range(0, len(ids), most)]


class Oracle(RuleBasedStateMachine):
    """Everything is done twice, to the domain and to a dict; whoever asks the client has to get what the dict says."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.block = stubbed(domain := Domain("example"))
        self.domain, self.client = domain, self.block.__enter__().client
        self.profiles: dict[str, dict[str, Any]] = {}
        self.members: dict[str, set[str]] = {name: set() for name in SEGMENTS}
        for name in SEGMENTS:
            domain.segment(name)

    def teardown(self) -> None:
        """The verdict of the block: every call was a legal one."""
        self.block.__exit__(None, None, None)

    @rule(target=ids, profile=strategies.profiles())
    def put(self, profile: dict[str, Any]) -> str:
        """A whole profile."""
        self.profiles[profile["ProfileId"]] = profile
        assert self.domain.put(profile) == profile["ProfileId"]
        return str(profile["ProfileId"])

    @rule(target=ids, number=st.integers(0, 45), country=COUNTRIES)
    def put_many(self, number: int, country: str) -> Any:
        """Several who are made up."""
        made = self.domain.put_many(number, preset="minimal", Address__Country=country)
        self.profiles.update({each: {"ProfileId": each, "Address": {"Country": country}} for each in made})
        return multiple(*made)

    @rule(target=ids, profile_id=strategies.profile_ids())
    def nobody(self, profile_id: str) -> str:
        """An id that nobody has."""
        return profile_id

    @rule(profile_id=consumes(ids))
    def remove(self, profile_id: str) -> None:
        """A profile that goes, and is in no segment any more."""
        if self.profiles.pop(profile_id, None) is not None:
            self.domain.remove(profile_id)
        for members in self.members.values():
            members.discard(profile_id)

    @rule(profile_id=ids, country=COUNTRIES)
    def move(self, profile_id: str, country: str) -> None:
        """A profile that the code changes."""
        if profile_id in self.profiles:
            request = {"DomainName": "example", "ProfileId": profile_id, "Address": {"Country": country}}
            self.client.update_profile(**request)
            profile = self.profiles[profile_id]
            self.profiles[profile_id] = {**profile, "Address": {**profile.get("Address", {}), "Country": country}}

    @rule(profile_id=ids, name=st.sampled_from(SEGMENTS), joins=st.booleans())
    def join_or_leave(self, profile_id: str, name: str, joins: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
        """A profile that comes into a segment, or goes out of it."""
        if profile_id in self.profiles:
            segment = self.domain.segment(name)
            (segment.add if joins else segment.discard)(profile_id)
            (self.members[name].add if joins else self.members[name].discard)(profile_id)

    @rule(asked=st.lists(ids, min_size=1, max_size=60), size=st.integers(1, 20))
    def fetch(self, asked: list[str], size: int) -> None:
        """Each id of a chunk is found or failed, once."""
        for chunk in chunks(asked, size):
            response = self.client.batch_get_profile(DomainName="example", ProfileIds=chunk)
            found = {each["ProfileId"]: each for each in response["Profiles"]}
            failed = [each["ProfileId"] for each in response["Errors"]]
            assert found == {each: self.profiles[each] for each in chunk if each in self.profiles}
            assert Counter(failed) == Counter({each: 1 for each in chunk if each not in self.profiles})
            assert len(response["Profiles"]) == len(found)

    @rule(asked=st.lists(ids, min_size=1, max_size=150), size=st.integers(1, 100), name=st.sampled_from(SEGMENTS))
    def check(self, asked: list[str], size: int, name: str) -> None:
        """Each id of a chunk is in the segment, not in it, or failed, once."""
        for chunk in chunks(asked, size):
            request = {"DomainName": "example", "SegmentDefinitionName": name, "ProfileIds": chunk}
            response = self.client.get_segment_membership(**request)
            results = [(each["ProfileId"], each["QueryResult"]) for each in response["Profiles"]]
            assert sorted(results) == sorted(
                (each, "PRESENT" if each in self.members[name] else "ABSENT")
                for each in set(chunk)
                if each in self.profiles
            )
            assert {each["ProfileId"] for each in response["Failures"]} == set(chunk) - self.profiles.keys()

    @rule(country=COUNTRIES, size=st.integers(1, 7), key=st.sampled_from(["_profileId", "nothing"]))
    def search(self, country: str, size: int, key: str) -> None:
        """Page by page everybody is found, in the order in which they came."""
        wanted = [
            each for each, profile in self.profiles.items() if profile.get("Address", {}).get("Country") == country
        ]
        found = list(self.pages(key, wanted or ["nobody"], size))
        assert found == (wanted if key == "_profileId" else [])

    def pages(self, key: str, values: list[str], size: int) -> Iterable[str]:
        """The ids of all pages."""
        request: dict[str, Any] = {"DomainName": "example", "KeyName": key, "Values": values, "MaxResults": size}
        while True:
            response = self.client.search_profiles(**request)
            yield from (each["ProfileId"] for each in response["Items"])
            if "NextToken" not in response:
                return
            request["NextToken"] = response["NextToken"]


Oracle.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestOracle = Oracle.TestCase


@pytest.mark.parametrize("size", [1, 7, 20])
def test_any_chunking_gives_the_same(size: int) -> None:
    """101 members and 21 ids, however they are asked for, and whoever asks: 16 threads at once."""
    with stubbed(domain := Domain()) as stubber:
        ids = domain.put_many(122, preset="minimal")
        domain.segment("vip").add(ids[:101])

        def fetch(chunk: list[str]) -> list[str]:
            response = stubber.client.batch_get_profile(DomainName=domain.name, ProfileIds=chunk)
            return [each["ProfileId"] for each in response["Profiles"]]

        def check(chunk: list[str]) -> list[str]:
            request = {"DomainName": domain.name, "SegmentDefinitionName": "vip", "ProfileIds": chunk}
            results = stubber.client.get_segment_membership(**request)["Profiles"]
            return [each["ProfileId"] for each in results if each["QueryResult"] == "PRESENT"]

        with ThreadPoolExecutor(16) as pool:
            assert [*chain(*pool.map(fetch, chunks(ids[:21], size)))] == ids[:21]
            assert [*chain(*pool.map(check, chunks(ids, 5 * size)))] == ids[:101]


@pytest.mark.parametrize("shape", [(3, 0), (2, 2), (0, 1), (20, 0), (1, 19)])
def test_a_batch_is_what_a_stub_would_answer(shape: tuple[int, int]) -> None:
    """The same outcomes, told to a stub, give the same response; and it is legal, and agrees with its request."""
    found, missing = shape
    domain = Domain(seed=7)
    ids = [*domain.put_many(found), *(f"{number:032x}" for number in range(missing))]
    exchange = domain.answer("batch_get_profile", {"DomainName": domain.name, "ProfileIds": ids})
    stub = Assembler().batch_get_profile([domain.get(each) for each in ids[:found]], missing, profile_ids=ids)
    assert exchange is not None
    assert without_metadata(exchange.response) == without_metadata(stub.response)
    assert validate("batch_get_profile", exchange.response, request=exchange.request) == []


@pytest.mark.parametrize("shape", [(3, 0, 0), (2, 2, 2), (0, 0, 1), (60, 40, 0)])
def test_a_membership_is_what_a_stub_would_answer(shape: tuple[int, int, int]) -> None:
    """Likewise."""
    present, absent, missing = shape
    domain = Domain(seed=7)
    ids = [*domain.put_many(present + absent), *(f"{number:032x}" for number in range(missing))]
    domain.segment("vip").add(ids[:present])
    request = {"DomainName": domain.name, "SegmentDefinitionName": "vip", "ProfileIds": ids}
    exchange = domain.answer("get_segment_membership", request)
    assert exchange is not None
    stub = Assembler().get_segment_membership(
        [domain.get(each) for each in ids[:present]],
        absent,
        missing,
        profile_ids=ids,
        segment_definition_name="vip",
        last_computed_at=exchange.response.get("LastComputedAt"),
    )
    assert without_metadata(exchange.response) == without_metadata(stub.response)
    assert validate("get_segment_membership", exchange.response, request=exchange.request) == []


def without_metadata(response: Mapping[str, Any]) -> dict[str, Any]:
    """What is answered, and not by which request."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}

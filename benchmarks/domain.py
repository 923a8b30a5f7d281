"""What a domain costs, in a small world and in a large one. Run it: python benchmarks/domain.py."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from side_by_side import compare

from cp_fixtures import CustomerProfilesStubber, Domain
from cp_fixtures.clients import isolated_client
from cp_fixtures.environment import harmless_environment
from cp_fixtures.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALL, _LARGE = 100, 100_000
_SEGMENT, _ALL = "spring", "newsletter"


def main() -> None:
    """Compare."""
    worlds = {number: world(number) for number in (_SMALL, _LARGE)}
    for operation, ids in (("batch_get_profile", 20), ("get_segment_membership", 100)):
        ways = {f"{number} profiles": way(domain, operation, ids) for number, domain in worlds.items()}
        compare(f"a call of {operation} for {ids} ids", ways, rounds=300)
    compare_searches(worlds)
    for suffix in (".jsonl", ".json"):
        through_a_file(worlds[_LARGE], suffix)


def world(number: int) -> Domain:
    """A world of so many typical people, half of them in the segment."""
    domain = Domain(f"amazon-connect-{number}")
    people = timed(f"make {number} profiles up", lambda: domain.put_many(number, Attributes={_ALL: "yes"}))
    domain.segment(_SEGMENT).add(people[::2])
    return domain


def way(domain: Domain, operation: str, number: int) -> Callable[[], None]:
    """A call for so many ids, from all over the world."""
    client, every = client_of(domain), domain.ids
    ids = list(every[:: len(every) // number][:number])
    named = {"SegmentDefinitionName": _SEGMENT} if operation == "get_segment_membership" else {}

    def work() -> None:
        answer = getattr(client, operation)(DomainName=domain.name, ProfileIds=ids, **named)
        assert len(answer["Profiles"]) == number

    return work


def compare_searches(worlds: dict[int, Domain]) -> None:
    """A search for somebody by id; the first, which does not count, makes the index."""

    def search(domain: Domain) -> Callable[[], None]:
        client, wanted = client_of(domain), domain.ids[-1]

        def work() -> None:
            answer = client.search_profiles(DomainName=domain.name, KeyName="_profileId", Values=[wanted])
            assert [each["ProfileId"] for each in answer["Items"]] == [wanted]

        return work

    ways = {f"{number} profiles": search(domain) for number, domain in worlds.items()}
    timed("the first search, which makes the index", ways[f"{_LARGE} profiles"])
    compare("a search that finds one", ways, rounds=300)
    ways = {f"{number} profiles": search_of_all(domain) for number, domain in worlds.items()}
    compare("the first page, of 100, of a search that finds everybody", ways, rounds=10)


def search_of_all(domain: Domain) -> Callable[[], None]:
    """A search that finds everybody: it puts all of them in order for one page."""
    client = client_of(domain)

    def work() -> None:
        answer = client.search_profiles(DomainName=domain.name, KeyName=_ALL, Values=["yes"], MaxResults=100)
        assert len(answer["Items"]) == 100

    return work


def through_a_file(domain: Domain, suffix: str) -> None:
    """Dump and load."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"world{suffix}"
        timed(f"dump {len(domain)} profiles to {suffix}", lambda: domain.dump(path))
        print(f"  {path.name} has {path.stat().st_size / 1e6:.0f} MB")
        loaded = timed(f"load {len(domain)} profiles from {suffix}", lambda: Domain.load(path))
    assert loaded.ids == domain.ids
    assert loaded.segment(_SEGMENT).members == domain.segment(_SEGMENT).members


def client_of(domain: Domain) -> Any:
    """A client that the domain answers until the script ends."""
    stubber = CustomerProfilesStubber(isolated_client(alone=True), options=Options())
    stubber.answer_from(domain)
    stubber.activate()
    return stubber.client


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Do it once, and print how long it took."""
    start = time.perf_counter()
    result = work()
    print(f"{what}: {time.perf_counter() - start:.2f} s")
    return result


if __name__ == "__main__":
    with harmless_environment():
        main()

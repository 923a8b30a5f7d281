"""What a domain costs, in a small world and in a large one. Run it: python benchmarks/domain.py."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from side_by_side import Question, Way, asked, timed

from cp_fixtures import CustomerProfilesStubber, Domain
from cp_fixtures.clients import isolated_client
from cp_fixtures.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALL, _LARGE = 100, 100_000
_SEGMENT, _ALL = "spring", "newsletter"


def main() -> None:
    """Compare."""
    with asked("domain", "What does a domain cost, in a small world and in a large one?") as question:
        large = question.size(_LARGE, 2 * _SMALL)
        seconds, worlds = {}, {}
        for number in (_SMALL, large):
            took, worlds[number] = timed(partial(world, number))
            seconds[f"make {number} profiles up"] = took
        for operation, ids in (("batch_get_profile", 20), ("get_segment_membership", 100)):
            compare_calls(question, worlds, operation, ids)
        compare_searches(question, worlds)
        seconds |= {
            what: took for suffix in (".jsonl", ".json") for what, took in through_a_file(worlds[large], suffix)
        }
        rows = [{"name": what, "value": took, "ratio": None, "note": ""} for what, took in seconds.items()]
        question.table("once", "s", rows)


def world(number: int) -> Domain:
    """A world of so many typical people, half of them in the segment."""
    domain = Domain(f"amazon-connect-{number}")
    domain.segment(_SEGMENT).add(domain.put_many(number, Attributes={_ALL: "yes"})[::2])
    return domain


def compare_calls(question: Question, worlds: dict[int, Domain], operation: str, ids: int) -> None:
    """A call in each world."""
    ways = {f"{number} profiles": way(domain, operation, ids) for number, domain in worlds.items()}
    title = f"a call of {operation} for {ids} ids"
    measured = question.compare(title, [Way(*each) for each in ways.items()], rounds=300)
    small, large = ways
    question.bar(f"{operation} in the large world, to the small one", measured.ratio(large, small), most=2)


def way(domain: Domain, operation: str, number: int) -> Callable[[], None]:
    """A call for so many ids, from all over the world."""
    client, every = client_of(domain), domain.ids
    ids = list(every[:: len(every) // number][:number])
    named = {"SegmentDefinitionName": _SEGMENT} if operation == "get_segment_membership" else {}

    def work() -> None:
        answer = getattr(client, operation)(DomainName=domain.name, ProfileIds=ids, **named)
        assert len(answer["Profiles"]) == number

    return work


def compare_searches(question: Question, worlds: dict[int, Domain]) -> None:
    """A search for somebody by id; the first two, which do not count, make the indexes."""

    def search(domain: Domain) -> Callable[[], None]:
        client, wanted = client_of(domain), domain.ids[-1]

        def work() -> None:
            answer = client.search_profiles(DomainName=domain.name, KeyName="_profileId", Values=[wanted])
            assert [each["ProfileId"] for each in answer["Items"]] == [wanted]

        return work

    ways = [Way(f"{number} profiles", search(domain)) for number, domain in worlds.items()]
    question.compare("a search that finds one", ways, rounds=300)
    ways = [Way(f"{number} profiles", search_of_all(domain)) for number, domain in worlds.items()]
    question.compare("the first page, of 100, of a search that finds everybody", ways, rounds=10)


def search_of_all(domain: Domain) -> Callable[[], None]:
    """A search that finds everybody: it puts all of them in order for one page."""
    client = client_of(domain)

    def work() -> None:
        answer = client.search_profiles(DomainName=domain.name, KeyName=_ALL, Values=["yes"], MaxResults=100)
        assert len(answer["Items"]) == 100

    return work


def through_a_file(domain: Domain, suffix: str) -> list[tuple[str, float]]:
    """Dump and load: the seconds of both, by what was done."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"world{suffix}"
        dumping, _ = timed(lambda: domain.dump(path))
        loading, loaded = timed(lambda: Domain.load(path))
        size = path.stat().st_size / 1e6
    assert loaded.ids == domain.ids
    assert loaded.segment(_SEGMENT).members == domain.segment(_SEGMENT).members
    return [(f"dump {len(domain)} profiles to {suffix}, {size:.0f} MB", dumping), (f"load them from {suffix}", loading)]


def client_of(domain: Domain) -> Any:
    """A client that the domain answers until the script ends."""
    stubber = CustomerProfilesStubber(isolated_client(alone=True), options=Options())
    stubber.answer_from(domain)
    stubber.activate()
    return stubber.client


if __name__ == "__main__":
    main()

"""A segment of a domain: who is in it, by name and by what they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import Domain, UsageError, VerdictError, stubbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANA, EVA, LEO = (f"{number:032x}" for number in (1, 2, 3))
NOBODY = "e" * 32


@pytest.fixture
def domain() -> Domain:
    """Ana in Rome, Eva in Lima, and Leo, of whom one knows nothing."""
    domain = Domain()
    domain.put_many([
        {"ProfileId": ANA, "Address": {"City": "Rome"}},
        {"ProfileId": EVA, "Address": {"City": "Lima"}},
        {"ProfileId": LEO},
    ])  # fmt: skip
    return domain


def in_rome(profile: dict[str, Any]) -> bool:
    """Who lives there."""
    return bool(profile.get("Address", {}).get("City") == "Rome")


def present(domain: Domain, *ids: str) -> list[str]:
    """Those who are in the segment, as a call hears."""
    request = {"DomainName": domain.name, "SegmentDefinitionName": "vip", "ProfileIds": list(ids or domain.ids)}
    exchange = domain.answer("get_segment_membership", request)
    assert exchange is not None
    return [each["ProfileId"] for each in exchange.response["Profiles"] if each["QueryResult"] == "PRESENT"]


def test_one_or_several_are_added(domain: Domain) -> None:
    """In whichever order: the members are in that of the domain, each once."""
    segment = domain.segment("vip")
    assert segment.add(LEO).add(iter([ANA, LEO])).add([]) is segment
    assert segment.members == (ANA, LEO)
    assert [each in segment for each in (ANA, EVA, LEO, NOBODY, None, ["x"])] == [True, False, True] + [False] * 3
    assert present(domain) == [ANA, LEO]


def test_only_a_profile_can_be_added(domain: Domain) -> None:
    """Of several none is, where one is missing."""
    segment = domain.segment("vip")
    with pytest.raises(UsageError) as caught:
        segment.add([ANA, NOBODY])
    assert str(caught.value) == (
        f"The domain has no profile '{NOBODY}'. Only a profile can be in a segment. "
        "Put it first: domain.put(...) gives its id."
    )
    assert segment.members == ()


@pytest.mark.parametrize("method", ["add", "discard"])
@pytest.mark.parametrize(("ids", "shown"), [(5, "5"), ([ANA, None], "None"), (None, "None"), ([{"a": 1}], "{'a': 1}")])
def test_ids_are_texts(domain: Domain, method: str, ids: Any, shown: str) -> None:
    """Nothing is changed where one is none."""
    segment = domain.segment("vip").add(EVA)
    with pytest.raises(UsageError) as caught:
        getattr(segment, method)(ids)
    assert str(caught.value) == f"{shown} is no id. An id is a text of 32 hex digits. Give what put() gave."
    assert segment.members == (EVA,)


def test_ids_may_come_from_the_domain_itself(domain: Domain) -> None:
    """A generator is read before anything is locked."""
    domain.segment("lapsed").add(EVA)

    def elsewhere() -> Iterator[str]:
        with ThreadPoolExecutor(1) as pool:
            yield from pool.submit(lambda: domain.segment("lapsed").members).result(timeout=30)

    assert domain.segment("vip").add(elsewhere()).members == (EVA,)


def test_who_is_discarded_is_out(domain: Domain) -> None:
    """Also where nobody was in; who is not of the domain is no matter."""
    segment = domain.segment("vip").add([ANA, EVA])
    assert segment.discard(ANA).discard([LEO, NOBODY]) is segment
    assert segment.members == (EVA,)
    assert present(domain) == [EVA]


def test_a_predicate_says_who_is_in(domain: Domain) -> None:
    """Now, and when somebody is asked about: who moves to Rome comes in."""
    segment = domain.segment("vip").where(in_rome)
    assert (segment.members, present(domain)) == ((ANA,), [ANA])
    domain.put({"ProfileId": LEO, "Address": {"City": "Rome"}})
    domain.put({"ProfileId": ANA})
    assert (segment.members, present(domain)) == ((LEO,), [LEO])
    assert (LEO in segment, ANA in segment) == (True, False)
    assert segment.where(None).members == ()


def test_what_is_said_of_one_goes_before_the_predicate(domain: Domain) -> None:
    """The last thing said of each: added, or discarded."""
    segment = domain.segment("vip").where(in_rome)
    segment.discard(ANA).add(EVA)
    assert (segment.members, present(domain)) == ((EVA,), [EVA])
    segment.add(ANA).discard(EVA)
    assert (segment.members, present(domain)) == ((ANA,), [ANA])
    segment.where(lambda profile: "ProfileId" in profile)
    assert segment.members == (ANA, LEO)


def test_the_last_predicate_counts(domain: Domain) -> None:
    """Any object of which Python knows whether it is true will do for an answer."""
    segment = domain.segment("vip").where(in_rome).where(lambda profile: profile.get("Address"))
    assert segment.members == (ANA, EVA)


@pytest.mark.parametrize("predicate", [5, "City", True, {"City": "Rome"}])
def test_a_predicate_can_be_called(domain: Domain, predicate: Any) -> None:
    """Else the one from before stays."""
    segment = domain.segment("vip").where(in_rome)
    with pytest.raises(UsageError) as caught:
        segment.where(predicate)
    assert str(caught.value) == (
        f"This cannot be called: {predicate!r}. It says of a profile whether it is in the segment. "
        "Give a function of the profile."
    )
    assert segment.members == (ANA,)


def test_a_predicate_gets_a_copy(domain: Domain) -> None:
    """What it does to that changes nobody."""

    def spoil(profile: dict[str, Any]) -> bool:
        profile.setdefault("Address", {})["City"] = "Rome"
        profile["FirstName"] = ""
        return True

    domain.segment("vip").where(spoil)
    assert present(domain) == [ANA, EVA, LEO]
    assert domain.get(LEO) == {"ProfileId": LEO}
    assert domain.get(EVA)["Address"] == {"City": "Lima"}


def test_a_predicate_is_asked_of_whom_the_call_is_about(domain: Domain) -> None:
    """Once each, and of nobody who was added, discarded or refused, or is not there."""
    asked: list[str] = []

    def note(profile: dict[str, Any]) -> None:
        asked.append(profile["ProfileId"])

    domain.segment("vip").where(note).add(ANA)
    domain.put_many(5)
    domain.refuse(LEO)
    present(domain, ANA, EVA, LEO, NOBODY, EVA)
    assert asked == [EVA]


@pytest.mark.parametrize(
    "back",
    [
        lambda domain: domain.put(preset="minimal"),
        lambda domain: domain.segment("other").add(ANA),
        lambda domain: domain.segment("vip").discard(NOBODY),
        lambda domain: domain.get(EVA),
        lambda domain: domain.answer("get_domain", {"DomainName": domain.name}),
    ],
    ids=["put", "add", "discard", "read", "ask"],
)
def test_a_predicate_may_use_the_domain(domain: Domain, back: Callable[[Domain], object]) -> None:
    """To ask it and to change it: who was there when the question came is answered for."""

    def predicate(profile: dict[str, Any]) -> bool:
        back(domain)
        return in_rome(profile)

    segment = domain.segment("vip").where(predicate)
    assert segment.members == (ANA,)
    assert present(domain, ANA, EVA, LEO) == [ANA]
    assert ANA in segment


def test_a_predicate_may_wait_for_another_thread(domain: Domain, tmp_path: Any) -> None:
    """One that uses the domain too: whoever asks a predicate holds no lock."""
    with ThreadPoolExecutor(1) as pool:

        def predicate(profile: dict[str, Any]) -> bool:
            return pool.submit(lambda: len(domain.ids) == 3 and in_rome(profile)).result(timeout=30)

        segment = domain.segment("vip").where(predicate)
        assert (segment.members, ANA in segment, present(domain)) == ((ANA,), True, [ANA])
        domain.dump(tmp_path / "world.json")
    assert Domain.load(tmp_path / "world.json").segment("vip").members == (ANA,)


def test_what_a_predicate_raises_comes_through(domain: Domain) -> None:
    """As it is, to whoever asks; the domain is as before."""

    def fail(profile: dict[str, Any]) -> bool:
        raise LookupError(profile["ProfileId"])

    segment = domain.segment("vip").where(fail).add(ANA)
    assert present(domain, ANA) == [ANA]
    for question in (lambda: segment.members, lambda: EVA in segment, lambda: present(domain)):
        with pytest.raises(LookupError, match=EVA):
            question()
    assert segment.where(None).members == (ANA,)


@pytest.mark.parametrize("wire", [False, True])
def test_code_that_swallows_what_a_predicate_raises_fails(domain: Domain, wire: bool) -> None:  # noqa: FBT001 - as given
    """The verdict tells it, for the call had no answer."""
    domain.segment("vip").where(lambda profile: profile["Gender"])
    options: Any = {"wire": wire}
    with stubbed(domain, **options).running() as stubber:
        request = {"DomainName": domain.name, "SegmentDefinitionName": "vip", "ProfileIds": [ANA]}
        with pytest.raises(KeyError, match="Gender"):
            stubber.client.get_segment_membership(**request)
        (call,) = stubber.calls
        with pytest.raises(VerdictError) as caught:
            stubber.judge()
    assert (call.fate, call.problem) == ("failed", "KeyError: 'Gender'")
    assert str(caught.value) == (
        f"1 call whose answer failed:\n  {call}: KeyError: 'Gender'\nCorrect the callable that makes the answer."
    )


def test_a_rollback_takes_a_segment_away(domain: Domain) -> None:
    """Whoever still has it sees nobody in it, and by looking alone it does not come back."""
    with domain.preserved():
        segment = domain.segment("vip").add(ANA).where(in_rome)
    assert (segment.members, ANA in segment) == ((), False)
    exchange = domain.answer("list_segment_definitions", {"DomainName": domain.name})
    assert exchange is not None
    assert exchange.response["Items"] == []
    assert segment.add(EVA).members == (EVA,) == domain.segment("vip").members


def test_segments_are_each_for_themselves(domain: Domain) -> None:
    """Of one domain and of another."""
    domain.segment("one").add(ANA)
    domain.segment("other").add(EVA)
    twin = Domain()
    twin.put({"ProfileId": ANA})
    assert domain.segment("one").members == (ANA,)
    assert domain.segment("other").members == (EVA,)
    assert twin.segment("one").members == ()

"""A domain behind a stubber or a wire: stubs first, then the domain; in fixtures, blocks and threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from asking import ask, ids
from botocore.exceptions import ClientError
from pytest_runs import KEEP, kept, outcomes, report, run

from cp_fixtures import CustomerProfilesStubber, CustomerProfilesWire, Domain, UsageError, VerdictError, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.domain import Domains

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOMAIN = {"DomainName": "amazon-connect-example"}


def names(response: Any) -> list[str]:
    """The first names in a batch."""
    return [each.get("FirstName", "") for each in response["Profiles"]]


def people(*numbers: int, name: str = "Ana", **options: Any) -> Domain:
    """A domain with people of these ids, all of one name."""
    domain = Domain(**options)
    domain.put_many({"ProfileId": each, "FirstName": name} for each in ids(*numbers))
    return domain


@pytest.fixture(params=[False, True], ids=["stubber", "wire"])
def wire(request: pytest.FixtureRequest) -> Any:
    """Either delivery: to a domain they are the same."""
    return request.param


def test_stubs_come_first(wire: Any) -> None:
    """The domain answers what they leave over: other requests, and this one once the stub is used up."""
    with stubbed(people(1, 2), wire=wire) as stubber:
        stubber.add_batch_get_profile([{"ProfileId": ids(1)[0], "FirstName": "Eva"}])
        assert [names(ask(stubber.client, number)) for number in (2, 1, 1)] == [["Ana"], ["Eva"], ["Ana"]]


def test_stubs_are_for_the_domain_beside_them(wire: Any) -> None:
    """Where they name no other: in all that is registered once there is a domain."""
    with stubbed(Domain("spring"), wire=wire) as stubber:
        batch = stubber.add_batch_get_profile(1)
        segment = stubber.add_get_segment_membership(1, domain_name="winter", optional=True)
        error = stubber.add_error("batch_get_profile", "ThrottlingException", profile_ids=ids(1), optional=True)
        found = [each.request["DomainName"] for each in (batch, segment, error)]
        assert found == ["spring", "winter", "spring"]
        assert len(stubber.client.batch_get_profile(**batch.request)["Profiles"]) == 1


def test_a_stub_for_any_request_leaves_nothing_over(wire: Any) -> None:
    """As long as it may answer."""
    with stubbed(people(1), wire=wire) as stubber:
        stubber.add_error("batch_get_profile", "ThrottlingException")
        with pytest.raises(ClientError, match="Rate exceeded"):
            ask(stubber.client)
        assert names(ask(stubber.client)) == ["Ana"]


def test_the_order_of_stubs_is_no_matter_to_the_domain() -> None:
    """Where stubs are to come in order, a call for none of them is the domain's."""
    with stubbed(people(1, 2, 3), ordered=True) as stubber:
        stubber.add_batch_get_profile(profile_ids=ids(2))
        assert names(ask(stubber.client, 1)) == ["Ana"]
        ask(stubber.client, 2)
        assert names(ask(stubber.client, 3)) == ["Ana"]


def test_the_log_has_what_the_domain_answers(wire: Any) -> None:
    """With the exchange, which a test can compare; what it does with that, the domain does not see."""
    with stubbed(domain := people(1), wire=wire) as stubber:
        response = ask(stubber.client)
        response["Profiles"][0]["FirstName"] = "Eva"
        (call,) = stubber.calls
        assert call.exchange is not None
        call.exchange.response["Profiles"][0]["FirstName"] = "Leo"
        assert (call.fate, names(call.exchange.response), names(ask(stubber.client))) == ("answered", ["Ana"], ["Ana"])
        stubber.assert_ids_asked({ids(1)[0]})
    assert domain.get(ids(1)[0])["FirstName"] == "Ana"


def test_several_domains_side_by_side(wire: Any) -> None:
    """Each answers for its name; of two with one name the one that came later."""
    with stubbed(people(1), people(1, name="Leo"), wire=wire) as stubber:
        stubber.answer_from(other := Domain("other"))
        other.put({"ProfileId": ids(1)[0], "FirstName": "Eva"})
        assert names(ask(stubber.client)) == ["Leo"]
        assert names(ask(stubber.client, domain="other")) == ["Eva"]
        listed = stubber.client.list_domains()["Items"]
    assert [each["DomainName"] for each in listed] == ["amazon-connect-example", "other"]


def test_each_of_several_notes_for_itself() -> None:
    """What one answers and no more, the other notes; a domain that nobody knows is the first one's to say."""
    with stubbed(Domain("strict"), Domain("lenient", bad_requests="answered")).running() as stubber:
        for name in ("lenient", "strict"):
            with pytest.raises(ClientError, match="BadRequestException"):
                ask(stubber.client, *range(21), domain=name)
        with pytest.raises(VerdictError, match=r"^1 request that the service would refuse:\n  call 2, "):
            stubber.judge()


def test_each_of_several_fails_for_itself(wire: Any) -> None:
    """A domain that throttles throttles no other; of a list of them any may fail."""
    with stubbed(people(1), slow := Domain("slow"), wire=wire) as stubber:
        slow.throttle(every=1)
        assert names(ask(stubber.client)) == ["Ana"]
        for call in (lambda: ask(stubber.client, domain="slow"), stubber.client.list_domains):
            with pytest.raises(stubber.client.exceptions.ThrottlingException):
                call()


def test_two_deliveries_have_a_domain_each() -> None:
    """The inner one answers for its own; what is of the outer one's domain goes on to that."""
    client = isolated_client()
    with stubbed(people(1), client=client) as outer, stubbed(inner_domain := Domain("inner"), client=client) as inner:
        assert names(ask(client)) == ["Ana"]
        assert inner_domain.put({"ProfileId": ids(1)[0], "FirstName": "Eva"})
        assert names(ask(client, domain="inner")) == ["Eva"]
        with pytest.raises(ClientError, match="DomainName nowhere is not found"):
            ask(client, domain="nowhere")
    assert [call.fate for call in inner.calls] == ["answered"] * 3
    assert [call.params["DomainName"] for call in outer.calls] == ["amazon-connect-example"]


def test_a_bad_request_is_answered_by_the_domain_that_it_names() -> None:
    """Of two deliveries too, and noted or not as that one says."""
    client = isolated_client()
    lenient = Domain("outer", bad_requests="answered")
    with stubbed(lenient, client=client) as outer, stubbed(Domain("inner"), client=client) as inner:
        with pytest.raises(ClientError, match="BadRequestException"):
            ask(client, *range(21), domain="outer")
        assert inner.calls[0].violations == outer.calls[0].violations == ()


def test_no_domains_answer_nothing() -> None:
    """Neither a call nor a bad one."""
    nobody = Domains()
    request = {**DOMAIN, "ProfileIds": ids(1)}
    assert nobody.answer("batch_get_profile", request) is None
    assert nobody.refusal("batch_get_profile", request, ()) is None
    assert not nobody.has(request)


def test_stubs_of_the_outer_one_come_before_any_domain() -> None:
    """A stub is always more than a domain."""
    client = isolated_client()
    with stubbed(client=client) as outer, stubbed(people(1), client=client):
        outer.add_batch_get_profile([{"ProfileId": ids(1)[0], "FirstName": "Eva"}])
        assert names(ask(client)) == ["Eva"]
        assert names(ask(client)) == ["Ana"]


@pytest.mark.parametrize("kind", [CustomerProfilesStubber, CustomerProfilesWire])
def test_a_delivery_of_ones_own(kind: Any) -> None:
    """Which is given its domain when it is at hand."""
    with kind(isolated_client()) as delivery:
        delivery.answer_from(people(1))
        assert names(ask(delivery.client)) == ["Ana"]


@pytest.mark.parametrize("thing", [None, "example", Domain, Domains([Domain()]), Domain().segment("vip")])
def test_only_a_domain_answers(thing: Any) -> None:
    """Not its class, nor its name."""
    with stubbed() as stubber, pytest.raises(UsageError) as caught:
        stubber.answer_from(thing)
    assert str(caught.value).startswith("This is no domain: ")
    assert str(caught.value).endswith(
        ". What the stubs leave over is answered from one. Make one: Domain(), with put() and segment().",
    )


def test_a_domain_answers_for_its_service_alone() -> None:
    """A stubber for any other has no use for it."""
    from asking import isolated_session

    client = isolated_session().create_client("sts")
    with pytest.raises(UsageError):
        CustomerProfilesStubber(client).answer_from(Domain())


def test_a_domain_may_be_decorated_with() -> None:
    """Each call of the function meets it as the one before has left it."""
    domain = people()

    @stubbed(domain)
    def create(stubber: Any = None) -> int:
        stubber.client.create_profile(**DOMAIN)
        return len(domain)

    assert [create(), create()] == [1, 2]


def test_an_error_that_no_call_meets_is_told(wire: Any) -> None:
    """Once, as a stub is that no call uses; one that was met is not, though it was for more calls."""
    domain = people(1)
    domain.fail_next("batch_get_profile", "AccessDeniedException", times=2)
    domain.fail_next("search_profiles", "ThrottlingException")
    with pytest.raises(VerdictError) as caught, stubbed(domain, wire=wire) as stubber, suppress(ClientError):
        ask(stubber.client)
    assert str(caught.value) == (
        "1 error of a domain that no call met:\n"
        "  amazon-connect-example: fail_next('search_profiles', 'ThrottlingException')\n"
        "Let the code make the call, or leave the error out, or switch the check off: assert_all_used=False, in "
        "@pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )
    with stubbed(domain, wire=wire):
        pass


def test_an_error_that_no_call_meets_may_be_let_be() -> None:
    """By the switch for stubs; and where the block ends in an exception, that is all there is to say."""
    domain = people(1)
    domain.fail_next("search_profiles", "ThrottlingException")
    with stubbed(domain, assert_all_used=False):
        pass
    with pytest.raises(ZeroDivisionError), stubbed(domain):
        raise ZeroDivisionError


@pytest.mark.parametrize("error", ["ThrottlingException", "InternalServerException"])
def test_on_a_wire_a_call_fails_with_all_its_tries(error: str) -> None:
    """As botocore makes them; the next call is answered at once."""
    domain = people(1)
    domain.fail_next("batch_get_profile", error)
    with stubbed(domain, wire=True) as wire:
        with pytest.raises(ClientError) as caught:
            ask(wire.client)
        tries = len(wire.attempts)
        assert caught.value.response["ResponseMetadata"]["RetryAttempts"] == tries - 1 > 0
        assert names(ask(wire.client)) == ["Ana"]
    assert len(wire.attempts) == tries + 1


@pytest.mark.parametrize("error", ["AccessDeniedException", "ResourceNotFoundException"])
def test_on_a_wire_what_is_not_tried_again_fails_once(error: str) -> None:
    """By botocore's own rules."""
    domain = people(1)
    domain.fail_next("batch_get_profile", error)
    with stubbed(domain, wire=True) as wire:
        with pytest.raises(ClientError, match=error):
            ask(wire.client)
        assert names(ask(wire.client)) == ["Ana"]
    assert len(wire.attempts) == 2


def test_throttling_counts_calls_and_not_tries(wire: Any) -> None:
    """Every second call, however often botocore tries it."""
    domain = people(1)
    domain.throttle(every=2)
    with stubbed(domain, wire=wire) as stubber:
        assert [is_throttled(stubber.client) for _ in range(4)] == [False, True] * 2


def is_throttled(client: Any) -> bool:
    """Whether a call ends in ThrottlingException."""
    try:
        ask(client)
    except client.exceptions.ThrottlingException:
        return True
    return False


class Watched(dict[str, Any]):
    """A dict that counts the values that are read, one by one or all of them."""

    read = 0

    def __getitem__(self, key: str) -> Any:
        self.read += 1
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Count it."""
        self.read += 1
        return super().get(key, default)

    def values(self) -> Any:
        """Count them."""
        self.read += len(self)
        return super().values()

    def items(self) -> Any:
        """Likewise."""
        self.read += len(self)
        return super().items()

    def __iter__(self) -> Iterator[str]:
        self.read += len(self)
        return super().__iter__()


def test_a_call_touches_those_it_asks_for(wire: Any) -> None:
    """And nobody else of a world of thousands: its cost grows with the ids of the request alone."""
    domain = Domain()
    everybody = domain.put_many({"ProfileId": f"{number:032x}", "AccountNumber": "A"} for number in range(2000))
    domain.segment("vip").add(everybody[::2]).where(lambda profile: "FirstName" in profile)
    asked, one = {**DOMAIN, "ProfileIds": everybody[:20]}, everybody[500]
    with stubbed(domain, wire=wire) as stubber:
        client = stubber.client
        client.search_profiles(**DOMAIN, KeyName="_profileId", Values=[one])
        watched = domain._world.state.profiles = Watched(domain._world.state.profiles)
        client.batch_get_profile(**asked)
        client.get_segment_membership(**asked, SegmentDefinitionName="vip")
        client.search_profiles(**DOMAIN, KeyName="_profileId", Values=[one])
        client.update_profile(**DOMAIN, ProfileId=one, FirstName="Eva")
        client.search_profiles(**DOMAIN, KeyName="_account", Values=["A"], MaxResults=5)
        client.get_domain(**DOMAIN)
        client.delete_profile(**DOMAIN, ProfileId=one)
    assert 0 < watched.read < 100


def test_many_threads_share_a_domain() -> None:
    """16 that put, ask, search, join and remove: nobody is lost, and nobody is made up twice."""
    domain = Domain()
    everybody = domain.segment("all").where(lambda profile: "ProfileId" in profile)
    with stubbed(domain) as stubber:
        client = stubber.client

        def work(number: int) -> list[str]:
            own = [*domain.put_many(3, preset="minimal"), client.create_profile(**DOMAIN)["ProfileId"]]
            domain.segment("vip").add(own)
            assert names(client.batch_get_profile(**DOMAIN, ProfileIds=own)) == [""] * 4
            domain.put({"ProfileId": own[1], "AccountNumber": str(number)})
            found = client.search_profiles(**DOMAIN, KeyName="_account", Values=[str(number)])["Items"]
            assert [each["ProfileId"] for each in found] == [own[1]]
            domain.remove(own[0])
            assert set(own[1:]) <= set(domain.segment("vip").members) & set(everybody.members)
            return own

        with ThreadPoolExecutor(16) as pool:
            made = list(pool.map(work, range(48)))
    flat = [each for own in made for each in own]
    assert len(flat) == len(set(flat)) == 4 * 48
    assert set(domain.ids) == {each for own in made for each in own[1:]} == set(domain.segment("vip").members)


def test_throttling_is_exact_in_threads() -> None:
    """Of 60 calls at once every third."""
    domain = people(1)
    domain.throttle(every=3)
    domain.fail_next("get_domain", "AccessDeniedException", times=7)
    with stubbed(domain, assert_all_used=False) as stubber, ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(is_throttled, [stubber.client] * 60)) == 20


def test_the_fixture_answers(cp_domain: Domain, cp_client: Any) -> None:
    """With a name of its own, which the seed gives."""
    cp_domain.put({"ProfileId": ids(1)[0], "FirstName": "Ana"})
    assert names(ask(cp_client, domain=cp_domain.name)) == ["Ana"]
    assert cp_domain.name.startswith("amazon-connect-")


def test_the_fixture_stands_behind_the_stubs(
    cp_domain: Domain,
    cp_stubber: CustomerProfilesStubber,
    cp_batch_get_profile: Any,
) -> None:
    """Of the same test, made before or after."""
    (one,) = cp_domain.put_many([{"ProfileId": ids(1)[0]}])
    exchange = cp_batch_get_profile([{"ProfileId": one, "FirstName": "Eva"}], domain_name=cp_domain.name)
    assert names(cp_stubber.client.batch_get_profile(**exchange.request)) == ["Eva"]
    assert names(cp_stubber.client.batch_get_profile(**exchange.request)) == [""]


def test_the_fixture_stands_behind_the_wire(cp_domain: Domain, cp_wire: CustomerProfilesWire) -> None:
    """Where the test asks for it."""
    cp_domain.put({"ProfileId": ids(1)[0], "FirstName": "Ana"})
    assert names(ask(cp_wire.client, domain=cp_domain.name)) == ["Ana"]
    assert len(cp_wire.attempts) == 1


SEEDED = """
import pytest

@pytest.mark.parametrize("n", range(3))
def test_it(cp_domain, keep, n):
    keep([cp_domain.name, [cp_domain.get(each) for each in cp_domain.put_many(2)]])

def test_other(cp_domain, keep):
    keep([cp_domain.name, [cp_domain.get(each) for each in cp_domain.put_many(2)]])
"""


@pytest.mark.parametrize(
    "args",
    [("test_it.py::test_other", "test_it.py::test_it"), ("-n", "2"), ("-k", "it or other")],
)
def test_a_test_sees_the_same_domain(
    pytester: pytest.Pytester,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
) -> None:
    """In any order, alone and in parallel; another test sees another one."""
    if "-n" in args:
        pytest.importorskip("xdist")
    pytester.makeconftest(KEEP)
    seen = []
    for number, more in enumerate([(), args]):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv("KEPT", str(folder))
        source = SEEDED if number == 0 else None
        result = pytester.runpytest_subprocess(*more) if "-n" in more else run(pytester, source, *more)
        assert outcomes(result) == {"passed": 4}
        seen.append(kept(folder))
    assert seen[0] == seen[1]
    assert len(set(seen[0].values())) == 4


SHARED = """
import pytest
from cp_fixtures import Domain

@pytest.fixture(scope="module")
def world():
    domain = Domain("shared")
    domain.put_many([{"ProfileId": "0f" * 16}])
    return domain

@pytest.fixture(autouse=True)
def answers(world, cp_stubber):
    cp_stubber.answer_from(world)
    with world.preserved():
        yield

@pytest.mark.cp_fixtures(assert_all_used=False)
@pytest.mark.parametrize("n", range(3))
def test_change(world, cp_client, n):
    world.fail_next("get_domain", "ThrottlingException")
    cp_client.delete_profile(DomainName="shared", ProfileId="0f" * 16)
    world.put_many(4)
    world.segment("vip")
    assert len(world) == 4

def test_look(world, cp_client):
    assert cp_client.get_domain(DomainName="shared")["Stats"]["ProfileCount"] == 1
    assert cp_client.list_segment_definitions(DomainName="shared")["Items"] == []
"""


def test_a_shared_domain_is_the_same_for_each_test(pytester: pytest.Pytester) -> None:
    """One of a module, whatever its tests do to it."""
    assert outcomes(run(pytester, SHARED)) == {"passed": 4}


VERDICTS = """
import pytest

def swallow(call, **request):
    try:
        call(**request)
    except Exception:
        pass

def test_bad_request(cp_domain, cp_client):
    swallow(cp_client.batch_get_profile, DomainName=cp_domain.name, ProfileIds=["0f" * 16] * 21)

def test_unknown_operation(cp_domain, cp_client):
    swallow(cp_client.list_workflows, DomainName=cp_domain.name)

def test_not_found(cp_domain, cp_client):
    swallow(cp_client.batch_get_profile, DomainName="nowhere", ProfileIds=["0f" * 16])

def test_nothing_asked(cp_domain):
    cp_domain.put_many(2)

@pytest.mark.cp_fixtures(strict=False)
def test_not_strict(cp_domain, cp_client):
    response = cp_client.batch_get_profile(DomainName=cp_domain.name, ProfileIds=["0f" * 16] * 21)
    assert len(response["Errors"]) == 1
"""


def test_the_verdict_of_a_test_with_a_domain(pytester: pytest.Pytester) -> None:
    """What the service would refuse, and what nobody answers, fails the test; what is not there does not."""
    result = run(pytester, VERDICTS)
    assert outcomes(result) == {"failed": 2, "passed": 3}
    assert "1 request that the service would refuse:" in report(result, "test_bad_request")
    assert "ProfileIds: wanted at most 20 items, got 21 items" in report(result, "test_bad_request")
    assert "No domain answers list_workflows." in report(result, "test_unknown_operation")


def test_the_report_of_a_failing_test_has_its_seed(pytester: pytest.Pytester) -> None:
    """For its domain and its people come from it."""
    result = run(pytester, "def test_it(cp_domain): assert cp_domain.put_many(2) == []")
    result.stdout.fnmatch_lines(["*--cp-seed=*"])

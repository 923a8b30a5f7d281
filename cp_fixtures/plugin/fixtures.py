"""The fixtures: each imports what it hands out, and is a thin use of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.options import Options, current, run_with
from cp_fixtures.plugin.judging import judged, running_item, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from contextlib import AbstractContextManager

    from botocore.client import BaseClient

    from cp_fixtures.domain import Domain
    from cp_fixtures.exchanges import BatchGetProfileExchange, GetSegmentMembershipExchange
    from cp_fixtures.factories import ProfileFactory
    from cp_fixtures.stubber import CustomerProfilesStubber
    from cp_fixtures.stubbing import stubbed
    from cp_fixtures.stubs import Delivery
    from cp_fixtures.wire import CustomerProfilesWire

__all__ = [
    "cp_aws_env",
    "cp_batch_get_profile",
    "cp_client",
    "cp_domain",
    "cp_get_segment_membership",
    "cp_intercept",
    "cp_no_network",
    "cp_profile_factory",
    "cp_raises",
    "cp_stubbed",
    "cp_stubber",
    "cp_wire",
]

_DELIVERY = pytest.StashKey[str]()


@pytest.fixture
def cp_no_network() -> Generator[None, None, None]:
    """While the test runs, a call of customer-profiles that nobody answers is refused before it leaves the process.
    Ask for it where the test has none of the others: with all but cp_raises and cp_stubbed it comes along. For example
        @pytest.mark.usefixtures("cp_no_network")
        def test_nobody_is_asked_about_nobody():
            client = boto3.client("customer-profiles", region_name="us-east-1")
            assert first_names(client, "amazon-connect-example", []) == []
    """
    from cp_fixtures.intercept import Guard, guarded
    from cp_fixtures.stubs import Registry

    options = current()
    registry = Registry(options)
    with guarded(None if options.network else Guard(registry)), judged(running_item(), registry):
        yield


@pytest.fixture
def cp_client(cp_no_network: None) -> BaseClient:  # noqa: ARG001 - it is up for as long as the client is
    """A boto3 client of customer-profiles that reaches no network, and needs no credentials and no region.
    Ask for it to give it to the code under test; a fixture of your own with this name takes its place. For example
        def test_everybody_is_named(cp_client, cp_batch_get_profile):
            exchange = cp_batch_get_profile([{"FirstName": "Ana"}, {"FirstName": "Bo"}])
            request = exchange.request
            assert first_names(cp_client, request["DomainName"], request["ProfileIds"]) == ["Ana", "Bo"]
    """
    from cp_fixtures.clients import isolated_client

    options = current()
    # On the wire the quota of retries counts, which is a client's.
    return isolated_client(retries=options.retries, network=options.network, alone="cp_wire" in _names())


@pytest.fixture
def cp_stubber(cp_client: BaseClient) -> Generator[CustomerProfilesStubber, None, None]:
    """A CustomerProfilesStubber on cp_client, active; when the test's own code has ended, its verdict fails the test.
    Ask for it to register stubs and errors, and to look at the calls that were made. For example
        def test_error_comes_through(cp_client, cp_stubber, cp_raises):
            cp_stubber.add_error("batch_get_profile", "AccessDeniedException")
            with cp_raises("AccessDeniedException"):
                first_names(cp_client, "amazon-connect-example", ["0f" * 16])
            cp_stubber.assert_called_once("batch_get_profile", ProfileIds=["0f" * 16])
    """
    from cp_fixtures.stubbing import stubbed

    item = running_item()
    with _only(item, "cp_stubber"), stubbed(client=cp_client).running() as stubber, judged(item, stubber.registry):
        yield stubber


@pytest.fixture
def cp_wire(cp_client: BaseClient) -> Generator[CustomerProfilesWire, None, None]:
    """A CustomerProfilesWire on cp_client, active: cp_stubber, but that answers are HTTP, with retries and all.
    Ask for it in place of cp_stubber where retries, timeouts or broken connections matter. For example
        def test_second_try_succeeds(cp_client, cp_wire):
            ids = ["0f" * 16]
            cp_wire.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=ids, attempts=["ThrottlingException"])
            assert first_names(cp_client, "amazon-connect-example", ids) == ["Ana"]
            assert len(cp_wire.attempts) == 2
    """
    from cp_fixtures.stubbing import stubbed

    item = running_item()
    with _only(item, "cp_wire"), stubbed(client=cp_client, wire=True).running() as wire, judged(item, wire.registry):
        yield wire


def _names() -> Sequence[str]:
    """The fixtures that the running test is known to need."""
    names: Sequence[str] = getattr(running_item(), "fixturenames", ())
    return names


@contextmanager
def _only(item: pytest.Item, name: str) -> Iterator[None]:
    """For as long as a test has one of cp_stubber and cp_wire, it cannot have the other."""
    if {"cp_stubber", "cp_wire"} <= {*_names(), item.stash.get(_DELIVERY, name), name}:
        from cp_fixtures.errors import UsageError

        problem = UsageError(
            "The test asks for cp_stubber and for cp_wire.",
            "A call is answered by a stubber, or goes over the wire.",
            "Ask for one of the two: both have the same methods.",
        )
        raise pytest.fail.Exception(str(problem), pytrace=False)
    item.stash[_DELIVERY] = name
    try:
        yield
    finally:
        del item.stash[_DELIVERY]


def _delivery(request: pytest.FixtureRequest) -> Delivery:
    """cp_wire where the test asks for it, and cp_stubber else."""
    name = "cp_wire" if "cp_wire" in request.fixturenames else "cp_stubber"
    found: Delivery = request.getfixturevalue(name)
    return found


@pytest.fixture
def cp_intercept(request: pytest.FixtureRequest) -> Generator[Delivery, None, None]:
    """cp_stubber, or cp_wire if the test has it, answering every client of customer-profiles, made before or after.
    Ask for it where the test cannot give the code its client. For example
        def test_client_of_its_own(cp_intercept):
            cp_intercept.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=["0f" * 16])
            client = boto3.client("customer-profiles", region_name="us-east-1")
            assert first_names(client, "amazon-connect-example", ["0f" * 16]) == ["Ana"]
    """
    from cp_fixtures.intercept import intercepted

    delivery = _delivery(request)
    with intercepted(delivery):
        yield delivery


@pytest.fixture
def cp_batch_get_profile(request: pytest.FixtureRequest) -> Callable[..., BatchGetProfileExchange]:
    """Registers one call of batch_get_profile with its answer: add_batch_get_profile of cp_stubber, or of cp_wire.
    Ask for it where the code calls batch_get_profile, and the test knows how often. For example
        def test_who_is_refused_is_left_out(cp_client, cp_batch_get_profile):
            exchange = cp_batch_get_profile(profiles=2, errors=1)
            names = first_names(cp_client, exchange.request["DomainName"], exchange.request["ProfileIds"])
            assert names == [profile["FirstName"] for profile in exchange.response["Profiles"]]
    """
    return _delivery(request).add_batch_get_profile


@pytest.fixture
def cp_get_segment_membership(request: pytest.FixtureRequest) -> Callable[..., GetSegmentMembershipExchange]:
    """Registers one call of get_segment_membership with its answer: as cp_batch_get_profile does for the other one.
    Ask for it where the code calls get_segment_membership, and the test knows how often. For example
        def test_members_are_counted(cp_client, cp_get_segment_membership):
            exchange = cp_get_segment_membership(present=2, absent=1)
            assert count_members(cp_client, **exchange.request) == 2
    """
    return _delivery(request).add_get_segment_membership


@pytest.fixture
def cp_domain(request: pytest.FixtureRequest) -> Domain:
    """A Domain of profiles and segments, that answers every call for which cp_stubber, or cp_wire, has no stub.
    Ask for it where calls depend on each other, or their number is the code's own business. For example
        def test_any_number_of_people(cp_client, cp_domain):
            ids = cp_domain.put_many(3, FirstName="Ana")
            assert first_names(cp_client, cp_domain.name, ids) == ["Ana", "Ana", "Ana"]
    """
    from cp_fixtures.domain import Domain

    delivery, options = _delivery(request), current()
    options.note_draw()
    domain = Domain(f"amazon-connect-{options.data_seed:08x}", seed=options.data_seed, locale=options.locale)
    delivery.answer_from(domain)
    return domain


@pytest.fixture
def cp_profile_factory(cp_no_network: None) -> ProfileFactory:  # noqa: ARG001 - any of our fixtures brings the guard
    """A ProfileFactory of the test's locale, seeded by the test's name: the same people in every run.
    Ask for it where code is given a profile, and calls nobody. For example
        def test_greeting(cp_profile_factory):
            ana = cp_profile_factory.build(FirstName="Ana", Address__City="Springfield")
            assert f"{ana['FirstName']} of {ana['Address']['City']}" == "Ana of Springfield"
    """
    from cp_fixtures.factories import ProfileFactory

    options = current()
    options.note_draw()
    return ProfileFactory(locale=options.locale, seed=options.data_seed)


@pytest.fixture(scope="session")
def cp_stubbed() -> type[stubbed]:
    """The context manager `stubbed`; it keeps nothing, and reads the options of the test that enters it.
    Ask for it under @given, where a fixture would be shared by all examples. For example
        @given(exchange=batch_get_profile_exchanges())
        def test_any_answer(cp_stubbed, exchange):
            with cp_stubbed(exchange) as stubber:
                names = first_names(stubber.client, exchange.request["DomainName"], exchange.request["ProfileIds"])
            assert len(names) <= len(exchange.request["ProfileIds"])
    """
    from cp_fixtures.stubbing import stubbed

    # The first client and the first person take as long as Hypothesis lets an example run: here nobody is measured.
    with run_with(Options), stubbed() as stubber:
        exchange = stubber.add_batch_get_profile()
        stubber.client.batch_get_profile(**exchange.request)
    return stubbed


@pytest.fixture
def cp_aws_env(
    request: pytest.FixtureRequest,
    cp_no_network: None,  # noqa: ARG001 - as above
) -> Generator[None, None, None]:
    """A region and credentials that mean nothing in the environment, for one test; the real ones are put aside.
    Ask for it where code makes a client without saying its region; in the ini file, cp_aws_env = true. For example
        def test_client_without_a_region(cp_aws_env, cp_intercept):
            cp_intercept.add_batch_get_profile([{"FirstName": "Ana"}], profile_ids=["0f" * 16])
            client = boto3.client("customer-profiles")
            assert first_names(client, "amazon-connect-example", ["0f" * 16]) == ["Ana"]
    """
    from cp_fixtures.environment import harmless_environment, put_aside

    if said := put_aside():
        warn(request.node, f"cp_aws_env: {said}", UserWarning)
    with harmless_environment():
        yield


@pytest.fixture(scope="session")
def cp_raises() -> Callable[[str], AbstractContextManager[pytest.ExceptionInfo[Any]]]:
    """Like pytest.raises, but catches an error of the service by its code, whichever session has made its class.
    Ask for it where the code lets an error through. For example
        def test_whoever_made_the_client(cp_intercept, cp_raises):
            cp_intercept.add_error("batch_get_profile", "ThrottlingException")
            client = boto3.session.Session(region_name="us-east-1").client("customer-profiles")
            with cp_raises("ThrottlingException") as caught:
                first_names(client, "amazon-connect-example", ["0f" * 16])
            assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    """
    from cp_fixtures.plugin.catching import raises

    return raises

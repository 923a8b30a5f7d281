"""The fixtures: each imports what it hands out, and is a thin use of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.options import Options, current, run_with
from cp_fixtures.plugin.judging import judged, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextlib import AbstractContextManager

    from botocore.client import BaseClient

    from cp_fixtures.domain import Domain
    from cp_fixtures.exchanges import Exchange
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
    "delivery",
]


@pytest.fixture
def cp_no_network(request: pytest.FixtureRequest) -> Generator[None, None, None]:
    """While the test runs, a call of customer-profiles that nobody answers is refused before it leaves the process."""
    from cp_fixtures.intercept import Guard, guarded
    from cp_fixtures.stubs import Registry

    options = current()
    registry = Registry(options)
    with guarded(None if options.network else Guard(registry)), judged(request.node, registry):
        yield


@pytest.fixture
def cp_client(
    request: pytest.FixtureRequest,
    cp_no_network: None,  # noqa: ARG001 - it is up for as long as the client is
) -> BaseClient:
    """A boto3 client of customer-profiles that reaches no network, and needs no credentials and no region."""
    from cp_fixtures.clients import isolated_client

    options = current()
    # On the wire the quota of retries counts, which is a client's.
    return isolated_client(retries=options.retries, network=options.network, alone="cp_wire" in request.fixturenames)


@pytest.fixture
def cp_stubber(request: pytest.FixtureRequest, cp_client: BaseClient) -> Generator[CustomerProfilesStubber, None, None]:
    """A CustomerProfilesStubber on cp_client, active; the end of the test's own code is its verdict."""
    from cp_fixtures.stubbing import stubbed

    _reject_both(request, "cp_wire")
    with stubbed(client=cp_client).running() as stubber, judged(request.node, stubber.registry):
        yield stubber


@pytest.fixture
def cp_wire(request: pytest.FixtureRequest, cp_client: BaseClient) -> Generator[CustomerProfilesWire, None, None]:
    """A CustomerProfilesWire on cp_client, active: cp_stubber, but that answers are HTTP, with retries and all."""
    from cp_fixtures.stubbing import stubbed

    _reject_both(request, "cp_stubber")
    with stubbed(client=cp_client, wire=True).running() as wire, judged(request.node, wire.registry):
        yield wire


def _reject_both(request: pytest.FixtureRequest, other: str) -> None:
    if other in request.fixturenames:
        from cp_fixtures.errors import UsageError

        problem = UsageError(
            "The test asks for cp_stubber and for cp_wire.",
            "A call is answered by a stubber, or goes over the wire.",
            "Ask for one of the two: both have the same methods.",
        )
        raise pytest.fail.Exception(str(problem), pytrace=False)


@pytest.fixture(name="_cp_delivery")
def delivery(request: pytest.FixtureRequest) -> Delivery:
    """cp_wire where the test asks for it, and cp_stubber else."""
    name = "cp_wire" if "cp_wire" in request.fixturenames else "cp_stubber"
    found: Delivery = request.getfixturevalue(name)
    return found


@pytest.fixture
def cp_intercept(_cp_delivery: Delivery) -> Generator[Delivery, None, None]:
    """cp_stubber (or cp_wire), answering every client of customer-profiles in the process, made before or after."""
    from cp_fixtures.intercept import intercepted

    with intercepted(_cp_delivery):
        yield _cp_delivery


@pytest.fixture
def cp_batch_get_profile(_cp_delivery: Delivery) -> Callable[..., Exchange]:
    """Register one call of batch_get_profile: `add_batch_get_profile` of cp_stubber, or of cp_wire."""
    return _cp_delivery.add_batch_get_profile


@pytest.fixture
def cp_get_segment_membership(_cp_delivery: Delivery) -> Callable[..., Exchange]:
    """Register one call of get_segment_membership: `add_get_segment_membership` of cp_stubber, or of cp_wire."""
    return _cp_delivery.add_get_segment_membership


@pytest.fixture
def cp_domain(_cp_delivery: Delivery) -> Domain:
    """A Domain, named by the seed, that answers whatever the stubs of cp_stubber (or cp_wire) leave over."""
    from cp_fixtures.domain import Domain

    options = current()
    options.note_draw()
    domain = Domain(f"amazon-connect-{options.data_seed:08x}", seed=options.data_seed, locale=options.locale)
    _cp_delivery.answer_from(domain)
    return domain


@pytest.fixture
def cp_profile_factory(cp_no_network: None) -> ProfileFactory:  # noqa: ARG001 - any of our fixtures brings the guard
    """A ProfileFactory of the test's locale, seeded from the test's identity."""
    from cp_fixtures.factories import ProfileFactory

    options = current()
    options.note_draw()
    return ProfileFactory(locale=options.locale, seed=options.data_seed)


@pytest.fixture(scope="session")
def cp_stubbed() -> type[stubbed]:
    """`stubbed`, for use under @given: it keeps nothing, and reads the options of the test that enters it."""
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
    """A region and credentials that mean nothing, for modules that the test imports; the real ones are put aside."""
    from cp_fixtures.environment import harmless_environment, put_aside

    if said := put_aside():
        warn(request.node, f"cp_aws_env: {said}", UserWarning)
    with harmless_environment():
        yield


@pytest.fixture(scope="session")
def cp_raises() -> Callable[[str], AbstractContextManager[pytest.ExceptionInfo[Any]]]:
    """Like pytest.raises, by the code of a service's error, whichever session made its class; gives the function."""
    from cp_fixtures.plugin.catching import raises

    return raises

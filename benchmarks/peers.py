"""Those who stub a client of boto3, each brought to one form: a request, its response, and a client that answers."""

from __future__ import annotations

import os
import unittest.mock
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from side_by_side import peer

from cp_fixtures import Domain, Exchange, stubbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

__all__ = ["DISTRIBUTIONS", "OURS", "STUBBER", "Peer", "installed", "stubber_answers"]

DISTRIBUTIONS = ("lobotomy", "moto", "pytest-boto-mock", "stuboto")
OURS, STUBBER = "cp_fixtures", "botocore's Stubber"
_SERVICE, _OPERATION = "customer-profiles", "batch_get_profile"


class Peer(NamedTuple):
    """Somebody who can answer a call of batch_get_profile in a test.

    Attributes:
        name: the library.
        answers: a block in which its client answers the request with the response.
        asked: the same, with what its documentation has at the end of a test to ask whether all went as it should; None
            if there is no such.
        refuses: a block in which its client answers with the error of this code; as this library has it by itself.
        everywhere: the same as `answers`, for whatever client the code in the block makes; None if it has no such.
        makes_up: a block that yields a client and the answer that the library makes up by itself; None if it does not.
        world: a block whose client remembers the profiles that it is told to create; None if there is no such.
        retried: a block in which the first try is throttled, and the next one answered; None if there are no tries.
    """

    name: str
    answers: Callable[[dict[str, Any], dict[str, Any]], AbstractContextManager[Any]]
    refuses: Callable[[str], AbstractContextManager[Any]]
    asked: Callable[[dict[str, Any], dict[str, Any]], AbstractContextManager[Any]] | None = None
    everywhere: Callable[[dict[str, Any], dict[str, Any]], AbstractContextManager[Any]] | None = None
    makes_up: Callable[[], AbstractContextManager[Any]] | None = None
    world: Callable[[], AbstractContextManager[Any]] | None = None
    retried: Callable[[dict[str, Any], dict[str, Any]], AbstractContextManager[Any]] | None = None


def installed() -> dict[str, Peer | None]:
    """All of them by their names; None for one that is not installed."""
    every = (
        Peer(STUBBER, partial(stubber_answers, asks=False), stubber_refuses, asked=stubber_answers),
        Peer("stuboto", partial(stuboto_answers, asks=False), stubber_refuses, asked=stuboto_answers),
        Peer("lobotomy", lobotomy_answers, lobotomy_refuses, everywhere=lobotomy_answers, makes_up=lobotomy_makes_up),
        Peer("pytest-boto-mock", boto_mock_answers, boto_mock_refuses, everywhere=boto_mock_answers),
        Peer("MagicMock", partial(magic_mock_answers, asks=False), magic_mock_refuses, asked=magic_mock_answers),
        Peer("moto", moto_answers, moto_refuses, everywhere=moto_answers, world=moto_world),
        Peer(
            OURS,
            ours_answers,
            ours_refuses,
            everywhere=ours_everywhere,
            makes_up=ours_makes_up,
            world=ours_world,
            retried=ours_retried,
        ),
    )
    modules = {"stuboto": "stuboto", "lobotomy": "lobotomy", "pytest-boto-mock": "pytest_boto_mock", "moto": "moto"}
    return {each.name: each if each.name not in modules or peer(modules[each.name]) else None for each in every}


def made() -> Any:
    """A client, as everybody makes one."""
    return boto3.client("customer-profiles", region_name="us-east-1")


@contextmanager
def stubber_answers(request: dict[str, Any], response: dict[str, Any], *, asks: bool = True) -> Iterator[Any]:
    """As the documentation of botocore has it."""
    client = made()
    stubber = Stubber(client)
    stubber.add_response(_OPERATION, response, request)
    with stubber:
        yield client
        if asks:
            stubber.assert_no_pending_responses()


@contextmanager
def stubber_refuses(code: str) -> Iterator[Any]:
    """Likewise."""
    client = made()
    stubber = Stubber(client)
    stubber.add_client_error(_OPERATION, code)
    with stubber:
        yield client


@contextmanager
def stuboto_answers(request: dict[str, Any], response: dict[str, Any], *, asks: bool = True) -> Iterator[Any]:
    """A Stubber with the methods of the client."""
    client = made()
    stubber = peer("stuboto").Stuboto(client)
    stubber.batch_get_profile(**request).add_response(**response)
    with stubber:
        yield client
        if asks:
            stubber.assert_no_pending_responses()


@contextmanager
def lobotomy_answers(_request: dict[str, Any], response: dict[str, Any]) -> Iterator[Any]:
    """A client of its own, in place of boto3's; it cannot be told of a request."""
    with peer("lobotomy").patch() as lobotomized, _default_session():
        lobotomized.add_call(_SERVICE, _OPERATION, response)
        yield made()


@contextmanager
def lobotomy_refuses(code: str) -> Iterator[Any]:
    """Likewise."""
    with peer("lobotomy").patch() as lobotomized, _default_session():
        lobotomized.add_error_call(_SERVICE, _OPERATION, code)
        yield made()


@contextmanager
def lobotomy_makes_up() -> Iterator[Any]:
    """An answer that it fills in by itself."""
    with peer("lobotomy").patch() as lobotomized, _default_session():
        lobotomized.add_call(_SERVICE, _OPERATION)
        yield made()


@contextmanager
def _default_session() -> Iterator[None]:
    """boto3 keeps the session that it makes first, so lobotomy's would stay."""
    before = boto3.DEFAULT_SESSION
    boto3.DEFAULT_SESSION = None
    try:
        yield
    finally:
        boto3.DEFAULT_SESSION = before


@contextmanager
def boto_mock_answers(_request: dict[str, Any], response: dict[str, Any]) -> Iterator[Any]:
    """Its fixture `boto_mocker`; a function of one's own would have to look at the request."""
    with _boto_mocker({"BatchGetProfile": response}):
        yield made()


@contextmanager
def boto_mock_refuses(code: str) -> Iterator[Any]:
    """It raises what it is given."""
    error = ClientError({"Error": {"Code": code, "Message": ""}}, "BatchGetProfile")
    with _boto_mocker({"BatchGetProfile": error}):
        yield made()


@contextmanager
def _boto_mocker(operations: dict[str, Any]) -> Iterator[None]:
    settings = SimpleNamespace(getini=lambda _name: "false")
    mocker = peer("pytest_mock").MockerFixture(settings)
    ours = peer("pytest_boto_mock.plugin").BotoMockerFixture(mocker)
    ours.patch(ours.build_make_api_call({"customerprofiles": operations}))
    try:
        yield
    finally:
        mocker.stopall()


@contextmanager
def magic_mock_answers(request: dict[str, Any], response: dict[str, Any], *, asks: bool = True) -> Iterator[Any]:
    """The mock of the standard library."""
    client = unittest.mock.MagicMock()
    client.batch_get_profile.return_value = response
    yield client
    if asks:
        client.batch_get_profile.assert_called_once_with(**request)


@contextmanager
def magic_mock_refuses(code: str) -> Iterator[Any]:
    """It raises what it is given."""
    client = unittest.mock.MagicMock()
    client.batch_get_profile.side_effect = ClientError({"Error": {"Code": code, "Message": ""}}, "BatchGetProfile")
    yield client


@contextmanager
def moto_answers(_request: dict[str, Any], _response: dict[str, Any]) -> Iterator[Any]:
    """It answers from its own services; there is none of this name in it."""
    with _moto() as client:
        yield client


@contextmanager
def moto_refuses(_code: str) -> Iterator[Any]:
    """Likewise."""
    with _moto() as client:
        yield client


@contextmanager
def moto_world() -> Iterator[Any]:
    """Likewise."""
    with _moto() as client:
        yield client


@contextmanager
def _moto() -> Iterator[Any]:
    # It answers the addresses of AWS, and sends what is for another.
    with peer("moto").mock_aws(), unittest.mock.patch.dict(os.environ):
        os.environ.pop("AWS_ENDPOINT_URL", None)
        yield made()


@contextmanager
def ours_answers(request: dict[str, Any], response: dict[str, Any]) -> Iterator[Any]:
    """A block of this package, with the answer at hand."""
    with stubbed() as stubber:
        stubber.add_response(_OPERATION, response, request)
        yield stubber.client


@contextmanager
def ours_everywhere(request: dict[str, Any], response: dict[str, Any]) -> Iterator[Any]:
    """The same, for every client of the process."""
    with stubbed(everywhere=True) as stubber:
        stubber.add_response(_OPERATION, response, request)
        yield stubber.client


@contextmanager
def ours_refuses(code: str) -> Iterator[Any]:
    """An error of the model."""
    with stubbed() as stubber:
        stubber.add_error(_OPERATION, code)
        yield stubber.client


@contextmanager
def ours_makes_up() -> Iterator[Any]:
    """An answer made up."""
    with stubbed() as stubber:
        stubber.add_batch_get_profile(profile_ids=["0f" * 16], domain_name="amazon-connect-example")
        yield stubber.client


@contextmanager
def ours_world() -> Iterator[Any]:
    """An empty domain."""
    with stubbed(Domain("amazon-connect-example")) as stubber:
        yield stubber.client


@contextmanager
def ours_retried(request: dict[str, Any], response: dict[str, Any]) -> Iterator[Any]:
    """Over the wire."""
    with stubbed(wire=True) as wire:
        wire.add_exchange(Exchange(_OPERATION, request=request, response=response), attempts=["ThrottlingException"])
        yield wire.client

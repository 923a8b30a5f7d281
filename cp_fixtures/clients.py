"""The isolated client: a boto3 client that believes nothing around it, and can reach no network."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from weakref import proxy

import boto3
import botocore.session
from botocore import useragent
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider
from botocore.endpoint import Endpoint
from botocore.regions import EndpointResolver

from cp_fixtures.errors import Refused
from cp_fixtures.events import LEAVING, OwnEvents, prepare
from cp_fixtures.service import SERVICE, loader, method_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.client import BaseClient
    from botocore.hooks import BaseEventHooks
    from botocore.model import OperationModel

__all__ = ["REGION", "is_closed", "isolated_client"]

REGION = "us-east-1"
"""The region of an isolated client: it is asked for by botocore, and means nothing here."""

_LOCK = threading.Lock()


def isolated_client(*, retries: int = 3, network: bool = False, alone: bool = False) -> BaseClient:
    """A boto3 client of Customer Profiles that needs no region and no credentials, and reads none.

    It is a client of its own: handlers registered on it, its config, its names and its HTTP session are no other
    client's. What it shares with others is only to be read: the service model, the parser and the serializer, and the
    classes of the client and of its exceptions; and the quota of retries, which only what goes over the wire uses up.
    It tries in botocore's standard mode.

    Args:
        retries: how many attempts botocore makes in all, 1 or more.
        network: whether a call that nothing answers may go out. It is refused before it leaves the process otherwise.
        alone: whether it shares nothing at all, not even the quota.

    Returns:
        the client.
    """
    with _LOCK:
        # Who may reach the network has connections, and these are nobody else's.
        template = _Template(_made(retries)) if network or alone else _template(retries)
    client: Any = template.clone()
    if not network:
        client._endpoint.__class__ = _ClosedEndpoint  # noqa: SLF001
    return client  # type: ignore[no-any-return]


def is_closed(client: Any) -> bool:
    """Whether it is an isolated client of which no request can leave."""
    return isinstance(client._endpoint, _ClosedEndpoint)  # noqa: SLF001 - botocore has no other name for it


class _Leaving(Exception):
    """A request has come to where it would leave the process."""


class _ClosedEndpoint(Endpoint):
    """An endpoint that no request leaves: a handler of botocore's events answers a call, or nothing does."""

    def make_request(self, operation_model: OperationModel, request_dict: Any) -> Any:
        try:
            return super().make_request(operation_model, request_dict)
        except _Leaving:
            if (refusal := request_dict["context"].get(LEAVING)) is not None:
                raise refusal() from None
            name = method_name(operation_model.name)
            raise Refused(
                operation_name=name,
                reason=(
                    f"A call of {name} was about to leave for the network. "
                    "The client is an isolated one, and no active stubber answers for it. "
                    "Stub the call, through cp_stubber or `with stubbed(client=client)`, or let the client's calls "
                    "out: network=True, in @pytest.mark.cp_fixtures(...)."
                ),
            ) from None

    def _send(self, _request: object) -> Any:
        raise _Leaving


class _UserAgent(useragent.UserAgentString):
    """What a client says of itself, put together once for all calls in which botocore has counted the same features.

    It takes botocore a sixth of a call that is not sent, letter by letter, and the clones of a client say the same.
    """

    def to_string(self) -> str:
        # Before botocore 1.37 no features are counted.
        context = getattr(useragent, "get_context", lambda: None)()
        features = frozenset(getattr(context, "features", ()))
        said: dict[frozenset[str], str] = vars(self).setdefault("_said", {})
        if features not in said:
            said[features] = super().to_string()
        return said[features]


@cache
def _template(retries: int) -> _Template:
    return _Template(_made(retries))


def _made(retries: int) -> BaseClient:
    settings: dict[str, Any] = {
        "ignore_configured_endpoint_urls": True,
        "proxies": {},
        # botocore's own default was another one before 1.44.
        "retries": {"mode": "standard", "total_max_attempts": retries},
    }
    with _without("AWS_EXECUTION_ENV", "SSLKEYLOGFILE"):
        session: Any = boto3.Session(botocore_session=_session())
        client: BaseClient = session.client(
            SERVICE,
            region_name=REGION,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",  # noqa: S106 - nothing is signed with it that anybody could read
            # Said so that not even the name of the environment's own CA bundle is read.
            verify=True,
            config=Config(**settings),
        )
    # Whatever puts it together has the same object.
    client._user_agent_creator.__class__ = _UserAgent  # type: ignore[attr-defined] # noqa: SLF001
    prepare(client)
    return client


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """For a block, without these variables: botocore reads them itself, whatever it is told."""
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


@cache
def _session() -> Any:
    session: Any = botocore.session.Session()
    session.register_component("data_loader", loader())
    session.register_component("config_store", _constants(session))
    session.register_component("token_provider", _NoTokens())
    # botocore reads the table for each session, though the service's own rules are what it goes by.
    session._internal_components.register_component("endpoint_resolver", _endpoints())  # noqa: SLF001
    return session


def _constants(session: botocore.session.Session) -> ConfigValueStore:
    """Every setting at botocore's own default: no variable, no file and no profile is asked."""
    settings = {name: default for name, (_, _, default, _) in session.session_var_map.items()}
    # These two would be opened if they were there.
    settings |= {"config_file": None, "credentials_file": None}
    # These two have no variable, so they are no session variable, but are asked for all the same.
    settings |= {"s3": None, "proxies_config": None}
    return ConfigValueStore(mapping={name: ConstantProvider(value) for name, value in settings.items()})


def _endpoints() -> EndpointResolver:
    """What botocore's table of all services in all regions says of this one, which is nothing out of the ordinary."""
    usual = {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"], "signatureVersions": ["v4"]}
    partition = {
        "partition": "aws",
        "dnsSuffix": "amazonaws.com",
        "regions": {REGION: {}},
        "defaults": usual,
        "services": {},
    }
    return EndpointResolver({"version": 3, "partitions": [partition]}, uses_builtin_data=True)


class _NoTokens:
    """A provider of bearer tokens that has none: botocore's own would read the SSO cache."""

    def load_token(self, **_kwargs: object) -> None:
        return None


class _Template:
    """A client of which others are made, like it: they share what cannot be changed and have their own of all that can.

    A new client costs some milliseconds, a clone some microseconds. What a client is made of is botocore's own affair:
    this is the one place that relies on it, and the tests run it on the oldest and the newest botocore.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._parts = [name for name, part in vars(client).items() if hasattr(part, "_event_emitter")]
        self._settings = [name for name, value in vars(client.meta.config).items() if isinstance(value, dict)]
        self._event = f"request-created.{client.meta.service_model.service_id.hyphenize()}"

    def clone(self) -> Any:
        client = self._client
        parts = {name: _copied(getattr(client, name)) for name in self._parts}
        names = dict(client.meta.method_to_api_mapping)
        twin = _copied(client, meta=_copied(client.meta, _method_to_api_mapping=names), _cache={}, **parts)
        twin._endpoint.http_session = _copied(client._endpoint.http_session)  # noqa: SLF001
        events = OwnEvents(client.meta.events, partial(self._adapt, twin._request_signer.handler))  # noqa: SLF001
        config = self._config()
        twin.meta.events, twin.meta._client_config, twin._client_config = events, config, config  # noqa: SLF001
        for part in parts.values():
            # The signer is one of the handlers of these events, so this would go in a circle otherwise.
            part._event_emitter = proxy(events)  # noqa: SLF001
        return twin

    def _config(self) -> Any:
        config = self._client.meta.config
        return _copied(config, **{name: dict(getattr(config, name)) for name in self._settings})

    def _adapt(self, sign_by_itself: Callable[..., Any], own: BaseEventHooks) -> None:
        own.unregister(self._event, self._client._request_signer.handler)  # noqa: SLF001
        own.register(self._event, sign_by_itself)


def _copied(thing: Any, **changed: Any) -> Any:
    # As copy.copy does it, in a tenth of the time.
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__, **changed)
    return twin

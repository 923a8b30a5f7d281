"""The isolated client: a boto3 client that believes nothing around it, and can reach no network."""

from __future__ import annotations

import copy
import threading
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import boto3
import botocore.session
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider

from cp_fixtures.errors import Refused
from cp_fixtures.events import OwnEvents, prepare
from cp_fixtures.service import SERVICE, loader

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

__all__ = ["REGION", "isolated_client"]

REGION = "us-east-1"
"""The region of an isolated client: it is asked for by botocore, and means nothing here."""

_LOCK = threading.Lock()

# The configs of the clients that may go out: a config belongs to one client alone.
_OPEN: WeakSet[Config] = WeakSet()


def isolated_client(*, retries: int | None = None, network: bool = False) -> BaseClient:
    """A boto3 client of Customer Profiles that needs no region and no credentials, and reads none.

    It is a client of its own: handlers registered on it, and whatever else is done to it, no other client sees.

    Args:
        retries: how many attempts botocore makes in all, 1 or more; None is botocore's own number.
        network: whether a call that nothing answers may go out. It is refused before it leaves the process otherwise.

    Returns:
        the client.
    """
    with _LOCK:
        template = _template(retries)
    client: BaseClient = _clone(template)
    if network:
        _OPEN.add(client.meta.config)
    return client


def _refuse(model: OperationModel, context: dict[str, Any], **_kwargs: object) -> None:
    if context.get("client_config") in _OPEN:
        return
    raise Refused(
        operation_name=model.name,
        reason=(
            f"A call of {model.name} was about to leave for the network. "
            "The client is an isolated one, and no active stubber answers for it. "
            "Stub the call through cp_stubber, or give your code a client that may go out."
        ),
    )


@cache
def _template(retries: int | None) -> BaseClient:
    settings: dict[str, Any] = {"ignore_configured_endpoint_urls": True, "proxies": {}}
    if retries is not None:
        settings["retries"] = {"mode": "standard", "total_max_attempts": retries}
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
    prepare(client, _refuse)
    return client


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.register_component("data_loader", loader())
    session.register_component("config_store", _constants(session))
    session.register_component("token_provider", _NoTokens())
    return session


def _constants(session: botocore.session.Session) -> ConfigValueStore:
    """Every setting at botocore's own default: no variable, no file and no profile is asked."""
    settings = {name: default for name, (_, _, default, _) in session.session_var_map.items()}
    # These two would be opened if they were there.
    settings |= {"config_file": None, "credentials_file": None}
    # These two have no variable, so they are no session variable, but are asked for all the same.
    settings |= {"s3": None, "proxies_config": None}
    return ConfigValueStore(mapping={name: ConstantProvider(value) for name, value in settings.items()})


class _NoTokens:
    """A provider of bearer tokens that has none: botocore's own would read the SSO cache."""

    def load_token(self, **_kwargs: object) -> None:
        return None


def _clone(client: Any) -> Any:
    """A client like it, that shares what cannot be changed and has its own of all that can.

    A new client costs some milliseconds, a clone some microseconds. What a client is made of is botocore's own affair:
    this is the one place that relies on it, and the tests run it on the oldest and the newest botocore.
    """
    twin = object.__new__(type(client))
    twin.__dict__.update(client.__dict__, meta=copy.copy(client.meta), _cache={})
    events, config = OwnEvents(client.meta.events), _own_config(client.meta.config)
    twin.meta.events, twin.meta._client_config, twin._client_config = events, config, config  # noqa: SLF001
    for holder in ("_endpoint", "_request_signer"):
        part = copy.copy(getattr(client, holder))
        part._event_emitter = events  # noqa: SLF001
        setattr(twin, holder, part)
    return twin


def _own_config(config: Config) -> Config:
    twin = copy.copy(config)
    twin.__dict__.update({name: dict(value) for name, value in vars(config).items() if isinstance(value, dict)})
    return twin

"""Requests and responses of any operation, and values of any shape, of any service that botocore has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.exchanges import error_exchange
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.agreeing import agreeing
from cp_fixtures.strategies.engine import Engine
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.leaves import any_time, sendable_time
from cp_fixtures.strategies.plans import planned
from cp_fixtures.strategies.refusals import check_among, check_strategy, refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.shapes import Node

__all__ = ["errors", "from_shape", "requests", "responses"]


def from_shape(
    name: str, *, overrides: Mapping[str, Any] | None = None, service: str = SERVICE
) -> st.SearchStrategy[Any]:
    """Every value that a shape of the service model allows.

    Args:
        name: the shape's name in the model, such as "Profile" or "Address".
        overrides: a value, or a strategy, by a member's name or path: `{"Address__City": "Paris"}`. A list or map on
            the way is no step: it is meant in each item. What is overridden is always there; OMIT leaves it out.
        service: boto3's name of the service.

    Raises:
        InvalidArgument: when it is first used: no such shape or member; a value that breaks the model; or a member
            that cannot be drawn, for its pattern for one, and is not overridden.
    """
    return lazily(
        "from_shape",
        lambda: _value(nodes(service).shape(name), overrides, _anything()),
        name,
        **_said(overrides, service),
    )


def requests(
    operation: str, *, overrides: Mapping[str, Any] | None = None, service: str = SERVICE
) -> st.SearchStrategy[dict[str, Any]]:
    """Every request that an operation takes: the keyword arguments of the call.

    Args:
        operation: the operation, as boto3 spells its method.
        overrides: as in `from_shape`.
        service: as in `from_shape`.

    Raises:
        InvalidArgument: as in `from_shape`.
    """
    return lazily(
        "requests",
        lambda: _value(nodes(service).input(operation), overrides, _sent()),
        operation,
        **_said(overrides, service),
    )


def responses(
    operation: str, *, overrides: Mapping[str, Any] | None = None, service: str = SERVICE
) -> st.SearchStrategy[dict[str, Any]]:
    """Every response that an operation gives, without its ResponseMetadata; what is streamed is an open stream.

    A response of its own, of no request: for the two operations that ask for ids there are strategies of exchanges.
    No id has two outcomes here either.

    Args:
        operation: the operation, as boto3 spells its method.
        overrides: as in `from_shape`.
        service: as in `from_shape`.

    Raises:
        InvalidArgument: as in `from_shape`.
    """

    def make() -> st.SearchStrategy[Any]:
        drawn = _value(nodes(service).output(operation), overrides, _received())
        return drawn.map(lambda response: agreeing(operation, response)) if service == SERVICE else drawn

    return lazily("responses", make, operation, **_said(overrides, service))


def errors(
    operation: str,
    *,
    codes: Sequence[str] | None = None,
    messages: st.SearchStrategy[str] | None = None,
    requests: st.SearchStrategy[dict[str, Any]] | None = None,
    service: str = SERVICE,
) -> st.SearchStrategy[Exchange]:
    """Exchanges that end in an error of the whole call: each that the model lists for the operation.

    Args:
        operation: the operation, as boto3 spells its method.
        codes: those of the errors that are wanted, such as ["ThrottlingException"]; None is all.
        messages: the errors' messages; None is one of the kind that the service gives.
        requests: the requests that they answer; None is any request of the operation.
        service: boto3's name of the service.

    Raises:
        InvalidArgument: messages or requests is no strategy; when it is first used: no such operation or code, or the
            model lists no error for it.
        InvalidRequest: when it is drawn: a request breaks the model.
        InvalidResponse: when it is drawn: a message breaks the model.
    """
    said = {"codes": codes, "messages": check_strategy("messages", messages)}
    said["requests"] = check_strategy("requests", requests)

    def make() -> st.SearchStrategy[Exchange]:
        known = nodes(service).errors(operation)
        if not known:
            raise refused(
                f"The model lists no error for {operation}.", "So there is none to draw.", "Use another operation."
            )
        return st.builds(
            lambda code, message, request: error_exchange(operation, code, message, request=request, service=service),
            st.sampled_from(tuple(known) if codes is None else check_among("codes", codes, known)),
            st.none() if messages is None else messages,
            st.none() if requests is None else requests,
        )

    shown = {name: value for name, value in said.items() if value is not None}
    return lazily("errors", make, operation, **shown, **_said(None, service))


def _value(node: Node | None, overrides: Mapping[str, Any] | None, engine: Engine) -> st.SearchStrategy[Any]:
    if node is None:
        return st.builds(dict)
    return engine.strategy(node) if overrides is None else engine.strategy(node, planned(node, overrides))


# What is drawn without overrides is made once: shapes share most of what is inside them.
@cache
def _anything() -> Engine:
    return Engine(any_time())


@cache
def _sent() -> Engine:
    return Engine(sendable_time())


@cache
def _received() -> Engine:
    return Engine(sendable_time(), streams=True)


def _said(overrides: Mapping[str, Any] | None, service: str) -> dict[str, Any]:
    said: dict[str, Any] = {} if overrides is None else {"overrides": overrides}
    return said if service == SERVICE else {**said, "service": service}

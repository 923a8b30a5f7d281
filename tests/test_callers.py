"""The line of a call: of the code's own, whatever lies between it and botocore."""

from __future__ import annotations

import functools
import gc
import types
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from asking import DOMAIN, ids
from botocore.client import BaseClient

from cp_fixtures import stubbed
from cp_fixtures.callers import calling_line

if TYPE_CHECKING:
    from collections.abc import Callable

REQUEST = {"DomainName": DOMAIN, "ProfileIds": ids(1)}


def lookup(client: Any) -> Any:
    """The code under test."""
    return client.batch_get_profile(**REQUEST)


HERE = f"test_callers.py:{lookup.__code__.co_firstlineno + 2}, in lookup"


def line_of(call: Callable[[Any], object]) -> str:
    """What the log says of one call."""
    with stubbed() as stubber:
        stubber.add_batch_get_profile(profile_ids=ids(1))
        call(stubber.client)
    return stubber.calls[0].line


def through_library(module: str) -> Callable[[Any], object]:
    """A function of another library, which calls the code's client for it."""
    namespace = types.ModuleType(module).__dict__
    exec("def run(client, **request):\n    return client.batch_get_profile(**request)", namespace)  # noqa: S102
    return lambda client: namespace["run"](client, **REQUEST)


def test_the_line_that_called() -> None:
    """File, line and function, without a path of this machine."""
    assert line_of(lookup) == HERE


@pytest.mark.parametrize(
    "call",
    [
        lambda client: functools.partial(lookup, client)(),
        lambda client: ThreadPoolExecutor(1).submit(lookup, client).result(),
        lambda client: list(map(lookup, [client])),
    ],
)
def test_indirectly(call: Callable[[Any], object]) -> None:
    """From a pool, a partial, a map: the line is that of the code, wherever it runs."""
    assert line_of(call) == HERE


def test_nobodys_line() -> None:
    """Where a pool calls the client's method itself, no line of anybody's did."""
    assert not line_of(lambda client: ThreadPoolExecutor(1).submit(client.batch_get_profile, **REQUEST).result())


def test_a_tracer_is_not_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """What wraps botocore beneath the client's method has not made the call."""
    original: Any = vars(BaseClient)["_make_api_call"]

    def traced(self: Any, *args: Any) -> Any:
        return original(self, *args)

    monkeypatch.setattr(BaseClient, "_make_api_call", traced)
    assert line_of(lookup) == HERE


@pytest.mark.parametrize("module", ["boto3.compat", "botocore.paginate", "wrapt.wrappers", "cp_fixtures.own"])
def test_what_is_inside(module: str) -> None:
    """A call by boto3, botocore, a wrapper or ourselves is the call of who called them."""
    assert line_of(through_library(module)).endswith("in <lambda>")


def test_a_library_is_a_caller() -> None:
    """Any other module is code like the test's own."""
    assert line_of(through_library("boto3_tools")) == "<string>:2, in run"


def test_without_a_client() -> None:
    """Where no client's method is on the way, the nearest line that is not ours."""
    line, here = calling_line(), test_without_a_client.__code__.co_firstlineno + 2
    assert line == f"test_callers.py:{here}, in test_without_a_client"


def test_what_a_call_held_goes_with_it() -> None:
    """No circle of frames is left by which the client, and the answer, would wait for the garbage collector."""
    gc.collect()
    gc.disable()
    try:
        with stubbed() as stubber:
            stubber.add_batch_get_profile(profile_ids=ids(1))
            lookup(stubber.client)
        client = weakref.ref(stubber.client)
        del stubber
        assert client() is None
    finally:
        gc.enable()

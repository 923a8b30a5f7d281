"""A guard of this test suite's own, in every folder: no socket connects but to one that the tests listen on."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["attempts", "close_sockets"]

attempts: list[str] = []
"""What was tried and refused since somebody last looked."""

_HOME = {None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"}
_listening: set[object] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Close the sockets before anything is collected."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    close_sockets(patch)


def pytest_collection_finish() -> None:
    """Fail the run where a module has asked for the network when it was imported."""
    if attempts:
        raise pytest.UsageError(f"Collecting the tests asked for the network: {attempts}. Import what does not.")


@pytest.fixture(autouse=True)
def sockets_stay_closed() -> Iterator[None]:
    """Fail the test whose code asks for the network, even where it swallows the refusal."""
    yield
    asked, attempts[:] = attempts[:], []
    assert not asked


def close_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on refuse, and remember, what leaves this process, and the name of any other machine."""
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, _guarded(name, getattr(socket.socket, name)))
    listen, getaddrinfo = socket.socket.listen, socket.getaddrinfo

    def watched_listen(self: socket.socket, *args: Any) -> None:
        listen(self, *args)
        _listening.add(self.getsockname())

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in _HOME:
            _refuse("getaddrinfo", host)
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "listen", watched_listen)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)


def _guarded(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: socket.socket, *args: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and args[-1] not in _listening:
            _refuse(name, args[-1])
        return original(self, *args)

    return method


def _refuse(name: str, address: object) -> None:
    attempts.append(f"{name} {address!r}")
    raise OSError(f"These tests are to stay at home, and asked for {attempts[-1]}. Stub the call instead.")

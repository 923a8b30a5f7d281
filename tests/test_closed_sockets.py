"""The guard of this suite: it refuses, it remembers, and it lets home be home."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest
from closed_sockets import attempts

OUTSIDE = ("192.0.2.1", 443)


def test_a_connection_to_elsewhere_is_refused_and_remembered() -> None:
    """Whatever the way, and although the error is an OSError, which much code swallows."""
    with closing(socket.socket()) as stream, closing(socket.socket(type=socket.SOCK_DGRAM)) as datagrams:
        for attempt in (
            lambda: stream.connect(OUTSIDE),
            lambda: stream.connect_ex(OUTSIDE),
            lambda: datagrams.sendto(b"", OUTSIDE),
            lambda: socket.getaddrinfo("profile.us-east-1.amazonaws.com", 443),
            lambda: socket.create_connection(("example.com", 443)),
        ):
            with pytest.raises(OSError, match=r"^These tests are to stay at home, and asked for "):
                attempt()
    asked, attempts[:] = attempts[:], []
    assert asked == [
        "connect ('192.0.2.1', 443)",
        "connect_ex ('192.0.2.1', 443)",
        "sendto ('192.0.2.1', 443)",
        "getaddrinfo 'profile.us-east-1.amazonaws.com'",
        "getaddrinfo 'example.com'",
    ]


def test_home_is_where_the_test_listens() -> None:
    """A server of the test's own is reached, another port of the same machine is not."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        host, port = server.getsockname()
        socket.create_connection((host, port)).close()
        with pytest.raises(OSError, match="asked for connect"):
            socket.create_connection((host, 1))
    assert attempts == ["connect ('127.0.0.1', 1)"]
    attempts.clear()

"""A tiny HTTP server on this machine: what botocore makes of real answers is the oracle for those that are made up."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answer", "Server", "http_server"]

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


class Server:
    """What the server has been asked, and what it answers.

    Attributes:
        url: where it is.
        answers: what it answers one request after the other, the last for ever; None closes the connection.
        asked: the headers of each request.
    """

    def __init__(self, url: str, answers: list[Answer | None]) -> None:
        self.url = url
        self.answers = answers
        self.asked: list[dict[str, str]] = []


@contextmanager
def http_server(*answers: Answer | None) -> Iterator[Server]:
    """For a block, a server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append({name.lower(): value for name, value in self.headers.items()})
            answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
            if answer is None:
                return
            status, headers, body = answer
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://127.0.0.1:{listening.server_port}", [*answers])
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()

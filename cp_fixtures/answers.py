"""HTTP as it is answered, status, headers and body; and the one place where botocore's own record of it is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from botocore.awsrequest import AWSResponse, HeadersDict

from cp_fixtures.errors import UsageError, clip

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HTTPAnswer", "Slow", "check_status", "received"]

_STATUSES = range(100, 600)


@dataclass(frozen=True, slots=True)
class HTTPAnswer:
    """An HTTP response, as it comes over the wire; for an answer that no exchange could give.

    Attributes:
        status: the HTTP status, 100 to 599.
        body: the bytes of the body.
        headers: the headers, pairs of a name and a value; a name may come more than once.

    Raises:
        UsageError: it could not be an HTTP response.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_status("status", self.status)
        body: object = self.body
        if not isinstance(body, bytes):
            raise UsageError(f"body is {clip(self.body)}.", "A body is bytes.", "Encode it: text.encode().")
        headers: object = self.headers
        if not isinstance(headers, tuple) or not all(_is_header(each) for each in headers):
            raise UsageError(
                f"headers is {clip(self.headers)}.",
                "A name may come more than once, so headers are a tuple of pairs of texts.",
                'Write them so: (("content-type", "text/html"),).',
            )


@dataclass(frozen=True, slots=True)
class Slow:
    """What one try of a call meets, some time after it was sent; nothing really waits.

    Where the client's `read_timeout` is shorter, the try ends in botocore's ReadTimeoutError after that time.

    Attributes:
        seconds: how long the answer takes, in seconds, 0 or more.
        meets: what comes then, as `attempts=` has it; None is the answer of the stub.

    Raises:
        UsageError: the seconds are no such number, or what comes then would be slow too.
    """

    seconds: float
    meets: Any = None

    def __post_init__(self) -> None:
        seconds: object = self.seconds
        is_number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
        if not is_number or not 0 <= self.seconds < float("inf"):
            raise UsageError(
                f"Slow({clip(self.seconds)}).", "It is how many seconds an answer takes.", "Give 0 or more."
            )
        if isinstance(self.meets, Slow):
            raise UsageError(f"{clip(self)}.", "One try has one answer.", "Add the seconds up.")


def check_status(name: str, status: object) -> None:
    """Refuse what is no HTTP status.

    Raises:
        UsageError: it is no whole number of 100 to 599.
    """
    if not isinstance(status, int) or isinstance(status, bool) or status not in _STATUSES:
        raise UsageError(f"{name} is {clip(status)}.", "An HTTP status is a whole number.", "Give one of 100 to 599.")


def received(status: int, headers: dict[str, str], body: bytes | None = None, url: str = "") -> AWSResponse:
    """A response as botocore's HTTP session hands it on.

    Args:
        status: the HTTP status.
        headers: the headers.
        body: the body; None where there is none to read, and the response is parsed already.
        url: the URL of the request.
    """
    return _Received(url, status, headers, None if body is None else _Raw(body))


class _Received(AWSResponse):
    """A response whose headers are put in botocore's form when somebody reads them: after a stub, hardly anybody."""

    def __init__(self, url: str, status: int, headers: dict[str, str], raw: Any) -> None:
        super().__init__(url, status, cast("Any", {}), raw)
        self._given = headers
        del self.headers

    @cached_property
    def headers(self) -> HeadersDict:  # type: ignore[override]
        return HeadersDict(self._given)


class _Raw:
    """The body of a response that has arrived whole."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_args: object, **_kwargs: object) -> Iterator[bytes]:
        yield self._body


def _is_header(pair: object) -> bool:
    return isinstance(pair, tuple) and [type(each) for each in pair] == [str, str]

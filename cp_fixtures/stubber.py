"""Delivery at the Stubber's level: a real botocore.stub.Stubber, whose calls never become HTTP requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.stub import Stubber

from cp_fixtures.answers import received
from cp_fixtures.exchanges import is_error_status
from cp_fixtures.stubs import Delivery, check_is_client

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from cp_fixtures.options import Options
    from cp_fixtures.stubs import Call, Coming, Stub

__all__ = ["CustomerProfilesStubber"]

_SUCCESS, _FAILURE = 200, 400


class CustomerProfilesStubber(Delivery, Stubber):
    """A botocore.stub.Stubber that answers in any order, checks both ways, forgets nothing and shares nothing.

    All that Stubber does keeps working, for any operation of any client. On top of it come `add_batch_get_profile`,
    `add_get_segment_membership`, `add_error`, `add_exchange` and `add_callable`, the log `calls`, and the verdict.
    Where two are active on one client, the one activated last is asked first, and what it has no stub for goes on to
    the one before: a call is in the log of the first, and in the log of the one that answers it. Leaving a `with` says
    nothing, as with botocore's: `judge` gives the verdict, and so does leaving `stubbed`, and the end of a test.

    Args:
        client: the client to answer, of any service.
        options: how strict it is; None for those of the running test, or the defaults where none is running.

    Raises:
        UsageError: it is no client, or the options name a rule or a locale that does not exist.
    """

    def __init__(self, client: BaseClient, *, options: Options | None = None) -> None:
        check_is_client(client)
        Stubber.__init__(self, client)
        Delivery.__init__(self, client, options=options)

    def _deliver(self, call: Call, stub: Stub, coming: Coming) -> tuple[Any, dict[str, Any]]:  # noqa: ARG002 - it never goes on its way
        exchange = self.registry.reply(call, stub)
        is_error = exchange.error_code is not None
        parsed = exchange.error if is_error else exchange.response
        if "ResponseMetadata" in parsed:
            parsed["ResponseMetadata"] = self.registry.metadata(parsed["ResponseMetadata"])
        metadata = parsed.get("ResponseMetadata", {})
        said = metadata.get("HTTPStatusCode")
        # An error is raised as one, whatever an unchecked exchange says of its status.
        status = _SUCCESS if not is_error else said if is_error_status(said) else _FAILURE
        return received(status, metadata.get("HTTPHeaders", {})), parsed

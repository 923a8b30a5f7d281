"""What nobody wants to write down: the ResponseMetadata of a response or an error, made where it is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError
from cp_fixtures.exchanges.copying import Original, parsed
from cp_fixtures.exchanges.metadata import response_metadata
from cp_fixtures.exchanges.values import at
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from cp_fixtures.shapes import ErrorNode, Node

__all__ = ["completed_error", "completed_response"]

_UNMODELLED_STATUS = 400


def completed_response(
    response: Any, service: str, request: object, *, own: tuple[str, Node] | None = None
) -> Original:
    """A response as botocore's parser makes it, with ResponseMetadata.

    Args:
        response: the response, a dict.
        service: boto3's name of the service.
        request: the request that it answers; what it asks for goes into the RequestId.
        own: as in Original.
    """
    answer = Original(response, own=own)
    # What the caller says of it is kept as it is. Of another service we do not know how its metadata look.
    if "ResponseMetadata" not in answer.value and service == SERVICE:
        answer.put("ResponseMetadata", response_metadata(_gist(answer.value, request), 200))
    return answer


def _gist(answer: dict[str, Any], request: object) -> object:
    """What tells one exchange from another, without reading twenty profiles where the ids asked for say enough."""
    ids = at(request, ("ProfileIds",))
    if not isinstance(ids, list):
        return answer
    return ids, {name: len(value) if isinstance(value, list) else value for name, value in answer.items()}


def completed_error(operation: str, given_error: Any, service: str, request: object) -> Original:
    """An error likewise, with the HTTP status of the model.

    Args:
        operation: the operation, as boto3 spells its method.
        given_error: the error as `ClientError.response` has it, a dict.
        service: as in `completed_response`.
        request: likewise.
    """
    error = parsed(given_error)
    given = error.pop("ResponseMetadata", {})
    if not isinstance(given, dict):
        return Original({**error, "ResponseMetadata": given})
    code = at(error, ("Error", "Code"))
    known = _modelled(operation, code, service)
    status = given.get("HTTPStatusCode", known.status if known else _UNMODELLED_STATUS)
    # Of another service the status alone is known, without which botocore would take the error for a success.
    made = response_metadata((error, request), status, code) if service == SERVICE else {"HTTPStatusCode": status}
    return Original({**error, "ResponseMetadata": {**made, **given}})


def _modelled(operation: str, code: object, service: str) -> ErrorNode | None:
    try:
        return nodes(service).errors(operation).get(code) if isinstance(code, str) else None
    except UsageError:
        # A client of a service that botocore does not bring can be stubbed too.
        return None

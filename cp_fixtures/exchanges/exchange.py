"""The exchange: one request with the response or the error that answers it, and the one gate that validates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, final

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, clip
from cp_fixtures.exchanges.metadata import response_metadata
from cp_fixtures.exchanges.values import at, copied, from_json, is_matcher, to_json
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES, as_sent, check_rule_codes, find, validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Exchange", "asked"]

_ERROR_STATUSES = range(300, 600)


@final
class Exchange:
    """One request with the response, or the error, that answers it; checked when it is made, and never changed.

    What it hands out are copies: whoever changes one changes nothing here.

    Args:
        operation: the operation, as boto3 spells its method, such as "batch_get_profile".
        request: the keyword arguments of the call; None where any request of the operation will do. What only compares
            equal, `botocore.stub.ANY` for one, may stand anywhere in it.
        response: the response as boto3 returns it; ResponseMetadata is made where it has none.
        error: the error as `ClientError.response` has it: `{"Error": {"Code": ..., "Message": ...}, ...}`; its
            ResponseMetadata is made where it has none, with the HTTP status of the model.
        service: boto3's name of the service.
        ignore: codes of rules to leave out, such as {"max"}.
        unchecked: whether nothing is checked but that there is a response or an error.

    Raises:
        InvalidRequest: the service would refuse the request.
        InvalidResponse: the service could not have given the response, or not to this request, or not the error.
        UsageError: no such operation, service or rule; not exactly one of a response and an error.
    """

    __slots__ = ("_error", "_ignore", "_operation", "_request", "_response", "_service", "_unchecked")

    def __init__(  # noqa: D417 - the arguments stand in the docstring of the class
        self,
        operation: str,
        *,
        request: Mapping[str, Any] | None = None,
        response: Mapping[str, Any] | None = None,
        error: Mapping[str, Any] | None = None,
        service: str = SERVICE,
        ignore: Iterable[str] = (),
        unchecked: bool = False,
    ) -> None:
        _check_one_answer(operation, response, error)
        codes = check_rule_codes(ignore)
        request = copied(request)
        if not unchecked:
            request = as_sent(nodes(service).input(operation), request)
            _check(operation, request, response, error, codes, service)
        for name, value in {
            "_operation": operation,
            "_service": service,
            "_request": request,
            "_response": None if response is None else _with_metadata(copied(response), 200, service),
            "_error": None if error is None else _whole_error(operation, copied(error), service),
            "_ignore": codes,
            "_unchecked": unchecked,
        }.items():
            object.__setattr__(self, name, value)

    @property
    def operation(self) -> str:
        """The operation, as boto3 spells its method."""
        operation: str = self._operation
        return operation

    @property
    def service(self) -> str:
        """boto3's name of the service."""
        service: str = self._service
        return service

    @property
    def request(self) -> Any:
        """A copy of the keyword arguments of the call, a dict; None where any request of the operation will do."""
        return copied(self._request)

    @property
    def response(self) -> Any:
        """A copy of the response, a dict with ResponseMetadata; None where the answer is an error."""
        return copied(self._response)

    @property
    def error(self) -> Any:
        """A copy of the error as `ClientError.response` has it, a dict; None where the answer is a response."""
        return copied(self._error)

    @property
    def error_code(self) -> str | None:
        """The error's code, such as "ThrottlingException"; None where the answer is a response."""
        return None if self._error is None else str(at(self._error, ("Error", "Code")))

    @property
    def ignore(self) -> frozenset[str]:
        """The codes of the rules that it was not held to."""
        ignore: frozenset[str] = self._ignore
        return ignore

    @property
    def unchecked(self) -> bool:
        """Whether it was made without a check."""
        unchecked: bool = self._unchecked
        return unchecked

    def to_json(self) -> str:
        """The exchange as JSON text, for a file; `from_json` makes an equal one of it.

        Raises:
            UsageError: the request holds a matcher, or the response an open stream.
        """
        return to_json({name: value for name, value in self._fields() if value not in (None, [], False)})

    @classmethod
    def from_json(cls, text: str) -> Exchange:
        """The exchange that `to_json` wrote, checked anew.

        Args:
            text: the JSON text.

        Raises:
            InvalidRequest: as in making one.
            InvalidResponse: as in making one.
            UsageError: the text is no JSON, or not that of an exchange.
        """
        fields = from_json(text)
        if not isinstance(fields, dict) or not {"operation"} <= fields.keys() <= _FIELDS:
            raise UsageError(
                f"This is no exchange: {clip(text)}.",
                f"An exchange is a JSON object with {', '.join(sorted(_FIELDS))}.",
                "Give what `to_json` wrote.",
            )
        return cls(**fields)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise UsageError(
            f"{name} of an exchange cannot be set.", "An exchange is never changed.", "Make a new one with the value."
        )

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exchange) and list(self._fields()) == list(other._fields())

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (dict(self._fields()),)

    def __repr__(self) -> str:
        return f"<Exchange {self}>"

    def __str__(self) -> str:
        return f"{self.operation}{asked(self._request)}: {self._answer()}"

    def _answer(self) -> str:
        if self._error is not None:
            return f"the error {self.error_code}"
        if self.operation not in OUTCOMES:
            return "a response"
        members = OUTCOMES[self.operation]
        found, refused = (len(self._response.get(name) or ()) for name in (members.found, members.refused))
        return f"{found} found, {refused} refused"

    def _fields(self) -> Iterator[tuple[str, Any]]:
        yield "operation", self._operation
        yield "service", self._service
        yield "request", self._request
        yield "response", self._response
        yield "error", self._error
        yield "ignore", sorted(self._ignore)
        yield "unchecked", self._unchecked


_FIELDS = {"operation", "service", "request", "response", "error", "ignore", "unchecked"}


def _restored(fields: dict[str, Any]) -> Exchange:
    return Exchange(**fields)


def _check_one_answer(operation: str, response: object, error: object) -> None:
    if (response is None) == (error is None):
        raise UsageError(
            f"An exchange of {operation} was to be made with {'no' if error is None else 'more than one'} answer.",
            "It has a response or an error.",
            "Give response= or error=, one of the two.",
        )


def _check(
    operation: str,
    request: dict[str, Any] | None,
    response: Mapping[str, Any] | None,
    error: Mapping[str, Any] | None,
    ignore: frozenset[str],
    service: str,
) -> None:
    refused = [] if request is None else validate_request(operation, request, ignore=ignore, service=service)
    if wrong := [violation for violation in refused if not _is_of_matcher(request, violation)]:
        raise InvalidRequest(f"This request of {operation} breaks the service model", wrong)
    if response is not None:
        # A matcher is no request that could be echoed: what it stands for is known when the call comes.
        wrong = validate(operation, response, request=request, ignore=ignore, service=service)
    if error is not None:
        wrong = [each for each in _error_violations(operation, error, service) if each.rule not in ignore]
    if wrong:
        answer = "response" if error is None else "error"
        raise InvalidResponse(f"This {answer} of {operation} breaks the service model", wrong)


def _is_of_matcher(request: dict[str, Any] | None, violation: Violation) -> bool:
    return violation.rule == "type" and is_matcher(at(request, violation.steps))


def _error_violations(operation: str, error: Mapping[str, Any], service: str) -> list[Violation]:
    if not isinstance(at(error, ("Error", "Code")), str):
        return [Violation(("Error", "Code"), "required", "the code of the error, a string", "nothing")]
    status = at(error, ("ResponseMetadata", "HTTPStatusCode"))
    known = nodes(service).errors(operation).get(at(error, ("Error", "Code")))
    if status is None and known is None:
        wanted = f"a status, for {operation} has no error {at(error, ('Error', 'Code'))} in the model"
        return [Violation(("ResponseMetadata", "HTTPStatusCode"), "required", wanted, "nothing")]
    if status is not None and status not in _ERROR_STATUSES:
        wanted = "a status of 300 to 599, for below that botocore takes it for a success"
        return [Violation(("ResponseMetadata", "HTTPStatusCode"), "min", wanted, clip(status))]
    members = {name: value for name, value in error.items() if name not in ("Error", "ResponseMetadata")}
    return [] if known is None else find(known.node, members)


def _with_metadata(answer: dict[str, Any], status: int, service: str, error_code: str | None = None) -> dict[str, Any]:
    # What the caller says of it is kept as it is. Of another service we do not know how its metadata look.
    if "ResponseMetadata" in answer or service != SERVICE:
        return answer
    return {**answer, "ResponseMetadata": response_metadata(answer, status, error_code)}


def _whole_error(operation: str, error: dict[str, Any], service: str) -> dict[str, Any]:
    code = at(error, ("Error", "Code"))
    given = error.pop("ResponseMetadata", {})
    known = nodes(service).errors(operation).get(code) if service == SERVICE else None
    whole = _with_metadata(error, given.get("HTTPStatusCode", known.status if known else 400), service, code)
    return {**whole, "ResponseMetadata": {**whole.get("ResponseMetadata", {}), **given}}


def asked(request: Mapping[str, Any] | None) -> str:
    """What a call asks for, in words that follow the operation's name: ` of 2 ids in amazon-connect-example`."""
    if request is None:
        return " of any request"
    ids = request.get("ProfileIds")
    count = f" of {len(ids)} id{'' if len(ids) == 1 else 's'}" if isinstance(ids, list) else ""
    domain = request.get("DomainName")
    return f"{count} in {domain}" if isinstance(domain, str) else count

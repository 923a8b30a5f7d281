"""The exchange: one request with the response or the error that answers it, and the one gate that validates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, final

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, clip
from cp_fixtures.exchanges.metadata import response_metadata
from cp_fixtures.exchanges.values import at, copied, from_json, is_matcher, to_json
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES, as_sent, check, check_rule_codes, find, validate_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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

    __slots__ = ("_record",)

    _record: _Record

    def __init__(
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
        sent: dict[str, Any] | None = copied(request)
        if not unchecked:
            sent = as_sent(nodes(service).input(operation), sent)
            if sent is not None:
                _check_request(operation, sent, codes, service)
            if response is not None:
                check(operation, response, request=sent, ignore=codes, service=service)
            if error is not None:
                _check_error(operation, error, codes, service)
        record = _Record(
            operation=operation,
            service=service,
            request=sent,
            response=None if response is None else _with_metadata(copied(response), 200, service),
            error=None if error is None else _whole_error(operation, copied(error), service),
            ignore=sorted(codes),
            unchecked=unchecked,
        )
        object.__setattr__(self, "_record", record)

    @property
    def operation(self) -> str:
        """The operation, as boto3 spells its method."""
        return self._record.operation

    @property
    def service(self) -> str:
        """boto3's name of the service."""
        return self._record.service

    @property
    def request(self) -> Any:
        """A copy of the keyword arguments of the call, a dict; None where any request of the operation will do."""
        return copied(self._record.request)

    @property
    def response(self) -> Any:
        """A copy of the response, a dict with ResponseMetadata; None where the answer is an error."""
        return copied(self._record.response)

    @property
    def error(self) -> Any:
        """A copy of the error as `ClientError.response` has it, a dict; None where the answer is a response."""
        return copied(self._record.error)

    @property
    def error_code(self) -> str | None:
        """The error's code, such as "ThrottlingException"; None where the answer is a response."""
        return None if self._record.error is None else str(at(self._record.error, ("Error", "Code")))

    @property
    def ignore(self) -> frozenset[str]:
        """The codes of the rules that it was not held to."""
        return frozenset(self._record.ignore)

    @property
    def unchecked(self) -> bool:
        """Whether it was made without a check."""
        return self._record.unchecked

    def to_json(self) -> str:
        """The exchange as JSON text, for a file; `from_json` makes an equal one of it.

        Raises:
            UsageError: the request holds a matcher, or the response an open stream.
        """
        fields = self._record._asdict()
        return to_json({name: value for name, value in fields.items() if value not in (None, [], False)})

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
        if not isinstance(fields, dict) or not {"operation"} <= fields.keys() <= set(_Record._fields):
            raise UsageError(
                f"This is no exchange: {clip(text)}.",
                f"An exchange is a JSON object with {', '.join(_Record._fields)}.",
                "Give what `to_json` wrote.",
            )
        return cls(**fields)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise UsageError(
            f"{name} of an exchange cannot be set.", "An exchange is never changed.", "Make a new one with the value."
        )

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exchange) and self._record == other._record

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._record._asdict(),)

    def __repr__(self) -> str:
        return f"<Exchange {self}>"

    def __str__(self) -> str:
        return f"{self.operation}{asked(self._record.request)}: {self._answer()}"

    def _answer(self) -> str:
        response = self._record.response
        if response is None:
            return f"the error {self.error_code}"
        if self.operation not in OUTCOMES:
            return "a response"
        members = OUTCOMES[self.operation]
        found, refused = (len(response.get(name) or ()) for name in (members.found, members.refused))
        return f"{found} found, {refused} refused"


class _Record(NamedTuple):
    """What an exchange is made of: the arguments of making it, completed."""

    operation: str
    service: str
    request: dict[str, Any] | None
    response: dict[str, Any] | None
    error: dict[str, Any] | None
    ignore: list[str]
    unchecked: bool


def _restored(fields: dict[str, Any]) -> Exchange:
    return Exchange(**fields)


def _check_one_answer(operation: str, response: object, error: object) -> None:
    if (response is None) == (error is None):
        raise UsageError(
            f"An exchange of {operation} was to be made with {'no' if error is None else 'more than one'} answer.",
            "It has a response or an error.",
            "Give response= or error=, one of the two.",
        )


def _check_request(operation: str, request: dict[str, Any], ignore: frozenset[str], service: str) -> None:
    found = validate_request(operation, request, ignore=ignore, service=service)
    # What only compares equal stands for what the call will bring, and is judged then.
    if wrong := [each for each in found if not (each.rule == "type" and is_matcher(at(request, each.steps)))]:
        raise InvalidRequest(f"This request of {operation} breaks the service model", wrong)


def _check_error(operation: str, error: Mapping[str, Any], ignore: frozenset[str], service: str) -> None:
    if wrong := [each for each in _error_violations(operation, error, service) if each.rule not in ignore]:
        raise InvalidResponse(f"This error of {operation} breaks the service model", wrong)


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

"""The exchange: one request with the response or the error that answers it, and the one gate that validates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, TypeVar, cast, final, overload

from cp_fixtures.errors import InvalidResponse, UsageError, clip
from cp_fixtures.exchanges.asking import asked
from cp_fixtures.exchanges.completing import completed_error, completed_response
from cp_fixtures.exchanges.copying import copied
from cp_fixtures.exchanges.gate import check_dicts, check_error, check_one_answer, check_response, check_wanted
from cp_fixtures.exchanges.reading import as_read
from cp_fixtures.exchanges.values import at, comparable, from_json, to_json
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.types import (
    BatchGetProfileRequest,
    BatchGetProfileResponse,
    GetSegmentMembershipRequest,
    GetSegmentMembershipResponse,
)
from cp_fixtures.validation import OUTCOMES, as_sent, check_rule_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal

    import typing_extensions

    from cp_fixtures.exchanges.copying import Original
    from cp_fixtures.exchanges.gate import Known

__all__ = [
    "BatchGetProfileExchange",
    "Exchange",
    "GetSegmentMembershipExchange",
    "exchange_with_known",
]


if TYPE_CHECKING:
    # An exchange of any operation says nothing of what its request and response are.
    _Request_co = typing_extensions.TypeVar("_Request_co", covariant=True, default=Any)
    _Response_co = typing_extensions.TypeVar("_Response_co", covariant=True, default=Any)
else:
    _Request_co = TypeVar("_Request_co", covariant=True)
    _Response_co = TypeVar("_Response_co", covariant=True)


@final
class Exchange(Generic[_Request_co, _Response_co]):
    """One request with the response, or the error, that answers it; checked when it is made, and never changed.

    What it hands out are copies: whoever changes one changes nothing here. For a type checker an exchange knows the
    dicts that it holds: `BatchGetProfileExchange` is `Exchange[BatchGetProfileRequest, BatchGetProfileResponse]`, and a
    mere `Exchange` one of any operation, with any request, response or error.

    Args:
        operation: the operation, as boto3 spells its method, such as "batch_get_profile".
        request: the keyword arguments of the call; None where any request of the operation will do. What only compares
            equal, `botocore.stub.ANY` for one, may stand anywhere in it.
        response: the response as boto3 returns it; ResponseMetadata is made where it has none.
        error: the error as `ClientError.response` has it: `{"Error": {"Code": ..., "Message": ...}, ...}`; its
            ResponseMetadata is made where it has none, with the HTTP status of the model.
        service: boto3's name of the service.
        ignore: codes of rules to leave out, such as {"max"}.
        unchecked: whether nothing is checked but that the operation is known, and has a response or an error, a dict.

    Raises:
        InvalidRequest: the service would refuse the request.
        InvalidResponse: the service could not have given the response, or not to this request, or not the error.
        UsageError: no such operation, service or rule; not exactly one of a response and an error; what is no dict; an
            HTTP status that is none of an error.
    """

    __slots__ = ("_original", "_record")

    _original: Original
    _record: _Record

    @overload
    def __init__(
        self: Exchange[BatchGetProfileRequest, BatchGetProfileResponse],
        operation: Literal["batch_get_profile"],
        *,
        request: Mapping[str, Any],
        response: Mapping[str, Any],
        ignore: Iterable[str] = (),
        unchecked: bool = False,
    ) -> None: ...
    @overload
    def __init__(
        self: Exchange[GetSegmentMembershipRequest, GetSegmentMembershipResponse],
        operation: Literal["get_segment_membership"],
        *,
        request: Mapping[str, Any],
        response: Mapping[str, Any],
        ignore: Iterable[str] = (),
        unchecked: bool = False,
    ) -> None: ...
    @overload
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
    ) -> None: ...
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
        self._make(
            operation,
            request=request,
            response=response,
            error=error,
            service=service,
            ignore=ignore,
            unchecked=unchecked,
        )

    def _make(
        self,
        operation: str,
        *,
        request: Mapping[str, Any] | None,
        response: Mapping[str, Any] | None,
        error: Mapping[str, Any] | None = None,
        service: str = SERVICE,
        ignore: Iterable[str],
        unchecked: bool = False,
        known: Known | None = None,
        is_request_judged: bool = False,
    ) -> None:
        check_one_answer(operation, response, error)
        check_dicts(request, response, error)
        if service == SERVICE:
            nodes(service).input(operation)
        codes = check_rule_codes(ignore)
        sent: dict[str, Any] | None = copied(request)
        if not unchecked:
            if sent is not None and not is_request_judged:
                asked_for: dict[str, Any] = as_sent(nodes(service).input(operation), sent)
                check_wanted(operation, asked_for, ignore=codes, service=service)
                sent = asked_for
            if response is not None:
                check_response(operation, response, sent, ignore=codes, service=service, known=known)
            if error is not None:
                check_error(operation, error, codes, service)
        answer = (
            completed_error(operation, error, service, sent)
            if response is None
            else completed_response(response, service, sent, own=known and (known.name, known.node))
        )
        record = _Record(
            operation=operation,
            service=service,
            request=sent,
            response=None if response is None else answer.value,
            error=None if error is None else answer.value,
            ignore=sorted(codes),
            unchecked=unchecked,
        )
        object.__setattr__(self, "_original", answer)
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
    def request(self) -> _Request_co:
        """A copy of the keyword arguments of the call, a dict; None where any request of the operation will do."""
        request: _Request_co = copied(self._record.request)
        return request

    @property
    def response(self) -> _Response_co:
        """A copy of the response, a dict with ResponseMetadata; None where the answer is an error."""
        response = None if self._record.response is None else self._original.copy()
        return cast("_Response_co", response)

    @property
    def error(self) -> Any:
        """A copy of the error as `ClientError.response` has it, a dict; None where the answer is a response."""
        return None if self._record.error is None else self._original.copy()

    @property
    def error_code(self) -> str | None:
        """The error's code, such as "ThrottlingException", or "" if it has none; None where there is a response."""
        if self._record.error is None:
            return None
        code = at(self._record.error, ("Error", "Code"))
        return "" if code is None else str(code)

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
        """The exchange that `to_json` wrote, or the command line, checked anew.

        Args:
            text: the JSON text. Where the model has a timestamp or a blob, a text in ISO 8601 or in base 64 is read as
                one, unless the exchange is unchecked or leaves the rule `type` out.

        Raises:
            InvalidRequest: as in making one.
            InvalidResponse: as in making one.
            UsageError: the text is no JSON, or not that of an exchange.
        """
        fields = from_json(text)
        if not _are_fields(fields):
            raise UsageError(
                f"This is no exchange: {clip(text)}.",
                f"An exchange is a JSON object with {', '.join(_Record._fields)}.",
                "Give what `to_json` wrote.",
            )
        return cls(**_as_boto3_has_it(fields))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        if name == "__orig_class__":
            # `BatchGetProfileExchange(...)` sets it, and takes this alone, before Python 3.12, for an answer.
            raise AttributeError(name)
        raise UsageError(
            f"{name} of an exchange cannot be set.", "An exchange is never changed.", "Make a new one with the value."
        )

    def __delattr__(self, name: str) -> NoReturn:
        raise UsageError(
            f"{name} of an exchange cannot be deleted.", "An exchange is never changed.", "Make a new one without it."
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Exchange):
            return NotImplemented
        return bool(comparable(self._record._asdict()) == comparable(other._record._asdict()))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._record._asdict(),)

    def __repr__(self) -> str:
        return f"<Exchange {self}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 - IPython's, and Hypothesis'
        """Print what makes an equal one: a failing example is read for what is in it."""
        given = self._as_given()
        with printer.group(4, "Exchange(", ")"):
            printer.pretty(given.pop("operation"))
            for name, value in given.items():
                printer.text(",")
                printer.breakable()
                printer.text(f"{name}=")
                printer.pretty(value)

    def _as_given(self) -> dict[str, Any]:
        """The fewest arguments that make an equal exchange."""
        fields = {
            name: value for name, value in self._record._asdict().items() if value not in (None, [], False, SERVICE)
        }
        answer = "error" if self._record.response is None else "response"
        content = {name: value for name, value in fields[answer].items() if name != "ResponseMetadata"}
        short = {**fields, answer: content}
        try:
            return short if Exchange(**short) == self else fields
        except InvalidResponse:
            # The status of an error that the model does not list stands nowhere else.
            return fields

    def __str__(self) -> str:
        return f"{self.operation}{asked(self._record.request)}: {self._answer()}"

    def _answer(self) -> str:
        response = self._record.response
        if response is None:
            return f"the error {self.error_code}"
        if self.operation not in OUTCOMES:
            return "a response"
        members = OUTCOMES[self.operation]
        found, refused = (_entries(response.get(name)) for name in (members.found, members.refused))
        if members.profile is None:
            return f"{len(found)} found, {len(refused)} refused"
        present = sum(at(entry, ("QueryResult",)) == "PRESENT" for entry in found)
        return f"{present} present, {len(found) - present} absent, {len(refused)} failed"


def exchange_with_known(
    operation: str,
    *,
    request: Mapping[str, Any],
    is_request_judged: bool,
    response: Mapping[str, Any],
    known: Known | None,
    ignore: Iterable[str],
) -> Exchange:
    """An exchange, of whose response the profiles were judged when they were made, and need not be once more.

    Args:
        operation: as in Exchange.
        request: as in Exchange.
        is_request_judged: whether the request was judged too, and is as it is sent.
        response: as in Exchange.
        known: what is known of it; None where the profiles are anybody's.
        ignore: as in Exchange.

    Raises:
        InvalidRequest: as in Exchange.
        InvalidResponse: as in Exchange.
        UsageError: as in Exchange.
    """
    made: Exchange = object.__new__(Exchange)
    made._make(
        operation,
        request=request,
        response=response,
        ignore=ignore,
        known=known,
        is_request_judged=is_request_judged,
    )
    return made


BatchGetProfileExchange = Exchange[BatchGetProfileRequest, BatchGetProfileResponse]
"""An exchange of batch_get_profile with a request and a response, for annotations."""

GetSegmentMembershipExchange = Exchange[GetSegmentMembershipRequest, GetSegmentMembershipResponse]
"""An exchange of get_segment_membership with a request and a response, for annotations."""


class _Record(NamedTuple):
    """What an exchange is made of: the arguments of making it, completed."""

    operation: str
    service: str
    request: dict[str, Any] | None
    response: dict[str, Any] | None
    error: dict[str, Any] | None
    ignore: list[str]
    unchecked: bool


def _entries(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _restored(fields: dict[str, Any]) -> Exchange:
    return Exchange(**fields)


def _as_boto3_has_it(fields: dict[str, Any]) -> dict[str, Any]:
    if fields.get("unchecked") or "type" in fields.get("ignore", ()):
        return fields
    known, operation = nodes(fields.get("service", SERVICE)), fields["operation"]
    sides = {"request": known.input(operation), "response": known.output(operation)}
    return {**fields, **{side: as_read(node, fields[side]) for side, node in sides.items() if side in fields}}


def _are_fields(fields: object) -> bool:
    if not isinstance(fields, dict) or not {"operation"} <= fields.keys() <= set(_Record._fields):
        return False
    codes = fields.get("ignore", [])
    are_codes = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    return are_codes and isinstance(fields.get("unchecked", False), bool)

"""Delivery at the Stubber's level: a real botocore.stub.Stubber, whose calls never become HTTP requests."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakSet, ref

from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.exceptions import ParamValidationError
from botocore.stub import Stubber
from botocore.validate import validate_parameters

from cp_fixtures.errors import InvalidResponse, UsageError, Violation, clip, unknown_name
from cp_fixtures.events import connect, disconnect
from cp_fixtures.exchanges import Exchange, check_error_status, copied, is_error_status
from cp_fixtures.options import Options, current
from cp_fixtures.service import SERVICE, method_name
from cp_fixtures.stubs import Call, Registering, Uses, check_is_dict
from cp_fixtures.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.model import OperationModel, Shape

    from cp_fixtures.stubs import Registry, Stub

__all__ = ["CustomerProfilesStubber", "check_is_client"]

_LOCK = threading.Lock()
_SWITCHBOARD = "_cp_fixtures_switchboard"
_SUCCESS, _FAILURE = 200, 400

_BEGUN = "cp_fixtures"
"""Where the context of a call, which all its events share, keeps who is to answer it."""

_Begun = tuple["CustomerProfilesStubber", Call, dict[str, Any], "list[CustomerProfilesStubber]"]


class CustomerProfilesStubber(Registering, Stubber):
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
        self._set_up(client, current() if options is None else options)
        self._reached: WeakSet[BaseClient] = WeakSet([client])
        self._stood_behind: WeakSet[BaseClient] = WeakSet()
        self._is_active = False

    def activate(self) -> None:
        """Answer the client's calls from now on, and those of the clients that were attached."""
        with _LOCK:
            self._is_active = True
            for client in list(self._stood_behind):
                _switchboard(client).join(self, behind=True)
            for client in list(self._reached):
                _switchboard(client).join(self)

    def deactivate(self) -> None:
        """Answer no more calls; those of an outer stubber go on."""
        with _LOCK:
            self._is_active = False
            for client in [*self._reached, *self._stood_behind]:
                _leave(client, self)

    def attach(self, client: BaseClient) -> None:
        """Answer another client's calls too, as long as this stubber is active; nobody else can reach that client.

        Args:
            client: a client of the same service.

        Raises:
            UsageError: it is no client, or one of another service.
        """
        check_is_client(client)
        self._check_service(client)
        with _LOCK:
            self._reached.add(client)
            if self._is_active:
                _switchboard(client).join(self)

    def stand_behind(self, client: BaseClient) -> None:
        """Answer a client's calls where nothing else does: neither a stubber of its own, nor one of botocore's.

        As long as this stubber is active, and until `step_back`; a client that is attached stays so.

        Args:
            client: a client of the same service.
        """
        with _LOCK:
            self._stood_behind.add(client)
            if self._is_active:
                _switchboard(client).join(self, behind=True)

    def step_back(self, client: BaseClient) -> None:
        """Stand behind a client no more; one that is attached is answered as before."""
        with _LOCK:
            self._stood_behind.discard(client)
            if client not in self._reached:
                _leave(client, self)

    def add_response(
        self,
        method: str,
        service_response: Mapping[str, Any] | Callable[[dict[str, Any]], Any],
        expected_params: Mapping[str, Any] | None = None,
        *,
        times: int | None = 1,
        optional: bool = False,
    ) -> None:
        """Register a response, as botocore's Stubber does, for any client and operation.

        For Customer Profiles the response is held to every rule of the model, and to the ids of `expected_params`; not
        where strict is False, and with a warning alone where it is "warn". A naive datetime, and ResponseMetadata, are
        kept as given.

        Args:
            method: the operation, as boto3 spells its method.
            service_response: the response, a dict; or a function of the parameters, as in `add_callable`.
            expected_params: all keyword arguments of the call that it answers; None for any call of the operation.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.

        Raises:
            ParamValidationError: botocore's own error, for what botocore checks.
            InvalidResponse: the response breaks another rule of the model.
            InvalidRequest: the service would refuse a call with these parameters.
            RequestWarning: where strict is "warn", in place of these two.
            UsageError: the client has no such operation, or something is no dict.
        """
        if callable(service_response):
            self.add_callable(method, service_response, request=expected_params, times=times, optional=optional)
            return
        uses = Uses(times=times, optional=optional)
        model = self._operation_model(method)
        check_is_dict("service_response", service_response)
        check_is_dict("expected_params", expected_params or {})
        response = copied(service_response)
        is_judged = self._service == SERVICE and bool(self.registry.options.strict)
        found = validate(method, response, request=expected_params) if is_judged else []
        # Our rules are botocore's and more, and read a response in a tenth of the time.
        if found or not is_judged:
            _check_as_botocore_does(model.output_shape, response)
        request = self._wanted(method, "expected_params", expected_params)
        self._check_strictly(method, found)
        made = Exchange(method, request=request, response=response, service=self._service, unchecked=True)
        self._register(made, uses)

    def add_client_error(  # noqa: PLR0917 - the arguments are botocore's, which callers give by position
        self,
        method: str,
        service_error_code: str = "",
        service_message: str = "",
        http_status_code: int | None = None,
        service_error_meta: Mapping[str, Any] | None = None,
        expected_params: Mapping[str, Any] | None = None,
        response_meta: Mapping[str, Any] | None = None,
        modeled_fields: Mapping[str, Any] | None = None,
        *,
        times: int | None = 1,
        optional: bool = False,
    ) -> None:
        """Register an error, as botocore's Stubber does, for any client and operation.

        Args:
            method: the operation, as boto3 spells its method.
            service_error_code: the error's code.
            service_message: the error's message.
            http_status_code: the HTTP status, 300 to 599; None is the model's for the code, and 400 for an unknown one.
            service_error_meta: further members of `Error`.
            expected_params: all keyword arguments of the call that it answers; None for any call of the operation.
            response_meta: further members of `ResponseMetadata`.
            modeled_fields: the members of the error's shape.
            times: how often it answers, 1 or more; None for always.
            optional: whether it is all right if no call uses it.

        Raises:
            ParamValidationError: botocore's own error, for modelled fields that break the error's shape.
            InvalidRequest: the service would refuse a call with these parameters; where strict is "warn", a warning.
            UsageError: the client has no such operation, something is no dict, or the status is none of an error.
        """
        uses = Uses(times=times, optional=optional)
        self._operation_model(method)
        check_is_dict("service_error_meta", service_error_meta or {})
        check_is_dict("response_meta", response_meta or {})
        check_is_dict("modeled_fields", modeled_fields or {})
        known = self._nodes.errors(method).get(service_error_code)
        status = http_status_code if http_status_code is not None else known.status if known else _FAILURE
        check_error_status("http_status_code", status)
        metadata = {"HTTPStatusCode": status, **(response_meta or {})}
        check_error_status('response_meta["HTTPStatusCode"]', metadata["HTTPStatusCode"])
        if modeled_fields is not None:
            shape = self.client.meta.service_model.shape_for_error_code(service_error_code)
            _check_as_botocore_does(shape, dict(modeled_fields))
        error = {
            "Error": {"Message": service_message, "Code": service_error_code, **(service_error_meta or {})},
            "ResponseMetadata": metadata,
            **(modeled_fields or {}),
        }
        request = self._wanted(method, "expected_params", expected_params)
        made = Exchange(method, request=request, error=error, service=self._service, unchecked=True)
        self._register(made, uses)

    def assert_no_pending_responses(self) -> None:
        """Check that every stub has been used as often as it may answer, but those that are optional.

        Raises:
            AssertionError: some are left; they are listed.
        """
        pending = [stub for stub in self.registry.stubs if stub.is_unused]
        if pending:
            lines = "\n".join(f"  {stub}" for stub in pending)
            raise AssertionError(f"{len(pending)} responses remaining in queue.\n{lines}")

    def begin(self, model: OperationModel, params: dict[str, Any]) -> Call:
        """Write down a call that has begun; the switchboard of its client says so."""
        name = method_name(model.name)
        return self.registry.begin(name, self._nodes.input(name), params, judged=self._service == SERVICE)

    def answer(
        self, call: Call, params: dict[str, Any], others: list[CustomerProfilesStubber]
    ) -> tuple[AWSResponse, dict[str, Any]]:
        """The answer to a call, its own or one of the others, which are asked in turn.

        Args:
            call: the call, as it was written down.
            params: its parameters as they are now.
            others: the other stubbers of the client, the nearest first.

        Raises:
            Refused: the service would refuse the call, or nobody stubbed it.
        """
        node = self._nodes.input(call.operation)
        if self._service == SERVICE:
            # Of other services botocore's own handlers change parameters, and Stubber compares what the code gave.
            self.registry.correct(call, node, params)
        if (refusal := self.registry.refusal_of_request(call)) is not None:
            raise refusal
        registries = [stubber.registry for stubber in (self, *others)]
        for registry in registries:
            if (stub := registry.take(call, node)) is not None:
                return _answered(call, stub, registry, is_own=registry is self.registry)
        raise self.registry.refusal_of_call(call, node, registries[1:])

    def _operation_model(self, method: Any) -> OperationModel:
        names = self.client.meta.method_to_api_mapping
        if not isinstance(method, str) or method not in names:
            raise unknown_name(f"operation of {self._service}", method, names)
        model: OperationModel = self.client.meta.service_model.operation_model(names[method])
        return model

    def _check_service(self, client: BaseClient) -> None:
        service = client.meta.service_model.service_name
        if service != self._service:
            raise UsageError(
                f"The client to attach is one of {service}.",
                f"This stubber answers for {self._service}.",
                "Make a stubber of its own for that client.",
            )

    def _check_strictly(self, method: str, found: list[Violation]) -> None:
        ignored = {"timezone", *self.registry.options.ignore}
        if wrong := [each for each in found if each.rule not in ignored]:
            self._report(InvalidResponse(f"This response of {method} breaks the service model", wrong))


class _Switchboard:
    """The stubbers of one client: the last to join is the first to be asked, and who stands behind comes after all."""

    def __init__(self, client: BaseClient) -> None:
        self._client = ref(client)
        self._stubbers: list[CustomerProfilesStubber] = []
        self._behind: list[CustomerProfilesStubber] = []

    @property
    def in_turn(self) -> list[CustomerProfilesStubber]:
        """All of them, the first to be asked first."""
        return [*self._stubbers[::-1], *self._behind[::-1]]

    def join(self, stubber: CustomerProfilesStubber, *, behind: bool = False) -> None:
        """Take a stubber in, unless it is there already; one that stood behind may come to the front."""
        if stubber in (self.in_turn if behind else self._stubbers):
            return
        client = self._client()
        if not self.in_turn and client is not None:
            connect(client, self, last=behind)
        # New lists: a call that is under way goes through the old ones undisturbed.
        if behind:
            self._behind = [*self._behind, stubber]
        else:
            self._behind = [each for each in self._behind if each is not stubber]
            self._stubbers = [*self._stubbers, stubber]

    def leave(self, stubber: CustomerProfilesStubber) -> bool:
        """Take a stubber out, if it is there; whether it was the last one."""
        if stubber not in self.in_turn:
            return False
        self._stubbers = [each for each in self._stubbers if each is not stubber]
        self._behind = [each for each in self._behind if each is not stubber]
        client = self._client()
        if not self.in_turn and client is not None:
            disconnect(client, self)
        return not self.in_turn

    def begin(self, *, params: dict[str, Any], model: OperationModel, context: dict[str, Any], **_kwargs: Any) -> None:
        # To presign a URL sends nothing, so there is nothing to answer.
        if not context.get("is_presign_request") and (in_turn := self.in_turn):
            leader, *others = in_turn
            context[_BEGUN] = leader, leader.begin(model, params), params, others

    def answer(self, *, context: dict[str, Any], **_kwargs: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        begun = context.pop(_BEGUN, None)
        if begun is None:
            return None
        leader, call, params, others = cast("_Begun", begun)
        return leader.answer(call, params, others)


def _switchboard(client: BaseClient) -> _Switchboard:
    # Kept on the client: it goes when the client goes, though nobody deactivates.
    switchboard: _Switchboard = vars(client).setdefault(_SWITCHBOARD, _Switchboard(client))
    return switchboard


def _leave(client: BaseClient, stubber: CustomerProfilesStubber) -> None:
    switchboard: _Switchboard | None = vars(client).get(_SWITCHBOARD)
    if switchboard is not None and switchboard.leave(stubber):
        del vars(client)[_SWITCHBOARD]


def check_is_client(client: object) -> None:
    """Refuse what is no client.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(client, BaseClient):
        raise UsageError(
            f"This is no client: {clip(client)}.",
            "A stubber answers the calls of a boto3 client.",
            'Give one, boto3.client("customer-profiles") for instance, or ask for cp_stubber, which has one.',
        )


def _answered(call: Call, stub: Stub, registry: Registry, *, is_own: bool) -> tuple[AWSResponse, dict[str, Any]]:
    """The answer of a stub to a call that may have been asked of another stubber: each has the outcome in its log."""
    logged = call if is_own else registry.adopt(call)
    try:
        return _delivered(registry.reply(logged, stub), registry)
    finally:
        call.exchange, call.fate, call.problem = logged.exchange, logged.fate, logged.problem


def _delivered(exchange: Exchange, registry: Registry) -> tuple[AWSResponse, dict[str, Any]]:
    is_error = exchange.error_code is not None
    parsed = exchange.error if is_error else exchange.response
    if "ResponseMetadata" in parsed:
        parsed["ResponseMetadata"] = registry.metadata(parsed["ResponseMetadata"])
    metadata = parsed.get("ResponseMetadata", {})
    said = metadata.get("HTTPStatusCode")
    # An error is raised as one, whatever an unchecked exchange says of its status.
    status = _SUCCESS if not is_error else said if is_error_status(said) else _FAILURE
    return AWSResponse(cast("str", None), status, metadata.get("HTTPHeaders", {}), None), parsed


def _check_as_botocore_does(shape: Shape | None, response: dict[str, Any]) -> None:
    content = {name: value for name, value in response.items() if name != "ResponseMetadata"}
    if shape is not None:
        validate_parameters(content, shape)
    elif content:
        raise ParamValidationError(report="Service response should only contain ResponseMetadata.")

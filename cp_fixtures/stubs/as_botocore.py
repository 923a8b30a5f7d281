"""The registering methods that botocore's Stubber has, for any operation of any client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ParamValidationError
from botocore.validate import validate_parameters

from cp_fixtures.errors import InvalidResponse, Violation, unknown_name
from cp_fixtures.exchanges import Exchange, check_error_status, copied
from cp_fixtures.service import SERVICE
from cp_fixtures.stubs.checks import check_is_dict
from cp_fixtures.stubs.registering import Registering
from cp_fixtures.stubs.stub import Uses
from cp_fixtures.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from botocore.model import OperationModel, Shape

    from cp_fixtures.stubs.stub import Meets

__all__ = ["AsBotocore"]

_FAILURE = 400


class AsBotocore(Registering):
    """Registers what one would register on a Stubber of botocore's, held to every rule of the model."""

    def add_response(
        self,
        method: str,
        service_response: Mapping[str, Any] | Callable[[dict[str, Any]], Any],
        expected_params: Mapping[str, Any] | None = None,
        *,
        times: int | None = 1,
        optional: bool = False,
        attempts: Sequence[Meets] = (),
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
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.

        Raises:
            ParamValidationError: botocore's own error, for what botocore checks.
            InvalidResponse: the response breaks another rule of the model.
            InvalidRequest: the service would refuse a call with these parameters.
            RequestWarning: where strict is "warn", in place of these two.
            UsageError: the client has no such operation, or something is no dict.
        """
        if callable(service_response):
            self.add_callable(
                method, service_response, request=expected_params, times=times, optional=optional, attempts=attempts
            )
            return
        uses = Uses(times=times, optional=optional, attempts=attempts)
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
        attempts: Sequence[Meets] = (),
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
            attempts: what each try of a call meets before this, for a wire alone: see `CustomerProfilesWire`.

        Raises:
            ParamValidationError: botocore's own error, for modelled fields that break the error's shape.
            InvalidRequest: the service would refuse a call with these parameters; where strict is "warn", a warning.
            UsageError: the client has no such operation, something is no dict, or the status is none of an error.
        """
        uses = Uses(times=times, optional=optional, attempts=attempts)
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

    def _operation_model(self, method: Any) -> OperationModel:
        names = self.client.meta.method_to_api_mapping
        if not isinstance(method, str) or method not in names:
            raise unknown_name(f"operation of {self._service}", method, names)
        model: OperationModel = self.client.meta.service_model.operation_model(names[method])
        return model

    def _check_strictly(self, method: str, found: list[Violation]) -> None:
        ignored = {"timezone", *self.registry.options.ignore}
        if wrong := [each for each in found if each.rule not in ignored]:
            self._report(InvalidResponse(f"This response of {method} breaks the service model", wrong))


def _check_as_botocore_does(shape: Shape | None, response: dict[str, Any]) -> None:
    content = {name: value for name, value in response.items() if name != "ResponseMetadata"}
    if shape is not None:
        validate_parameters(content, shape)
    elif content:
        raise ParamValidationError(report="Service response should only contain ResponseMetadata.")

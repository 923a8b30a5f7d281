"""The installed service model: operations and shapes by name, with no session and no credentials."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel

from cp_fixtures.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from botocore.model import OperationModel

__all__ = ["SERVICE", "loader", "method_name", "operation_model", "operations", "service_model"]

SERVICE = "customer-profiles"


@cache
def loader() -> Loader:
    """botocore's own data and nothing else: neither AWS_DATA_PATH nor ~/.aws/models is believed."""
    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


@cache
def service_model(service: str = SERVICE) -> ServiceModel:
    """The newest model of a service in the installed botocore, read once.

    Raises:
        UsageError: the installed botocore has no such service.
    """
    available = loader().list_available_services("service-2")
    if service not in available:
        raise unknown_name("service", service, available, of_model=True)
    return ServiceModel(loader().load_service_model(service, "service-2"), service)


def method_name(operation_name: str) -> str:
    """The operation as boto3 spells its method: `BatchGetProfile` gives `batch_get_profile`."""
    name: str = xform_name(operation_name)
    return name


def operations(model: ServiceModel | None = None) -> tuple[str, ...]:
    """The operations of a model, spelled as boto3's methods, in the model's order."""
    return tuple(_operation_names(service_model() if model is None else model))


def operation_model(operation: str, model: ServiceModel | None = None) -> OperationModel:
    """The operation of that name, spelled as boto3 spells its method.

    Raises:
        UsageError: the model has no such operation; near names are suggested.
    """
    model = service_model() if model is None else model
    names = _operation_names(model)
    try:
        return model.operation_model(names[operation])
    except (KeyError, TypeError):
        raise _unknown_operation(operation, names) from None


@lru_cache(maxsize=16)
def _operation_names(model: ServiceModel) -> dict[str, str]:
    return {method_name(name): name for name in model.operation_names}


def _unknown_operation(operation: object, names: dict[str, str]) -> UsageError:
    # boto3's spelling of `BatchGetProfile`, and of the AWS CLI's `batch-get-profile`.
    if isinstance(operation, str) and method_name(operation.replace("-", "_")) in names:
        return UsageError(
            f"There is no operation {operation!r}.",
            "An operation is named as boto3 spells its method.",
            f"Use {method_name(operation.replace('-', '_'))!r}.",
        )
    return unknown_name("operation", operation, names, of_model=True)

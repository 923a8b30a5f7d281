"""The installed service model: operations and shapes by name, with no session and no credentials."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader
from botocore.model import ServiceModel

from cp_fixtures.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import OperationModel

__all__ = ["SERVICE", "loader", "method_name", "operation_model", "operations", "service_model"]

SERVICE = "customer-profiles"


@cache
def loader() -> Loader:
    """botocore's own data and nothing else: neither AWS_DATA_PATH nor ~/.aws/models is believed."""
    return _Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


class _Loader(Loader):
    """botocore's loader, which does not look for every service there is, twice for a client, to find one of them."""

    def list_available_services(self, type_name: str) -> Any:
        return _Services(type_name, self)


class _Services(Collection[str]):
    """The services that have a file of some type, as botocore lists them; one is looked for in its own folder alone."""

    def __init__(self, type_name: str, where: Loader) -> None:
        self._type_name = type_name
        self._loader = where

    def __contains__(self, name: object) -> bool:
        # A folder may be found by other names than its own, in capitals for one; and some names are those of files.
        if name not in os.listdir(Loader.BUILTIN_DATA_PATH):  # noqa: PTH208 - botocore's paths are texts
            return False
        try:
            return bool(self._loader.list_api_versions(str(name), self._type_name))
        except (DataNotFoundError, NotADirectoryError):
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> list[str]:
        return Loader.list_available_services(self._loader, self._type_name)


# With its name and without it, it would be kept twice: the package says the name.
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
    return tuple(_operation_names(service_model(SERVICE) if model is None else model))


def operation_model(operation: str, model: ServiceModel | None = None) -> OperationModel:
    """The operation of that name, spelled as boto3 spells its method.

    Raises:
        UsageError: the model has no such operation; near names are suggested.
    """
    model = service_model(SERVICE) if model is None else model
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

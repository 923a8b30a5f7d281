"""The strategies for the TypedDicts of boto3's type stubs, for who draws by annotations."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.errors import UsageError
from cp_fixtures.exchanges import response_metadata
from cp_fixtures.service import operations, service_model
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.operations import from_shape, responses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["register_type_strategies"]

_STUBS = ("mypy_boto3_customer_profiles", "types_boto3_customer_profiles")
_SUFFIX = "TypeDef"


def register_type_strategies() -> tuple[type, ...]:
    """Let `st.from_type`, `st.builds` and `@given(...)` draw legal values for the TypedDicts of boto3's type stubs.

    `ProfileTypeDef` is drawn as `from_shape("Profile")` is, and so is every other of `mypy_boto3_customer_profiles` and
    `types_boto3_customer_profiles`, whichever is installed, that stands for a shape of the installed model. A response
    has its ResponseMetadata, as its type wants it. Hypothesis keeps what is registered until the process ends.

    Returns:
        the types.

    Raises:
        UsageError: neither package is installed.
    """
    modules = [module for name in _STUBS if (module := _type_defs(name)) is not None]
    if not modules:
        raise UsageError(
            f"Neither {' nor '.join(_STUBS)} is installed.",
            "Their TypedDicts are what strategies are registered for.",
            "Install one of them: pip install mypy-boto3-customer-profiles",
        )
    found = [pair for module in modules for pair in _typed_dicts(module)]
    for kind, strategy in found:
        st.register_type_strategy(kind, strategy)
    return tuple(kind for kind, _ in found)


def _type_defs(package: str) -> ModuleType | None:
    try:
        return importlib.import_module(f"{package}.type_defs")
    except ImportError:
        return None


def _typed_dicts(module: ModuleType) -> Iterator[tuple[type, st.SearchStrategy[Any]]]:
    answers = _answers()
    known = set(service_model().shape_names)
    for name, kind in vars(module).items():
        if not (inspect.isclass(kind) and name.endswith(_SUFFIX) and kind.__module__ == module.__name__):
            continue
        shape = name.removesuffix(_SUFFIX)
        if shape in answers:
            yield kind, responses(answers[shape]).map(_with_metadata)
        elif (shape := shape if shape in known else shape.removesuffix("Output")) in known:
            yield kind, from_shape(shape)


def _answers() -> dict[str, str]:
    outputs = {operation: nodes().output(operation) for operation in operations()}
    return {node.name: operation for operation, node in outputs.items() if node is not None}


def _with_metadata(response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "ResponseMetadata": response_metadata(response, 200)}

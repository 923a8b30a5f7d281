"""Values and models for tests of the validator, made from botocore's shapes by a road of their own."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

from botocore.model import ServiceModel

from cp_fixtures.service import loader, operation_model
from cp_fixtures.shapes import Nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)
ID = "0123456789abcdef0123456789abcdef"
SCALARS: dict[str, Any] = {
    "integer": 7,
    "long": 7,
    "float": 1.5,
    "double": 1.5,
    "boolean": True,
    "timestamp": NOON,
    "blob": b"bytes",
}
BOTH = ["batch_get_profile", "get_segment_membership"]


def toy_model(**shapes: dict[str, Any]) -> ServiceModel:
    """A service model of these shapes, with one operation `Do` from `Request` to `Response`, where there are such."""
    operation: dict[str, Any] = {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}
    for member, name in (("input", "Request"), ("output", "Response")):
        if name in shapes:
            operation[member] = {"shape": name}
    operation["errors"] = [{"shape": name} for name, shape in shapes.items() if shape.get("exception")]
    metadata = {"protocol": "rest-json", "endpointPrefix": "toy", "serviceId": "Toy", "apiVersion": "2020-01-01"}
    return ServiceModel({"metadata": metadata, "operations": {"Do": operation}, "shapes": shapes}, "toy")


def toy(**shapes: dict[str, Any]) -> Nodes:
    """The nodes of a toy model."""
    return Nodes(toy_model(**shapes))


def structure(*required: str, **members: str) -> dict[str, Any]:
    """A structure of a toy model: its members, each by the name of its shape."""
    shapes = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "required": list(required), "members": shapes}


def bare_model() -> ServiceModel:
    """The service's model, in which nothing is sensitive."""
    model = copy.deepcopy(loader().load_service_model("customer-profiles", "service-2"))
    for shape in model["shapes"].values():
        shape.pop("sensitive", None)
    return ServiceModel(model, "customer-profiles")


def full(shape: Any, inside: tuple[str, ...] = ()) -> Any:
    """A legal value with every member, and one item in each list; what would go in circles is left out."""
    made: Any = getattr(shape, "type_name", None)
    if made == "structure":
        members = {name: member for name, member in shape.members.items() if member.name not in inside}
        return {name: full(member, (*inside, shape.name)) for name, member in members.items()}
    if made == "list":
        return [full(shape.member, inside) for _ in range(shape.metadata.get("min") or 1)]
    if made == "map":
        return {"key": full(shape.value, inside)}
    return text(shape) if made == "string" else SCALARS[made]


def text(shape: Any) -> str:
    """A legal string: an id, one of the enum's, or plain letters."""
    if shape.enum:
        return str(shape.enum[0])
    return ID if "f0-9" in shape.metadata.get("pattern", "") else "plain"


def tops() -> Iterator[tuple[str, str]]:
    """Each of the two operations with each of its ends."""
    return ((operation, end) for operation in BOTH for end in ("input_shape", "output_shape"))


def shape_of(operation: str, end: str, model: ServiceModel | None = None) -> Any:
    """botocore's shape of one end of an operation."""
    return getattr(operation_model(operation, model), end)


def replaced(value: Any, steps: tuple[str | int, ...], new: Any) -> Any:
    """A copy of a value with something else in one place."""
    if not steps:
        return new
    made = copy.copy(value)
    made[steps[0]] = replaced(value[steps[0]], steps[1:], new) if steps[1:] else new
    return made

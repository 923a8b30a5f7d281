"""botocore's shapes, compiled once to nodes: frozen records that say all that is checked, made and drawn."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from botocore.utils import is_json_value_header

from cp_fixtures.errors import unknown_name
from cp_fixtures.service import SERVICE, operation_model, service_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape

__all__ = ["ErrorNode", "Node", "Nodes", "nodes", "nodes_of", "shape_node"]

_FIRST = threading.RLock()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """A shape of the service model, with all that limits its values.

    Two nodes are the same only if they are one object: shapes refer to themselves, so there is no comparing by content.

    Attributes:
        name: the shape's name in the model.
        type: "structure", "list", "map", "string", "integer", "long", "float", "double", "boolean", "blob", "timestamp"
            or "character", as the model says; "document" for any JSON value; "events" for a stream of events.
        min: the least length of a string (in Unicode scalar values), blob, list or map, or the least number.
        max: the greatest, likewise.
        pattern: the pattern as the model has it: an ECMA 262 expression, searched for, not anchored.
        enum: the values that a string may have; empty where any will do.
        required: the members that must be there. A member that botocore fills in by itself is none of them.
        members: a structure's members, or an event stream's kinds of event, in the order of the model.
        item: the node of a list's items.
        key: the node of a map's keys.
        value: the node of a map's values.
        union: whether exactly one of the members is there.
        streaming: whether a blob arrives as an open stream.
        sensitive: whether the model marks the shape, or one above it, as sensitive: then no message shows its values.
        kept: what is worked out from the node once, by whoever needs it; it goes when the node goes.
    """

    name: str
    type: str
    min: float | None = None
    max: float | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    members: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    item: Node | None = field(default=None, repr=False)
    key: Node | None = field(default=None, repr=False)
    value: Node | None = field(default=None, repr=False)
    union: bool = False
    streaming: bool = False
    sensitive: bool = False
    kept: dict[str, Any] = field(default_factory=dict, repr=False)


class ErrorNode(NamedTuple):
    """A modelled error: its code, as a ClientError shows it, its HTTP status, and the node of its members."""

    code: str
    status: int
    node: Node


class Nodes:
    """The nodes of one service model; each shape is compiled when it is first asked for, and kept.

    Attributes:
        model: the service model that they are compiled from.
    """

    def __init__(self, model: ServiceModel) -> None:
        self.model = model
        self._lock = threading.RLock()
        self._structures: dict[tuple[str, bool], Node] = {}
        self._tops: dict[str | tuple[str, str], Node | None] = {}

    def shape(self, name: str) -> Node:
        """The node of a shape of the model, by the shape's name.

        Raises:
            UsageError: the model has no shape of that name.
        """
        if name not in self._tops and name not in self.model.shape_names:
            raise unknown_name("shape", name, self.model.shape_names, of_model=True)
        return self._tops.get(name) or cast("Node", self._top(name, self.model.shape_for(name)))

    def input(self, operation: str) -> Node | None:
        """The node of an operation's request, or None where the operation takes no parameters.

        Raises:
            UsageError: the model has no such operation.
        """
        return self._side(operation, "request")

    def output(self, operation: str) -> Node | None:
        """The node of an operation's response, or None where it answers with ResponseMetadata alone.

        Raises:
            UsageError: the model has no such operation.
        """
        return self._side(operation, "response")

    def errors(self, operation: str) -> dict[str, ErrorNode]:
        """The errors that the model lists for an operation, by the code that a ClientError shows.

        Raises:
            UsageError: the model has no such operation.
        """
        shapes = cast("list[StructureShape]", operation_model(operation, self.model).error_shapes)
        return {
            shape.error_code: ErrorNode(shape.error_code, _status(shape), self.shape(shape.name)) for shape in shapes
        }

    def _side(self, operation: str, side: Literal["request", "response"]) -> Node | None:
        try:
            # Asked for at each check. What is kept is whole, so nobody need wait for another.
            return self._tops[operation, side]
        except (KeyError, TypeError):
            model = operation_model(operation, self.model)
            return self._top((operation, side), model.input_shape if side == "request" else model.output_shape)

    def _top(self, name: str | tuple[str, str], shape: Shape | None) -> Node | None:
        # Nothing half-built is seen by another thread: the lock is held until the last member is there.
        with self._lock:
            if name not in self._tops:
                self._tops[name] = None if shape is None else self._compile(shape, sensitive=False)
            return self._tops[name]

    def _compile(self, shape: Shape, *, sensitive: bool) -> Node:
        sensitive = sensitive or bool(shape.metadata.get("sensitive"))
        if shape.type_name == "structure":
            return self._structure(cast("StructureShape", shape), sensitive=sensitive)
        return Node(
            name=shape.name,
            type="document" if is_json_value_header(shape) else shape.type_name,
            min=_least(shape),
            max=shape.metadata.get("max"),
            pattern=shape.metadata.get("pattern"),
            enum=tuple(cast("StringShape", shape).enum) if shape.type_name == "string" else (),
            streaming=bool(shape.serialization.get("streaming")),
            sensitive=sensitive,
            **self._inside(shape, sensitive=sensitive),
        )

    def _inside(self, shape: Shape, *, sensitive: bool) -> dict[str, Any]:
        if shape.type_name == "list":
            return {"item": self._compile(cast("ListShape", shape).member, sensitive=sensitive)}
        if shape.type_name == "map":
            map_shape = cast("MapShape", shape)
            return {
                "key": self._compile(map_shape.key, sensitive=sensitive),
                "value": self._compile(map_shape.value, sensitive=sensitive),
            }
        return {}

    def _structure(self, shape: StructureShape, *, sensitive: bool) -> Node:
        # Every circle in a model goes through a structure, so keeping these is what ends the recursion.
        key = (shape.name, sensitive)
        if key not in self._structures:
            members: dict[str, Node] = {}
            self._structures[key] = Node(
                name=shape.name,
                type=_structure_type(shape),
                required=_required(shape),
                members=MappingProxyType(members),
                union=shape.is_tagged_union,
                sensitive=sensitive,
            )
            for name, member in shape.members.items():
                members[name] = self._compile(member, sensitive=sensitive)
        return self._structures[key]


def nodes(service: str = SERVICE) -> Nodes:
    """The nodes of a service, by the model in the installed botocore.

    Raises:
        UsageError: the installed botocore has no such service.
    """
    if service in _MADE:
        return _MADE[service]
    # Two threads that come first get the same nodes: these are compared by identity.
    with _FIRST:
        return _nodes(service)


def nodes_of(model: ServiceModel) -> Nodes:
    """The nodes of a model that is at hand, such as `client.meta.service_model`; the last few models are kept."""
    with _FIRST:
        return _nodes_of(model)


_MADE: dict[str, Nodes] = {}


def _nodes(service: str) -> Nodes:
    if service not in _MADE:
        _MADE[service] = _nodes_of(service_model(service))
    return _MADE[service]


# Each client of a user's brings a model object of its own: the last few are kept, the rest let go.
@lru_cache(maxsize=16)
def _nodes_of(model: ServiceModel) -> Nodes:
    return Nodes(model)


def shape_node(name: str, service: str = SERVICE) -> Node:
    """The node of a shape of a service, such as "Profile".

    Raises:
        UsageError: no such service, or no such shape.
    """
    return nodes(service).shape(name)


def _structure_type(shape: StructureShape) -> str:
    if shape.is_document_type:
        return "document"
    return "events" if shape.serialization.get("eventstream") else "structure"


def _required(shape: StructureShape) -> tuple[str, ...]:
    # botocore makes a missing idempotency token by itself, so nobody has to send one.
    return tuple(
        name
        for name in shape.metadata.get("required", ())
        if not (name in shape.members and shape.members[name].metadata.get("idempotencyToken"))
    )


def _least(shape: Shape) -> float | None:
    # What becomes a part of the host name has at least one character, though no `min` says so.
    return cast("float | None", shape.metadata.get("min", 1 if shape.serialization.get("hostLabel") else None))


def _status(shape: Shape) -> int:
    # A model without a status means what the protocol means by it: the sender's fault, 400, or the service's, 500.
    # botocore leaves `fault` out of the metadata.
    is_fault = getattr(shape, "_shape_model", {}).get("fault")
    return int(shape.metadata.get("error", {}).get("httpStatusCode", 500 if is_fault else 400))

"""The service model in the words of other libraries, as far as each has words for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["json_schema", "msgspec_type", "pydantic_core_schema"]


def json_schema(node: Node) -> dict[str, Any]:
    """The shape as a JSON schema."""
    if node.type == "structure":
        members = {name: json_schema(member) for name, member in node.members.items()}
        made: dict[str, Any] = {"type": "object", "properties": members, "additionalProperties": False}
        return {**made, "required": list(node.required)}
    if node.item:
        return {"type": "array", "items": json_schema(node.item), **_bounds(node, "minItems", "maxItems")}
    if node.value and node.key:
        entries = {"propertyNames": json_schema(node.key), "additionalProperties": json_schema(node.value)}
        return {"type": "object", **entries}
    if node.type != "string":
        return {"type": "integer" if node.type == "integer" else "number"}
    if node.enum:
        return {"enum": list(node.enum)}
    return {"type": "string", **_bounds(node, "minLength", "maxLength"), **_pattern(node)}


def pydantic_core_schema(core: Any, node: Node) -> Any:
    """The shape as a schema of pydantic-core, whose module `core_schema` is given."""
    if node.type == "structure":
        fields = {
            name: core.typed_dict_field(pydantic_core_schema(core, member), required=name in node.required)
            for name, member in node.members.items()
        }
        return core.typed_dict_schema(fields, extra_behavior="forbid", strict=True)
    if node.item:
        bounds = _bounds(node, "min_length", "max_length")
        return core.list_schema(pydantic_core_schema(core, node.item), strict=True, **bounds)
    if node.value and node.key:
        key, value = pydantic_core_schema(core, node.key), pydantic_core_schema(core, node.value)
        return core.dict_schema(key, value, strict=True)
    return _pydantic_core_leaf(core, node)


def _pydantic_core_leaf(core: Any, node: Node) -> Any:
    if node.type == "timestamp":
        return core.datetime_schema(strict=True, tz_constraint="aware")
    if node.type != "string":
        return core.int_schema(strict=True)
    if node.enum:
        return core.literal_schema(list(node.enum))
    return core.str_schema(strict=True, **_bounds(node, "min_length", "max_length"), **_pattern(node))


def msgspec_type(msgspec: Any, node: Node) -> Any:
    """The shape as a type that msgspec, whose module is given, can hold values to."""
    if node.type == "structure":
        members = [(name, msgspec_type(msgspec, member)) for name, member in node.members.items()]
        needed = [member for member in members if member[0] in node.required]
        others = [
            (name, kind | msgspec.UnsetType, msgspec.UNSET) for name, kind in members if name not in node.required
        ]
        return msgspec.defstruct(node.name, [*needed, *others], forbid_unknown_fields=True, kw_only=True)
    if node.item:
        meta = msgspec.Meta(**_bounds(node, "min_length", "max_length"))
        return Annotated[list[msgspec_type(msgspec, node.item)], meta]  # type: ignore[misc] # made as it runs
    if node.value and node.key:
        return dict[msgspec_type(msgspec, node.key), msgspec_type(msgspec, node.value)]  # type: ignore[misc] # likewise
    return _msgspec_leaf(msgspec, node)


def _msgspec_leaf(msgspec: Any, node: Node) -> Any:
    if node.type == "timestamp":
        return Annotated[dt.datetime, msgspec.Meta(tz=True)]
    if node.type != "string":
        return int
    if node.enum:
        return Literal[node.enum]
    return Annotated[str, msgspec.Meta(**_bounds(node, "min_length", "max_length"), **_pattern(node))]


def _bounds(node: Node, least: str, most: str) -> dict[str, Any]:
    both = {least: node.min, most: node.max}
    return {name: int(value) for name, value in both.items() if value is not None}


def _pattern(node: Node) -> dict[str, str]:
    return {"pattern": node.pattern} if node.pattern else {}

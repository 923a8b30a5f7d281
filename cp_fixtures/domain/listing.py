"""What a domain says of itself and of its segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.replies import Unfit
from cp_fixtures.domain.state import SegmentState
from cp_fixtures.exchanges import FIXED_DATE, copied
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from cp_fixtures.domain.world import World

__all__ = ["OF_DEFINITION", "created_segment", "definition", "definitions", "described", "domain_item"]

_ARN = "arn:aws:profile:us-east-1:123456789012:domains/{domain}/segment-definitions/{segment}"
_EXPIRATION_DAYS = 366
OF_DEFINITION = ("DisplayName", "Description", "SegmentGroups", "SegmentSqlQuery", "SegmentSort", "Tags")
"""What is kept of a segment's definition: what whoever makes it says of it."""


def described(world: World) -> dict[str, Any]:
    """What get_domain says; it was made on a fixed date."""
    number = len(world.state.profiles)
    stats = {"ProfileCount": number, "MeteringProfileCount": number, "ObjectCount": 0, "TotalSize": 0}
    return {**domain_item(world.name), "DefaultExpirationDays": _EXPIRATION_DAYS, "Stats": stats}


def domain_item(name: str) -> dict[str, Any]:
    """What list_domains says of a domain."""
    return {"DomainName": name, "CreatedAt": FIXED_DATE, "LastUpdatedAt": FIXED_DATE}


def definitions(world: World) -> list[tuple[str, dict[str, Any]]]:
    """What list_segment_definitions says of each segment, by their names."""
    known = _members("list_segment_definitions", "Items")
    every = {name: definition(world, name, segment) for name, segment in sorted(world.state.segments.items())}
    return [(name, {key: value for key, value in each.items() if key in known}) for name, each in every.items()]


def definition(world: World, name: str, segment: SegmentState) -> dict[str, Any]:
    """What get_segment_definition says."""
    return {
        "SegmentDefinitionName": name,
        "DisplayName": name,
        **segment.definition,
        "SegmentDefinitionArn": _ARN.format(domain=world.name, segment=name),
        "CreatedAt": FIXED_DATE,
    }


def created_segment(world: World, params: dict[str, Any]) -> dict[str, Any]:
    """Make a segment, in which nobody is: who belongs to it by its definition, only the service can say.

    Raises:
        Unfit: there is one of that name.
    """
    name = params["SegmentDefinitionName"]
    if name in world.state.segments:
        raise Unfit(f"SegmentDefinitionName {name} already exists in DomainName {world.name}")
    made = {member: copied(params[member]) for member in OF_DEFINITION if member in params}
    world.state.segments[name] = SegmentState(definition=made)
    known = _members("create_segment_definition")
    return {key: value for key, value in definition(world, name, world.segment(name)).items() if key in known}


def _members(operation: str, items: str | None = None) -> set[str]:
    output = nodes().output(operation)
    node = output and (output.members[items].item if items else output)
    return set(node.members) if node else set()

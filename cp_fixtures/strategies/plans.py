"""Overrides: what the caller wants at a place, as a tree of strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cp_fixtures.errors import clip, unknown_name
from cp_fixtures.exchanges import copied
from cp_fixtures.factories import OMIT
from cp_fixtures.strategies.refusals import refused

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["NOTHING", "Plan", "planned"]


@dataclass(slots=True, eq=False)
class Plan:
    """What is wanted at one place of a value, and below it.

    Attributes:
        value: the strategy of the value; None where the shape says what it is.
        is_omitted: whether the member is never there.
        members: what is wanted of the members; of a list it is wanted in each item, of a map in each value.
        made: the strategies that the engine has made for this place.
    """

    value: st.SearchStrategy[Any] | None = None
    is_omitted: bool = False
    members: dict[str, Plan] = field(default_factory=dict)
    made: dict[Any, st.SearchStrategy[Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.is_settled or bool(self.members)

    @property
    def is_settled(self) -> bool:
        """Whether all is said of the value, so that nothing can be said of its members."""
        return self.value is not None or self.is_omitted


NOTHING = Plan()
"""Nothing is wanted but what the shape says."""


def planned(node: Node, overrides: Mapping[str, Any]) -> Plan:
    """The overrides as one tree.

    Args:
        node: the shape that they are for.
        overrides: by a member's name, or by a path with two underscores for each step down: `Address__City`. A list or
            a map is no step of its own: `Profiles__FirstName` is that of each profile. The value is a strategy, or a
            value, or a dict of further overrides of a structure; OMIT leaves the member out.

    Raises:
        InvalidArgument: a name is no member of the model, the member is required and to be left out, or two overrides
            are for the same place, or one is for a part of what the other is for.
    """
    top = Plan()
    for name, value in _entries(overrides):
        _enter(top, node, name.split("__"), value, name)
    return top


def _enter(plan: Plan, node: Node, steps: list[str], value: object, name: str) -> None:
    node = _opened(node)
    if not node.members:
        raise refused(
            f"There is no member {clip(steps[0])} of {node.name}, in {name}.",
            "It has no members.",
            "Override it, or what is above it, as a whole.",
        )
    if steps[0] not in node.members:
        raise InvalidArgument(str(unknown_name(f"member of {node.name}", steps[0], node.members, of_model=True)))
    member, below = node.members[steps[0]], plan.members.setdefault(steps[0], Plan())
    if steps[1:]:
        _check_not_settled(name, is_settled=below.is_settled)
        _enter(below, member, steps[1:], value, name)
    elif isinstance(value, dict) and member.type == "structure":
        _check_not_settled(name, is_settled=below.is_settled)
        for inner, wanted in _entries(value):
            _enter(below, member, [inner], wanted, f"{name}__{inner}")
    elif value is OMIT:
        _check_not_required(node, steps[0], name)
        _check_not_settled(name, is_settled=bool(below))
        below.is_omitted = True
    else:
        _check_not_settled(name, is_settled=bool(below))
        # A copy for each example: what one changes is not what the next one gets.
        below.value = value if isinstance(value, st.SearchStrategy) else st.just(value).map(copied)
        below.value.validate()


def _entries(overrides: object) -> list[tuple[str, object]]:
    if not isinstance(overrides, Mapping):
        raise refused(
            f"overrides is {clip(overrides)}.",
            "It is a dict of values or strategies, by a member's name or path.",
            'Give one, such as {"Address__City": "Paris"}.',
        )
    for name in overrides:
        if not isinstance(name, str):
            raise refused(
                f"An override is for {clip(name)}.", "A member's name, or a path, is a text.", "Name a member."
            )
    return list(overrides.items())


def _check_not_settled(name: str, *, is_settled: bool) -> None:
    if is_settled:
        raise refused(
            f"{name} is overridden twice.",
            "One override is for it, another for it too, for a part of it, or for what it is a part of.",
            "Give one of them; or a dict for what they are parts of.",
        )


def _opened(node: Node) -> Node:
    while (inside := node.item or node.value) is not None:
        node = inside
    return node


def _check_not_required(node: Node, member: str, name: str) -> None:
    if member in node.required:
        raise refused(
            f"{name} is {clip(OMIT)}.", f"{node.name} requires it.", "Override it with a value or a strategy instead."
        )

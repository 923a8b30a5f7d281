"""What the caller wants otherwise: overrides, checked against the model and merged into a profile."""

from __future__ import annotations

from copy import deepcopy
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from cp_fixtures.errors import unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.shapes import Node

__all__ = ["OMIT", "Omit", "merged", "planned"]


class Omit(Enum):
    """The type of OMIT, which as the value of an override leaves that member out, at any depth.

    It is an enum, so that a copied or unpickled OMIT is still the same object.
    """

    OMIT = "OMIT"

    def __repr__(self) -> str:
        return self.name


OMIT: Final = Omit.OMIT
"""As the value of an override: leave this member out."""


def planned(node: Node, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """The overrides as one nested dict: `Address__City="Paris"` is `Address={"City": "Paris"}`.

    Raises:
        UsageError: a name is no member of the model; near names are suggested.
    """
    plan: dict[str, Any] = {}
    for name, value in overrides.items():
        first, *deeper = name.split("__")
        for step in reversed(deeper):
            value = {step: value}  # noqa: PLW2901  (wrapped from the inside out)
        plan[first] = _joined(plan.get(first), value)
    _check_names(node, plan, node.name)
    return plan


def _joined(one: object, other: object) -> object:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return other
    return {**one, **{name: _joined(one.get(name), value) for name, value in other.items()}}


def _check_names(node: Node, plan: dict[str, Any], path: str) -> None:
    for name, value in plan.items():
        if name not in node.members:
            raise unknown_name(f"{path} member", name, node.members, of_model=True)
        member = node.members[name]
        if member.type == "structure" and isinstance(value, dict):
            _check_names(member, value, f"{path}.{name}")


def merged(base: object, plan: object) -> Any:
    """The base with the plan laid over it: dict into dict, anything else in place of what was there.

    Nothing of the caller's is shared, neither the base's dicts nor the plan's values. A dict that OMIT has emptied is
    left out itself.
    """
    if not isinstance(plan, dict):
        return deepcopy(plan)
    result = dict(base) if isinstance(base, dict) else {}
    for name, value in plan.items():
        made = OMIT if value is OMIT else merged(result.get(name), value)
        if made is OMIT or (made == {} and value):
            result.pop(name, None)
        else:
            result[name] = made
    return result

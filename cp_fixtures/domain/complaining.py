"""What the service says of a request that breaks its model, in the kind of words that users have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cp_fixtures.errors import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cp_fixtures.errors import Violation
    from cp_fixtures.shapes import Node

__all__ = ["complaint"]


def complaint(node: Node | None, violations: Sequence[Violation]) -> str:
    """The message of the BadRequestException. A guess: the words are those of its like, and no value is shown.

    Args:
        node: the shape of the request.
        violations: what is wrong with it, at least one thing.
    """
    said = "; ".join(
        f"Value at '{_place(each)}' failed to satisfy constraint: {_constraint(node, each)}" for each in violations
    )
    number = len(violations)
    return f"{number} validation error{'' if number == 1 else 's'} detected: {said}"


def _place(violation: Violation) -> str:
    """The place as the service writes it: `profileIds.3.member`."""
    return ".".join(map(_step, violation.steps)) or "request"


def _step(step: str | int) -> str:
    if isinstance(step, Words):
        # A key that must not be shown.
        return "member"
    return f"{step + 1}.member" if isinstance(step, int) else f"{step[:1].lower()}{step[1:]}"


def _constraint(node: Node | None, violation: Violation) -> str:
    here = _at(node, violation)
    if violation.rule == "required":
        return "Member must not be null"
    if here is not None and violation.rule in ("min", "max"):
        than, limit = ("greater", here.min) if violation.rule == "min" else ("less", here.max)
        what = "value" if here.type in ("integer", "long", "float", "double") else "length"
        return f"Member must have {what} {than} than or equal to {limit}"
    if here is not None and violation.rule == "pattern":
        return f"Member must satisfy regular expression pattern: {here.pattern}"
    if here is not None and violation.rule == "enum":
        return f"Member must satisfy enum value set: [{', '.join(here.enum)}]"
    return f"Member must be {violation.wanted}"


def _at(node: Node | None, violation: Violation) -> Node | None:
    for step in violation.steps:
        node = node and (node.item if isinstance(step, int) else node.members.get(step, node.value))
    return node

"""A request or a response as a tree for people to read: every member, and every limit in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.shapes import Node
    from cp_fixtures.validation import Rule

__all__ = ["Entry", "outline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the tree, with the lines below it; `str(entry)` is the line.

    Attributes:
        name: the member's name; "request" or "response" at the top; "[n]" for the items of a list, "[key]" and
            "[value]" for what a map has.
        type: the type as the model says, for a structure with its name: "list", "string", "structure Profile";
            "nothing" for what has no members at all.
        limits: each limit in words: "1 to 255 characters", "at most 20 items", "a match of [a-f0-9]{32}", "one of
            PRESENT, ABSENT", "exactly one of its members".
        required: whether the structure around it requires it.
        sensitive: whether the model marks it, or something above it, as sensitive.
        again: whether it is a structure that stands further up, or around it, with its members: they are not repeated.
        entries: what is inside, in the order of the model.
    """

    name: str
    type: str
    limits: tuple[str, ...] = ()
    required: bool = False
    sensitive: bool = False
    again: bool = False
    entries: tuple[Entry, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All there is to say of it but its name, which is its type, its limits, and what else holds."""
        said = {"required": self.required, "sensitive": self.sensitive, "as above": self.again}
        return (self.type, *self.limits, *(word for word, holds in said.items() if holds))

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.words)}"


def outline(operation: str, of: Literal["request", "response"] = "response") -> Entry:
    """The tree of an operation's request or response, by the model of the installed botocore.

    Args:
        operation: any operation of the service, as boto3 spells its method.
        of: "response", or "request".

    Returns:
        the entry at the top.

    Raises:
        UsageError: the model has no such operation, or `of` is neither of the two.
    """
    if of not in ("request", "response"):
        raise UsageError(
            f"of is {clip(of)}.", "An operation has a request and a response.", 'Give "request" or "response".'
        )
    node = nodes().input(operation) if of == "request" else nodes().output(operation)
    return Entry(name=of, type="nothing") if node is None else _entry(of, node, set(), required=False)


def _entry(name: str, node: Node, shown: set[Node], *, required: bool) -> Entry:
    again = node in shown
    if node.members:
        shown.add(node)
    return Entry(
        name=name,
        type=f"{node.type} {node.name}" if node.type == "structure" else node.type,
        limits=tuple(_limits(node)),
        required=required,
        sensitive=node.sensitive,
        again=again,
        entries=() if again else tuple(_inside(node, shown)),
    )


def _inside(node: Node, shown: set[Node]) -> Iterator[Entry]:
    for name, inner in {"[n]": node.item, "[key]": node.key, "[value]": node.value}.items():
        if inner is not None:
            yield _entry(name, inner, shown, required=False)
    for name, member in node.members.items():
        yield _entry(name, member, shown, required=name in node.required)


def _limits(node: Node) -> Iterator[str]:
    known = {rule.code: rule for rule in rules(node)}
    if "min" in known and "max" in known:
        yield _between(known["min"], known["max"])
    else:
        yield from (known[code].wanted for code in ("min", "max") if code in known)
    if "pattern" in known:
        yield known["pattern"].wanted
    if "enum" in known:
        yield f"one of {', '.join(known['enum'].names['enum'])}"
    if node.union:
        yield "exactly one of its members"


def _between(least: Rule, most: Rule) -> str:
    if least.names["least"] == most.names["most"]:
        return most.wanted.replace("at most", "exactly")
    return most.wanted.replace("at most", f"{least.names['least']} to")

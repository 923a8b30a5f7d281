"""What can be wrong with the members and keys of a dict, and how a path shows the way to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import Violation, Words, clip, did_you_mean, several
from cp_fixtures.validation.rules import kind, type_and_length

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cp_fixtures.shapes import Node

__all__ = ["key_step", "missing", "not_one", "step", "step_to", "unknown"]


def missing(node: Node, name: str) -> Violation:
    """The violation of a structure without a member that it requires."""
    noun = kind(node.members[name]).name if name in node.members else "a value"
    return Violation((name,), "required", f"{noun}, which {node.name} requires", "nothing")


def not_one(node: Node, names: Iterable[object]) -> Violation:
    """The violation of a union that has these members, which are none or several."""
    known = [str(name) if name in node.members else "an unknown one" for name in names]
    return Violation((), "union", f"exactly one of {several(node.members)}", " and ".join(known) or "none")


def unknown(node: Node, name: object, entries: dict[Any, Any]) -> Violation:
    """The violation of a structure with a member that the model does not know."""
    hint = did_you_mean(name, node.members).replace("D", "d", 1)
    names = hint or several(node.members, 8) or "it has none"
    # A name that is like a member's is a slip of the pen; any other can be data, a key of Attributes for one.
    place = step(name, entries, hidden=node.sensitive and not hint)
    return Violation((place,), "unknown", f"a member of {node.name} ({names})", "an unknown one")


def step(key: object, entries: dict[Any, Any], *, hidden: bool) -> str:
    """The step of a path to the entry of a dict; where its key is to be hidden, the entry by its number."""
    if hidden:
        return Words(f"entry {list(entries).index(key)}, {type_and_length(key)}")
    return key if isinstance(key, str) else Words(clip(key))


def key_step(key: object, entries: dict[Any, Any], *, hidden: bool) -> str:
    """The step of a path to a key itself, and not to what stands under it."""
    return Words(f"the key of {step(key, entries, hidden=True)}" if hidden else f"the key {clip(key)}")


def step_to(node: Node | None, key: object, entries: dict[Any, Any]) -> str:
    """The step of a path that leads to an entry of a dict; a key that may be somebody's secret is put in words.

    Args:
        node: the shape of the dict; None where it is not known.
        key: the key.
        entries: the dict.
    """
    if node is None or key in node.members:
        return step(key, entries, hidden=False)
    # As where a value is judged: of a structure, a name that is like a member's is a slip of the pen and no secret.
    sensitive = node.sensitive if node.key is None else node.key.sensitive
    return step(key, entries, hidden=sensitive and not did_you_mean(key, node.members))

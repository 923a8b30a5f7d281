"""The styles that between them show all that a shape allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cp_fixtures.cases.case import readable
from cp_fixtures.cases.making import Style, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cp_fixtures.shapes import Node

__all__ = ["covering", "union_styles"]

_NESTED = 5
"""How deep lists and maps are nested in each other, at the most."""


def covering(node: Node, known: Mapping[str, str]) -> dict[str, Any]:
    """Legal values by a label, each different from those before it.

    Args:
        node: the shape; a structure.
        known: texts by the member's name, such as the id that a profile has in several places.
    """
    found: dict[str, Any] = {}
    for label, style in (*_styles(node, known), *_inside_unions(node, known)):
        value = made(node, style)
        if value is not None and value not in found.values():
            found[label] = value
    return found


def union_styles(node: Node, known: Mapping[str, str]) -> Iterator[tuple[str, Style]]:
    """A style for each member of each union inside the shape, the first ones excepted: any style has those."""
    for union, name in _other_choices(node):
        yield f"{union.name}={name}", Style(chosen={union.name: name}, known=known)


def _inside_unions(node: Node, known: Mapping[str, str]) -> Iterator[tuple[str, Style]]:
    """What else there is to show of such a member, while the first one stands aside."""
    for union, name in _other_choices(node):
        member = union.members[name]
        usual = made(member, Style(known=known), name)
        for label, style in _styles(member, known):
            # How deep the member's own lists are nested is another number from the top.
            if style.sizes == "least" or made(member, style, name) != usual:
                yield f"{union.name}={name}-{label}", replace(style, chosen={**style.chosen, union.name: name})


def _other_choices(node: Node) -> Iterator[tuple[Node, str]]:
    return ((union, name) for union in _reachable(node) if union.union for name in [*union.members][1:])


def _reachable(node: Node) -> list[Node]:
    """The node and all inside it, each once, in the order of the model."""
    seen: dict[Node, None] = {}
    coming = [node]
    while coming:
        here = coming.pop()
        if here not in seen:
            seen[here] = None
            coming += reversed([*here.members.values(), *filter(None, [here.item, here.key, here.value])])
    return [*seen]


def _styles(node: Node, known: Mapping[str, str]) -> Iterator[tuple[str, Style]]:
    yield "full", Style(known=known)
    yield "minimal", Style(optional=False, known=known)
    yield "bare", Style(bare=True, known=known)
    yield "least", Style(texts="least", known=known)
    yield "most", Style(texts="most", known=known)
    for spared in range(_NESTED):
        yield f"few-entries{f'-{spared + 1}' if spared else ''}", Style(sizes="least", spared=spared, known=known)
    yield "most-entries", Style(sizes="most", known=known)
    yield "other-scripts", Style(texts="other", known=known)
    yield from union_styles(node, known)
    for name, value in _enum_values(node):
        yield readable(f"{name}={value}"), Style(chosen={name: value}, known=known)
    for structure, name in _optional_members(node):
        label = name if structure == node.name else f"{structure}.{name}"
        yield f"without-{label}", Style(without=(structure, name), known=known)


def _enum_values(node: Node) -> dict[tuple[str, str], None]:
    return {(each.name, value): None for each in _reachable(node) for value in each.enum}


def _optional_members(node: Node) -> dict[tuple[str, str], None]:
    structures = (each for each in _reachable(node) if each.type == "structure" and not each.union)
    return {(each.name, name): None for each in structures for name in each.members if name not in each.required}

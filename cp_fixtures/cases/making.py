"""A legal value of any node in a given style: with all members or few, at the usual length or at a bound."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Any, Literal, cast

from cp_fixtures.breaches import resized
from cp_fixtures.cases.known import OTHER_SCRIPTS, SEEDS, TEXTS
from cp_fixtures.factories.filling import filled
from cp_fixtures.validation import rules
from cp_fixtures.validation.rules import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cp_fixtures.shapes import Node

__all__ = ["Style", "made"]

_LISTED = "[]"


@dataclass(frozen=True, slots=True)
class Style:
    """What a value is to look like.

    Attributes:
        texts: texts, numbers and truth: as usual, at their least, at their greatest, or texts of other scripts.
        sizes: lists and maps with one entry, with as few or as many as they may have.
        spared: how many lists and maps have to be around one before it has few: an empty one hides those inside it.
        optional: whether members that need not be there are.
        bare: whether structures inside the value do without them nevertheless.
        without: a structure's name and the member that it is not to have.
        chosen: of an enum the value, of a union the member, by the shape's name; else it is the first.
        known: texts by the member's name.
    """

    texts: Literal["usual", "least", "most", "other"] = "usual"
    sizes: Literal["one", "least", "most"] = "one"
    spared: int = 0
    optional: bool = True
    bare: bool = False
    without: tuple[str, str] | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)


def made(node: Node, style: Style, name: str = "", inside: tuple[str, ...] = ()) -> Any:
    """A legal value in that style, as near to it as the shape lets it come; None where none is found.

    Args:
        node: what the value has to be.
        style: what it is to look like.
        name: the member's name, which tells what its text is about.
        inside: the shapes that it is in: a structure that would contain itself is left out.
    """
    return _MAKERS.get(node.type, _leaf)(node, style, name, inside)


def _structure(node: Node, style: Style, _name: str, inside: tuple[str, ...]) -> dict[str, Any] | None:
    if node.name in inside:
        return None
    value: dict[str, Any] = {}
    for name in _union_member(node, style) if node.union else _members(node, style, inside):
        item = made(node.members[name], style, name, (*inside, node.name))
        if item is not None:
            value[name] = item
        elif name in node.required or node.union:
            return None
    return value


def _members(node: Node, style: Style, inside: tuple[str, ...]) -> Iterator[str]:
    has_others = style.optional and not (style.bare and inside)
    return (
        name for name in node.members if name in node.required or (has_others and style.without != (node.name, name))
    )


def _union_member(node: Node, style: Style) -> list[str]:
    return [style.chosen.get(node.name, next(iter(node.members)))]


def _list(node: Node, style: Style, name: str, inside: tuple[str, ...]) -> list[Any] | None:
    size = _size(node, style, inside)
    inside = (*inside, _LISTED)
    if not size:
        return []
    item = cast("Node", node.item)
    first = made(item, style, name, inside)
    # The first entry shows the style; the others are there for their number.
    others = made(item, replace(style, optional=False, texts="usual", sizes="one"), name, inside)
    if first is None or others is None:
        return None if node.min else []
    return [first, *[others] * (size - 1)]


def _map(node: Node, style: Style, name: str, inside: tuple[str, ...]) -> dict[str, Any] | None:
    size = _size(node, style, inside)
    inside = (*inside, _LISTED)
    if not size:
        return {}
    key = made(cast("Node", node.key), style, f"{name}Key", inside)
    item = made(cast("Node", node.value), style, name, inside)
    if key is None or item is None:
        return None if node.min else {}
    whole: dict[str, Any] | None = resized(node, {key: item}, size, lambda _: True)
    return whole


def _size(node: Node, style: Style, inside: tuple[str, ...]) -> int:
    least = int(node.min or 0)
    sizes = "one" if style.sizes == "least" and inside.count(_LISTED) < style.spared else style.sizes
    most = max(1, least) if node.max is None else int(node.max)
    return {"least": least, "one": min(max(1, least), most), "most": most}[sizes]


def _leaf(node: Node, style: Style, name: str, _inside: tuple[str, ...]) -> Any:
    if node.enum:
        return style.chosen.get(node.name, node.enum[0])
    # Hundreds of values have the same leaf: it is worked out once.
    key = f"{__name__}/{style.texts}/{name}/{style.known.get(name)}"
    if key not in node.kept:
        node.kept[key] = _LEAVES.get(node.type, _other)(node, style, name)
    return node.kept[key]


def _text(node: Node, style: Style, name: str) -> str | None:
    fits = _legal(node)
    if fits(style.known.get(name)):
        return style.known[name]
    coming = (TEXTS.get(name), filled(node, name or "text", Random(name)), *SEEDS)
    usual = next(filter(fits, coming), None)
    return usual if usual is None else _at_its_bound(node, style, usual, fits)


def _legal(node: Node) -> Callable[[Any], bool]:
    return joined(rules(node), lambda _: False, fine=True)


def _at_its_bound(node: Node, style: Style, usual: str, fits: Callable[[Any], bool]) -> str:
    if style.texts == "other":
        return OTHER_SCRIPTS if fits(OTHER_SCRIPTS) else usual
    length = {"least": node.min or 0, "most": node.max}.get(style.texts)
    found = None if length is None else _nearest(node, int(length), usual, fits)
    return usual if found is None else found


def _nearest(node: Node, length: int, usual: str, fits: Callable[[Any], bool]) -> str | None:
    """The text at the bound, or as near to it as the pattern lets it come."""
    step = 1 if length < len(usual) else -1
    tried = (resized(node, usual, each, fits) for each in range(length, len(usual), step))
    return next((each for each in tried if each is not None), None)


def _number(node: Node, style: Style, name: str) -> Any:
    bound = {"least": node.min, "most": node.max}.get(style.texts)
    return _other(node, style, name) if bound is None else bound


def _boolean(_node: Node, style: Style, _name: str) -> bool:
    return style.texts != "least"


def _other(node: Node, _style: Style, name: str) -> Any:
    return filled(node, name, Random(name))


_MAKERS: dict[str, Callable[[Node, Style, str, tuple[str, ...]], Any]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
}
_LEAVES: dict[str, Callable[[Node, Style, str], Any]] = {
    "string": _text,
    "integer": _number,
    "long": _number,
    "float": _number,
    "double": _number,
    "boolean": _boolean,
}

"""A value for any node, from its shape alone: for the members of tomorrow's model, of which nothing is known."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from cp_fixtures.people.drawing import between, one_of
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.people.drawing import Source
    from cp_fixtures.shapes import Node

__all__ = ["filled", "structured"]

# A fixed time, so that nothing depends on the clock.
_TIME = datetime(2025, 1, 1, tzinfo=timezone.utc)
_YEAR = 365 * 24 * 3600
_DEEPEST = 4
_BOTTOM = 8


def filled(node: Node, name: str, random: Source, depth: int = 0) -> Any:
    """A legal value, or None where no simple one is: then the member has to be left out.

    Args:
        node: what the value has to be.
        name: the member's name, which a text begins with, so that one sees where it came from.
        random: the source of all chance.
        depth: how deep in the value it is; from the fourth level on only what must be there is made, and what goes on
            after the eighth has no end.
    """
    maker = _MAKERS.get(node.type)
    value = None if maker is None or depth > _BOTTOM else maker(node, name, random, depth)
    # What a shape forbids is known in one place only: the validator has the last word on every leaf.
    return value if value is not None and not find(node, value) else None


def structured(node: Node, known: dict[str, Any], random: Source, depth: int = 1) -> dict[str, Any]:
    """A structure of what is known, None leaving a member out, and what is not filled from its shape."""
    return {
        name: value
        for name, member in node.members.items()
        if (value := known[name] if name in known else filled(member, name, random, depth)) is not None
    }


def _string(node: Node, name: str, random: Source, _depth: int) -> str | None:
    if node.enum:
        return one_of(random, node.enum)
    number = between(random, 10**9, 10**10 - 1)
    texts = (
        f"{name}-{number}",
        f"{random.getrandbits(128):032x}",
        str(number),
        (_TIME + timedelta(seconds=number % _YEAR)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        f"https://www.example.com/{name}/{number}",
        f"arn:aws:profile:us-east-1:123456789012:{name}/{number}",
    )
    return next((text for text in (_fit(node, text) for text in texts) if not find(node, text)), None)


def _fit(node: Node, text: str) -> str:
    least = int(node.min or 0)
    longer = text * (least // len(text) + 1) if len(text) < least else text
    return longer[: max(least, len(text))][: None if node.max is None else int(node.max)]


def _whole(node: Node, _name: str, random: Source, _depth: int) -> int:
    least = int(node.min if node.min is not None else min(0, node.max or 0))
    return between(random, least, int(node.max) if node.max is not None else least + 999)


def _number(node: Node, name: str, random: Source, depth: int) -> float:
    return float(_whole(node, name, random, depth))


def _boolean(_node: Node, _name: str, random: Source, _depth: int) -> bool:
    return one_of(random, (False, True))


def _blob(node: Node, name: str, _random: Source, _depth: int) -> bytes:
    return _fit(node, name).encode("ascii", "replace")


def _timestamp(_node: Node, _name: str, random: Source, _depth: int) -> datetime:
    return _TIME + timedelta(seconds=between(random, 0, _YEAR))


def _list(node: Node, name: str, random: Source, depth: int) -> list[Any] | None:
    least = int(node.min or 0)
    if node.item is None or depth >= _DEEPEST:
        return None if least else []
    items = [filled(node.item, name, random, depth + 1) for _ in range(max(1, least))]
    return None if None in items else items


def _map(node: Node, name: str, random: Source, depth: int) -> dict[str, Any] | None:
    if node.key is None or node.value is None or depth >= _DEEPEST:
        return None if node.min else {}
    keys = [filled(node.key, f"{name}{at + 1}", random, depth + 1) for at in range(max(1, int(node.min or 0)))]
    made = {key: filled(node.value, name, random, depth + 1) for key in keys}
    return None if None in made or None in made.values() else made


def _structure(node: Node, _name: str, random: Source, depth: int) -> dict[str, Any] | None:
    if node.union:
        return _one_member(node, random, depth)
    left_out = set(node.members) - set(node.required) if depth >= _DEEPEST else ()
    return structured(node, dict.fromkeys(left_out), random, depth + 1)


def _one_member(node: Node, random: Source, depth: int) -> dict[str, Any] | None:
    if depth >= _DEEPEST:
        return None
    made = ({name: filled(member, name, random, depth + 1)} for name, member in node.members.items())
    return next((value for value in made if None not in value.values()), None)


def _document(_node: Node, _name: str, _random: Source, _depth: int) -> dict[str, Any]:
    return {}


_MAKERS: dict[str, Callable[[Node, str, Source, int], Any]] = {
    "string": _string,
    "character": _string,
    "integer": _whole,
    "long": _whole,
    "float": _number,
    "double": _number,
    "boolean": _boolean,
    "blob": _blob,
    "timestamp": _timestamp,
    "list": _list,
    "map": _map,
    "structure": _structure,
    "document": _document,
}

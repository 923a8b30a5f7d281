"""Texts, lists, maps and blobs of a given length, made of one that is legal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.validation import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cp_fixtures.shapes import Node

__all__ = ["resized"]


def resized(node: Node, value: Any, length: int, fits: Callable[[str], bool]) -> Any:
    """The value made longer or shorter: by what is in it already, and never by what would break another rule.

    Args:
        node: what the value is: a string, a list, a map or a blob.
        value: a legal one.
        length: as the model counts it; a text's is in Unicode scalar values.
        fits: what a text must go on doing, such as matching its pattern.

    Returns:
        the new value; None where no simple way leads to one, as from an empty list to a longer one.
    """
    if length < 0:
        return None
    if isinstance(value, str):
        return _fitted(value, length, fits)
    if isinstance(value, dict):
        return _entries(node, value, length)
    if not value and length:
        return None
    return value[:length] if length <= len(value) else (value * (length // len(value) + 1))[:length]


def _fitted(text: str, length: int, fits: Callable[[str], bool]) -> str | None:
    """The text, with characters repeated or left out; None where no such way leads to one that fits."""
    made = _longer(text, length) if len(text) <= length else _shorter(text, length)
    direct = next(filter(fits, made), None)
    if direct is not None or length >= len(text) - 1:
        return direct
    # No one piece can go: something small may, and then the rest.
    pieces = (text[:at] + text[at + size :] for size in range(len(text) - length - 1, 0, -1) for at in range(len(text)))
    smaller = next(filter(fits, pieces), None)
    return None if smaller is None else _fitted(smaller, length, fits)


def _longer(text: str, length: int) -> Iterator[str]:
    missing = length - len(text)
    for at in range(len(text), -1, -1):
        for letter in dict.fromkeys([*text[at - 1 : at], *text[at : at + 1], "a", "0"]):
            yield text[:at] + letter * missing + text[at:]


def _shorter(text: str, length: int) -> Iterator[str]:
    size = len(text) - length
    return (text[:at] + text[at + size :] for at in range(length, -1, -1))


def _entries(node: Node, value: dict[str, Any], length: int) -> dict[str, Any] | None:
    """The map with so many entries; new keys are made of one that is there."""
    if len(value) >= length:
        return dict(list(value.items())[:length])
    if not value or node.key is None:
        return None
    first, item = next(iter(value.items()))
    fine = [rule.holds for rule in rules(node.key)]
    coming = (each for each in [*node.key.enum, *_numbered(first, length)] if all(holds(each) for holds in fine))
    made = dict(value)
    for key in coming:
        if len(made) == length:
            break
        made.setdefault(key, item)
    return made if len(made) == length else None


def _numbered(key: str, count: int) -> Iterable[str]:
    # A key at its greatest length has no room for a number: there one takes the place of its end.
    digits = (str(number) for number in range(10 * count + 10))
    return (each for number in digits for each in (key + number, key[: -len(number)] + number))

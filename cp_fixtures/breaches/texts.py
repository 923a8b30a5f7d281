"""Texts of a given length that still fit their pattern, made of one that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["fitted"]


def fitted(text: str, length: int, fits: Callable[[str], bool]) -> str | None:
    """The text, with characters repeated or left out until it has that length, and fits.

    Args:
        text: a text that fits, of any length.
        length: in Unicode scalar values, 0 or more.
        fits: what the text must go on doing, such as matching a pattern.

    Returns:
        the text; None where no such way leads to one: the pattern may have none.
    """
    made = _longer(text, length) if len(text) <= length else _shorter(text, length)
    direct = next(filter(fits, made), None)
    if direct is not None or length >= len(text) - 1:
        return direct
    # No one piece can go: something small may, and then the rest.
    pieces = (text[:at] + text[at + size :] for size in range(len(text) - length - 1, 0, -1) for at in range(len(text)))
    smaller = next(filter(fits, pieces), None)
    return None if smaller is None else fitted(smaller, length, fits)


def _longer(text: str, length: int) -> Iterator[str]:
    missing = length - len(text)
    for at in range(len(text), -1, -1):
        for letter in dict.fromkeys([*text[at - 1 : at], *text[at : at + 1], "a", "0"]):
            yield text[:at] + letter * missing + text[at:]


def _shorter(text: str, length: int) -> Iterator[str]:
    size = len(text) - length
    return (text[:at] + text[at + size :] for at in range(length, -1, -1))

"""Parts of people: what is left out of one, at any depth, is one text of bytes, and one choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.factories import OMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOWHERE", "Parts", "Place", "part_of", "parts_of"]

_ODD = bytes(number & 1 for number in range(256))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in people, and the places inside it.

    Attributes:
        number: which byte of a mask says whether it is there.
        inside: the places in it, by their names, or by their numbers in a list.
    """

    number: int
    inside: Mapping[Any, Place]


NOWHERE = Place(0, {})
"""The place of what none of them has."""


class Parts:
    """The masks for some people, each a byte for every place in them.

    Attributes:
        places: the places in any of these people.
    """

    __slots__ = ("_bytes", "places")

    def __init__(self, people: Sequence[Mapping[str, Any]]) -> None:
        numbers = count()
        self.places = _places(people, numbers)
        size = next(numbers)
        # One choice, where a choice for each place would cost as much as all else; and it shrinks as those would, for
        # the shrinker lowers each byte by itself. Single bits of a number it cannot lower.
        self._bytes = st.binary(min_size=size, max_size=size)

    def mask(self, draw: st.DrawFn, *, most: bool) -> bytes:
        """Draw one: 0 for what is not there.

        Args:
            draw: Hypothesis' own.
            most: whether most of it is there, and mostly all; else any part.
        """
        drawn = draw(self._bytes)
        # Of most, the shrinker makes bytes that are 0 and 1, which say the same where any part will do.
        return drawn if most else drawn.translate(_ODD)


def _places(values: Sequence[Any], numbers: Iterator[int]) -> dict[Any, Place]:
    entries = [_entries(value) for value in values]
    names = Counter(name for each in entries for name in each)
    # What few have comes first: between two places that a person has there is seldom one that it has not, over which
    # the shrinker would have to jump to find what is simpler.
    return {
        name: Place(next(numbers), _places([each[name] for each in entries if name in each], numbers))
        for name in sorted(names, key=names.__getitem__)
    }


def _entries(value: Any) -> Mapping[Any, Any]:
    if isinstance(value, list):
        return dict(enumerate(value))
    return value if isinstance(value, Mapping) else {}


def parts_of(person: Mapping[str, Any], places: Mapping[Any, Place], mask: bytes) -> dict[str, Any]:
    """What the mask has of a person, or of a structure in one; nothing empty is left behind."""
    parts = {name: part_of(value, places[name], mask) for name, value in person.items()}
    return {name: part for name, part in parts.items() if part is not OMIT}


def part_of(value: Any, place: Place, mask: bytes) -> Any:
    """The value, or what the mask has of it; OMIT where that is nothing."""
    if not mask[place.number]:
        return OMIT
    if isinstance(value, dict):
        return parts_of(value, place.inside, mask) or OMIT
    if isinstance(value, list):
        items = [part_of(item, place.inside[at], mask) for at, item in enumerate(value)]
        return [item for item in items if item is not OMIT] or OMIT
    return value

"""Parts of people: a mask, with a byte for each place in them, says what of it is left out, at any depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from cp_fixtures.factories import OMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOWHERE", "Place", "part_of", "parts_of", "places_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in people, and the places inside it.

    Attributes:
        number: which byte of a mask says whether it is there; 0 says that it is not.
        inside: the places in it, by their names, or by their numbers in a list.
    """

    number: int
    inside: Mapping[Any, Place]


NOWHERE = Place(-1, {})
"""The place of what none of them has, of which no byte of a mask tells."""


def places_of(people: Sequence[Mapping[str, Any]]) -> tuple[dict[Any, Place], int]:
    """The places in any of these people, and how many there are."""
    numbers = count()
    return _places(people, numbers), next(numbers)


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


def parts_of(person: Mapping[str, Any], places: Mapping[Any, Place], mask: Sequence[int]) -> dict[str, Any]:
    """What the mask has of a person, or of a structure in one; nothing empty is left behind."""
    parts = {name: part_of(value, places[name], mask) for name, value in person.items()}
    return {name: part for name, part in parts.items() if part is not OMIT}


def part_of(value: Any, place: Place, mask: Sequence[int]) -> Any:
    """The value, or what the mask has of it; OMIT where that is nothing."""
    if not mask[place.number]:
        return OMIT
    if isinstance(value, dict):
        return parts_of(value, place.inside, mask) or OMIT
    if isinstance(value, list):
        items = [part_of(item, place.inside[at], mask) for at, item in enumerate(value)]
        return [item for item in items if item is not OMIT] or OMIT
    return value

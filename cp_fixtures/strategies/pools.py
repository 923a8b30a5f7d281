"""Coherent people, prepared: to choose one of them and all that is left out of him are two choices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.factories import OMIT, ProfileFactory
from cp_fixtures.people import CAST
from cp_fixtures.strategies.parts import NOWHERE, part_of, parts_of, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cp_fixtures.shapes import Node
    from cp_fixtures.strategies.parts import Place
    from cp_fixtures.strategies.plans import Plan

    _Left = tuple[Mapping[Any, Place], Sequence[int]]

__all__ = ["WAYS", "People", "address_pool", "profile_pool", "some"]

_SEED = "strategies"
_PEOPLE, _MESSY, _BUSINESSES = 24, 8, 6
_ADDRESSES = ("Address", "ShippingAddress", "MailingAddress", "BillingAddress")
_LONGEST = 255

WAYS, _MOSTLY = 8, 6
"""Of so many ways to leave something out the first leaves out all, those from _MOSTLY on mostly nothing."""

_BYTE = 256


class People:
    """Full profiles, or addresses, to choose from.

    Attributes:
        pool: all of them.
        places: the places in any of them.
        drawn: who it is, and a byte for each place: one choice for all of it, where one for each place would be nearly
            all that it costs to draw. The shrinker lowers each byte by itself, and so it finds the least that is to be
            there. Single bits of a number it cannot lower.
    """

    __slots__ = ("drawn", "places", "pool")

    def __init__(self, pool: Sequence[Mapping[str, Any]]) -> None:
        self.pool = pool[:_BYTE]
        self.places, size = places_of(pool)
        self.drawn = st.binary(min_size=1 + size, max_size=1 + size)


@cache
def profile_pool(locale: str) -> tuple[Mapping[str, Any], ...]:
    """Full profiles, the tricky ones first: they are what a failing example becomes.

    Raises:
        UsageError: there is no such locale.
    """
    factory = ProfileFactory(locale=locale, seed=_SEED)
    messy = ProfileFactory(locale=locale, seed=_SEED + " messy", messy=True)
    return (
        *_tricky(factory),
        *factory.build_batch(_PEOPLE, "full"),
        *messy.build_batch(_MESSY, "full"),
        *factory.build_batch(_BUSINESSES, "business"),
    )


@cache
def address_pool(locale: str) -> tuple[Mapping[str, Any], ...]:
    """The addresses of the pool's people.

    Raises:
        UsageError: there is no such locale.
    """
    found = [profile[name] for profile in profile_pool(locale) for name in _ADDRESSES if name in profile]
    return tuple({repr(address): address for address in found}.values())


def _tricky(factory: ProfileFactory) -> list[Mapping[str, Any]]:
    made: list[Mapping[str, Any]] = []
    for role in CAST:
        name = {"FirstName": role.first, "MiddleName": role.middle, "LastName": role.last, "Gender": role.gender}
        longest = f"{role.first} " * _LONGEST
        made.append(factory.build("full", **name, Attributes={"longest": longest[:_LONGEST]}))
    return made


def some(draw: st.DrawFn, way: int | None, *, node: Node, people: People, plan: Plan) -> dict[str, Any]:
    """A part of what a person has: any member may be left out, at any depth; nothing empty is left behind.

    Args:
        draw: Hypothesis' own.
        way: in which of the WAYS, by number; None for one that is drawn.
        node: the shape of what is made.
        people: full profiles, or addresses.
        plan: what is wanted otherwise; that is always there.
    """
    # Nobody, at first, and without the bytes: what is short is what the shrinker can delete from a list, and what a
    # hundred ids fit into.
    if way is None:
        way = draw(_way(1 if plan else 0))
    if not way:
        return {}
    who, *mask = draw(people.drawn)
    person = people.pool[who % len(people.pool)]
    # Of most, the shrinker makes bytes that are 0 and 1, which say the same where any part will do.
    left = mask if way >= _MOSTLY else [byte % 2 for byte in mask]
    if not plan:
        return parts_of(person, people.places, left)
    return _planned(draw, node, person, (people.places, left), plan)


def _planned(draw: st.DrawFn, node: Node, person: Mapping[str, Any], left: _Left, plan: Plan) -> dict[str, Any]:
    made: dict[str, Any] = {}
    places, mask = left
    for name, member in node.members.items():
        below, place = plan.members.get(name), places.get(name, NOWHERE)
        if below is None:
            value = part_of(person[name], place, mask) if name in person else OMIT
        elif below.is_omitted:
            value = OMIT
        elif below.value is not None:
            value = draw(below.value)
        else:
            value = _planned_part(draw, member, person.get(name), (place.inside, mask), below)
        if value is not OMIT:
            made[name] = value
    return made


def _planned_part(draw: st.DrawFn, node: Node, part: Any, left: _Left, plan: Plan) -> Any:
    if node.item is None:
        return _planned(draw, node, part or {}, left, plan)
    places, mask = left
    items: list[Any] = part or [{}]
    return [
        _planned(draw, node.item, item, (places.get(at, NOWHERE).inside, mask), plan) for at, item in enumerate(items)
    ]


@cache
def _way(least: int) -> st.SearchStrategy[int]:
    return st.integers(least, WAYS - 1)

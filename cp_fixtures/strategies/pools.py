"""Coherent people, prepared: to choose one of them is one choice, and all that is left out of them another each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.factories import OMIT, ProfileFactory
from cp_fixtures.people import CAST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.shapes import Node
    from cp_fixtures.strategies.plans import Plan

__all__ = ["address_pool", "profile_pool", "some"]

_SEED = "strategies"
_PEOPLE, _MESSY, _BUSINESSES = 24, 8, 6
_ADDRESSES = ("Address", "ShippingAddress", "MailingAddress", "BillingAddress")
_LONGEST = 255


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


def some(draw: st.DrawFn, node: Node, people: st.SearchStrategy[Mapping[str, Any]], plan: Plan) -> dict[str, Any]:
    """A part of what a person has: any member may be left out, at any depth; nothing empty is left behind.

    Args:
        draw: Hypothesis' own.
        node: the shape of what is made.
        people: full profiles, or addresses.
        plan: what is wanted otherwise; that is always there.
    """
    # Nobody, at first: what takes few choices is what the shrinker can delete from a list.
    if not plan and not draw(_anybody()):
        return {}
    return _some(draw, node, draw(people), plan)


def _some(draw: st.DrawFn, node: Node, person: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, member in node.members.items():
        below = plan.members.get(name)
        if below is None:
            value = _part(draw, member, person[name]) if draw(_coin()) and name in person else OMIT
        elif below.is_omitted:
            value = OMIT
        elif below.value is not None:
            value = draw(below.value)
        else:
            value = _planned_part(draw, member, person.get(name), below)
        if value is not OMIT:
            made[name] = value
    return made


def _planned_part(draw: st.DrawFn, node: Any, part: Any, plan: Plan) -> Any:
    if node.item is not None:
        items: list[Any] = part or [{}]
        return [_some(draw, node.item, item, plan) for item in items]
    return _some(draw, node, part or {}, plan)


def _part(draw: st.DrawFn, node: Any, value: Any) -> Any:
    """The value, or a part of it; OMIT where nothing of it is left."""
    if isinstance(value, dict):
        members = node.members or dict.fromkeys(value, node.value)
        parts = {
            name: _part(draw, inner, value[name]) for name, inner in members.items() if draw(_coin()) and name in value
        }
        kept: Any = {name: part for name, part in parts.items() if part is not OMIT}
    elif isinstance(value, list):
        items: list[Any] = [_part(draw, node.item, item) for item in value]
        kept = [part for part in items if part is not OMIT]
    else:
        return value
    return kept or OMIT


@cache
def _anybody() -> st.SearchStrategy[int]:
    return st.integers(0, 7)


@cache
def _coin() -> st.SearchStrategy[int]:
    # Just before each value, and 0 for none of it: the shrinker takes both away together. It is tossed for what the
    # person does not have too: to the shrinker fewer choices are simpler, and the first person is to be the simplest.
    return st.integers(0, 1)

"""Profiles, addresses and ids: people as they are, or whatever the model allows."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

from hypothesis import strategies as st

from cp_fixtures.shapes import shape_node
from cp_fixtures.strategies.agreeing import owned
from cp_fixtures.strategies.engine import Engine, checked
from cp_fixtures.strategies.ids import ids
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.leaves import sendable_time
from cp_fixtures.strategies.plans import NOTHING, planned
from cp_fixtures.strategies.pools import People, address_pool, profile_pool, some
from cp_fixtures.strategies.refusals import check_kind, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cp_fixtures.shapes import Node
    from cp_fixtures.strategies.plans import Plan
    from cp_fixtures.types import Address, Profile

__all__ = ["Kind", "addresses", "profile_ids", "profiles", "somebody", "whole_people", "with_id"]

Kind = Literal["realistic", "any"]

_KINDS = ("realistic", "any")
_LOCALE = "en_US"


def profile_ids() -> st.SearchStrategy[str]:
    """Ids of profiles: 32 hex digits in lower case, as the service gives them."""
    return lazily("profile_ids", ids)


def profiles(*, kind: Kind = "realistic", locale: str | None = None, **overrides: Any) -> st.SearchStrategy[Profile]:
    """Profiles, as boto3 returns them.

    Args:
        kind: "realistic", coherent people who do not exist, with any of their members left out, and always a ProfileId;
            or "any", whatever the model allows: every member there or not, texts in every script, from the shortest to
            the longest.
        locale: the locale of realistic people, one of Faker's; None is "en_US".
        overrides: a value, or a strategy, by a member's name or path: `EmailAddress=st.emails()`,
            `Address__City="Paris"`. What is overridden is always there; OMIT, as the value or drawn, leaves it out.
            The ids in EngagementPreferences are the profile's own, whatever an override says.

    Raises:
        InvalidArgument: no such kind; when it is first used: no such locale or member; when it is drawn: an override
            breaks the model.
    """
    return _of_kind("profiles", "Profile", kind, locale, overrides)


def addresses(*, kind: Kind = "realistic", locale: str | None = None, **overrides: Any) -> st.SearchStrategy[Address]:
    """Addresses of profiles.

    Args:
        kind: as in `profiles`.
        locale: as in `profiles`.
        overrides: as in `profiles`: `City="Paris"`.

    Raises:
        InvalidArgument: as in `profiles`.
    """
    return _of_kind("addresses", "Address", kind, locale, overrides)


def _of_kind(name: str, shape: str, kind: str, locale: str | None, overrides: dict[str, Any]) -> st.SearchStrategy[Any]:
    check_kind(kind, _KINDS)
    if kind == "any" and locale is not None:
        raise refused(
            f"{name} of the kind 'any' have no locale.", "They are texts of any script.", "Leave locale= or kind= out."
        )
    said = {"kind": kind, **({} if locale is None else {"locale": locale}), **overrides}
    makers = {"profiles": _profiles, "addresses": _addresses}

    def make() -> st.SearchStrategy[dict[str, Any]]:
        node = shape_node(shape)
        plan = planned(node, overrides)
        return _anything().strategy(node, plan).map(_own) if kind == "any" else makers[name](node, plan, locale)

    return lazily(name, make, **said)


def _profiles(node: Node, plan: Plan, locale: str | None) -> st.SearchStrategy[dict[str, Any]]:
    drawn_people = _drawn(node, profile_pool(locale or _LOCALE), plan)
    if plan.members.get("ProfileId"):
        return drawn_people.map(_own)
    return st.builds(with_id, ids(), drawn_people)


def _addresses(node: Node, plan: Plan, locale: str | None) -> st.SearchStrategy[dict[str, Any]]:
    return _drawn(node, address_pool(locale or _LOCALE), plan)


@cache
def somebody() -> Callable[[st.DrawFn, int], dict[str, Any]]:
    """Draws a realistic profile, in one of the WAYS, with whatever id it happens to have: for who gives it one."""
    return partial(some, node=shape_node("Profile"), people=People(profile_pool(_LOCALE)), plan=NOTHING)


@cache
def whole_people() -> st.SearchStrategy[Mapping[str, Any]]:
    """Realistic profiles with all that they have."""
    return st.sampled_from(profile_pool(_LOCALE))


def _drawn(node: Node, pool: tuple[Mapping[str, Any], ...], plan: Plan) -> st.SearchStrategy[dict[str, Any]]:
    known = People(pool)

    @st.composite
    def person(draw: st.DrawFn) -> dict[str, Any]:
        made = some(draw, None, node=node, people=known, plan=plan)
        return checked(node, made) if plan else made

    return person()


def with_id(profile_id: str, profile: dict[str, Any]) -> dict[str, Any]:
    """The profile, with this id."""
    return owned({"ProfileId": "", **profile}, profile_id)


def _own(profile: dict[str, Any]) -> dict[str, Any]:
    return owned(profile, profile["ProfileId"]) if "ProfileId" in profile else profile


@cache
def _anything() -> Engine:
    return Engine(sendable_time())

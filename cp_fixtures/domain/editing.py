"""The operations that change a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.complaining import complaint
from cp_fixtures.domain.replies import Missing, Unfit
from cp_fixtures.errors import InvalidResponse
from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from collections.abc import Collection

    from cp_fixtures.domain.world import World

__all__ = ["created", "deleted", "updated"]

_NOT_ITS_OWN = ("DomainName", "ProfileId")
_WHOLE = "EngagementPreferences"


def created(world: World, params: dict[str, Any], ignore: Collection[str]) -> str:
    """Make a profile of just what create_profile says; its id.

    Raises:
        Unfit: it would be none that the service could give.
    """
    return _put(world, {"ProfileId": world.new_id(), **_own(params)}, ignore)


def updated(world: World, params: dict[str, Any], ignore: Collection[str]) -> str:
    """Change a profile as update_profile says: an empty text takes a member away, and so it does inside.

    Raises:
        Missing: there is no such profile.
        Unfit: it would be none that the service could give.
    """
    profile = _known(world, params["ProfileId"])
    changed = dict(profile)
    for name, value in _own(params).items():
        is_merged = isinstance(value, dict) and name != _WHOLE
        _set(changed, name, _merged(changed.get(name, {}), value) if is_merged else value)
    return _put(world, changed, ignore)


def deleted(world: World, params: dict[str, Any]) -> str:
    """Let a profile go; what delete_profile says then.

    Raises:
        Missing: there is no such profile.
    """
    _known(world, params["ProfileId"])
    world.remove(params["ProfileId"])
    return "OK"


def _put(world: World, profile: dict[str, Any], ignore: Collection[str]) -> str:
    try:
        return world.put(profile, ignore)
    except InvalidResponse as problem:
        # The id of somebody else in the engagement preferences, for one: each member by itself is legal.
        raise Unfit(complaint(shape_node("Profile"), problem.violations)) from None


def _own(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in _NOT_ITS_OWN}


def _known(world: World, profile_id: str) -> dict[str, Any]:
    if profile_id not in world.state.profiles:
        raise Missing(f"ProfileId {profile_id} is not found in DomainName {world.name}")
    return world.state.profiles[profile_id]


def _merged(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    made = dict(before)
    for name, value in changes.items():
        _set(made, name, value)
    return made


def _set(made: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", {}):
        made.pop(name, None)
    else:
        made[name] = value

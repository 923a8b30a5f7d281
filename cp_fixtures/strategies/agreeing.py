"""Responses that agree with themselves: no id has two outcomes, and a profile's ids are its own."""

from __future__ import annotations

from typing import Any

from cp_fixtures.validation import OUTCOMES

__all__ = ["agreeing", "owned"]

_PREFERENCES = "EngagementPreferences"


def agreeing(operation: str, response: dict[str, Any]) -> dict[str, Any]:
    """The response without a second outcome of an id, and with one id in each profile."""
    members = OUTCOMES.get(operation)
    if members is None:
        return response
    seen: set[str] = set()
    made = dict(response)
    if members.found in response:
        found = [_settled(entry, members.profile) for entry in response[members.found]]
        made[members.found] = [entry for entry in found if _is_new(entry, seen)]
    if members.refused in response:
        made[members.refused] = [entry for entry in response[members.refused] if _is_new(entry, seen)]
    return made


def owned(profile: dict[str, Any], profile_id: str) -> dict[str, Any]:
    """The profile with this id at every place that has one."""
    made = {name: profile_id if name == "ProfileId" else value for name, value in profile.items()}
    if _PREFERENCES in profile:
        made[_PREFERENCES] = {
            kind: [{**contact, "ProfileId": profile_id} if "ProfileId" in contact else contact for contact in contacts]
            for kind, contacts in profile[_PREFERENCES].items()
        }
    return made


def _settled(entry: dict[str, Any], member: str | None) -> dict[str, Any]:
    if member is None:
        return owned(entry, entry["ProfileId"]) if "ProfileId" in entry else entry
    # The id of a result may be any text, that of a profile has a pattern: so it is the profile's that both get.
    profile_id = next(_ids_inside(entry.get(member, {})), None)
    if profile_id is None:
        return entry
    return {**entry, "ProfileId": profile_id, member: owned(entry[member], profile_id)}


def _ids_inside(profile: dict[str, Any]) -> Any:
    if "ProfileId" in profile:
        yield profile["ProfileId"]
    for contacts in profile.get(_PREFERENCES, {}).values():
        yield from (contact["ProfileId"] for contact in contacts if "ProfileId" in contact)


def _is_new(entry: dict[str, Any], seen: set[str]) -> bool:
    profile_id = entry.get("ProfileId")
    if profile_id in seen:
        return False
    if profile_id is not None:
        seen.add(profile_id)
    return True

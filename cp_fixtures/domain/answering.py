"""Each operation that a domain knows, answered from what it holds."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.editing import created, deleted, updated
from cp_fixtures.domain.listing import created_segment, definition, definitions, described
from cp_fixtures.domain.paging import BadToken, page
from cp_fixtures.domain.replies import Unfit
from cp_fixtures.domain.searching import Search
from cp_fixtures.domain.segments import judged, standing
from cp_fixtures.exchanges import Outcome, assemble, shuffled

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.domain.replies import Reply
    from cp_fixtures.domain.state import Standing
    from cp_fixtures.domain.world import World
    from cp_fixtures.exchanges import Exchange

__all__ = ["ANSWERS"]

_PER_PAGE = 20
"""How many profiles a search gives where MaxResults does not say, by AWS's text."""


def _batch_get_profile(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    def outcome(profile_id: str) -> Outcome:
        refusal = world.refusal(profile_id)
        if refusal is None:
            return Outcome(profile_id, "found", world.state.profiles[profile_id])
        message = refusal.message or world.habits.error_message
        return _refused(world, profile_id, {"ProfileId": profile_id, "Code": refusal.code, "Message": message})

    with world.lock:
        outcomes = [outcome(each) for each in _distinct(params)]
    return _assembled(world, "batch_get_profile", params, outcomes, reply)


def _get_segment_membership(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    def failed_or_to_judge(profile_id: str) -> Outcome | tuple[dict[str, Any], Standing]:
        refusal = world.refusal(profile_id)
        if refusal is None:
            return world.state.profiles[profile_id], standing(segment, profile_id)
        status = {} if refusal.status is None else {"Status": refusal.status}
        message = refusal.message or world.habits.failure_message
        return _refused(world, profile_id, {"ProfileId": profile_id, "Message": message, **status})

    with world.lock:
        segment = world.segment(params["SegmentDefinitionName"])
        found = {each: failed_or_to_judge(each) for each in _distinct(params)}
    # Without the lock: a predicate may ask the domain itself, or wait for a thread that does.
    outcomes = [each if isinstance(each, Outcome) else _result(world, name, *each) for name, each in found.items()]
    return _assembled(world, "get_segment_membership", params, outcomes, reply)


def _result(world: World, profile_id: str, profile: dict[str, Any], by_itself: Standing) -> Outcome:
    is_present = judged(by_itself, profile)
    shown = world.habits.profile_when_present if is_present else world.habits.profile_when_absent
    result = {"ProfileId": profile_id, "QueryResult": "PRESENT" if is_present else "ABSENT"}
    return Outcome(profile_id, "found", {**result, "Profile": profile} if shown else result)


def _distinct(params: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(params["ProfileIds"]))


def _refused(world: World, profile_id: str, entry: dict[str, Any]) -> Outcome:
    if world.habits.unknown_ids == "left_out" and profile_id not in world.state.refusals:
        return Outcome(profile_id, "left_out")
    return Outcome(profile_id, "refused", entry)


def _assembled(world: World, operation: str, params: dict[str, Any], outcomes: list[Outcome], reply: Reply) -> Exchange:
    habits = world.habits
    if habits.shuffle:
        # By what is asked, so that the same call gets the same order.
        outcomes = shuffled(outcomes, Random(f"{world.seed} {params['ProfileIds']}"))
    return assemble(
        operation,
        params,
        outcomes,
        last_computed_at=habits.computed_at(world.seed) if operation == "get_segment_membership" else None,
        omit_empty=habits.omit_empty,
        ignore=reply.ignore,
    )


def _search_profiles(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        search, places = Search(world.index, params), world.state.places
        items = sorted((places[profile_id], profile_id) for profile_id in search.ids)
        ids, more = _page(items, "search_profiles", params, _PER_PAGE)
        shown = world.habits.found_by_items
        profiles = [
            {**world.state.profiles[each], **({"FoundByItems": search.found_by(each)} if shown else {})} for each in ids
        ]
    return reply.response("search_profiles", params, {"Items": profiles, **more})


def _page(items: list[tuple[Any, Any]], operation: str, params: dict[str, Any], most: int) -> Any:
    try:
        return page(items, operation, params, most)
    except BadToken:
        raise Unfit("Invalid NextToken") from None


def _list_segment_definitions(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        items, more = _page(definitions(world), "list_segment_definitions", params, 100)
    return reply.response("list_segment_definitions", params, {"Items": items, **more})


def _get_segment_definition(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    name = params["SegmentDefinitionName"]
    with world.lock:
        said = definition(world, name, world.segment(name))
    return reply.response("get_segment_definition", params, said)


def _create_segment_definition(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        said = created_segment(world, params)
    return reply.response("create_segment_definition", params, said)


def _get_domain(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        said = described(world)
    return reply.response("get_domain", params, said)


def _create_profile(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        profile_id = created(world, params, reply.ignore)
    return reply.response("create_profile", params, {"ProfileId": profile_id})


def _update_profile(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        profile_id = updated(world, params, reply.ignore)
    return reply.response("update_profile", params, {"ProfileId": profile_id})


def _delete_profile(world: World, params: dict[str, Any], reply: Reply) -> Exchange:
    with world.lock:
        message = deleted(world, params)
    return reply.response("delete_profile", params, {"Message": message})


ANSWERS: dict[str, Callable[[World, dict[str, Any], Reply], Exchange]] = {
    "batch_get_profile": _batch_get_profile,
    "get_segment_membership": _get_segment_membership,
    "search_profiles": _search_profiles,
    "create_profile": _create_profile,
    "update_profile": _update_profile,
    "delete_profile": _delete_profile,
    "list_segment_definitions": _list_segment_definitions,
    "get_segment_definition": _get_segment_definition,
    "create_segment_definition": _create_segment_definition,
    "get_domain": _get_domain,
}
"""What answers each operation."""

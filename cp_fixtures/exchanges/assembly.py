"""Outcomes in, one consistent exchange out: the one place where a request and its response are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges.exchange import exchange_with_known
from cp_fixtures.exchanges.gate import Known
from cp_fixtures.exchanges.metadata import response_metadata
from cp_fixtures.exchanges.plan import listed_ids
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from random import Random

    from cp_fixtures.exchanges.exchange import Exchange
    from cp_fixtures.shapes import Node

__all__ = ["DOMAIN_NAME", "SEGMENT_DEFINITION_NAME", "Outcome", "assemble", "request_for", "shuffled"]

DOMAIN_NAME = "amazon-connect-example"
"""The domain of a call that names none. The domains of real instances look like this one: amazon-connect-ALIAS."""

SEGMENT_DEFINITION_NAME = "segment-example"
"""The segment of a call that names none."""


class Outcome(NamedTuple):
    """What happens to one requested id.

    Attributes:
        profile_id: the id.
        kind: "found" and "refused" say in which list of the response the entry stands; "left_out" has none.
        entry: the entry: a Profile, a ProfileQueryResult, a BatchGetProfileError or a ProfileQueryFailures.
        is_judged: whether the entry was made for this outcome alone, and the profile in it has been judged.
    """

    profile_id: str
    kind: Literal["found", "refused", "left_out"]
    entry: dict[str, Any] | None = None
    is_judged: bool = False


def request_for(
    operation: str,
    profile_ids: Sequence[str],
    *,
    domain_name: str | None = None,
    segment_definition_name: str | None = None,
) -> dict[str, Any]:
    """The keyword arguments of a call that asks for these ids; whether it takes them is not checked yet.

    Args:
        operation: one of the two operations that ask for ids.
        profile_ids: the ids.
        domain_name: the domain; None is DOMAIN_NAME.
        segment_definition_name: the segment, where the operation asks about one; None is SEGMENT_DEFINITION_NAME.

    Raises:
        UsageError: the ids are no list, or a segment is named to an operation that asks about none.
    """
    names = {"DomainName": DOMAIN_NAME if domain_name is None else domain_name}
    if "SegmentDefinitionName" in OUTCOMES[operation].echoed:
        given = segment_definition_name
        names["SegmentDefinitionName"] = SEGMENT_DEFINITION_NAME if given is None else given
    elif segment_definition_name is not None:
        raise UsageError(
            f"segment_definition_name is {clip(segment_definition_name)}.",
            f"{operation} asks about no segment.",
            "Leave it out.",
        )
    return {**names, "ProfileIds": listed_ids(profile_ids)}


def assemble(
    operation: str,
    request: dict[str, Any],
    outcomes: Sequence[Outcome],
    *,
    last_computed_at: dt.datetime | None = None,
    omit_empty: bool = False,
    is_request_judged: bool = False,
    ignore: frozenset[str] = frozenset(),
    seed: str | None = None,
) -> Exchange:
    """The exchange of a request and what happened to each of its ids.

    Args:
        operation: one of the two operations that ask for ids.
        request: the keyword arguments of the call; an id may stand there twice, and is answered once.
        outcomes: one for each distinct id, in the order in which the response is to list them.
        last_computed_at: when the segment was last computed, with a time zone; None leaves it out, and so does a model
            that does not know it.
        omit_empty: whether an empty list is left out of the response, so that reading it is a KeyError.
        is_request_judged: whether the request has been judged already, and is as it is sent.
        ignore: codes of rules to leave out.
        seed: what RequestId and Date come from beside the content; None is the content alone.

    Returns:
        the exchange, checked. An id that is left out is the one breach that it is excused from.

    Raises:
        InvalidRequest: the service would refuse the request.
        InvalidResponse: the outcomes do not fit the request, or an entry breaks its shape.
    """
    members = OUTCOMES[operation]
    lists = {
        name: [outcome.entry for outcome in outcomes if outcome.kind == kind]
        for name, kind in ((members.found, "found"), (members.refused, "refused"))
    }
    response: dict[str, Any] = {name: request[name] for name in members.echoed}
    response |= {name: entries for name, entries in lists.items() if entries or not omit_empty}
    if last_computed_at is not None and "LastComputedAt" in _output(operation).members:
        response["LastComputedAt"] = last_computed_at
    if seed is not None:
        counts = {name: len(entries) for name, entries in lists.items()}
        response["ResponseMetadata"] = response_metadata((seed, request, counts), 200)
    short = {"outcome_missing"} if any(outcome.kind == "left_out" for outcome in outcomes) else set()
    known = _known(operation, response, [outcome for outcome in outcomes if outcome.kind == "found"])
    return exchange_with_known(
        operation,
        request=request,
        is_request_judged=is_request_judged,
        response=response,
        known=known,
        ignore=ignore | short,
    )


def _known(operation: str, response: dict[str, Any], found: Sequence[Outcome]) -> Known | None:
    """What is known of the response, where all whom it has found were made for it."""
    if not found or not all(outcome.is_judged for outcome in found):
        return None
    name, profile = OUTCOMES[operation].found, OUTCOMES[operation].profile
    rest = [
        {"ProfileId": profile_id}
        if profile is None
        else {member: value for member, value in (entry or {}).items() if member != profile}
        for profile_id, _, entry, _ in found
    ]
    return Known(name, _output(operation).members[name], {**response, name: rest})


def shuffled(outcomes: Sequence[Outcome], random: Random) -> list[Outcome]:
    """The outcomes in another order, those of each kind by themselves, for each kind has a list of the response."""
    kinds = ("found", "refused", "left_out")
    return [each for kind in kinds for each in _reordered([each for each in outcomes if each.kind == kind], random)]


def _reordered(outcomes: list[Outcome], random: Random) -> list[Outcome]:
    mixed = random.sample(outcomes, len(outcomes))
    # Chance can leave a short list as it was, and the test that wants another order would not have one.
    return mixed[::-1] if mixed == outcomes else mixed


def _output(operation: str) -> Node:
    # Both operations have a response.
    return cast("Node", nodes(SERVICE).output(operation))

"""The single faults of an operation: each breach put into an exchange, or into the parameters of a call."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.breaches import agreement_breaches, breaches
from cp_fixtures.cases.answers import answer, entries_of, entry, profile_id, usual_request
from cp_fixtures.cases.case import Case, readable
from cp_fixtures.cases.covering import union_styles
from cp_fixtures.cases.making import Style, made
from cp_fixtures.errors import path_of
from cp_fixtures.exchanges import Exchange, Outcome, response_metadata
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES
from cp_fixtures.validation.agreement import disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.breaches import Breach
    from cp_fixtures.shapes import Node

__all__ = ["faulty_requests", "faulty_responses"]

_METADATA = response_metadata("a faulty response", 200)
_KNOWN = {"ProfileId": profile_id(0), "ProfileIds": profile_id(0)}


def faulty_requests(operation: str) -> list[Case[dict[str, Any]]]:
    """One case for each fault that the parameters of a call can have."""
    node = nodes().input(operation)
    if node is None:
        return []
    found = _by_id(node, _bases(node), sent=True)
    return [Case(label, breach.applied(base), breach.violation) for label, (breach, base) in found.items()]


def faulty_responses(operation: str) -> list[Case[Exchange]]:
    """One case for each fault that a response can have."""
    cases = _of_ids(operation) if operation in OUTCOMES else _of_shapes(operation)
    return [Case(label, exchange, breach.violation) for label, breach, exchange in cases]


def _of_shapes(operation: str) -> Iterator[tuple[str, Breach, Exchange]]:
    node = nodes().output(operation)
    if node is None:
        return
    request = usual_request(operation)
    for label, (breach, base) in _by_id(node, _bases(node)).items():
        yield label, breach, _unchecked(operation, request, breach.grafted(base))


def _of_ids(operation: str) -> Iterator[tuple[str, Breach, Exchange]]:
    exchange = _whole_answer(operation)
    request, response = exchange.request, exchange.response
    del response["ResponseMetadata"]
    node = cast("Node", nodes().output(operation))
    for label, (breach, _) in _by_id(node, [response]).items():
        broken = breach.grafted(response)
        fitting = (each for each in _requests(request, broken) if not any(disagreements(operation, node, each, broken)))
        yield from ((label, breach, _unchecked(operation, each, broken)) for each in islice(fitting, 1))
    for breach in agreement_breaches(operation, request, response):
        yield _label(breach), breach, _unchecked(operation, request, breach.grafted(response))


def _whole_answer(operation: str) -> Exchange:
    """Two entries in each list: one with all members, one with those required, whose id can be broken alone."""
    styles = (Style(), Style(optional=False))
    lists = [(entries, style) for entries in entries_of(operation) for style in styles]
    outcomes = [
        Outcome(profile_id(at), entries.kind, entry(entries.node, style, at))
        for at, (entries, style) in enumerate(lists)
    ]
    return answer(operation, outcomes)


def _requests(request: dict[str, Any], broken: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
    """The requests that a faulty response could answer, the fullest first."""
    yield request
    yield {**request, "ProfileIds": [each for each in request["ProfileIds"] if _holds(broken, each)]}
    yield None


def _holds(response: dict[str, Any], profile_id: str) -> bool:
    lists = [entries for entries in response.values() if isinstance(entries, list)]
    dicts = [each for entries in lists for each in entries if isinstance(each, dict)]
    return any(each.get("ProfileId") == profile_id for each in dicts)


def _bases(node: Node) -> list[dict[str, Any]]:
    """Legal values that between them have every member at every place."""
    styles = [Style(known=_KNOWN), *(style for _, style in union_styles(node, _KNOWN))]
    return [value for style in styles if (value := made(node, style)) is not None]


def _by_id(node: Node, bases: list[dict[str, Any]], *, sent: bool = False) -> dict[str, tuple[Breach, dict[str, Any]]]:
    """The breaches of the values, those of the first first; what is no dict at the top is no response and no call."""
    found: dict[str, tuple[Breach, dict[str, Any]]] = {}
    for base in bases:
        for breach in breaches(node, base, sent=sent):
            if breach.at or isinstance(breach.put, dict):
                found.setdefault(_label(breach), (breach, base))
    return found


def _label(breach: Breach) -> str:
    place = path_of(breach.steps) if breach.steps else "top"
    return f"{readable(place)}={breach.name}"


def _unchecked(operation: str, request: dict[str, Any] | None, response: dict[str, Any]) -> Exchange:
    # What comes beside hundreds of faults is made once: an exchange would make its own for each.
    whole = {**response, "ResponseMetadata": _METADATA}
    return Exchange(operation, request=request, response=whole, unchecked=True)

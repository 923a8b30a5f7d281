"""One fault at a time: what the service would refuse, or could not have said, with the violation that it must cause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from cp_fixtures.breaches import agreement_breaches, breaches
from cp_fixtures.exchanges import Exchange
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.engine import Engine
from cp_fixtures.strategies.exchanges import batch_get_profile_exchanges, get_segment_membership_exchanges
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.leaves import sendable_time
from cp_fixtures.strategies.operations import requests, responses
from cp_fixtures.strategies.profiles import whole_people
from cp_fixtures.strategies.reach import reachable
from cp_fixtures.strategies.refusals import check_among, refused
from cp_fixtures.validation import CODES, OUTCOMES, validate, validate_request
from cp_fixtures.validation import rules as shape_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cp_fixtures.breaches import Breach
    from cp_fixtures.errors import Violation
    from cp_fixtures.shapes import Node

__all__ = ["invalid_requests", "invalid_responses"]

_MOST_IDS = 3
"""Each further id has the same faults again."""

_EXCHANGES: dict[str, Callable[..., st.SearchStrategy[Exchange]]] = {
    "batch_get_profile": batch_get_profile_exchanges,
    "get_segment_membership": get_segment_membership_exchanges,
}


def invalid_requests(
    operation: str, *, rules: Iterable[str] | None = None, service: str = SERVICE
) -> st.SearchStrategy[tuple[dict[str, Any], Violation]]:
    """Requests that the service would refuse for one reason, each with that reason.

    `validate_request(operation, params) == [violation]` for each pair.

    Args:
        operation: the operation, as boto3 spells its method.
        rules: codes of the rules that may be broken, such as {"max", "pattern"}; None is all.
        service: boto3's name of the service.

    Raises:
        InvalidArgument: no such rule; when it is first used: no such operation, it takes no parameters, or nothing in
            them has one of the rules.
    """
    chosen = None if rules is None else sorted(check_among("rules", rules, CODES))
    wanted = CODES if chosen is None else chosen

    def make() -> st.SearchStrategy[tuple[dict[str, Any], Violation]]:
        node = _node(nodes(service).input(operation), operation, "takes no parameters")
        _check_breakable(f"a request of {operation}", chosen, _codes(node) - {"timezone"})
        sources = requests(operation, service=service), _full(node)

        @st.composite
        def broken(draw: st.DrawFn) -> tuple[dict[str, Any], Violation]:
            for source in sources:
                params = draw(source)
                found = [breach for breach in breaches(node, params, sent=True) if breach.rule in wanted]
                pair = _broken(draw, params, found, lambda value: validate_request(operation, value, service=service))
                if pair is not None:
                    return pair
            return reject()

        return broken()

    return lazily("invalid_requests", make, operation, **_said(chosen, service))


def invalid_responses(
    operation: str, *, rules: Iterable[str] | None = None, service: str = SERVICE
) -> st.SearchStrategy[tuple[Exchange, Violation]]:
    """Exchanges whose response has one fault, each with the violation.

    The exchange is unchecked, and its request is legal: `validate(operation, exchange.response,
    request=exchange.request) == [violation]` for each pair.

    Args:
        operation: the operation, as boto3 spells its method.
        rules: codes of the rules that may be broken, such as {"outcome_missing"}; None is all.
        service: boto3's name of the service.

    Raises:
        InvalidArgument: no such rule; when it is first used: no such operation, it answers with nothing, or nothing in
            its response has one of the rules.
    """
    chosen = None if rules is None else sorted(check_among("rules", rules, CODES))
    wanted = CODES if chosen is None else chosen

    def make() -> st.SearchStrategy[tuple[Exchange, Violation]]:
        node = _node(nodes(service).output(operation), operation, "answers with ResponseMetadata alone")
        _check_breakable(f"a response of {operation}", chosen, _codes(node) | _codes_of_both(operation, service))
        sources = _answers(operation, service, node)

        @st.composite
        def broken(draw: st.DrawFn) -> tuple[Exchange, Violation]:
            for source in sources:
                request, response = draw(source)
                found = [*breaches(node, response), *_disagreements(operation, service, request, response)]
                pair = _broken(
                    draw,
                    response,
                    [breach for breach in found if breach.rule in wanted],
                    partial(validate, operation, request=request, service=service),
                )
                if pair is not None:
                    whole = Exchange(operation, request=request, response=pair[0], service=service, unchecked=True)
                    return whole, pair[1]
            return reject()

        return broken()

    return lazily("invalid_responses", make, operation, **_said(chosen, service))


_Sides = tuple[dict[str, Any], dict[str, Any]]


def _answers(operation: str, service: str, node: Node) -> Sequence[st.SearchStrategy[_Sides]]:
    """Legal requests with their responses; and such as have all members, for rules that are seldom met."""
    if service == SERVICE and operation in OUTCOMES:
        exchanges = _EXCHANGES[operation]
        return exchanges(max_ids=_MOST_IDS).map(_sides), exchanges(max_ids=1, profiles=whole_people()).map(_sides)
    asked = requests(operation, service=service)
    return st.tuples(asked, responses(operation, service=service)), st.tuples(asked, _full(node))


def _full(node: Node) -> st.SearchStrategy[dict[str, Any]]:
    return Engine(sendable_time(), streams=True, full=True).strategy(node)


def _sides(exchange: Exchange) -> tuple[dict[str, Any], dict[str, Any]]:
    response = exchange.response
    return exchange.request, {name: value for name, value in response.items() if name != "ResponseMetadata"}


def _disagreements(operation: str, service: str, request: dict[str, Any], response: dict[str, Any]) -> list[Breach]:
    return agreement_breaches(operation, request, response) if service == SERVICE else []


def _broken(
    draw: st.DrawFn, value: dict[str, Any], found: list[Breach], violations: Callable[[Any], list[Violation]]
) -> tuple[dict[str, Any], Violation] | None:
    """The value with one of the faults: first the rule is chosen, for some rules have a fault at every place."""
    if not found:
        return None
    rule = draw(st.sampled_from(list(dict.fromkeys(breach.rule for breach in found))))
    of_rule = [breach for breach in found if breach.rule == rule]
    first = draw(st.integers(0, len(of_rule) - 1))
    for breach in (*of_rule[first:], *of_rule[:first]):
        broken = breach.applied(value)
        # A fault in an id is one of its shape, and at times one of the outcomes as well: such a pair is none.
        # What is no dict at all is no request and no response to hand out either.
        if isinstance(broken, dict) and violations(broken) == [breach.violation]:
            return broken, breach.violation
    return None


def _codes(node: Node) -> set[str]:
    """The rules that stand anywhere in the shape."""
    every = reachable(node)
    structural = {
        "unknown": any(each.type in ("structure", "events") for each in every),
        "required": any(each.required for each in every),
        "union": any(each.union for each in every),
    }
    return {rule.code for each in every for rule in shape_rules(each)} | {
        code for code, is_there in structural.items() if is_there
    }


def _codes_of_both(operation: str, service: str) -> set[str]:
    """The rules of a request and its response together."""
    if service != SERVICE or operation not in OUTCOMES:
        return set()
    of_ids = {"outcome_missing", "outcome_unasked", "outcome_twice", "nested_id"}
    return of_ids | {"echo"} if OUTCOMES[operation].echoed else of_ids


def _check_breakable(what: str, rules: Sequence[str] | None, breakable: set[str]) -> None:
    if rules is not None and breakable.isdisjoint(rules):
        known = ", ".join(repr(code) for code in CODES if code in breakable)
        raise refused(
            f"There is no fault to draw for rules={rules}.",
            f"Nothing in {what} has such a rule.",
            f"Give some of {known}.",
        )


def _node(node: Node | None, operation: str, why: str) -> Node:
    if node is None:
        raise refused(f"There is no fault to draw for {operation}.", f"It {why}.", "Use another operation.")
    return node


def _said(rules: Sequence[str] | None, service: str) -> dict[str, Any]:
    said = {} if rules is None else {"rules": rules}
    return said if service == SERVICE else {**said, "service": service}

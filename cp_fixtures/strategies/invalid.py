"""One fault at a time: what the service would refuse, or could not have said, with the violation that it must cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from cp_fixtures.breaches import agreement_breaches, breaches
from cp_fixtures.exchanges import Exchange
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.strategies.exchanges import batch_get_profile_exchanges, get_segment_membership_exchanges
from cp_fixtures.strategies.lazily import lazily
from cp_fixtures.strategies.operations import requests, responses
from cp_fixtures.strategies.refusals import check_among, refused
from cp_fixtures.validation import CODES, OUTCOMES, validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        InvalidArgument: no such rule; when it is first used: no such operation, or it takes no parameters.
    """
    wanted = _wanted(rules)

    def make() -> st.SearchStrategy[tuple[dict[str, Any], Violation]]:
        node = _node(nodes(service).input(operation), operation, "takes no parameters")
        legal = requests(operation, service=service)

        @st.composite
        def broken(draw: st.DrawFn) -> tuple[dict[str, Any], Violation]:
            params = draw(legal)
            return _broken(
                draw,
                params,
                [breach for breach in breaches(node, params, sent=True) if breach.rule in wanted],
                lambda value: validate_request(operation, value, service=service),
            )

        return broken()

    return lazily("invalid_requests", make, operation, **_said(rules, service))


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
        InvalidArgument: no such rule; when it is first used: no such operation, or it answers with nothing.
    """
    wanted = _wanted(rules)

    def make() -> st.SearchStrategy[tuple[Exchange, Violation]]:
        node = _node(nodes(service).output(operation), operation, "answers with ResponseMetadata alone")
        legal = _answers(operation, service)

        @st.composite
        def broken(draw: st.DrawFn) -> tuple[Exchange, Violation]:
            request, response = draw(legal)
            found = [*breaches(node, response), *_disagreements(operation, service, request, response)]
            response, violation = _broken(
                draw,
                response,
                [breach for breach in found if breach.rule in wanted],
                lambda value: validate(operation, value, request=request, service=service),
            )
            exchange = Exchange(operation, request=request, response=response, service=service, unchecked=True)
            return exchange, violation

        return broken()

    return lazily("invalid_responses", make, operation, **_said(rules, service))


def _answers(operation: str, service: str) -> st.SearchStrategy[tuple[dict[str, Any], dict[str, Any]]]:
    if service == SERVICE and operation in OUTCOMES:
        return _EXCHANGES[operation](max_ids=_MOST_IDS).map(_sides)
    return st.tuples(requests(operation, service=service), responses(operation, service=service))


def _sides(exchange: Exchange) -> tuple[dict[str, Any], dict[str, Any]]:
    response = exchange.response
    return exchange.request, {name: value for name, value in response.items() if name != "ResponseMetadata"}


def _disagreements(operation: str, service: str, request: dict[str, Any], response: dict[str, Any]) -> list[Breach]:
    return agreement_breaches(operation, request, response) if service == SERVICE else []


def _broken(
    draw: st.DrawFn, value: dict[str, Any], found: list[Breach], violations: Callable[[Any], list[Violation]]
) -> tuple[dict[str, Any], Violation]:
    """The value with one of the faults: first the rule is chosen, for some rules have a fault at every place."""
    if not found:
        reject()
    rule = draw(st.sampled_from(list(dict.fromkeys(breach.rule for breach in found))))
    of_rule = [breach for breach in found if breach.rule == rule]
    first = draw(st.integers(0, len(of_rule) - 1))
    for breach in (*of_rule[first:], *of_rule[:first]):
        broken = breach.applied(value)
        # A fault in an id is one of its shape, and at times one of the outcomes as well: such a pair is none.
        # What is no dict at all is no request and no response to hand out either.
        if isinstance(broken, dict) and violations(broken) == [breach.violation]:
            return broken, breach.violation
    return reject()


def _wanted(rules: Iterable[str] | None) -> frozenset[str]:
    return frozenset(CODES if rules is None else check_among("rules", rules, CODES))


def _node(node: Node | None, operation: str, why: str) -> Node:
    if node is None:
        raise refused(f"There is no fault to draw for {operation}.", f"It {why}.", "Use another operation.")
    return node


def _said(rules: Iterable[str] | None, service: str) -> dict[str, Any]:
    said = {} if rules is None else {"rules": rules}
    return said if service == SERVICE else {**said, "service": service}

"""What holds for the finite lists of any operation: asked of a few in the suite, of all in the sweep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from botocore.validate import ParamValidator
from constraints import constraints, not_shown, path_in

from cp_fixtures.cases import Case, errors, invalid_requests, invalid_responses, variants
from cp_fixtures.errors import Words
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import Node, nodes
from cp_fixtures.validation import validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.errors import Violation
    from cp_fixtures.exchanges import Exchange

OF_BOTH = {"outcome_missing", "outcome_unasked", "outcome_twice", "echo", "nested_id"}
LISTS: list[Callable[[str], list[Case[Any]]]] = [variants, errors, invalid_responses, invalid_requests]

# An entry that names nobody answers nobody, and a response that names no segment does not repeat the request's.
ALWAYS_THERE = {
    "batch_get_profile": ["Profiles.[].ProfileId: absent"],
    "get_segment_membership": [
        "SegmentDefinitionName: absent",
        "Profiles.[].ProfileId: length 0",
        "Failures.[].ProfileId: length 0",
    ],
}


def responses(cases: Iterable[Case[Exchange]]) -> list[dict[str, Any]]:
    """The responses of cases, without metadata; errors have none."""
    found = [case.value.response for case in cases if case.value.error is None]
    return [{name: item for name, item in each.items() if name != "ResponseMetadata"} for each in found]


def check_variants_are_legal(operation: str) -> None:
    """The validator finds nothing, and botocore's own agrees, of the response and of the request."""
    model: Any = operation_model(operation)
    for case in variants(operation):
        exchange = case.value
        assert (case.violation, exchange.unchecked, exchange.ignore) == (None, False, frozenset())
        assert validate_request(operation, exchange.request) == [], case.id
        assert_botocore_agrees(model.input_shape, exchange.request)
        if exchange.error is None:
            assert validate(operation, exchange.response, request=exchange.request) == [], case.id
            assert_botocore_agrees(model.output_shape, *responses([case]))


def assert_botocore_agrees(shape: Any, value: dict[str, Any]) -> None:
    """Of what has no shape nothing is said but that it is empty."""
    if shape is None:
        assert value == {}
    else:
        assert ParamValidator().validate(value, shape).generate_report() == ""


def check_variants_show_all(operation: str) -> None:
    """Each optional member present and absent, each enum's values, each bound, each list empty, with one, and full."""
    node = nodes().output(operation)
    lacking = [] if node is None else not_shown(node, responses(variants(operation)))
    assert lacking == ALWAYS_THERE.get(operation, [])


def check_faults_are_single(operation: str) -> None:
    """The validator finds what the case names, and nothing else."""
    for case in invalid_responses(operation):
        assert case.value.unchecked
        found = validate(operation, case.value.response, request=case.value.request)
        assert found == [case.violation], case.id
    for request in invalid_requests(operation):
        assert validate_request(operation, request.value) == [request.violation], request.id
        assert all(isinstance(name, str) for name in request.value)


def check_faults_reach_all(operation: str) -> None:
    """An independent walk over the shapes finds no rule that could be broken alone and is not."""
    request, response = nodes().input(operation), nodes().output(operation)
    # What is no dict is no call at all; and botocore gives a naive datetime a time zone before it sends it.
    wanted = {each for each in demands(request) if each[1] != "timezone"}
    assert {spot(request, case.violation) for case in invalid_requests(operation)} == wanted
    broken = [case.violation for case in invalid_responses(operation)]
    reached = {spot(response, each) for each in broken if each is not None and each.rule not in OF_BOTH}
    assert reached == {each for each in demands(response) if not is_two(operation, *each)}


def demands(node: Node | None) -> set[tuple[tuple[str, ...], str]]:
    """All that can be broken alone below the top: what is no dict there is neither a response nor a call."""
    return set() if node is None else constraints(node) - {((), "type")}


def spot(node: Node | None, violation: Violation | None) -> tuple[tuple[str, ...], str]:
    """The place in the shape and the rule of a violation; an unknown member has no place of its own."""
    assert node is not None
    assert violation is not None
    *around, last = [*violation.steps] or [""]
    is_key = isinstance(last, Words) and last.startswith("the key")
    steps = around if violation.rule == "unknown" else violation.steps
    return path_in(node, steps, key=is_key), violation.rule


def is_two(operation: str, path: tuple[str, ...], rule: str) -> bool:
    """A broken id inside a profile is another one than the profile's own as well: two violations, whatever one does."""
    is_inside = path[-1:] == ("ProfileId",) and ("EngagementPreferences" in path or path[-2:-1] == ("Profile",))
    return operation in ALWAYS_THERE and is_inside and rule in ("pattern", "unicode")


def check_ids(cases: Callable[[str], list[Case[Any]]], operation: str) -> None:
    """Unique, and nothing in them has to be quoted for a shell or a test runner; `ids=str` shows them."""
    ids = [str(case) for case in cases(operation)]
    assert len({*ids}) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"[A-Za-z0-9_.=\[\]-]+", each)] == []

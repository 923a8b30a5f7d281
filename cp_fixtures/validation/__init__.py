"""What the service could have said, and what it would refuse: values against the model, responses against requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, clip, unknown_name
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import Node, nodes
from cp_fixtures.validation.agreement import OUTCOMES, OutcomeMembers, disagreements, is_about_ids
from cp_fixtures.validation.converting import converted
from cp_fixtures.validation.members import step_to
from cp_fixtures.validation.rules import CODES, Rule, rules, rules_kept, type_and_length
from cp_fixtures.validation.sending import as_sent
from cp_fixtures.validation.values import find

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CODES",
    "OUTCOMES",
    "OutcomeMembers",
    "Rule",
    "as_sent",
    "check",
    "check_request",
    "check_rule_codes",
    "converted",
    "find",
    "find_in_request",
    "find_in_response",
    "is_about_ids",
    "rules",
    "step_to",
    "validate",
    "validate_beside",
    "validate_request",
]

_NO_CODES: frozenset[str] = frozenset()
_NOTHING = Node(name="the empty response", type="structure")
_NO_PARAMETERS = Node(name="the empty request", type="structure")


def validate(
    operation: str,
    response: object,
    *,
    request: Mapping[str, Any] | None = None,
    ignore: Iterable[str] = (),
    service: str = SERVICE,
) -> list[Violation]:
    """Every way in which a response is not what the service could have sent.

    Args:
        operation: the operation, as boto3 spells its method, such as "batch_get_profile".
        response: the response as boto3 returns it, a dict; its ResponseMetadata is left aside.
        request: the parameters of the call, a dict; with it the outcomes are compared with the ids asked for.
        ignore: codes of rules to leave out, such as {"max", "pattern"}; `validation.CODES` lists them all.
        service: boto3's name of the service; the rules of the model hold for any.

    Returns:
        the violations, all of them; none where the response is legal.

    Raises:
        UsageError: no such operation, rule or service, or the request is no dict.
    """
    _check_request_is_dict(request)
    node = nodes(service).output(operation)
    found = find_in_response(node, response)
    if isinstance(response, dict) and service == SERVICE:
        found += disagreements(operation, node, request, response)
    return _without(found, ignore)


def validate_beside(
    operation: str, response: Mapping[str, Any], known: str, *, request: Mapping[str, Any] | None, ignore: Iterable[str]
) -> list[Violation]:
    """`validate` of a response of Customer Profiles, of which one list has nothing but legal entries.

    Args:
        operation: as in `validate`.
        response: the response; of an entry of that list its id is enough.
        known: the member that is the list.
        request: as in `validate`.
        ignore: as in `validate`.
    """
    node = nodes(SERVICE).output(operation)
    found = find_in_response(node, {**response, known: []})
    if node is not None:
        entries = response[known]
        found += [rule.violation(entries) for rule in rules_kept(node.members[known]) if not rule.holds(entries)]
    return _without([*found, *disagreements(operation, node, request, response)], ignore)


def check(
    operation: str,
    response: object,
    *,
    request: Mapping[str, Any] | None = None,
    ignore: Iterable[str] = (),
    service: str = SERVICE,
) -> None:
    """Refuse a response that the service could not have sent; `validate` with an error in place of a list.

    Args:
        operation: as in `validate`.
        response: as in `validate`.
        request: as in `validate`.
        ignore: as in `validate`.
        service: as in `validate`.

    Raises:
        InvalidResponse: the response breaks a rule; all violations are listed.
        UsageError: as in `validate`.
    """
    if found := validate(operation, response, request=request, ignore=ignore, service=service):
        raise InvalidResponse(f"This response of {operation} breaks the service model", found)


def validate_request(
    operation: str, params: object, *, ignore: Iterable[str] = (), service: str = SERVICE
) -> list[Violation]:
    """Every way in which the parameters of a call are not what the service takes.

    The same rules as for a response hold. What botocore would convert before it sends, a tuple or a naive datetime for
    one, counts as what it is here; a stub judges the request as it is sent.

    Args:
        operation: the operation, as boto3 spells its method.
        params: the keyword arguments of the call, a dict.
        ignore: codes of rules to leave out.
        service: boto3's name of the service.

    Returns:
        the violations, all of them; none where the request is legal.

    Raises:
        UsageError: no such operation, rule or service.
    """
    return _without(find_in_request(nodes(service).input(operation), params), ignore)


def check_request(operation: str, params: object, *, ignore: Iterable[str] = (), service: str = SERVICE) -> None:
    """Refuse parameters that the service would refuse; `validate_request` with an error in place of a list.

    Args:
        operation: as in `validate_request`.
        params: as in `validate_request`.
        ignore: as in `validate_request`.
        service: as in `validate_request`.

    Raises:
        InvalidRequest: the parameters break a rule; all violations are listed.
        UsageError: as in `validate_request`.
    """
    if found := validate_request(operation, params, ignore=ignore, service=service):
        raise InvalidRequest(f"This request of {operation} breaks the service model", found)


def find_in_response(node: Node | None, response: object) -> list[Violation]:
    """The violations of a response against an operation's output; None is an operation without one."""
    if isinstance(response, dict):
        response = {name: value for name, value in response.items() if name != "ResponseMetadata"}
    return find(node or _NOTHING, response)


def find_in_request(node: Node | None, params: object) -> list[Violation]:
    """The violations of parameters against an operation's input; None is an operation without one."""
    return find(node or _NO_PARAMETERS, params)


def check_rule_codes(ignore: Iterable[str]) -> frozenset[str]:
    """The codes of rules to leave out, each one known.

    Raises:
        UsageError: one is no rule's code, or the codes are a single text, or nothing that holds codes.
    """
    # Nearly always.
    if type(ignore) in (tuple, frozenset) and not ignore:
        return _NO_CODES
    if isinstance(ignore, str):
        raise UsageError(
            f"ignore={ignore!r} is a text.", "The rules to leave out are a set of codes.", f"Write {{{ignore!r}}}."
        )
    if not isinstance(ignore, Iterable):
        raise UsageError(
            f"ignore is {clip(ignore)}.", "The rules to leave out are a set of codes.", "Give one, or () for none."
        )
    codes = list(ignore)
    for code in sorted((code for code in codes if code not in list(CODES)), key=str):
        raise unknown_name("rule", code, CODES)
    return frozenset(codes)


def _without(found: Iterable[Violation], ignore: Iterable[str]) -> list[Violation]:
    codes = check_rule_codes(ignore)
    return [violation for violation in found if violation.rule not in codes]


def _check_request_is_dict(request: object) -> None:
    if request is not None and not isinstance(request, dict):
        raise UsageError(
            f"The request is {type_and_length(request)}.",
            "A response is compared with the keyword arguments of its call.",
            "Give them as a dict.",
        )

"""Finite lists for `pytest.mark.parametrize`: every legal variation, every single fault, every error.

The lists are the same in every process and on any day; only another botocore, with another model, changes them::

    @pytest.mark.parametrize("case", variants("batch_get_profile"), ids=str)
    def test_every_answer(case, cp_stubber, cp_client):
        cp_stubber.add_exchange(case.value)
        ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cp_fixtures.cases.answers import error_cases, variants_of
from cp_fixtures.cases.case import Case
from cp_fixtures.cases.faulty import faulty_requests, faulty_responses
from cp_fixtures.cases.transport import error_form_cases, transport_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.answers import HTTPAnswer
    from cp_fixtures.exchanges import Exchange

__all__ = [
    "Case",
    "error_forms",
    "errors",
    "invalid_requests",
    "invalid_responses",
    "transport_faults",
    "variants",
]


def variants(operation: str) -> list[Case[Exchange]]:
    """A short list of exchanges that between them show all that a legal answer can look like.

    For the two operations that ask for ids: each kind of outcome alone and mixed, as many ids as a call takes, the
    entries in another order than the request, an id asked for twice, each list of the response empty and left out, and
    the entries varied. For any other operation: the fewest and all parameters, and the response varied.

    Varied means: all members, only those required, and structures with nothing in them; each optional member absent
    where all others are there; each member of each enum and union; texts and numbers at their least and at their
    greatest; lists and maps empty, with one and with the most entries, as far as the model has a limit; texts of other
    scripts. At last every error.

    An id is never left out of an answer here: for the validator that is a fault, since nobody documents it.

    Args:
        operation: any operation of the service, as boto3 spells its method.

    Returns:
        the cases; the value of each is an Exchange.

    Raises:
        UsageError: the model has no such operation.
    """
    return [*variants_of(operation), *(Case(f"error={case.id}", case.value) for case in error_cases(operation))]


def errors(operation: str) -> list[Case[Exchange]]:
    """One exchange for each error that the model lists for the operation; the case's id is the error's code.

    Args:
        operation: any operation of the service, as boto3 spells its method.

    Raises:
        UsageError: the model has no such operation.
    """
    return error_cases(operation)


def invalid_responses(operation: str) -> list[Case[Exchange]]:
    """Every single fault that a response can have, each in an exchange that nothing has checked.

    `validate(operation, case.value.response, request=case.value.request)` gives `[case.violation]`. The faults are
    those of the shapes, at each place of a response with all members; and for the two operations that ask for ids those
    of the outcomes. There an exchange asks only for ids that the faulty response still answers. Where a broken id or
    name would be one too that was not asked for, its request is None: any will do. An id inside a profile that breaks
    its pattern is another one than the profile's own as well: that is two violations, and so no case.

    Args:
        operation: any operation of the service, as boto3 spells its method.

    Returns:
        the cases, such as `Profiles[0].Address.City=too-long`; the value of each is an Exchange.

    Raises:
        UsageError: the model has no such operation.
    """
    return faulty_responses(operation)


def invalid_requests(operation: str) -> list[Case[dict[str, object]]]:
    """Every single fault that the parameters of a call can have.

    `validate_request(operation, case.value)` gives `[case.violation]`. What botocore mends before it sends, a tuple or
    a naive datetime for one, is none of them: the service never sees it.

    Args:
        operation: any operation of the service, as boto3 spells its method.

    Returns:
        the cases, such as `ProfileIds=too-many`; the value of each is a dict of keyword arguments.

    Raises:
        UsageError: the model has no such operation.
    """
    return faulty_requests(operation)


def transport_faults(operation: str | None = None) -> list[Case[Callable[[HTTPAnswer], HTTPAnswer]]]:
    """What can happen to an answer on its way, for `attempts=` of a wire.

    Each case's value is a function of the stub's own HTTP answer::

        @pytest.mark.parametrize("fault", transport_faults("batch_get_profile"), ids=str)
        def test_no_fault_is_taken_for_an_answer(fault, cp_wire):
            cp_wire.add_batch_get_profile(1, attempts=[fault.value])

    Where botocore takes what comes of it for an answer, there is no further try.

    Args:
        operation: the operation, for the faults of the members that its response has: an enum, a timestamp. None is
            those that any answer can have.

    Returns:
        the cases, such as `truncated`. A fault that would change nothing, because the answer has no such member, raises
        a UsageError when it is met.

    Raises:
        UsageError: the model has no such operation.
    """
    return transport_cases(operation)


def error_forms() -> list[Case[Callable[[HTTPAnswer], HTTPAnswer]]]:
    """The other forms in which botocore takes an error: its code with a URL, in the body, under another name.

    Each case's value is a function for `attempts=` of an error's stub; every try meets one only if it is given as often
    as the client tries.

    Returns:
        the cases, such as `type-in-body`.
    """
    return error_form_cases()

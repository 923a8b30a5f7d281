"""The verdict: what is said when the test's own code has ended, of what happened and of what did not."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING

from cp_fixtures.callers import warn_caller
from cp_fixtures.errors import RequestWarning, VerdictError, listed
from cp_fixtures.stubs.advice import how_to_switch_off, ignoring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cp_fixtures.options import Options
    from cp_fixtures.stubs.stub import Call, Stub

__all__ = ["Verdict", "complaints", "tell", "verdict_on"]

_MOST_VIOLATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What there is to say of calls and stubs.

    Attributes:
        complaints: what cannot be right, a text for each group.
        warning: the requests that the service would refuse, where strict is "warn"; else nothing.
    """

    complaints: list[str]
    warning: str


def verdict_on(
    options: Options, calls: Sequence[Call], stubs: Sequence[Stub], unmet: Callable[[], list[str]] = list
) -> Verdict:
    """The verdict on calls and stubs; nothing is raised yet.

    Args:
        options: which checks are on.
        calls: the calls to judge.
        stubs: the stubs to judge.
        unmet: gives the errors of a domain that no call has met, in words; it tells each once.
    """
    warning = _refused_requests(calls) if options.strict == "warn" else ""
    found = complaints(options, calls, stubs)
    if options.assert_all_used and (errors := _unmet_errors(unmet())):
        found.append(errors)
    return Verdict(complaints=found, warning=warning)


def tell(verdicts: Iterable[Verdict], warn: Callable[[str, type[Warning]], None] = warn_caller) -> None:
    """Raise all that cannot be right, together with what is to be warned of; where there is nothing, warn alone.

    Args:
        verdicts: the verdicts, of one test for instance.
        warn: what warns; it gets the text and the class of the warning.

    Raises:
        VerdictError: something cannot be right.
    """
    __tracebackhide__ = True
    verdicts = list(verdicts)
    warnings = [each.warning for each in verdicts if each.warning]
    if found := [text for each in verdicts for text in each.complaints]:
        # A filter that makes errors of warnings would let none of them be told.
        raise VerdictError("\n\n".join([*warnings, *found]))
    if warnings:
        warn("\n\n".join(warnings), RequestWarning)


def complaints(options: Options, calls: Sequence[Call], stubs: Sequence[Stub]) -> list[str]:
    """What cannot be right, in groups: each a heading, the calls or stubs, and what to do.

    Args:
        options: which checks are on.
        calls: the calls to judge.
        stubs: the stubs to judge.

    Returns:
        a text for each group that has something to say.
    """
    # Under pytest a test is judged several times, most of them when nothing more has happened.
    if not calls and not stubs:
        return []
    groups = [
        _refused_requests(calls) if options.strict is True else "",
        _failed_answers(calls),
        _unexpected_calls(calls) if options.assert_all_expected else "",
        _unused_stubs(stubs) if options.assert_all_used else "",
    ]
    return [group for group in groups if group]


def _refused_requests(calls: Sequence[Call]) -> str:
    wrong = [call for call in calls if call.violations]
    if not wrong:
        return ""
    return _group(
        [f"{call}:\n{indent(listed(call.violations, _MOST_VIOLATIONS), '  ')}" for call in wrong],
        "request that the service would refuse",
        "requests that the service would refuse",
        "Correct what the code asks for, or switch the check off:",
        ignoring(each for call in wrong for each in call.violations),
        "strict=False",
    )


def _failed_answers(calls: Sequence[Call]) -> str:
    lines = [f"{call}: {call.problem}" for call in calls if call.fate == "failed"]
    return _group(
        lines, "call whose answer failed", "calls whose answers failed", "Correct the callable that makes the answer."
    )


def _unexpected_calls(calls: Sequence[Call]) -> str:
    return _group(
        [f"{call}\n{indent(call.problem, '  ')}" for call in calls if call.fate == "unexpected"],
        "call that nobody stubbed",
        "calls that nobody stubbed",
        "Stub what the code may ask for, or correct what it asks for. Where it is to meet that error, say so:",
        "assert_all_expected=False",
    )


def _unused_stubs(stubs: Sequence[Stub]) -> str:
    return _group(
        [str(stub) for stub in stubs if stub.is_unused],
        "stub that the code did not use up",
        "stubs that the code did not use up",
        "Let the code make the call, or register its stub with optional=True, or switch the check off:",
        "assert_all_used=False",
    )


def _unmet_errors(lines: list[str]) -> str:
    return _group(
        lines,
        "error of a domain that no call met",
        "errors of a domain that no call met",
        "Let the code make the call, or leave the error out, or switch the check off:",
        "assert_all_used=False",
    )


def _group(lines: list[str], one: str, many: str, instead: str, *options: str) -> str:
    """A heading, the lines, and what to do instead, which ends with the options that switch the check off."""
    if not lines:
        return ""
    way_out = f" {how_to_switch_off(*options)}." if options else ""
    return f"{len(lines)} {one if len(lines) == 1 else many}:\n{listed(lines)}\n{instead}{way_out}"

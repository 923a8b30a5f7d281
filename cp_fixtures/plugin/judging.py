"""When the verdict on a test is given, and on what: what the hooks and the fixtures have to know of each other.

It is a second plugin, which the first one registers, for a hook of pytest that is needed twice.
"""

from __future__ import annotations

import threading
import warnings
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

import pytest

from cp_fixtures.options import Options, run_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.stubs import Registry

__all__ = [
    "CHOSEN",
    "FAILED",
    "PASSED",
    "RUN",
    "VERDICT",
    "judge",
    "judged",
    "note_phase",
    "options_of",
    "pytest_runtest_makereport",
    "running",
    "running_item",
    "told_beside",
    "warn",
]

CHOSEN = pytest.StashKey[Options]()
"""The options of a test."""

RUN = pytest.StashKey["Registry"]()
"""Of a whole run under its guard: the calls that were about to leave."""

PASSED = pytest.StashKey[bool]()
"""Whether a test's own code has ended well."""

FAILED = pytest.StashKey[bool]()
"""Whether a test, or a part of it, has failed."""

VERDICT = pytest.StashKey[Exception]()
"""The verdict on a test, where it was told."""

_LIBRARIES = {"boto3", "botocore", "cp_fixtures"}
_PYTEST = {"_pytest", "pluggy"}

_JUDGED = pytest.StashKey["list[Registry]"]()


class _Running(threading.local):
    """The tests that run in this thread: of an inner run too, which a test may start."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []


_running = _Running()


@contextmanager
def running(item: pytest.Item) -> Iterator[None]:
    """For a block, this test is the one that runs, and its options are the current ones."""
    _running.items.append(item)
    try:
        with run_with(lambda: options_of(item)):
            yield
    finally:
        _running.items.remove(item)


def running_item() -> pytest.Item:
    """The test that runs; a fixture that asks `request` for it costs as much as two that do not."""
    return _running.items[-1]


def note_phase(options: Options, phase: str, report: pytest.TestReport) -> None:
    """Write down, for the blocks that a test's own fixtures leave, that it has failed or was skipped."""
    if phase == "teardown":
        # The test may be run again.
        options.spoilt.clear()
    elif not report.passed:
        options.spoilt.add(phase)


@contextmanager
def judged(item: pytest.Item, registry: Registry) -> Iterator[None]:
    """Have a registry judged when the test's own code has ended, and for what finalizers did when the block has."""
    item.stash.setdefault(_JUDGED, [])
    item.stash[_JUDGED].append(registry)
    yield
    try:
        if item.stash.get(PASSED, False):
            # The test is judged already: here it is for what the finalizers of later fixtures have done.
            judge(item)
    finally:
        # A test that is run again has others then.
        item.stash[_JUDGED].remove(registry)


def judge(item: pytest.Item) -> None:
    """Tell at once all that there is to say of a test: each thing is told once, however often this is called."""
    __tracebackhide__ = True
    verdicts = [registry.verdict() for registry in item.stash.get(_JUDGED, [])]
    if RUN in item.config.stash:
        verdicts.append(item.config.stash[RUN].verdict(options_of(item)))
    if not any(each.complaints or each.warning for each in verdicts):
        return
    from cp_fixtures.stubs import tell

    try:
        tell(verdicts, partial(warn, item))
    except (AssertionError, Warning) as verdict:
        item.stash[VERDICT] = verdict
        raise


def told_beside(item: pytest.Item, problem: BaseException | None) -> str:
    """What cannot be right in the calls of a test that has failed by itself, for that may be why.

    Args:
        item: the test.
        problem: what it raised. Where that is a refused call, the call is told already.

    Returns:
        the text; nothing is said of stubs that are left over, since the test has ended early.
    """
    if not (registries := item.stash.get(_JUDGED, [])):
        return ""
    from cp_fixtures.errors import Refused

    verdicts = [each.verdict(replace(each.options, assert_all_used=False)) for each in registries]
    return "" if isinstance(problem, Refused) else "\n\n".join(text for each in verdicts for text in each.complaints)


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Leave out of the report what lies between the line that caused an error of ours and where we raise it.

    Those are lines of botocore and of ours, which nobody wrote the test for; pytest's --full-trace keeps them. This is
    no wrapper, since pytest's plugin for unittest brings a test's error in this hook, once every wrapper has begun.
    """
    problem = call.excinfo
    if problem is None or type(problem.value).__module__ != "cp_fixtures.errors" or item.config.option.fulltrace:
        return
    # pytest reads the links of a traceback anew, so that it does not do to filter its list of them.
    short = (problem.type, problem.value, _without_libraries(problem.tb))
    problem.traceback = pytest.ExceptionInfo.from_exc_info(short).traceback


def _without_libraries(traceback: TracebackType) -> TracebackType:
    outside = [link for link in _links(traceback) if _library(link) not in _LIBRARIES]
    # A fixture of ours is called by pytest: no line of the test has caused its error, and pytest begins at the fixture.
    if not outside or _library(outside[-1]) in _PYTEST:
        return traceback
    kept = _copy(outside.pop(), None)
    while outside:
        kept = _copy(outside.pop(), kept)
    return kept


def _copy(link: TracebackType, after: TracebackType | None) -> TracebackType:
    return TracebackType(after, link.tb_frame, link.tb_lasti, link.tb_lineno)


def _links(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _library(link: TracebackType) -> str:
    return str(link.tb_frame.f_globals.get("__name__")).partition(".")[0]


def warn(item: pytest.Item, text: str, category: type[Warning]) -> None:
    """Warn as if the first line of the test had done so; no line of it runs any more."""
    _, line, _ = item.location
    module = getattr(getattr(item, "module", None), "__name__", None)
    warnings.warn_explicit(text, category, str(item.path), (line or 0) + 1, module)


def options_of(item: pytest.Item) -> Options:
    """The options of a test: what its markers say, and its classes', its module's, and the ini file."""
    if CHOSEN not in item.stash:
        from cp_fixtures.plugin.places import options_at, place

        item.stash[CHOSEN] = options_at(item, place(item))
    return item.stash[CHOSEN]

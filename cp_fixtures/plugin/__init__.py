"""The pytest plugin: fixtures, one marker, ini options, and the hooks by which a test comes to its verdict."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.options import OPTIONS, Options, run_with
from cp_fixtures.plugin import judging
from cp_fixtures.plugin.fixtures import (
    cp_aws_env,
    cp_batch_get_profile,
    cp_client,
    cp_domain,
    cp_get_segment_membership,
    cp_intercept,
    cp_no_network,
    cp_profile_factory,
    cp_raises,
    cp_stubbed,
    cp_stubber,
    cp_wire,
)
from cp_fixtures.plugin.judging import (
    CHOSEN,
    FAILED,
    PASSED,
    RUN,
    VERDICT,
    judge,
    note_phase,
    running,
    told_beside,
)

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager

__all__ = [
    "cp_aws_env",
    "cp_batch_get_profile",
    "cp_client",
    "cp_domain",
    "cp_get_segment_membership",
    "cp_intercept",
    "cp_no_network",
    "cp_profile_factory",
    "cp_raises",
    "cp_stubbed",
    "cp_stubber",
    "cp_wire",
]

_PUT_ASIDE = pytest.StashKey[str]()
_WIDER = pytest.StashKey["dict[str, Options]"]()

_MARKER = (
    'cp_fixtures(strict=True|False|"warn", ordered=, assert_all_used=, assert_all_expected=, ignore={rule codes}, '
    "network=, seed=, locale=, retries=): how strict the cp_ fixtures of a test are, and where their data come from."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --cp-seed, and the ini form of every option of the marker."""
    group = parser.getgroup("cp_fixtures")
    group.addoption("--cp-seed", metavar="N|random", help="the seed of made-up data: a number, or `random`")
    for name in OPTIONS:
        parser.addini(f"cp_{name}", f"the default of {name} of the marker cp_fixtures", _ini_type(name), default=None)
    parser.addini("cp_aws_env", "harmless AWS settings from the start of the run, before anything is imported", "bool")
    parser.addini("cp_no_network", "keep the network guard up for the whole run", "bool")


def _ini_type(name: str) -> Any:
    if name == "ignore":
        return "args"
    # An older pytest takes texts alone in its native table, and says so.
    if pytest.version_tuple < (9, 2) or name == "locale":
        return None
    return int | str if name in {"seed", "retries"} else bool | str


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker, and shorten tracebacks; choose the seed where it is to be random, but not in a worker."""
    config.addinivalue_line("markers", _MARKER)
    config.pluginmanager.register(judging)
    seed = config.getoption("cp_seed")
    if (told := getattr(config, "workerinput", {}).get("cp_seed")) is not None:
        config.option.cp_seed = told
    elif seed == "random":
        from random import SystemRandom

        config.option.cp_seed = str(SystemRandom().getrandbits(32))
    elif seed is not None and not _is_number(seed):
        raise pytest.UsageError(f"--cp-seed is {seed!r}. It is a number, or `random`. Give one of the two.")

    if config.getini("cp_aws_env"):
        _prepare_environment(config)
    if config.getini("cp_no_network"):
        _guard_run(config)


def _prepare_environment(config: pytest.Config) -> None:
    from cp_fixtures.environment import harmless_environment, put_aside

    config.stash[_PUT_ASIDE] = put_aside()
    _enter_for_the_run(config, harmless_environment())


def _guard_run(config: pytest.Config) -> None:
    from cp_fixtures.intercept import Guard, guarded
    from cp_fixtures.stubs import Registry

    config.stash[RUN] = Registry(Options())
    _enter_for_the_run(config, guarded(Guard(config.stash[RUN])))


def _enter_for_the_run(config: pytest.Config, block: AbstractContextManager[None]) -> None:
    stack = ExitStack()
    stack.enter_context(block)
    config.add_cleanup(stack.close)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist the seed: it has the command line as it was typed."""
    node.workerinput["cp_seed"] = node.config.getoption("cp_seed")


def _is_number(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say the seed, where the command line has a say in it, and what of the environment is put aside."""
    seed = config.getoption("cp_seed")
    return [f"cp_fixtures: --cp-seed={seed}"] * (seed is not None) + _put_aside(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was put aside where there was no header to say it, as with -q: never by silence."""
    if config.option.verbose < 0 or config.option.no_header:
        for line in _put_aside(config):
            terminalreporter.write_line(line)


def _put_aside(config: pytest.Config) -> list[str]:
    said = config.stash.get(_PUT_ASIDE, "")
    return [f"cp_fixtures: {said}"] * bool(said)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """While a test runs, its options are the current ones."""
    __tracebackhide__ = True
    with running(item), _way_out(item):
        return (yield)


def _way_out(item: pytest.Item) -> AbstractContextManager[None]:
    """Let a test that may use the network out of the guard of the whole run."""
    if RUN not in item.config.stash:
        return nullcontext()
    from cp_fixtures.intercept import guarded
    from cp_fixtures.plugin.places import options_if_legal

    return guarded(None) if options_if_legal(item).network else nullcontext()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module whose import was kept off the network, and swallowed that, is not the first test's fault."""
    report = yield
    if (run := collector.config.stash.get(RUN, None)) is not None:
        from cp_fixtures.plugin.places import options_if_legal

        found = run.verdict(options_if_legal(collector)).complaints
        if found and report.passed:
            report.outcome, report.longrepr = "failed", "\n\n".join(found)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What a fixture of a wider scope makes does not depend on the test that happens to come first."""
    __tracebackhide__ = True
    if fixturedef.scope == "function":
        return (yield)

    @cache
    def find() -> Options:
        from cp_fixtures.plugin.places import options_at, place

        name = fixturedef.argname
        number = getattr(request, "param_index", 0)
        options = options_at(request.node, f"{place(request.node)} {name} {number}")
        request.config.stash.setdefault(_WIDER, {})[name] = options
        return options

    with run_with(find):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Give the verdict when the test's own code has ended well; where it raised, that is the verdict."""
    __tracebackhide__ = True
    result = yield
    # A subtest that failed has raised nothing here, and has its own report already.
    if not item.stash.get(FAILED, False):
        judge(item)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Under the guard of the whole run: judge what all finalizers have done, and leave nothing to the next test."""
    __tracebackhide__ = True
    run = item.config.stash.get(RUN, None)
    if run is None:
        return (yield)
    try:
        result = yield
        if item.stash.get(PASSED, False):
            judge(item)
        return result
    finally:
        # Of a test that failed, or was skipped: told by nobody, for that test has its own report.
        run.verdict()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In the report of a failed test: the verdict without our own traceback, and what may be why; its data's seed."""
    report = yield
    if call.when != "teardown":
        # Not what the test raised, but what became of it: unittest keeps its failures to itself until here. A subtest
        # is reported before its test is.
        item.stash[FAILED] = call.when == "call" and (report.failed or item.stash.get(FAILED, False))
        item.stash[PASSED] = call.when == "call" and report.passed and not item.stash[FAILED]
    if (options := item.stash.get(CHOSEN, None)) is not None:
        note_phase(options, call.when, report)
    problem = call.excinfo.value if call.excinfo is not None else None
    if problem is not None and problem is item.stash.get(VERDICT, None):
        report.longrepr = str(problem)
    elif call.when == "call" and report.failed and (text := told_beside(item, problem)):
        report.sections.append(("cp_fixtures, which may be why", text))
    if report.failed and (seed := _seed_of(item)) is not None:
        text = f"The made-up data come from seed {seed} and the test's name: --cp-seed={seed} repeats them."
        report.sections.append(("cp_fixtures", text))
    return report


def _seed_of(item: pytest.Item) -> int | None:
    """The seed of the data that a test has seen, its own or those of a fixture of a wider scope; None for no data."""
    wider = item.config.stash.get(_WIDER, {})
    options = [item.stash.get(CHOSEN, None), *(wider.get(name) for name in getattr(item, "fixturenames", ()))]
    return next((each.seed for each in options if each is not None and each.drawn), None)

"""The pytest plugin: fixtures, one marker, ini options, and the verdict. What a test does not use is not imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.options import OPTIONS, Options, current, run_with

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from botocore.client import BaseClient

    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.factories import ProfileFactory
    from cp_fixtures.stubber import CustomerProfilesStubber
    from cp_fixtures.stubbing import stubbed

__all__: list[str] = []

_OPTIONS = pytest.StashKey[Options]()
_STUBBER = pytest.StashKey["CustomerProfilesStubber"]()
_PASSED = pytest.StashKey[bool]()
_VERDICT = pytest.StashKey[Exception]()
_SEEDS = pytest.StashKey["dict[str, int]"]()

_MARKER = (
    'cp_fixtures(strict=True|False|"warn", ordered=, assert_all_used=, assert_all_expected=, ignore={rule codes}, '
    "network=, seed=, locale=, retries=): how strict the cp_ fixtures of a test are, and where their data come from."
)


@pytest.fixture
def cp_client() -> BaseClient:
    """A boto3 client of customer-profiles that reaches no network, and needs no credentials and no region."""
    from cp_fixtures.clients import isolated_client

    options = current()
    return isolated_client(retries=options.retries, network=options.network)


@pytest.fixture
def cp_stubber(request: pytest.FixtureRequest, cp_client: BaseClient) -> Generator[CustomerProfilesStubber, None, None]:
    """A CustomerProfilesStubber on cp_client, active; the end of the test's own code is its verdict."""
    from cp_fixtures.stubbing import stubbed

    stash = request.node.stash
    stubber = stubbed(client=cp_client).start()
    stash[_STUBBER], stash[_PASSED] = stubber, False
    yield stubber
    stubber.deactivate()
    # A test that is run again has another one then.
    del stash[_STUBBER]
    if stash[_PASSED]:
        # The test is judged already: here it is for what the finalizers of later fixtures have done.
        _judge(request.node, stubber)


@pytest.fixture
def cp_batch_get_profile(cp_stubber: CustomerProfilesStubber) -> Callable[..., Exchange]:
    """Register one call of batch_get_profile: `add_batch_get_profile` of cp_stubber."""
    return cp_stubber.add_batch_get_profile


@pytest.fixture
def cp_get_segment_membership(cp_stubber: CustomerProfilesStubber) -> Callable[..., Exchange]:
    """Register one call of get_segment_membership: `add_get_segment_membership` of cp_stubber."""
    return cp_stubber.add_get_segment_membership


@pytest.fixture
def cp_profile_factory() -> ProfileFactory:
    """A ProfileFactory of the test's locale, seeded from the test's identity."""
    from cp_fixtures.factories import ProfileFactory

    options = current()
    return ProfileFactory(locale=options.locale, seed=options.data_seed)


@pytest.fixture(scope="session")
def cp_stubbed() -> type[stubbed]:
    """`stubbed`, for use under @given: it keeps nothing, and reads the options of the test that enters it."""
    from cp_fixtures.stubbing import stubbed

    # The first client and the first person take as long as Hypothesis lets an example run: here nobody is measured.
    with stubbed() as stubber:
        exchange = stubber.add_batch_get_profile()
        stubber.client.batch_get_profile(**exchange.request)
    return stubbed


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --cp-seed, and the ini form of every option of the marker."""
    group = parser.getgroup("cp_fixtures")
    group.addoption("--cp-seed", metavar="N|random", help="the seed of made-up data: a number, or `random`")
    for name in OPTIONS:
        parser.addini(f"cp_{name}", f"the default of {name} of the marker cp_fixtures", _ini_type(name), default=None)


def _ini_type(name: str) -> Any:
    if name == "ignore":
        return "args"
    # An older pytest takes texts alone in its native table, and says so.
    if pytest.version_tuple < (9, 2) or name == "locale":
        return None
    return int | str if name in {"seed", "retries"} else bool | str


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker; choose the seed where it is to be random, but in a worker, which is told it."""
    config.addinivalue_line("markers", _MARKER)
    seed = config.getoption("cp_seed")
    if (told := getattr(config, "workerinput", {}).get("cp_seed")) is not None:
        config.option.cp_seed = told
    elif seed == "random":
        from random import SystemRandom

        config.option.cp_seed = str(SystemRandom().getrandbits(32))
    elif seed is not None and not _is_number(seed):
        raise pytest.UsageError(f"--cp-seed is {seed!r}. It is a number, or `random`. Give one of the two.")


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


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say the seed, where the command line has a say in it."""
    seed = config.getoption("cp_seed")
    return None if seed is None else f"cp_fixtures: --cp-seed={seed}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """While a test runs, its options are the current ones."""
    __tracebackhide__ = True
    with run_with(lambda: _options_of(item)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What a fixture of a wider scope makes does not depend on the test that happens to come first."""
    __tracebackhide__ = True
    if fixturedef.scope == "function":
        return (yield)

    def find() -> Options:
        name = fixturedef.argname
        number = getattr(request, "param_index", 0)
        options = _options_at(request.node, f"{_place(request.node)} {name} {number}")
        request.config.stash.setdefault(_SEEDS, {})[name] = options.seed
        return options

    with run_with(find):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Give the verdict when the test's own code has ended well; where it raised, that is the verdict."""
    __tracebackhide__ = True
    result = yield
    if _STUBBER in item.stash:
        _judge(item, item.stash[_STUBBER])
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In the report of a failed test: the verdict without our own traceback, and the seed of its data."""
    report = yield
    if call.when == "call":
        # Not what the test raised, but what became of it: unittest keeps its failures to itself until here.
        item.stash[_PASSED] = report.passed
    if call.excinfo is not None and call.excinfo.value is item.stash.get(_VERDICT, None):
        report.longrepr = str(call.excinfo.value)
    if report.failed and (seed := _seed_of(item)) is not None:
        text = f"The made-up data come from seed {seed} and the test's name: --cp-seed={seed} repeats them."
        report.sections.append(("cp_fixtures", text))
    return report


def _judge(item: pytest.Item, stubber: CustomerProfilesStubber) -> None:
    from cp_fixtures.errors import RequestWarning, VerdictError

    try:
        stubber.judge()
    except (VerdictError, RequestWarning) as verdict:
        item.stash[_VERDICT] = verdict
        raise


def _seed_of(item: pytest.Item) -> int | None:
    """The seed of the data that a test has seen, its own or those of a fixture of a wider scope; None for no data."""
    if _OPTIONS in item.stash:
        return item.stash[_OPTIONS].seed
    seeds = item.config.stash.get(_SEEDS, {})
    return next((seeds[name] for name in getattr(item, "fixturenames", ()) if name in seeds), None)


def _options_of(item: pytest.Item) -> Options:
    if _OPTIONS not in item.stash:
        item.stash[_OPTIONS] = _options_at(item, _place(item))
    return item.stash[_OPTIONS]


def _options_at(node: pytest.Item | pytest.Collector, identity: str) -> Options:
    """The options at a place; what cannot be one fails the test, in words that need no traceback."""
    from cp_fixtures.errors import UsageError

    try:
        return _read_options(node, identity)
    except UsageError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None


def _read_options(node: pytest.Item | pytest.Collector, identity: str) -> Options:
    """The options at a place: the defaults, then the ini file, the command line, and the markers, the nearest last."""
    from cp_fixtures.settings import updated

    config = node.config
    ini = {name: value for name in OPTIONS if (value := config.getini(f"cp_{name}")) is not None}
    if "ignore" in ini:
        ini["ignore"] = " ".join(ini["ignore"])
    options = updated(Options(identity=identity), ini, "the ini file")
    if (seed := config.getoption("cp_seed")) is not None:
        options = updated(options, {"seed": seed}, "the command line")
    for mark in (mark for each in node.listchain() for mark in _marks_at(each)):
        _reject_positional(mark)
        options = updated(options, mark.kwargs, "the marker cp_fixtures")
    if options.ignore:
        from cp_fixtures.validation import check_rule_codes

        check_rule_codes(options.ignore)
    return options


def _marks_at(node: Any) -> list[pytest.Mark]:
    """Our markers at one place, the nearest last: a parameter's after the test's, a class's after its base's."""
    marks = [mark for mark in node.own_markers if mark.name == "cp_fixtures"]
    if isinstance(node, pytest.Class):
        return marks
    of_parameter = getattr(getattr(node, "callspec", None), "marks", ())
    marks.reverse()
    return sorted(marks, key=lambda mark: mark in of_parameter)


def _reject_positional(mark: pytest.Mark) -> None:
    if mark.args:
        from cp_fixtures.errors import UsageError, clip

        raise UsageError(
            f"The marker cp_fixtures has {clip(mark.args)}.",
            "Its options have names.",
            "Write cp_fixtures(strict=False).",
        )


def _place(node: pytest.Item | pytest.Collector) -> str:
    """The file's name, the qualified name and the parameters' id: the same from any folder, and under any plugin."""
    if isinstance(node, pytest.Session):
        return ""
    folders = (pytest.Session, pytest.Directory, pytest.File)
    names = [each.name for each in node.listchain() if not isinstance(each, folders)]
    return "::".join([node.path.name, *names])

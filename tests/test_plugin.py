"""What pytest sees: the fixtures, the marker, the ini options and the command line."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber
from pytest_runs import outcomes, report, run

from cp_fixtures import CustomerProfilesStubber, Exchange, ProfileFactory, Refused, stubbed
from cp_fixtures.options import OPTIONS, Options, current

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.client import BaseClient

SHOW = """
from cp_fixtures.options import current

def test_it(cp_client):
    print(current())
"""
SEED = "The made-up data come from seed 0 and the test's name: --cp-seed=0 repeats them."


def test_cp_client_is_a_client_of_customer_profiles(cp_client: BaseClient) -> None:
    """It is boto3's own client of the service, in a region that means nothing."""
    assert type(cp_client).__name__ == "CustomerProfiles"
    assert cp_client.meta.region_name == "us-east-1"


@pytest.mark.cp_fixtures(assert_all_expected=False)
def test_cp_client_reaches_no_network(cp_client: Any) -> None:
    """A call that nobody answers is refused."""
    with pytest.raises(Refused, match="was about to leave for the network"):
        cp_client.batch_get_profile(DomainName="d", ProfileIds=["0" * 32])


def test_cp_client_is_each_tests_own(pytester: pytest.Pytester) -> None:
    """Whatever a test does to its client, the next test does not see."""
    source = """
    from cp_fixtures import Refused
    import pytest

    @pytest.mark.cp_fixtures(assert_all_expected=False)
    @pytest.mark.parametrize("time", [1, 2])
    def test_it(cp_client, time):
        assert not hasattr(cp_client, "mine")
        cp_client.mine = cp_client.meta.config.mine = True
        with pytest.raises(Refused):
            cp_client.batch_get_profile(DomainName="d", ProfileIds=["0" * 32])
        cp_client.meta.events.register_first("before-call.*.*", lambda **_: ("answered", {}))
    """
    run(pytester, source).assert_outcomes(passed=2)


def test_cp_client_can_be_overridden(pytester: pytest.Pytester) -> None:
    """A client of one's own, of another region and Config and wider scope, serves every other fixture."""
    pytester.makeconftest("""
    import boto3, pytest
    from botocore.config import Config

    @pytest.fixture(scope="session")
    def cp_client():
        return boto3.client("customer-profiles", region_name="eu-west-2", config=Config(user_agent_extra="mine"))
    """)
    source = """
    def test_it(cp_client, cp_stubber, cp_batch_get_profile):
        exchange = cp_batch_get_profile(profiles=2)
        assert cp_stubber.client is cp_client
        assert (cp_client.meta.region_name, cp_client.meta.config.user_agent_extra) == ("eu-west-2", "mine")
        assert cp_client.batch_get_profile(**exchange.request)["Profiles"] == exchange.response["Profiles"]

    def test_afterwards(cp_client):
        assert not [n for n in cp_client.meta.events._emitter._handlers.prefix_search("before-call") if "cp_" in str(n)]
    """
    run(pytester, source).assert_outcomes(passed=2)


def test_cp_stubber_arrives_active_on_cp_client(cp_stubber: CustomerProfilesStubber, cp_client: Any) -> None:
    """It is botocore's Stubber and ours, and answers at once."""
    assert isinstance(cp_stubber, CustomerProfilesStubber)
    assert isinstance(cp_stubber, Stubber)
    assert cp_stubber.client is cp_client
    cp_stubber.add_response("delete_domain", {"Message": "gone"}, {"DomainName": "d"})
    assert cp_client.delete_domain(DomainName="d")["Message"] == "gone"


def test_the_short_fixtures_are_methods_of_cp_stubber(
    cp_stubber: CustomerProfilesStubber,
    cp_batch_get_profile: Callable[..., Exchange],
    cp_get_segment_membership: Callable[..., Exchange],
) -> None:
    """Each stands for one method of the same stubber."""
    assert cp_batch_get_profile == cp_stubber.add_batch_get_profile
    assert cp_get_segment_membership == cp_stubber.add_get_segment_membership


def test_one_line_stubs_each_operation(
    cp_client: Any,
    cp_batch_get_profile: Callable[..., Exchange],
    cp_get_segment_membership: Callable[..., Exchange],
) -> None:
    """The exchange that is handed out is what the client then says."""
    found = cp_batch_get_profile(profiles=2, errors=1)
    members = cp_get_segment_membership(present=1, absent=2, failures=1)
    assert cp_client.batch_get_profile(**found.request or {}) == found.response
    assert cp_client.get_segment_membership(**members.request or {}) == members.response


@pytest.mark.cp_fixtures(locale="ja_JP", seed=8)
def test_cp_profile_factory_has_the_tests_locale_and_seed(cp_profile_factory: ProfileFactory) -> None:
    """Its seed is the checksum of the number and of the test: the file's name, and the qualified name."""
    seed = zlib.crc32(b"8 test_plugin.py::test_cp_profile_factory_has_the_tests_locale_and_seed")
    assert (cp_profile_factory.locale, cp_profile_factory.seed) == ("ja_JP", seed)
    assert cp_profile_factory.build() == ProfileFactory(locale="ja_JP", seed=seed).build()


@pytest.fixture(scope="session")
def wide(cp_stubbed: type[stubbed]) -> type[stubbed]:
    """A session-scoped fixture can ask for cp_stubbed."""
    return cp_stubbed


def test_cp_stubbed_is_stubbed_for_any_scope(wide: type[stubbed]) -> None:
    """It is `stubbed` itself, which keeps nothing."""
    assert wide is stubbed


@pytest.mark.cp_fixtures(ordered=True, assert_all_used=False, assert_all_expected=False)
def test_cp_stubbed_reads_the_running_tests_options(cp_stubbed: type[stubbed]) -> None:
    """What the marker says holds inside, and each entry starts from the same seed."""
    made = []
    for _ in range(2):
        with cp_stubbed() as stubber:
            made.append([stubber.add_batch_get_profile(), stubber.add_batch_get_profile()])
            client: Any = stubber.client
            with pytest.raises(Refused, match="its turn has not come"):
                client.batch_get_profile(**made[-1][1].request)
    assert made[0] == made[1]


def test_cp_stubbed_under_given(pytester: pytest.Pytester) -> None:
    """No health check fails under default settings, and a block that is left wrongly fails the example."""
    source = """
    from hypothesis import given, strategies as st
    import pytest
    SEEN = set()

    @given(st.integers(1, 5))
    def test_it(cp_stubbed, count):
        with cp_stubbed() as stubber:
            exchange = stubber.add_batch_get_profile(profiles=count)
            answer = stubber.client.batch_get_profile(**exchange.request)
            SEEN.add(answer["Profiles"][0]["ProfileId"])
            assert len(answer["Profiles"]) == count

    def test_every_entry_has_started_from_the_same_seed():
        assert len(SEEN) == 1

    @given(st.booleans())
    def test_unused(cp_stubbed, call):
        with cp_stubbed() as stubber:
            exchange = stubber.add_batch_get_profile()
            if call:
                stubber.client.batch_get_profile(**exchange.request)
    """
    result = run(pytester, source, "--tb=short")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["E*VerdictError: 1 stub that the code did not use up:", "E *call=False,"])


@pytest.mark.cp_fixtures(
    strict="warn",
    ordered=True,
    assert_all_used=False,
    assert_all_expected=False,
    ignore={"max"},
    network=True,
    seed=5,
    locale="de_DE",
    retries=4,
)
def test_every_option_of_the_marker(cp_client: BaseClient, cp_profile_factory: ProfileFactory) -> None:
    """Each is what the marker says, and reaches the fixture that it is for."""
    assert current() == Options(
        strict="warn",
        ordered=True,
        assert_all_used=False,
        assert_all_expected=False,
        ignore=frozenset({"max"}),
        network=True,
        seed=5,
        locale="de_DE",
        retries=4,
        identity="test_plugin.py::test_every_option_of_the_marker",
    )
    assert cp_client.meta.config.retries == {"mode": "standard", "total_max_attempts": 4}  # type: ignore[attr-defined]
    assert cp_profile_factory.locale == "de_DE"


@pytest.mark.cp_fixtures(network=True)
def test_network_lets_a_call_go_out(cp_client: Any) -> None:
    """With network=True the call goes as far as botocore's own sending; here it is stopped just there."""

    def stop(request: Any, **_kwargs: object) -> None:
        raise KeyError(request.url)

    cp_client.meta.events.register("before-send.*.*", stop)
    with pytest.raises(KeyError, match="/domains/d/batch-get-profiles"):
        cp_client.batch_get_profile(DomainName="d", ProfileIds=["0" * 32])


def test_the_nearest_marker_wins(pytester: pytest.Pytester) -> None:
    """The parameter's before the function's, class's, base class's, module's, command line's and ini file's."""
    pytester.makeini("[pytest]\ncp_seed = 1\ncp_locale = de_DE\ncp_retries = 9")
    source = """
    import pytest
    from cp_fixtures.options import current
    pytestmark = pytest.mark.cp_fixtures(seed=3, ordered=True)
    mark = pytest.mark.cp_fixtures

    def test_module():
        options = current()
        assert (options.seed, options.locale, options.retries, options.ordered) == (3, "de_DE", 9, True)

    @mark(seed=4, ordered=False)
    class Base:
        def test_class(self):
            assert current().seed == self.seed

    class TestBase(Base):
        seed = 4

    @mark(seed=5)
    class TestDerived(Base):
        seed = 5

        @mark(seed=6)
        @pytest.mark.parametrize("seed", [6, pytest.param(7, marks=mark(seed=7))])
        def test_function(self, seed):
            assert current().seed == seed
            assert current().ordered is False
    """
    run(pytester, source, "--cp-seed=2").assert_outcomes(passed=5)


def test_a_marker_that_a_conftest_adds_is_farther_than_the_tests_own(pytester: pytest.Pytester) -> None:
    """As pytest has it: what `add_marker` appends is a default, and append=False wins over the test's own."""
    pytester.makeconftest("""
    import pytest

    def pytest_collection_modifyitems(items):
        for item in items:
            item.add_marker(pytest.mark.cp_fixtures(seed=1, retries=1))
            item.add_marker(pytest.mark.cp_fixtures(ordered=True), append=False)
    """)
    source = """
    import pytest
    from cp_fixtures.options import current

    @pytest.mark.cp_fixtures(seed=2, ordered=False)
    def test_it():
        assert (current().seed, current().retries, current().ordered) == (2, 1, True)
    """
    run(pytester, source).assert_outcomes(passed=1)


def test_the_command_line_wins_over_the_ini_file(pytester: pytest.Pytester) -> None:
    """--cp-seed is for one run, the ini file for all."""
    pytester.makeini("[pytest]\ncp_seed = 1")
    result = run(pytester, SHOW, "--cp-seed=-22", "-rP")
    result.stdout.fnmatch_lines(["cp_fixtures: --cp-seed=-22", "Options(*seed=-22,*"])


INI = [
    ("strict", "false", False),
    ("strict", "TRUE", True),
    ("strict", "warn", "warn"),
    ("ordered", "yes", True),
    ("ordered", "1", True),
    ("assert_all_used", "off", False),
    ("assert_all_expected", "no", False),
    ("ignore", "max, pattern unknown", frozenset({"max", "pattern", "unknown"})),
    ("ignore", "max\n  pattern", frozenset({"max", "pattern"})),
    ("ignore", "", frozenset()),
    ("network", "on", True),
    ("seed", "-7", -7),
    ("locale", " ja_JP ", "ja_JP"),
    ("retries", "2", 2),
]


@pytest.mark.parametrize(("name", "text", "value"), INI)
def test_the_ini_form(pytester: pytest.Pytester, name: str, text: str, value: object) -> None:
    """Every option can be given as text, as `cp_` and its name."""
    pytester.makeini(f"[pytest]\ncp_{name} = {text}")
    source = f"""
    from cp_fixtures.options import Options, current

    def test_it():
        assert current() == Options({name}={value!r}, identity="test_it.py::test_it")
    """
    run(pytester, source).assert_outcomes(passed=1)


def test_every_option_has_an_ini_form_that_is_tested() -> None:
    """The table above leaves none out."""
    assert {name for name, _, _ in INI} == {*OPTIONS}


PYPROJECT = """
cp_strict = "warn"
cp_ordered = true
cp_assert_all_used = false
cp_assert_all_expected = "no"
cp_ignore = ["max", "min"]
cp_network = false
cp_seed = 4
cp_locale = "fr_FR"
cp_retries = 3
"""


@pytest.mark.parametrize(
    "table",
    [
        "[tool.pytest.ini_options]",
        pytest.param(
            "[tool.pytest]",
            marks=pytest.mark.skipif(pytest.version_tuple < (9, 2), reason="the types of this pytest are too narrow"),
        ),
    ],
)
def test_the_form_in_pyproject(pytester: pytest.Pytester, table: str) -> None:
    """Booleans, numbers and lists of TOML are as good as texts, in the old table and in the native one."""
    pytester.makepyprojecttoml(table + PYPROJECT)
    source = """
    from cp_fixtures.options import Options, current

    def test_it():
        assert current() == Options(
            strict="warn", ordered=True, assert_all_used=False, assert_all_expected=False,
            ignore=frozenset({"max", "min"}), seed=4, locale="fr_FR", retries=3, identity="test_it.py::test_it",
        )
    """
    run(pytester, source).assert_outcomes(passed=1)


NAMES = "strict, ordered, assert_all_used, assert_all_expected, ignore, network, seed, locale, retries"
THE_MARKER = "of the marker cp_fixtures"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "stric=False",
            f"There is no option {THE_MARKER} 'stric'. There are 9, and it is none of them. Did you mean 'strict'?",
        ),
        (
            "identity='x'",
            f"There is no option {THE_MARKER} 'identity'. There are 9, and it is none of them. Use one of {NAMES}.",
        ),
        (
            "False",
            "The marker cp_fixtures has (False,). Its options have names. Write cp_fixtures(strict=False).",
        ),
        (
            "strict='yep'",
            f"The option strict {THE_MARKER} is 'yep'. It is true, false or warn. Give one of the three.",
        ),
        ("ordered=2", f"The option ordered {THE_MARKER} is 2. It is true or false. Give one of the two."),
        (
            "ignore='max'",
            f"The option ignore {THE_MARKER} is 'max'. It is a set of rule codes. Give one, such as {{\"max\"}}.",
        ),
        ("ignore={'maxx'}", "There is no rule 'maxx'. There are 18, and it is none of them. Did you mean 'max'?"),
        ("seed=1.5", f"The option seed {THE_MARKER} is 1.5. It is a whole number. Give one, such as 7."),
        ("seed='--5'", f"The option seed {THE_MARKER} is '--5'. It is a whole number. Give one, such as 7."),
        ("seed=True", f"The option seed {THE_MARKER} is True. It is a whole number. Give one, such as 7."),
        ("locale=3", f'The option locale {THE_MARKER} is 3. It is a text. Give one, such as "en_US".'),
        (
            "retries=0",
            f"The option retries {THE_MARKER} is 0. It counts the attempts, the first included. Give 1 or more.",
        ),
    ],
)
def test_what_a_marker_cannot_say(pytester: pytest.Pytester, arguments: str, message: str) -> None:
    """The test fails where its first fixture is set up, with three sentences and no traceback."""
    source = f"""
    import pytest

    @pytest.mark.cp_fixtures({arguments})
    def test_it(cp_client):
        pass
    """
    result = run(pytester, source)
    result.assert_outcomes(errors=1)
    assert report(result, "test_it") == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "cp_strict = maybe",
            "The option strict of the ini file is 'maybe'. It is true, false or warn. Give one of the three.",
        ),
        ("cp_network = ", "The option network of the ini file is ''. It is true or false. Give one of the two."),
        ("cp_seed = random", "The option seed of the ini file is 'random'. It is a whole number. Give one, such as 7."),
        ("cp_ignore = maxx", "There is no rule 'maxx'. There are 18, and it is none of them. Did you mean 'max'?"),
    ],
)
def test_what_an_ini_file_cannot_say(pytester: pytest.Pytester, line: str, message: str) -> None:
    """As with a marker, and only for a test that uses us."""
    pytester.makeini(f"[pytest]\n{line}")
    result = run(pytester, SHOW + "\ndef test_of_nothing_of_ours():\n    pass")
    result.assert_outcomes(errors=1, passed=1)
    assert report(result, "test_it") == message


@pytest.mark.parametrize("seed", ["x", "", "--5", "1.5", "Random"])
def test_what_the_command_line_cannot_say(pytester: pytest.Pytester, seed: str) -> None:
    """The run ends before it begins."""
    result = run(pytester, SHOW, f"--cp-seed={seed}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"ERROR: --cp-seed is {seed!r}. It is a number, or `random`. Give one of the two." in result.errlines


def test_the_marker_and_the_options_describe_themselves(pytester: pytest.Pytester) -> None:
    """`pytest --markers` and `--help` say what there is."""
    markers = run(pytester, None, "--markers").stdout.str()
    assert (
        '@pytest.mark.cp_fixtures(strict=True|False|"warn", ordered=, assert_all_used=, assert_all_expected=, '
        "ignore={rule codes}, network=, seed=, locale=, retries=): how strict the cp_ fixtures of a test are, and "
        "where their data come from." in markers
    )
    text = run(pytester, None, "--help").stdout.str()
    assert "--cp-seed=N|random" in text
    assert all(f"cp_{name} " in text for name in OPTIONS)


def test_an_unknown_locale_is_told_where_a_factory_is_made(pytester: pytest.Pytester) -> None:
    """The fixture fails in three beats; a test that makes no one up does not mind."""
    source = """
    import pytest
    pytestmark = pytest.mark.cp_fixtures(locale="en_UK")

    def test_factory(cp_profile_factory): pass
    def test_stubber(cp_stubber): pass
    def test_client(cp_client): pass
    """
    result = run(pytester, source)
    assert outcomes(result) == {"errors": 2, "passed": 1}
    assert "UsageError: There is no locale 'en_UK'. There are" in report(result, "test_factory")


FAILING = """
import unittest
import pytest

@pytest.fixture
def broken(): raise KeyError("setup")

@pytest.fixture(scope="module")
def wide(): raise KeyError("wide")

@pytest.fixture
def late():
    yield
    raise KeyError("teardown")

def test_plain(): assert [1] == [2]
def test_setup(broken): pass
def test_wide(wide): pass
def test_teardown(late): pass

class TestCase(unittest.TestCase):
    def test_unittest(self): self.fail("unittest")
    @unittest.expectedFailure
    def test_unexpected(self): pass

def doctested():
    '''
    >>> 1 / 0
    1
    '''

@pytest.mark.xfail(strict=True)
def test_xpass(): pass
"""


@pytest.mark.parametrize("style", ["auto", "long", "short", "line"])
def test_the_reports_of_others_are_as_they_would_be_without_us(pytester: pytest.Pytester, style: str) -> None:
    """A failure of any kind in a test that does not use us shows no line of ours, and no seed."""
    pytester.makepyfile(test_it=FAILING)
    args = ("--doctest-modules", f"--tb={style}", "-ra", "--no-header")
    with_us, without = (run(pytester, None, *args, *more).outlines for more in ([], ["-p", "no:cp_fixtures"]))
    assert "1 / 0" in "\n".join(with_us)
    # All but the last line, which tells the time.
    assert with_us[:-1] == without[:-1]

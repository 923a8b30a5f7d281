"""The same test sees the same data, wherever, whenever and with whichever others it is run."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pytest_runs import KEEP, kept, outcomes, report, run

if TYPE_CHECKING:
    from pathlib import Path

SUITE = """
import pytest
from cp_fixtures import stubbed

@pytest.fixture(scope="session")
def of_session():
    with stubbed() as stubber:
        return stubber.add_batch_get_profile(profiles=2, optional=True)

@pytest.fixture(scope="module", params=["first", "second"])
def of_module(request):
    with stubbed() as stubber:
        return stubber.add_get_segment_membership(present=2, optional=True)

@pytest.fixture(scope="class")
def of_class():
    with stubbed() as stubber:
        return stubber.add_batch_get_profile(profiles=1, optional=True)

def test_one(cp_client, cp_batch_get_profile, keep):
    exchange = cp_batch_get_profile(profiles=2, errors=1)
    keep((exchange.request, cp_client.batch_get_profile(**exchange.request)))

def test_two(cp_client, cp_get_segment_membership, keep):
    exchange = cp_get_segment_membership(present=1, absent=1, failures=1)
    keep((exchange.request, cp_client.get_segment_membership(**exchange.request)))

class TestClass:
    @pytest.mark.parametrize("number", [1, 2])
    @pytest.mark.xdist_group("group")
    def test_three(self, cp_profile_factory, keep, number):
        keep(cp_profile_factory.build("full"))

    def test_class_a(self, of_class, keep): keep(of_class.response)
    def test_class_b(self, of_class, keep): keep(of_class.response)

def test_block(cp_stubbed, keep):
    with cp_stubbed() as stubber:
        keep(stubber.add_batch_get_profile(optional=True).response)

def test_session_a(of_session, keep): keep(of_session.response)
def test_session_b(of_session, keep): keep(of_session.response)
def test_module_a(of_module, keep): keep(of_module.response)
def test_module_b(of_module, keep): keep(of_module.response)
"""
COUNT = 13


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite in a folder of its own, with an ini file; what its tests see is kept."""
    monkeypatch.setenv("KEPT", str(pytester.mkdir("kept")))
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    tests = pytester.mkdir("suite")
    (tests / "conftest.py").write_text(KEEP)
    (tests / "test_it.py").write_text(SUITE)
    (tests / "pytest.ini").touch()
    return pytester


def seen(suite: pytest.Pytester, *args: str, count: int = COUNT) -> dict[str, str]:
    """What the tests of one run have seen, by their names."""
    folder = suite.path / "kept"
    for file in folder.iterdir():
        file.unlink()
    result = run(suite, None, "suite", *args)
    assert outcomes(result).get("passed") == count, result.outlines
    return kept(folder)


def spawned(suite: pytest.Pytester, *args: str, cwd: Path | None = None) -> dict[str, str]:
    """As `seen`, but of a process of its own."""
    folder = suite.path / "kept"
    for file in folder.iterdir():
        file.unlink()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]
    done = subprocess.run(command, cwd=cwd or suite.path / "suite", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return kept(folder)


def test_again(suite: pytest.Pytester) -> None:
    """A second run in the same process, and one in another, see the same."""
    first = seen(suite)
    assert len(first) == COUNT
    assert first == seen(suite)
    assert first == spawned(suite)


def test_different_tests_see_different_data(suite: pytest.Pytester) -> None:
    """Each test has its own people, and each parameter; a fixture of a wider scope has its own too."""
    data = seen(suite)
    for scope in ("session", "class"):
        assert data.pop(f"test_{scope}_a") == data[f"test_{scope}_b"]
    for number in ("first", "second"):
        assert data.pop(f"test_module_a[{number}]") == data[f"test_module_b[{number}]"]
    assert len({*data.values()}) == len(data) == COUNT - 4


def test_alone(suite: pytest.Pytester) -> None:
    """Each test by itself: what a fixture of a wider scope makes does not depend on the test that comes first."""
    together = seen(suite)
    for name in ("one", "two", "three", "class_b", "block", "session_b", "module_b"):
        matching = {test for test in together if f"test_{name}" in test}
        alone = seen(suite, "-k", f"test_{name}", count=len(matching))
        assert alone == {test: together[test] for test in matching}


def test_reversed(suite: pytest.Pytester) -> None:
    """The last test first."""
    forwards = seen(suite)
    with (suite.path / "suite" / "conftest.py").open("a") as file:
        file.write("\ndef pytest_collection_modifyitems(items): items.reverse()\n")
    assert seen(suite) == forwards


def test_random_order(suite: pytest.Pytester) -> None:
    """Under pytest-randomly, which also seeds the global random anew before each test."""
    pytest.importorskip("pytest_randomly")
    data = seen(suite)
    for seed in ("1", str(2**32 + 1)):
        assert spawned(suite, f"--randomly-seed={seed}") == data


@pytest.mark.parametrize("dist", ["load", "loadgroup"])
def test_in_parallel(suite: pytest.Pytester, dist: str) -> None:
    """Under pytest-xdist, also where it writes the group into the node ids."""
    pytest.importorskip("xdist")
    data = seen(suite)
    assert spawned(suite, "-n", "2", "--dist", dist) == data


def test_from_another_folder(suite: pytest.Pytester) -> None:
    """Whatever is the root, and whether or not the folders are packages."""
    data = seen(suite)
    assert seen(suite, "--rootdir", str(suite.path)) == data
    assert seen(suite, "--rootdir", "/", "--import-mode=importlib") == data
    (suite.path / "suite" / "__init__.py").touch()
    (suite.path / "__init__.py").touch()
    (suite.path / "suite" / "pytest.ini").unlink()
    assert seen(suite) == data
    assert seen(suite, "--rootdir", str(suite.path.parent)) == data


@pytest.mark.parametrize("day", ["1999-12-31 23:59:59", "2061-07-28"])
def test_on_another_day(suite: pytest.Pytester, day: str) -> None:
    """Nothing that is seen comes from the clock."""
    data = seen(suite)
    with (suite.path / "suite" / "conftest.py").open("a") as file:
        file.write(
            f"""
import datetime
from freezegun import freeze_time

@pytest.fixture(scope="session", autouse=True)
def frozen():
    with freeze_time({day!r}):
        assert str(datetime.date.today()) == {day[:10]!r}
        yield
"""
        )
    assert seen(suite) == data


def test_another_seed(suite: pytest.Pytester) -> None:
    """Every test sees other data, by the command line, the ini file or the marker, and the same by each of them."""
    usual = seen(suite)
    other = seen(suite, "--cp-seed=7")
    assert usual.keys() == other.keys()
    assert not {*usual.values()} & {*other.values()}
    assert seen(suite, "-o", "cp_seed=7") == other
    with (suite.path / "suite" / "test_it.py").open("a") as file:
        file.write("\npytestmark = pytest.mark.cp_fixtures(seed=7)\n")
    marked = seen(suite, "--cp-seed=0", "-o", "cp_seed=0")
    # What belongs to the session is not the module's to mark.
    assert {test for test in other if marked[test] != other[test]} == {"test_session_a", "test_session_b"}
    assert marked["test_session_a"] == usual["test_session_a"]


def test_a_random_seed_is_told_and_can_be_used_again(suite: pytest.Pytester) -> None:
    """The header tells the number; with it the run is repeated."""
    folder = suite.path / "kept"
    result = run(suite, None, "suite", "--cp-seed=random")
    [line] = [line for line in result.outlines if line.startswith("cp_fixtures: ")]
    data = kept(folder)
    assert data != seen(suite)
    assert data == seen(suite, line.removeprefix("cp_fixtures: "))


def test_a_random_seed_is_the_same_for_all_workers(suite: pytest.Pytester) -> None:
    """It is chosen once, before the workers start, and told once."""
    pytest.importorskip("xdist")
    (suite.path / "suite" / "test_it.py").write_text("""
import os, pytest
from cp_fixtures.options import current

@pytest.mark.parametrize("time", range(8))
def test_it(keep, time):
    keep(f"{os.environ['PYTEST_XDIST_WORKER']} {current().seed}")
""")
    command = [sys.executable, "-m", "pytest", "suite", "-p", "no:randomly", "-n", "2", "--cp-seed=random"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    [line] = [line for line in done.stdout.splitlines() if line.startswith("cp_fixtures: ")]
    workers, seeds = zip(*(text.split() for text in kept(suite.path / "kept").values()), strict=True)
    assert {*workers} == {"gw0", "gw1"}
    assert {*seeds} == {line.removeprefix("cp_fixtures: --cp-seed=")}


def test_no_seed_no_header(pytester: pytest.Pytester) -> None:
    """A run that says nothing of a seed is told nothing of it."""
    assert "cp_fixtures" not in run(pytester, "def test_it(): pass").stdout.str().replace("cp-fixtures", "")


def test_a_test_that_made_no_data_is_told_no_seed(pytester: pytest.Pytester) -> None:
    """Not with a client, a stubber or a block; with a factory, or one call that is made up, it is."""
    source = """
    from cp_fixtures import Exchange, stubbed

    def test_stubber(cp_client, cp_stubber, cp_stubbed):
        cp_stubber.add_exchange(Exchange("list_domains", response={}), optional=True)
        with stubbed():
            assert [1] == [2]

    def test_factory(cp_profile_factory): assert [1] == [2]
    def test_block():
        with stubbed() as stubber:
            stubber.add_get_segment_membership(optional=True)
            assert [1] == [2]
    """
    result = run(pytester, source)
    assert outcomes(result) == {"failed": 3}
    told = [
        "The made-up data come from seed 0" in report(result, f"test_{name}")
        for name in ("stubber", "factory", "block")
    ]
    assert told == [False, True, True]


def test_the_seed_of_a_failing_test_repeats_its_data(pytester: pytest.Pytester) -> None:
    """What the report says to type gives the same failure."""
    source = """
    def test_it(cp_profile_factory):
        assert cp_profile_factory.build()["FirstName"] == "Nobody"
    """
    first = run(pytester, source, "--cp-seed=random")
    [line] = [line for line in first.outlines if line.startswith("The made-up data come from seed ")]
    option = line.split("name: ")[1].removesuffix(" repeats them.")
    again = run(pytester, None, option)
    assert first.outlines[:-1] == again.outlines[:-1]

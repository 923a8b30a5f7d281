"""A run of pytest that does not use us hardly knows that we are there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("boto3", "botocore", "faker", "hypothesis", "dateutil", "urllib3")
SUITE = """
import sys, json, pathlib, unittest
import pytest

@pytest.fixture(scope="module")
def wide(): return 1

@pytest.mark.parametrize("number", [1, 2])
def test_it(wide, number): pass

@pytest.mark.xfail
def test_failing(): assert [1] == [2]

class TestCase(unittest.TestCase):
    def test_case(self): pass

def teardown_module():
    pathlib.Path("modules.json").write_text(json.dumps(sorted(sys.modules)))
"""


def modules(pytester: pytest.Pytester, *args: str) -> set[str]:
    """What a run has imported; other people's plugins are left out, for they import half the world."""
    pytester.makepyfile(test_it=SUITE)
    others = ("hypothesispytest", "faker", "randomly", "xdist", "cacheprovider")
    off = [word for name in others for word in ("-p", f"no:{name}")]
    command = [sys.executable, "-m", "pytest", "-q", *off, *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(json.loads((pytester.path / "modules.json").read_text()))


def test_a_run_that_does_not_use_us_imports_next_to_nothing(pytester: pytest.Pytester) -> None:
    """At most five modules, ours and those that ours import, and nothing heavy: also where a test fails."""
    extra = modules(pytester) - modules(pytester, "-p", "no:cp_fixtures")
    assert {name for name in extra if name.startswith("cp_fixtures")} == {
        "cp_fixtures",
        "cp_fixtures.options",
        "cp_fixtures.plugin",
        "cp_fixtures.plugin.fixtures",
        "cp_fixtures.plugin.judging",
    }
    assert len(extra) <= 5, extra
    assert not [name for name in extra if name.startswith(HEAVY)]


@pytest.mark.parametrize("option", ["--cp-seed=5", "--cp-seed=random", "--markers"])
def test_neither_do_our_options(pytester: pytest.Pytester, option: str) -> None:
    """What is said for the tests that use us costs the others nothing."""
    pytester.makeini("[pytest]\ncp_strict = warn\ncp_ignore = max")
    if option == "--markers":
        (pytester.path / "modules.json").write_text("[]")
    assert not [name for name in modules(pytester, option) if name.startswith(HEAVY)]


def test_a_client_alone_needs_no_people(pytester: pytest.Pytester) -> None:
    """Each fixture imports what it hands out: cp_client neither Faker nor Hypothesis."""
    pytester.makeconftest("import pytest\n@pytest.fixture(autouse=True)\ndef client(request, cp_client): pass")
    found = modules(pytester)
    assert "botocore" in found
    assert not [name for name in found if name.startswith(("faker", "hypothesis", "cp_fixtures.people"))]

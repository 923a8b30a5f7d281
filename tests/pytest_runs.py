"""Runs of pytest inside a test: the report of one test as text, and the data that each of its tests has seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

# Else every run in this process would import them again, for pytester forgets what a run has imported.
import hypothesis

import cp_fixtures.stubbing

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__ = ["KEEP", "kept", "outcomes", "report", "run"]

_ = cp_fixtures.stubbing, hypothesis

KEEP = """
import os, pathlib, urllib.parse
import pytest

def pytest_configure(config):
    config.addinivalue_line("markers", "xdist_group(name): for runs without pytest-xdist too")

@pytest.fixture
def keep(request):
    place = pathlib.Path(os.environ["KEPT"])
    return lambda value: (place / urllib.parse.quote(request.node.name, safe="")).write_text(str(value))
"""
"""A conftest whose fixture `keep` writes down, under the test's name, what the test has seen."""


def run(pytester: pytest.Pytester, source: str | None, *args: str) -> pytest.RunResult:
    """Run a file of tests in this process, in the order of the file."""
    if source is not None:
        pytester.makepyfile(test_it=source)
    return pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider", *args)


def report(result: pytest.RunResult, name: str) -> str:
    """What is said of one test, below the line of its name: the whole text, up to the next headline."""
    text = "\n".join(result.outlines)
    pattern = rf"^_+ (?:ERROR at \w+ of )?{re.escape(name)} _+\n(.*?)\n(?:_{{3,}} |={{3,}} )"
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE)
    assert found is not None, text
    return found[1].strip("\n")


def outcomes(result: pytest.RunResult) -> dict[str, int]:
    """How many tests ended in which way; warnings are not counted."""
    return {name: count for name, count in result.parseoutcomes().items() if name not in {"warnings", "warning"}}


def kept(folder: Path) -> dict[str, str]:
    """What the tests of a run have written down with the fixture of `KEEP`, by their names."""
    return {unquote(file.name): file.read_text() for file in sorted(folder.iterdir())}

"""What all tests share, those beside the examples too."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

pytest_plugins = ["closed_sockets", "pytester"]

# Time is no assertion: a busy machine fails no test. Where a change is judged, everybody draws the same.
settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ, database=None)
settings.load_profile("suite")


@pytest.fixture
def pytester(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Runs of pytest within a test print the same on every machine: pytest prints more on a CI server, and colours."""
    for variable in ("CI", "BUILD_NUMBER", "PY_COLORS", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    return pytester

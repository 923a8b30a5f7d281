"""What all tests share, those beside the examples too."""

from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = ["closed_sockets", "pytester"]

# Time is no assertion: a busy machine fails no test. Where a change is judged, everybody draws the same.
settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ, database=None)
settings.load_profile("suite")

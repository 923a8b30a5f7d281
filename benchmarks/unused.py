"""What a run of pytest pays for this package where no test uses it. Run it: python benchmarks/unused.py."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from processes import run_pytest
from side_by_side import Way, asked

if TYPE_CHECKING:
    from collections.abc import Callable

_WITHOUT, _AGAIN, _WITH = "without it", "without it, again", "installed, not used"
_OURS = "cp_fixtures.plugin"
_TEST = """\
import sys

def test_nothing():
    print("modules:", *sys.modules)
"""


def main() -> None:
    """Compare."""
    words = "What does a run of pytest pay for this package where no test uses it?"
    with asked("unused", words, peers=["pytest"]) as question, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_nothing.py").write_text(_TEST, "utf-8")
        added = sorted(modules(folder, _OURS) - modules(folder))
        rows = [{"name": "modules that it adds", "value": len(added), "ratio": None, "note": ", ".join(added)}]
        question.table("a test that uses nothing", "modules", rows)
        question.bar("modules added", len(added), most=5)
        ways = [Way(_WITHOUT, run(folder)), Way(_AGAIN, run(folder)), Way(_WITH, run(folder, _OURS))]
        measured = question.compare("the whole run", ways, rounds=40)
        noise = spread(measured.ratios(_AGAIN, _WITHOUT))
        question.bar(
            "share of time added beyond noise, half of what lies between the quartiles of the second row",
            measured.ratio(_WITH, _WITHOUT) - 1 - noise,
            most=0,
        )


def run(folder: Path, *plugins: str) -> Callable[[], object]:
    """A run of pytest with these plugins beside those that every side has."""
    return lambda: run_pytest(folder, plugins=plugins)


def modules(folder: Path, *plugins: str) -> set[str]:
    """All modules that such a run imports."""
    (line,) = (each for each in run_pytest(folder, "-s", plugins=plugins).splitlines() if "modules:" in each)
    return set(line.partition("modules:")[2].split())


def spread(ratios: list[float]) -> float:
    """Half of the way from the first to the third quartile."""
    if len(ratios) < 2:
        return 0
    first, _, third = statistics.quantiles(ratios, n=4)
    return (third - first) / 2


if __name__ == "__main__":
    main()

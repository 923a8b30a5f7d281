"""What a long output of the command line takes, in time and in memory. Run it: python benchmarks/generate.py.

Each number of profiles is written by a process of its own, and then judged by another one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from side_by_side import asked

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROGRAM = [sys.executable, "-m", "cp_fixtures"]
_OPERATION = "batch_get_profile"
_IDS_OF_A_CALL = 20


class Ran(NamedTuple):
    """What a process took: seconds, and at its most so many megabytes."""

    seconds: float
    megabytes: float


def main() -> None:
    """Write and judge."""
    words = "What does it take to write and to judge a million profiles?"
    with asked("generate", words, peers=["click", "rich"]) as question, tempfile.TemporaryDirectory() as name:
        numbers = [question.size(10_000, 100), question.size(1_000_000, 200)]
        written, judged = zip(*(both(number, Path(name)) for number in numbers), strict=True)
        for verb, runs in (("generate", written), ("validate", judged)):
            titles = [f"{verb} {number:,} profiles" for number in numbers]
            speeds = [number / ran.seconds for number, ran in zip(numbers, runs, strict=True)]
            question.table(f"{verb}: speed, from the start of the process", "profiles a second", rows(titles, speeds))
            peaks = [ran.megabytes for ran in runs]
            question.table(f"{verb}: memory, at its most", "MB", rows(titles, peaks))
            question.bar(f"memory of {verb}, of many to that of few", peaks[-1] / peaks[0], most=1.25)


def rows(names: Sequence[str], figures: Sequence[float]) -> list[dict[str, object]]:
    """The rows of a table."""
    return [
        {"name": name, "value": figure, "ratio": figure / figures[0], "note": ""}
        for name, figure in zip(names, figures, strict=True)
    ]


def both(number: int, folder: Path) -> tuple[Ran, Ran]:
    """Write so many profiles into a file, and judge it: every one is as the service could have sent it."""
    file, said = folder / "calls.jsonl", folder / "said.txt"
    written = run(["generate", _OPERATION, "--profiles", str(number), "--format", "jsonl"], file)
    print(f"  {file.stat().st_size / 1e6:.0f} MB for {number:,} profiles")
    judged = run(["validate", _OPERATION, str(file)], said)
    with file.open(encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == number // _IDS_OF_A_CALL
    assert said.read_text("utf-8") == f"{number // _IDS_OF_A_CALL} records, no violation\n"
    return written, judged


def run(arguments: list[str], output: Path) -> Ran:
    """Run a command, with both of its outputs in a file.

    Raises:
        RuntimeError: it failed.
    """
    with output.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen([*_PROGRAM, *arguments], stdout=file, stderr=file)  # noqa: S603 - our own program
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed with {process.returncode}.")
    # Linux counts in kilobytes, macOS in bytes.
    return Ran(seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


if __name__ == "__main__":
    main()

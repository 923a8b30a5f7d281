"""Long outputs of the command line, and its commands for every operation of the service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_line import environment, run
from shape_values import BOTH

from cp_fixtures import cases
from cp_fixtures.service import operations

if TYPE_CHECKING:
    from pathlib import Path

MANY, FEW = 300_000, 5_000
WEIGHED = """
import os, subprocess, sys
with open(sys.argv[1], "wb") as file:
    process = subprocess.Popen([sys.executable, "-m", "cp_fixtures", *sys.argv[2:]], stdout=file, stderr=file)
    _, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def weighed(output: Path, *args: str) -> int:
    """Run a command with its outputs in a file, and give the most memory that it had.

    A small process starts it: on Linux a child is said to have had at least what its parent has.
    """
    command = [sys.executable, "-c", WEIGHED, str(output), *args]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    status, peak = map(int, ran.stdout.split())
    assert status == 0, output.read_text("utf-8")[-2000:]
    return peak


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="memory of a child is told on POSIX systems alone")
@pytest.mark.parametrize("operation", BOTH)
def test_memory_does_not_grow_with_the_number_of_profiles(operation: str, tmp_path: Path) -> None:
    """Neither where they are written nor where they are judged; all are legal, and no id comes twice."""
    file, said = tmp_path / "calls.jsonl", tmp_path / "said.txt"
    peaks: dict[str, list[int]] = {"generate": [], "validate": []}
    for number in (FEW, MANY):
        peaks["generate"].append(weighed(file, "generate", operation, "--profiles", str(number), "--errors", "99"))
        peaks["validate"].append(weighed(said, "validate", operation, str(file)))
        assert said.read_text("utf-8").endswith(" records, no violation\n")
    assert {command: large / small < 1.2 for command, (small, large) in peaks.items()} == dict.fromkeys(peaks, True)
    with file.open(encoding="utf-8") as lines:
        ids = [profile_id for line in lines for profile_id in json.loads(line)["request"]["ProfileIds"]]
    assert len({*ids}) == len(ids) == MANY + 99


@pytest.mark.parametrize("operation", operations())
def test_every_legal_variation_of_every_operation_is_accepted(operation: str) -> None:
    """What variants writes, validate reads: times, documents, maps and errors of every shape."""
    listed = run("variants", operation, "--format", "jsonl").out
    wanted = f"{len(cases.variants(operation))} records, no violation\n"
    assert run("validate", operation, stdin=listed) == (0, "", wanted)


@pytest.mark.parametrize("operation", operations())
def test_every_operation_has_its_shapes(operation: str) -> None:
    """Both trees can be shown, in a pipe and at a terminal."""
    for args in (["shape", operation], ["shape", operation, "--request"]):
        plain, drawn = run(*args), run(*args, FORCE_COLOR="1", TERM="xterm", COLUMNS="500")
        assert (plain.status, drawn.status) == (0, 0)
        assert len(plain.out.splitlines()) == len(drawn.out.splitlines())

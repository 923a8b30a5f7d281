"""What a person at a terminal sees: colours, trees, tables and how far it has come; a pipe gets plain text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from command_line import environment, run
from shape_values import BOTH

from cp_fixtures import cases
from cp_fixtures.outline import Entry, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BATCH, MEMBERSHIP = BOTH
COLOUR = re.compile(r"\x1b\[(?:\d+;)*[349]\d(?:;\d+)*m")
CONTROL = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
pty = pytest.importorskip("pty", reason="a terminal can be played on POSIX systems alone")


def at_terminal(*args: str, streams: tuple[str, ...], variables: Mapping[str, str] | None = None) -> str:
    """Run a command with these of its streams at a terminal, and give what the terminal shows."""
    mine, theirs = pty.openpty()
    with os.fdopen(theirs, "wb", buffering=0) as terminal:
        ends: Any = {name: terminal if name in streams else subprocess.DEVNULL for name in ("stdout", "stderr")}
        said = environment(TERM="xterm-256color", COLUMNS="100", **(variables or {}))
        process = subprocess.Popen([sys.executable, "-m", "cp_fixtures", *args], env=said, **ends)
    shown = b"".join(pieces(mine))
    os.close(mine)
    assert process.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def pieces(mine: int) -> Iterator[bytes]:
    """What comes, until the other end is closed: on Linux that is an error."""
    with suppress(OSError):
        while piece := os.read(mine, 1 << 16):
            yield piece


def indented(entry: Entry, depth: int = 0) -> list[str]:
    """The lines of a tree."""
    return [f"{'  ' * depth}{entry}", *(line for inner in entry.entries for line in indented(inner, depth + 1))]


def test_a_shape_in_a_pipe_is_plain_text() -> None:
    """A line for each member, indented by its depth, with every limit."""
    assert run("shape", BATCH, "--request").out == (
        "request: structure BatchGetProfileRequest\n"
        "  DomainName: string, 1 to 64 characters, a match of ^[a-zA-Z0-9_-]+$, required\n"
        "  ProfileIds: list, 1 to 20 items, required\n"
        "    [n]: string, a match of [a-f0-9]{32}\n"
    )
    assert run("shape", MEMBERSHIP).out.splitlines() == indented(outline(MEMBERSHIP))


def test_a_shape_at_a_terminal_is_a_tree_in_colours() -> None:
    """Lines lead from each structure to its members; the words are the same."""
    shown = at_terminal("shape", BATCH, "--request", streams=("stdout",))
    assert COLOUR.search(shown)
    assert CONTROL.sub("", shown).splitlines() == [
        "request  structure BatchGetProfileRequest",
        "├── DomainName  string, 1 to 64 characters, a match of ^[a-zA-Z0-9_-]+$, required",
        "└── ProfileIds  list, 1 to 20 items, required",
        "    └── [n]  string, a match of [a-f0-9]{32}",
    ]


def test_who_wants_no_colours_gets_none() -> None:
    """`NO_COLOR` and `FORCE_COLOR` are believed, as everywhere."""
    shown = at_terminal("shape", BATCH, "--request", streams=("stdout",), variables={"NO_COLOR": "1"})
    assert not COLOUR.search(shown)
    assert "├── " in shown
    assert COLOUR.search(run("shape", BATCH, FORCE_COLOR="1", TERM="xterm").out)


def test_cases_in_a_pipe_are_fields_with_tabs() -> None:
    """The id of each case, and what it is."""
    wanted = [(case.id, str(case.value)) for case in cases.variants(BATCH)]
    assert [tuple(line.split("\t")) for line in run("variants", BATCH).out.splitlines()] == wanted


def test_cases_at_a_terminal_are_a_table() -> None:
    """With a heading, and with every case."""
    shown = CONTROL.sub("", at_terminal("variants", BATCH, streams=("stdout",)))
    found = re.findall(r"^│ (\S+) +│ ", shown, re.MULTILINE)
    assert found == [case.id for case in cases.variants(BATCH)]
    assert "┃ case" in shown


@pytest.mark.parametrize("operation", [*BOTH, "list_domains"])
def test_cases_themselves_are_exchanges(operation: str) -> None:
    """As generate writes them, with the id of the case, and with errors where there is no response."""
    lines = run("variants", operation, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["case"] for line in lines] == [case.id for case in cases.variants(operation)]
    first, last = json.loads(lines[0]), json.loads(lines[-1])
    assert [list(each) for each in (first, last)] == [
        ["case", "operation", "request", "response"],
        ["case", "operation", "request", "error"],
    ]
    assert json.loads(run("variants", operation, "--format", "json").out) == [json.loads(line) for line in lines]


def test_a_long_output_says_how_far_it_has_come() -> None:
    """On the standard error, where that is a terminal and the output goes elsewhere."""
    args = ["generate", BATCH, "--preset", "minimal", "--profiles"]
    assert "100%" in at_terminal(*args, "4000", streams=("stderr",))
    assert at_terminal(*args, "400", streams=("stderr",)) == ""
    assert "%" not in at_terminal(*args, "4000", streams=("stderr", "stdout"))
    assert run(*args, "4000", FORCE_COLOR="1").err == ""

"""The page of the command line names every command and every option, with the default that it has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest

from cp_fixtures.cli.program import program

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))
COMMANDS: dict[str, Any] = dict(program.commands)


def options(name: str) -> list[click.Option]:
    """The options of a command, but for its help."""
    return [each for each in COMMANDS[name].params if isinstance(each, click.Option)]


def rows(name: str) -> dict[tuple[str, ...], list[str]]:
    """The other cells of the table of options in a command's section, by the flags."""
    lines = re.findall(r"^\| (`--.+) \|$", SECTIONS[name], re.MULTILINE)
    cells = [
        line.split(" | ") if " |  | " not in line else line.replace(" |  | ", " | - | ").split(" | ") for line in lines
    ]
    return {tuple(re.findall(r"`(--\w+)`", first)): others for first, *others in cells}


def test_every_command_has_its_section() -> None:
    """And a row in the table, with a link."""
    assert [*COMMANDS] == [name for name in SECTIONS if name != "Completion"]
    assert re.findall(r"^\| \[`(\w+)`\]\(#\1\) \|", PAGE, re.MULTILINE) == [*COMMANDS]


@pytest.mark.parametrize("name", ["generate", "validate"])
def test_every_option_is_in_the_table(name: str) -> None:
    """In the order of the help."""
    assert [*rows(name)] == [tuple(each.opts) for each in options(name)]


def test_defaults_are_those_of_the_program() -> None:
    """What the table says of an option that is not given is what happens."""
    shown = {flags: cells[0].strip("`") for flags, cells in rows("generate").items()}
    assert shown == {
        tuple(each.opts): str(each.default) if isinstance(each.default, (int, str)) else "-"
        for each in options("generate")
    }


@pytest.mark.parametrize("name", ["shape", "variants"])
def test_options_of_the_others_are_told(name: str) -> None:
    """Where there are few, the text names them."""
    assert all(f"`{flag}" in SECTIONS[name] for each in options(name) for flag in each.opts)

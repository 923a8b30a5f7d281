"""Runs of the command line: in this process, in one of its own, and at a terminal."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from click.testing import CliRunner

from cp_fixtures.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Ran", "environment", "run", "spawn"]

_OF_TERMINALS = ("CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
# An output that is not held back fails at another place than most people's.
_LEFT_OUT = {*_OF_TERMINALS, "PYTHONUNBUFFERED"}
# Before click 8.2 the two streams were mixed, unless told otherwise; after it there is nothing to tell.
_APART = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
_RUNNER: Any = CliRunner


class Ran(NamedTuple):
    """What a run has left: the status, and what it wrote."""

    status: int
    out: str
    err: str


def run(*args: str, stdin: str | bytes = "", **variables: str) -> Ran:
    """Run a command in this process, as if piped, with no variables that say what terminals can."""
    runner = _RUNNER(**_APART, env={**dict.fromkeys(_OF_TERMINALS), **variables})
    result = runner.invoke(program, list(args), input=stdin, prog_name="cp-fixtures")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def environment(**variables: str) -> dict[str, str]:
    """The environment of this process, without the variables that say how output is shown."""
    return {**{name: value for name, value in os.environ.items() if name not in _LEFT_OUT}, **variables}


def spawn(
    *args: str, stdin: bytes = b"", variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "cp_fixtures", *args]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment(**(variables or {})), check=False)

"""The command line: `cp-fixtures generate | validate | shape | variants`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from io import BytesIO, TextIOWrapper

__all__ = ["main"]

_NEEDED = ("click", "rich")


def main() -> None:
    """Run the command line with the arguments of the process, and end the process with its status.

    Raises:
        SystemExit: always: 0 where all is well, 1 for violations, 2 for what cannot be done.
    """
    _fill_in_for_closed_streams()
    if not all(map(find_spec, _NEEDED)):
        sys.stderr.write("cp-fixtures: the command line needs click and rich: pip install click rich\n")
        sys.exit(2)
    from cp_fixtures.cli.program import program  # noqa: PLC0415 - it is not there for who has no need of it

    program(prog_name="cp-fixtures")


def _fill_in_for_closed_streams() -> None:
    """Let nothing come from a closed input, and nothing be said on a closed stream of errors: Python has None for both.

    Raises:
        SystemExit: it is the output that is closed.
    """
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO())
    sys.stderr = sys.stderr or TextIOWrapper(BytesIO())
    if sys.stdout is None:
        sys.stderr.write("cp-fixtures: the standard output is closed.\n")
        sys.exit(2)

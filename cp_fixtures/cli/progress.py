"""How far a long output has come, for who waits at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cp_fixtures.exchanges import Exchange

__all__ = ["shown"]

_MANY = 2_000
"""Fewer are made before anybody has begun to wait."""


def shown(exchanges: Iterable[Exchange], total: int) -> Iterator[Exchange]:
    """The exchanges; where there are many, a bar on the standard error tells how many of the ids have come.

    There is none where the standard error is no terminal, nor where the output itself goes to one.

    Args:
        exchanges: what is to come.
        total: how many ids they ask for in all.
    """
    console = Console(stderr=True)
    hidden = total < _MANY or not console.is_terminal or sys.stdout.isatty()
    with Progress(console=console, disable=hidden, transient=True) as bar:
        task = bar.add_task("ids", total=total)
        for exchange in exchanges:
            yield exchange
            bar.advance(task, len(exchange.request["ProfileIds"]))

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


def shown(exchanges: Iterator[Exchange], total: int) -> Iterator[Exchange]:
    """The exchanges; where there are many, a bar on the standard error tells how many of the ids have come.

    There is none where the standard error is no terminal, nor where the output itself goes to one.

    Args:
        exchanges: what is to come.
        total: how many ids they ask for in all.

    Returns:
        the same exchanges.
    """
    # The streams themselves are asked: who forces colours upon a log wants no bar in it.
    is_awaited = total >= _MANY and sys.stderr.isatty() and not sys.stdout.isatty()
    return _with_bar(exchanges, total) if is_awaited else exchanges


def _with_bar(exchanges: Iterable[Exchange], total: int) -> Iterator[Exchange]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("ids", total=total)
        for exchange in exchanges:
            yield exchange
            bar.advance(task, len(exchange.request["ProfileIds"]))

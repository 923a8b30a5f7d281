"""Shapes and cases for people: trees and tables on a terminal, plain text for whatever else reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from cp_fixtures.cases import variants
from cp_fixtures.cli.output import plain, write_array, write_lines
from cp_fixtures.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cp_fixtures.cases import Case
    from cp_fixtures.exchanges import Exchange
    from cp_fixtures.outline import Entry

__all__ = ["show_shape", "show_variants"]


def show_shape(operation: str, of: Literal["request", "response"]) -> None:
    """Show the tree of a request or response.

    Args:
        operation: any operation of the service.
        of: "request" or "response".
    """
    top, console = outline(operation, of), Console()
    if console.is_terminal:
        console.print(_tree(top))
    else:
        click.echo("\n".join(_lines(top)))


def show_variants(operation: str, form: str | None) -> None:
    """List the legal cases of an operation.

    Args:
        operation: any operation of the service.
        form: "json" or "jsonl" for the exchanges themselves; None for their names.
    """
    cases, console = variants(operation), Console()
    if form is not None:
        (write_lines if form == "jsonl" else write_array)(map(_record, cases))
    elif console.is_terminal:
        console.print(_table(cases))
    else:
        click.echo("\n".join(f"{case.id}\t{case.value}" for case in cases))


def _tree(entry: Entry, around: Tree | None = None) -> Tree:
    label = Text.assemble((entry.name, "bold"), "  ", (entry.words[0], "cyan"))
    label.append("".join(f", {word}" for word in entry.words[1:]), "dim")
    tree = Tree(label, guide_style="dim") if around is None else around.add(label)
    for inner in entry.entries:
        _tree(inner, tree)
    return tree


def _lines(entry: Entry, depth: int = 0) -> Iterator[str]:
    yield f"{'  ' * depth}{entry}"
    for inner in entry.entries:
        yield from _lines(inner, depth + 1)


def _table(cases: list[Case[Exchange]]) -> Table:
    table = Table("case", "what it is")
    for case in cases:
        table.add_row(Text(case.id, "bold"), Text(str(case.value)))
    return table


def _record(case: Case[Exchange]) -> dict[str, Any]:
    return {"case": case.id, **plain(case.value)}

"""Docstrings read on a page as they read in the source: Sphinx takes nothing in them for what it is not."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[1] / "cp_fixtures"
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] != "cli"]
"""All but the command line's, which no page shows."""

TYPED = re.compile(r"[^`]*?:\s")
"""The beginning of a text that Sphinx takes for a type: words, a colon, and more."""


def properties(tree: ast.AST) -> Iterator[str]:
    """The docstrings of the properties."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(each) == "property" for each in node.decorator_list):
            yield ast.get_docstring(node) or ""


def results(tree: ast.AST) -> Iterator[str]:
    """What stands first under Returns."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.AsyncFunctionDef, ast.FunctionDef)):
            yield from re.findall(r"^Returns:\n\s+(.+)$", ast.get_docstring(node) or "", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_sentence_is_taken_for_a_type(path: Path) -> None:
    """Where a value is described, what stands before a colon in the first line would be shown as its type."""
    tree = ast.parse(path.read_text("utf-8"))
    first_lines = [text.partition("\n")[0] for text in (*properties(tree), *results(tree))]
    assert [line for line in first_lines if TYPED.match(line)] == []


def test_what_would_be_taken_for_a_type_is_found() -> None:
    """In a property and under Returns; a colon in a literal is none."""
    tree = ast.parse('''
class Log:
    @property
    def calls(self):
        """The calls: all of them."""

    @property
    def shape(self):
        """A dict such as `{"a": 1}`."""

    def get(self):
        """One.

        Returns:
            the call: a copy.
        """
''')
    found = [text for text in (*properties(tree), *results(tree)) if TYPED.match(text)]
    assert found == ["The calls: all of them.", "the call: a copy."]

"""How Sphinx builds the pages: `tox -e docs`."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # Sphinx does not look for modules beside this file

from _shapes import drawn_into

project = "cp_fixtures"
author = "the cp_fixtures authors"
release = metadata.version("cp-fixtures")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["outputs.css"]
html_show_copyright = False  # LICENSE says it

default_role = "py:obj"  # a docstring's `name` leads to where the name is explained, if a page has it

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
myst_heading_anchors = 2

_PAGES = {"index": "README.md", "reference/changelog": "CHANGELOG.md", "reference/contributing": "CONTRIBUTING.md"}
"""Pages that are files of the project; what docs/ has under their names comes after."""

_LINK = re.compile(r"\]\((?!\w+:)([\w./-]+)\)")


def _page_of(file: str) -> str:
    """The page on which a file of the project stands."""
    if file.startswith("docs/"):
        return file.removeprefix("docs/")
    pages = {name: page for page, name in _PAGES.items()}
    return f"{pages.get(file, 'reference/examples')}.md"


def _put_in_front(_app: Any, page: str, source: list[str]) -> None:
    if page in _PAGES:
        text = Path(__file__).parents[1].joinpath(_PAGES[page]).read_text("utf-8")
        up = "../" * page.count("/")
        text = _LINK.sub(lambda link: f"]({up}{_page_of(link[1])})", text)
        source[0] = f"{text}\n{source[0]}"


def _draw_trees(_app: Any, _page: str, source: list[str]) -> None:
    source[0] = drawn_into(source[0])


def setup(app: Any) -> None:
    """Let Sphinx read the project's own files for the pages that they are, and draw the trees that a page asks for."""
    app.connect("source-read", _put_in_front)
    app.connect("source-read", _draw_trees)

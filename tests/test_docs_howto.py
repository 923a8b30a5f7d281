"""The how-to pages are of one build, name only what there is, and say of the versions of botocore what is so."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING
from unittest.mock import Mock

import botocore
import pytest
from pages import DOCS

from cp_fixtures import CustomerProfilesProvider, CustomerProfilesStubber, CustomerProfilesWire, cases, stubbed
from cp_fixtures.domain import Domain
from cp_fixtures.options import OPTIONS
from cp_fixtures.plugin import fixtures
from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from pathlib import Path

HOWTO = {path.stem: path.read_text("utf-8") for path in sorted((DOCS / "howto").glob("*.md"))}
PAGES = {name: text for name, text in HOWTO.items() if name not in {"index", "samples"}}
WISHES = ("You want ", "You have ", "You use ")
NAMED = {
    r"\b(cp_\w+)\b": {
        *fixtures.__all__,
        *(f"cp_{name}" for name in OPTIONS),
        "cp_fixtures",
        *dir(CustomerProfilesProvider),
    },
    r"\b((?:add|assert)_\w+)\(": {*dir(CustomerProfilesStubber), *dir(Mock()), "add_provider"},
    r"\bcp_domain\.(\w+)": {*dir(Domain)},
    r"\bcases\.(\w+)": {*cases.__all__},
    r"\bcp_wire\.(\w+)": {*dir(CustomerProfilesWire), "attempts"},
}
"""What the text of a page may name, by how it is written."""


def prose(text: str) -> str:
    """A page without its blocks, which are run."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def rows(text: str, head: str) -> list[list[str]]:
    """The cells of the table that begins with that heading."""
    table = text.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def unknown(text: str) -> set[str]:
    """What a text names that there is not."""
    return {name for how, known in NAMED.items() for name in re.findall(how, text) if name not in known}


@pytest.mark.parametrize("name", PAGES)
def test_page_says_the_wish_then_shows_then_says_why(name: str) -> None:
    """A page begins with what the reader wants, has code before `Why` or the differences, and ends with links."""
    _, wish, *_ = PAGES[name].split("\n\n")
    assert wish.startswith(WISHES)
    headings = re.findall(r"^## (.+)$", PAGES[name], re.MULTILINE)
    assert headings[-1] == "See also"
    before, _, _ = re.split(
        r"^## (Why|What is different|A client made when .+)$", PAGES[name], maxsplit=1, flags=re.MULTILINE
    )
    assert "```" in before


@pytest.mark.parametrize("name", PAGES)
def test_page_is_read_in_two_minutes(name: str) -> None:
    """A page has 30 to 100 lines."""
    assert 30 <= PAGES[name].count("\n") <= 100


@pytest.mark.parametrize("name", PAGES)
def test_code_says_in_which_file_it_stands(name: str) -> None:
    """Each piece of a file has the file's name above it, as the commands of the pages spell it: from the checkout."""
    shown = re.findall(r"^```{literalinclude} (\S+\.py)\n(?::caption: (\S+)\n)?", PAGES[name], re.MULTILINE)
    files = [(DOCS / "howto" / file).resolve().relative_to(DOCS.parent).as_posix() for file, _ in shown]
    assert [caption for _, caption in shown] == files


@pytest.mark.parametrize("name", PAGES)
def test_page_names_only_what_there_is(name: str) -> None:
    """Fixtures, options, methods and lists in the text of a page exist."""
    assert unknown(prose(PAGES[name])) == set()


def test_names_are_found() -> None:
    """The test above reads names, and knows a wrong one."""
    text = "\n".join(map(prose, PAGES.values()))
    assert all(re.search(how, text) for how in NAMED)
    wrong = "`cp_stuber`, `stubber.add_batch_get_profiles()`, `cp_domain.putt`, `cases.variant`, `cp_wire.tries`"
    assert unknown(wrong) == {"cp_stuber", "add_batch_get_profiles", "putt", "variant", "tries"}


@pytest.mark.parametrize("name", PAGES)
def test_options_are_spelt_as_they_are(name: str) -> None:
    """What the text gives to the marker, or to `stubbed`, each of them takes."""
    given = re.findall(r"(cp_fixtures|stubbed)\((\w+)=", prose(PAGES[name]))
    taken = {"cp_fixtures": {*OPTIONS}, "stubbed": {*inspect.signature(stubbed).parameters}}
    assert [(where, option) for where, option in given if option not in taken[where]] == []


def test_failing_tests_are_shown() -> None:
    """Each test that fails on purpose is shown on a page, and run there."""
    text = "\n".join(HOWTO.values()) + (DOCS / "tutorial.md").read_text("utf-8")
    failing: list[Path] = sorted((DOCS / "failing").glob("*.py"))
    assert failing != []
    for file in failing:
        assert f"literalinclude}} ../failing/{file.name}\n" in text
        assert re.search(rf"^\$ pytest .*failing/{file.name}$", text, re.MULTILINE)


def test_newer_members_came_with_the_release_that_is_said() -> None:
    """The installed botocore has a member of the table exactly if it is that release or a later one."""
    shapes = {"a profile": "Profile", "an answer of `get_segment_membership": "GetSegmentMembershipResponse"}
    installed = tuple(map(int, botocore.__version__.split(".")[:3]))
    members = rows(PAGES["old-botocore"], "member")
    assert len(members) == 3
    for member, of, since in members:
        has_come = installed >= tuple(map(int, since.split(".")))
        assert (member in shape_node(shapes[of]).members) is has_come


def test_operations_of_a_domain_are_as_many_as_said() -> None:
    """The page for those who come from moto counts the rows of the table of a domain's operations."""
    assert len(rows((DOCS / "reference" / "domain.md").read_text("utf-8"), "operation")) == 11
    assert "A domain knows eleven operations" in PAGES["from-moto"]

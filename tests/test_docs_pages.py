"""The code of every page does what the page says, and none is left out; the runner finds what is untrue."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pages import DIRECTIVES, PAGES, PROJECT, Page, fences
from sybil.example import SybilFailure

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = {"console", "ini", "json", "pycon", "python", "sh", "text", "toml"}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one; examples can be imported."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(PROJECT / "examples")
    return tmp_path


@pytest.fixture
def run(scratch: Path, request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Run a text as a page is run."""

    def run_text(text: str) -> Page:
        folder = scratch / "run"
        folder.mkdir()
        path = scratch / "page.md"
        path.write_text(text, "utf-8")
        (scratch / "examples").mkdir()
        (scratch / "examples" / "quoted.py").write_text('CALLED = "dear"\n', "utf-8")
        page = Page(path, folder, name="page.md", getfixture=request.getfixturevalue)
        page.run()
        return page

    return run_text


@pytest.mark.parametrize("name", PAGES)
def test_code_does_what_the_page_says(name: str, scratch: Path, request: pytest.FixtureRequest) -> None:
    """Every block of a page runs, in order, and prints what is shown; as many as a reader counts, in any language."""
    page = Page(PAGES[name], scratch, name=name, getfixture=request.getfixturevalue)
    page.run()
    seen = fences(page.document.text)
    blocks = [info for info in seen if not info.startswith("{")]
    assert {*blocks} <= RUN
    assert page.evaluated == blocks
    assert {info.partition("}")[0].strip("{") for info in seen if info.startswith("{")} <= DIRECTIVES


def test_counter_sees_every_fence() -> None:
    """A fence in a longer one belongs to it; one that is never closed counts; a directive is told by its braces."""
    text = "````markdown\n```python\n```\n````\n\n1. a list\n\n   ```toml\n   ```\n\n~~~{note}\n~~~\n\n```\n"
    assert fences(text) == ["markdown", "toml", "{note}", ""]


TRUE = {
    "python": "```python\nassert 1 == 1\n```",
    "names are shared": "```python\nx = 1\n```\n\n```pycon\n>>> x\n1\n>>> y = 2\n```\n\n```python\nassert y == 2\n```",
    "prompts in python": "```python\n>>> 'a' + 'b'\n'ab'\n```",
    "ellipsis": "```pycon\n>>> list(range(9))\n[0, ..., 8]\n```",
    "fixtures": "```python\nassert getfixture('cp_client').meta.region_name == 'us-east-1'\n```",
    "what is printed": "```python\nprint('a')\n```\n\n```text\na\n```",
    "json": "```python\nprint('{}')\n```\n\n```json\n{}\n```",
    "command": "```console\n$ python -c 'print(1)'\n1\n```",
    "commands": "```console\n$ python -c 'exit(3)'\n$ echo $?\n3\n```",
    "pipe": "```console\n$ python -c 'print(1)' | python -c 'print(int(input()) + 1)'\n2\n```",
    "file": "In `a.py`:\n\n```python\nprint(1)\n```\n\nRun it:\n\n```console\n$ python a.py\n1\n```",
    "quote": 'A [test](examples/quoted.py):\n\n```python\nCALLED = "dear"\n```',
    "toml": "```toml\n[tool.pytest.ini_options]\ncp_strict = false\n```",
    "ini": "```ini\n[pytest]\ncp_strict = warn\n```",
    "sh": "```sh\npip install here\n```",
}
FALSE = {
    "python": ("```python\nassert 1 == 2\n```", "AssertionError"),
    "output of a prompt": ("```pycon\n>>> 1\n2\n```", "Expected:\n    2\nGot:\n    1\n"),
    "prompts in python": ("```python\n>>> 1\n2\n```", "Expected:\n    2\nGot:\n    1\n"),
    "no prompt": ("```pycon\n1\n```", "It has no line that starts with >>>."),
    "nearly the output": ("```pycon\n>>> 1 == 1\n1\n```", "Expected:\n    1\nGot:\n    True\n"),
    "skipped": ("```pycon\n>>> 1  # doctest: +SKIP\n2\n```", "A directive of doctest makes it say less than it shows."),
    "exception": ("```pycon\n>>> 1 / 0\n```", "ZeroDivisionError: division by zero"),
    "printed": ("```python\nprint(1)\n```\n\n```text\n2\n```", "-2\n+1"),
    "printed twice": (
        "```python\nprint(1)\n```\n\n```text\n1\n```\n\n```text\n1\n```",
        "The Python before it has printed nothing, and HELD names no test that holds it.",
    ),
    "output of a command": ("```console\n$ python -c 'print(1)'\n2\n```", "-2\n+1"),
    "nearly the output of a command": ("```console\n$ python -c 'print(True)'\n1\n```", "-1\n+True"),
    "no output": ("```console\n$ python -c 'print(1)'\n```", "+1"),
    "output of the second command": ("```console\n$ python -c ''\n$ python -c 'print(1)'\n2\n```", "-2\n+1"),
    "foreign command": ("```console\n$ ls\n```", "Not run: ['ls']. A page has pytest, cp-fixtures, python"),
    "foreign command in a pipe": ("```console\n$ python -V | cat\n```", "Not run: ['cat']."),
    "empty": ("```console\n```", "Its first line does not start with `$ `."),
    "no command": ("```console\npytest\n```", "Its first line does not start with `$ `."),
    "file that nothing runs": ("In `a.py`:\n\n```python\n1\n```", "No command below runs with the file a.py."),
    "quote": ("A [test](examples/quoted.py):\n\n```python\nDEAR = 1\n```", "It is no part of quoted.py."),
    "part of a line": ("A [test](examples/quoted.py):\n\n```python\nCALLED =\n```", "It is no part of"),
    "option that there is not": ("```toml\n[tool.pytest.ini_options]\ncp_stricter = false\n```", "cp_stricter"),
    "value that cannot be": ("```ini\n[pytest]\ncp_strict = perhaps\n```", "perhaps"),
    "no section": ("```toml\ncp_strict = false\n```", "It has no section [tool.pytest: say in which one"),
    "sh": ("```sh\nls\n```", "It does not start with pip install or python3 -m venv"),
}


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_what_is_true_passes(text: str, run: Callable[[str], Page]) -> None:
    """A page that says what happens is run to its end."""
    assert run(text).evaluated == fences(text)


@pytest.mark.parametrize(("text", "said"), FALSE.values(), ids=FALSE)
def test_what_is_untrue_fails(text: str, said: str, run: Callable[[str], Page]) -> None:
    """A page that says anything else fails, and the message shows what is the case."""
    with pytest.raises((AssertionError, SybilFailure)) as caught:
        run(text)
    assert said in f"{caught.typename}: {caught.value}"


def test_commands_find_what_they_name(run: Callable[[str], Page]) -> None:
    """Where a command names `docs/failing` or `examples`, copies of these folders are there, and else nothing is."""
    page = run("```console\n$ pytest -q examples/test_lookup.py\n...\n9 passed in ...s\n```")
    assert [path.name for path in page.scratch.iterdir()] == ["examples"]


INCLUDE = re.compile(r"^(?P<before>.*)\n\n```{literalinclude} (?P<file>\S+)$", re.MULTILINE)
FAILING = sorted(path.name for path in (PROJECT / "docs" / "failing").glob("*.py"))


def included(name: str) -> dict[str, Path]:
    """The files that a page shows, by what it calls them."""
    page = PAGES[name]
    return {
        match["file"]: (page.parent / match["file"]).resolve() for match in INCLUDE.finditer(page.read_text("utf-8"))
    }


@pytest.mark.parametrize("name", [name for name in PAGES if included(name)])
def test_files_that_are_shown_are_run(name: str) -> None:
    """What a page includes stands among the examples, or among the tests that fail, and these it runs itself."""
    text = PAGES[name].read_text("utf-8")
    assert len([*INCLUDE.finditer(text)]) == text.count("{literalinclude}")
    for file in included(name).values():
        assert file.is_file()
        if file.parent == PROJECT / "docs" / "failing":
            assert re.search(rf"^\$ pytest .*\bfailing/{file.name}\b", text, re.MULTILINE)
        else:
            assert file.is_relative_to(PROJECT / "examples")


def test_every_test_that_fails_is_shown() -> None:
    """No test in `docs/failing` is there for nothing."""
    shown = {path.name for name in PAGES for path in included(name).values() if path.parent.name == "failing"}
    assert shown == {*FAILING} != set()


def test_examples_are_read_without_sphinx() -> None:
    """The page that shows whole examples has a link to each, right before it."""
    text = PAGES["reference/examples.md"].read_text("utf-8")
    matches = [*INCLUDE.finditer(text)]
    assert len(matches) == text.count("{literalinclude}") > 20
    assert [match["before"] for match in matches] == [
        f"[{Path(match['file']).name}]({match['file']})" for match in matches
    ]


def test_every_program_has_a_test_beside_it() -> None:
    """Each program of the examples is imported by one of their tests."""
    files = {path.stem: path.read_text("utf-8") for path in (PROJECT / "examples").glob("*.py")}
    tests = "\n".join(text for name, text in files.items() if name.startswith("test_"))
    imported = set(re.findall(r"^(?:from|import) (\w+)", tests, re.MULTILINE))
    assert {name for name in files if not name.startswith("test_")} - imported == set()

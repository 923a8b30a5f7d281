"""The code of every page does what the page says, and none is left out; the runner finds what is untrue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pages import DIRECTIVES, PAGES, PROJECT, Page, fences
from sybil.example import SybilFailure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    "exception": ("```pycon\n>>> 1 / 0\n```", "ZeroDivisionError: division by zero"),
    "printed": ("```python\nprint(1)\n```\n\n```text\n2\n```", "-2\n+1"),
    "printed twice": (
        "```python\nprint(1)\n```\n\n```text\n1\n```\n\n```text\n1\n```",
        "The Python before it has printed nothing, and HELD names no test that holds it.",
    ),
    "output of a command": ("```console\n$ python -c 'print(1)'\n2\n```", "-2\n+1"),
    "no output": ("```console\n$ python -c 'print(1)'\n```", "+1"),
    "output of the second command": ("```console\n$ python -c ''\n$ python -c 'print(1)'\n2\n```", "-2\n+1"),
    "foreign command": ("```console\n$ ls\n```", "Not run: ['ls']. A page has pytest, cp-fixtures, python"),
    "foreign command in a pipe": ("```console\n$ python -V | cat\n```", "Not run: ['cat']."),
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
    """Where a command names `failing` or `examples`, copies of these folders are there, and else nothing is."""
    page = run("```console\n$ pytest -q examples/test_lookup.py\n...\n9 passed in ...s\n```")
    assert [path.name for path in page.scratch.iterdir()] == ["examples"]

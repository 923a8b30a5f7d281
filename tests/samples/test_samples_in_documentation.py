"""The pages of the examples that show samples, run in every way that the how-to page tells of: true and untrue ones."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_runs import outcomes, run

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
TRUE, UNTRUE = "'Hello Bob.'", "'Hello Bert.'"


def in_page(file: str) -> str:
    """The code of a file that the how-to page shows as its reader has to write it."""
    page = (PROJECT / "docs/howto/samples.md").read_text("utf-8")
    found = re.search(rf"^`{re.escape(file)}`:\n\n```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert found, f"the page shows no {file}"
    return found[1]


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the program of the examples alone, in which it can be imported."""
    shutil.copy(PROJECT / "examples/greetings.py", pytester.path)
    for name in ("greetings", "test_greetings"):  # those of the examples themselves
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(pytester.path))
    monkeypatch.syspath_prepend(pytester.path)
    return pytester.path


@pytest.fixture
def put(folder: Path) -> Callable[..., Path]:
    """Puts a file of the examples into the folder, with something else in place of what is true."""

    def put(name: str, old: str = "", new: str = "") -> Path:
        text = (PROJECT / "examples" / name).read_text("utf-8")
        assert old in text
        path = folder / name
        path.write_text(text.replace(old, new) if old else text, "utf-8")
        return path

    return put


def python(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """What Python does with these arguments, in the folder."""
    return subprocess.run([sys.executable, *args], cwd=folder, capture_output=True, text=True, check=False)


def test_doctest_alone(put: Callable[..., Path], folder: Path) -> None:
    """Python's own runner needs no pytest, and says nothing where all is true."""
    put("greetings.py")
    done = python(folder, "-m", "doctest", "greetings.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_doctest_alone_finds_what_is_untrue(put: Callable[..., Path], folder: Path) -> None:
    """It shows what is written beside what is."""
    put("greetings.py", TRUE, UNTRUE)
    done = python(folder, "-m", "doctest", "greetings.py")
    assert done.returncode == 1
    assert "Expected:\n    ['Hello Alice.', 'Hello Bert.']\nGot:\n    ['Hello Alice.', 'Hello Bob.']\n" in done.stdout


def test_a_docstring_under_pytest(pytester: pytest.Pytester, folder: Path) -> None:
    """The same docstring is a test of pytest's."""
    assert folder.joinpath("greetings.py").exists()
    assert outcomes(run(pytester, None, "--doctest-modules", "greetings.py")) == {"passed": 1}


def test_a_text_file_under_pytest(pytester: pytest.Pytester, put: Callable[..., Path]) -> None:
    """`getfixture` hands out the fixtures of a test, and the sample's repr stays what it is."""
    put("greetings.txt")
    assert outcomes(run(pytester, None, "--doctest-glob=*.txt")) == {"passed": 1}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (TRUE, UNTRUE, "    ['Hello Alice.', 'Hello Bert.']"),
        (
            "2 found",
            "3 found",
            "    <Exchange batch_get_profile of 3 ids in amazon-connect-example: 3 found, 1 refused>",
        ),
        (
            "    >>> greetings(stubber.client, exchange.request[\"ProfileIds\"])\n    ['Hello Alice.', 'Hello Bob.']\n",
            "",
            "2 stubs that the code did not use up:",
        ),
    ],
    ids=["answer", "repr", "stubs"],
)
def test_pytest_finds_what_is_untrue(
    pytester: pytest.Pytester, put: Callable[..., Path], old: str, new: str, said: str
) -> None:
    """The verdict on the stubs is given, too."""
    put("greetings.txt", old, new)
    result = run(pytester, None, "--doctest-glob=*.txt")
    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines([said.replace("[", "[[]")])


def test_sybil(pytester: pytest.Pytester, put: Callable[..., Path]) -> None:
    """With the conftest that the page shows, a block and each prompt are tests with the fixtures named there."""
    pytester.makeconftest(in_page("conftest.py"))
    put("greetings.md")
    assert outcomes(run(pytester, None)) == {"passed": 3}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Hello Bob."', '"Hello Bert."', "AssertionError"),
        ("\n[]\n", "\n['Hello Alice.']\n", "Expected:"),
        ("assert greetings", "0 and greetings", "1 stub that the code did not use up:"),
    ],
    ids=["block", "prompt", "stubs"],
)
def test_sybil_finds_what_is_untrue(
    pytester: pytest.Pytester, put: Callable[..., Path], old: str, new: str, said: str
) -> None:
    """In a block, after a prompt, and of the stubs of a block, which is a test by itself."""
    pytester.makeconftest(in_page("conftest.py"))
    put("greetings.md", old, new)
    result = run(pytester, None)
    assert outcomes(result) == {"passed": 2, "failed": 1}
    result.stdout.fnmatch_lines([f"*{said}*"])


def sphinx(folder: Path) -> subprocess.CompletedProcess[str]:
    """Sphinx's doctest builder on the pages of the folder, with the conf.py that the page shows."""
    folder.joinpath("conf.py").write_text(in_page("conf.py"), "utf-8")
    return python(folder, "-m", "sphinx", "-b", "doctest", "-W", ".", "built")


def test_sphinx(put: Callable[..., Path], folder: Path) -> None:
    """Prompts, and code with its output, are run by the doctest builder."""
    put("greetings.rst")
    done = sphinx(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 tests\n    0 failures in tests\n" in done.stdout


@pytest.mark.parametrize(("old", "new"), [(TRUE, UNTRUE), ("   429 Rate", "   430 Rate")], ids=["prompt", "output"])
def test_sphinx_finds_what_is_untrue(put: Callable[..., Path], folder: Path, old: str, new: str) -> None:
    """The build fails, and shows what is written beside what is."""
    put("greetings.rst", old, new)
    done = sphinx(folder)
    assert done.returncode != 0
    # Which of the two it goes to is another one in each release of Sphinx.
    said = done.stdout + done.stderr
    assert new.strip() in said.partition("Expected:")[2].partition("Got:")[0]


def test_hypothesis(pytester: pytest.Pytester, put: Callable[..., Path]) -> None:
    """Samples stand beside what is drawn, by `@example`."""
    put("test_greetings.py")
    assert outcomes(run(pytester, None, "test_greetings.py::test_nobody_is_greeted_twice")) == {"passed": 1}


def test_hypothesis_finds_what_is_untrue(pytester: pytest.Pytester, put: Callable[..., Path]) -> None:
    """Without drawing anything: a sample fails the test, and the report shows it as Python."""
    put("greetings.py", '.get("Profiles", [])', '["Profiles"]')
    path = put("test_greetings.py")
    text = path.read_text("utf-8").replace("import example, given", "import Phase, example, given, settings")
    path.write_text(text.replace("@given(", "@settings(phases=[Phase.explicit])\n@given("), "utf-8")
    result = run(pytester, None, "test_greetings.py::test_nobody_is_greeted_twice")
    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines(
        [
            "*exchange=Exchange('batch_get_profile',",
            "*request={'DomainName': 'amazon-connect-example',",
            "*response={'Errors'*",
        ]
    )

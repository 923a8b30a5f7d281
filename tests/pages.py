"""How the code in a page of the documentation is run: block after block, each in the way of its language.

* `python` and `pycon` are executed, and what stands behind `>>>` is compared with its output. Right after a paragraph
  that links an example, `python` is a quote of it; right after one that ends with a file's name and a colon, as in
  "Save this as `names.py`:", any block is that file, for the commands below.
* `console` is typed into a shell, line by line, in a scratch folder; the output is compared. `...` stands for anything.
* `toml` and `ini` are the settings of a run of pytest.
* `text` and `json` are what the Python before them has printed, or another test holds them: `HELD`.
* `sh` installs something, and is not run here.
"""

from __future__ import annotations

import difflib
import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sybil import Document, Example
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DIRECTIVES", "HELD", "PAGES", "PROJECT", "Page", "fences", "quoted_file"]

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
PAGES = {
    "README.md": PROJECT / "README.md",
    **{path.relative_to(DOCS).as_posix(): path for path in sorted(DOCS.rglob("*.md")) if "_build" not in path.parts},
}
"""Every page, by its place below docs/."""

HELD = {
    ("README.md", "console"): "test_project.py",
    ("reference/fixtures.md", "text"): "test_docs_reference.py",
    ("reference/domain.md", "json"): "test_docs_domain.py",
    ("reference/domain.md", "text"): "test_docs_domain.py",
}
"""The test that holds blocks which cannot be run, by page and language."""

DIRECTIVES = {"eval-rst", "figure", "image", "important", "literalinclude", "note", "tip", "toctree", "warning"}
"""What MyST itself makes of a block; Sphinx fails where it cannot."""

_FENCE = re.compile(r"^[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>.*)$", re.MULTILINE)
_COMMAND = re.compile(r"(?:pytest|cp-fixtures|python|echo \$\?)(?= |$)")
_FLAGS = doctest.ELLIPSIS | doctest.REPORT_UDIFF | doctest.DONT_ACCEPT_TRUE_FOR_1


class Page:
    """One page, and what its blocks share: names, a scratch folder, and the output of the latest Python.

    Args:
        path: the page.
        scratch: an empty folder, in which files are written and commands run.
        name: the page as `HELD` calls it.
        getfixture: what the code of the page calls to have a fixture.
    """

    def __init__(
        self, path: Path, scratch: Path, *, name: str = "", getfixture: Callable[[str], Any] | None = None
    ) -> None:
        self.name = name
        self.scratch = scratch
        self.evaluated: list[str] = []
        self.printed = ""
        self._status = 0
        self._run = PythonEvaluator()
        parsers = [CodeBlockParser(language, evaluator) for language, evaluator in self._evaluators().items()]
        self.document = Document.parse(str(path), *parsers)
        self.document.namespace.update({"__name__": "page", "getfixture": getfixture})
        self._stock()

    def run(self) -> None:
        """Run every block in its order.

        Raises:
            SybilFailure: a block does not do what the page says.
            Exception: whatever a block of Python raises.
        """
        for example in self.document.examples():
            self.evaluated.append(str(example.region.lexemes["arguments"]))
            example.evaluate()

    def _evaluators(self) -> dict[str, Callable[[Example], str | None]]:
        by_language = {
            "python": self._python,
            "pycon": self._doctest,
            "console": self._console,
            "toml": self._settings_toml,
            "ini": self._settings_ini,
            "text": self._printed,
            "json": self._printed,
            "sh": self._install,
        }
        return {language: self._file_or(evaluator) for language, evaluator in by_language.items()}

    def _file_or(self, evaluator: Callable[[Example], str | None]) -> Callable[[Example], str | None]:
        def evaluate(example: Example) -> str | None:
            name = _file_named_before(example)
            if name is None:
                return evaluator(example)
            file = self.scratch / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(example.parsed, "utf-8")
            return None if _is_used_below(example) else f"No command below runs with the file {name}."

        return evaluate

    def _stock(self) -> None:
        """Copy what the commands of the page name: the tests that fail, or the examples."""
        folders = {"docs/failing": DOCS / "failing", "examples": PROJECT / "examples"}
        for name, folder in folders.items():
            if re.search(rf"^\$ .*(?<![\w/]){name}\b", self.document.text, re.MULTILINE):
                shutil.copytree(folder, self.scratch / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))

    def _python(self, example: Example) -> str | None:
        if (file := quoted_file(self.document.text[: example.start], Path(self.document.path))) is not None:
            block = example.document.text[example.start : example.end].partition("\n")[2].rpartition("\n")[0]
            return None if f"\n{block}\n" in f"\n{file.read_text('utf-8')}" else f"It is no part of {file.name}."
        if str(example.parsed).startswith(">>> "):
            return self._doctest(example)
        with redirect_stdout(StringIO()) as output:
            self._run(example)
        self.printed = output.getvalue()
        return None

    def _doctest(self, example: Example) -> str | None:
        test = doctest.DocTestParser().get_doctest(
            example.parsed, example.namespace, self.name, example.path, example.line
        )
        if not test.examples:
            return "It has no line that starts with >>>."
        if any(each.options for each in test.examples):
            return "A directive of doctest makes it say less than it shows."
        test.globs = example.namespace
        said: list[str] = []
        doctest.DocTestRunner(optionflags=_FLAGS, verbose=False).run(test, out=said.append, clear_globs=False)
        example.namespace.pop("__builtins__", None)
        return "".join(said) or None

    def _console(self, example: Example) -> str | None:
        held = (self.name, "console") in HELD
        commands = re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)
        if commands[0] or not commands[1:]:
            return None if held else "Its first line does not start with `$ `."
        for text in commands[1:]:
            command, _, wanted = text.partition("\n")
            if problem := _reject(command):
                return problem
            if difference := _difference(wanted, self._typed(command)):
                return f"$ {command}\n{difference}"
        return None

    def _typed(self, command: str) -> str:
        """What a command prints, on both streams; `$?` is the status of the command before."""
        script = f"(exit {self._status}); {command}"
        ended = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=self.scratch,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        self._status = ended.returncode
        return ended.stdout

    def _environment(self) -> dict[str, str]:
        """That of a machine with nothing set up, and only what the package brings with it among pytest's plugins."""
        ours = re.compile(r"AWS_|PYTEST|PYTHONSAFEPATH|PY_COLORS|FORCE_COLOR|NO_COLOR|CI$|BUILD_NUMBER|CLICOLOR")
        kept = {name: value for name, value in os.environ.items() if not ours.match(name)}
        scripts = sysconfig.get_path("scripts")
        return kept | {
            "COLUMNS": "100",
            "HOME": str(self.scratch),
            "PATH": os.pathsep.join([scripts, str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "PYTEST_ADDOPTS": "-p no:randomly -p no:xdist -p no:cacheprovider",
            "PYTHONIOENCODING": "utf-8",
            "TERM": "dumb",
        }

    def _settings_toml(self, example: Example) -> str | None:
        return self._settings(example, "pyproject.toml", "[tool.pytest")

    def _settings_ini(self, example: Example) -> str | None:
        return self._settings(example, "pytest.ini", "[pytest]")

    def _settings(self, example: Example, name: str, section: str) -> str | None:
        """Let pytest run a test of ours with these settings, and no others."""
        if section not in example.parsed:
            return f"It has no section {section}: say in which one these settings stand."
        folder = self.scratch / f"settings of line {example.line}"
        folder.mkdir()
        (folder / name).write_text(example.parsed, "utf-8")
        (folder / "test_it.py").write_text("def test_it(cp_stubber):\n    pass\n", "utf-8")
        said = self._typed(f"cd {shlex.quote(str(folder))} && pytest -q --strict-config --strict-markers")
        return None if self._status == 0 else said

    def _printed(self, example: Example) -> str | None:
        if (self.name, str(example.region.lexemes["arguments"])) in HELD:
            return None
        printed, self.printed = self.printed, ""
        if not printed:
            return "The Python before it has printed nothing, and HELD names no test that holds it."
        return _difference(example.parsed, printed)

    def _install(self, example: Example) -> str | None:
        if re.match(r"pip install |python3 -m (?:venv|pip) ", example.parsed):
            return None
        return "It does not start with pip install or python3 -m venv: what can be run is `console`, behind `$ `."


def fences(text: str) -> list[str]:
    """What stands behind the opening marks of each block of a page, in their order."""
    found, opened = list[str](), ""
    for fence in _FENCE.finditer(text):
        marks, info = fence["marks"], fence["info"].strip()
        if not opened:
            opened = marks
            found.append(info)
        elif marks.startswith(opened) and not info:
            opened = ""
    return found


def quoted_file(before: str, page: Path) -> Path | None:
    """The example that the paragraph at the end of a text links, the last one if there are several.

    Args:
        before: the page up to a block.
        page: the page that the links start from.
    """
    links = re.findall(r"\]\(((?:\.\./)*examples/\w+\.py)\)", _paragraph(before))
    return (page.parent / links[-1]).resolve() if links else None


def _paragraph(before: str) -> str:
    return before.rstrip().rpartition("\n\n")[2]


def _file_named_before(example: Example) -> str | None:
    """The name with which the paragraph before a block ends, if the block is that file."""
    named = re.search(r"`([\w./-]+\.\w+)`:$", _paragraph(example.document.text[: example.start]))
    return named[1] if named else None


def _is_used_below(example: Example) -> bool:
    return re.search(r"^```console\n\$ ", example.document.text[example.end :], re.MULTILINE) is not None


def _reject(command: str) -> str | None:
    """Why a command is none for the documentation: any part of a pipe has to be one of ours."""
    parts = [part.strip() for part in re.split(r"\||&&|;", command)]
    foreign = [part for part in parts if not _COMMAND.match(part)]
    return f"Not run: {foreign}. A page has pytest, cp-fixtures, python and echo $?." if foreign else None


def _difference(wanted: str, got: str) -> str | None:
    """Where an output is not what the page shows; None where it is."""
    wanted, got = (re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n" for text in (wanted, got))
    if doctest.OutputChecker().check_output(wanted, got, _FLAGS):
        return None
    lines = difflib.unified_diff(wanted.splitlines(), got.splitlines(), "the page", "in truth", lineterm="")
    return "\n".join(lines)

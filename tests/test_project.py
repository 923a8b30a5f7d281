"""What the project says of itself in several places agrees, and its texts name nobody and no place that is real."""

from __future__ import annotations

import json
import re
from configparser import ConfigParser
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cp_fixtures
from cp_fixtures import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
EMAIL = re.compile(r"(?<![\\\w])[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b")
RESERVED = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$")
REGISTRY = re.compile(r"\bpy(pi|thonhosted)\.org\b")


def page(name: str) -> str:
    """The text of one file of the project."""
    return (PROJECT / name).read_text("utf-8")


def texts() -> Iterator[Path]:
    """Every file that people write: those at the top, and all below the folders that are ours."""
    yield from (path for path in PROJECT.iterdir() if path.is_file() and not path.name.startswith(".coverage"))
    for folder in (".ci", "benchmarks", "cp_fixtures", "docs", "examples", "tests"):
        for path in (PROJECT / folder).rglob("*"):
            made = any(
                part.startswith((".", "_build", "__pycache__")) for part in path.relative_to(PROJECT / folder).parts
            )
            if path.is_file() and not made:
                yield path


def bounds() -> dict[str, str]:
    """The lower bound of each dependency, those of extras too, as the installed package declares it."""
    wanted = [
        re.fullmatch(r"([\w-]+)>=([\w.]+)(?:; extra == .+)?", line) for line in metadata.requires("cp-fixtures") or []
    ]
    return {match[1]: match[2] for match in wanted if match}


def test_readme_has_the_two_commands_that_ci_runs() -> None:
    """`.ci/run` takes its commands out of the README: the examples first, and all the tests last."""
    commands = re.findall(r"^```console\n(python3 -m venv .+)\n```$", page("README.md"), re.MULTILINE)
    assert [command.rpartition(" && ")[2] for command in commands] == [
        ".venv/bin/pytest examples",
        ".venv/bin/pytest -n auto",
    ]
    script = page(".ci/run")
    assert "grep '^python3 -m venv ' README.md" in script
    assert script.endswith('\nreadme "${commands[1]}" </dev/null\n')


def test_changelog_and_package_agree_on_the_version() -> None:
    """The first version that the changelog names is the package's, be it released or still to be."""
    named = re.search(r"^(?:## \[|To be released as )(\d+\.\d+\.\d+)", page("CHANGELOG.md"), re.MULTILINE)
    assert named
    assert named[1] == metadata.version("cp-fixtures")


def test_lowest_environment_pins_every_lower_bound() -> None:
    """What pyproject.toml promises to work with is what `tox -e lowest` installs."""
    tox = ConfigParser(interpolation=None)
    tox.read_string(page("tox.ini"))
    pins = dict(re.findall(r"^lowest: (\S+)==(\S+)$", tox["testenv"]["deps"], re.MULTILINE))
    assert pins == bounds()
    assert sorted(pins) == ["boto3", "botocore", "click", "faker", "hypothesis", "pytest", "rich"]


def test_every_benchmark_is_run() -> None:
    """`tox -e bench` runs each of the scripts, and reads none of them as tests."""
    scripts = sorted(path for path in (PROJECT / "benchmarks").glob("*.py") if "def main()" in path.read_text("utf-8"))
    tox = ConfigParser(interpolation=None)
    tox.read_string(page("tox.ini"))
    wanted = [f"python {path.relative_to(PROJECT).as_posix()}" for path in scripts]
    assert tox["testenv:bench"]["commands"].split("\n")[1:] == wanted


def test_what_is_tested_is_what_is_installed() -> None:
    """The checkout stands in for the wheel only where it was installed as editable, never by its place on the path."""
    origin = json.loads(metadata.distribution("cp-fixtures").read_text("direct_url.json") or "{}")
    editable = origin.get("dir_info", {}).get("editable", False)
    assert (Path(cp_fixtures.__file__).parents[1] == PROJECT) == editable


def test_docs_have_every_public_name_and_every_example() -> None:
    """The page of the public names and that of the examples leave nothing out."""
    shown = re.findall(
        r"^\.\. auto(?:class|data|exception|function):: (\w+)$", page("docs/reference/api.md"), re.MULTILINE
    )
    assert sorted(shown) == sorted(cp_fixtures.__all__)
    of_the_wire = re.findall(
        r"^\.\. autoclass:: cp_fixtures\.wire\.(\w+)$", page("docs/reference/api.md"), re.MULTILINE
    )
    assert {*wire.__all__} - {*shown} == {*of_the_wire}
    files = re.findall(
        r"^```{literalinclude} \.\./\.\./examples/(\S+)$", page("docs/reference/examples.md"), re.MULTILINE
    )
    assert sorted(files) == sorted(path.name for path in (PROJECT / "examples").glob("*.py"))


def test_what_docstrings_refer_to_is_a_public_name() -> None:
    """A class that a docstring names with its module, for what it explains, stands on the page of the public names."""
    sources = [path.read_text("utf-8") for path in (PROJECT / "cp_fixtures").rglob("*.py")]
    rooms = {path.stem for path in (PROJECT / "cp_fixtures").iterdir()}
    named = {match for text in sources for match in re.findall(r"`(\w+)\.([A-Z][a-z]\w+)[.\w]*`", text)}
    wanted = {f".. autoclass:: cp_fixtures.{room}.{name}" for room, name in named if room in rooms}
    assert len(wanted) >= 2
    assert wanted <= {*page("docs/reference/api.md").splitlines()}


@pytest.mark.parametrize("name", ["CustomerProfilesStubber", "CustomerProfilesWire", "Domain"])
def test_docs_leave_out_what_only_the_package_calls(name: str) -> None:
    """What no page explains to a test is not on the page of the public names: methods of one room for another."""
    (excluded,) = re.findall(
        rf"autoclass:: {name}\n   :members:\n(?:   :inherited.*\n)?   :exclude-members: (.+)$",
        page("docs/reference/api.md"),
        re.MULTILINE,
    )
    assert "answer" in excluded.split(", ")
    told = [
        page(text)
        for text in ("README.md", "docs/reference/domain.md", "docs/howto/clients.md", "docs/reference/wire.md")
    ]
    assert [each for each in excluded.split(", ") if any(re.search(rf"\b{each}\(", text) for text in told)] == []


def test_pytest_finds_the_plugin() -> None:
    """The installed package brings its plugin to every pytest run by its entry point."""
    (entry,) = metadata.entry_points(group="pytest11", name="cp_fixtures")
    assert entry.value == "cp_fixtures.plugin"


def test_package_is_marked_as_typed() -> None:
    """The marker file is installed, so that mypy believes our annotations."""
    assert resources.files(cp_fixtures).joinpath("py.typed").is_file()


def test_lowest_python_is_the_first_of_the_classifiers() -> None:
    """The classifiers start with the Python that `requires-python` starts with."""
    classifiers = metadata.metadata("cp-fixtures").get_all("Classifier") or []
    minors = [int(line.rpartition(".")[2]) for line in classifiers if re.search(r":: 3\.\d+$", line)]
    assert metadata.metadata("cp-fixtures")["Requires-Python"] == f">=3.{min(minors)}"


@pytest.mark.parametrize("name", cp_fixtures.__all__)
def test_front_door_finds_every_name_that_it_offers(name: str) -> None:
    """Each public name is there, although nothing is imported before it is asked for."""
    assert getattr(cp_fixtures, name) is not None
    assert name in dir(cp_fixtures)


def test_every_ignored_lint_rule_has_its_reason() -> None:
    """Whoever switches a rule off says why beside it; ten are the most for the whole project."""
    (_, _, rest) = page("pyproject.toml").partition("[tool.ruff.lint]\n")
    (ignored, _, _) = rest.partition("[tool.ruff.lint.pydocstyle]")
    rules = re.findall(r'^  "[A-Z0-9]+",(.*)$', ignored, re.MULTILINE)
    assert all(re.fullmatch(r" +# \w.+", reason) for reason in rules)
    assert len(re.findall(r'^  "', ignored.partition("per-file-ignores")[0], re.MULTILINE)) <= 10


def test_no_text_has_the_address_of_a_real_person() -> None:
    """Every e-mail address is in a domain that is reserved for examples and tests."""
    domains = {(path.name, domain) for path in texts() for domain in EMAIL.findall(path.read_text("utf-8"))}
    assert {(name, domain) for name, domain in domains if not RESERVED.search(domain)} == set()


def test_no_text_names_the_host_of_a_registry() -> None:
    """Where packages come from is for the machine to say that installs them."""
    assert [path.name for path in texts() if REGISTRY.search(path.read_text("utf-8"))] == []


def test_readers_of_texts_see_what_they_look_for() -> None:
    """The patterns above find what they are there to find, and leave reserved domains alone."""
    assert EMAIL.findall("jo@shop." + "co.uk, @pytest.mark.x, a@b.example.") == ["shop.co.uk", "b.example"]
    assert not RESERVED.search("shop.co.uk")
    assert not RESERVED.search("myexample.com")
    assert RESERVED.search("mail.example.com")
    assert REGISTRY.search("https://py" + "pi.org/simple")

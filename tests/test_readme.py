"""What the README quotes, lists and shows is what the examples and the package say; what the docs quote, likewise."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
from importlib import metadata
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest

import cp_fixtures
from cp_fixtures import InvalidResponse, VerdictError, cases, check, strategies, stubbed
from cp_fixtures.exchanges import Assembler
from cp_fixtures.factories.members import PRESETS
from cp_fixtures.options import OPTIONS, Options
from cp_fixtures.stubs import Delivery
from cp_fixtures.types import BatchGetProfileOptions, GetSegmentMembershipOptions
from cp_fixtures.validation import CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

PROJECT = Path(__file__).parents[1]
EXAMPLES = PROJECT / "examples"
README = (PROJECT / "README.md").read_text("utf-8")
LINES = README.splitlines()
GUESSES = (PROJECT / "docs" / "explanation" / "guesses.md").read_text("utf-8")
PAGES = ("README.md", "docs/reference/domain.md", "docs/reference/wire.md")
IMPORTS = next(iter(re.findall(r"^```python\n(from __future__ .*?)^```$", README, re.MULTILINE | re.DOTALL)), "")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", README, re.MULTILINE))
OPTIONS_OF: dict[str, Any] = {
    "batch_get_profile": BatchGetProfileOptions,
    "get_segment_membership": GetSegmentMembershipOptions,
}


def blocks(language: str, page: str = "README.md") -> list[tuple[int, str]]:
    """The code blocks of a language on a page, each with the number of its first line."""
    text = (PROJECT / page).read_text("utf-8")
    found = re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text[: match.start(1)].count("\n") + 1, match[1]) for match in found]


def quotes() -> list[tuple[str, int, str]]:
    """The code of every page that quotes the examples: the page, the first line, the code."""
    return [(page, *block) for page in PAGES for block in blocks("python", page) if block[1] != IMPORTS]


def rows(section: str, head: str) -> list[list[str]]:
    """The cells of the table in a section that begins with that heading."""
    return rows_of(SECTIONS[section], head)


def rows_of(text: str, head: str) -> list[list[str]]:
    """The cells of the first table in a text that begins with that heading."""
    _, _, table = text.partition(f"| {head} |")
    table, _, _ = table.partition("\n\n")
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def coded(text: str) -> list[str]:
    """What a text has in backticks."""
    return re.findall(r"`([^`]+)`", text)


def quoted_file(page: str, line: int) -> Path:
    """The example that is linked nearest before a line of a page."""
    before = (PROJECT / page).read_text("utf-8").splitlines()[: line - 1]
    links: list[str] = re.findall(r"\]\((?:\.\./)*(examples/\w+\.py)\)", "\n".join(before))
    return PROJECT / links[-1]


def guesses(operation: str) -> set[str]:
    """The arguments of an operation that their documentation calls a guess."""
    text = inspect.getdoc(getattr(Assembler, operation)) or ""
    arguments = re.findall(r"^    (\w+): (.*(?:\n        .*)*)", text, re.MULTILINE)
    return {name for name, meaning in arguments if re.search(r"\b[Aa] guess\b", meaning)}


def verdict_of_swallowed_errors() -> None:
    """What is said of the lookup that swallows everything."""
    lookup: Any = importlib.import_module("lookup")
    with stubbed() as stubber:
        lookup.display_name(stubber.client, "amazon-connect-example", "b33f1c2a-8d7e-4f60-9a51-2c3d4e5f6071")
        lookup.display_name(stubber.client, "amazon-connect-example", "0f" * 16)
        stubber.add_batch_get_profile(profiles=2, errors=1)


def check_of_a_wrong_answer() -> None:
    """What is said of the wrong answer of the examples."""
    data: Any = importlib.import_module("test_made_up_data")
    answer = {"Profiles": [{"ProfileId": data.OTHER, "FirstNames": ["Ana"], "LastName": ""}]}
    check("batch_get_profile", answer, request=data.REQUEST)


@pytest.mark.parametrize(
    ("page", "line", "block"), [pytest.param(*quote, id=f"{quote[0]}:{quote[1]}") for quote in quotes()]
)
def test_every_piece_of_python_is_quoted_from_an_example(page: str, line: int, block: str) -> None:
    """A block of Python stands word for word, line by line, in the example that is linked nearest before it."""
    file = quoted_file(page, line)
    assert f"\n{block}" in f"\n{file.read_text('utf-8')}", f"{page}:{line} is no part of {file.name}"


def test_code_is_read_without_sphinx() -> None:
    """A page shows code itself, not by a directive; that of whole examples has a link to each, right before it."""
    examples = (PROJECT / "docs" / "reference" / "examples.md").read_text("utf-8")
    included = re.findall(r"^```{literalinclude} (\S+)$", examples, re.MULTILINE)
    linked = re.findall(r"^\[\w+\.py\]\((\S+)\)\n\n```{literalinclude} \1$", examples, re.MULTILINE)
    assert linked == included != []
    others = [path for path in (PROJECT / "docs").rglob("*.md") if path.name != "examples.md"]
    assert [path.name for path in others if "{literalinclude}" in path.read_text("utf-8")] == []
    assert {path.relative_to(PROJECT).as_posix() for path in others if "```python" in path.read_text("utf-8")} <= {
        *PAGES
    }


def free_names(code: str) -> set[str]:
    """The names that a piece of code uses, in its annotations too, and does not bind."""
    nodes = [*ast.walk(ast.parse(f"if True:\n{code if code.startswith(' ') else indent(code, '    ')}"))]
    used = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return used - bound - {*dir(builtins)}


def test_imports_are_true_and_enough() -> None:
    """The block of imports runs, and the code below has each of its names from there, or the text says what it is."""
    names: dict[str, Any] = {}
    exec(compile(IMPORTS, "README.md", "exec"), names)  # noqa: S102 - it is our own page
    imported = names.keys() - {"__builtins__", "annotations"}
    _, _, below = README.partition(IMPORTS)
    code = [block for _, block in blocks("python") if f"```python\n{block}" in below]
    used = set().union(*map(free_names, code)) - {*re.findall(r"^([A-Z]+) =", "\n".join(code), re.MULTILINE)}
    told = {*coded(SECTIONS["Names in the code below"].replace(f"```python\n{IMPORTS}```", ""))}
    assert used - imported - told - {coded(name)[0] for name, _ in rows("Options", "fixture")} == set()
    assert {name for name in imported if not re.search(rf"\b{name}\b", below)} == set()
    assert told - used <= {"mypy_boto3_customer_profiles"}


def test_quotes_are_found() -> None:
    """The reader of quotes sees the blocks that are there, and knows their lines; one is no quote, but imports."""
    assert len(blocks("python")) == README.count("```python") >= 5
    assert len(quotes()) == sum((PROJECT / page).read_text("utf-8").count("```python") for page in PAGES) - 1
    assert all(LINES[line - 2] == "```python" for line, _ in blocks("python"))


@pytest.mark.parametrize("say", [verdict_of_swallowed_errors, check_of_a_wrong_answer])
def test_every_message_is_shown_as_it_is(say: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each message that the README shows is, word for word, what is said."""
    monkeypatch.syspath_prepend(EXAMPLES)
    with pytest.raises((VerdictError, InvalidResponse)) as caught:
        say()
    assert f"{caught.value}\n" in [block for _, block in blocks("text")]


def test_no_other_message_is_shown() -> None:
    """What is shown as text is one of the messages of the test above, and every other block has a language."""
    assert len(blocks("text")) == 2
    assert set(re.findall(r"^```(\w*)$", README, re.MULTILINE)) == {"", "console", "python", "text"}
    assert README.count("\n```") == 2 * len(re.findall(r"^```\w+$", README, re.MULTILINE))


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_leads_to_a_file(target: str) -> None:
    """A link goes to a file or a folder of the project."""
    assert (PROJECT / target).exists()


def test_every_example_is_named() -> None:
    """Each program of the examples is linked or its test is, and each is imported by a test beside it."""
    tests = {path.name: path.read_text("utf-8") for path in EXAMPLES.glob("test_*.py")}
    programs = {path.stem for path in EXAMPLES.glob("*.py") if path.name not in tests}
    imported = set(re.findall(r"^(?:from|import) (\w+)", "\n".join(tests.values()), re.MULTILINE))
    assert programs - imported == set()
    assert {name for name in programs if f"{name}.py](" not in README} == set()


def test_options_are_listed_with_their_defaults() -> None:
    """The table has every option of the marker, in order, with the default that it has."""
    defaults = {name: getattr(Options(), name) for name in OPTIONS}
    shown = {coded(name)[0]: coded(default)[0] for name, default, _ in rows("Options", "option")}
    assert list(shown) == list(OPTIONS)
    assert {name: set() if text == "set()" else ast.literal_eval(text) for name, text in shown.items()} == defaults


def test_options_that_stubbed_takes_are_those_said() -> None:
    """`stubbed` takes all of the options but the two of the client, which may be the caller's own."""
    assert set(OPTIONS) - inspect.signature(stubbed).parameters.keys() == {"network", "retries"}
    assert "which takes all of them but `network` and `retries`" in SECTIONS["Options"]


def test_fixtures_are_listed(pytester: pytest.Pytester) -> None:
    """The table has every fixture of the plugin, and none that is not there."""
    output = pytester.runpytest("--fixtures", "-q").stdout.str()
    fixtures = set(re.findall(r"^(cp_\w+)", output, re.MULTILINE))
    assert {coded(name)[0] for name, _ in rows("Options", "fixture")} == fixtures


def test_rules_are_listed() -> None:
    """The codes that `ignore` takes are all there, in order."""
    (listed,) = re.findall(r"^The codes that `ignore` takes: ([^.]+)\.", README, re.MULTILINE)
    assert coded(listed) == list(CODES)


def test_presets_are_listed() -> None:
    """The table has every preset, in order."""
    assert [coded(name)[0] for name, _ in rows("Data", "preset")] == list(PRESETS)


@pytest.mark.parametrize("operation", OPTIONS_OF)
def test_guesses_are_listed_with_their_defaults(operation: str) -> None:
    """Every argument that is called a guess is in the table with its default, which the registering method takes."""
    parameters = inspect.signature(getattr(Assembler, operation)).parameters
    table = [
        (coded(guess)[0], coded(of) or [*OPTIONS_OF]) for _, guess, of in rows_of(GUESSES, "what nobody documents")
    ]
    shown = {guess.partition("=")[0]: guess for guess, of in table if operation in of}
    assert shown.keys() == guesses(operation)
    for name, guess in shown.items():
        assert ast.literal_eval(guess.removeprefix(f"{name}=")) == parameters[name].default
    assert shown.keys() <= OPTIONS_OF[operation].__optional_keys__


@pytest.mark.parametrize("operation", OPTIONS_OF)
def test_registering_methods_take_what_the_assembler_takes(operation: str) -> None:
    """`add_batch_get_profile` and its like have no argument less than what they stand for."""
    method = inspect.signature(getattr(Delivery, f"add_{operation}")).parameters
    taken = method.keys() - {"options"} | OPTIONS_OF[operation].__optional_keys__
    assert inspect.signature(getattr(Assembler, operation)).parameters.keys() <= taken


def test_names_in_backticks_exist() -> None:
    """Every public name that the README uses is there: it promises nothing that is still to come."""
    names = {name for text in coded(README) for name in re.findall(r"\bcp_\w+", text)}
    fixtures = {coded(name)[0] for name, _ in rows("Options", "fixture")}
    assert names - fixtures <= {"cp_fixtures", "cp_strict", "cp_"}
    methods = {name for text in coded(README) for name in re.findall(r"\b(?:add|assert)_\w+", text)} - {*OPTIONS}
    assert {name for name in methods if not hasattr(cp_fixtures.CustomerProfilesStubber, name)} == set()


@pytest.mark.parametrize("module", [cases, strategies], ids=lambda module: str(module.__name__))
def test_lists_and_strategies_that_are_named_exist(module: ModuleType) -> None:
    """What the README names as one of `cp_fixtures.cases` or `cp_fixtures.strategies` is there."""
    (told,) = re.findall(rf"^\*\*.+\*\* `{module.__name__}` ((?:.+\n)+)", README, re.MULTILINE)
    assert set(re.findall(r"`([a-z_]+)`", told)) - {"parametrize", "request"} <= {*module.__all__}


def test_lowest_versions_are_those_of_the_package() -> None:
    """The lowest versions that are said to be tested are the lower bounds of the package."""
    bounds = dict(re.findall(r"^([\w-]+)>=([\w.]+)$", "\n".join(metadata.requires("cp-fixtures") or []), re.MULTILINE))
    said = " ".join(SECTIONS["Versions"].split())
    assert f"lowest of everything: {', '.join(f'{name} {bounds[name]}' for name in sorted(bounds))}." in said


def test_eras_of_botocore_are_those_that_tox_runs() -> None:
    """The versions of botocore that are said to be tested are the pins of tox."""
    pins = re.findall(r"^ +botocore\d+: botocore==(\S+)$", (PROJECT / "tox.ini").read_text("utf-8"), re.MULTILINE)
    said = " ".join(SECTIONS["Versions"].split())
    assert f"Python 3.11 with botocore {', '.join(pins)} and the newest" in said


def test_plugins_to_switch_off_have_the_names_said() -> None:
    """`-p no:` takes the name of an entry point: Faker's and Hypothesis' plugins are called as the docs say."""
    names = {entry.value.partition(".")[0]: entry.name for entry in metadata.entry_points(group="pytest11")}
    wanted = f'addopts = "-p no:{names["faker"]} -p no:{names["_hypothesis_pytestplugin"]}"'
    assert f"`{wanted}`" in (PROJECT / "docs" / "howto" / "clients.md").read_text("utf-8")


def test_front_page_is_no_book() -> None:
    """Who wants to know what this is for reads it in ten minutes."""
    assert len(LINES) <= 330

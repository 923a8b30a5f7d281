"""What the pages of the reference list and show is what the package has and says; and so do the guesses."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import InvalidResponse, VerdictError, cases, check, stubbed
from cp_fixtures.exchanges import Assembler
from cp_fixtures.factories.members import PRESETS
from cp_fixtures.options import OPTIONS, Options
from cp_fixtures.stubs import Delivery
from cp_fixtures.types import BatchGetProfileOptions, GetSegmentMembershipOptions
from cp_fixtures.validation import CODES

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[1]
FIXTURES = (PROJECT / "docs" / "reference" / "fixtures.md").read_text("utf-8")
GUESSES = (PROJECT / "docs" / "explanation" / "guesses.md").read_text("utf-8")
CLIENTS = (PROJECT / "docs" / "howto" / "clients.md").read_text("utf-8")
TEXTS = re.findall(r"^```text\n(.*?)^```$", FIXTURES, re.MULTILINE | re.DOTALL)
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", FIXTURES, re.MULTILINE))
OPTIONS_OF: dict[str, Any] = {
    "batch_get_profile": BatchGetProfileOptions,
    "get_segment_membership": GetSegmentMembershipOptions,
}


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


def guesses(operation: str) -> set[str]:
    """The arguments of an operation that their documentation calls a guess."""
    text = inspect.getdoc(getattr(Assembler, operation)) or ""
    arguments = re.findall(r"^    (\w+): (.*(?:\n        .*)*)", text, re.MULTILINE)
    return {name for name, meaning in arguments if re.search(r"\b[Aa] guess\b", meaning)}


def faults(of: Callable[[str], list[Any]]) -> list[Any]:
    """The cases of both operations."""
    return [case for operation in OPTIONS_OF for case in of(operation)]


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


@pytest.mark.parametrize("say", [verdict_of_swallowed_errors, check_of_a_wrong_answer])
def test_every_message_is_shown_as_it_is(say: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each message that the page shows is, word for word, what is said."""
    monkeypatch.syspath_prepend(PROJECT / "examples")
    with pytest.raises((VerdictError, InvalidResponse)) as caught:
        say()
    assert f"{caught.value}\n" in TEXTS
    assert len(TEXTS) == 2


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
    assert {coded(name)[0] for name, _ in rows("Fixtures", "fixture")} == fixtures


def test_rules_are_listed() -> None:
    """The table has every code that `ignore` takes, in order, with what its rule says."""
    assert {coded(code)[0]: rule for code, rule in rows("Rules", "code")} == CODES
    assert [coded(code)[0] for code, _ in rows("Rules", "code")] == list(CODES)


def test_rules_of_requests_come_first() -> None:
    """As many rules as the page says are those of a value, and the rest are those of an answer to its request."""
    assert "the first thirteen of these rules" in SECTIONS["Rules"]
    requests = {each.violation.rule for each in faults(cases.invalid_requests)}
    responses = {each.violation.rule for each in faults(cases.invalid_responses)}
    assert requests <= {*list(CODES)[:13]}
    assert responses - {*list(CODES)[:13]} == {*list(CODES)[13:]}


def test_presets_are_listed() -> None:
    """The table has every preset, in order."""
    assert [coded(name)[0] for name, _ in rows("Presets", "preset")] == list(PRESETS)


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


def test_plugins_to_switch_off_have_the_names_said() -> None:
    """`-p no:` takes the name of an entry point: Faker's and Hypothesis' plugins are called as the docs say."""
    names = {entry.value.partition(".")[0]: entry.name for entry in metadata.entry_points(group="pytest11")}
    wanted = f'addopts = "-p no:{names["faker"]} -p no:{names["_hypothesis_pytestplugin"]}"'
    assert f"`{wanted}`" in (PROJECT / "docs" / "howto" / "clients.md").read_text("utf-8")

"""What docs/reference/domain.md and docs/explanation/guesses.md say of a domain is what it does."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures import Domain, InvalidResponse, stubbed
from cp_fixtures.domain.answering import ANSWERS
from cp_fixtures.domain.habits import Habits

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs" / "reference" / "domain.md").read_text("utf-8")
GUESSES = (PROJECT / "docs" / "explanation" / "guesses.md").read_text("utf-8").partition("## Of a domain")[2]
README = (PROJECT / "README.md").read_text("utf-8")
NOBODY, SEGMENT = "0f" * 16, "spring"
ASKED: dict[str, dict[str, Any]] = {
    "batch_get_profile": {"ProfileIds": [NOBODY]},
    "get_segment_membership": {"SegmentDefinitionName": SEGMENT, "ProfileIds": [NOBODY]},
    "search_profiles": {"KeyName": "_profileId", "Values": [NOBODY]},
    "create_profile": {},
    "update_profile": {"ProfileId": NOBODY},
    "delete_profile": {"ProfileId": NOBODY},
    "list_segment_definitions": {},
    "get_segment_definition": {"SegmentDefinitionName": SEGMENT},
    "create_segment_definition": {
        "SegmentDefinitionName": SEGMENT,
        "DisplayName": SEGMENT,
        "SegmentGroups": {"Groups": []},
    },
    "get_domain": {},
    "list_domains": {},
}


def rows(text: str, head: str) -> list[list[str]]:
    """The cells of each row of the table with that heading."""
    table = text.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def blocks(language: str) -> list[str]:
    """The blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def asked(domain: Domain, operation: str, **params: str) -> tuple[dict[str, Any], str | None]:
    """The response of a domain to a call, and the code of its error."""
    name = {} if operation == "list_domains" else {"DomainName": domain.name}
    exchange = domain.answer(operation, {**name, **ASKED[operation], **params})
    assert exchange is not None
    return exchange.response or {}, exchange.error_code


def found(domain: Domain, key: str, value: str) -> list[str]:
    """The ids that a search finds."""
    params = {"DomainName": domain.name, "KeyName": key, "Values": [value]}
    exchange = domain.answer("search_profiles", params)
    assert exchange is not None
    return [each["ProfileId"] for each in exchange.response["Items"]]


def is_empty_when_created(domain: Domain) -> bool:
    """Whether nobody is in a segment that a call has made."""
    asked(domain, "create_segment_definition")
    return domain.segment(SEGMENT).members == ()


RULES: dict[str, Callable[[Domain], bool]] = {
    "whether a search finds a part of a value": lambda domain: (
        found(domain, "_fullName", "Ana") == ["1e" * 16] and found(domain, "_fullName", "An") == []
    ),
    "under which keys a search finds attributes": lambda domain: (
        found(domain, "newsletter", "yes") == found(domain, "_newsletter", "yes") == [*domain.ids]
    ),
    "in which order a search finds": lambda domain: found(domain, "newsletter", "yes") == ["1e" * 16, "0a" * 16],
    "who is in a segment that `create_segment_definition` has made": is_empty_when_created,
    "what updating or deleting an unknown profile is": lambda domain: (
        asked(domain, "update_profile")[1] == asked(domain, "delete_profile")[1] == "ResourceNotFoundException"
    ),
    "what an unknown segment is": lambda domain: (
        asked(domain, "get_segment_membership")[1] == "ResourceNotFoundException"
    ),
    "what a `NextToken` from elsewhere is": lambda domain: (
        asked(domain, "search_profiles", NextToken="elsewhere")[1] == "BadRequestException"
    ),
}
ELSEWHERE = [
    "what creating a segment twice is",
    "the words of a `BadRequestException`",
    "the code and the status of an id that always fails",
    "its message",
]


@pytest.fixture
def spring(monkeypatch: pytest.MonkeyPatch) -> Domain:
    """The domain of the page's files, which an example makes."""
    monkeypatch.syspath_prepend(PROJECT / "examples")
    worlds: Any = importlib.import_module("test_worlds")
    made: Domain = worlds.spring()
    return made


def test_every_operation_is_listed() -> None:
    """The table has what a domain answers, and nothing else; the README counts what is more than the two."""
    listed = [row[0].strip("`") for row in rows(PAGE, "operation")]
    assert listed == [*ANSWERS, "list_domains"] == [*ASKED]
    assert len(listed) == 2 + 9
    assert "a domain answers nine operations more" in " ".join(README.split())


@pytest.mark.parametrize("operation", ASKED)
def test_what_is_asked_in_vain_is_as_the_page_says(operation: str) -> None:
    """In an empty domain an operation ends in the error of its row, or in an empty page, or in neither."""
    (said,) = (row[2] for row in rows(PAGE, "operation") if row[0] == f"`{operation}`")
    response, code = asked(Domain(), operation)
    assert code == ("ResourceNotFoundException" if "`ResourceNotFoundException`" in said else None)
    assert ("an empty page" in said) == (response.get("Items") == [])


@pytest.mark.parametrize("operation", ANSWERS)
def test_unknown_domain_is_an_error(operation: str) -> None:
    """Every operation that names a domain ends in ResourceNotFoundException where there is none of that name."""
    assert asked(Domain(), operation, DomainName="amazon-connect-nowhere")[1] == "ResourceNotFoundException"


@pytest.mark.parametrize("operation", ASKED)
def test_every_operation_can_be_made_to_fail(operation: str) -> None:
    """The next call of any operation of the table fails where `fail_next` says so, and the one after it does not."""
    domain = Domain()
    domain.fail_next(operation, "InternalServerException")
    codes = [asked(domain, operation)[1] for _ in range(2)]
    assert codes[0] == "InternalServerException" != codes[1]


def test_entries_of_the_two_operations_are_where_the_page_says() -> None:
    """An unknown id is in `Errors` and in `Failures`."""
    domain = Domain()
    domain.segment(SEGMENT)
    assert len(asked(domain, "batch_get_profile")[0]["Errors"]) == 1
    assert len(asked(domain, "get_segment_membership")[0]["Failures"]) == 1


def test_segment_that_is_there_is_not_created_again() -> None:
    """Creating a segment of a name that is there is BadRequestException."""
    domain = Domain()
    domain.segment(SEGMENT)
    assert asked(domain, "create_segment_definition")[1] == "BadRequestException"


@pytest.mark.parametrize(("suffix", "shown"), [*zip((".jsonl", ".json"), blocks("json"), strict=True)])
def test_files_are_shown_as_they_are_written(tmp_path: Path, spring: Domain, suffix: str, shown: str) -> None:
    """Each file of the page is, sign for sign, what `dump` writes, and `load` takes it."""
    path = tmp_path / f"spring{suffix}"
    spring.dump(path)
    assert path.read_text("utf-8") == shown
    assert Domain.load(path).ids == spring.ids


def test_violations_of_a_file_are_shown_as_they_are_told(tmp_path: Path) -> None:
    """The first file with its third line broken is refused with the lines that the page shows."""
    path = tmp_path / "spring.jsonl"
    text = blocks("json")[0].replace("1e" * 16, "1E" * 16).replace('"Bo"', '""')
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidResponse) as caught:
        Domain.load(path)
    assert f"{str(caught.value).rpartition(chr(10))[0]}\n" in blocks("text")


def test_every_guess_is_listed_with_its_default() -> None:
    """The table of options has each that is a guess, in order, with the default that `Domain` has."""
    parameters = inspect.signature(Domain).parameters
    shown = [re.findall(r"`(\w+)=([^`]+)`", default)[0] for _, default in rows(GUESSES, "what nobody documents")]
    assert [name for name, _ in shown] == [each.name for each in fields(Habits) if each.name != "bad_requests"]
    assert {name: ast.literal_eval(text) for name, text in shown} == {
        name: parameters[name].default for name, _ in shown
    }
    assert all(parameters[each.name].default == each.default for each in fields(Habits))


def test_what_fails_has_the_code_and_status_of_the_page() -> None:
    """`refuse` has the defaults that are listed as a guess."""
    defaults = inspect.signature(Domain.refuse).parameters
    said = f"`{defaults['code'].default}` and {defaults['status'].default}; `code=` and `status=` of `refuse`"
    assert said in GUESSES
    assert defaults["message"].default is None


def test_search_finds_as_the_page_says() -> None:
    """A full name has the middle name in it, keys look at each of their members, and an unknown key finds nobody."""
    domain = Domain()
    ana = domain.put(
        {
            "ProfileId": NOBODY,
            "FirstName": "Ana",
            "MiddleName": "Maria",
            "LastName": "Reyes",
            "HomePhoneNumber": "+12025550123",
            "BusinessEmailAddress": "ana@example.com",
        }
    )
    assert found(domain, "_fullName", "ana maria reyes") == [ana]
    assert found(domain, "_fullName", "Ana Reyes") == []
    assert found(domain, "_phone", "+12025550123") == found(domain, "_email", "Ana@example.com") == [ana]
    assert found(domain, "_fullname", "Ana Maria Reyes") == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_kept(rule: str) -> None:
    """What the table of rules says a domain does, it does in a world of two people and a segment."""
    domain = Domain()
    domain.put({"ProfileId": "1e" * 16, "FirstName": "Ana", "Attributes": {"newsletter": "yes"}})
    domain.put({"ProfileId": "0a" * 16, "Attributes": {"newsletter": "yes"}})
    assert RULES[rule](domain)


def test_every_rule_is_listed() -> None:
    """The table of rules has those of the test above, and those that the tests around it look at."""
    listed = [row[0] for row in rows(GUESSES.partition("These are rules")[2], "what nobody documents")]
    assert sorted(listed) == sorted([*RULES, *ELSEWHERE])


def test_words_of_a_bad_request_are_those_of_the_page() -> None:
    """21 ids are refused in the words that the page quotes."""
    domain = Domain(bad_requests="answered")
    ids = [f"{number:032x}" for number in range(21)]
    with stubbed(domain) as stubber, pytest.raises(stubber.client.exceptions.BadRequestException) as caught:
        stubber.client.batch_get_profile(DomainName=domain.name, ProfileIds=ids)
    assert f"`{caught.value.response['Error']['Message']}`, and the like" in GUESSES

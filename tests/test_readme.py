"""What the README says is so: its commands and links, its versions, its names, and what it says of other libraries.

That its code is quoted from the examples, and its output real, is for `test_docs_pages.py` to see.
"""

from __future__ import annotations

import re
from contextlib import ExitStack, suppress
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from moto import mock_aws

import cp_fixtures
from cp_fixtures import Exchange, VerdictError, cases, strategies, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.plugin import fixtures

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text("utf-8")
LINES = README.splitlines()
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", README, re.MULTILINE))
DOMAIN, ANA, BO = "amazon-connect-example", "0f" * 16, "1e" * 16
HYPHENATED = "b33f1c2a-8d7e-4f60-9a51-2c3d4e5f6071"


def cells() -> dict[str, dict[str, str]]:
    """What the table says of each library, by the row's first cell."""
    table = SECTIONS["Why"].partition("| a test with ")[2].partition("\n\n")[0]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {row[0]: dict(zip(head, row[1:], strict=True)) for row in rows}


class Ours:
    """A test with cp_fixtures, for the questions of the table."""

    name = "cp_fixtures"

    def __init__(self, **options: Any) -> None:
        self.block = ExitStack()
        self.stubber = self.block.enter_context(stubbed(**options))
        self.client: Any = self.stubber.client

    def answer(self, response: dict[str, Any], *ids: str) -> None:
        """Register an answer, to these ids if it is to some."""
        request = {"DomainName": DOMAIN, "ProfileIds": [*ids]} if ids else None
        self.stubber.add_exchange(Exchange("batch_get_profile", request=request, response=response))

    def throttle(self) -> None:
        """Let the next call be throttled, and say no more of it than that."""
        self.stubber.add_error("batch_get_profile", "ThrottlingException")

    def end(self) -> None:
        """What happens at the end of a test without anybody's doing."""
        self.block.close()


class Botocores:
    """A test with botocore's Stubber, likewise."""

    name = "botocore's Stubber"

    def __init__(self) -> None:
        self.client: Any = isolated_client(alone=True)
        self.stubber = Stubber(self.client)
        self.stubber.activate()

    def answer(self, response: dict[str, Any], *ids: str) -> None:
        """Register an answer, to these ids if it is to some."""
        params = {"DomainName": DOMAIN, "ProfileIds": [*ids]} if ids else None
        self.stubber.add_response("batch_get_profile", response, params)

    def throttle(self) -> None:
        """Let the next call be throttled, and say no more of it than that."""
        self.stubber.add_client_error("batch_get_profile", "ThrottlingException")

    def end(self) -> None:
        """What happens at the end of a test without anybody's doing."""
        self.stubber.deactivate()


class Mocks:
    """A test with a MagicMock, likewise."""

    name = "MagicMock"

    def __init__(self) -> None:
        self.client = MagicMock()

    def answer(self, response: dict[str, Any], *_ids: str) -> None:
        """Register an answer."""
        self.client.batch_get_profile.return_value = response

    def throttle(self) -> None:
        """Let the next call be throttled, and say no more of it than that."""
        error = ClientError({"Error": {"Code": "ThrottlingException"}}, "BatchGetProfile")
        self.client.batch_get_profile.side_effect = error

    def end(self) -> None:
        """What happens at the end of a test without anybody's doing."""


def ask(test: Any, *ids: str, **params: Any) -> Any:
    """One call, as code makes it."""
    return test.client.batch_get_profile(DomainName=DOMAIN, ProfileIds=[*ids], **params)


def refuses(act: Callable[[], object]) -> bool:
    """Whether something raises."""
    try:
        act()
    except Exception:  # noqa: BLE001 - each library has its own
        return True
    return False


def answers_in_another_order(test: Any) -> bool:
    """Whether two answers that name their ids come to the calls with these ids, the later one first."""
    for each in (ANA, BO):
        test.answer({"Profiles": [{"ProfileId": each}], "Errors": []}, each)
    return not refuses(lambda: [ask(test, BO), ask(test, ANA)])


def has_the_status_of_throttling(test: Any) -> bool:
    """Whether code that reads the status of an error finds the one that the service has."""
    test.throttle()
    with pytest.raises(ClientError) as caught:
        ask(test, ANA)
    return bool(caught.value.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 429)


def finds_what_is_swallowed(test: Any) -> bool:
    """Whether the test fails at its end where the code has swallowed the error of a call that nobody stubbed."""
    with suppress(Exception):
        ask(test, ANA)["Profiles"]
    return refuses(test.end)


def finds_what_is_left(test: Any) -> bool:
    """Whether the test fails at its end where the code has made no call."""
    test.answer({"Profiles": [{"ProfileId": ANA}], "Errors": []}, ANA)
    return refuses(test.end)


def refuses_too_much(test: Any) -> bool:
    """Whether a call of 21 ids, and one of an id with hyphens, raises; either, or neither."""
    for _ in range(2):
        test.answer({"Profiles": [], "Errors": []})
    answers = {refuses(lambda: ask(test, *[f"{n:032x}" for n in range(21)])), refuses(lambda: ask(test, HYPHENATED))}
    (refused,) = answers
    return refused


def refuses_what_there_is_not(test: Any) -> bool:
    """Whether a call with a parameter that the operation has not raises."""
    test.answer({"Profiles": [], "Errors": []})
    return refuses(lambda: ask(test, ANA, MaxResults=100))


IMPOSSIBLE = [
    {"Profiles": [{"ProfileId": HYPHENATED}]},  # a pattern
    {"Profiles": [{"ProfileId": ANA, "LastName": "x" * 256}]},  # a maximum
    {"Profiles": [{"ProfileId": ANA, "PartyType": "PERSON"}]},  # an enum
    {"Profiles": [{"ProfileId": ANA, "LastName": ""}]},  # a minimum
    {"Profiles": [{"ProfileId": ANA, "Surname": "Reyes"}]},  # a name
]


def refuses_what_cannot_be(test: Any) -> bool | None:
    """Whether answers that break the model cannot be registered; None where some can, and some cannot."""
    refused = {refuses(partial(test.answer, each)) for each in IMPOSSIBLE}
    return None if len(refused) == 2 else refused.pop()


ROWS: dict[str, Callable[[Any], bool | None]] = {
    "refuses an answer that the service could not give": refuses_what_cannot_be,
    "refuses 21 ids, or an id with hyphens": refuses_too_much,
    "refuses a parameter that does not exist": refuses_what_there_is_not,
    "takes calls in any order": answers_in_another_order,
    "meets throttling with the status that the service has": has_the_status_of_throttling,
    "fails where the code swallows what nobody stubbed": finds_what_is_swallowed,
    "fails where a stub was not used": finds_what_is_left,
}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("library", [Ours, Botocores, Mocks])
def test_table_says_what_each_library_does(library: Callable[[], Any], row: str) -> None:
    """A cell of the table is yes where a test with the library does so by itself, in part where in some cases."""
    test = library()
    said = {True: {"yes"}, False: {"no", "when asked"}, None: {"in part"}}
    shown = cells()[row][test.name] in said[ROWS[row](test)]
    with suppress(VerdictError):  # a question that was not about the verdict may have left one
        test.end()
    assert shown


@pytest.mark.parametrize("library", [partial(Ours, wire=True), Botocores, Mocks], ids=["Ours", "Botocores", "Mocks"])
def test_table_says_who_meets_retries(library: Callable[[], Any]) -> None:
    """A throttled call is tried again by botocore itself where its retries run, and only there."""
    test = library()
    with ExitStack() as stack:
        stack.callback(test.end)
        test.throttle()
        with pytest.raises(ClientError) as caught:
            ask(test, ANA)
    tried_again = caught.value.response.get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0
    assert cells()["meets botocore's own retries and timeouts"][test.name] == ("yes" if tried_again else "no")


@pytest.mark.parametrize("library", [partial(Ours, everywhere=True), Botocores], ids=["Ours", "Botocores"])
def test_table_says_who_reaches_a_client_made_elsewhere(library: Callable[[], Any]) -> None:
    """Another client than the one that is stubbed gets the answer, or it does not."""
    test = library()
    test.answer({"Profiles": [], "Errors": []})
    test.client = isolated_client(alone=True)
    reached = not refuses(lambda: ask(test, ANA))
    test.end()
    assert cells()["reaches a client that is made elsewhere"][test.name] == ("yes" if reached else "no")


def test_rows_are_all_held() -> None:
    """No row of the table is left to belief, but the first, which says who writes the answer."""
    held = {*ROWS, "meets botocore's own retries and timeouts", "reaches a client that is made elsewhere"}
    assert {*cells()} - held == {"has an answer to these calls"}


def test_stubber_tells_of_what_is_left_when_asked() -> None:
    """Where the table says `when asked`, there is a method to ask with."""
    test = Botocores()
    test.answer({"Profiles": []})
    with pytest.raises(AssertionError, match="1 responses remaining"):
        test.stubber.assert_no_pending_responses()
    with pytest.raises(AssertionError, match="to have been called once"):
        MagicMock().batch_get_profile.assert_called_once()


@pytest.mark.parametrize("operation", ["batch_get_profile", "get_segment_membership"])
def test_moto_has_no_answer(operation: str) -> None:
    """What the README says of moto is its answer to both operations."""
    params = {"DomainName": DOMAIN, "ProfileIds": [ANA]}
    segment = {"SegmentDefinitionName": "spring"} if operation == "get_segment_membership" else {}
    with mock_aws(), pytest.raises(ClientError, match="Not yet implemented"):
        getattr(boto3.client("customer-profiles", region_name="us-east-1"), operation)(**params, **segment)


def test_blocks_have_a_language() -> None:
    """The two commands and one run are shown as such, and the rest is Python."""
    languages = re.findall(r"^```(\w+)$", README, re.MULTILINE)
    assert README.count("\n```") == 2 * len(languages)
    assert languages.count("console") == 3
    assert {*languages} == {"console", "python"}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_leads_to_a_file(target: str) -> None:
    """A link goes to a file or a folder of the project."""
    assert (PROJECT / target).exists()


def test_names_in_backticks_exist() -> None:
    """Every public name that the README uses is there: it promises nothing that is still to come."""
    known = {*cp_fixtures.__all__, *cases.__all__, *strategies.__all__, "cp_fixtures"}
    named = {name for text in re.findall(r"`([^`\n]+)`", README) for name in re.findall(r"\b(?:cp_|add_)\w+", text)}
    methods = {name for name in named if name.startswith("add_")}
    assert named - methods <= {*fixtures.__all__} | known
    assert {name for name in methods if not hasattr(cp_fixtures.CustomerProfilesStubber, name)} == set()
    assert len(named) >= 4


def test_lowest_versions_are_those_of_the_package() -> None:
    """The lowest versions that are said to be tested are the lower bounds of the package."""
    wanted = "\n".join(line for line in metadata.requires("cp-fixtures") or [] if ";" not in line)
    bounds = dict(re.findall(r"^([\w-]+)>=([\w.]+)$", wanted, re.MULTILINE))
    said = " ".join(SECTIONS["Versions"].split())
    assert f"lowest of everything: {', '.join(f'{name} {bounds[name]}' for name in sorted(bounds))}." in said


def test_eras_of_botocore_are_those_that_tox_runs() -> None:
    """The versions of botocore that are said to be tested are the pins of tox."""
    pins = re.findall(r"^ +botocore\d+: botocore==(\S+)$", (PROJECT / "tox.ini").read_text("utf-8"), re.MULTILINE)
    said = " ".join(SECTIONS["Versions"].split())
    assert f"Python 3.11 with botocore {', '.join(pins)} and the newest" in said


def test_front_page_is_read_in_a_minute() -> None:
    """Who wants to know what this is for finds it on one page."""
    assert len(LINES) <= 160

"""What `pytest --fixtures` says: of each fixture what it is, when to ask for it, and an example, which runs."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from pytest_runs import outcomes, run

from cp_fixtures.plugin import fixtures

FIXTURES = [name for name in fixtures.__all__ if name.startswith("cp_")]
CODE = """
import boto3
import pytest
from hypothesis import given
from cp_fixtures.strategies import batch_get_profile_exchanges

def first_names(client, domain_name, profile_ids):
    if not profile_ids:
        return []
    response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    return [each.get("FirstName") for each in response.get("Profiles", [])]

def count_members(client, **request):
    return sum(each["QueryResult"] == "PRESENT" for each in client.get_segment_membership(**request)["Profiles"])
"""


@pytest.fixture
def told(pytester: pytest.Pytester) -> dict[str, str]:
    """What pytest says of each fixture, without any option."""
    output = pytester.runpytest_inprocess("--fixtures", "-p", "no:randomly").stdout.str()
    found = re.findall(r"^(cp_\w+)(?: \[\w+ scope\])? -- .*\n((?:    .*\n)+)", output, re.MULTILINE)
    return {name: dedent(text) for name, text in found}


def test_every_fixture_is_told(told: dict[str, str]) -> None:
    """The list of pytest has all of them, and each in lines that a terminal of 120 columns shows whole."""
    assert sorted(told) == sorted(FIXTURES)
    assert max(len(line) for text in told.values() for line in text.splitlines()) <= 116


@pytest.mark.parametrize("name", FIXTURES)
def test_what_when_and_an_example(name: str, told: dict[str, str]) -> None:
    """One line says what it is, one when to ask for it, and a test that asks for it follows."""
    what, when, *example = told[name].splitlines()
    assert re.fullmatch(r"[A-Zc].+\.", what)
    assert re.fullmatch(r"Ask for it (?:to|under|where|in place of) .+\. For example", when)
    assert re.search(rf"\b{name}\b", "\n".join(example).replace("def test_", ""))


def test_every_example_passes(told: dict[str, str], pytester: pytest.Pytester) -> None:
    """The examples are tests that do what they say."""
    examples = [dedent("\n".join(text.splitlines()[2:])) for text in told.values()]
    result = run(pytester, "\n".join([CODE, *examples]))
    assert outcomes(result) == {"passed": len(FIXTURES)}

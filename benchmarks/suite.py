"""500 tests under pytest, as a whole process: python benchmarks/suite.py.

One suite makes its data by Faker and stubs by hand, one by this package, one has constant data and stubs nothing. The
last is what would be left if it cost nothing to make data up, and to be strict: constant data, and a Stubber by hand on
a client that all tests share.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from processes import run_pytest
from side_by_side import Question, Way, asked

_NAIVE, _OURS, _CONSTANT = "boto3.client, Faker, Stubber", "cp_fixtures", "constant data, no stub"
_LIMIT = "constant data, one client, Stubber"
_HERE = Path(__file__).parent

_BEGINNING = """\
import pytest

def names(answer):
    return [profile["FirstName"] for profile in answer["Profiles"]]

every = pytest.mark.parametrize("number", range({number}))
"""

_BY_HAND = """\
import sys
import uuid

import boto3
from botocore.stub import Stubber

sys.path.insert(0, {here!r})
from naive import full_profile, of_faker

WORDS = of_faker()

@every
def test_names(number):
    ids = [uuid.uuid4().hex for _ in range(20)]
    request = {{"DomainName": "amazon-connect-example", "ProfileIds": ids}}
    response = {{"Profiles": [full_profile(WORDS, each) for each in ids], "Errors": []}}
    client = boto3.client("customer-profiles", region_name="us-east-1")
    stubber = Stubber(client)
    stubber.add_response("batch_get_profile", response, request)
    with stubber:
        assert names(client.batch_get_profile(**request)) == names(response)
    stubber.assert_no_pending_responses()
"""

_BY_FIXTURE = """\
@every
def test_names(cp_client, cp_batch_get_profile, number):
    exchange = cp_batch_get_profile(20, preset="full")
    assert names(cp_client.batch_get_profile(**exchange.request)) == names(exchange.response)
"""

_BY_CONSTANT = """\
RESPONSE = {response!r}

@every
def test_names(number):
    assert names(RESPONSE) == [profile["FirstName"] for profile in RESPONSE["Profiles"]]
"""

_BY_STUBBER = """\
import boto3
from botocore.stub import Stubber

CLIENT = boto3.client("customer-profiles", region_name="us-east-1")
RESPONSE = {response!r}
REQUEST = {{
    "DomainName": "amazon-connect-example",
    "ProfileIds": [profile["ProfileId"] for profile in RESPONSE["Profiles"]],
}}

@every
def test_names(number):
    stubber = Stubber(CLIENT)
    stubber.add_response("batch_get_profile", RESPONSE, REQUEST)
    with stubber:
        assert names(CLIENT.batch_get_profile(**REQUEST)) == names(RESPONSE)
    stubber.assert_no_pending_responses()
"""


def main() -> None:
    """Compare."""
    words = "What does a suite of 500 tests cost, from the start of pytest to its end?"
    with asked("suite", words, peers=["pytest", "pytest-xdist"]) as question, tempfile.TemporaryDirectory() as name:
        number = question.size(500, 10)
        folders = suites(Path(name), number)
        for title, arguments in (("in one process", []), ("with -n 2", ["-n", "2"])):
            compare(question, f"{number} tests {title}", folders, arguments)


def suites(folder: Path, number: int) -> dict[str, Path]:
    """The folder of each suite, by its name."""
    from one_test import body, example  # noqa: PLC0415 - the runs of pytest below import none of it

    response = body(example(20, "full").response)
    texts = {
        _NAIVE: _BY_HAND.format(here=str(_HERE)),
        _OURS: _BY_FIXTURE,
        _CONSTANT: _BY_CONSTANT.format(response=response),
        _LIMIT: _BY_STUBBER.format(response=response),
    }
    made: dict[str, Path] = {}
    for place, (name, text) in enumerate(texts.items()):
        made[name] = folder / str(place)
        made[name].mkdir()
        (made[name] / "test_names.py").write_text(_BEGINNING.format(number=number) + text, "utf-8")
    return made


def compare(question: Question, title: str, folders: dict[str, Path], arguments: list[str]) -> None:
    """Measure the suites, and see that each ran all of its tests."""

    def run(name: str) -> None:
        plugins = ["cp_fixtures.plugin"] if name == _OURS else []
        assert f"{question.size(500, 10)} passed" in run_pytest(folders[name], *arguments, plugins=plugins)

    measured = question.compare(title, [Way(name, partial(run, name)) for name in folders], rounds=7, unmeasured=1)
    question.bar(f"{title}: to the naive suite", measured.ratio(_OURS, _NAIVE), most=0.06)
    question.bar(f"{title}: to constant data and no stub", measured.ratio(_OURS, _CONSTANT), most=3)


if __name__ == "__main__":
    main()

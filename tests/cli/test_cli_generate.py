"""`cp-fixtures generate`: calls made up by the number, the same for the same seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import environment, run, spawn
from hypothesis import given
from hypothesis import strategies as st
from shape_values import BOTH

from cp_fixtures import Exchange
from cp_fixtures.cli.generating import shares
from cp_fixtures.exchanges import Assembler
from cp_fixtures.exchanges.plan import most_ids
from cp_fixtures.service import operation_model
from cp_fixtures.validation import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH, MEMBERSHIP = BOTH
TWO = f"{BATCH} and {MEMBERSHIP}"
REFUSED = {
    "an operation without ids": (
        ["list_domains"],
        (
            f"list_domains cannot be generated. generate makes calls that ask for ids: {TWO}. "
            "Use cp-fixtures variants list_domains --format jsonl."
        ),
    ),
    "no id": (
        [BATCH, "--profiles", "0"],
        (
            "No id of batch_get_profile is asked for. A call takes 1 to 20. "
            "Let one of --profiles, --errors be more than 0."
        ),
    ),
    "no id of a segment": (
        [MEMBERSHIP, "--present", "0"],
        (
            "No id of get_segment_membership is asked for. A call takes 1 to 100. "
            "Let one of --present, --absent, --failures be more than 0."
        ),
    ),
    "absent where there is no segment": (
        [BATCH, "--absent", "2"],
        "--absent is 2. batch_get_profile asks about no segment. Leave it out, or use --errors.",
    ),
    "a preset": (
        [BATCH, "--preset", "typicl"],
        "There is no preset 'typicl'. There are 5, and it is none of them. Did you mean 'typical'?",
    ),
    "a number": (
        [BATCH, "--seed", "x"],
        "Invalid value for '--seed': 'x' is not a valid integer. See 'cp-fixtures generate --help'.",
    ),
    "less than none": (
        [BATCH, "--errors", "-1"],
        "Invalid value for '--errors' / '--failures': -1 is not in the range x>=0. See 'cp-fixtures generate --help'.",
    ),
}


def records(*args: str) -> list[Any]:
    """The records that a run writes as JSON Lines."""
    ran = run("generate", *args)
    assert (ran.status, ran.err) == (0, "")
    return [json.loads(line) for line in ran.out.splitlines()]


def without_metadata(answer: Any) -> dict[str, Any]:
    """An answer as the AWS CLI prints it."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def outcomes(operation: str, exchanges: list[Any]) -> Iterator[str]:
    """What happened to each id, in the order of the answers."""
    members = OUTCOMES[operation]
    for each in exchanges:
        yield from (entry.get("QueryResult", "found") for entry in each["response"][members.found])
        yield from ("refused" for _ in each["response"][members.refused])


@pytest.mark.parametrize(("args", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_made_is_told_in_one_line(args: list[str], message: str) -> None:
    """Before the first byte is written."""
    assert run("generate", *args) == (2, "", f"cp-fixtures: {message}\n")


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("count", ["1", "50"])
def test_nothing_is_written_of_what_cannot_be_made(form: str, count: str) -> None:
    """Not even the beginning of an array."""
    ran = run("generate", BATCH, "--preset", "none", "--format", form, "--profiles", count)
    assert (ran.status, ran.out, ran.err[:34]) == (2, "", "cp-fixtures: There is no preset 'n")


def test_a_mistyped_locale_is_refused_with_the_near_one() -> None:
    """How many there are is for the installed Faker to say."""
    ran = run("generate", BATCH, "--locale", "de_DX")
    assert ran.err.startswith("cp-fixtures: There is no locale 'de_DX'. There are ")
    assert " it is none of them. Did you mean 'de_DE'" in ran.err
    assert (ran.status, ran.out) == (2, "")


def test_one_call_is_a_document_for_people() -> None:
    """It is the exchange that the assembler makes of the same counts and seed, indented."""
    made = Assembler(seed=7).batch_get_profile(2, 1)
    wanted = {"operation": BATCH, "request": made.request, "response": without_metadata(made.response)}
    ran = run("generate", BATCH, "--profiles", "2", "--errors", "1", "--seed", "7")
    assert ran == (0, json.dumps(wanted, indent=2, ensure_ascii=False) + "\n", "")


def test_every_option_reaches_the_assembler() -> None:
    """Counts, seed, locale and preset are those of the methods that register such a call."""
    made = Assembler(seed=3, locale="ja_JP").get_segment_membership(2, 1, 3, preset="full")
    counts = ["--present", "2", "--absent", "1", "--failures", "3"]
    ran = run("generate", MEMBERSHIP, *counts, "--seed", "3", "--locale", "ja_JP", "--preset", "full")
    response = without_metadata(made.response)
    # Older models know no such time.
    times = {name: response[name].isoformat() for name in ("LastComputedAt",) if name in response}
    assert json.loads(ran.out)["response"] == {**response, **times}
    assert response["Profiles"][0]["Profile"]["LastName"] in ran.out


def test_without_counts_there_is_one_profile() -> None:
    """As where a call is registered without any; errors come beside it."""
    assert [*outcomes(BATCH, [json.loads(run("generate", BATCH).out)])] == ["found"]
    made = json.loads(run("generate", MEMBERSHIP, "--errors", "2").out)
    assert [*outcomes(MEMBERSHIP, [made])] == ["PRESENT", "refused", "refused"]


@pytest.mark.parametrize("operation", BOTH)
def test_the_limit_of_a_call_is_the_models(operation: str) -> None:
    """As many ids as one call takes are one document, and one more is a second call."""
    shape: Any = operation_model(operation).input_shape
    limit = shape.members["ProfileIds"].metadata["max"]
    assert most_ids(operation) == limit
    one = run("generate", operation, "--profiles", str(limit), "--preset", "minimal").out
    assert len(json.loads(one)["request"]["ProfileIds"]) == limit
    two = records(operation, "--profiles", str(limit + 1), "--preset", "minimal")
    assert [len(each["request"]["ProfileIds"]) for each in two] == [limit, 1]


def test_many_are_several_calls_that_agree() -> None:
    """Every count is met, no id comes twice, and each exchange can be registered as it is."""
    made = records(MEMBERSHIP, "--present", "250", "--absent", "90", "--failures", "31", "--preset", "minimal")
    happened = [*outcomes(MEMBERSHIP, made)]
    assert [happened.count(kind) for kind in ("PRESENT", "ABSENT", "refused")] == [250, 90, 31]
    ids = [profile_id for each in made for profile_id in each["request"]["ProfileIds"]]
    assert len({*ids}) == len(ids) == 371
    for each in made:
        each["response"].pop("LastComputedAt", None)
        assert Exchange(**each).request == each["request"]


def test_errors_are_spread_over_the_calls() -> None:
    """Every call of a long list has its share, not the last ones all of them."""
    made = records(BATCH, "--profiles", "90", "--errors", "10", "--preset", "minimal")
    assert [len(each["response"]["Errors"]) for each in made] == [2] * 5


@given(
    counts=st.dictionaries(st.sampled_from("abc"), st.integers(0, 300), min_size=1).filter(
        lambda each: any(each.values())
    ),
    most=st.integers(1, 50),
)
def test_shares_add_up(counts: dict[str, int], most: int) -> None:
    """All calls but the last are full, none has less than none, and each kind comes when it is due."""
    made = list(shares(counts, most))
    total = sum(counts.values())
    assert {kind: sum(each[kind] for each in made) for kind in counts} == counts
    assert [sum(each.values()) for each in made][:-1] == [most] * (len(made) - 1)
    assert min(count for each in made for count in each.values()) >= 0
    for number in range(1, len(made)):
        for kind, count in counts.items():
            assert abs(sum(each[kind] for each in made[:number]) - count * number * most / total) < len(counts)


@pytest.mark.parametrize("count", ["3", "45"])
def test_forms_hold_the_same(count: str) -> None:
    """JSON Lines has a line for each exchange; JSON is one document, in which several have a line each."""
    args = ["generate", BATCH, "--profiles", count, "--preset", "minimal"]
    lines, document = run(*args, "--format", "jsonl").out, run(*args, "--format", "json").out
    values = [json.loads(line) for line in lines.splitlines()]
    assert json.loads(document) == (values[0] if count == "3" else values)
    if count == "45":
        assert document == "[\n" + ",\n".join(lines.splitlines()) + "\n]\n"
        assert run(*args).out == lines


def test_a_part_alone() -> None:
    """The response or the request as it is, for files that a test reads."""
    whole = json.loads(run("generate", BATCH, "--errors", "1").out)
    for part in ("request", "response"):
        assert json.loads(run("generate", BATCH, "--errors", "1", "--only", part).out) == whole[part]
    assert [list(each) for each in records(BATCH, "--profiles", "21", "--only", "request")] == [[*whole["request"]]] * 2


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Whatever the process, its hashes, its encoding, its language and its time zone; another seed gives others."""
    args = ["generate", MEMBERSHIP, "--present", "110", "--locale", "ja_JP"]
    strange = {
        "PYTHONHASHSEED": "5",
        "PYTHONIOENCODING": "latin-1",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "PYTHONUTF8": "0",
    }
    first, second = spawn(*args), spawn(*args, variables=strange)
    assert (first.returncode, second.stderr) == (0, b"")
    assert first.stdout == second.stdout == run(*args).out.encode()
    assert run(*args, "--seed", "1").out.encode() != first.stdout


def test_who_reads_no_further_stops_it() -> None:
    """`| head` ends it at once, without a word."""
    command = [sys.executable, "-m", "cp_fixtures", "generate", BATCH, "--profiles", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(12) == b'{"operation"'
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("args", [["generate", BATCH], ["shape", BATCH], ["variants", BATCH]], ids=" ".join)
def test_nobody_reads_at_all(args: list[str]) -> None:
    """A short output is held back to its end, and what is then left over is no reason to complain either."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cp_fixtures", *args]
    ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device of this system is full")
@pytest.mark.parametrize("args", [["generate", BATCH], ["shape", BATCH], ["variants", BATCH], ["--help"]], ids=" ".join)
def test_a_full_disk_is_told_in_one_line(args: list[str]) -> None:
    """What cannot be written is an error like any other, and Python does not complain once more."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "cp_fixtures", *args]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)
    assert (ran.returncode, ran.stderr) == (2, b"cp-fixtures: [Errno 28] No space left on device\n")

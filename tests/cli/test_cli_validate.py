"""`cp-fixtures validate`: every violation of every record, with the line of the value."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from command_line import Ran, run, spawn
from shape_values import BOTH, ID

from cp_fixtures import cases, samples
from cp_fixtures.errors import Violation, Words
from cp_fixtures.exchanges import Assembler
from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


BATCH, MEMBERSHIP = BOTH
OTHER = "f" * 32
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": [ID]}
RESPONSE: dict[str, Any] = {"Profiles": [{"ProfileId": ID, "FirstName": "Ana"}], "Errors": []}
MARK = "here it is"

# As `aws customer-profiles get-segment-membership --output json` prints it: four spaces, escapes, times in ISO 8601.
OF_THE_AWS_CLI = f"""{{
    "SegmentDefinitionName": "spring",
    "Profiles": [
        {{
            "ProfileId": "{ID}",
            "QueryResult": "PRESENT",
            "Profile": {{
                "ProfileId": "{ID}",
                "FirstName": "Zo\\u00eb"
            }}
        }}
    ],
    "Failures": [],
    "LastComputedAt": "2025-01-14T12:00:00.123000+00:00"
}}
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes a file into the working folder, and gives its name: a text, or a value as JSON."""
    monkeypatch.chdir(tmp_path)

    def written(name: str, value: Any, indent: int | None = None) -> str:
        text = value if isinstance(value, (str, bytes)) else json.dumps(value, indent=indent)
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return written


def as_json(value: Any) -> Any:
    """What a file has of a value; a tuple, bytes or a key that is no text cannot stand there."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if value is not None and not isinstance(value, (str, int, float)):
        raise TypeError
    return value


def faulty_texts(operation: str) -> list[tuple[Violation, dict[str, Any]]]:
    """Every faulty response that a file can hold, in an exchange, with its violation there."""
    found = []
    for case in cases.invalid_responses(operation):
        response = {name: value for name, value in case.value.response.items() if name != "ResponseMetadata"}
        assert case.violation is not None
        if case.violation.steps[-1:] == ("LastComputedAt",) and case.violation.rule == "type":
            continue  # in a file a text and a number are how a time is written
        with suppress(TypeError):
            exchange = {"operation": operation, "request": case.value.request, "response": as_json(response)}
            found.append((case.violation.under("response"), exchange))
    return found


def line_of(value: Any, steps: tuple[str | int, ...]) -> int:
    """The line of a place in an indented text: what is there is replaced by a mark, and that is looked for."""
    top = copy.deepcopy({"top": value})
    around: Any = top
    last: Any = "top"
    for step in steps:
        inner = around[last]
        number = re.search(r"entry (\d+),", step) if isinstance(step, Words) else None
        key = [*inner][int(number[1])] if number else step
        if isinstance(inner, dict) and key not in inner:
            break
        around, last = inner, key
    around[last] = MARK
    text = json.dumps(top["top"], indent=2)
    return 1 + text[: text.index(MARK)].count("\n")


@pytest.mark.parametrize("operation", BOTH)
def test_every_single_fault_is_told_with_its_line(operation: str, written: Callable[..., str]) -> None:
    """Each of the many faulty responses is told its one violation, in the validator's words, where it is."""
    wanted, names = [], []
    for number, (violation, exchange) in enumerate(faulty_texts(operation)):
        names.append(written(f"{number}.json", exchange, indent=2))
        wanted.append(f"{names[-1]}:{line_of(exchange, violation.steps)}: {violation}")
    told = run("validate", operation, *names)
    assert (told.status, told.out.splitlines()) == (1, wanted)
    assert len(wanted) > 100


def test_no_violation_is_status_0(written: Callable[..., str]) -> None:
    """A response, several in JSON Lines, an array of exchanges: all is well, and nothing is printed but the count."""
    exchange = {"operation": BATCH, "request": REQUEST, "response": RESPONSE}
    files = [
        written("response.json", RESPONSE, indent=4),
        written("responses.jsonl", f"{json.dumps(RESPONSE)}\n\n{json.dumps(exchange)}\n"),
        written("exchanges.json", [exchange, exchange, exchange], indent=1),
    ]
    assert run("validate", BATCH, *files) == (0, "", "6 records, no violation\n")


def test_file_without_a_record_is_nothing_to_judge(written: Callable[..., str]) -> None:
    """An array of none passes no check of its own; beside a file that can be read, its count is there as ever."""
    none, one = written("none.json", []), written("one.json", RESPONSE)
    said = f"cp-fixtures: {none} has no record. There is nothing to judge. Give a response, or an exchange.\n"
    assert run("validate", BATCH, none) == (2, "", said)
    assert run("validate", BATCH, none, one) == (2, "", f"{said}1 record, no violation; 1 file cannot be read\n")


@pytest.mark.parametrize("operation", BOTH)
def test_exchanges_of_to_json_are_judged(operation: str, written: Callable[..., str]) -> None:
    """Times with a tag, the service, and the rules that an exchange leaves out: what a test has kept can be checked."""
    kept = [each for each in samples.ALL.values() if each.operation == operation]
    made = Assembler(ignore={"max"})
    kept += [made.get_segment_membership(101) if operation == MEMBERSHIP else made.batch_get_profile(21)]
    file = written("kept.jsonl", "".join(f"{each.to_json()}\n" for each in kept))
    assert run("validate", operation, file) == (0, "", f"{len(kept)} records, no violation\n")


def test_exchange_of_another_service_is_none_of_this(written: Callable[..., str]) -> None:
    """It is said where the service stands."""
    file = written("other.json", {"operation": BATCH, "service": "sts", "response": RESPONSE})
    assert run("validate", BATCH, file) == (
        1,
        f"{file}:1: service: wanted 'customer-profiles', got 'sts'\n",
        "1 violation, in 1 of 1 record\n",
    )


@pytest.mark.skipif("LastComputedAt" not in shape_node("GetSegmentMembershipResponse").members, reason="older models")
def test_what_the_aws_cli_prints_is_a_response() -> None:
    """Its text is read as it stands, from the standard input, with or without a dash."""
    for args in ([], ["-"]):
        assert run("validate", MEMBERSHIP, *args, stdin=OF_THE_AWS_CLI) == (0, "", "1 record, no violation\n")
    broken = OF_THE_AWS_CLI.replace("2025-01-14T12:00:00.123000+00:00", "yesterday").replace("PRESENT", "MAYBE")
    assert run("validate", MEMBERSHIP, stdin=broken) == (
        1,
        (
            "<stdin>:6: Profiles[0].QueryResult: wanted one of PRESENT, ABSENT, got 'MAYBE'\n"
            "<stdin>:14: LastComputedAt: wanted a datetime with a time zone, got the str 'yesterday'\n"
        ),
        "2 violations, in 1 of 1 record\n",
    )


@pytest.mark.parametrize("form", ["jsonl", "json"])
@pytest.mark.parametrize("operation", BOTH)
def test_what_is_generated_is_accepted(operation: str, form: str) -> None:
    """Whole files of it, in both forms."""
    made = run("generate", operation, "--profiles", "230", "--errors", "9", "--preset", "full", "--format", form).out
    calls = json.loads(made) if form == "json" else made.splitlines()
    assert run("validate", operation, stdin=made) == (0, "", f"{len(calls)} records, no violation\n")


@pytest.mark.parametrize("operation", [*BOTH, "list_domains", "get_domain", "search_profiles"])
def test_every_legal_variation_is_accepted(operation: str) -> None:
    """Errors too, of any operation."""
    listed = run("variants", operation, "--format", "jsonl").out
    ran = run("validate", operation, stdin=listed)
    assert ran == (0, "", f"{len(cases.variants(operation))} records, no violation\n")


def test_lines_of_json_lines_are_those_of_the_file() -> None:
    """In JSON Lines the line is the record's own; blank ones are counted."""
    lines = [json.dumps(RESPONSE), "", json.dumps({"Profiles": [{"ProfileId": "x"}]}), json.dumps({"Profile": []})]
    known = "a member of BatchGetProfileResponse (did you mean 'Profiles'?)"
    assert run("validate", BATCH, stdin="\n".join(lines)) == (
        1,
        (
            "<stdin>:3: Profiles[0].ProfileId: wanted a match of [a-f0-9]{32}, got 'x'\n"
            f"<stdin>:4: Profile: wanted {known}, got an unknown one\n"
        ),
        "2 violations, in 2 of 3 records\n",
    )


def test_a_missing_member_has_the_line_of_what_lacks_it() -> None:
    """An error without its message: the line on which the error begins."""
    text = '{\n"Errors": [\n{"Code": "x",\n"ProfileId": "' + ID + '"}]\n}'
    assert run("validate", BATCH, stdin=text).out == (
        "<stdin>:3: Errors[0].Message: wanted a string, which BatchGetProfileError requires, got nothing\n"
    )


def test_paths_inside_an_exchange_begin_with_its_parts() -> None:
    """The request is judged as well, and the response beside it."""
    exchange = {
        "operation": BATCH,
        "request": {**REQUEST, "DomainName": "a b"},
        "response": {"Profiles": [{"ProfileId": OTHER}]},
    }
    assert run("validate", BATCH, stdin=json.dumps(exchange, indent=1)).out == (
        "<stdin>:4: request.DomainName: wanted a match of ^[a-zA-Z0-9_-]+$, got 'a b'\n"
        f"<stdin>:12: response.Profiles[0].ProfileId: wanted an id of the request, got '{OTHER}'\n"
        f"<stdin>:9: response: wanted an outcome for '{ID}', got none\n"
    )


FRAMES = {
    "of another operation": (
        {"operation": MEMBERSHIP, "response": {}},
        "operation: wanted 'batch_get_profile', got 'get_segment_membership'",
    ),
    "with an unknown member": (
        {"response": {}, "reqest": {}},
        (
            "reqest: wanted a member of an exchange (case, operation, service, request, response, error, ignore, "
            "unchecked), got an unknown one"
        ),
    ),
    "with a rule that there is not": (
        {"response": {}, "ignore": ["nope"]},
        "ignore: wanted a list of codes of rules, got ['nope']",
    ),
    "with rules that are none": (
        {"response": {}, "ignore": "max"},
        "ignore: wanted a list of codes of rules, got 'max'",
    ),
    "without an answer": ({"operation": BATCH}, "(top): wanted a response or an error, got none"),
    "with two answers": (
        {"response": {}, "error": {"Error": {"Code": "ThrottlingException", "Message": "Slow down"}}},
        "(top): wanted a response or an error, got response and error",
    ),
    "with a request that is none": (
        {"request": [1], "response": {}},
        "request: wanted a dict, got the list [1]",
    ),
    "with an error that is none": ({"error": "no"}, "error: wanted a dict, got the str 'no'"),
    "with an error without a message": (
        {"error": {"Error": {"Code": "ThrottlingException"}}},
        "error.Error.Message: wanted a string, which every error has, got nothing",
    ),
    "with an error that is a success": (
        {"error": {"Error": {"Code": "X", "Message": "x"}, "ResponseMetadata": {"HTTPStatusCode": 200}}},
        "error.ResponseMetadata.HTTPStatusCode: wanted an HTTP status of an error, got 200",
    ),
}


@pytest.mark.parametrize(("exchange", "message"), FRAMES.values(), ids=FRAMES)
def test_an_exchange_that_is_none(exchange: dict[str, Any], message: str) -> None:
    """What is wrong with the exchange itself is a violation like any other."""
    assert run("validate", BATCH, stdin=json.dumps(exchange)).out == f"<stdin>:1: {message}\n"


def test_what_an_exchange_does_not_know_comes_in_its_order() -> None:
    """The same in every process, whatever its hashes."""
    names = [f"name{number}" for number in range(9)]
    told = run("validate", BATCH, stdin=json.dumps({**dict.fromkeys(names), "response": {}})).out
    assert [line.split(":")[2].strip() for line in told.splitlines()] == names


@pytest.mark.parametrize("value", [5, "text", None, [[]]])
def test_a_record_that_is_no_object(value: Any) -> None:
    """It is judged as the response that it would be."""
    ran = run("validate", BATCH, stdin=json.dumps(value))
    assert (ran.status, ran.out[:29]) == (1, "<stdin>:1: (top): wanted a dict"[:29])


def test_a_response_is_compared_with_its_request(written: Callable[..., str]) -> None:
    """With `--request`, which is judged too, and named when it is wrong."""
    request, response = written("request.json", REQUEST, indent=1), written("response.json", RESPONSE)
    assert run("validate", BATCH, response, "--request", request).status == 0
    other = written("other.json", {**REQUEST, "ProfileIds": [OTHER, "x"]}, indent=1)
    assert run("validate", BATCH, response, "--request", other) == (
        1,
        (
            "other.json:5: ProfileIds[1]: wanted a match of [a-f0-9]{32}, got 'x'\n"
            f"response.json:1: Profiles[0].ProfileId: wanted an id of the request, got '{ID}'\n"
            f"response.json:1: (top): wanted an outcome for '{OTHER}', got none\n"
            "response.json:1: (top): wanted an outcome for 'x', got none\n"
        ),
        "4 violations, in 1 of 1 record\n",
    )


def test_times_in_requests_are_read_too(written: Callable[..., str]) -> None:
    """In a file of their own and in exchanges: the two are one."""
    request = {"DomainName": "amazon-connect-example", "QueryStartDate": "2025-01-14T12:00:00Z"}
    exchange = {"operation": "list_workflows", "request": request, "response": {}}
    assert run("validate", "list_workflows", "--request", written("request.json", request), stdin="{}").status == 0
    assert run("validate", "list_workflows", stdin=json.dumps(exchange)).status == 0
    request["QueryStartDate"] = "soon"
    wanted = "QueryStartDate: wanted a datetime with a time zone, got the str 'soon'\n"
    ran = run("validate", "list_workflows", "--request", written("request.json", request), stdin="{}")
    assert (ran.status, ran.out) == (1, f"request.json:1: {wanted}")
    assert run("validate", "list_workflows", stdin=json.dumps(exchange)).out == f"<stdin>:1: request.{wanted}"


def test_an_exchange_without_a_request_takes_the_one_given(written: Callable[..., str]) -> None:
    """An exchange with one of its own cannot have another."""
    request = written("request.json", REQUEST)
    exchange = {"operation": BATCH, "response": {"Profiles": []}}
    ran = run("validate", BATCH, "--request", request, stdin=json.dumps(exchange))
    assert ran.out == f"<stdin>:1: response: wanted an outcome for '{ID}', got none\n"
    assert run("validate", BATCH, "--request", request, stdin=json.dumps({**exchange, "request": REQUEST})) == (
        2,
        "",
        ("cp-fixtures: <stdin>:1 has a request of its own. A response answers one request. Leave --request out.\n"),
    )


@pytest.mark.parametrize("text", ["[1]", "{}{}", "5"])
def test_a_request_that_is_none(text: str, written: Callable[..., str]) -> None:
    """Then nothing is judged."""
    request = written("request.json", text)
    assert run("validate", BATCH, "--request", request, stdin=json.dumps(RESPONSE)) == (
        2,
        "",
        (
            "cp-fixtures: request.json is no request. A request is one JSON object: the parameters of the call. "
            "Give such a file.\n"
        ),
    )


UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "no JSON": (
        '{}\n{"Profiles" []}',
        "bad.json:2 is no JSON: Expecting ':' delimiter. What comes after it cannot be read. Give JSON, or JSON Lines.",
    ),
    "cut off": (
        '{"Profiles": [\n{}',
        "bad.json:2 is no JSON: Expecting ',' delimiter. What comes after it cannot be read. Give JSON, or JSON Lines.",
    ),
    "empty": ("\n", "bad.json is empty. There is nothing to judge. Give a response, or an exchange."),
    "no UTF-8": (
        json.dumps(RESPONSE).encode("utf-16"),
        (
            "bad.json is no UTF-8: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte. "
            "JSON is UTF-8. Write it anew as UTF-8."
        ),
    ),
}


@pytest.mark.parametrize(("text", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_status_2(text: str | bytes, message: str, written: Callable[..., str]) -> None:
    """It is told in one line, and the other files are judged all the same."""
    files = [written("bad.json", text), written("other.json", {"Profiles": 5})]
    records = "2 records" if text[:2] == "{}" else "1 record"
    assert run("validate", BATCH, *files) == (
        2,
        "other.json:1: Profiles: wanted a list, got an int\n",
        f"cp-fixtures: {message}\n1 violation, in 1 of {records}; 1 file cannot be read\n",
    )


def test_a_file_that_is_not_there(written: Callable[..., str]) -> None:
    """Is refused before any is read."""
    ran = run("validate", BATCH, written("bad.json", {"Profiles": 5}), "none.json")
    wanted = "File 'none.json' does not exist. See 'cp-fixtures validate --help'.\n"
    assert (ran.status, ran.out, ran.err.endswith(wanted)) == (2, "", True)


def test_a_mark_before_the_text_is_no_text(written: Callable[..., str]) -> None:
    """Some editors and shells write one."""
    assert run("validate", BATCH, written("marked.json", json.dumps(RESPONSE).encode("utf-8-sig"))).status == 0
    assert spawn("validate", BATCH, stdin=json.dumps(RESPONSE).encode("utf-8-sig")).returncode == 0


def test_other_scripts_are_read_as_utf8() -> None:
    """Whatever the encoding of the terminal."""
    text = json.dumps({"Errors": [{"ProfileId": ID, "Code": "Ä" * 256, "Message": "é"}]}, ensure_ascii=False).encode()
    ran = spawn(
        "validate", BATCH, stdin=text, variables={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "LC_ALL": "C"}
    )
    assert ran.stdout == b"<stdin>:1: Errors[0].Code: wanted at most 255 characters, got 256 characters\n"


def test_rules_can_be_left_out() -> None:
    """By their codes, as everywhere; one that there is none of is refused before anything is read."""
    text = json.dumps({"Profiles": [{"ProfileId": "x", "FirstName": ""}]})
    assert run("validate", BATCH, "--ignore", "pattern", "--ignore", "min", stdin=text).status == 0
    ran = run("validate", BATCH, "--ignore", "patern", stdin=text)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("cp-fixtures: There is no rule 'patern'.")


def test_rules_are_left_out_of_requests_and_errors_too() -> None:
    """Wherever they are broken."""
    broken = {
        "request": {**REQUEST, "DomainName": "a b"},
        "error": {"Error": {"Code": "ThrottlingException"}},
    }
    text = json.dumps(broken)
    assert run("validate", BATCH, stdin=text).out.count("\n") == 2
    assert run("validate", BATCH, "--ignore", "pattern", "--ignore", "required", stdin=text).status == 0


def test_what_must_not_be_shown_is_not_shown() -> None:
    """Values under sensitive members are told by type and length, and the line is still that of the value."""
    text = '{"Profiles": [{"ProfileId": "' + ID + '", "Attributes": {"a": "b",\n"secret": 5}}]}'
    assert run("validate", BATCH, stdin=text).out == (
        "<stdin>:2: Profiles[0].Attributes[entry 1, a str of length 6]: wanted a string, got an int\n"
    )


def test_violations_are_those_of_the_validator() -> None:
    """The line that is printed ends with the violation itself."""
    found = Violation(("Profiles",), "type", "a list", "None")
    assert run("validate", BATCH, stdin='{"Profiles": null}') == Ran(
        1, f"<stdin>:1: {found}\n", "1 violation, in 1 of 1 record\n"
    )

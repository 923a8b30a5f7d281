"""The front of the validator: responses, requests, rules switched off, and what botocore converts by itself."""

from __future__ import annotations

import datetime as dt
import io
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.validate import ParamValidator
from shape_values import BOTH, ID, NOON, full, shape_of, structure, toy

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.service import service_model
from cp_fixtures.shapes import Nodes, nodes
from cp_fixtures.validation import (
    CODES,
    as_sent,
    check,
    check_request,
    check_rule_codes,
    find,
    find_in_request,
    find_in_response,
    rules,
    validate,
    validate_request,
)
from cp_fixtures.validation import rules as rules_of_nodes

if TYPE_CHECKING:
    from collections.abc import Callable

IDS = [f"{number:032x}" for number in range(21)]
METADATA = {"RequestId": "1", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}


@pytest.mark.parametrize("operation", BOTH)
def test_a_whole_response_and_request_are_legal(operation: str) -> None:
    """Every member that the model has, with what botocore adds to a response."""
    ids = {"outcome_twice", "nested_id"}
    response = {**full(shape_of(operation, "output_shape")), "ResponseMetadata": METADATA}
    assert validate(operation, response, ignore=ids) == []
    assert validate_request(operation, full(shape_of(operation, "input_shape"))) == []
    check(operation, response, ignore=ids)
    check_request(operation, full(shape_of(operation, "input_shape")))


@pytest.mark.parametrize("operation", BOTH)
def test_an_empty_response_is_legal(operation: str) -> None:
    """No member of either response is required."""
    assert validate(operation, {}) == []


def test_the_response_is_left_as_it_is() -> None:
    """ResponseMetadata is left aside, not taken out."""
    response = {"Profiles": [], "ResponseMetadata": METADATA}
    validate("batch_get_profile", response, request={"ProfileIds": []})
    assert response == {"Profiles": [], "ResponseMetadata": METADATA}


def test_a_check_tells_all_at_once() -> None:
    """Shape first, then what disagrees with the request."""
    response = {"Profiles": [{"ProfileId": ID, "FirstName": ""}], "Erors": []}
    with pytest.raises(InvalidResponse) as raised:
        check("batch_get_profile", response, request={"ProfileIds": [IDS[0]]})
    assert str(raised.value) == (
        "This response of batch_get_profile breaks the service model in 4 places:\n"
        "  Profiles[0].FirstName: wanted at least 1 character, got 0 characters\n"
        "  Erors: wanted a member of BatchGetProfileResponse (did you mean 'Errors'?), got an unknown one\n"
        f"  Profiles[0].ProfileId: wanted an id of the request, got '{ID}'\n"
        f"  (top): wanted an outcome for '{IDS[0]}', got none\n"
        "Code that passes a test with it is tested with a fiction. Correct the values, or leave a rule out by its "
        'code: ignore={"min", "outcome_missing", "outcome_unasked", "unknown"}, here if there is such an argument, '
        "else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )


def test_a_request_is_checked_as_the_service_does() -> None:
    """Too many ids, a hyphenated id, a parameter that is none: each in its line."""
    params = {"DomainName": "has space!", "ProfileIds": [*IDS[:20], "0-0"], "MaxResults": 1}
    with pytest.raises(InvalidRequest) as raised:
        check_request("batch_get_profile", params)
    assert str(raised.value) == (
        "This request of batch_get_profile breaks the service model in 4 places:\n"
        "  DomainName: wanted a match of ^[a-zA-Z0-9_-]+$, got 'has space!'\n"
        "  ProfileIds: wanted at most 20 items, got 21 items\n"
        "  ProfileIds[20]: wanted a match of [a-f0-9]{32}, got '0-0'\n"
        "  MaxResults: wanted a member of BatchGetProfileRequest (DomainName, ProfileIds), got an unknown one\n"
        "A call with it never gets an answer. Correct it, or leave a rule out by its code: "
        'ignore={"max", "pattern", "unknown"}, here if there is such an argument, '
        "else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({}, ["DomainName: wanted a string, which BatchGetProfileRequest requires, got nothing",
              "ProfileIds: wanted a list, which BatchGetProfileRequest requires, got nothing"]),
        ({"DomainName": "d", "ProfileIds": None}, ["ProfileIds: wanted a list, got None"]),
        ({"DomainName": "d", "ProfileIds": []}, ["ProfileIds: wanted at least 1 item, got 0 items"]),
        ({"DomainName": "d" * 65, "ProfileIds": [ID]}, ["DomainName: wanted at most 64 characters, got 65 characters"]),
        ({"DomainName": "d", "ProfileIds": [f"-{ID}-"]}, []),
        ("text", ["(top): wanted a dict, got the str 'text'"]),
    ],
    ids=["empty", "none", "no-ids", "long", "unanchored", "text"],
)  # fmt: skip
def test_requests(params: object, wanted: list[str]) -> None:
    """What the service takes and what it refuses; its pattern of an id is searched for, not anchored."""
    assert [str(violation) for violation in validate_request("batch_get_profile", params)] == wanted


def test_ids_of_a_membership() -> None:
    """A hundred are taken, and not one more."""
    request = {"DomainName": "d", "SegmentDefinitionName": "s", "ProfileIds": [ID] * 100}
    assert validate_request("get_segment_membership", request) == []
    request["ProfileIds"] = [ID] * 101
    assert [violation.rule for violation in validate_request("get_segment_membership", request)] == ["max"]


def test_operations_without_input_or_output() -> None:
    """Nothing is what they take and give."""
    assert find_in_response(None, {"ResponseMetadata": METADATA}) == find_in_request(None, {}) == []
    wanted = "A: wanted a member of the empty {} (it has none), got an unknown one"
    assert [str(violation) for violation in find_in_response(None, {"A": 1})] == [wanted.format("response")]
    assert [str(violation) for violation in find_in_request(None, {"A": 1})] == [wanted.format("request")]


def test_another_service() -> None:
    """The rules of the model hold for any operation of any service."""
    assert validate("get_caller_identity", {"Account": "1", "Acount": 1}, service="sts")[0].rule == "unknown"
    assert [each.rule for each in validate_request("assume_role", {}, service="sts")] == ["required", "required"]


def test_rules_are_switched_off_by_their_codes() -> None:
    """Each alone, in whatever collection; the others stay."""
    response = {"Profiles": [{"FirstName": "", "LastName": "x" * 300}], "Unknown": 1}
    found = {violation.rule for violation in validate("batch_get_profile", response)}
    assert found == {"min", "max", "unknown"}
    for code in found:
        left = validate("batch_get_profile", response, ignore=iter([code]))
        assert {violation.rule for violation in left} == found - {code}
    check("batch_get_profile", response, ignore=found)
    check_request("batch_get_profile", {}, ignore=["required"])


RULE_5 = (
    f"There is no rule 5. There are {len(CODES)}, and it is none of them. "
    f"Use one of {', '.join(list(CODES)[:12])} and {len(CODES) - 12} more."
)


@pytest.mark.parametrize(
    ("ignore", "wanted"),
    [
        ("max", "ignore='max' is a text. The rules to leave out are a set of codes. Write {'max'}."),
        (["maxx"], f"There is no rule 'maxx'. There are {len(CODES)}, and it is none of them. Did you mean 'max'?"),
        ([5], RULE_5),
        ([["max"]], f"There is no rule ['max']. There are {len(CODES)}, and it is none of them. Did you mean 'max'?"),
        (None, "ignore is None. The rules to leave out are a set of codes. Give one, or () for none."),
        (5, "ignore is 5. The rules to leave out are a set of codes. Give one, or () for none."),
    ],
    ids=["text", "slip", "number", "nested", "None", "no-set"],
)
def test_a_rule_that_is_none(ignore: Any, wanted: str) -> None:
    """It is refused, even where there is no violation."""
    for validates in (validate, validate_request):
        with pytest.raises(UsageError) as raised:
            validates("batch_get_profile", {}, ignore=ignore)
        assert str(raised.value) == wanted


def test_codes_are_checked_alone_too() -> None:
    """What was given is given back as a set."""
    assert check_rule_codes(["max", "max"]) == frozenset({"max"})


def test_a_request_that_is_no_dict() -> None:
    """It cannot be compared; what it holds is not shown."""
    with pytest.raises(UsageError) as raised:
        validate("batch_get_profile", {}, request=[("ProfileIds", [ID])])  # type: ignore[arg-type]
    assert str(raised.value) == (
        "The request is a list of length 1. A response is compared with the keyword arguments of its call. "
        "Give them as a dict."
    )


def test_an_unknown_operation_or_service() -> None:
    """It is refused with the near names."""
    for validates in (validate, validate_request):
        with pytest.raises(UsageError, match="Did you mean 'batch_get_profile'"):
            validates("batch_get_profiles", {})
        with pytest.raises(UsageError, match="Did you mean 'customer-profiles'"):
            validates("batch_get_profile", {}, service="customer-profile")


SENT = toy(
    Top=structure(Time="Time", Times="Times", Map="Map", Blob="Blob", Float="Float", Double="Double", Text="Text"),
    Time={"type": "timestamp"},
    Times={"type": "list", "member": {"shape": "Time"}},
    Map={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Times"}},
    Blob={"type": "blob"},
    Float={"type": "float"},
    Double={"type": "double"},
    Text={"type": "string"},
)
CONVERTED: list[tuple[str, Any, Any]] = [
    ("Time", "2025-06-01T12:00:00Z", NOON),
    ("Time", "1748779200", NOON),
    ("Time", 1748779200, NOON),
    ("Time", NOON, NOON),
    ("Times", (NOON, "2025-06-01T12:00:00Z"), [NOON, NOON]),
    ("Map", {"a": (1748779200,)}, {"a": [NOON]}),
    ("Blob", "é", b"\xc3\xa9"),
    ("Float", Decimal("1.5"), 1.5),
    ("Double", Decimal("1.5"), 1.5),
]


@pytest.mark.parametrize(("member", "value", "wanted"), CONVERTED)
def test_what_botocore_converts(member: str, value: object, wanted: object) -> None:
    """It is sent as what the model wants, so it is none of the service's refusals; botocore lets it pass too."""
    node = SENT.shape("Top")
    sent = as_sent(node, {member: value})
    assert sent == {member: wanted}
    assert type(sent[member]) is type(wanted)
    assert find(node, sent) == []
    assert not ParamValidator().validate({member: value}, SENT.model.shape_for("Top")).has_errors()


def test_a_naive_datetime_is_sent_as_local_time() -> None:
    """botocore gives it a time zone, and keeps what the clock says."""
    naive = dt.datetime(2025, 6, 1)  # noqa: DTZ001 - naive is what it is about
    sent = as_sent(SENT.shape("Time"), naive)
    assert sent.utcoffset() is not None
    assert sent.replace(tzinfo=None) == naive


FILE = io.BytesIO(b"")


KEPT: dict[str, list[Any]] = {
    "Time": ["noon", "", None, "9" * 40, 1e300, [], b"x", float("nan")],
    "Text": [("a",), b"a", None, NOON],
    "Times": [{1}, "text", None],
    "Map": [[], None],
    "Top": [[], None, {"Unknown": ("a",)}, {5: ("a",)}],
    "Blob": [bytearray(b"x"), FILE],
    "Float": ["1.5"],
}


@pytest.mark.parametrize(("shape", "value"), [(shape, value) for shape, values in KEPT.items() for value in values])
def test_what_botocore_does_not_convert(shape: str, value: object) -> None:
    """It stays what it is, to be judged as such."""
    sent = as_sent(SENT.shape(shape), value)
    assert sent is value or sent == value
    assert type(sent) is type(value)


def test_as_sent_changes_nothing() -> None:
    """The parameters of the caller stay theirs; without a node they are handed back."""
    params: dict[str, Any] = {"Times": ("2025-06-01",), "Blob": "x"}
    as_sent(SENT.shape("Top"), params)
    assert params == {"Times": ("2025-06-01",), "Blob": "x"}
    assert as_sent(None, params) is params


def many() -> dict[str, Any]:
    """A response with twenty whole profiles."""
    response = full(shape_of("batch_get_profile", "output_shape"))
    profile = response["Profiles"][0]
    return {"Profiles": [{**profile, "ProfileId": number} for number in IDS[:20]]}


def test_rules_are_read_once_for_each_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second value costs only its own checks."""
    read: list[str] = []

    def counted(node: Any) -> Any:
        read.append(node.name)
        return rules_of_nodes(node)

    # The package offers a function of the name of that module.
    monkeypatch.setattr(sys.modules["cp_fixtures.validation.rules"], "rules", counted)
    node = Nodes(service_model()).output("batch_get_profile")
    assert node is not None
    find(node, many())
    assert 0 < len(read) < 90
    count = len(read)
    for _ in range(12):
        find(node, many())
    assert len(read) == count


def calls_of(function: Callable[[], object]) -> int:
    """How many Python functions a call runs: what its time is made of, and the same on any machine."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return counted


def test_it_does_less_than_botocore_s_validator() -> None:
    """Twenty whole profiles are checked with a quarter of the calls, and soon with a thirtieth."""
    response, node = many(), Nodes(service_model()).output("batch_get_profile")
    shape = shape_of("batch_get_profile", "output_shape")
    assert node is not None
    assert find(node, response) == []
    theirs = calls_of(lambda: ParamValidator().validate(response, shape))
    assert calls_of(lambda: find(node, response)) < theirs / 4
    assert [find(node, response) for _ in range(9)] == [[]] * 9
    assert calls_of(lambda: find(node, response)) < theirs / 30


def test_many_threads_that_compile_the_same_checks() -> None:
    """They find the same, whoever comes first."""
    made = Nodes(service_model()).output("batch_get_profile")
    assert made is not None
    barrier = threading.Barrier(16)

    def ask(_: int) -> tuple[str, ...]:
        barrier.wait()
        return tuple(map(str, find(made, {"Profiles": [{"Address": {"City": ""}}], "Errors": [{}]})))

    with ThreadPoolExecutor(16) as pool:
        (found,) = {*pool.map(ask, range(16))}
    assert found[0] == "Profiles[0].Address.City: wanted at least 1 character, got 0 characters"
    assert len(found) == 4


def test_the_rules_are_public() -> None:
    """What is made and drawn elsewhere reads the same rules."""
    node = nodes().shape("name")
    assert [rule.code for rule in rules(node)] == ["type", "unicode", "min", "max", "pattern"]

"""The finite lists: legal where they say so, faulty in the one way that they name, complete, and always the same."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from case_checks import (
    LISTS,
    OF_BOTH,
    check_faults_are_single,
    check_faults_reach_all,
    check_ids,
    check_variants_are_legal,
    check_variants_show_all,
    responses,
)
from constraints import not_shown
from shape_values import BOTH, structure, toy

from cp_fixtures.cases import Case, errors, invalid_requests, invalid_responses, variants
from cp_fixtures.cases.answers import usual_request
from cp_fixtures.cases.covering import covering
from cp_fixtures.cases.faulty import faulty_requests, faulty_responses
from cp_fixtures.cases.making import Style, made
from cp_fixtures.errors import UsageError
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import CODES, OUTCOMES, validate_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.exchanges import Exchange

OTHERS = ["get_segment_definition", "search_profiles", "create_domain", "tag_resource"]


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
def test_every_variant_is_legal(operation: str) -> None:
    """The validator finds nothing, and botocore's own agrees, of the response and of the request."""
    check_variants_are_legal(operation)


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
def test_the_variants_show_all_that_a_response_can_have(operation: str) -> None:
    """Each optional member present and absent, each enum's values, each bound, each list empty, with one, and full."""
    check_variants_show_all(operation)


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
def test_every_fault_is_the_only_one(operation: str) -> None:
    """The validator finds what the case names, and nothing else."""
    check_faults_are_single(operation)


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
def test_the_faults_reach_every_rule_of_every_place(operation: str) -> None:
    """An independent walk over the shapes finds no rule that could be broken alone and is not."""
    check_faults_reach_all(operation)


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
@pytest.mark.parametrize("cases", LISTS)
def test_ids_are_unique_and_readable(cases: Callable[[str], list[Case[Any]]], operation: str) -> None:
    """Nothing in them has to be quoted for a shell or a test runner; `ids=str` shows them."""
    check_ids(cases, operation)


@pytest.mark.parametrize("operation", BOTH)
def test_each_member_is_absent_while_all_others_are_there(operation: str) -> None:
    """Any two members stand in all four ways: both, one, the other, none."""
    found = OUTCOMES[operation]
    profiles = [
        entry[found.profile] if found.profile else entry
        for response in responses(variants(operation))
        for entry in response.get(found.found, [])
        if found.profile is None or found.profile in entry
    ]
    members = nodes().shape("Profile").members.keys() - {"ProfileId"}
    for one, other in itertools.combinations(sorted(members), 2):
        ways = {(one in profile, other in profile) for profile in profiles}
        assert ways == {(True, True), (True, False), (False, True), (False, False)}, (one, other)


@pytest.mark.parametrize("operation", BOTH)
def test_outcomes_alone_and_mixed(operation: str) -> None:
    """How many are found and refused: none, one or the most of one kind alone, and some of each."""
    members, node = OUTCOMES[operation], nodes().input(operation)
    most = node.members["ProfileIds"].max if node else 0
    counts = {
        (len(response.get(members.found, ())), len(response.get(members.refused, ())))
        for response in responses(variants(operation))
    }
    assert {(1, 0), (0, 1), (most, 0), (0, most)} <= counts
    assert any(found and refused for found, refused in counts)
    results = [
        {entry.get("QueryResult") for entry in response.get(members.found, ())}
        for response in responses(variants(operation))
    ]
    assert operation == "batch_get_profile" or {"PRESENT", "ABSENT"} in results


@pytest.mark.parametrize("operation", BOTH)
def test_requests_of_every_kind(operation: str) -> None:
    """One id and the most, an id twice, entries in another order; names at their shortest and longest."""
    asked = [case.value.request for case in variants(operation)]
    node = nodes().input(operation)
    assert node is not None
    assert not_shown(node, asked) == []
    assert any(len({*request["ProfileIds"]}) < len(request["ProfileIds"]) for request in asked)
    (other,) = (case.value for case in variants(operation) if case.id == "other-order")
    order = [entry["ProfileId"] for entry in other.response["Profiles"]]
    assert order == [each for each in reversed(other.request["ProfileIds"]) if each in order]
    assert order != sorted(order, key=other.request["ProfileIds"].index)


@pytest.mark.parametrize("operation", [*BOTH, *OTHERS])
def test_an_error_of_each_kind(operation: str) -> None:
    """Each that the model lists, with its HTTP status; the variants end with them."""
    known = nodes().errors(operation)
    cases = errors(operation)
    assert [case.id for case in cases] == [*known]
    assert {case.value.error_code: case.value.error["ResponseMetadata"]["HTTPStatusCode"] for case in cases} == {
        code: error.status for code, error in known.items()
    }
    assert [case.value for case in variants(operation)][-len(known) :] == [case.value for case in cases]


def test_the_rules_of_request_and_response_are_broken_too() -> None:
    """All of them; batch_get_profile repeats no name."""
    codes = {
        operation: {case.violation.rule for case in invalid_responses(operation) if case.violation}
        for operation in BOTH
    }
    assert codes["get_segment_membership"] >= OF_BOTH
    assert codes["batch_get_profile"] >= OF_BOTH - {"echo", "nested_id"}
    assert codes["batch_get_profile"] <= CODES.keys() - {"echo"}


@pytest.mark.parametrize("operation", BOTH)
def test_a_faulty_response_asks_for_what_it_answers(operation: str) -> None:
    """The request is legal and has ids, or is left open: where an id, or the name of the segment, is the fault."""
    for case in invalid_responses(operation):
        request = case.value.request
        if request is None:
            assert case.violation is not None
            assert case.violation.steps[-1:] in [("ProfileId",), ("SegmentDefinitionName",)], case.id
        else:
            assert validate_request(operation, request) == [], case.id


def test_ids_read_like_places() -> None:
    """A path, and what is wrong there; for the legal ones, what is varied."""
    wrong = {str(case) for case in invalid_responses("batch_get_profile")}
    assert wrong >= {
        "Profiles=tuple-for-list", "Profiles[0].Address.City=too-long", "Profiles[0].Gender=not-in-enum",
        "Profiles[0].FoundByItems=too-few", "Errors[0].Code=missing", "Errors[1]=left-out",
        "Profiles[0].NotInTheModel=unknown", "Profiles[1].ProfileId=hyphens",
        "Profiles[0].Attributes.LoyaltyTier=key-too-long", "Profiles[1]=refused-too",
    }  # fmt: skip
    legal = {str(case) for case in variants("get_segment_membership")}
    assert legal >= {
        "one-present", "100-absent", "mixed", "other-order", "one-refused-without-Profiles", "found-most",
        "found-Gender=UNSPECIFIED", "found-without-Profile.EmailAddress", "error=ThrottlingException",
    }  # fmt: skip
    assert {str(case) for case in invalid_requests("batch_get_profile")} >= {
        "DomainName=missing", "ProfileIds=too-many", "ProfileIds[0]=hyphens", "NotInTheModel=unknown",
    }  # fmt: skip


@pytest.mark.parametrize("cases", LISTS)
def test_an_operation_that_there_is_none_of(cases: Callable[[str], list[Case[Any]]]) -> None:
    """It is refused, with the one that was meant."""
    with pytest.raises(UsageError) as caught:
        cases("batch_get_profil")
    assert "Did you mean 'batch_get_profile'" in str(caught.value)


@pytest.mark.parametrize("cases", LISTS)
def test_each_list_is_its_taker_s_own(cases: Callable[[str], list[Case[Any]]]) -> None:
    """Who changes a case's value, or the list, changes no other list."""
    first = cases("get_domain")
    for case in first:
        if isinstance(case.value, dict):
            case.value.clear()
    second = cases("get_domain")
    assert first == second
    first.clear()
    assert second == cases("get_domain")


def test_a_case_is_handed_to_several_tests() -> None:
    """What one of them changes is not what the next one gets, at any depth."""
    case = next(each for each in invalid_requests("batch_get_profile") if each.id == "ProfileIds[0]=hyphens")
    case.value["ProfileIds"].clear()  # type: ignore[attr-defined]
    assert validate_request("batch_get_profile", case.value) == [case.violation]


ODD = toy(
    Text={"type": "string"},
    Never={"type": "string", "pattern": "^(?!)$"},
    Tree=structure(Name="Text", Branches="Branches", Grown="Grown", By="ByName"),
    Branches={"type": "list", "member": {"shape": "Tree"}},
    Grown={"type": "list", "member": {"shape": "Tree"}, "min": 1},
    ByName={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Tree"}},
    Grove={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Loop"}, "min": 1},
    Loop=structure("Loop", Loop="Loop"),
    Either={**structure(Never="Never", Text="Text"), "union": True},
    Flags={"type": "list", "member": {"shape": "Flag"}, "max": 2},
    Flag={"type": "boolean"},
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Tree", {"Name": "text", "Branches": [], "By": {}}), ("Loop", None), ("Grove", None), ("Either", None),
     ("Never", None), ("Flags", [True])],
)  # fmt: skip
def test_what_cannot_be_made(name: str, wanted: Any) -> None:
    """What contains itself, or matches nothing, is left out; where it has to be there, there is no value."""
    value = made(ODD.shape(name), Style(known={"Name": "text"}))
    assert value == wanted


def test_a_union_whose_first_member_cannot_be_made() -> None:
    """The other one can."""
    node = ODD.shape("Either")
    assert covering(node, {})["Either=Text-least"] == {"Text": ""}
    assert covering(node, {"Text": "text"}) == {"Either=Text": {"Text": "text"}}


def test_an_operation_without_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to break in them, nor in a response without members."""
    monkeypatch.setattr("cp_fixtures.cases.answers.nodes", toy)
    monkeypatch.setattr("cp_fixtures.cases.faulty.nodes", toy)
    assert usual_request("do") == {}
    assert faulty_requests("do") == []
    assert faulty_responses("do") == []


def test_a_case_is_plain() -> None:
    """It shows its id, compares by content, and can be sent to another process."""
    case = Case("one", {"a": 1})
    assert f"{case}" == "one"
    assert case == Case("one", {"a": 1}, None)
    assert repr(case) == "Case('one', {'a': 1}, None)"
    whole = variants("batch_get_profile")[0]
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 - made here


PRINTED = """
from cp_fixtures.cases import errors, invalid_requests, invalid_responses, variants
for operation in ("batch_get_profile", "get_segment_membership", "create_domain"):
    for cases in (variants, errors, invalid_responses, invalid_requests):
        for case in cases(operation):
            value = case.value if isinstance(case.value, dict) else (case.value.request, case.value.response)
            print(case, case.violation, ascii(value))
"""


def test_the_same_in_every_process() -> None:
    """Ids, values and violations do not depend on the order of a hash, nor on the folder."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(printed) == 1
    assert len(printed.pop().splitlines()) > 1000


PARAMETRIZED = """
import pytest
from cp_fixtures import validate_request
from cp_fixtures.cases import invalid_requests, variants

@pytest.mark.parametrize("case", variants("batch_get_profile"), ids=str)
def test_variants(case):
    assert case.violation is None

@pytest.mark.parametrize("case", invalid_requests("get_segment_membership"), ids=str)
def test_invalid(case):
    assert validate_request("get_segment_membership", case.value) == [case.violation]
"""


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_as_parameters(pytester: pytest.Pytester, options: list[str]) -> None:
    """Every case is a test of its own, be the tests collected once or by each of two workers."""
    if options:
        pytest.importorskip("xdist")
    pytester.makepyfile(PARAMETRIZED)
    result = pytester.runpytest_subprocess(*options)
    count = len(variants("batch_get_profile")) + len(invalid_requests("get_segment_membership"))
    result.assert_outcomes(passed=count)


def whole_names(response: Any) -> None:
    """A consumer with every guard: it copes with whatever the service may say."""
    for entry in response.get("Profiles", []):
        profile = entry.get("Profile", {}) if "QueryResult" in entry else entry
        " ".join(profile[name] for name in ("FirstName", "LastName") if name in profile)
    for each in (*response.get("Errors", []), *response.get("Failures", [])):
        str(each["ProfileId"]) + str(each["Message"])


def counts_refused(response: Any) -> None:
    """Bug: takes the list of what was refused for granted."""
    len(response.get("Failures") if "SegmentDefinitionName" in response else response["Errors"])


def counts_found(response: Any) -> None:
    """Bug: takes the list of what was found for granted."""
    len(response["Profiles"])


def reads_the_first(response: Any) -> None:
    """Bug: there is always somebody."""
    assert response.get("Profiles", [])[0]


def reads_the_mail_address(response: Any) -> None:
    """Bug: everybody has one."""
    for profile in response.get("Profiles", []):
        assert "@" in profile["EmailAddress"]


def reads_the_city(response: Any) -> None:
    """Bug: who has an address lives in a city."""
    for profile in response.get("Profiles", []):
        assert profile.get("Address", {"City": "nowhere"})["City"]


def calls_the_mobile(response: Any) -> None:
    """Bug: who has no telephone has a mobile one."""
    for profile in response.get("Profiles", []):
        assert profile.get("PhoneNumber") or profile["MobilePhoneNumber"]


def greets(response: Any) -> None:
    """Bug: there are men and women."""
    for profile in response.get("Profiles", []):
        assert {"MALE": "Mr", "FEMALE": "Ms", None: ""}[profile.get("Gender")] is not None


def stores(response: Any) -> None:
    """Bug: a column of 100 characters, where 255 come."""
    for profile in response.get("Profiles", []):
        assert profile.get("LastName", "")[:100] == profile.get("LastName", "")


def stores_bytes(response: Any) -> None:
    """Bug: a name is ASCII."""
    for profile in response.get("Profiles", []):
        profile.get("FirstName", "").encode("ascii")


def abbreviates(response: Any) -> None:
    """Bug: a name has a second letter."""
    for profile in response.get("Profiles", []):
        assert "FirstName" not in profile or profile["FirstName"][1]


def reads_the_first_preference(response: Any) -> None:
    """Bug: who has preferences has one by e-mail."""
    for profile in response.get("Profiles", []):
        assert profile.get("EngagementPreferences", {"Email": [1]})["Email"][0]


def gives_up_on_errors(response: Any) -> None:
    """Bug: where one is refused, nobody was found."""
    assert not (response.get("Errors") and response.get("Profiles"))


def joins_in_order(request: Any, response: Any) -> None:
    """Bug: the answers come in the order of the ids."""
    asked = [each for each in request["ProfileIds"] if each in {p["ProfileId"] for p in response.get("Profiles", [])}]
    assert [profile["ProfileId"] for profile in response.get("Profiles", [])] == asked


def counts_all(request: Any, response: Any) -> None:
    """Bug: there are as many answers as ids, also where an id was asked for twice."""
    assert len(response.get("Profiles", [])) + len(response.get("Errors", [])) == len(request["ProfileIds"])


def reads_the_profile(response: Any) -> None:
    """Bug: who is in the answer is in the segment, with a Profile."""
    for result in response.get("Profiles", []):
        assert result["Profile"] is not None


def reads_the_present(response: Any) -> None:
    """Bug: who is present has a Profile."""
    for result in response.get("Profiles", []):
        assert result["QueryResult"] == "ABSENT" or result["Profile"] is not None


def takes_all_for_present(response: Any) -> None:
    """Bug: knows one value of the enum."""
    for result in response.get("Profiles", []):
        assert {"PRESENT": True}[result["QueryResult"]]


def reads_the_status(response: Any) -> None:
    """Bug: a failure always has one."""
    for failure in response.get("Failures", []):
        assert failure["Status"] is not None


def converts_the_status(response: Any) -> None:
    """Bug: what is not there is no number."""
    for failure in response.get("Failures", []):
        int(failure.get("Status"))


def reads_the_time(response: Any) -> None:
    """Bug: the service always says when it computed."""
    assert response["LastComputedAt"]


def says_why(response: Any) -> None:
    """Bug: there is always a reason."""
    for failure in response.get("Failures", []):
        assert failure["Message"][0]


OF_BATCH: list[Callable[..., None]] = [
    counts_refused, counts_found, reads_the_first, reads_the_mail_address, reads_the_city, calls_the_mobile, greets,
    stores, stores_bytes, abbreviates, reads_the_first_preference, gives_up_on_errors, joins_in_order, counts_all,
]  # fmt: skip
OF_MEMBERSHIP: list[Callable[..., None]] = [
    counts_found, reads_the_first, reads_the_profile, reads_the_present, takes_all_for_present, reads_the_status,
    converts_the_status, reads_the_time, says_why, joins_in_order,
]  # fmt: skip
SINCE = {reads_the_first_preference: "EngagementPreferences"}


def fails(consumer: Callable[..., None], exchange: Exchange) -> bool:
    """Whether the consumer cannot take the answer."""
    try:
        if consumer.__code__.co_argcount == 1:
            consumer(exchange.response)
        else:
            consumer(exchange.request, exchange.response)
    except (AssertionError, IndexError, KeyError, TypeError, UnicodeError):
        return True
    return False


@pytest.mark.parametrize(
    ("operation", "consumer"),
    [
        *(("batch_get_profile", consumer) for consumer in OF_BATCH),
        *(("get_segment_membership", consumer) for consumer in OF_MEMBERSHIP),
    ],
)
def test_a_bug_in_a_consumer_is_found(operation: str, consumer: Callable[..., None]) -> None:
    """At least one variant breaks it; and not all do, so that one sees which."""
    if SINCE.get(consumer, "FirstName") not in nodes().shape("Profile").members:
        pytest.skip("an older model has no such member")
    answered = [case for case in variants(operation) if case.value.error is None]
    found = [case.id for case in answered if fails(consumer, case.value)]
    assert found
    assert len(found) < len(answered) or consumer is reads_the_time


@pytest.mark.parametrize("operation", BOTH)
def test_a_careful_consumer_takes_every_variant(operation: str) -> None:
    """None is out of the ordinary for code that reads no more than the model promises."""
    answered = [case for case in variants(operation) if case.value.error is None]
    assert [case.id for case in answered if fails(whole_names, case.value)] == []

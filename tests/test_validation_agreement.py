"""The rules of a request and its response together, each broken alone; and a second opinion on all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cp_fixtures import strategies
from cp_fixtures.shapes import Nodes, nodes, shape_node
from cp_fixtures.validation import OUTCOMES, is_about_ids, validate, validate_beside
from cp_fixtures.validation.agreement import _about_ids, _surely_agree

A, B, C = ("a" * 32, "b" * 32, "c" * 32)
RULES = {"outcome_missing", "outcome_unasked", "outcome_twice", "echo", "nested_id"}
SINCE_ENGAGEMENT = pytest.mark.skipif(
    "EngagementPreferences" not in shape_node("Profile").members, reason="an older model has no such member"
)


def batch(found: list[str], refused: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """A response of batch_get_profile."""
    errors = [{"ProfileId": each, "Code": "C", "Message": "M"} for each in refused or []]
    return {"Profiles": [{"ProfileId": each, **more} for each in found], "Errors": errors}


def membership(found: list[str], refused: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """A response of get_segment_membership."""
    failures = [{"ProfileId": each, "Message": "M"} for each in refused or []]
    profiles = [{"ProfileId": each, "QueryResult": "PRESENT", **more} for each in found]
    return {"SegmentDefinitionName": "vip", "Profiles": profiles, "Failures": failures}


def told(operation: str, response: dict[str, Any], ids: Any, **request: Any) -> list[tuple[str, str]]:
    """Each violation's rule and words."""
    request = {"ProfileIds": ids, **request}
    return [(each.rule, str(each)) for each in validate(operation, response, request=request)]


MESSAGES = [
    (batch([A]), [A, B], "outcome_missing", f"(top): wanted an outcome for '{B}', got none"),
    (batch([A, B]), [A], "outcome_unasked", f"Profiles[1].ProfileId: wanted an id of the request, got '{B}'"),
    (batch([A], [B]), [A], "outcome_unasked", f"Errors[0].ProfileId: wanted an id of the request, got '{B}'"),
    (
        batch([A, A]),
        [A],
        "outcome_twice",
        f"Profiles[1].ProfileId: wanted one outcome for each id, got '{A}', which Profiles[0].ProfileId has",
    ),
    (
        batch([A, B], [B]),
        [A, B],
        "outcome_twice",
        f"Errors[0].ProfileId: wanted one outcome for each id, got '{B}', which Profiles[1].ProfileId has",
    ),
]


@pytest.mark.parametrize(("response", "ids", "rule", "wanted"), MESSAGES)
def test_outcomes_of_batch_get_profile(response: dict[str, Any], ids: list[str], rule: str, wanted: str) -> None:
    """One rule is broken, and that one is told, with the place."""
    assert told("batch_get_profile", response, ids) == [(rule, wanted)]


def test_outcomes_of_get_segment_membership() -> None:
    """The same rules hold for its lists."""
    name = {"SegmentDefinitionName": "vip"}
    assert told("get_segment_membership", membership([A], [B, C]), [A, B, C], **name) == []
    assert told("get_segment_membership", membership([A], [A]), [A, B], **name) == [
        (
            "outcome_twice",
            f"Failures[0].ProfileId: wanted one outcome for each id, got '{A}', which Profiles[0].ProfileId has",
        ),
        ("outcome_missing", f"(top): wanted an outcome for '{B}', got none"),
    ]


@pytest.mark.parametrize(
    ("name", "response", "wanted"),
    [
        ("vip", membership([A]), []),
        ("new", membership([A]), ["SegmentDefinitionName: wanted 'new', as in the request, got 'vip'"]),
        ("vip", {}, ["SegmentDefinitionName: wanted 'vip', as in the request, got nothing"]),
        (mock.ANY, membership([A]), []),
        (None, membership([A]), []),
    ],
    ids=["same", "other", "none", "any", "not-said"],
)  # fmt: skip
def test_the_segment_is_repeated(name: Any, response: dict[str, Any], wanted: list[str]) -> None:
    """The response names the segment that was asked about; an object that compares equal decides for itself."""
    found = told("get_segment_membership", response, None, SegmentDefinitionName=name)
    assert found == [("echo", each) for each in wanted]


def test_the_profile_of_a_member_is_its_own() -> None:
    """A Profile inside a result has the result's id."""
    assert validate("get_segment_membership", membership([A], Profile={"ProfileId": A})) == []
    (found,) = validate("get_segment_membership", membership([A], Profile={"ProfileId": B}))
    assert found.rule == "nested_id"
    assert str(found) == f"Profiles[0].Profile.ProfileId: wanted the profile's own id '{A}', got another one, '{B}'"


@SINCE_ENGAGEMENT
@pytest.mark.parametrize("kind", ["Phone", "Email"])
def test_the_ids_of_a_profile_s_preferences_are_its_own(kind: str) -> None:
    """Wherever a Profile repeats its id; preferences are sensitive, so that their value is not shown."""
    preferences: Any = {"EngagementPreferences": {kind: [{}, {"ProfileId": A}, {"ProfileId": B}]}}
    place = f"EngagementPreferences.{kind}[2].ProfileId"
    wanted = f"wanted the profile's own id '{A}', got another one, a str of length 32"
    for operation, response, start in [
        ("batch_get_profile", batch([A], **preferences), "Profiles[0]"),
        ("get_segment_membership", membership([A], Profile=preferences), "Profiles[0].Profile"),
    ]:
        assert [str(each) for each in validate(operation, response)] == [f"{start}.{place}: {wanted}"]


def test_an_id_in_a_place_that_the_model_has_not() -> None:
    """It is compared, and not shown: nobody knows whether it is sensitive."""
    fax: Any = {"EngagementPreferences": {"Fax": [{"ProfileId": B}]}}
    (found,) = validate("batch_get_profile", batch([A], **fax), ignore={"unknown"})
    assert found.path == "Profiles[0].EngagementPreferences.Fax[0].ProfileId"
    assert found.got == "another one, a str of length 32"


@pytest.mark.parametrize(
    "ids", [None, mock.ANY, "a" * 32, [A, mock.ANY], {A: 1}], ids=["none", "any", "text", "partly", "dict"]
)
def test_ids_that_are_not_known(ids: Any) -> None:
    """Where the request has no list of texts, its ids are not compared; the response still has to agree with itself."""
    assert told("batch_get_profile", batch([A]), ids) == []
    assert [rule for rule, _ in told("batch_get_profile", batch([A, A]), ids)] == ["outcome_twice"]


def test_ids_asked_for_twice_or_in_a_tuple() -> None:
    """The same id twice has one outcome; a tuple is a list to botocore."""
    assert told("batch_get_profile", batch([A]), (A, A)) == []
    assert [rule for rule, _ in told("batch_get_profile", batch([A]), (A, B))] == ["outcome_missing"]


def test_an_id_answered_three_times() -> None:
    """Each time after the first is told, with the place of the first."""
    found = validate("batch_get_profile", batch([A, A], [A]))
    assert [each.path for each in found] == ["Profiles[1].ProfileId", "Errors[0].ProfileId"]
    assert {each.got for each in found} == {f"'{A}', which Profiles[0].ProfileId has"}


@pytest.mark.parametrize(
    "response",
    [{"Profiles": None}, {"Profiles": [None, "x", {"ProfileId": 5}]}, {"Profiles": [{"EngagementPreferences": 5}]},
     {"Profiles": [{"ProfileId": A, "EngagementPreferences": {"Phone": [5], "Email": 5}}]},
     {"Profiles": [{"ProfileId": A, "EngagementPreferences": {"Phone": 5}}]},
     {"Profiles": [{"ProfileId": A, "Profile": {"ProfileId": 5}}]}, {"SegmentDefinitionName": 5}],
)  # fmt: skip
@pytest.mark.parametrize("operation", OUTCOMES)
def test_a_shapeless_response_has_no_rules_of_ids(operation: str, response: dict[str, Any]) -> None:
    """What breaks its shape is told by the shape's rules alone."""
    assert RULES.isdisjoint(violation.rule for violation in validate(operation, response))


def test_other_operations_have_no_such_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor has an operation of the same name in another service."""
    assert is_about_ids("batch_get_profile")
    assert not is_about_ids("get_domain")
    assert validate("get_domain", {}, request={"ProfileIds": [A]}, ignore={"required"}) == []
    monkeypatch.setitem(OUTCOMES, "get_caller_identity", OUTCOMES["batch_get_profile"])
    assert [each.rule for each in validate("get_caller_identity", batch([A, A]), service="sts")] == ["unknown"] * 2


IDS = st.lists(st.sampled_from([A, B, C, "d" * 32]), max_size=5)


@given(IDS, IDS, st.none() | IDS, st.sampled_from(sorted(OUTCOMES)))
def test_a_second_opinion(found: list[str], refused: list[str], asked: list[str] | None, operation: str) -> None:
    """Counting says the same: missing, not asked for, answered more than once."""
    response = batch(found, refused) if operation == "batch_get_profile" else membership(found, refused)
    request = None if asked is None else {"ProfileIds": asked}
    answers = Counter(found + refused)
    wanted = Counter({"outcome_twice": sum(answers.values()) - len(answers)})
    if asked is not None:
        wanted["outcome_missing"] = len({*asked} - {*answers})
        wanted["outcome_unasked"] = len({*answers} - {*asked})
    assert +wanted == Counter(each.rule for each in validate(operation, response, request=request))


class Ids(list[Any]):
    """A list of one's own."""


IDS_AND_JUNK = st.sampled_from([*"abc", *"abc", None, 5, ""])
CONTACTS = st.lists(st.fixed_dictionaries({}, optional={"ProfileId": IDS_AND_JUNK}) | st.none(), max_size=2)
PREFERENCES = st.dictionaries(st.sampled_from(["Phone", "Email"]), CONTACTS | st.sampled_from(["x", 5])) | st.none()
PROFILES = st.fixed_dictionaries({"ProfileId": IDS_AND_JUNK}, optional={"EngagementPreferences": PREFERENCES})
ENTRIES = st.fixed_dictionaries(
    {"ProfileId": IDS_AND_JUNK}, optional={"Profile": PROFILES | st.none(), "EngagementPreferences": PREFERENCES}
)
LISTS = (
    st.lists(ENTRIES | st.none(), max_size=3) | st.lists(ENTRIES, max_size=3).map(Ids) | st.just(({"ProfileId": "a"},))
)


@pytest.mark.parametrize("operation", [*OUTCOMES])
@given(
    asked=st.none() | st.lists(st.sampled_from("abc")).map(dict.fromkeys),
    response=st.fixed_dictionaries({}, optional={"Profiles": LISTS, "Errors": LISTS, "Failures": LISTS}),
)
def test_one_glance_sees_no_less(operation: str, asked: dict[str, None] | None, response: dict[str, Any]) -> None:
    """Where a glance finds that all agrees, to look at each id finds nothing either."""
    members = OUTCOMES[operation]
    agrees = _surely_agree(members, asked, response)
    event(f"one glance: {agrees}")
    assert not (agrees and [*_about_ids(members, None, asked, response)])


@pytest.mark.parametrize("name", ["batch_get_profile_exchanges", "get_segment_membership_exchanges"])
@given(data=st.data())
def test_one_glance_will_do_for_what_is_well_formed(name: str, data: st.DataObject) -> None:
    """What an exchange has is not looked at one by one."""
    exchange = data.draw(getattr(strategies, name)())
    asked = dict.fromkeys(exchange.request["ProfileIds"])
    assert _surely_agree(OUTCOMES[exchange.operation], asked, exchange.response)


@pytest.mark.parametrize(
    ("errors", "asked", "rules"),
    [
        ([], ["a" * 32], []),
        ([{"ProfileId": "b" * 32}], ["a" * 32, "b" * 32], ["required", "required"]),
        ([], ["a" * 32, "b" * 32], ["outcome_missing"]),
        ([], ["b" * 32], ["outcome_unasked", "outcome_missing"]),
    ],
)
def test_beside_a_list_of_legal_entries_all_else_is_judged(
    errors: list[dict[str, Any]], asked: list[str], rules: list[str]
) -> None:
    """What stands beside it, and whether the outcomes are those asked for; its entries need no more than their ids."""
    request = {"DomainName": "d", "ProfileIds": asked}
    response = {"Profiles": [{"ProfileId": "a" * 32, "FirstName": ""}], "Errors": errors}
    found = validate_beside("batch_get_profile", response, "Profiles", request=request, ignore=())
    assert [each.rule for each in found] == rules
    left = validate_beside("batch_get_profile", response, "Profiles", request=request, ignore=frozenset(rules))
    assert left == []


def test_the_length_of_a_list_of_legal_entries_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a model of tomorrow has a limit for it."""
    node = nodes().output("batch_get_profile")
    assert node is not None
    short = replace(node.members["Profiles"], max=1, kept={})
    changed = replace(node, members={**node.members, "Profiles": short}, kept={})
    monkeypatch.setattr(Nodes, "output", lambda _self, _operation: changed)
    response = {"Profiles": [{"ProfileId": "a" * 32}, {"ProfileId": "b" * 32}], "Errors": []}
    found = validate_beside("batch_get_profile", response, "Profiles", request=None, ignore=())
    assert [each.rule for each in found] == ["max"]

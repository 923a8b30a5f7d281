"""What the strategies refuse, and in which words; what they say they are; what they cost before they are used."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from seeking import sought

from cp_fixtures import OMIT, InvalidRequest, InvalidResponse, strategies

if TYPE_CHECKING:
    from collections.abc import Callable

ID = "0" * 32
IDS = [ID, "1" * 32]
NUMBERS: st.SearchStrategy[Any] = st.just(5)
OVERRIDDEN_TWICE: dict[str, dict[str, Any]] = {
    "Address__City": {"Address": OMIT, "Address__City": "Paris"},
    "Address": {"Address__City": "Paris", "Address": st.just({})},
    "Address__State": {"Address__State": "WA", "Address": {"State": "OR"}},
    "BillingAddress": {"BillingAddress__City": "Paris", "BillingAddress": OMIT},
}
batch, segment = strategies.batch_get_profile_exchanges, strategies.get_segment_membership_exchanges


def refusal(make: Callable[[], st.SearchStrategy[Any]]) -> str:
    """What is said of the arguments, at once or when the strategy is first used."""
    with pytest.raises(InvalidArgument) as caught:
        make().validate()
    return str(caught.value)


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (
            lambda: strategies.profiles(kind="reall"),  # type: ignore[arg-type]
            "There is no kind 'reall'. There are 2, and it is none of them. Use one of realistic, any.",
        ),
        (
            lambda: strategies.profiles(kind="any", locale="de_DE"),
            "profiles of the kind 'any' have no locale. They are texts of any script. Leave locale= or kind= out.",
        ),
        (
            lambda: strategies.profiles(Firstname="Ann"),
            ("There is no member of Profile 'Firstname'. It is none of them. Did you mean 'FirstName'?"),
        ),
        (
            lambda: strategies.addresses(City__Name="Paris"),
            (
                "There is no member 'Name' of string1To255, in City__Name. It has no members. "
                "Override it, or what is above it, as a whole."
            ),
        ),
        (
            lambda: strategies.from_shape("Profil"),
            "There is no shape 'Profil'. It is none of them. Did you mean 'Profile' or 'Profiles' or 'ProfileId'?",
        ),
        (
            lambda: strategies.requests("BatchGetProfile"),
            (
                "There is no operation 'BatchGetProfile'. An operation is named as boto3 spells its method. "
                "Use 'batch_get_profile'."
            ),
        ),
        (
            lambda: strategies.requests("batch_get_profile", overrides={"DomainName": OMIT}),
            "DomainName is OMIT. BatchGetProfileRequest requires it. Override it with a value or a strategy instead.",
        ),
        (
            lambda: batch(min_ids=0),
            "min_ids is 0. It counts from 1 or more. Give such a whole number.",
        ),
        (
            lambda: batch(min_ids=5, max_ids=4),
            "max_ids is 4. It counts from 5 or more. Give such a whole number.",
        ),
        (
            lambda: batch(max_ids=21),
            (
                "A request of batch_get_profile was to ask for 21 ids. One call takes 20. "
                "Ask for fewer; more are several calls, with an exchange each."
            ),
        ),
        (
            lambda: batch(outcomes="found"),
            "outcomes is 'found'. It is a sequence of names. Give some of 'found', 'refused', 'left_out'.",
        ),
        (
            lambda: batch(outcomes=[]),
            "outcomes is empty. Then nothing can be drawn. Give some of 'found', 'refused', 'left_out'.",
        ),
        (
            lambda: segment(outcomes=["abset"]),
            "There is no name for outcomes 'abset'. There are 4, and it is none of them. Did you mean 'absent'?",
        ),
        (
            lambda: batch(profile_ids=IDS, max_ids=2),
            (
                "profile_ids are 2 ids, and min_ids or max_ids is given too. Every request asks for all of them. "
                "Leave the bounds out, or give a strategy: st.sampled_from(ids)."
            ),
        ),
        (
            lambda: batch(profile_ids=[ID, ID]),
            "profile_ids has an id twice. Each id has one outcome. Give each once, and repeats=True.",
        ),
        (
            lambda: batch(profile_ids=ID),
            (
                f"profile_ids is '{ID}'. It is a strategy of ids, or a list of the ids that every request asks for. "
                "Give one of the two, or leave it out for any ids."
            ),
        ),
        (
            lambda: batch(domain_names="mine"),  # type: ignore[arg-type]
            "domain_names is 'mine'. It is drawn from. Give a strategy, such as st.just('mine').",
        ),
        (
            lambda: batch(repeats=st.booleans()),  # type: ignore[arg-type]
            "repeats is booleans(). It says whether. Give True or False.",
        ),
        (
            lambda: segment(shuffle=1),  # type: ignore[arg-type]
            "shuffle is 1. It says whether. Give True, False, or a strategy: st.booleans().",
        ),
        (
            lambda: strategies.errors("batch_get_profile", messages="Slow down"),  # type: ignore[arg-type]
            "messages is 'Slow down'. It is drawn from. Give a strategy, such as st.just('Slow down').",
        ),
        (
            lambda: strategies.from_shape("Profile", overrides=["FirstName"]),  # type: ignore[arg-type]
            (
                "overrides is ['FirstName']. It is a dict of values or strategies, by a member's name or path. "
                'Give one, such as {"Address__City": "Paris"}.'
            ),
        ),
        (
            lambda: strategies.from_shape("Profile", overrides={1: "Ann"}),  # type: ignore[dict-item]
            "An override is for 1. A member's name, or a path, is a text. Name a member.",
        ),
        *(
            (
                partial(strategies.profiles, **overrides),
                (
                    f"{name} is overridden twice. One override is for it, another for it too, for a part of it, "
                    "or for what it is a part of. Give one of them; or a dict for what they are parts of."
                ),
            )
            for name, overrides in OVERRIDDEN_TWICE.items()
        ),
        (
            lambda: strategies.errors("batch_get_profile", codes=["Throttling"]),
            (
                "There is no name for codes 'Throttling'. There are 5, and it is none of them. "
                "Did you mean 'ThrottlingException'?"
            ),
        ),
        (
            lambda: strategies.invalid_requests("batch_get_profile", rules={"maximum"}),
            "There is no name for rules 'maximum'. There are 18, and it is none of them. Did you mean 'max'?",
        ),
        (
            lambda: strategies.invalid_requests("batch_get_profile", rules={"echo", "enum"}),
            (
                "There is no fault to draw for rules=['echo', 'enum']. Nothing in a request of batch_get_profile has "
                "such a rule. Give some of 'type', 'required', 'unknown', 'min', 'max', 'pattern', 'unicode'."
            ),
        ),
        (
            lambda: strategies.invalid_responses("list_tags_for_resource", rules={"outcome_missing"}),
            (
                "There is no fault to draw for rules=['outcome_missing']. "
                "Nothing in a response of list_tags_for_resource has such a rule. "
                "Give some of 'type', 'unknown', 'min', 'max', 'pattern', 'unicode'."
            ),
        ),
        (
            lambda: strategies.requests("create_user", service="connect"),
            (
                "CreateUserRequest cannot be drawn in 1 place:\n"
                "  Password: No text of 0 or more characters can be drawn with a match of the pattern "
                r"'/^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d\\S]{8,64}$/'. No text was found that is as it says. "
                "Override the member with a strategy or a value of your own, or leave it out with OMIT.\n"
                "Override each of them by its path."
            ),
        ),
    ],
)
def test_what_is_refused(make: Callable[[], st.SearchStrategy[Any]], wanted: str) -> None:
    """What it is, why, and what to give instead."""
    # How many shapes and members there are is botocore's affair.
    said = re.sub(r"botocore \S+ knows \d+, and this|There are 2\d, and it", "It", refusal(make))
    assert said == wanted


@pytest.mark.parametrize(
    ("override", "wanted"),
    [
        (
            {"FirstName": ""},
            (
                "An override of Profile gave a value that breaks the service model:\n"
                "  FirstName: wanted at least 1 character, got 0 characters\n"
                "Give a value, or a strategy, that the model allows."
            ),
        ),
        (
            {"Address__City": st.just(5)},
            (
                "An override of Profile gave a value that breaks the service model:\n"
                "  Address.City: wanted a string, got an int\n"
                "Give a value, or a strategy, that the model allows."
            ),
        ),
    ],
)
@pytest.mark.parametrize("kind", ["realistic", "any"])
def test_an_override_that_breaks_the_model(kind: Any, override: dict[str, Any], wanted: str) -> None:
    """It is told by the validator's own words, when it is drawn."""

    @settings(database=None)
    @given(strategies.profiles(kind=kind, **override))
    def draw(_profile: Any) -> None:
        """It comes to nothing."""

    with pytest.raises(InvalidArgument) as caught:
        draw()
    assert str(caught.value) == wanted


@pytest.mark.parametrize("kind", ["realistic", "any"])
def test_overrides_are_always_there(kind: Any) -> None:
    """By member or by path, as value, strategy or dict; OMIT leaves out, also where it is drawn."""
    drawn = strategies.profiles(
        kind=kind,
        FirstName="Ann",
        Address__City=st.sampled_from(["Paris", "Rome"]),
        BillingAddress={"City": "Oslo", "Country": OMIT},
        LastName=OMIT,
        Gender=st.just(OMIT),
    )

    @given(drawn)
    def check(profile: dict[str, Any]) -> None:
        assert (profile["FirstName"], profile["BillingAddress"]["City"]) == ("Ann", "Oslo")
        assert profile["Address"]["City"] in {"Paris", "Rome"}
        assert not {"LastName", "Gender"} & profile.keys()
        assert "Country" not in profile["BillingAddress"]

    check()


@pytest.mark.parametrize("kind", ["realistic", "any"])
def test_an_override_of_nothing(kind: Any) -> None:
    """The member is there, with whatever it has: a dict says what its members are to be."""

    @given(strategies.profiles(kind=kind, Address={}))
    def check(profile: dict[str, Any]) -> None:
        assert isinstance(profile["Address"], dict)

    check()


@pytest.mark.parametrize("kind", ["realistic", "any"])
def test_no_example_changes_the_next(kind: Any) -> None:
    """A value that is given is copied for each of them."""

    @given(strategies.profiles(kind=kind, Attributes={"tier": "gold"}))
    def check(profile: dict[str, Any]) -> None:
        assert profile["Attributes"] == {"tier": "gold"}
        profile["Attributes"].clear()

    check()


def test_overrides_reach_into_lists() -> None:
    """A list on the way is no step: what is wanted is wanted in each item."""

    @given(strategies.responses("batch_get_profile", overrides={"Profiles__FirstName": "Ann", "Errors": []}))
    def check(response: dict[str, Any]) -> None:
        assert response["Errors"] == []
        assert {profile["FirstName"] for profile in response["Profiles"]} <= {"Ann"}

    check()


def test_overrides_make_drawable() -> None:
    """What has no drawable pattern is overridden, and the rest is drawn."""
    password = {"Password": st.just("/Secret123/")}
    sought(strategies.requests("create_user", service="connect", overrides={"Password": OMIT}))
    with pytest.raises(InvalidArgument, match="Password: wanted a match of"):
        sought(strategies.requests("create_user", service="connect", overrides=password))


def test_the_ids_given_are_asked_for() -> None:
    """A list is asked for as it is, a strategy is drawn from; with repeats an id may come again."""

    @given(batch(profile_ids=IDS), batch(profile_ids=st.sampled_from(IDS), repeats=True))
    def check(every: Any, some: Any) -> None:
        assert every.request["ProfileIds"] == IDS
        assert set(some.request["ProfileIds"]) <= set(IDS)
        assert len(some.request["ProfileIds"]) <= 20

    check()
    repeated = sought(batch(repeats=True), lambda exchange: len(exchange.request["ProfileIds"]) == 2)
    assert len(repeated.response["Profiles"]) in {1, 2}


def test_the_guesses_have_switches() -> None:
    """Empty lists left out, the order changed, names and profiles of the caller's own."""
    sparse = sought(batch(omit_empty=st.booleans()), lambda exchange: "Errors" not in exchange.response)
    assert [*sparse.response] == ["Profiles", "ResponseMetadata"]

    def is_shuffled(exchange: Any) -> bool:
        answered = [profile["ProfileId"] for profile in exchange.response["Profiles"]]
        return bool(answered != exchange.request["ProfileIds"])

    sought(batch(outcomes=["found"], shuffle=True), is_shuffled)
    named = sought(segment(domain_names=st.just("mine"), segment_definition_names=st.just("vips")))
    assert (named.request["DomainName"], named.response["SegmentDefinitionName"]) == ("mine", "vips")
    own = sought(segment(profiles=st.just({"FirstName": "Ann"}), last_computed_at=st.none()))
    assert own.response["Profiles"][0]["Profile"] == {"ProfileId": ID, "FirstName": "Ann"}
    assert "LastComputedAt" not in own.response


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: batch(profile_ids=st.just("no-id")), InvalidRequest),
        (lambda: batch(profiles=st.just({"FirstName": ""})), InvalidResponse),
        (lambda: batch(profiles=NUMBERS), InvalidResponse),
        (lambda: segment(profiles=NUMBERS), InvalidResponse),
        (lambda: batch(errors=NUMBERS, outcomes=["refused"]), InvalidResponse),
        (lambda: segment(failures=st.just({"Code": "x"}), outcomes=["refused"]), InvalidResponse),
    ],
)
def test_values_of_the_caller_s_that_break_the_model(make: Any, error: type[Exception]) -> None:
    """Nothing illegal comes out: the gate of all exchanges says what is wrong."""
    with pytest.raises(error):
        sought(make())


@pytest.mark.parametrize(
    ("strategy", "wanted"),
    [
        (strategies.profile_ids(), "profile_ids()"),
        (strategies.profiles(kind="any", FirstName="Ann"), "profiles(kind='any', FirstName='Ann')"),
        (strategies.requests("batch_get_profile"), "requests('batch_get_profile')"),
        (strategies.from_shape("Tag", service="s3"), "from_shape('Tag', service='s3')"),
        (
            batch(profile_ids=st.just(ID), max_ids=3),
            f"batch_get_profile_exchanges(profile_ids=just('{ID}'), max_ids=3)",
        ),
        (
            segment(outcomes=["absent"], profile_when_absent=True, repeats=True, shuffle=st.booleans()),
            (
                "get_segment_membership_exchanges(outcomes=['absent'], profile_when_absent=True, repeats=True, "
                "shuffle=booleans())"
            ),
        ),
        (strategies.invalid_requests("tag_resource", rules={"max"}), "invalid_requests('tag_resource', rules=['max'])"),
    ],
)
def test_strategies_say_what_they_are(strategy: st.SearchStrategy[Any], wanted: str) -> None:
    """The call that makes one, also in the report of a failing test."""
    assert wanted in repr(strategy)
    strategy.validate()
    assert repr(strategy) == wanted


def test_nothing_is_prepared_before_it_is_used() -> None:
    """Neither Faker nor the service model is loaded by importing, or by making a strategy."""
    script = """
import sys
from cp_fixtures import strategies as s
s.profiles(), s.addresses(), s.requests("batch_get_profile"), s.from_shape("Profile"), s.invalid_responses("x")
s.batch_get_profile_exchanges(), s.get_segment_membership_exchanges(), s.errors("batch_get_profile")
from cp_fixtures.service import service_model
from cp_fixtures.strategies.pools import profile_pool
print(service_model.cache_info().currsize, profile_pool.cache_info().currsize)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]

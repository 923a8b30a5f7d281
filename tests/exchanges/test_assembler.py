"""Counts and partial dicts become one consistent exchange, the same for the same seed and calls."""

from __future__ import annotations

import datetime as dt
import enum
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

import botocore
import pytest
from botocore.validate import ParamValidator
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.exchanges import FIXED_DATE, Assembler, Exchange, error_exchange
from cp_fixtures.factories import OMIT, ProfileFactory
from cp_fixtures.factories.members import PRESETS
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.model import Shape

A, B, C, D = "a" * 32, "b" * 32, "c" * 32, "d" * 32
IDS = [f"{number:032x}" for number in range(1, 101)]
NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)
FICTION = (
    "Code that passes a test with it is tested with a fiction. Correct the values, or leave a rule out by its code: "
)
NO_ANSWER = "A call with it never gets an answer. Correct it, or leave a rule out by its code: "
WHERE = ", here if there is such an argument, else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
since_last_computed = pytest.mark.skipif(
    "LastComputedAt" not in nodes().shape("GetSegmentMembershipResponse").members, reason="since botocore 1.41.6"
)


def batch(*arguments: Any, **options: Any) -> Exchange:
    """The first batch_get_profile of a new assembler."""
    return Assembler(seed=7).batch_get_profile(*arguments, **options)


def segment(*arguments: Any, **options: Any) -> Exchange:
    """The first get_segment_membership of a new assembler."""
    return Assembler(seed=7).get_segment_membership(*arguments, **options)


def outcomes(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Each id that the response speaks of, with what it says; read from the plain dicts."""
    response = exchange.response
    for entry in response.get("Profiles", []):
        yield entry["ProfileId"], entry.get("QueryResult", "found").lower()
    for entry in [*response.get("Errors", []), *response.get("Failures", [])]:
        yield entry["ProfileId"], "refused"


def order(exchange: Exchange) -> list[str]:
    """The ids of the response, as they stand there."""
    return [profile_id for profile_id, _ in outcomes(exchange)]


def assert_whole(exchange: Exchange, wanted: dict[str, int]) -> None:
    """Each distinct id has exactly the outcome that was wanted, and neither we nor botocore find a fault."""
    request, response = exchange.request, exchange.response
    ids = request["ProfileIds"]
    said = dict.fromkeys(ids, "left_out") | dict(outcomes(exchange))
    assert list(said) == ids
    assert len(list(outcomes(exchange))) + wanted["left_out"] == len(ids) == len(set(ids))
    assert Counter(said.values()) == Counter({kind: count for kind, count in wanted.items() if count})
    missing = [each.rule for each in validate(exchange.operation, response, request=request)]
    assert missing == ["outcome_missing"] * wanted["left_out"]
    assert validate_request(exchange.operation, request) == []
    del response["ResponseMetadata"]
    model = operation_model(exchange.operation)
    for value, shape in ((request, model.input_shape), (response, model.output_shape)):
        assert not ParamValidator().validate(value, cast("Shape", shape)).has_errors()


def numbers(most: int, kinds: int) -> st.SearchStrategy[list[int]]:
    """Counts of some kinds, together 1 to so many."""
    return st.lists(st.integers(0, most), min_size=kinds, max_size=kinds).filter(lambda each: 1 <= sum(each) <= most)


COMMON = st.fixed_dictionaries(
    {"shuffle": st.booleans(), "omit_empty": st.booleans(), "preset": st.sampled_from(["minimal", "typical", "full"])}
)


@given(numbers(20, 3), COMMON, st.booleans(), st.integers(0, 2**70))
def test_any_batch_get_profile(counts: list[int], options: dict[str, Any], given_ids: bool, seed: int) -> None:  # noqa: FBT001
    """Whatever is asked for, it is legal, and each id has its one outcome."""
    found, refused, left_out = counts
    ids = IDS[: sum(counts)] if given_ids else None
    exchange = Assembler(seed=seed).batch_get_profile(found, refused, left_out=left_out, profile_ids=ids, **options)
    assert_whole(exchange, {"found": found, "refused": refused, "left_out": left_out})


@given(numbers(12, 4), COMMON, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_any_get_segment_membership(counts: list[int], options: dict[str, Any], switches: tuple[bool, ...]) -> None:
    """Whatever is asked for, it is legal, and each id has its one outcome."""
    present, absent, failures, left_out = counts
    given_ids, when_present, when_absent = switches
    exchange = segment(
        present,
        absent,
        failures,
        left_out=left_out,
        profile_ids=IDS[: sum(counts)] if given_ids else None,
        profile_when_present=when_present,
        profile_when_absent=when_absent,
        **options,
    )
    wanted = {"present": present, "absent": absent, "refused": failures, "left_out": left_out}
    assert_whole(exchange, wanted)


@pytest.mark.parametrize("make", [lambda: batch(20), lambda: segment(98, 1, 1)], ids=["20", "100"])
def test_as_many_as_one_call_takes(make: Callable[[], Exchange]) -> None:
    """20 and 100, with ids and e-mail addresses that are all different."""
    exchange = make()
    ids = exchange.request["ProfileIds"]
    assert len(set(ids)) == len(ids) in {20, 100}
    profiles = [entry.get("Profile", entry) for entry in exchange.response["Profiles"]]
    mails = [profile["EmailAddress"] for profile in profiles if "EmailAddress" in profile]
    assert len(set(mails)) == len(mails)


def test_nothing_said() -> None:
    """One found profile, in the domain and the segment that stand for any."""
    assert list(outcomes(batch())) == [(batch().request["ProfileIds"][0], "found")]
    exchange = segment()
    assert list(outcomes(exchange)) == [(exchange.request["ProfileIds"][0], "present")]
    assert exchange.request["DomainName"] == "amazon-connect-example"
    assert exchange.request["SegmentDefinitionName"] == exchange.response["SegmentDefinitionName"] == "segment-example"


def test_ids_of_ones_own() -> None:
    """They are asked for in their order; the kinds share them in theirs."""
    exchange = batch(errors=1, left_out=1, profile_ids=[D, A, C, B])
    assert exchange.request["ProfileIds"] == [D, A, C, B]
    assert list(outcomes(exchange)) == [(D, "found"), (A, "found"), (C, "refused")]
    about = segment(absent=1, failures=1, profile_ids=(D, A, C))
    assert list(outcomes(about)) == [(D, "present"), (A, "absent"), (C, "refused")]


def test_ids_that_are_made() -> None:
    """They are UUID4s without hyphens, as the service's are."""
    for profile_id in segment(50, 25, 25).request["ProfileIds"]:
        assert uuid.UUID(profile_id).hex == profile_id
        assert uuid.UUID(profile_id).version == 4


def test_names_of_ones_own() -> None:
    """The domain and the segment."""
    exchange = segment(domain_name="d", segment_definition_name="s")
    assert (exchange.request["DomainName"], exchange.response["SegmentDefinitionName"]) == ("d", "s")


def test_a_partial_profile_is_completed() -> None:
    """What is said is there, at any depth; the rest is what would have been made."""
    (profile,) = batch([{"FirstName": "Ann", "Address": {"City": "Paris"}, "BirthDate": OMIT}]).response["Profiles"]
    (plain,) = batch().response["Profiles"]
    assert (profile["FirstName"], profile["Address"]["City"]) == ("Ann", "Paris")
    assert set(profile) == set(plain) - {"BirthDate"}
    assert profile["ProfileId"] == plain["ProfileId"]
    (other,) = batch([{"Address__City": "Paris"}]).response["Profiles"]
    assert other["Address"] == {**plain["Address"], "City": "Paris"}


def test_a_whole_profile_is_taken_as_it_is() -> None:
    """One with a ProfileId; the request asks for it."""
    exchange = batch([{"ProfileId": A, "FirstName": "Ann"}, {}], [{"ProfileId": B, "Code": "X", "Message": "gone"}])
    assert exchange.response["Profiles"][0] == {"ProfileId": A, "FirstName": "Ann"}
    assert exchange.response["Errors"] == [{"ProfileId": B, "Code": "X", "Message": "gone"}]
    ids = exchange.request["ProfileIds"]
    assert (ids[0], ids[2]) == (A, B)


def test_dicts_of_errors() -> None:
    """A partial one is completed; the switches say with what."""
    assert batch(0, [{"Code": "X"}], profile_ids=[A]).response["Errors"] == [
        {"Code": "X", "Message": "Profile not found", "ProfileId": A}
    ]
    options = {"error_code": "InternalServerException", "error_message": "oops"}
    assert batch(0, 1, profile_ids=[A], **options).response["Errors"] == [
        {"Code": "InternalServerException", "Message": "oops", "ProfileId": A}
    ]


@pytest.mark.parametrize(
    ("given_failure", "options", "expected"),
    [
        ({}, {}, {"Message": "Profile not found", "Status": 404}),
        ({"Status": 500}, {}, {"Message": "Profile not found", "Status": 500}),
        ({"Status": OMIT}, {}, {"Message": "Profile not found"}),
        ({}, {"failure_status": OMIT, "failure_message": "oops"}, {"Message": "oops"}),
        ({}, {"failure_status": 500}, {"Message": "Profile not found", "Status": 500}),
        ({"ProfileId": A, "Message": "whole"}, {}, {"Message": "whole"}),
    ],
)
def test_dicts_of_failures(given_failure: dict[str, Any], options: dict[str, Any], expected: dict[str, Any]) -> None:
    """A partial one is completed; the switches say with what."""
    exchange = segment(0, 0, [given_failure], profile_ids=[A], **options)
    assert exchange.response["Failures"] == [{**expected, "ProfileId": A}]


MADE = "a profile that is made"
RESULTS: dict[str, tuple[dict[str, Any], dict[str, Any], Any]] = {
    "nothing": ({}, {}, MADE),
    "nothing, and no profile": ({}, {"profile_when_present": False}, None),
    "partial profile": ({"FirstName": "Ann"}, {}, {"FirstName": "Ann"}),
    "partial profile all the same": ({"FirstName": "Ann"}, {"profile_when_present": False}, {"FirstName": "Ann"}),
    "whole profile": ({"ProfileId": A, "FirstName": "Ann"}, {}, {"ProfileId": A, "FirstName": "Ann"}),
    "id alone": ({"ProfileId": A}, {}, {"ProfileId": A}),
    "id alone, and no profile": ({"ProfileId": A}, {"profile_when_present": False}, None),
    "partial result": ({"QueryResult": "PRESENT"}, {}, MADE),
    "partial result with a partial profile": ({"Profile": {"FirstName": "Ann"}}, {}, {"FirstName": "Ann"}),
    "partial result with a whole profile": ({"Profile": {"ProfileId": A}}, {}, {"ProfileId": A}),
    "partial result without": ({"Profile": OMIT}, {}, None),
    "whole result": ({"ProfileId": A, "QueryResult": "PRESENT"}, {}, None),
    "whole result with a profile": (
        {"ProfileId": A, "QueryResult": "PRESENT", "Profile": {"LastName": "Lee"}},
        {},
        {"LastName": "Lee"},
    ),
}


@pytest.mark.parametrize(("entry", "options", "profile"), RESULTS.values(), ids=RESULTS.keys())
def test_dicts_of_those_present(entry: dict[str, Any], options: dict[str, Any], profile: Any) -> None:
    """A Profile or a ProfileQueryResult, whole or partial."""
    (result,) = segment([entry], profile_ids=[A], **options).response["Profiles"]
    got = result.pop("Profile", None)
    assert result == {"ProfileId": A, "QueryResult": "PRESENT"}
    if profile == MADE or (profile and "ProfileId" not in entry.get("Profile", entry) and "ProfileId" not in entry):
        assert got["ProfileId"] == A
        assert len(got) > 5
    else:
        assert got == profile
    assert profile in (None, MADE) or profile.items() <= got.items()


def test_dicts_of_those_absent() -> None:
    """As of those present, but that nobody has a profile who is not given one."""
    results = segment(0, [{}, {"FirstName": "Ann"}, {"ProfileId": A}]).response["Profiles"]
    assert [result["QueryResult"] for result in results] == ["ABSENT"] * 3
    assert ["Profile" in result for result in results] == [False, True, False]
    assert "Profile" in segment(0, 1, profile_when_absent=True).response["Profiles"][0]


@pytest.mark.parametrize("preset", PRESETS)
def test_presets(preset: str) -> None:
    """What a profile has in it is what the factory's preset has."""
    (profile,) = batch(preset=preset, profile_ids=[A]).response["Profiles"]
    (result,) = segment(preset=preset, profile_ids=[A]).response["Profiles"]
    assert set(result["Profile"]) == set(profile)
    assert preset != "minimal" or profile == {"ProfileId": A}
    assert preset != "business" or "BusinessName" in profile


def test_empty_lists() -> None:
    """They are there, unless they are to be left out."""
    assert batch().response["Errors"] == []
    assert "Errors" not in batch(omit_empty=True).response
    assert segment(0, 0, 1).response["Profiles"] == []
    assert {"Profiles", "Failures"} & segment(0, left_out=1, omit_empty=True).response.keys() == set()


@since_last_computed
def test_when_the_segment_was_computed() -> None:
    """In the day before the fixed date, from the seed; any other, or none, is easy to ask for."""
    times = [Assembler(seed=seed).get_segment_membership().response["LastComputedAt"] for seed in range(20)]
    assert all(FIXED_DATE - dt.timedelta(days=1) < time <= FIXED_DATE for time in times)
    assert len(set(times)) > 15
    assert segment(last_computed_at=NOON).response["LastComputedAt"] == NOON
    assert "LastComputedAt" not in segment(last_computed_at=OMIT).response


@pytest.mark.parametrize("seed", range(12))
def test_shuffled(seed: int) -> None:
    """The response has another order than the request; ids, people and outcomes are the same."""
    plain, shuffled = (
        Assembler(seed=seed).get_segment_membership(2, 0, 3, shuffle=shuffle) for shuffle in (False, True)
    )
    assert shuffled.request == plain.request
    for name in ("Profiles", "Failures"):
        one, other = plain.response[name], shuffled.response[name]
        assert one != other
        assert sorted(one, key=repr) == sorted(other, key=repr)
    assert Assembler(seed=seed).get_segment_membership(2, 0, 3, shuffle=True) == shuffled


def test_shuffled_is_not_turned_round() -> None:
    """A longer list comes in many orders."""
    ids = IDS[:20]
    orders = {tuple(order(Assembler(seed=seed).batch_get_profile(profile_ids=ids, shuffle=True))) for seed in range(10)}
    assert len(orders) == 10
    assert all(sorted(each) == ids != list(each) for each in orders)
    assert order(batch(profile_ids=ids)) == ids


def test_one_cannot_be_shuffled() -> None:
    """A single entry stays where it is."""
    assert batch(1, 1, shuffle=True) == batch(1, 1)


def test_the_same_seed_and_the_same_calls() -> None:
    """They give the same exchanges, years away too."""

    def series(seed: int) -> list[Exchange]:
        assembler = Assembler(seed=seed)
        return [
            assembler.batch_get_profile(2, 1),
            assembler.get_segment_membership(1, 1),
            assembler.batch_get_profile(),
        ]

    with freeze_time("2077-07-07"):
        then = series(7)
    assert series(7) == then
    assert all(one != other for one, other in zip(series(7), series(8), strict=True))


def test_one_call_after_another() -> None:
    """Each has people of its own, and how many the one before had does not change them."""
    one, other = Assembler(seed=7), Assembler(seed=7)
    first = one.batch_get_profile(1), other.batch_get_profile(20, preset="full")
    second = one.batch_get_profile(), other.batch_get_profile()
    assert second[0] == second[1]
    assert not {*order(first[0]), *order(first[1])} & {*order(second[0])}


@pytest.mark.parametrize("seed", [0, 2**200, -1])
def test_seeds_of_any_size(seed: int) -> None:
    """Beyond what 32 bits hold, too."""
    assert batch().request != Assembler(seed=seed).batch_get_profile().request


def test_locale_and_messy() -> None:
    """The people are of the locale; and their data as mixed as the factory makes them."""
    profile = Assembler(locale="de_DE").batch_get_profile(preset="full").response["Profiles"][0]
    assert profile["Address"]["Country"] == "DE"
    tidy, messy = (Assembler().batch_get_profile(20, preset="full", messy=each) for each in (False, True))
    assert tidy.request == messy.request
    assert tidy.response["Profiles"] != messy.response["Profiles"]


def test_what_is_given_stays_the_callers() -> None:
    """No dict or list of the caller's is changed or kept."""
    ids, entries = [A, B], [{"Address": {"City": "Paris"}}, {"ProfileId": B, "Attributes": {"tier": "gold"}}]
    exchange = batch(entries, profile_ids=ids)
    assert (ids, entries) == (
        [A, B],
        [{"Address": {"City": "Paris"}}, {"ProfileId": B, "Attributes": {"tier": "gold"}}],
    )
    ids.clear()
    entries[1]["Attributes"]["tier"] = "lead"  # type: ignore[index]  # the values of the dicts are of many types
    assert exchange.request["ProfileIds"] == [A, B]
    assert exchange.response["Profiles"][1] == {"ProfileId": B, "Attributes": {"tier": "gold"}}


MEMBERS = list(nodes().shape("Profile").members)
FIRST_MEMBERS = f"{', '.join(MEMBERS[:12])} and {len(MEMBERS) - 12} more"
OVERRIDES = (
    "A test with such a profile is a test with a fiction. "
    "Correct the overrides, or build without them and change the dict:"
)
RESPONSE = (
    "This response of {operation} breaks the service model in 1 place:\n  {place}\n"
    + FICTION
    + 'ignore={{"{rule}"}}'
    + WHERE
)
REQUEST = (
    "This request of {operation} breaks the service model in 1 place:\n  {place}\n"
    + NO_ANSWER
    + 'ignore={{"{rule}"}}'
    + WHERE
)
KNOWN = f"botocore {botocore.__version__} knows {len(MEMBERS)}, and this is none of them."
WHOLE = Assembler().batch_get_profile()
Refusal = tuple[str, dict[str, Any], type[Exception], str]
REFUSED: dict[str, Refusal] = {
    "negative count": (
        "batch_get_profile",
        {"profiles": -1},
        UsageError,
        "profiles is -1. There cannot be fewer than none. Give 0 or more.",
    ),
    "more than the operation takes": (
        "get_segment_membership",
        {"present": 100, "failures": 1},
        UsageError,
        (
            "This call of get_segment_membership asks for 101 ids. It takes 1 to 100. "
            "Register one call for each chunk of 100."
        ),
    ),
    "duplicate ids": (
        "batch_get_profile",
        {"profile_ids": [A, A]},
        UsageError,
        (
            f"The id '{A}' is there twice. Each id has one outcome. "
            "Give each id once; an Exchange of your own may ask for one twice."
        ),
    ),
    "hyphens": (
        "batch_get_profile",
        {"profile_ids": [str(uuid.UUID(A))]},
        InvalidRequest,
        REQUEST.format(
            operation="batch_get_profile",
            place=f"ProfileIds[0]: wanted a match of [a-f0-9]{{32}}, got '{uuid.UUID(A)}'",
            rule="pattern",
        ),
    ),
    "an id that is no text": (
        "batch_get_profile",
        {"profile_ids": [[A]]},
        InvalidRequest,
        REQUEST.format(
            operation="batch_get_profile", place=f"ProfileIds[0]: wanted a string, got the list ['{A}']", rule="type"
        ),
    ),
    "an id of an entry": (
        "get_segment_membership",
        {"present": [{"ProfileId": "x"}]},
        InvalidRequest,
        REQUEST.format(
            operation="get_segment_membership",
            place="ProfileIds[0]: wanted a match of [a-f0-9]{32}, got 'x'",
            rule="pattern",
        ),
    ),
    "domain": (
        "batch_get_profile",
        {"domain_name": "has space"},
        InvalidRequest,
        REQUEST.format(
            operation="batch_get_profile",
            place="DomainName: wanted a match of ^[a-zA-Z0-9_-]+$, got 'has space'",
            rule="pattern",
        ),
    ),
    "segment": (
        "get_segment_membership",
        {"segment_definition_name": "s" * 65},
        InvalidRequest,
        REQUEST.format(
            operation="get_segment_membership",
            place="SegmentDefinitionName: wanted at most 64 characters, got 65 characters",
            rule="max",
        ),
    ),
    "override of the wrong type": (
        "batch_get_profile",
        {"profiles": [{"FirstName": 5}]},
        UsageError,
        f"1 override breaks the service model. {OVERRIDES}\n  FirstName: wanted a string, got an int",
    ),
    "override of a whole profile": (
        "batch_get_profile",
        {"profiles": [{"ProfileId": A, "FirstName": 5}]},
        InvalidResponse,
        RESPONSE.format(
            operation="batch_get_profile", place="Profiles[0].FirstName: wanted a string, got an int", rule="type"
        ),
    ),
    "unknown override": (
        "get_segment_membership",
        {"present": [{"FirstNam": "Ann"}]},
        UsageError,
        f"There is no Profile member 'FirstNam'. {KNOWN} Did you mean 'FirstName' or 'LastName'?",
    ),
    "override that the factory would take for its own": (
        "batch_get_profile",
        {"profiles": [{"preset": "full"}]},
        UsageError,
        f"There is no Profile member 'preset'. {KNOWN} Use one of {FIRST_MEMBERS}.",
    ),
    "override without a name": (
        "batch_get_profile",
        {"profiles": [{5: "full"}]},
        UsageError,
        f"There is no Profile member 5. {KNOWN} Use one of {FIRST_MEMBERS}.",
    ),
    "unknown preset": (
        "batch_get_profile",
        {"preset": "typicl"},
        UsageError,
        "There is no preset 'typicl'. There are 5, and it is none of them. Did you mean 'typical'?",
    ),
    "unknown preset that nobody needs": (
        "get_segment_membership",
        {"present": 0, "absent": 1, "preset": "x"},
        UsageError,
        (
            "There is no preset 'x'. There are 5, and it is none of them. "
            "Use one of minimal, typical, full, business, tricky."
        ),
    ),
    "an exchange for a count": (
        "batch_get_profile",
        {"profiles": WHOLE},
        UsageError,
        "profiles is an exchange of batch_get_profile. An exchange is registered as a whole. Give it to add_exchange.",
    ),
    "an exchange of the other operation": (
        "get_segment_membership",
        {"absent": WHOLE},
        UsageError,
        "absent is an exchange of batch_get_profile. An exchange is registered as a whole. Give it to add_exchange.",
    ),
    "a response for a count": (
        "batch_get_profile",
        {"errors": {"Errors": []}},
        UsageError,
        "errors is {'Errors': []}. It says how many there are, or what is in each. Give a count or a list of dicts.",
    ),
    "an entry of the other operation": (
        "batch_get_profile",
        {"profiles": [{"ProfileId": A, "QueryResult": "PRESENT"}]},
        InvalidResponse,
        RESPONSE.format(
            operation="batch_get_profile",
            place=(
                f"Profiles[0].QueryResult: wanted a member of Profile ({', '.join(MEMBERS[:8])} "
                f"and {len(MEMBERS) - 8} more), got an unknown one"
            ),
            rule="unknown",
        ),
    ),
    "an entry of the other list": (
        "batch_get_profile",
        {"errors": [{"ProfileId": A, "FirstName": "Ann"}]},
        InvalidResponse,
        (
            "This response of batch_get_profile breaks the service model in 3 places:\n"
            "  Errors[0].Code: wanted a string, which BatchGetProfileError requires, got nothing\n"
            "  Errors[0].Message: wanted a string, which BatchGetProfileError requires, got nothing\n"
            "  Errors[0].FirstName: wanted a member of BatchGetProfileError (Code, Message, ProfileId), got "
            "an unknown one\n"
            f'{FICTION}ignore={{"required", "unknown"}}{WHERE}'
        ),
    ),
    "a result of the other kind": (
        "get_segment_membership",
        {"present": [{"QueryResult": "ABSENT"}]},
        UsageError,
        "An entry of present has the QueryResult 'ABSENT'. The argument says the result already. Give it in absent.",
    ),
    "a result that there is none of": (
        "get_segment_membership",
        {"present": [{"QueryResult": "MAYBE"}]},
        InvalidResponse,
        RESPONSE.format(
            operation="get_segment_membership",
            place="Profiles[0].QueryResult: wanted one of PRESENT, ABSENT, got 'MAYBE'",
            rule="enum",
        ),
    ),
    "a profile of somebody else": (
        "get_segment_membership",
        {"absent": [{"Profile": {"ProfileId": B}}], "profile_ids": [A], "present": 0},
        InvalidResponse,
        RESPONSE.format(
            operation="get_segment_membership",
            place=f"Profiles[0].Profile.ProfileId: wanted the profile's own id '{A}', got another one, '{B}'",
            rule="nested_id",
        ),
    ),
    "error code": (
        "batch_get_profile",
        {"errors": 1, "error_code": ""},
        InvalidResponse,
        RESPONSE.format(
            operation="batch_get_profile",
            place="Errors[0].Code: wanted at least 1 character, got 0 characters",
            rule="min",
        ),
    ),
    "failure status": (
        "get_segment_membership",
        {"failures": 1, "failure_status": "404"},
        InvalidResponse,
        RESPONSE.format(
            operation="get_segment_membership",
            place="Failures[0].Status: wanted an integer, got the str '404'",
            rule="type",
        ),
    ),
}


@pytest.mark.parametrize(("operation", "options", "error", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input(operation: str, options: dict[str, Any], error: type[Exception], message: str) -> None:
    """It is refused in words, and the next exchange is what it would have been."""
    assembler = Assembler(seed=7)
    with pytest.raises(error) as raised:
        getattr(assembler, operation)(**options)
    assert str(raised.value) == message
    assert assembler.get_segment_membership(2, 1) == segment(2, 1)


@since_last_computed
def test_a_time_without_a_zone() -> None:
    """It is refused as in any response, and changes nothing."""
    assembler = Assembler(seed=7)
    with pytest.raises(InvalidResponse) as raised:
        assembler.get_segment_membership(last_computed_at=dt.datetime(2025, 6, 1))  # noqa: DTZ001  (that is the fault)
    assert str(raised.value) == RESPONSE.format(
        operation="get_segment_membership",
        place="LastComputedAt: wanted a datetime with a time zone, got the naive datetime.datetime(2025, 6, 1, 0, 0)",
        rule="timezone",
    )
    assert assembler.batch_get_profile() == batch()


def test_an_unknown_locale() -> None:
    """It is refused when the assembler is made."""
    with pytest.raises(
        UsageError, match=r"^There is no locale 'de_XX'\. There are \d+, and it is none of them\. Did you "
    ):
        Assembler(locale="de_XX")


@pytest.mark.parametrize("locales", [["en_US", "de_DE"], ("en_US",), {"en_US": 1}])
def test_several_locales(locales: Any) -> None:
    """Faker takes them; here each assembler has one."""
    with pytest.raises(UsageError) as raised:
        Assembler(locale=locales)
    assert str(raised.value) == (
        f"The locale is {locales}. All people of one factory, or of one test, have one locale. "
        "Give one text, such as 'en_US'."
    )


@pytest.mark.parametrize("seed", [1.5, True])
def test_a_seed_that_is_none(seed: Any) -> None:
    """Only a number or a text is the same on any machine."""
    with pytest.raises(UsageError) as raised:
        Assembler(seed=seed)
    assert str(raised.value) == (
        f"{seed} is no seed. Only of a number or a text the same data can be made on any machine. Give an int or a str."
    )


def test_the_people_are_the_factorys() -> None:
    """A profile is one that ProfileFactory makes: there is one road."""
    (profile,) = batch(preset="minimal", profile_ids=[A]).response["Profiles"]
    assert profile == ProfileFactory().build("minimal", ProfileId=A)


def test_threads_share_an_assembler() -> None:
    """Each call has ids and people of its own, and together they are what one thread would have had."""
    alone, shared = Assembler(seed=7), Assembler(seed=7)
    start = threading.Barrier(8)

    def made(_: int) -> list[str]:
        start.wait()
        return [shared.batch_get_profile().to_json() for _ in range(12)]

    with ThreadPoolExecutor(8) as pool:
        together = [each for series in pool.map(made, range(8)) for each in series]
    assert sorted(together) == sorted(alone.batch_get_profile().to_json() for _ in range(96))


def test_a_rule_that_is_ignored() -> None:
    """In the request, in the limits, in the response and in what is completed."""
    hyphens = str(uuid.UUID(int=7))
    assembler = Assembler(seed=7, ignore={"pattern", "max"})
    exchange = assembler.batch_get_profile(errors=1, profile_ids=[hyphens, "x"], preset="full")
    (profile,) = exchange.response["Profiles"]
    assert (profile["ProfileId"], exchange.response["Errors"][0]["ProfileId"]) == (hyphens, "x")
    preferences = profile.get("EngagementPreferences", {})
    contacts = [*preferences.get("Phone", []), *preferences.get("Email", [])]
    assert {contact["ProfileId"] for contact in contacts} <= {hyphens}
    assert exchange.ignore == {"pattern", "max"}
    assert len(assembler.batch_get_profile(21).response["Profiles"]) == 21
    assert assembler.batch_get_profile(domain_name="has space").request["DomainName"] == "has space"
    assert assembler.get_segment_membership(left_out=1).ignore == {"pattern", "max", "outcome_missing"}


def test_a_rule_that_is_not_ignored() -> None:
    """It is held to as ever; and a rule that is none is refused when the assembler is made."""
    with pytest.raises(InvalidRequest):
        Assembler(ignore={"max"}).batch_get_profile(profile_ids=["x"])
    with pytest.raises(UsageError, match=r"^There is no rule 'patern'\. .* Did you mean 'pattern'\?$"):
        Assembler(ignore={"patern"})


def test_errors() -> None:
    """As error_exchange makes them, each with a RequestId of its own, which comes from the seed."""

    def series(seed: int) -> list[Any]:
        assembler = Assembler(seed=seed)
        return [assembler.error("batch_get_profile", "ThrottlingException").error for _ in range(2)]

    ids = [error["ResponseMetadata"]["RequestId"] for error in [*series(7), *series(8)]]
    assert len(set(ids)) == 4
    assert series(7) == series(7)
    plain = error_exchange("batch_get_profile", "ThrottlingException").error
    assert {**series(7)[0], "ResponseMetadata": 0} == {**plain, "ResponseMetadata": 0}


def test_an_error_changes_nothing_else() -> None:
    """The people of the next exchange are the same; and an error that was refused does not count."""
    assembler = Assembler(seed=7)
    assembler.error("batch_get_profile", "ThrottlingException")
    assert assembler.batch_get_profile() == batch()
    with pytest.raises(UsageError):
        assembler.error("batch_get_profile", "Odd")
    once, again = Assembler(seed=7), assembler.error("batch_get_profile", "ThrottlingException")
    once.error("batch_get_profile", "ThrottlingException")
    assert once.error("batch_get_profile", "ThrottlingException") == again


def test_the_rules_an_error_is_not_held_to() -> None:
    """They are those of the assembler."""
    request = {"DomainName": "d", "ProfileIds": ["x"]}
    made = Assembler(ignore={"pattern"}).error("batch_get_profile", "ThrottlingException", request=request)
    assert made.request == request
    with pytest.raises(InvalidRequest):
        Assembler().error("batch_get_profile", "ThrottlingException", request=request)


def test_request_ids_come_from_the_seed() -> None:
    """Two tests that ask for the same have different ones; one test has the same in every run."""

    def found(seed: int) -> list[str]:
        assembler = Assembler(seed=seed)
        made = [assembler.batch_get_profile(profile_ids=[A]), assembler.batch_get_profile(profile_ids=[A])]
        return [exchange.response["ResponseMetadata"]["RequestId"] for exchange in made]

    assert len({*found(7), *found(8)}) == 4
    assert found(7) == found(7)


SWITCHES = {
    "batch_get_profile": ["shuffle", "messy", "omit_empty"],
    "get_segment_membership": ["shuffle", "messy", "omit_empty", "profile_when_present", "profile_when_absent"],
}


@pytest.mark.parametrize("value", ["no", None, 0, 1])
@pytest.mark.parametrize(("operation", "name"), [(each, name) for each, names in SWITCHES.items() for name in names])
def test_a_switch_is_on_or_off(operation: str, name: str, value: Any) -> None:
    """What only looks like yes or no is refused."""
    with pytest.raises(UsageError) as raised:
        getattr(Assembler(), operation)(**{name: value})
    assert str(raised.value) == (
        f"{name} is {value!r}. It is a switch, and Python takes any text for yes. Give True or False."
    )


class Known(str, enum.Enum):
    """Ids that a test has names for."""

    ANA = "a" * 32


def leaves(value: Any) -> Iterator[Any]:
    """What is at the ends of a value."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    yield from (leaf for each in inside for leaf in leaves(each)) if inside is not None else (value,)


@pytest.mark.parametrize("make", [batch, segment])
def test_an_id_of_an_enum_is_answered_as_a_text(make: Callable[..., Exchange]) -> None:
    """At every place of the answer stands what the service would have sent, and no member of the test's enum."""
    exchange = make(profile_ids=[Known.ANA], preset="full")
    assert exchange.response["Profiles"][0]["ProfileId"] == A
    assert not [leaf for leaf in leaves(exchange.response) if isinstance(leaf, enum.Enum)]

"""Every value drawn is legal, by our validator and by botocore's, and health checks pass as they are."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from seeking import PATIENT, sought

from cp_fixtures import OMIT, ProfileFactory, strategies, validate, validate_request
from cp_fixtures.shapes import shape_node
from cp_fixtures.strategies.leaves import Stream, mostly_a_time
from cp_fixtures.validation import find as violations_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cp_fixtures.errors import Violation

MODEL = Session().get_service_model("customer-profiles")
BOTH = {"batch_get_profile": "BatchGetProfile", "get_segment_membership": "GetSegmentMembership"}
THOROUGH = settings(max_examples=250, database=None)
UNSHRUNK = settings(PATIENT, phases=[Phase.generate])
SHAPES = {"profiles": "Profile", "addresses": "Address"}
EVERY: dict[str, st.SearchStrategy[Any]] = {
    "profile_ids": strategies.profile_ids(),
    "profiles": strategies.profiles(),
    "profiles-any": strategies.profiles(kind="any"),
    "profiles-german": strategies.profiles(locale="de_DE"),
    "profiles-overridden": strategies.profiles(EmailAddress=st.emails(), Address__City="Paris", FirstName=OMIT),
    "addresses": strategies.addresses(),
    "addresses-any": strategies.addresses(kind="any"),
    "batch": strategies.batch_get_profile_exchanges(),
    "batch-any": strategies.batch_get_profile_exchanges(profiles=strategies.profiles(kind="any")),
    "batch-all": strategies.batch_get_profile_exchanges(
        outcomes=["found", "refused", "left_out"], repeats=True, shuffle=st.booleans(), omit_empty=st.booleans()
    ),
    "segment": strategies.get_segment_membership_exchanges(),
    "segment-all": strategies.get_segment_membership_exchanges(
        outcomes=["present", "absent", "refused", "left_out"], profile_when_absent=st.booleans(), shuffle=True
    ),
    "segment-full": strategies.get_segment_membership_exchanges(min_ids=100),
    "errors": strategies.errors("batch_get_profile"),
    "requests": strategies.requests("batch_get_profile"),
    "responses": strategies.responses("get_segment_membership"),
    "from_shape": strategies.from_shape("Profile"),
    "invalid_requests": strategies.invalid_requests("batch_get_profile"),
    "invalid_responses": strategies.invalid_responses("get_segment_membership"),
    "invalid_responses-pattern": strategies.invalid_responses("batch_get_profile", rules={"pattern"}),
    "invalid_responses-nested_id": strategies.invalid_responses("batch_get_profile", rules={"nested_id"}),
    "invalid_requests-union": strategies.invalid_requests("create_segment_definition", rules={"union"}),
}
if "EngagementPreferences" not in shape_node("Profile").members:
    # Before botocore 1.40.0 nothing in the response has these rules and can break one alone.
    del EVERY["invalid_responses-pattern"], EVERY["invalid_responses-nested_id"]


def botocore_says(value: Any, shape: str) -> str:
    """What botocore has against a value of a shape."""
    report: str = ParamValidator().validate(value, MODEL.shape_for(shape)).generate_report()
    return report


@pytest.mark.parametrize("name", EVERY)
def test_health_checks_pass(name: str) -> None:
    """No setting has to be changed for any of the strategies."""

    @given(EVERY[name])
    def draw(_value: Any) -> None:
        """Nothing is to be seen but that Hypothesis has no complaint."""

    draw()


FRESH = """
from hypothesis import given
from cp_fixtures import strategies
anybody = strategies.profiles(kind="any")
@given(STRATEGY)
def draw(value): pass
draw()
"""


@pytest.mark.parametrize(
    "strategy",
    ["anybody", "strategies.batch_get_profile_exchanges(profiles=anybody)", "strategies.requests('get_domain')"],
)
def test_health_checks_pass_in_a_fresh_checkout(tmp_path: Path, strategy: str) -> None:
    """Where Hypothesis has kept nothing of an earlier run, as on a build server."""
    script = FRESH.replace("STRATEGY", strategy)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["realistic", "any"])
@pytest.mark.parametrize("name", SHAPES)
def test_profiles_and_addresses_are_legal(name: str, kind: Any) -> None:
    """Of either kind."""

    @THOROUGH
    @given(getattr(strategies, name)(kind=kind))
    def check(value: Any) -> None:
        assert violations_of(shape_node(SHAPES[name]), value) == []
        assert botocore_says(value, SHAPES[name]) == ""

    check()


@pytest.mark.parametrize("operation", BOTH)
def test_requests_and_responses_are_legal(operation: str) -> None:
    """Of both operations, each side by itself."""

    @THOROUGH
    @given(strategies.requests(operation), strategies.responses(operation))
    def check(request: Any, response: Any) -> None:
        assert validate_request(operation, request) == []
        assert validate(operation, response) == []
        assert botocore_says(request, f"{BOTH[operation]}Request") == ""
        assert botocore_says(response, f"{BOTH[operation]}Response") == ""

    check()


@pytest.mark.parametrize("name", ["batch", "batch-any", "batch-all", "segment", "segment-all"])
def test_exchanges_are_legal(name: str) -> None:
    """Request and response agree: what is left out is the one thing that is excused."""

    @settings(max_examples=100, database=None)
    @given(EVERY[name])
    def check(exchange: Any) -> None:
        found = validate(exchange.operation, exchange.response, request=exchange.request)
        assert {violation.rule for violation in found} <= ({"outcome_missing"} if "all" in name else set())
        assert validate_request(exchange.operation, exchange.request) == []
        response = {name: value for name, value in exchange.response.items() if name != "ResponseMetadata"}
        assert botocore_says(response, f"{BOTH[exchange.operation]}Response") == ""

    check()


@pytest.mark.parametrize("operation", BOTH)
def test_an_invalid_request_has_its_violation(operation: str) -> None:
    """And no other."""

    @THOROUGH
    @given(strategies.invalid_requests(operation))
    def check(pair: tuple[Any, Violation]) -> None:
        params, violation = pair
        assert validate_request(operation, params) == [violation]

    check()


@pytest.mark.parametrize("operation", BOTH)
def test_an_invalid_response_has_its_violation(operation: str) -> None:
    """And no other; its request is legal."""

    @settings(max_examples=100, database=None)
    @given(strategies.invalid_responses(operation))
    def check(pair: tuple[Any, Violation]) -> None:
        exchange, violation = pair
        assert validate(operation, exchange.response, request=exchange.request) == [violation]
        assert validate_request(operation, exchange.request) == []

    check()


@given(strategies.invalid_responses("batch_get_profile", rules={"outcome_missing"}))
def test_only_the_rules_asked_for_are_broken(pair: tuple[Any, Violation]) -> None:
    """Rules are named by their codes."""
    assert pair[1].rule == "outcome_missing"


@given(strategies.invalid_responses("list_domains", rules=["type", "required"]))
def test_any_operation_has_invalid_responses(pair: tuple[Any, Violation]) -> None:
    """Not only the two that ask for ids."""
    exchange, violation = pair
    assert validate("list_domains", exchange.response, request=exchange.request) == [violation]


@pytest.mark.parametrize("member", ["FirstName", "AdditionalInformation"])
def test_the_greatest_length_is_reached(member: str) -> None:
    """Of a text of 255 characters, and of one of 1000."""
    most = shape_node("Profile").members[member].max
    found = sought(strategies.profiles(kind="any"), lambda profile: len(profile.get(member, "")) == most)
    assert found == {member: "0" * int(most or 0)}


def test_items_of_a_list_are_not_the_same() -> None:
    """Also where there are as many as there may be: who changes one changes no other."""
    found = sought(strategies.profiles(kind="any"), lambda profile: len(profile.get("FoundByItems", ())) == 5)
    assert len({id(item) for item in found["FoundByItems"]}) == 5


def test_a_name_of_the_greatest_length_is_reached() -> None:
    """Of a text with a pattern too."""
    found = sought(strategies.requests("batch_get_profile"), lambda params: len(params["DomainName"]) == 64)
    assert found == {"DomainName": "0" * 64, "ProfileIds": ["0" * 32]}


@pytest.mark.parametrize(("operation", "most"), [("batch_get_profile", 20), ("get_segment_membership", 100)])
def test_as_many_ids_as_one_call_takes(operation: str, most: int) -> None:
    """A full call is among the first things that are tried."""
    exchanges = getattr(strategies, f"{operation}_exchanges")()
    found = sought(exchanges, lambda exchange: len(exchange.request["ProfileIds"]) == most)
    assert found.request["ProfileIds"] == [f"{number:032x}" for number in range(most)]


def test_any_text_of_any_script() -> None:
    """Characters beyond the Basic Multilingual Plane are drawn, and lone surrogates never."""
    sought(strategies.profiles(kind="any"), lambda profile: max(profile.get("LastName", "") or " ") > "\uffff")


def test_tricky_people_come_first() -> None:
    """What a failing example becomes, where the person does not matter."""
    found = sought(strategies.profiles(), lambda profile: "LastName" in profile)
    assert found == {"ProfileId": "0" * 32, "LastName": "O'Brien"}


@given(strategies.profiles())
def test_realistic_people_are_the_factory_s(profile: dict[str, Any]) -> None:
    """A realistic profile has nothing that a full one of the factory has not, and never FoundByItems."""
    assert profile.keys() <= ProfileFactory().build("full").keys()
    assert len(profile["ProfileId"]) == 32


@pytest.mark.parametrize("most", [0, 1])
def test_people_with_most_of_what_they_have(most: int) -> None:
    """Somebody with every member, and with every member but one, as they are seldom drawn by chance."""
    full = ProfileFactory().build("full").keys()
    found = sought(strategies.profiles(), lambda profile: len(full - profile.keys()) == most, settings=UNSHRUNK)
    assert len(found) == len(full) - most


def test_every_member_is_there_or_not() -> None:
    """At any depth, whatever else is there: each with and without what stands beside it."""
    there: list[set[tuple[Any, ...]]] = []

    @settings(THOROUGH, derandomize=True)
    @given(strategies.profiles())
    def look(profile: dict[str, Any]) -> None:
        there.append({*paths(profile)})

    look()
    # A list goes with its last item.
    members = {path for each in there for path in each if path != ("ProfileId",) and isinstance(path[-1], str)}
    for path in members:
        assert any(path not in each and (not path[:-1] or path[:-1] in each) for each in there), path
    full = {*paths(ProfileFactory().build("full"))}
    assert {path for path in full if "Attributes" not in path} <= set.union(*there)


def paths(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside that has something."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*above, step)
        yield from paths(item, (*above, step))


@given(strategies.batch_get_profile_exchanges(min_ids=2))
def test_ids_are_different(exchange: Any) -> None:
    """All of a request, whatever the first is."""
    ids = exchange.request["ProfileIds"]
    assert len({*ids}) == len(ids)


@pytest.mark.parametrize("is_later_greater", [True, False])
def test_ids_are_in_any_order(*, is_later_greater: bool) -> None:
    """Whoever sorts them is found out."""

    def is_so(exchange: Any) -> bool:
        first, second, *_ = exchange.request["ProfileIds"]
        return bool((second > first) is is_later_greater)

    sought(strategies.batch_get_profile_exchanges(min_ids=2), is_so)


@pytest.mark.parametrize(
    ("is_so", "wanted"),
    [
        (lambda _time: True, None),
        (lambda time: time is not None, dt.datetime(2000, 1, 1, tzinfo=dt.timezone.utc)),
        (lambda time: time and time.year < 2000, dt.datetime(1999, 1, 1, tzinfo=dt.timezone.utc)),
        (lambda time: time and time.year == 1900, dt.datetime(1900, 1, 1, tzinfo=dt.timezone.utc)),
        (lambda time: time and time.year == 2199, dt.datetime(2199, 1, 1, tzinfo=dt.timezone.utc)),
        (lambda time: time and (time.month, time.day) == (12, 31), dt.datetime(2000, 12, 31, tzinfo=dt.timezone.utc)),
        (lambda time: time and time.hour == 23, dt.datetime(2000, 1, 1, 23, tzinfo=dt.timezone.utc)),
        (lambda time: time and time.microsecond, dt.datetime(2000, 1, 1, 0, 0, 0, 1, tzinfo=dt.timezone.utc)),
    ],
)
def test_when_a_segment_was_computed(is_so: Any, wanted: dt.datetime | None) -> None:
    """Not said, or a time of these three centuries, of which the least that breaks is easy to read."""
    assert sought(mostly_a_time(), is_so) == wanted


@pytest.mark.skipif(
    "'LastComputedAt' not in MODEL.shape_for('GetSegmentMembershipResponse').members",
    reason="the model of this botocore does not know it",
)
def test_a_segment_says_when_it_was_computed() -> None:
    """Such a time, in the response of an exchange."""
    found = sought(strategies.get_segment_membership_exchanges(), lambda each: "LastComputedAt" in each.response)
    assert found.response["LastComputedAt"] == dt.datetime(2000, 1, 1, tzinfo=dt.timezone.utc)


def test_an_outcome_after_many_others() -> None:
    """An outcome that is named again is likelier, and the last is still drawn."""
    exchanges = strategies.batch_get_profile_exchanges(outcomes=["found"] * 7 + ["refused"])
    assert sought(exchanges, lambda exchange: bool(exchange.response["Errors"])).response["Profiles"] == []


def test_times_of_a_shape_are_any() -> None:
    """The whole range of datetimes for a shape, in UTC."""
    found = sought(strategies.from_shape("timestamp"), lambda time: time.year > 9000)
    assert found.tzinfo is dt.timezone.utc


@given(strategies.responses("get_segment_membership"))
def test_times_of_a_response_can_be_sent(response: dict[str, Any]) -> None:
    """From 1900 to 2200: what is sent as a number comes back to the microsecond."""
    time = response.get("LastComputedAt", dt.datetime(2000, 1, 1, tzinfo=dt.timezone.utc))
    assert dt.datetime(1900, 1, 1, tzinfo=dt.timezone.utc) <= time <= dt.datetime(2200, 1, 1, tzinfo=dt.timezone.utc)


def test_shapes_that_contain_themselves() -> None:
    """They are drawn, and sometimes one is inside another."""
    values = strategies.from_shape("AttributeValue", service="dynamodb")
    assert sought(values, lambda value: any("L" in item for item in value.get("L", []))) == {"L": [{"L": []}]}


@given(strategies.from_shape("ContentBlock", service="bedrock-runtime"))
def test_a_union_has_one_member(value: dict[str, Any]) -> None:
    """Exactly one."""
    assert len(value) == 1


def test_a_streamed_body_is_a_stream() -> None:
    """What the code under test reads from a response, it can read; a request has bytes."""
    found = sought(strategies.responses("get_object", service="s3"), lambda response: "Body" in response)
    assert repr(found) == "{'Body': Stream(b'')}"
    assert isinstance(found["Body"], Stream)
    sent = sought(strategies.requests("put_object", service="s3"), lambda params: "Body" in params)
    assert sent["Body"] == b""


def test_events_come_in_a_list() -> None:
    """A stream of events is drawn as the events that one can go through."""
    answers = strategies.responses("converse_stream", service="bedrock-runtime")
    found = sought(answers, lambda response: bool(response.get("stream")))
    assert [list(event) for event in found["stream"]] == [["messageStart"]]


@given(strategies.from_shape("Document", service="bedrock-runtime"))
def test_documents_are_any_json(value: Any) -> None:
    """Without any shape."""
    assert violations_of(shape_node("Document", "bedrock-runtime"), value) == []


@given(strategies.errors("get_segment_membership"))
def test_errors_are_modelled(exchange: Any) -> None:
    """Code, status and class as the model has them, for any request."""
    assert exchange.request is None
    assert exchange.error_code in {
        "AccessDeniedException",
        "BadRequestException",
        "InternalServerException",
        "ResourceNotFoundException",
        "ThrottlingException",
    }


@given(
    strategies.errors(
        "batch_get_profile",
        codes=["ThrottlingException"],
        messages=st.just("Slow down"),
        requests=strategies.requests("batch_get_profile"),
    )
)
def test_errors_can_be_chosen(exchange: Any) -> None:
    """Their codes, messages and requests."""
    assert exchange.error["Error"] == {"Code": "ThrottlingException", "Message": "Slow down"}
    assert exchange.error["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert validate_request("batch_get_profile", exchange.request) == []


@pytest.mark.parametrize("name", ["batch", "segment"])
def test_every_refusal_there_is(name: str) -> None:
    """Each Code, or Status, with each Message."""
    seen: set[tuple[Any, str]] = set()

    @settings(max_examples=1500, database=None, derandomize=True, phases=[Phase.generate])
    @given(EVERY[name])
    def look(exchange: Any) -> None:
        refused = exchange.response.get("Errors", exchange.response.get("Failures"))
        seen.update((each.get("Code", each.get("Status")), each["Message"]) for each in refused)

    look()
    firsts, messages = ({pair[at] for pair in seen} for at in (0, 1))
    assert (len(firsts), len(messages), len(seen)) == (5, 3, 15)

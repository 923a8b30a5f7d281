"""The one gate: an exchange is consistent, or it is not made; and made, it never changes."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import json
import pickle
import uuid
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import botocore
import pytest
from botocore.stub import ANY
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.exchanges import BatchGetProfileExchange, Exchange
from cp_fixtures.service import operations
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import CODES, validate

A, B = "a" * 32, "b" * 32
NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.timezone.utc)
REQUEST = {"DomainName": "domain", "ProfileIds": [A, B]}
RESPONSE = {
    "Profiles": [{"ProfileId": A, "Address": {"City": "Paris"}}],
    "Errors": [{"ProfileId": B, "Code": "X", "Message": "gone"}],
}
ERROR = {"Error": {"Code": "ThrottlingException", "Message": "slow"}, "Message": "slow"}
FICTION = (
    "Code that passes a test with it is tested with a fiction. Correct the values, or leave a rule out by its code: "
)
NO_ANSWER = "A call with it never gets an answer. Correct it, or leave a rule out by its code: "
WHERE = ", here if there is such an argument, else in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
since_last_computed = pytest.mark.skipif(
    "LastComputedAt" not in nodes().shape("GetSegmentMembershipResponse").members, reason="since botocore 1.41.6"
)


class AnyText:
    """A matcher, as dirty-equals makes them."""

    def __eq__(self, other: object) -> bool:
        """Any text is equal to it."""
        return isinstance(other, str)

    __hash__ = None  # type: ignore[assignment]


def made(**arguments: Any) -> Exchange:
    """An exchange of batch_get_profile; the request and the response are legal ones unless others are given."""
    answer = {} if "error" in arguments else {"response": RESPONSE}
    return Exchange("batch_get_profile", **{"request": REQUEST, **answer, **arguments})


def content(exchange: Exchange) -> dict[str, Any]:
    """The response without its metadata."""
    response: dict[str, Any] = exchange.response
    assert response.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    return response


def test_what_it_is_made_of_it_hands_out() -> None:
    """Operation, request and response as given; no error."""
    exchange = made()
    assert (exchange.operation, exchange.service, exchange.request) == (
        "batch_get_profile",
        "customer-profiles",
        REQUEST,
    )
    assert content(exchange) == RESPONSE
    assert (exchange.error, exchange.error_code, exchange.ignore, exchange.unchecked) == (
        None,
        None,
        frozenset(),
        False,
    )


def test_an_error() -> None:
    """It has no response, and the status that the model gives the code."""
    exchange = made(error=ERROR)
    assert (exchange.response, exchange.error_code) == (None, "ThrottlingException")
    error = exchange.error
    assert error.pop("ResponseMetadata")["HTTPStatusCode"] == 429
    assert error == ERROR


def test_members_of_enums() -> None:
    """In a response they are their texts, so that code finds them as it would in the service's own."""

    class Key(str, enum.Enum):
        TIER = "tier"

    response = {"Profiles": [{"ProfileId": A, "Attributes": {Key.TIER: Key.TIER}}]}
    exchange = made(request=None, response=response)
    attributes = exchange.response["Profiles"][0]["Attributes"]
    assert repr(attributes) == "{'tier': 'tier'}"
    assert Exchange.from_json(exchange.to_json()) == exchange


def test_any_request() -> None:
    """Without a request it answers any."""
    assert made(request=None).request is None
    assert str(made(request=None)) == "batch_get_profile of any request: 1 found, 1 refused"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({}, "batch_get_profile of 2 ids in domain: 1 found, 1 refused"),
        ({"error": ERROR}, "batch_get_profile of 2 ids in domain: the error ThrottlingException"),
        ({"request": {**REQUEST, "DomainName": ANY}}, "batch_get_profile of 2 ids: 1 found, 1 refused"),
        ({"request": {**REQUEST, "ProfileIds": ANY}}, "batch_get_profile in domain: 1 found, 1 refused"),
        ({"response": {"Profiles": 5}, "unchecked": True}, "batch_get_profile of 2 ids in domain: 0 found, 0 refused"),
        ({"error": {}, "unchecked": True}, "batch_get_profile of 2 ids in domain: the error "),
    ],
)
def test_it_describes_itself(arguments: dict[str, Any], text: str) -> None:
    """One line that reads as a sentence, also of what could not be given."""
    assert str(made(**arguments)) == text
    assert repr(made(**arguments)) == f"<Exchange {text}>"


def test_other_operations() -> None:
    """Any operation of the service has its exchanges, and of another service what is checked is the shape."""
    exchange = Exchange("get_domain", request={"DomainName": "d"}, response={"DomainName": "d"}, ignore={"required"})
    assert str(exchange) == "get_domain in d: a response"
    other = Exchange("get_caller_identity", response={"Account": "123456789012"}, service="sts")
    assert (other.service, other.response) == ("sts", {"Account": "123456789012"})
    with pytest.raises(InvalidResponse):
        Exchange("get_caller_identity", response={"Accounts": "123456789012"}, service="sts")


def test_an_error_of_another_service_has_its_status() -> None:
    """Without it botocore would take the error for a success."""
    error = {"Error": {"Code": "RegionDisabledException", "Message": "no"}}
    exchange = Exchange("assume_role", error=error, service="sts")
    assert exchange.error == {**error, "ResponseMetadata": {"HTTPStatusCode": 403}}
    own = Exchange("do_it", error={"Error": {"Code": "Bad"}}, service="a-private-service", unchecked=True)
    assert own.error["ResponseMetadata"] == {"HTTPStatusCode": 400}


REFUSED = {
    "two answers": (
        {"response": RESPONSE, "error": ERROR},
        (
            "An exchange of batch_get_profile was to be made with more than one answer. It has a response or an error. "
            "Give response= or error=, one of the two."
        ),
    ),
    "no answer": (
        {"response": None},
        (
            "An exchange of batch_get_profile was to be made with no answer. It has a response or an error. "
            "Give response= or error=, one of the two."
        ),
    ),
    "request is no dict": (
        {"request": [A]},
        (
            "The request is a list of length 1. It is the keyword arguments of a call, in which anything may stand "
            "that compares equal. Give a dict, or None where any request of the operation will do."
        ),
    ),
    "request is a matcher": (
        {"request": ANY},
        (
            "The request is a _ANY. It is the keyword arguments of a call, in which anything may stand that "
            "compares equal. Give a dict, or None where any request of the operation will do."
        ),
    ),
    "response is no dict": (
        {"response": "x"},
        "The response is a str of length 1. botocore makes it a dict. Give a dict.",
    ),
    "error is no dict": ({"error": 5}, "The error is an int. botocore makes it a dict. Give a dict."),
    "ignore is a text": (
        {"ignore": "max"},
        "ignore='max' is a text. The rules to leave out are a set of codes. Write {'max'}.",
    ),
}


@pytest.mark.parametrize(
    "exchange",
    [
        made(),
        made(request=None, error=ERROR),
        made(ignore={"max", "pattern"}),
        made(response={**RESPONSE, "ResponseMetadata": {"HTTPStatusCode": 200}}),
        made(error={"Error": {"Code": "Odd", "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": 499}}),
        Exchange("get_domain", response={}, unchecked=True),
        Exchange("get_caller_identity", response={"Account": "123456789012"}, service="sts"),
        Exchange("get_role", response={"Role": {"CreateDate": NOON}}, service="iam", unchecked=True),
    ],
)
def test_what_a_failing_example_shows_makes_an_equal_one(exchange: Exchange) -> None:
    """Hypothesis prints the whole of an exchange as Python, and so does IPython."""
    assert eval(pretty(exchange), {"Exchange": Exchange, "datetime": dt}) == exchange  # noqa: S307 - our own text


def test_failing_example_is_as_short_as_can_be() -> None:
    """What is made anew all the same is left out."""
    shown = "Exchange('batch_get_profile', response={'Profiles': [], 'Errors': []})"
    assert pretty(made(request=None, response={"Profiles": [], "Errors": []})) == shown


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("unchecked", [False, True])
def test_what_is_no_exchange(arguments: dict[str, Any], message: str, *, unchecked: bool) -> None:
    """It is refused in three beats, unchecked or not."""
    with pytest.raises(UsageError) as raised:
        made(unchecked=unchecked, **arguments)
    assert str(raised.value) == message


@pytest.mark.parametrize("answer", [{"response": RESPONSE}, {"error": ERROR}])
@pytest.mark.parametrize("unchecked", [False, True])
def test_an_unknown_operation(answer: dict[str, Any], *, unchecked: bool) -> None:
    """Near names are suggested, unchecked or not: no call could ever meet the exchange."""
    with pytest.raises(UsageError) as raised:
        Exchange("batch_get_profiles", unchecked=unchecked, **answer)
    start = (
        f"There is no operation 'batch_get_profiles'. botocore {botocore.__version__} knows {len(operations())}, and "
    )
    start += "this is none of them. "
    assert str(raised.value).startswith(f"{start}Did you mean 'batch_get_profile'")


def test_an_unknown_rule() -> None:
    """Near codes are suggested."""
    with pytest.raises(
        UsageError, match=r"^There is no rule 'maxx'\. There are \d+, and it is none of them\. Did you mean 'max'\?$"
    ):
        made(ignore={"maxx"})


INVALID = {
    "request": (
        InvalidRequest,
        {"request": {"DomainName": "has space", "ProfileIds": [], "MaxResults": 5}, "error": ERROR},
        (
            "This request of batch_get_profile breaks the service model in 3 places:\n"
            "  DomainName: wanted a match of ^[a-zA-Z0-9_-]+$, got 'has space'\n"
            "  ProfileIds: wanted at least 1 item, got 0 items\n"
            "  MaxResults: wanted a member of BatchGetProfileRequest (DomainName, ProfileIds), got an unknown one\n"
            f'{NO_ANSWER}ignore={{"min", "pattern", "unknown"}}{WHERE}'
        ),
    ),
    "a UUID for its text": (
        InvalidRequest,
        {"request": {"DomainName": "d", "ProfileIds": [uuid.UUID(int=1)]}},
        (
            "This request of batch_get_profile breaks the service model in 1 place:\n"
            "  ProfileIds[0]: wanted a string, got the UUID UUID('00000000-0000-0000-0000-000000000001')\n"
            f'{NO_ANSWER}ignore={{"type"}}{WHERE}'
        ),
    ),
    "response": (
        InvalidResponse,
        {"request": None, "response": {"Profiles": [{"ProfileId": "x", "FirstName": ANY}], "Error": []}},
        (
            "This response of batch_get_profile breaks the service model in 3 places:\n"
            "  Profiles[0].ProfileId: wanted a match of [a-f0-9]{32}, got 'x'\n"
            "  Profiles[0].FirstName: wanted a string, got a _ANY\n"
            "  Error: wanted a member of BatchGetProfileResponse (did you mean 'Errors'?), got an unknown one\n"
            f'{FICTION}ignore={{"pattern", "type", "unknown"}}{WHERE}'
        ),
    ),
    "disagreement": (
        InvalidResponse,
        {"response": {"Profiles": [{"ProfileId": A}, {"ProfileId": "c" * 32}]}},
        (
            "This response of batch_get_profile breaks the service model in 2 places:\n"
            f"  Profiles[1].ProfileId: wanted an id of the request, got '{'c' * 32}'\n"
            f"  (top): wanted an outcome for '{B}', got none\n"
            f'{FICTION}ignore={{"outcome_missing", "outcome_unasked"}}{WHERE}'
        ),
    ),
    "error without anything": (
        InvalidResponse,
        {"error": {}},
        (
            "This error of batch_get_profile breaks the service model in 2 places:\n"
            "  Error.Code: wanted a string, which every error has, got nothing\n"
            "  Error.Message: wanted a string, which every error has, got nothing\n"
            f'{FICTION}ignore={{"required"}}{WHERE}'
        ),
    ),
    "error of wrong types": (
        InvalidResponse,
        {"error": {"Error": {"Code": 4, "Message": ["x"]}, "ResponseMetadata": None}},
        (
            "This error of batch_get_profile breaks the service model in 3 places:\n"
            "  Error.Code: wanted a string, got the int 4\n"
            "  Error.Message: wanted a string, got the list ['x']\n"
            "  ResponseMetadata: wanted a dict, got None\n"
            f'{FICTION}ignore={{"type"}}{WHERE}'
        ),
    ),
    "error without a code's text": (
        InvalidResponse,
        {"error": {"Error": {"Code": "", "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": 400}}},
        (
            "This error of batch_get_profile breaks the service model in 1 place:\n"
            "  Error.Code: wanted at least 1 character, got 0 characters\n"
            f'{FICTION}ignore={{"min"}}{WHERE}'
        ),
    ),
    "error that nobody knows": (
        InvalidResponse,
        {"error": {"Error": {"Code": "Odd", "Message": "x"}}},
        (
            "This error of batch_get_profile breaks the service model in 1 place:\n"
            "  ResponseMetadata.HTTPStatusCode: wanted a status, for batch_get_profile has no error 'Odd' in the "
            "model, got nothing\n"
            f'{FICTION}ignore={{"required"}}{WHERE}'
        ),
    ),
    "error's member": (
        InvalidResponse,
        {"error": {**ERROR, "Massage": "x"}},
        (
            "This error of batch_get_profile breaks the service model in 1 place:\n"
            "  Massage: wanted a member of ThrottlingException (did you mean 'Message'?), got an unknown one\n"
            f'{FICTION}ignore={{"unknown"}}{WHERE}'
        ),
    ),
}


@pytest.mark.parametrize(("error", "arguments", "message"), INVALID.values(), ids=INVALID.keys())
def test_the_gate(error: type[Exception], arguments: dict[str, Any], message: str) -> None:
    """Everything that is wrong is told at once, and nothing is made."""
    with pytest.raises(error) as raised:
        made(**arguments)
    assert str(raised.value) == message


@pytest.mark.parametrize("status", [200, 299, 600, 0, "429", True, None, 429.0])
def test_the_status_of_an_error(status: Any) -> None:
    """A number of 300 to 599, whatever rule is ignored: with another it would come back as a success."""
    error = {**ERROR, "ResponseMetadata": {"HTTPStatusCode": status}}
    with pytest.raises(UsageError) as raised:
        made(error=error, ignore=CODES)
    assert str(raised.value) == (
        f"ResponseMetadata.HTTPStatusCode is {status!r}. "
        "It is a number, and below 300 botocore takes the error for a success. Give 300 to 599, or none."
    )
    assert made(error=error, unchecked=True).error["ResponseMetadata"]["HTTPStatusCode"] == status


def test_other_requests_are_other_errors() -> None:
    """Each has a RequestId of its own."""
    errors = [made(error=ERROR, request={**REQUEST, "ProfileIds": [each]}).error for each in (A, B)]
    assert errors[0].pop("ResponseMetadata")["RequestId"] != errors[1].pop("ResponseMetadata")["RequestId"]
    assert errors[0] == errors[1]


@pytest.mark.parametrize("arguments", [each[1] for each in INVALID.values()], ids=INVALID.keys())
def test_unchecked(arguments: dict[str, Any]) -> None:
    """One visible word lets it through, and everything that an exchange can do it does."""
    exchange = made(unchecked=True, **arguments)
    assert exchange.unchecked
    assert pickle.loads(pickle.dumps(exchange)) == exchange  # noqa: S301  (our own pickle)
    if not any(each in repr(arguments) for each in ("UUID", "<ANY>")):
        assert Exchange.from_json(exchange.to_json()) == exchange


@pytest.mark.parametrize("arguments", [each[1] for each in INVALID.values()], ids=INVALID.keys())
def test_the_rules_switched_off(arguments: dict[str, Any]) -> None:
    """With the codes that the message names it is made, and remembers them."""
    with pytest.raises((InvalidRequest, InvalidResponse)) as raised:
        made(**arguments)
    codes = {violation.rule for violation in raised.value.violations}
    exchange = made(ignore=codes, **arguments)
    assert exchange.ignore == codes
    assert not exchange.unchecked


@pytest.mark.parametrize(
    "error",
    [{}, {"Error": "x"}, {"Error": {"Code": ["x"]}}, {"Error": {"Code": None}}, {"Error": {}, "ResponseMetadata": 3}],
)
def test_an_unchecked_error_can_be_anything(error: dict[str, Any]) -> None:
    """It is still an error: its code is a text, and its answer is there."""
    exchange = made(error=error, unchecked=True)
    assert isinstance(exchange.error_code, str)
    assert exchange.response is None
    assert error.items() <= exchange.error.items()


def test_a_value_that_holds_itself() -> None:
    """It is refused in words, in a request and in a response."""
    request: dict[str, Any] = {"DomainName": "d"}
    request["ProfileIds"] = [request]
    with pytest.raises(UsageError, match=r"^This dict holds itself, or is nested deeper than Python can follow\. "):
        made(request=request)
    with pytest.raises(UsageError, match=r"^This dict holds itself, or is nested deeper than Python can follow\. "):
        made(response=request, unchecked=True)


@pytest.mark.parametrize("matcher", [ANY, mock.ANY, AnyText()], ids=["botocore", "mock", "own"])
@pytest.mark.parametrize("ids", ["all", "one", "none"])
def test_matchers_in_a_request(matcher: object, ids: str) -> None:
    """What only compares equal may stand anywhere; what it stands for is judged when the call comes."""
    wanted = {"all": matcher, "one": [A, matcher], "none": [A, B]}[ids]
    request = {"DomainName": matcher, "ProfileIds": wanted}
    exchange = made(request=request)
    assert exchange.request["DomainName"] is matcher
    assert exchange.request == request


def test_matchers_under_a_sensitive_map() -> None:
    """There too, where the message would not name the key."""
    request = {"DomainName": "d", "Attributes": {"tier": ANY, "other": "x"}, "Address": ANY}
    exchange = Exchange("create_profile", request=request, response={"ProfileId": A})
    assert exchange.request == request
    wrong = {"DomainName": "d", "Attributes": {"tier": ANY, "other": 5}}
    with pytest.raises(InvalidRequest) as raised:
        Exchange("create_profile", request=wrong, response={"ProfileId": A})
    assert [violation.rule for violation in raised.value.violations] == ["type"]


def test_matchers_do_not_excuse_the_rest() -> None:
    """21 of them are still 21 ids, and no member is known that is not."""
    with pytest.raises(InvalidRequest) as raised:
        made(request={"DomainName": ANY, "ProfileIds": [ANY] * 21, "Odd": ANY})
    assert [violation.rule for violation in raised.value.violations] == ["max", "unknown"]


def test_what_botocore_converts_is_converted() -> None:
    """A tuple of ids is a list, as it is sent."""
    assert made(request={"DomainName": "d", "ProfileIds": (A, B)}).request["ProfileIds"] == [A, B]


def test_an_id_asked_twice() -> None:
    """It is answered once."""
    assert made(request={**REQUEST, "ProfileIds": [A, B, A]}).request["ProfileIds"] == [A, B, A]


def test_what_was_handed_in_can_change() -> None:
    """The exchange does not."""
    request, response, error = copy.deepcopy(REQUEST), copy.deepcopy(RESPONSE), copy.deepcopy(ERROR)
    answered, failed = made(request=request, response=response), made(request=request, error=error)
    request["ProfileIds"].clear()  # type: ignore[attr-defined]
    response["Profiles"][0]["Address"]["City"] = "London"  # type: ignore[index]
    error["Error"]["Code"] = "Other"  # type: ignore[index]
    assert answered == made()
    assert failed == made(error=ERROR)


def test_what_was_handed_out_can_change() -> None:
    """The exchange does not, nor what it hands out next."""
    exchange, failed = made(), made(error=ERROR)
    exchange.request["ProfileIds"].append("x")
    exchange.response["Profiles"][0]["Address"].clear()
    exchange.response["ResponseMetadata"]["HTTPHeaders"].clear()
    failed.error["Error"].clear()
    assert exchange == made()
    assert failed == made(error=ERROR)
    assert exchange.response is not exchange.response


def test_made_under_the_name_of_its_type_it_is_the_same() -> None:
    """Python would write that type on what it has made, and meets no error of ours."""
    answer: dict[str, Any] = {"Profiles": [], "Errors": []}
    made = BatchGetProfileExchange("batch_get_profile", response=answer)
    assert made == Exchange("batch_get_profile", response=answer)


def test_it_is_frozen() -> None:
    """Nothing is set, nothing deleted, and nothing added."""
    exchange = made()
    for name in ("request", "_record", "anything"):
        with pytest.raises(UsageError) as raised:
            setattr(exchange, name, {})
        assert str(raised.value) == (
            f"{name} of an exchange cannot be set. An exchange is never changed. Make a new one with the value."
        )
        with pytest.raises(UsageError) as raised:
            delattr(exchange, name)
        assert str(raised.value) == (
            f"{name} of an exchange cannot be deleted. An exchange is never changed. Make a new one without it."
        )
    assert exchange == made()


def test_equality() -> None:
    """By what it is made of; another may decide for itself."""
    assert made() == made()
    assert made() != made(request=None)
    assert made() != made(ignore={"max"})
    assert made() != made(unchecked=True)
    assert made() != RESPONSE
    assert made() == mock.ANY
    assert made() == ANY


def test_it_has_no_hash() -> None:
    """It holds dicts, and a request may hold what has no hash."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(made())


@pytest.mark.parametrize("arguments", [{}, {"request": None}, {"error": ERROR}, {"ignore": {"max", "min"}}])
def test_copies_on_all_roads(arguments: dict[str, Any]) -> None:
    """Pickled, copied, or written as JSON and read, it is equal."""
    exchange = made(**arguments)
    assert pickle.loads(pickle.dumps(exchange)) == exchange  # noqa: S301  (our own pickle)
    assert copy.copy(exchange) == exchange == copy.deepcopy(exchange)
    assert Exchange.from_json(exchange.to_json()) == exchange


def test_a_matcher_is_pickled() -> None:
    """For pytest-xdist; as JSON it cannot be written."""
    exchange = made(request={**REQUEST, "DomainName": ANY})
    assert pickle.loads(pickle.dumps(exchange)) == made()  # noqa: S301  (our own pickle)
    with pytest.raises(UsageError, match=r"^<ANY> cannot be written as JSON\. "):
        exchange.to_json()


def test_json() -> None:
    """What is not said is left out; the rest reads as it is."""
    fields = json.loads(made(request=None).to_json())
    assert set(fields) == {"operation", "service", "response"}
    assert fields["response"]["Profiles"] == RESPONSE["Profiles"]


ZONES = [
    dt.timezone.utc,
    dt.timezone(dt.timedelta(hours=5, minutes=45)),
    ZoneInfo("Europe/Paris"),
    ZoneInfo("America/St_Johns"),
]


@since_last_computed
@given(st.datetimes(timezones=st.sampled_from(ZONES), allow_imaginary=False))
def test_json_keeps_times(time: dt.datetime) -> None:
    """Any time in any zone, the hour that comes twice included, is the same instant, with the same offset."""
    exchange = Exchange("get_segment_membership", response={"LastComputedAt": time})
    read = Exchange.from_json(exchange.to_json())
    assert read == exchange
    assert read.response["LastComputedAt"].isoformat() == time.isoformat()


@since_last_computed
def test_json_of_others_has_times_as_texts() -> None:
    """As the AWS CLI and our own command line print them; an exchange that may hold a mere text keeps it."""
    fields = {"operation": "get_segment_membership", "response": {"LastComputedAt": "2025-06-01T12:00:00Z"}}
    assert Exchange.from_json(json.dumps(fields)).response["LastComputedAt"] == NOON
    for loose in ({"unchecked": True}, {"ignore": ["type"]}):
        read = Exchange.from_json(json.dumps({**fields, **loose}))
        assert read.response["LastComputedAt"] == "2025-06-01T12:00:00Z"


def test_json_keeps_odd_maps() -> None:
    """Keys of Attributes that look like our own tags stay what they are."""
    for key in ("$datetime", "$bytes", "$dict"):
        response = {"Profiles": [{"ProfileId": A, "Attributes": {key: "x"}}]}
        exchange = made(request=None, response=response)
        assert content(Exchange.from_json(exchange.to_json())) == response


def test_json_keeps_bytes() -> None:
    """Where an operation has a blob, of another service for one."""
    request = {"FunctionName": "f", "Payload": b"\x00\xff"}
    exchange = Exchange("invoke", request=request, response={"StatusCode": 200}, service="lambda")
    assert Exchange.from_json(exchange.to_json()).request == request


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"operation": "batch_get_profile", "response": {}, "odd": 1}',
        '{"operation": "batch_get_profile", "response": {}, "unchecked": "no"}',
        '{"operation": "batch_get_profile", "response": {}, "ignore": "max"}',
        '{"operation": "batch_get_profile", "response": {}, "ignore": [[1]]}',
    ],
)
def test_json_of_something_else(text: str) -> None:
    """It is refused in three beats."""
    with pytest.raises(UsageError) as raised:
        Exchange.from_json(text)
    assert str(raised.value) == (
        f"This is no exchange: {text!r}. An exchange is a JSON object with operation, service, request, response, "
        "error, ignore, unchecked. Give what `to_json` wrote."
    )


def test_from_json_checks_anew() -> None:
    """A file that somebody has edited passes the gate, or is refused."""
    text = made().to_json()
    with pytest.raises(InvalidResponse, match=r"Profiles\[0\]\.ProfileId"):
        Exchange.from_json(text.replace(f'"Profiles": [{{"ProfileId": "{A}"', '"Profiles": [{"ProfileId": "x"'))
    with pytest.raises(InvalidRequest, match="MaxResults"):
        Exchange.from_json(text.replace('"request": {', '"request": {"MaxResults": 5, '))


def test_what_it_hands_out_is_what_the_validator_accepts() -> None:
    """With its request it has no violation; without an outcome it has."""
    exchange = made()
    assert validate(exchange.operation, exchange.response, request=exchange.request) == []
    more = {**REQUEST, "ProfileIds": [A, B, "c" * 32]}
    assert [each.rule for each in validate(exchange.operation, exchange.response, request=more)] == ["outcome_missing"]


def test_a_membership_says_who_is_in_the_segment() -> None:
    """And not only that there is an answer."""
    ids = [f"{number:032x}" for number in range(4)]
    request = {"DomainName": "d", "SegmentDefinitionName": "s", "ProfileIds": ids}
    results = [
        {"ProfileId": each, "QueryResult": result}
        for each, result in zip(ids, ["PRESENT", "ABSENT", "ABSENT"], strict=False)
    ]
    failures = [{"ProfileId": ids[3], "Message": "Later"}]
    response = {"SegmentDefinitionName": "s", "Profiles": results, "Failures": failures}
    exchange = Exchange("get_segment_membership", request=request, response=response)
    assert str(exchange) == "get_segment_membership of 4 ids in d: 1 present, 2 absent, 1 failed"

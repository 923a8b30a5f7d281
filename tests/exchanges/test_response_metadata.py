"""ResponseMetadata as a real response has it, the same on every day."""

from __future__ import annotations

import datetime as dt
import email.utils
import enum
import uuid
from typing import TYPE_CHECKING, Any, cast

import botocore.parsers
import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time

from cp_fixtures import CustomerProfilesStubber
from cp_fixtures.clients import isolated_client
from cp_fixtures.exchanges import FIXED_DATE, Assembler, Exchange, error_exchange, renumbered, response_metadata
from cp_fixtures.service import operation_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.model import Shape

WAYS: dict[str, Callable[[], Exchange]] = {
    "batch_get_profile": lambda: Assembler().batch_get_profile(2, 1),
    "get_segment_membership": lambda: Assembler().get_segment_membership(1, 1, 1),
    "error": lambda: error_exchange("batch_get_profile", "ThrottlingException"),
    "by hand": lambda: Exchange("batch_get_profile", response={"Profiles": []}),
}
every_way = pytest.mark.parametrize("make", WAYS.values(), ids=WAYS.keys())


def metadata(exchange: Exchange) -> dict[str, Any]:
    """The metadata of whichever answer there is."""
    answer = exchange.response or exchange.error
    found: dict[str, Any] = answer["ResponseMetadata"]
    return found


def parsed(status: int, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """What botocore's own parser makes of a real answer."""
    parser = botocore.parsers.create_parser("rest-json")
    shape = cast("Shape", operation_model("batch_get_profile").output_shape)
    answer: dict[str, Any] = parser.parse({"status_code": status, "headers": headers, "body": body}, shape)
    return answer


@every_way
def test_it_has_what_a_real_one_has(make: Callable[[], Exchange]) -> None:
    """The members that botocore gives, RetryAttempts among them, and headers in lower case."""
    made = metadata(make())
    assert set(made) == {"RequestId", "HTTPStatusCode", "HTTPHeaders", "RetryAttempts"}
    assert made["RetryAttempts"] == 0
    assert all(name == name.lower() and isinstance(value, str) for name, value in made["HTTPHeaders"].items())
    assert made["HTTPHeaders"]["content-type"] == "application/json"


@every_way
def test_the_request_id(make: Callable[[], Exchange]) -> None:
    """It is a UUID4, and the header says the same one."""
    made = metadata(make())
    assert str(uuid.UUID(made["RequestId"])) == made["RequestId"]
    assert uuid.UUID(made["RequestId"]).version == 4
    assert made["HTTPHeaders"]["x-amzn-requestid"] == made["RequestId"]


@every_way
def test_the_date(make: Callable[[], Exchange]) -> None:
    """It lies in the day after the fixed one, in the form that HTTP wants."""
    header = metadata(make())["HTTPHeaders"]["date"]
    date = email.utils.parsedate_to_datetime(header)
    assert FIXED_DATE <= date < FIXED_DATE + dt.timedelta(days=1)
    assert email.utils.format_datetime(date, usegmt=True) == header


@every_way
def test_nothing_reads_the_clock(make: Callable[[], Exchange]) -> None:
    """Years away it is what it is today."""
    with freeze_time("1999-12-31 23:59:59"):
        then = make()
    with freeze_time("2077-07-07", tz_offset=-5):
        assert make() == then == make()


def test_a_frozen_clocks_time_is_a_time() -> None:
    """A datetime of freezegun's own class gives the metadata that the plain one gives."""
    with freeze_time("2025-06-01"):
        frozen = dt.datetime.now(dt.timezone.utc)
    plain = dt.datetime(2025, 6, 1, tzinfo=dt.timezone.utc)
    assert type(frozen) is not type(plain)
    assert response_metadata({"at": frozen}, 200) == response_metadata({"at": plain}, 200)


def test_the_content_decides() -> None:
    """Another content has another id; a text that is an enum's member is the text, and the zone is no content."""

    class Result(str, enum.Enum):
        PRESENT = "PRESENT"

    text, other = response_metadata(["PRESENT"], 200), response_metadata(["ABSENT"], 200)
    assert text["RequestId"] != other["RequestId"]
    assert response_metadata([Result.PRESENT], 200) == text
    zones = [dt.timezone.utc, dt.timezone(dt.timedelta(hours=9))]
    assert response_metadata(FIXED_DATE, 200) == response_metadata(FIXED_DATE.astimezone(zones[1]), 200)


def test_the_same_on_every_machine() -> None:
    """No hash and no clock of the machine is in it."""
    assert response_metadata({"Profiles": []}, 200) == {
        "RequestId": "a95b0506-7a70-4deb-b78f-cf73720a80f8",
        "HTTPStatusCode": 200,
        "HTTPHeaders": {
            "date": "Thu, 16 Jan 2025 04:34:00 GMT",
            "content-type": "application/json",
            "connection": "keep-alive",
            "x-amzn-requestid": "a95b0506-7a70-4deb-b78f-cf73720a80f8",
        },
        "RetryAttempts": 0,
    }


def test_an_error_names_its_code_in_a_header() -> None:
    """As the service does, and botocore's parser finds the code there."""
    made = metadata(error_exchange("batch_get_profile", "ThrottlingException"))
    assert made["HTTPHeaders"]["x-amzn-errortype"] == "ThrottlingException"
    answer = parsed(429, b'{"Message": "Rate exceeded"}', made["HTTPHeaders"])
    assert answer["Error"] == {"Message": "Rate exceeded", "Code": "ThrottlingException"}


def test_botocores_parser_agrees() -> None:
    """Of our headers botocore makes the metadata that we have, but for RetryAttempts, which its endpoint adds."""
    exchange = Exchange("batch_get_profile", response={"Errors": [], "Profiles": []})
    made = metadata(exchange)
    retries = made.pop("RetryAttempts")
    answer = parsed(200, b'{"Errors": [], "Profiles": []}', made["HTTPHeaders"])
    assert answer["ResponseMetadata"] == made
    assert retries == 0


def test_the_callers_own_is_kept() -> None:
    """Of a response's metadata as they are; an error's are completed."""
    own = {"RetryAttempts": 2}
    assert metadata(Exchange("batch_get_profile", response={"ResponseMetadata": own})) == own
    error = {"Error": {"Code": "ThrottlingException", "Message": "slow"}, "ResponseMetadata": own}
    made = metadata(Exchange("batch_get_profile", error=error))
    assert made["RetryAttempts"] == 2
    assert made["HTTPStatusCode"] == 429
    assert uuid.UUID(made["RequestId"]).version == 4


class AnyText:
    """A matcher whose repr has its address in it."""

    def __eq__(self, other: object) -> bool:
        """Any text is equal to it."""
        return isinstance(other, str)

    __hash__ = None  # type: ignore[assignment]


def test_a_matcher_counts_by_its_type() -> None:
    """Where it lies in memory is another place in every run."""
    matchers = [AnyText(), AnyText()]
    assert repr(matchers[0]) != repr(matchers[1])
    made = [
        Exchange("batch_get_profile", request={"DomainName": "d", "ProfileIds": [each]}, response={}, ignore={"type"})
        for each in matchers
    ]
    assert metadata(made[0]) == metadata(made[1])
    assert response_metadata({"at": matchers[0], "in": {3.5: (b"x", None)}}, 200) == response_metadata(
        {"at": matchers[1], "in": {3.5: (b"x", None)}}, 200
    )


def test_renumbered() -> None:
    """The first is as it was; each further one has an id of its own, and all that follows from it, and nothing else."""
    first = response_metadata("content", 429, "ThrottlingException")
    series = [renumbered(first, number) for number in range(1, 6)]
    assert series[0] == first
    assert series == [renumbered(first, number) for number in range(1, 6)]
    assert len({each["RequestId"] for each in series}) == len({each["HTTPHeaders"]["date"] for each in series}) == 5
    for each in series:
        assert uuid.UUID(each["RequestId"]).version == 4
        assert each["HTTPHeaders"]["x-amzn-requestid"] == each["RequestId"]
        named = {"date": first["HTTPHeaders"]["date"], "x-amzn-requestid": first["RequestId"]}
        headers = {**each["HTTPHeaders"], **named}
        assert {**each, "RequestId": first["RequestId"], "HTTPHeaders": headers} == first


OURS = response_metadata("content", 200)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"RequestId": "1"},
        {"RequestId": "1", "HTTPHeaders": {"x-amzn-requestid": "1", "date": "today"}},
        {"RequestId": 1, "HTTPHeaders": {"x-amzn-requestid": 1}},
        {**OURS, "HTTPHeaders": None},
        {**OURS, "RequestId": str(uuid.UUID(int=7))},
        {**OURS, "HTTPHeaders": {**OURS["HTTPHeaders"], "date": "Wed, 15 Jan 2025 12:00:00 GMT"}},
        None,
    ],
)
def test_what_a_caller_gives_is_not_renumbered(given: Any) -> None:
    """An id of the caller's is the caller's for every answer."""
    assert renumbered(given, 2) == given


def request_ids(stubber: CustomerProfilesStubber, times: int) -> list[str]:
    """The RequestId of each of so many answers to any call, a response or an error."""
    found = []
    for _ in range(times):
        try:
            answer = stubber.client.batch_get_profile(DomainName="d", ProfileIds=["a" * 32])
        except ClientError as error:
            answer = cast("dict[str, Any]", error.response)
        made = answer["ResponseMetadata"]
        assert made["HTTPHeaders"].get("x-amzn-requestid", made["RequestId"]) == made["RequestId"]
        found.append(made["RequestId"])
    return found


def again(register: Callable[[CustomerProfilesStubber], object]) -> list[str]:
    """The ids of four answers of a new stubber."""
    stubber = CustomerProfilesStubber(isolated_client())
    register(stubber)
    with stubber:
        return request_ids(stubber, 4)


def register_responses(stubber: CustomerProfilesStubber) -> None:
    """The same response four times."""
    for _ in range(4):
        stubber.add_response("batch_get_profile", {})


THROTTLED = error_exchange("batch_get_profile", "ThrottlingException")
TWICE: dict[str, Callable[[CustomerProfilesStubber], object]] = {
    "a stub used again": lambda stubber: stubber.add_exchange(THROTTLED, times=4),
    "an exchange registered again": lambda stubber: [stubber.add_exchange(THROTTLED) for _ in range(4)],
    "an error made again": lambda stubber: [
        stubber.add_error("batch_get_profile", "ThrottlingException", times=times) for times in (1, 3)
    ],
    "the same response": register_responses,
    "what a function makes": lambda stubber: stubber.add_callable("batch_get_profile", lambda _: THROTTLED, times=4),
}


@pytest.mark.parametrize("register", TWICE.values(), ids=TWICE.keys())
def test_every_answer_has_a_request_id_of_its_own(register: Callable[[CustomerProfilesStubber], object]) -> None:
    """As with the service, and the same series in every run of the test."""
    ids = again(register)
    assert len(set(ids)) == 4
    assert again(register) == ids


def test_the_first_answer_is_the_exchanges() -> None:
    """What the test holds is what the code gets, as long as the code asks once; the exchange is never changed."""
    stubber = CustomerProfilesStubber(isolated_client())
    stubber.add_exchange(THROTTLED, times=2)
    with stubber:
        first, second = request_ids(stubber, 2)
    assert metadata(THROTTLED)["RequestId"] == first != second
    assert [call.exchange is THROTTLED for call in stubber.calls] == [True, True]


def test_the_callers_own_is_handed_out_every_time() -> None:
    """Whoever gives a RequestId wants that one."""
    own = {"RequestId": "r", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}
    stubber = CustomerProfilesStubber(isolated_client())
    stubber.add_response("batch_get_profile", {"ResponseMetadata": own}, times=4)
    with stubber:
        assert request_ids(stubber, 4) == ["r"] * 4

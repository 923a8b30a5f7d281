"""The registering methods, the log, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from asking import DOMAIN, ask, ask_and_swallow, ids, isolated_session
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.stub import ANY

from cp_fixtures import (
    CustomerProfilesStubber,
    Exchange,
    InvalidRequest,
    InvalidResponse,
    Refused,
    UsageError,
    VerdictError,
    stubbed,
    validate,
)
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import RequestWarning
from cp_fixtures.options import Options


@pytest.fixture
def stubber() -> CustomerProfilesStubber:
    """An active stubber with a seed of its own."""
    made = CustomerProfilesStubber(isolated_client(), options=Options(seed=7))
    made.activate()
    return made


def s3_stubber() -> CustomerProfilesStubber:
    """A stubber on a client of another service."""
    return CustomerProfilesStubber(isolated_session().create_client("s3"))


def refused(register: Any, *args: Any, **kwargs: Any) -> str:
    """Why a registering method refuses its arguments."""
    with pytest.raises(UsageError) as caught:
        register(*args, **kwargs)
    return str(caught.value)


def test_the_code_gets_what_the_exchange_says(stubber: CustomerProfilesStubber) -> None:
    """Request in, response out, equal and valid, for both operations."""
    for exchange in (stubber.add_batch_get_profile(2, 1), stubber.add_get_segment_membership(2, 1, 1)):
        got = getattr(stubber.client, exchange.operation)(**exchange.request)
        assert got == exchange.response
        assert validate(exchange.operation, got, request=exchange.request) == []


def test_what_the_code_gets_is_its_own(stubber: CustomerProfilesStubber) -> None:
    """Emptying an answer, or what the test holds, changes neither the next answer nor the exchange nor the log."""
    exchange = stubber.add_batch_get_profile(times=None)
    whole = exchange.response
    request = exchange.request
    got = stubber.client.batch_get_profile(**request)
    got["Profiles"].clear()
    exchange.response["Profiles"].clear()
    request["ProfileIds"].clear()
    assert stubber.client.batch_get_profile(**exchange.request)["Profiles"] == whole["Profiles"]
    assert [call.params for call in stubber.calls] == [exchange.request] * 2


def test_the_same_seed_makes_the_same_data() -> None:
    """The data of two stubbers differ by their seeds alone; a refused registering does not disturb the next."""

    def made(seed: int, *, stumble: bool) -> list[Exchange]:
        stubber = CustomerProfilesStubber(isolated_client(), options=Options(seed=seed))
        first = stubber.add_batch_get_profile(3)
        if stumble:
            assert refused(stubber.add_batch_get_profile, -1)
        return [first, stubber.add_get_segment_membership(2, 1)]

    assert made(7, stumble=True) == made(7, stumble=False)
    assert made(7, stumble=False) != made(8, stumble=False)


def test_the_log_has_every_call_in_order(stubber: CustomerProfilesStubber) -> None:
    """Answered, refused and unexpected alike: operation, parameters, exchange, violations, fate."""
    exchange = stubber.add_batch_get_profile(profile_ids=ids(1))
    ask(stubber.client, 1)
    ask_and_swallow(stubber.client, 2)
    ask_and_swallow(stubber.client, *range(21))
    assert [(call.number, call.fate, call.exchange) for call in stubber.calls] == [
        (1, "answered", exchange),
        (2, "unexpected", None),
        (3, "refused", None),
    ]
    assert {call.operation for call in stubber.calls} == {"batch_get_profile"}
    assert [each.rule for each in stubber.calls[2].violations] == ["max"]
    assert stubber.calls[0].params == {"DomainName": DOMAIN, "ProfileIds": ids(1)}


def test_a_tuple_of_ids_is_matched_as_it_is_sent(stubber: CustomerProfilesStubber) -> None:
    """botocore sends a tuple as a list, and so it is compared and logged."""
    stubber.add_batch_get_profile(profile_ids=ids(1, 2))
    stubber.client.batch_get_profile(DomainName=DOMAIN, ProfileIds=tuple(ids(1, 2)))
    assert stubber.calls[0].params["ProfileIds"] == ids(1, 2)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("BadRequestException", 400),
        ("AccessDeniedException", 403),
        ("ResourceNotFoundException", 404),
        ("ThrottlingException", 429),
        ("InternalServerException", 500),
    ],
)
@pytest.mark.parametrize("operation", ["batch_get_profile", "get_segment_membership"])
def test_an_error_has_the_status_of_the_model(
    stubber: CustomerProfilesStubber, operation: str, code: str, status: int
) -> None:
    """Its class, code, status and top-level message are those of a real one."""
    exchange = stubber.add_error(operation, code, "what happened")
    more = {"SegmentDefinitionName": "s"} if operation == "get_segment_membership" else {}
    with pytest.raises(getattr(stubber.client.exceptions, code)) as caught:
        getattr(stubber.client, operation)(DomainName="d", ProfileIds=ids(1), **more)
    assert caught.value.response == exchange.error
    assert exchange.error["ResponseMetadata"]["HTTPStatusCode"] == status
    assert (exchange.error["Error"], exchange.error["Message"]) == (
        {"Code": code, "Message": "what happened"},
        "what happened",
    )


def test_an_error_for_these_ids_of_this_segment(stubber: CustomerProfilesStubber) -> None:
    """The ids and the names make the request that it answers."""
    exchange = stubber.add_error(
        "get_segment_membership",
        "ThrottlingException",
        profile_ids=ids(1),
        domain_name="d",
        segment_definition_name="s",
    )
    assert exchange.request == {"DomainName": "d", "SegmentDefinitionName": "s", "ProfileIds": ids(1)}
    by_request = stubber.add_error("list_domains", "ThrottlingException", request={"MaxResults": 5}, optional=True)
    assert by_request.request == {"MaxResults": 5}


@pytest.mark.parametrize(
    ("arguments", "described"),
    [
        ({"domain_name": "d"}, "domain_name"),
        ({"profile_ids": ids(1), "request": {}}, "profile_ids and request"),
        ({"segment_definition_name": "s", "request": {"a": 1}}, "segment_definition_name and request"),
    ],
)
def test_an_error_for_half_a_request_is_refused(
    stubber: CustomerProfilesStubber, arguments: dict[str, Any], described: str
) -> None:
    """A name without ids, or a request told twice."""
    assert refused(stubber.add_error, "get_segment_membership", "ThrottlingException", **arguments) == (
        f"The call of get_segment_membership is described by {described}. "
        "An error answers one request, or any, and that does not say which. "
        "Give profile_ids (batch_get_profile and get_segment_membership alone have them), "
        "or request= with all of it, or neither."
    )


def test_ids_for_an_operation_that_has_none_are_refused(stubber: CustomerProfilesStubber) -> None:
    """Any other operation is described by its whole request."""
    assert refused(stubber.add_error, "list_domains", "ThrottlingException", profile_ids=ids(1)).startswith(
        "The call of list_domains is described by profile_ids. "
    )


def test_what_is_no_exchange_is_refused(stubber: CustomerProfilesStubber) -> None:
    """A bare dict has not been checked."""
    assert refused(stubber.add_exchange, {"Profiles": []}) == (
        "This is no exchange: {'Profiles': []}. "
        "Only an Exchange has been checked against the model. "
        "Make one: Exchange(operation, request=..., response=...)."
    )


def test_an_exchange_of_another_service_is_refused(stubber: CustomerProfilesStubber) -> None:
    """The client would never ask for it."""
    other = Exchange("list_buckets", response={}, service="s3")
    assert refused(stubber.add_exchange, other) == (
        "This is an exchange of s3. The client is one of customer-profiles, and would never ask for it. "
        "Register it on a stubber of its own client."
    )
    assert s3_stubber().add_exchange(other) is other


@pytest.mark.parametrize("method", ["add_batch_get_profile", "add_get_segment_membership", "add_error"])
def test_other_clients_get_no_made_up_data(method: str) -> None:
    """What is made up is for Customer Profiles; any client has botocore's own two methods."""
    arguments = ("list_buckets", "AccessDenied") if method == "add_error" else ()
    what = "list_buckets" if method == "add_error" else method.removeprefix("add_")
    assert refused(getattr(s3_stubber(), method), *arguments) == (
        f"The client is one of s3. What is made up here, {what} for one, is for customer-profiles. "
        "Use add_response or add_client_error, which serve any client."
    )


@pytest.mark.parametrize(
    ("method", "arguments", "kind"),
    [
        ("add_batch_get_profile", {"profiles": -1}, UsageError),
        ("add_batch_get_profile", {"profiles": 21}, UsageError),
        ("add_batch_get_profile", {"times": 0}, UsageError),
        ("add_batch_get_profile", {"profile_ids": ["x-y"]}, InvalidRequest),
        ("add_batch_get_profile", {"profiles": [{"ProfileId": ids(1)[0], "FirstName": ""}]}, InvalidResponse),
        ("add_get_segment_membership", {"present": 101}, UsageError),
        ("add_get_segment_membership", {"profile_ids": ids(1, 1)}, UsageError),
        ("add_error", {"operation": "batch_get_profil", "code": "ThrottlingException"}, UsageError),
        ("add_error", {"operation": "batch_get_profile", "code": "NoSuchException"}, UsageError),
        ("add_callable", {"operation": "batch_get_profile", "answer": {}}, UsageError),
        ("add_callable", {"operation": "nothing_such", "answer": dict}, UsageError),
        ("add_callable", {"operation": "batch_get_profile", "answer": dict, "request": 5}, UsageError),
        ("add_callable", {"operation": "batch_get_profile", "answer": dict, "request": {}}, InvalidRequest),
        ("add_batch_get_profile", {"optional": "no"}, UsageError),
        ("add_batch_get_profile", {"ids_in_order": 1}, UsageError),
    ],
)
def test_a_refused_registering_leaves_nothing_behind(
    stubber: CustomerProfilesStubber, method: str, arguments: dict[str, Any], kind: type[Exception]
) -> None:
    """Bad arguments are refused at once, and no stub is there for it."""
    with pytest.raises(kind):
        getattr(stubber, method)(**arguments)
    stubber.assert_no_pending_responses()
    stubber.judge()


def test_a_callable_answers_from_the_parameters(stubber: CustomerProfilesStubber) -> None:
    """It gets a copy, gives a response or an exchange, and the log has what it made."""

    def answer(params: dict[str, Any]) -> dict[str, Any]:
        found = [{"ProfileId": each} for each in params["ProfileIds"]]
        params.clear()
        return {"Profiles": found, "Errors": []}

    stubber.add_callable("batch_get_profile", answer, times=None)
    assert [each["ProfileId"] for each in ask(stubber.client, 3, 1)["Profiles"]] == ids(3, 1)
    call = stubber.calls[0]
    assert call.params["ProfileIds"] == ids(3, 1)
    assert call.exchange is not None
    assert call.exchange.request == call.params


def test_a_callable_may_give_an_exchange(stubber: CustomerProfilesStubber) -> None:
    """Be it one that ends in an error."""
    error = Exchange("batch_get_profile", error={"Error": {"Code": "ThrottlingException", "Message": "m"}})
    stubber.add_callable("batch_get_profile", lambda _params: error)
    with pytest.raises(stubber.client.exceptions.ThrottlingException):
        ask(stubber.client)
    assert stubber.calls[0].exchange is error


@pytest.mark.parametrize(
    "problem",
    [
        ClientError({"Error": {"Code": "Own", "Message": "m"}}, "BatchGetProfile"),
        ReadTimeoutError(endpoint_url="https://example.com"),
    ],
)
def test_a_callable_may_raise_what_a_call_can_meet(stubber: CustomerProfilesStubber, problem: Exception) -> None:
    """A service error of its own, or a broken connection: the code gets it, and the verdict is content."""

    def answer(_params: dict[str, Any]) -> dict[str, Any]:
        raise problem

    stubber.add_callable("batch_get_profile", answer)
    with pytest.raises(type(problem)) as caught:
        ask(stubber.client)
    assert caught.value is problem
    stubber.judge()


def test_what_a_callable_gives_is_checked(stubber: CustomerProfilesStubber) -> None:
    """An answer that the service could not give is raised, and told in the verdict where it is swallowed."""
    stubber.add_callable("batch_get_profile", lambda _params: {"Profiles": [{"ProfileId": ids(9)[0]}]})
    ask_and_swallow(stubber.client, 1)
    with pytest.raises(VerdictError) as caught:
        stubber.judge()
    assert "InvalidResponse: This response of batch_get_profile breaks the service model" in str(caught.value)


def test_a_callable_for_one_request(stubber: CustomerProfilesStubber) -> None:
    """With request= it answers that alone, matchers included; its name is in the words of a refusal."""

    def answer(_params: dict[str, Any]) -> dict[str, Any]:
        return {}

    stubber.add_callable("list_domains", answer, request={"MaxResults": 5, "NextToken": ANY})
    with pytest.raises(Refused) as caught:
        stubber.client.list_domains(MaxResults=6, NextToken="t")
    name = f"{test_a_callable_for_one_request.__name__}.<locals>.answer"
    assert str(caught.value).splitlines()[1:3] == [
        f"  list_domains: what {name} makes (once; not used):",
        "    MaxResults: wanted 5, got 6",
    ]
    stubber.client.list_domains(MaxResults=5, NextToken="t")
    stubber.assert_no_pending_responses()


WANTED = (
    "This request of batch_get_profile breaks the service model in 2 places:\n"
    "  ProfileIds: wanted a list, which BatchGetProfileRequest requires, got nothing\n"
    "  DomainNam: wanted a member of BatchGetProfileRequest (did you mean 'DomainName'?), got an unknown one\n"
)


def register(stubber: CustomerProfilesStubber, method: str, request: dict[str, Any]) -> None:
    """Register a stub for a request by a method that takes the request as it is."""
    if method == "add_callable":
        stubber.add_callable("batch_get_profile", dict, request=request)
    elif method == "add_response":
        stubber.add_response("batch_get_profile", {}, request)
    else:
        stubber.add_client_error("batch_get_profile", "ThrottlingException", expected_params=request)


@pytest.mark.parametrize("method", ["add_callable", "add_response", "add_client_error"])
def test_a_request_that_cannot_come_is_refused(stubber: CustomerProfilesStubber, method: str) -> None:
    """No stub waits for what the service would refuse; what stands for a matcher is judged when the call comes."""
    with pytest.raises(InvalidRequest) as caught:
        register(stubber, method, {"DomainNam": ANY, "DomainName": ANY})
    assert str(caught.value).startswith(WANTED)
    assert stubber.registry.stubs == []
    register(stubber, method, {"DomainName": ANY, "ProfileIds": [ids(1)[0], ANY]})
    register(stubber, method, {"DomainName": "d", "ProfileIds": ANY})
    assert len(stubber.registry.stubs) == 2


@pytest.mark.parametrize("method", ["add_callable", "add_response", "add_client_error"])
def test_a_request_that_cannot_come_is_as_wrong_as_the_options_say(method: str) -> None:
    """With "warn" a warning at the line of the test; nothing where its rules are ignored, or where strict is False."""
    request = {"DomainNam": "d", "DomainName": "d"}
    with stubbed(strict="warn", assert_all_used=False) as stubber, pytest.warns(RequestWarning) as warned:
        register(stubber, method, request)
    assert str(warned[0].message).startswith(WANTED)
    assert [each.filename for each in warned] == [__file__] * (len(warned))
    with stubbed(ignore={"unknown", "required", "outcome_missing"}, assert_all_used=False) as stubber:
        register(stubber, method, request)
    with stubbed(strict=False, assert_all_used=False) as stubber:
        register(stubber, method, request)


def test_a_request_is_a_dict(stubber: CustomerProfilesStubber) -> None:
    """By whichever name it goes."""
    why = "It is compared and copied member by member. Give a dict."
    assert refused(stubber.add_callable, "batch_get_profile", dict, request=5) == f"request is 5. {why}"
    said = refused(stubber.add_client_error, "batch_get_profile", expected_params=[1])
    assert said == f"expected_params is [1]. {why}"


def test_the_log_is_read_and_not_written(stubber: CustomerProfilesStubber) -> None:
    """What the test does with a call that it has got, the log, the next reading and the verdict do not see."""
    exchange = stubber.add_batch_get_profile()
    stubber.client.batch_get_profile(**exchange.request)
    ask_and_swallow(stubber.client, 2)
    before = stubber.calls
    for call in stubber.calls:
        call.params["ProfileIds"].clear()
        call.params, call.fate, call.is_judged = {}, "answered", True
    assert stubber.calls == before
    assert before[0].params == exchange.request
    assert [text.partition(":")[0] for text in stubber.violations] == ["1 call that nobody stubbed"]
    with pytest.raises(VerdictError):
        stubber.judge()


def test_what_cannot_be_called_is_refused(stubber: CustomerProfilesStubber) -> None:
    """In three beats."""
    assert refused(stubber.add_callable, "batch_get_profile", 5) == (
        "This cannot be called: 5. It is to make the answer. Give a function of the parameters."
    )


def test_a_callable_may_call(stubber: CustomerProfilesStubber) -> None:
    """It runs outside the lock, so calls of its own are answered, and numbered after the one that waits."""
    stubber.add_get_segment_membership(profile_ids=ids(1))

    def answer(params: dict[str, Any]) -> dict[str, Any]:
        names = {"DomainName": DOMAIN, "SegmentDefinitionName": "segment-example"}
        found = stubber.client.get_segment_membership(**names, ProfileIds=params["ProfileIds"])
        return {"Profiles": [each["Profile"] for each in found["Profiles"]], "Errors": []}

    stubber.add_callable("batch_get_profile", answer)
    assert ask(stubber.client, 1)["Profiles"][0]["ProfileId"] == ids(1)[0]
    assert [call.operation for call in stubber.calls] == ["batch_get_profile", "get_segment_membership"]


def test_what_is_sent_is_what_counts() -> None:
    """A handler that fills parameters in is heard: they are matched, judged and logged as they leave."""

    def fill(params: dict[str, Any], **_kwargs: object) -> None:
        params["DomainName"] = "filled"

    client = isolated_client()
    client.meta.events.register("before-parameter-build.customer-profiles.BatchGetProfile", fill)
    with stubbed(client=client) as stubber:
        exchange = stubber.add_batch_get_profile(domain_name="filled")
        untyped: Any = client
        untyped.batch_get_profile(ProfileIds=exchange.request["ProfileIds"])
        assert [call.params for call in stubber.calls] == [exchange.request]


def test_a_rule_can_be_ignored() -> None:
    """Requests that break it are answered; the others are judged as before."""
    with stubbed(ignore={"pattern"}) as stubber:
        stubber.add_error("batch_get_profile", "ThrottlingException", optional=True)
        untyped: Any = stubber.client
        with pytest.raises(stubber.client.exceptions.ThrottlingException):
            untyped.batch_get_profile(DomainName="has space", ProfileIds=["not-an-id"])
        stubber.judge()
        with pytest.raises(Refused):
            ask(untyped, *range(21))
        with pytest.raises(VerdictError):
            stubber.judge()


@pytest.mark.parametrize("strict", [False, "warn"])
def test_a_callable_may_answer_what_is_not_judged(strict: Any) -> None:
    """Where requests are not refused, the answer to one is not refused for its sake either."""
    stubber = CustomerProfilesStubber(isolated_client(), options=Options(strict=strict))
    stubber.add_callable("batch_get_profile", lambda _params: {"Profiles": []})
    with stubber:
        assert ask(stubber.client, *range(21))["Profiles"] == []


def test_a_callable_may_break_a_rule_that_is_ignored() -> None:
    """The rules that requests are not held to, answers are not held to either."""
    with stubbed(ignore={"outcome_missing"}) as stubber:
        stubber.add_callable("batch_get_profile", lambda _params: {"Profiles": [], "Errors": []})
        assert ask(stubber.client)["Profiles"] == []


def test_an_option_that_there_is_not(stubber: CustomerProfilesStubber) -> None:
    """It is refused in the name of the method that was called, with near ones or all."""
    assert refused(stubber.add_batch_get_profile, profle_ids=ids(1)) == (
        "add_batch_get_profile has no option 'profle_ids'. It has 15, and this is none of them. "
        "Did you mean 'profile_ids' or 'profiles'?"
    )
    assert refused(stubber.add_get_segment_membership, zzz=1) == (
        "add_get_segment_membership has no option 'zzz'. It has 20, and this is none of them. "
        "Use one of present, absent, failures, times, optional, attempts, ids_in_order, profile_ids, left_out, "
        "domain_name, shuffle, preset, messy, omit_empty, segment_definition_name, profile_when_present, "
        "profile_when_absent, failure_message, failure_status, last_computed_at."
    )
    assert stubber.registry.stubs == []


def test_the_rules_that_the_options_ignore() -> None:
    """What is registered is not held to them either, so that the advice of every refusal holds."""
    hyphens = "00000000-0000-4000-8000-000000000007"
    with pytest.raises(
        InvalidRequest, match=r'ignore=\{"pattern"\}.* in @pytest.mark.cp_fixtures\(\.\.\.\) or in stub'
    ):
        CustomerProfilesStubber(isolated_client()).add_batch_get_profile(profile_ids=[hyphens])
    with stubbed(ignore={"pattern", "max"}) as stubber:
        one = stubber.add_batch_get_profile(profile_ids=[hyphens])
        assert stubber.client.batch_get_profile(**one.request)["Profiles"][0]["ProfileId"] == hyphens
        many = stubber.add_batch_get_profile(21)
        assert len(stubber.client.batch_get_profile(**many.request)["Profiles"]) == 21
        stubber.add_error("batch_get_profile", "ThrottlingException", profile_ids=[hyphens])
        with pytest.raises(ClientError, match="ThrottlingException"):
            stubber.client.batch_get_profile(**one.request)


def test_what_is_completed_is_not_held_to_them_either() -> None:
    """A dict without an id is one to the rules as a whole one is."""
    long = "A" * 300
    with stubbed(ignore={"max"}) as stubber:
        exchange = stubber.add_batch_get_profile([{"FirstName": long}])
        assert stubber.client.batch_get_profile(**exchange.request)["Profiles"][0]["FirstName"] == long
        assert refused(stubber.add_batch_get_profile, [{"Gender": "NONE"}]).startswith("1 override breaks the service")


def test_two_tests_have_different_request_ids() -> None:
    """Of responses and of errors; the same test has the same in every run."""

    def request_ids(identity: str) -> list[str]:
        stubber = CustomerProfilesStubber(isolated_client(), options=Options(identity=identity))
        made = [stubber.add_batch_get_profile(profile_ids=ids(1)).response]
        made += [stubber.add_error("batch_get_profile", "ThrottlingException").error for _ in range(2)]
        return [answer["ResponseMetadata"]["RequestId"] for answer in made]

    assert len({*request_ids("one"), *request_ids("other")}) == 6
    assert request_ids("one") == request_ids("one")

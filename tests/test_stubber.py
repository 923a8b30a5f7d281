"""The stubber on its client: handlers, nesting, statuses, strict responses, and copies."""

from __future__ import annotations

import gc
import weakref
from itertools import permutations
from typing import Any

import pytest
from asking import ask, ask_and_swallow, ids, isolated_session
from botocore.exceptions import ParamValidationError
from botocore.stub import Stubber

from cp_fixtures import CustomerProfilesStubber, Exchange, InvalidResponse, Refused, UsageError, VerdictError, cases
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import RequestWarning
from cp_fixtures.options import Options

EVENTS = ("before-parameter-build", "before-call")


@pytest.fixture(scope="module")
def users_session() -> Any:
    """What a user's own client comes from."""
    return isolated_session()


@pytest.fixture(params=["isolated", "any"])
def client(request: pytest.FixtureRequest, users_session: Any) -> Any:
    """An isolated client, and one of the user's own: to a stubber they are the same."""
    return isolated_client() if request.param == "isolated" else users_session.create_client("customer-profiles")


@pytest.fixture
def stubber(client: Any) -> CustomerProfilesStubber:
    """Not yet active."""
    return CustomerProfilesStubber(client)


def traces(client: Any) -> tuple[Any, ...]:
    """All that a stubber might leave on a client: its attributes, and the handlers of its events."""
    emitter = client.meta.events._emitter
    emitter = getattr(emitter, "_emitter", emitter)
    handlers = [emitter._handlers.prefix_search(f"{event}.customer-profiles.BatchGetProfile") for event in EVENTS]
    endpoint = emitter._handlers.prefix_search("before-endpoint-resolution.customer-profiles")
    return sorted(vars(client)), [list(each) for each in (*handlers, endpoint)], sorted(emitter._unique_id_handlers)


def test_nothing_is_left_on_the_client(client: Any, stubber: CustomerProfilesStubber) -> None:
    """Once the last stubber has left, the client is as it was, handler by handler."""
    before = traces(client)
    other = CustomerProfilesStubber(client)
    with stubber, other, stubber:
        stubber.add_batch_get_profile(profile_ids=ids(1))
        ask(client)
    assert traces(client) == before


def test_activating_twice_is_activating_once(client: Any, stubber: CustomerProfilesStubber) -> None:
    """As with botocore's; and to deactivate what is not active does nothing."""
    before = traces(client)
    stubber.deactivate()
    stubber.activate()
    stubber.activate()
    stubber.deactivate()
    assert traces(client) == before
    with CustomerProfilesStubber(client) as other:
        stubber.deactivate()
        other.add_batch_get_profile(profile_ids=ids(1))
        assert ask(client)["Profiles"]


def test_the_inner_of_two_is_asked_first(client: Any) -> None:
    """What it has no stub for goes on to the outer; once it has left, the outer answers as before."""
    outer, inner = CustomerProfilesStubber(client), CustomerProfilesStubber(client)
    outer.add_error("batch_get_profile", "ThrottlingException", profile_ids=ids(1), times=None)
    outer.add_batch_get_profile(profile_ids=ids(2))
    inner.add_batch_get_profile(profile_ids=ids(1))
    with outer:
        with inner:
            assert ask(client, 1)["Profiles"]
            assert ask(client, 2)["Profiles"]
        with pytest.raises(client.exceptions.ThrottlingException):
            ask(client, 1)
    assert [call.params["ProfileIds"] for call in inner.calls] == [ids(1), ids(2)]
    assert [call.params["ProfileIds"] for call in outer.calls] == [ids(2), ids(1)]
    assert [call.number for call in (*inner.calls, *outer.calls)] == [1, 2, 1, 2]
    assert [call.fate for call in (*inner.calls, *outer.calls)] == ["answered"] * 4
    assert inner.calls[1].exchange is outer.calls[0].exchange is not None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_stubbers_may_leave_in_any_order(client: Any, order: tuple[int, ...]) -> None:
    """Those that are left go on answering, and none of them twice."""
    before = traces(client)
    stubbers = [CustomerProfilesStubber(client) for _ in order]
    for number, each in enumerate(stubbers):
        each.add_batch_get_profile(profile_ids=ids(number), times=None)
        each.activate()
    left = set(order)
    for number in order:
        stubbers[number].deactivate()
        left.remove(number)
        for other in left:
            ask(client, other)
        if left:
            with pytest.raises(Refused):
                ask(client, number)
    assert traces(client) == before


def test_a_refusal_names_the_stubs_of_all(client: Any) -> None:
    """The outer's candidates too: one of them may have been meant."""
    outer, inner = CustomerProfilesStubber(client), CustomerProfilesStubber(client)
    outer.add_batch_get_profile(profile_ids=ids(1))
    inner.add_batch_get_profile(profile_ids=ids(2))
    with outer, inner, pytest.raises(Refused) as caught:
        ask(client, 3)
    wanted = [line for line in str(caught.value).splitlines() if "wanted the id" in line]
    assert wanted == [f"    ProfileIds: wanted the id '{each}', got another '{ids(3)[0]}'" for each in ids(2, 1)]
    assert [len(each.calls) for each in (inner, outer)] == [1, 0]


def test_two_clients_have_nothing_to_do_with_each_other() -> None:
    """A stubber answers its own client alone."""
    first, second = isolated_client(), isolated_client()
    with CustomerProfilesStubber(first) as stubber:
        stubber.add_batch_get_profile(profile_ids=ids(1), times=None)
        ask(first)
        with pytest.raises(Refused, match="was about to leave for the network"):
            ask(second)


def test_a_stubber_that_is_dropped_is_let_go(users_session: Any) -> None:
    """Though nobody deactivated it: neither it nor its client is kept by anything of ours."""
    for make in (isolated_client, lambda: users_session.create_client("customer-profiles")):
        client = make()
        stubber = CustomerProfilesStubber(client)
        stubber.activate()
        stubber.add_batch_get_profile(profile_ids=ids(1))
        ask(client)
        dropped = weakref.ref(stubber), weakref.ref(client)
        del stubber, client
        gc.collect()
        assert [each() for each in dropped] == [None, None]


def test_botocores_own_stubber_works_on_an_isolated_client() -> None:
    """It needs no stubber of ours."""
    client: Any = isolated_client()
    with Stubber(client) as stubber:
        stubber.add_response("batch_get_profile", {"Profiles": [], "Errors": []})
        assert ask(client) == {"Profiles": [], "Errors": []}


def test_presigned_urls_are_no_calls() -> None:
    """One is made though nothing is stubbed, and the log is empty."""
    client: Any = isolated_client()
    with CustomerProfilesStubber(client) as stubber:
        client.generate_presigned_url("batch_get_profile", Params={"DomainName": "d", "ProfileIds": ids(1)})
    assert stubber.calls == ()


@pytest.mark.parametrize(
    ("code", "given", "status"),
    [
        ("ThrottlingException", None, 429),
        ("InternalServerException", None, 500),
        ("ThrottlingException", 503, 503),
        ("NoSuchCode", None, 400),
        ("NoSuchCode", 599, 599),
        ("NoSuchCode", 300, 300),
    ],
)
def test_the_status_of_a_client_error(
    client: Any, stubber: CustomerProfilesStubber, code: str, given: int | None, status: int
) -> None:
    """The model's, where none is given; 400 for a code that the model has not."""
    stubber.add_client_error("batch_get_profile", code, http_status_code=given)
    with stubber, pytest.raises(client.exceptions.ClientError) as caught:
        ask(client)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert caught.value.response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-errortype"] == code


@pytest.mark.parametrize("status", [200, 299, 0, 600, "500", True, 403.5])
def test_a_status_that_is_no_errors_is_refused(stubber: CustomerProfilesStubber, status: Any) -> None:
    """Also where it comes through response_meta; nothing is registered."""
    for name, arguments in (
        ("http_status_code", {"http_status_code": status}),
        ('response_meta["HTTPStatusCode"]', {"response_meta": {"HTTPStatusCode": status}}),
    ):
        with pytest.raises(UsageError) as caught:
            stubber.add_client_error("batch_get_profile", "Code", **arguments)
        assert str(caught.value) == (
            f"{name} is {status!r}. It is a number, and below 300 botocore takes the error for a success. "
            "Give 300 to 599, or none."
        )
    stubber.assert_no_pending_responses()


def test_an_unchecked_error_is_raised_all_the_same(client: Any, stubber: CustomerProfilesStubber) -> None:
    """Whatever it says of its status, which is kept as it is."""
    error = {"Error": {"Code": "Odd"}, "ResponseMetadata": {"HTTPStatusCode": 200}}
    stubber.add_exchange(Exchange("batch_get_profile", error=error, unchecked=True))
    with stubber, pytest.raises(client.exceptions.ClientError) as caught:
        ask(client)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize(
    ("method", "arguments", "name"),
    [
        ("add_response", {"service_response": None}, "service_response"),
        ("add_response", {"service_response": []}, "service_response"),
        ("add_response", {"service_response": {}, "expected_params": "all"}, "expected_params"),
        ("add_client_error", {"expected_params": ["a"]}, "expected_params"),
        ("add_client_error", {"service_error_meta": "a"}, "service_error_meta"),
        ("add_client_error", {"response_meta": 5}, "response_meta"),
        ("add_client_error", {"modeled_fields": (1,)}, "modeled_fields"),
    ],
)
def test_what_is_no_dict_is_refused(
    stubber: CustomerProfilesStubber, method: str, arguments: dict[str, Any], name: str
) -> None:
    """With its name, and before anything is registered."""
    with pytest.raises(UsageError) as caught:
        getattr(stubber, method)("batch_get_profile", **arguments)
    assert str(caught.value) == (
        f"{name} is {arguments[name]!r}. It is compared and copied member by member. Give a dict."
    )
    stubber.assert_no_pending_responses()


@pytest.mark.parametrize("method", ["batch_get_profil", "BatchGetProfile", "close", "", None, ["batch_get_profile"]])
def test_an_unknown_operation_is_refused(stubber: CustomerProfilesStubber, method: Any) -> None:
    """By both of botocore's methods, be it of any type; `close` is a method of the client, but no operation."""
    with pytest.raises(UsageError, match="There is no operation of customer-profiles"):
        stubber.add_response(method, {})
    with pytest.raises(UsageError, match="There is no operation of customer-profiles"):
        stubber.add_client_error(method, "Code")


def test_a_response_is_held_to_the_whole_model(stubber: CustomerProfilesStubber) -> None:
    """What botocore lets through is refused: here a pattern; and an id that was not asked for."""
    with pytest.raises(InvalidResponse, match=r"Profiles\[0\].ProfileId: wanted a match of"):
        stubber.add_response("batch_get_profile", {"Profiles": [{"ProfileId": "x"}]})
    expected = {"DomainName": "d", "ProfileIds": ids(1)}
    with pytest.raises(InvalidResponse, match="in 2 places"):
        stubber.add_response("batch_get_profile", {"Profiles": [{"ProfileId": ids(2)[0]}]}, expected)
    stubber.assert_no_pending_responses()


def refusal_of(botocores: Stubber, operation: str, response: dict[str, Any]) -> str:
    """What botocore's Stubber says of a response; nothing where it takes it."""
    try:
        botocores.add_response(operation, response)
    except ParamValidationError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("operation", ["batch_get_profile", "get_segment_membership"])
def test_what_botocore_refuses_is_refused_in_its_words(stubber: CustomerProfilesStubber, operation: str) -> None:
    """Every single fault of a response: botocore's own error where its Stubber has one, and ours for the rest."""
    botocores = Stubber(isolated_session().create_client("customer-profiles"))
    faulty = [case for case in cases.invalid_responses(operation) if getattr(case.violation, "rule", "") != "timezone"]
    for case in faulty:
        response = {name: value for name, value in case.value.response.items() if name != "ResponseMetadata"}
        with pytest.raises((ParamValidationError, InvalidResponse)) as caught:
            stubber.add_response(operation, response, case.value.request)
        words = refusal_of(botocores, operation, response)
        assert words in {"", str(caught.value)}, case.id
        assert isinstance(caught.value, ParamValidationError) == bool(words), case.id


def test_a_legal_response_is_read_once(stubber: CustomerProfilesStubber, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our rules alone read it: botocore's take ten times as long, and are asked where ours have found something."""
    read: list[object] = []
    monkeypatch.setattr("cp_fixtures.stubs.as_botocore.validate_parameters", lambda params, _shape: read.append(params))
    stubber.add_response("batch_get_profile", {"Profiles": [], "Errors": []})
    assert read == []
    with pytest.raises(InvalidResponse):
        stubber.add_response("batch_get_profile", {"Profiles": 5})
    assert read == [{"Profiles": 5}]


def test_a_naive_datetime_and_own_metadata_are_kept(client: Any, stubber: CustomerProfilesStubber) -> None:
    """As botocore's Stubber keeps them, whose users have them in their tests."""
    import datetime as dt

    naive = dt.datetime(2025, 1, 15, 12)  # noqa: DTZ001 - the point of it
    response = {
        "Items": [{"DomainName": "d", "CreatedAt": naive, "LastUpdatedAt": naive}],
        "ResponseMetadata": {"a": 1},
    }
    stubber.add_response("list_domains", response)
    with stubber:
        assert client.list_domains() == response


@pytest.mark.parametrize("strict", [False, "warn"])
def test_a_response_that_is_not_judged_strictly(client: Any, strict: Any, recwarn: pytest.WarningsRecorder) -> None:
    """With strict=False nothing is said; with "warn" a warning; it is answered in both cases."""
    stubber = CustomerProfilesStubber(client, options=Options(strict=strict))
    stubber.add_response("batch_get_profile", {"Profiles": [{"ProfileId": "x"}]})
    assert [each.category for each in recwarn] == ([RequestWarning] if strict else [])
    with stubber:
        assert ask(client)["Profiles"] == [{"ProfileId": "x"}]


def test_what_was_registered_is_a_copy(client: Any, stubber: CustomerProfilesStubber) -> None:
    """Neither the response nor the expected parameters change with what the test does to its own dicts."""
    response: dict[str, Any] = {"Profiles": [{"ProfileId": ids(1)[0]}], "Errors": []}
    expected: dict[str, Any] = {"DomainName": "d", "ProfileIds": ids(1)}
    stubber.add_response("batch_get_profile", response, expected, times=2)
    response["Profiles"][0]["ProfileId"] = "spoilt"
    expected["ProfileIds"].append("spoilt")
    with stubber:
        for _ in range(2):
            got = ask(client, 1, domain="d")
            assert got["Profiles"] == [{"ProfileId": ids(1)[0]}]
            got["Profiles"][0].clear()


def test_an_error_is_a_copy(client: Any, stubber: CustomerProfilesStubber) -> None:
    """What a handler of the code does to an error's response, the next one does not see."""
    stubber.add_client_error("batch_get_profile", "Code", "message", times=2)
    with stubber:
        for _ in range(2):
            with pytest.raises(client.exceptions.ClientError) as caught:
                ask(client)
            assert caught.value.response["Error"] == {"Code": "Code", "Message": "message"}
            caught.value.response.clear()


def test_a_function_as_the_response(client: Any, stubber: CustomerProfilesStubber) -> None:
    """add_response takes one as well, and hands it to add_callable."""
    stubber.add_response(
        "batch_get_profile",
        lambda params: {"Errors": [], "Profiles": [{"ProfileId": each} for each in params["ProfileIds"]]},
        {"DomainName": "d", "ProfileIds": ids(1)},
        times=2,
    )
    with stubber:
        assert ask(client, 1, domain="d")["Profiles"] == [{"ProfileId": ids(1)[0]}]
        with pytest.raises(Refused):
            ask(client, 2, domain="d")


def test_times_and_optional_for_botocores_methods(client: Any, stubber: CustomerProfilesStubber) -> None:
    """They are counted as for ours."""
    stubber.add_response("list_domains", {"Items": []}, times=2)
    stubber.add_client_error("list_domains", "Code", optional=True)
    with stubber:
        client.list_domains()
        with pytest.raises(AssertionError, match="1 responses remaining in queue"):
            stubber.assert_no_pending_responses()
        client.list_domains()
    stubber.assert_no_pending_responses()


def test_leaving_says_nothing(client: Any, stubber: CustomerProfilesStubber) -> None:
    """As with botocore's; the verdict is to be asked for."""
    stubber.add_batch_get_profile()
    with stubber:
        ask_and_swallow(client)
    with pytest.raises(VerdictError, match="1 call that nobody stubbed"):
        stubber.judge()


def test_an_unknown_locale_is_refused(client: Any) -> None:
    """When the stubber is made, and not when the first person is needed."""
    with pytest.raises(UsageError, match="There is no locale 'xx_XX'"):
        CustomerProfilesStubber(client, options=Options(locale="xx_XX"))


def test_one_that_joins_or_leaves_during_a_call_does_not_answer_it() -> None:
    """A call is answered by who was there when it began and still is; nothing leaves for the network."""
    client = isolated_client()
    stubber = CustomerProfilesStubber(client)
    stubber.add_batch_get_profile(profile_ids=ids(1))
    change: dict[str, Any] = {"to": stubber.activate}
    client.meta.events.register("before-parameter-build.customer-profiles.*", lambda **_kwargs: change["to"]())
    with pytest.raises(Refused, match="was about to leave for the network"):
        ask(client)
    assert list(stubber.calls) == []
    change["to"] = stubber.deactivate
    with pytest.raises(Refused, match="was about to leave for the network"):
        ask(client)
    assert [call.fate for call in stubber.calls] == ["ended"]
    stubber.activate()
    change["to"] = list
    assert ask(client)["Profiles"]


def test_a_handler_sees_the_headers_of_the_answer(stubber: CustomerProfilesStubber) -> None:
    """As botocore has them: a name is found in any spelling, and what is changed there changes nothing else."""
    seen: list[Any] = []
    stubber.client.meta.events.register("after-call", lambda http_response, **_: seen.append(http_response.headers))
    with stubber:
        exchange = stubber.add_batch_get_profile()
        got = stubber.client.batch_get_profile(**exchange.request)
    assert dict(seen[0].items()) == got["ResponseMetadata"]["HTTPHeaders"]
    assert seen[0]["X-Amzn-RequestId"] == got["ResponseMetadata"]["RequestId"]
    seen[0]["Date"] = "another"
    assert got == exchange.response

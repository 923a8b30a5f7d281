"""Requests that a handler changes on their way: refused before anything answers, and told in the verdict."""

from __future__ import annotations

from functools import cache, partial
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest
from asking import ASKED, ask, ask_and_swallow, ids, isolated_session
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import CustomerProfilesStubber, Refused, VerdictError, strategies, stubbed
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import RequestWarning
from cp_fixtures.options import Options
from cp_fixtures.service import operations
from cp_fixtures.wire import CustomerProfilesWire

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/domains/amazon-connect-example/batch-get-profiles"
OTHER = b'{"ProfileIds": ["' + ids(2)[0].encode() + b'"]}'
TOO_MANY = b'{"ProfileIds": [' + b", ".join([b'"%s"' % ids(1)[0].encode()] * 21) + b"]}"
ENDPOINTS = [None, "http://localhost:8000/a/b", "https://example.com/domains/x/segments/"]
CORRECT = (
    "A handler has changed the request after botocore had made it. Correct the handler, or switch the check off: "
    "strict=False, in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
)


def change_body(body: bytes, request: Any, **_kwargs: Any) -> None:
    """Another body."""
    if hasattr(request, "data"):
        request.data = body
    else:
        request.body = body


def change_url(request: Any, **_kwargs: Any) -> None:
    """Another domain."""
    request.url = request.url.replace("amazon-connect-example", "another")


def change_path(request: Any, **_kwargs: Any) -> None:
    """Another operation."""
    request.url = request.url.replace("batch-get-profiles", "profiles/search")


def change_headers(request: Any, **_kwargs: Any) -> None:
    """Another header, which changes nothing that is asked for."""
    request.headers["X-Trace"] = "1"


def change_method(request: Any, **_kwargs: Any) -> None:
    """Another method."""
    request.method = "PUT"


@cache
def shared_client(endpoint: str | None) -> Any:
    """A client for many calls that are not tried again."""
    session = isolated_session()
    return session.create_client("customer-profiles", endpoint_url=endpoint)


def wire_of(change: Callable[..., None], event: str = "request-created", **options: Any) -> Any:
    """A block with a handler that changes every request."""
    client = isolated_client(alone=True)
    client.meta.events.register(f"{event}.customer-profiles", change)
    return stubbed(wire=True, client=client, assert_all_used=False, **options)


ID_IS_ANOTHER = f"  ProfileIds: wanted the id '{ids(1)[0]}', got another '{ids(2)[0]}'"
NO_SUCH_REQUEST = "  [the HTTP request]: wanted POST /domains/{DomainName}/batch-get-profiles, got "


@pytest.mark.parametrize("event", ["request-created", "before-sign", "before-send"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (partial(change_body, OTHER), ID_IS_ANOTHER),
        (
            partial(change_body, b"{not json"),
            (
                "  [the HTTP request]: wanted a body of JSON, got one that is none: Expecting property name enclosed "
                "in double quotes: line 1 column 2 (char 1)"
            ),
        ),
        (partial(change_body, b""), "  ProfileIds: wanted a list, which BatchGetProfileRequest requires, got nothing"),
        (change_url, "  DomainName: wanted 'amazon-connect-example', got 'another'"),
        (change_path, NO_SUCH_REQUEST + "POST /domains/amazon-connect-example/profiles/search"),
        (change_method, f"{NO_SUCH_REQUEST}PUT {PATH}"),
    ],
)
def test_what_is_changed_on_its_way_is_refused(event: str, change: Callable[..., None], told: str) -> None:
    """At whatever event; nothing answers, nothing is tried again, and the verdict says so though it is swallowed."""
    with wire_of(change, event) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        with pytest.raises(Refused) as caught:
            ask(wire.client)
        lines = str(caught.value).splitlines()
        assert (lines[1], lines[-1]) == (told, CORRECT)
        assert (wire.attempts, wire.calls[0].fate) == ((), "refused")
        assert [text.splitlines()[2].strip() for text in wire.violations] == [told.strip()]
        wire.registry.verdict()


def test_the_whole_message() -> None:
    """What was asked for, all that was changed, and what to do; the verdict offers the codes that can be ignored."""
    with wire_of(partial(change_body, TOO_MANY)) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        with pytest.raises(Refused) as caught:
            ask(wire.client)
        (told,) = wire.violations
        wire.registry.verdict()
    places = (
        "  ProfileIds: wanted at most 20 items, got 21 items\n"
        f"  ProfileIds: wanted no more ids, got the ids '{ids(1)[0]}', '{ids(1)[0]}' and 18 more"
    )
    what = f"call 1, batch_get_profile of 1 id in amazon-connect-example{ASKED}"
    assert str(caught.value) == f"What was sent is not what {what} asked for:\n{places}\n{CORRECT}"
    assert told == (
        f"1 request that the service would refuse:\n  {what}:\n{indent(places, '  ')}\nCorrect what the code asks for, "
        "or switch the check off: strict=False, in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
    )


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_a_refusal_is_never_tried_again(mode: str) -> None:
    """In whatever mode; the error is the very one that was raised, and botocore asks once."""
    retries: Any = {"mode": mode, "total_max_attempts": 5}
    client = isolated_session().create_client(
        "customer-profiles",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 - nothing is signed with it that anybody could read
        config=Config(retries=retries),
    )
    asked: list[Any] = []
    client.meta.events.register("request-created", change_url)
    client.meta.events.register_first(
        "needs-retry.customer-profiles", lambda caught_exception, **_: asked.append(caught_exception)
    )
    with stubbed(wire=True, client=client, assert_all_used=False) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), times=None)
        with pytest.raises(Refused) as caught:
            ask(client)
        wire.registry.verdict()
    assert asked == [caught.value]
    assert wire.attempts == ()


def test_only_the_try_that_is_changed_is_refused() -> None:
    """The first one goes through, and is tried again; what the second asks for nobody asked for."""
    changes = iter([change_headers, change_url])
    with wire_of(lambda request, **_: next(changes)(request)) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500])
        with pytest.raises(Refused, match="DomainName: wanted 'amazon-connect-example', got 'another'"):
            ask(wire.client)
        wire.registry.verdict()
    assert [(each.number, each.answer.status) for each in wire.attempts] == [(1, 500)]
    assert wire.attempts[0].headers["X-Trace"] == "1"


@pytest.mark.parametrize("event", ["request-created", "before-sign", "before-send"])
def test_headers_are_free(event: str) -> None:
    """Tracers add some; they are among those of the try, as they were sent, and signed if they came in time."""
    with wire_of(change_headers, event) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        ask(wire.client)
    assert wire.attempts[0].headers["X-Trace"] == "1"
    assert ("x-trace" in wire.attempts[0].headers["Authorization"]) == (event == "before-sign")


def test_parameters_changed_before_they_were_serialized_are_what_is_asked_for() -> None:
    """The stub has to be for those, as with a stubber."""
    client = isolated_client(alone=True)
    client.meta.events.register("before-parameter-build", lambda params, **_: params.update(ProfileIds=ids(2)))
    with stubbed(wire=True, client=client) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(2))
        assert ask(client, 1)["Profiles"][0]["ProfileId"] == ids(2)[0]
    assert wire.attempts[0].body == OTHER


def test_not_strict_is_not_judged() -> None:
    """What is sent is answered, and is there to be looked at."""
    with wire_of(change_method, strict=False) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        assert ask(wire.client)["Profiles"]
    assert wire.attempts[0].method == "PUT"
    assert wire.calls[0].violations == ()


def test_warned_of_is_answered() -> None:
    """And each change is told once, however often it is tried."""
    with wire_of(partial(change_body, OTHER), strict="warn") as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1), attempts=[500, 500])
        assert ask(wire.client)["Profiles"]
        with pytest.warns(RequestWarning, match="wanted the id '0{31}1', got another '0{31}2'") as caught:
            wire.judge()
    assert [str(each.message).count("ProfileIds") for each in caught] == [1]
    assert len(wire.attempts) == 3


def test_an_ignored_rule_is_not_judged() -> None:
    """What a handler changes beyond it is."""
    bad = b'{"ProfileIds": ["no id"]}'
    with wire_of(partial(change_body, bad), ignore={"pattern"}) as wire:
        wire.add_batch_get_profile(1, profile_ids=ids(1))
        with pytest.raises(Refused) as caught:
            ask(wire.client)
        wire.registry.verdict()
    assert str(caught.value).splitlines()[1:-1] == [f"  ProfileIds: wanted the id '{ids(1)[0]}', got another 'no id'"]


def test_what_the_call_itself_breaks_is_told_once() -> None:
    """With strict="warn" a call that the service would refuse is sent as it is, and that is no change."""
    with stubbed(wire=True, strict="warn") as wire:
        wire.add_response("batch_get_profile", {})
        wire.client.batch_get_profile(DomainName="no name!", ProfileIds=["no id", "a/b", "ü%2F"])
        assert len(wire.calls[0].violations) == 4
        with pytest.warns(RequestWarning) as caught:
            wire.judge()
    assert str(caught[0].message).count("wanted") == 4


def test_what_another_only_warns_of_is_no_change() -> None:
    """The outer wire is strict; but what the call asks for the inner one has let through."""
    client: Any = isolated_client(alone=True)
    with (
        CustomerProfilesWire(client) as outer,
        CustomerProfilesStubber(client, options=Options(strict="warn")) as inner,
    ):
        outer.add_response("batch_get_profile", {})
        client.batch_get_profile(DomainName="no name!", ProfileIds=ids(1))
    assert [call.fate for call in (*inner.calls, *outer.calls)] == ["answered"] * 2


@pytest.mark.parametrize("inner", [CustomerProfilesWire, CustomerProfilesStubber])
def test_the_logs_of_all_have_it(inner: Any) -> None:
    """That of the one that was asked first, and that of the outer wire which was to answer."""
    client: Any = isolated_client(alone=True)
    client.meta.events.register("request-created", change_url)
    with CustomerProfilesWire(client) as outer, inner(client) as first:
        outer.add_batch_get_profile(1, profile_ids=ids(1))
        ask_and_swallow(client)
    for delivery in (first, outer):
        assert [call.fate for call in delivery.calls] == ["refused"]
        with pytest.raises(VerdictError, match="DomainName: wanted 'amazon-connect-example', got 'another'"):
            delivery.judge()


@given(data=st.data())
def test_what_nobody_changed_is_never_refused(data: st.DataObject) -> None:
    """Any legal request of any operation, over the wire and to whatever endpoint."""
    operation = data.draw(st.sampled_from(sorted(operations())))
    request = data.draw(strategies.requests(operation))
    with stubbed(wire=True, client=shared_client(data.draw(st.sampled_from(ENDPOINTS)))) as wire:
        wire.add_error(operation, "BadRequestException", request=request, http_status_code=400)
        with pytest.raises(ClientError, match="BadRequestException"):
            getattr(wire.client, operation)(**request)
    assert [call.fate for call in wire.calls] == ["answered"]

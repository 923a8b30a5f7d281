"""Our stubber in the place of botocore's: what its documentation shows and its users rely on, on a client of S3."""

from __future__ import annotations

import io
import re
import textwrap
from typing import TYPE_CHECKING, Any

import botocore.session
import botocore.stub
import pytest
from asking import isolated_session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ParamValidationError,
    StubAssertionError,
    StubResponseError,
    UnStubbedResponseError,
)
from botocore.stub import ANY, Stubber

from cp_fixtures import CustomerProfilesStubber, Refused, UsageError

if TYPE_CHECKING:
    from botocore.client import BaseClient

EXAMPLES = re.findall(r"\*\*Example:\*\*\n    ::\n(.*?)(?=\n\n    \w|\Z)", Stubber.__doc__ or "", flags=re.DOTALL)


@pytest.fixture(scope="module")
def s3_session() -> Any:
    """A session that knows a region, and has loaded what takes long."""
    return isolated_session()


@pytest.fixture
def s3(s3_session: Any) -> Any:
    """A client of S3 that has no credentials."""
    return s3_session.create_client("s3", config=Config(signature_version=UNSIGNED, s3={"addressing_style": "path"}))


@pytest.fixture
def stubber(s3: BaseClient) -> CustomerProfilesStubber:
    """Not yet active, as botocore's."""
    return CustomerProfilesStubber(s3)


def test_it_is_one(stubber: CustomerProfilesStubber) -> None:
    """Whoever asks for a Stubber gets one."""
    assert isinstance(stubber, Stubber)


@pytest.mark.parametrize("example", EXAMPLES, ids=["queue", "context manager", "ANY"])
def test_the_documented_examples(example: str, s3_session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the docstring of botocore's class run as they stand, with our class under its name."""
    monkeypatch.setattr(botocore.session, "get_session", lambda: s3_session)
    monkeypatch.setattr(botocore.stub, "Stubber", CustomerProfilesStubber)
    exec(textwrap.dedent(example), {})  # noqa: S102 - the text of the installed botocore
    assert "assert service_response == response" in example


def test_there_are_three_examples() -> None:
    """So that none is lost by silence."""
    assert len(EXAMPLES) == 3


def test_a_response_comes_back_as_it_was_given(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """Metadata of the caller's own included, and nothing added."""
    stubber.add_response("list_objects", {"ResponseMetadata": {"own": "value"}})
    stubber.add_response("list_objects", {})
    stubber.activate()
    assert s3.list_objects(Bucket="b") == {"ResponseMetadata": {"own": "value"}}
    assert s3.list_objects(Bucket="b") == {}


def test_as_a_context_manager(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """Active inside and not after, and entering gives the stubber itself."""
    stubber.add_response("list_objects", {"Name": "first"})
    with stubber as entered:
        assert entered is stubber
        assert s3.list_objects(Bucket="b")["Name"] == "first"
    assert not any(isinstance(value, CustomerProfilesStubber) for value in vars(s3).values())


def test_a_call_without_a_stub(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """It is caught by each of botocore's own classes, and by AssertionError."""
    stubber.activate()
    for kind in (UnStubbedResponseError, StubResponseError, StubAssertionError, AssertionError, Refused):
        with pytest.raises(kind, match=r"^Nobody stubbed call \d, list_objects, at "):
            s3.list_objects(Bucket="b")


def test_stubs_that_are_used_up(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """One answer is for one call."""
    stubber.add_response("list_objects", {})
    stubber.activate()
    s3.list_objects(Bucket="b")
    with pytest.raises(UnStubbedResponseError):
        s3.list_objects(Bucket="b")


def test_a_client_error(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """All that may be said of it, by position or by name, is found in what is raised."""
    stubber.add_client_error(
        "list_objects", "AccessDenied", "Access Denied", 403, {"Extra": "e"}, {"Bucket": "b"}, {"RequestId": "r"}
    )
    with stubber, pytest.raises(ClientError) as caught:
        s3.list_objects(Bucket="b")
    assert caught.value.response == {
        "Error": {"Message": "Access Denied", "Code": "AccessDenied", "Extra": "e"},
        "ResponseMetadata": {"HTTPStatusCode": 403, "RequestId": "r"},
    }


def test_a_client_error_with_defaults(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """No code, no message, and 400, as with botocore's."""
    stubber.add_client_error("list_objects")
    with stubber, pytest.raises(ClientError) as caught:
        s3.list_objects(Bucket="b")
    assert caught.value.response == {
        "Error": {"Message": "", "Code": ""},
        "ResponseMetadata": {"HTTPStatusCode": 400},
    }


def test_a_modelled_client_error(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """It is of its own class, with the members of its shape, which are checked."""
    fields = {"StorageClass": "GLACIER", "AccessTier": "ARCHIVE_ACCESS"}
    stubber.add_client_error("get_object", "InvalidObjectState", modeled_fields=fields)
    with stubber, pytest.raises(s3.exceptions.InvalidObjectState) as caught:
        s3.get_object(Bucket="b", Key="k")
    assert {name: caught.value.response[name] for name in fields} == fields
    with pytest.raises(ParamValidationError):
        stubber.add_client_error("get_object", "InvalidObjectState", modeled_fields={"Unknown": "x"})


def test_the_parameters_of_a_client_error(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """Expected parameters hold for errors too: other ones are no ClientError, but an AssertionError."""
    stubber.add_client_error("list_objects", "Code", "message", expected_params={"Bucket": "b"})
    stubber.activate()
    with pytest.raises(AssertionError, match="Bucket: wanted 'b', got 'other'"):
        s3.list_objects(Bucket="other")
    with pytest.raises(ClientError):
        s3.list_objects(Bucket="b")


def test_expected_parameters(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """All of them have to be there, and no others; a call that fails consumes nothing."""
    stubber.add_response("list_objects", {}, {"Bucket": "b", "Prefix": "p"})
    stubber.activate()
    for wrong in ({"Bucket": "x", "Prefix": "p"}, {"Bucket": "b"}, {"Bucket": "b", "Prefix": "p", "Delimiter": "/"}):
        with pytest.raises(StubAssertionError):
            s3.list_objects(**wrong)
    assert s3.list_objects(Bucket="b", Prefix="p") == {}
    stubber.assert_no_pending_responses()


def test_what_botocore_adds_to_the_parameters_is_no_difference(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """S3 asks for EncodingType by itself: what the code gave is compared, as botocore's Stubber does."""
    stubber.add_response("list_objects_v2", {}, {"Bucket": "b"})
    with stubber:
        s3.list_objects_v2(Bucket="b")
    assert [call.params for call in stubber.calls] == [{"Bucket": "b"}]


@pytest.mark.parametrize(
    ("method", "expected", "calls"),
    [
        ("list_objects", {"Bucket": ANY}, [{"Bucket": "a"}, {"Bucket": "b"}]),
        ("head_object", {"Bucket": ANY, "Key": "k"}, [{"Bucket": "a", "Key": "k"}, {"Bucket": "b", "Key": "k"}]),
        (
            "put_object",
            {"Bucket": "b", "Key": "k", "Metadata": {"mine": ANY}},
            [{"Bucket": "b", "Key": "k", "Metadata": {"mine": value}} for value in ("x", "y")],
        ),
    ],
)
def test_any(
    s3: Any, stubber: CustomerProfilesStubber, method: str, expected: dict[str, Any], calls: list[dict[str, Any]]
) -> None:
    """botocore's ANY stands for a parameter at the top, beside concrete ones, and inside."""
    for _ in calls:
        stubber.add_response(method, {}, expected)
    with stubber:
        for params in calls:
            getattr(s3, method)(**params)
    stubber.assert_no_pending_responses()


@pytest.mark.parametrize("expected", [{"Buck": "b"}, {"Buck": None}, {"Bucket": "b"}, None])
def test_botocore_validates_before_anything_is_matched(
    s3: Any, stubber: CustomerProfilesStubber, expected: dict[str, Any] | None
) -> None:
    """A parameter that there is not is botocore's own error, whatever was expected, and consumes nothing."""
    stubber.add_response("list_objects", {}, expected)
    stubber.activate()
    with pytest.raises(ParamValidationError, match='Unknown parameter in input: "Buck"'):
        s3.list_objects(Buck="b")
    with pytest.raises(AssertionError, match="1 responses remaining"):
        stubber.assert_no_pending_responses()


def test_presigned_urls_need_no_stub(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """They send nothing: no stub is used, and no call is logged; calls around them are answered."""
    stubber.add_response("list_objects", {}, {"Bucket": "b"})
    with stubber:
        url = s3.generate_presigned_url("get_object", Params={"Bucket": "bucket", "Key": "key"})
        assert s3.list_objects(Bucket="b") == {}
    assert url == "https://s3.amazonaws.com/bucket/key"
    assert len(stubber.calls) == 1


def test_no_pending_responses(stubber: CustomerProfilesStubber) -> None:
    """botocore's words, and the stubs that are left."""
    stubber.assert_no_pending_responses()
    stubber.add_response("list_buckets", {})
    stubber.add_client_error("list_objects", "Code", expected_params={"Bucket": "b"})
    with pytest.raises(AssertionError) as caught:
        stubber.assert_no_pending_responses()
    assert str(caught.value) == (
        "2 responses remaining in queue.\n"
        "  list_buckets of any request: a response (once; not used)\n"
        "  list_objects: the error Code (once; not used)"
    )


@pytest.mark.parametrize("response", [{"Unknown": 1}, {"Name": 5}, {"Contents": [{"Size": "big"}]}])
def test_an_invalid_response_is_refused(stubber: CustomerProfilesStubber, response: dict[str, Any]) -> None:
    """By botocore's own check, with its own error, and nothing is registered."""
    with pytest.raises(ParamValidationError):
        stubber.add_response("list_objects", response)
    stubber.assert_no_pending_responses()


def test_an_operation_without_a_response(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """It answers with metadata alone; anything else is refused as botocore refuses it."""
    with pytest.raises(ParamValidationError, match="Service response should only contain ResponseMetadata"):
        stubber.add_response("delete_bucket", {"Name": "b"})
    stubber.add_response("delete_bucket", {"ResponseMetadata": {"HTTPStatusCode": 204}})
    with stubber:
        assert s3.delete_bucket(Bucket="b") == {"ResponseMetadata": {"HTTPStatusCode": 204}}


def test_an_unknown_method_is_refused(stubber: CustomerProfilesStubber) -> None:
    """By both methods, with near names, and as a ValueError, as botocore's."""
    for method, arguments in (("add_response", ({},)), ("add_client_error", ())):
        with pytest.raises(ValueError, match="There is no operation of s3 'list_bucket'") as caught:
            getattr(stubber, method)("list_bucket", *arguments)
        assert isinstance(caught.value, UsageError)
        assert "Did you mean 'list_buckets'" in str(caught.value)


def test_a_handler_of_s3_works_with_it(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """get_bucket_location is parsed by a handler of botocore's, which leaves a stubbed answer alone."""
    stubber.add_response("get_bucket_location", {"LocationConstraint": "us-west-2"})
    stubber.add_client_error("get_bucket_location", "NoSuchBucket", "none")
    with stubber:
        assert s3.get_bucket_location(Bucket="b") == {"LocationConstraint": "us-west-2"}
        with pytest.raises(ClientError):
            s3.get_bucket_location(Bucket="b")


def test_paginators_and_waiters_are_answered(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """They make calls like any other."""
    stubber.add_response("list_objects_v2", {"IsTruncated": True, "NextContinuationToken": "t", "KeyCount": 1})
    stubber.add_response(
        "list_objects_v2", {"IsTruncated": False, "KeyCount": 2}, {"Bucket": "b", "ContinuationToken": "t"}
    )
    stubber.add_response("head_bucket", {"ResponseMetadata": {"HTTPStatusCode": 200}})
    with stubber:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="b")
        assert [page["KeyCount"] for page in pages] == [1, 2]
        s3.get_waiter("bucket_exists").wait(Bucket="b")
    stubber.assert_no_pending_responses()


def test_a_stream_is_handed_out_as_it_is(s3: Any, stubber: CustomerProfilesStubber) -> None:
    """The body of an object is read from what was registered."""
    stubber.add_response("get_object", {"Body": io.BytesIO(b"content")})
    with stubber:
        assert s3.get_object(Bucket="b", Key="k")["Body"].read() == b"content"


def test_no_credentials_are_looked_for(s3_session: Any) -> None:
    """An endpoint that could name an account does not make botocore search for one."""
    client: Any = s3_session.create_client("dynamodb")
    with CustomerProfilesStubber(client) as stubber:
        stubber.add_response("list_tables", {"TableNames": ["table"]})
        assert client.list_tables() == {"TableNames": ["table"]}

"""Requests as they are sent: what botocore's own serializer writes is read as what went in."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import strategies
from cp_fixtures.service import operation_model, operations
from cp_fixtures.wire.reading import Unreadable, params_of

OF_ALL_KINDS = [
    "batch_get_profile",
    "get_segment_membership",
    "list_integrations",
    "put_integration",
    "create_calculated_attribute_definition",
    "search_profiles",
    "list_rule_based_matches",
]
PATH = "/domains/example/batch-get-profiles"


def to_the_second(value: Any) -> Any:
    """The value, with its timestamps as precise as every botocore sends them."""
    if isinstance(value, dict):
        return {name: to_the_second(item) for name, item in value.items()}
    if isinstance(value, list):
        return [to_the_second(item) for item in value]
    return value.replace(microsecond=0) if isinstance(value, dt.datetime) else value


@pytest.mark.parametrize("operation", sorted({*OF_ALL_KINDS} & {*operations()}))
@given(data=st.data())
def test_what_was_asked_is_read(operation: str, data: st.DataObject) -> None:
    """The parameters of any legal call, from its path, its query and its body."""
    params = data.draw(strategies.requests(operation))
    sent = create_serializer("rest-json").serialize_to_request(params, operation_model(operation))
    url = f"https://profile.example.com{sent['url_path']}?{urlencode(sent['query_string'], doseq=True)}"
    body = sent["body"].encode() if isinstance(sent["body"], str) else sent["body"]
    assert to_the_second(params_of(operation, sent["method"], url, body)) == to_the_second(params)


def test_a_path_in_front_is_no_matter() -> None:
    """An endpoint may have one."""
    url = f"http://localhost:8000/a/b{PATH}"
    assert params_of("batch_get_profile", "POST", url, b"") == {"DomainName": "example"}


def test_what_the_model_does_not_know_is_kept() -> None:
    """The validator is to find it."""
    read = params_of("batch_get_profile", "POST", f"https://example.com{PATH}", b'{"ProfileIds": "none", "More": 1}')
    assert read == {"DomainName": "example", "ProfileIds": "none", "More": 1}


@pytest.mark.parametrize(
    ("method", "path", "body", "why"),
    [
        ("GET", PATH, b"", f"wanted POST /domains/{{DomainName}}/batch-get-profiles, got GET {PATH}"),
        ("POST", "/domains/a", b"", "wanted POST /domains/{DomainName}/batch-get-profiles, got POST /domains/a"),
        ("POST", PATH, b"[]", "wanted a JSON object for a body, got a list of length 0"),
        (
            "POST",
            PATH,
            b"{",
            (
                "wanted a body of JSON, got one that is none: Expecting property name enclosed in double quotes: "
                "line 1 column 2 (char 1)"
            ),
        ),
    ],
)
def test_what_is_no_such_request_is_told(method: str, path: str, body: bytes, why: str) -> None:
    """With what was wanted, and what came."""
    with pytest.raises(Unreadable) as caught:
        params_of("batch_get_profile", method, f"https://example.com{path}", body)
    assert f"wanted {caught.value.wanted}, got {caught.value.got}" == why

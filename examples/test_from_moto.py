from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from botocore.client import BaseClient

import inside
from cp_fixtures import Domain

if TYPE_CHECKING:
    from cp_fixtures import CustomerProfilesStubber

ANA = "0f" * 16
REAL_CALL = BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001 - as people do


def call(client: BaseClient, operation: str, params: dict[str, Any]) -> Any:
    if operation == "BatchGetProfile":
        return {"Profiles": [{"ProfileId": ANA, "EmailAddress": "ana@example.com"}], "Errors": []}
    return REAL_CALL(client, operation, params)


def test_before() -> None:
    with patch("botocore.client.BaseClient._make_api_call", new=call):
        assert inside.email_of(ANA) == "ana@example.com"


def test_after(cp_intercept: CustomerProfilesStubber) -> None:
    domain = Domain("amazon-connect-example")
    domain.put({"ProfileId": ANA, "EmailAddress": "ana@example.com"})
    cp_intercept.answer_from(domain)
    assert inside.email_of(ANA) == "ana@example.com"

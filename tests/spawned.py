"""What a worker process does that is started anew: it finds nothing of the test's, and stubs for itself."""

from __future__ import annotations

from typing import Any

import boto3
from asking import ask, ids

from cp_fixtures import Exchange, stubbed
from cp_fixtures.intercept import _watchers

__all__ = ["stub_and_ask"]


def stub_and_ask(number: int) -> tuple[int, Any]:
    """How many watch botocore's calls when the worker starts, and what its own stub answers."""
    before, request = len(_watchers), {"DomainName": "amazon-connect-example", "ProfileIds": ids(number)}
    response = {"Profiles": [{"ProfileId": each} for each in ids(number)], "Errors": list[Any]()}
    with stubbed(Exchange("batch_get_profile", request=request, response=response), everywhere=True):
        answer = ask(boto3.client("customer-profiles", region_name="us-east-1"), number)
    return before, answer["Profiles"]

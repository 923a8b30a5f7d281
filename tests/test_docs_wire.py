"""The tables of docs/reference/wire.md are what botocore, the installed one, makes of each fault."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import socket
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
import pytest
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError

from cp_fixtures import HTTPAnswer, Slow, stubbed
from cp_fixtures.cases import error_forms, transport_faults
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cp_fixtures import CustomerProfilesWire, Exchange

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "wire.md").read_text("utf-8")
OLD = tuple(map(int, botocore.__version__.split(".")[:2])) < (1, 44)
ANY = {"DomainName": "amazon-connect-example", "ProfileIds": ["0f" * 16]}
# A time that is no whole second shows what an integer makes of it.
COMPUTED = dt.datetime(2025, 1, 14, 12, 30, 15, 250000, tzinfo=dt.timezone.utc)
FAULTS = {
    operation: {case.id: case.value for case in transport_faults(operation)}
    for operation in ("batch_get_profile", "get_segment_membership")
}
ITEMS: dict[str, Any] = {
    '"ThrottlingException"': "ThrottlingException",
    '"InternalServerException"': "InternalServerException",
    '"AccessDeniedException"': "AccessDeniedException",
    "404": 404,
    "429": 429,
    "500": 500,
    "503": 503,
    "HTTPAnswer(200)": HTTPAnswer(200),
    "HTTPAnswer(502)": HTTPAnswer(502),
    "ConnectionError": ConnectionError,
    "ConnectionResetError": ConnectionResetError,
    "ConnectionRefusedError": ConnectionRefusedError,
    "socket.gaierror": socket.gaierror,
    "TimeoutError": TimeoutError,
    "ssl.SSLError": ssl.SSLError,
    "OSError": OSError,
    "http.client.RemoteDisconnected": http.client.RemoteDisconnected,
    "botocore.exceptions.ConnectTimeoutError": ConnectTimeoutError,
    "Slow(59)": Slow(59),
    "Slow(61)": Slow(61),
}


def rows(head: str) -> dict[str, list[str]]:
    """The cells of each row of the table with that first heading, by the first cell."""
    _, _, table = PAGE.partition(f"\n| {head} |")
    lines = table.partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {first.strip("`"): rest for first, *rest in cells}


def register(wire: CustomerProfilesWire, operation: str, meets: Any) -> Exchange:
    """A stub of two people and somebody without success, each try of which meets the same."""
    if operation == "batch_get_profile":
        return wire.add_batch_get_profile(2, 1, attempts=[meets] * 3)
    has_time = "timestamp-iso" in FAULTS[operation]
    return wire.add_get_segment_membership(
        1, 1, 1, attempts=[meets] * 3, last_computed_at=COMPUTED if has_time else None
    )


def row(register: Callable[[CustomerProfilesWire], Exchange]) -> list[str]:
    """What comes of a call, how many tries it took, and RetryAttempts as botocore tells it."""
    metadata: Mapping[str, Any] = {}
    with stubbed(wire=True) as wire:
        exchange = register(wire)
        try:
            response = getattr(wire.client, exchange.operation)(**(exchange.request or ANY))
        except ClientError as error:
            metadata, said = error.response["ResponseMetadata"], error.response["Error"]
            told = [said["Code"], said.get("Message")] if type(error) is ClientError else [said.get("Message")]
            result = ", ".join([f"`{type(error).__name__}`", *filter(None, told)])
        except BotoCoreError as error:
            result = f"`{type(error).__name__}`"
        else:
            metadata = response.pop("ResponseMetadata")
            result = told_apart(response, exchange.response)
    return [result, str(len(wire.attempts)), str(metadata.get("RetryAttempts", "none"))]


def told_apart(response: dict[str, Any], answer: dict[str, Any]) -> str:
    """In words how a response differs from the answer that was stubbed."""
    answer.pop("ResponseMetadata")
    entries = [entry for value in response.values() if isinstance(value, list) for entry in value]
    if response == answer:
        return "the answer, as if nothing had happened"
    if not response:
        return "a response without a single member"
    if not any(entries):
        return "a response whose entries have no member"
    if response.get("LastComputedAt") != answer.get("LastComputedAt"):
        assert response["LastComputedAt"] == answer["LastComputedAt"].replace(microsecond=0)
        return "the answer, its time cut to the second"
    assert "NEW_VALUE" in str(response)
    return "the answer, the new value in it"


@pytest.mark.parametrize("item", ITEMS)
def test_what_comes_of_an_item_is_as_the_page_says(item: str) -> None:
    """The table of items says for each what the code gets where every try meets it, and that of older ones besides."""
    shown = rows("item") | (rows("item, before 1.44") if OLD else {})
    assert row(lambda wire: register(wire, "batch_get_profile", ITEMS[item])) == shown[item]


@pytest.mark.parametrize(("operation", "fault"), [(name, fault) for name, faults in FAULTS.items() for fault in faults])
def test_what_comes_of_a_fault_is_as_the_page_says(operation: str, fault: str) -> None:
    """The table of faults says for each what the code gets where every try meets it, whichever the operation."""
    meets = FAULTS[operation][fault]
    assert row(lambda wire: register(wire, operation, meets)) == rows("fault")[fault]


def test_integer_does_no_harm_to_a_whole_second() -> None:
    """A time that is a whole second, as one is by default, comes over the wire as an integer like any other."""
    meets = FAULTS["get_segment_membership"].get("timestamp-integer")
    if meets is None:
        pytest.skip("The model of this botocore knows no time.")
    told = row(lambda wire: wire.add_get_segment_membership(attempts=[meets]))
    assert told == ["the answer, as if nothing had happened", "1", "0"]


@pytest.mark.parametrize("form", error_forms(), ids=str)
def test_what_comes_of_a_form_is_as_the_page_says(form: Any) -> None:
    """The table of forms says for each what error the code gets, of a ThrottlingException with a message."""
    made = row(
        lambda wire: wire.add_error("batch_get_profile", "ThrottlingException", "Slow down", attempts=[form.value] * 3)
    )
    assert made == rows("form")[form.id]


def test_page_has_a_row_for_each_and_none_besides() -> None:
    """The tables are whole; the faults of a time are there for every model that has one."""
    found = {fault for faults in FAULTS.values() for fault in faults}
    of_times = {"timestamp-integer", "timestamp-iso"}
    output = nodes().output("get_segment_membership")
    has_times = output is not None and "LastComputedAt" in output.members
    assert rows("item").keys() == ITEMS.keys()
    assert rows("item, before 1.44").keys() <= ITEMS.keys()
    assert rows("fault").keys() == found | of_times
    assert has_times == (of_times <= found)
    assert rows("form").keys() == {form.id for form in error_forms()}


def test_items_that_are_named_as_classes_are_those_of_python_and_botocore() -> None:
    """What the table writes with a dot can be typed so: its module and its name are those of the class."""
    dotted = {name: value for name, value in ITEMS.items() if re.fullmatch(r"[\w.]+\.\w+", name)}
    assert dotted.keys() == {f"{value.__module__}.{value.__name__}" for value in dotted.values()}

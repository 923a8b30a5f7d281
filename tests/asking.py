"""Calls for tests of stubs, as code under test makes them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from cp_fixtures import clients

DOMAIN = "amazon-connect-example"
WAY_OUT = "in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
NO_CANDIDATE = (
    "Nobody stubbed call {}, batch_get_profile of 1 id in amazon-connect-example{}.\n"
    "  No stub is registered.\n"
    "Stub it with add_batch_get_profile(...), or correct what the code asks for. Where the code is to meet this error, "
    f"say so: assert_all_expected=False, {WAY_OUT}"
)


def ids(*numbers: int) -> list[str]:
    """Ids of profiles, by number."""
    return [f"{number:032x}" for number in numbers]


def ask(client: Any, *numbers: int, domain: str = DOMAIN) -> Any:
    """The response to a call of batch_get_profile for ids by number; for the first where none is given."""
    return client.batch_get_profile(DomainName=domain, ProfileIds=ids(*(numbers or (1,))))


def ask_and_swallow(client: Any, *numbers: int, operation: str = "batch_get_profile", **params: Any) -> None:
    """The same, by code that catches whatever comes."""
    with suppress(Exception):
        getattr(client, operation)(**{"DomainName": DOMAIN, "ProfileIds": ids(*(numbers or (1,))), **params})


ASKED = f", at asking.py:{ask.__code__.co_firstlineno + 2}, in ask"
"""Where the calls of `ask` are made, as texts have it."""

SWALLOWED = f", at asking.py:{ask_and_swallow.__code__.co_firstlineno + 3}, in ask_and_swallow"
"""Where those of `ask_and_swallow` are made."""


def isolated_session() -> Any:
    """A new session of botocore's, for clients of other services, that believes nothing around it."""
    session = clients._session.__wrapped__()
    # Ours knows the endpoints of one service alone.
    session._register_endpoint_resolver()
    session.get_component("config_store").set_config_variable("region", "us-east-1")
    return session

"""A small cache in front of batch_get_profile, and every way of using it, tried by Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from cp_fixtures import stubbed
from cp_fixtures.strategies import batch_get_profile_exchanges

DOMAIN = "amazon-connect-example"


class ProfileCache:
    """Remembers the profiles that it has read; what was refused is asked for again."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.profiles: dict[str, dict[str, Any]] = {}

    def read(self, ids: list[str]) -> dict[str, dict[str, Any]]:
        missing = [each for each in dict.fromkeys(ids) if each not in self.profiles]
        if missing:
            response = self.client.batch_get_profile(DomainName=DOMAIN, ProfileIds=missing)
            self.profiles |= {each["ProfileId"]: each for each in response.get("Profiles", [])}
        return {each: self.profiles[each] for each in ids if each in self.profiles}

    def forget(self, profile_id: str) -> None:
        self.profiles.pop(profile_id, None)


class CacheMachine(RuleBasedStateMachine):
    """Reads, reads again and forgets, in any order; `known` is what the cache has to know."""

    read_ids = Bundle("read_ids")

    def __init__(self) -> None:
        super().__init__()
        self.stubs = stubbed()
        self.stubber = self.stubs.__enter__()
        self.cache = ProfileCache(self.stubber.client)
        self.known: dict[str, dict[str, Any]] = {}

    @rule(target=read_ids, exchange=batch_get_profile_exchanges(max_ids=5, omit_empty=st.booleans()))
    def read(self, exchange: Any) -> list[str]:
        ids = [each for each in exchange.request["ProfileIds"] if each not in self.known]
        found = {each["ProfileId"]: each for each in exchange.response.get("Profiles", [])}
        if len(ids) == len(exchange.request["ProfileIds"]):
            self.stubber.add_exchange(exchange)
            self.known |= found
            assert self.cache.read(ids) == found
        return list(found)

    @rule(ids=read_ids)
    def read_again(self, ids: list[str]) -> None:
        known = [each for each in ids if each in self.known]
        assert self.cache.read(known) == {each: self.known[each] for each in known}

    @rule(ids=consumes(read_ids))
    def forget(self, ids: list[str]) -> None:
        for each in ids:
            self.cache.forget(each)
            self.known.pop(each, None)

    @invariant()
    def nothing_is_asked_twice(self) -> None:
        assert self.cache.profiles == self.known

    def teardown(self) -> None:
        self.stubs.__exit__(None, None, None)


TestProfileCache = CacheMachine.TestCase
TestProfileCache.settings = settings(max_examples=50, stateful_step_count=20)

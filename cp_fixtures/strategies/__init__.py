"""Strategies for Hypothesis: values that the service could have given, and one fault at a time that it could not.

Nothing is prepared before a strategy is first used; nothing is registered, and no settings are changed, by importing.
Where a strategy cannot be, it raises InvalidArgument, which is Hypothesis's own, of `hypothesis.errors`.
"""

from __future__ import annotations

from cp_fixtures.strategies.exchanges import batch_get_profile_exchanges, get_segment_membership_exchanges
from cp_fixtures.strategies.invalid import invalid_requests, invalid_responses
from cp_fixtures.strategies.operations import errors, from_shape, requests, responses
from cp_fixtures.strategies.profiles import addresses, profile_ids, profiles
from cp_fixtures.strategies.typed_dicts import register_type_strategies

__all__ = [
    "addresses",
    "batch_get_profile_exchanges",
    "errors",
    "from_shape",
    "get_segment_membership_exchanges",
    "invalid_requests",
    "invalid_responses",
    "profile_ids",
    "profiles",
    "register_type_strategies",
    "requests",
    "responses",
]

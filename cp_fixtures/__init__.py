"""Test code that talks to Amazon Connect Customer Profiles, without AWS.

The names below, and `cases`, `samples` and `strategies`, are found when they are first asked for: a pytest run that
does not use them does not pay for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cp_fixtures import cases as cases
    from cp_fixtures import samples as samples
    from cp_fixtures import strategies as strategies
    from cp_fixtures.answers import HTTPAnswer as HTTPAnswer
    from cp_fixtures.answers import Slow as Slow
    from cp_fixtures.domain import Domain as Domain
    from cp_fixtures.errors import InvalidRequest as InvalidRequest
    from cp_fixtures.errors import InvalidResponse as InvalidResponse
    from cp_fixtures.errors import Refused as Refused
    from cp_fixtures.errors import UsageError as UsageError
    from cp_fixtures.errors import VerdictError as VerdictError
    from cp_fixtures.errors import Violation as Violation
    from cp_fixtures.exchanges import Exchange as Exchange
    from cp_fixtures.factories import OMIT as OMIT
    from cp_fixtures.factories import CustomerProfilesProvider as CustomerProfilesProvider
    from cp_fixtures.factories import ProfileFactory as ProfileFactory
    from cp_fixtures.stubber import CustomerProfilesStubber as CustomerProfilesStubber
    from cp_fixtures.stubbing import stubbed as stubbed
    from cp_fixtures.validation import check as check
    from cp_fixtures.validation import check_request as check_request
    from cp_fixtures.validation import validate as validate
    from cp_fixtures.validation import validate_request as validate_request
    from cp_fixtures.wire import CustomerProfilesWire as CustomerProfilesWire

__all__ = [
    "OMIT",
    "CustomerProfilesProvider",
    "CustomerProfilesStubber",
    "CustomerProfilesWire",
    "Domain",
    "Exchange",
    "HTTPAnswer",
    "InvalidRequest",
    "InvalidResponse",
    "ProfileFactory",
    "Refused",
    "Slow",
    "UsageError",
    "VerdictError",
    "Violation",
    "check",
    "check_request",
    "stubbed",
    "validate",
    "validate_request",
]

_HOMES = {
    "answers": ("HTTPAnswer", "Slow"),
    "domain": ("Domain",),
    "errors": ("InvalidRequest", "InvalidResponse", "Refused", "UsageError", "VerdictError", "Violation"),
    "exchanges": ("Exchange",),
    "factories": ("OMIT", "CustomerProfilesProvider", "ProfileFactory"),
    "stubber": ("CustomerProfilesStubber",),
    "stubbing": ("stubbed",),
    "validation": ("check", "check_request", "validate", "validate_request"),
    "wire": ("CustomerProfilesWire",),
}

_ROOMS = ("cases", "samples", "strategies")


def __getattr__(name: str) -> object:
    found = _found(name)
    # Python itself finds it the next time.
    globals()[name] = found
    return found


def _found(name: str) -> object:
    from importlib import import_module

    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    # With these two, Python itself suggests a near name.
    import sys

    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})

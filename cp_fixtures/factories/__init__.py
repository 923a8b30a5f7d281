"""Profiles: a person poured into the members that the installed service model has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cp_fixtures.factories.factory import ProfileFactory
from cp_fixtures.factories.members import PRESETS
from cp_fixtures.factories.overrides import OMIT, Omit

if TYPE_CHECKING:
    from cp_fixtures.factories.provider import CustomerProfilesProvider as CustomerProfilesProvider

__all__ = ["OMIT", "PRESETS", "CustomerProfilesProvider", "Omit", "ProfileFactory"]


def __getattr__(name: str) -> object:
    if name == "CustomerProfilesProvider":
        from cp_fixtures.factories.provider import CustomerProfilesProvider  # noqa: PLC0415 - it brings Faker

        return CustomerProfilesProvider
    # With these two, Python itself suggests a near name.
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

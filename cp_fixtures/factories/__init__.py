"""Profiles: a person poured into the members that the installed service model has.

What makes them is found when it is first asked for: who only leaves a member out needs OMIT, and no people.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from cp_fixtures.factories.overrides import OMIT, Omit

if TYPE_CHECKING:
    from cp_fixtures.factories.factory import ProfileFactory as ProfileFactory
    from cp_fixtures.factories.members import PRESETS as PRESETS
    from cp_fixtures.factories.provider import CustomerProfilesProvider as CustomerProfilesProvider

__all__ = ["OMIT", "PRESETS", "CustomerProfilesProvider", "Omit", "ProfileFactory"]

_HOMES = {"PRESETS": "members", "CustomerProfilesProvider": "provider", "ProfileFactory": "factory"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    # With these two, Python itself suggests a near name.
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

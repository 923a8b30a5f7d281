"""Profiles: a person poured into the members that the installed service model has."""

from __future__ import annotations

from cp_fixtures.factories.factory import ProfileFactory
from cp_fixtures.factories.members import PRESETS
from cp_fixtures.factories.overrides import OMIT, Omit
from cp_fixtures.factories.provider import CustomerProfilesProvider

__all__ = ["OMIT", "PRESETS", "CustomerProfilesProvider", "Omit", "ProfileFactory"]

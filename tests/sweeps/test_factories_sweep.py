"""The long run: every preset, every locale, thousands of seeds, and no violation. `tox -e sweep` runs it.

CP_SWEEP_SEEDS says how many seeds each preset of each locale gets; 100, half of them messy, unless set.
"""

from __future__ import annotations

import os

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator

from cp_fixtures.factories import PRESETS, ProfileFactory
from cp_fixtures.people import locales
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find

SEEDS = int(os.environ.get("CP_SWEEP_SEEDS", "100"))
PROFILE = Session().get_service_model("customer-profiles").shape_for("Profile")
MAIN = ("en_US", "en_GB", "en_CA", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "ja_JP", "en_IN")


def check(locale: str, preset: str, seeds: range) -> None:
    """One profile for each seed: our validator and botocore's find nothing."""
    node, validator = shape_node("Profile"), ParamValidator()
    for seed in seeds:
        profile = ProfileFactory(locale=locale, seed=seed, messy=bool(seed % 2)).build(preset)
        assert find(node, profile) == [], (locale, preset, seed)
        assert not validator.validate(profile, PROFILE).has_errors(), (locale, preset, seed)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("locale", locales())
def test_every_locale(locale: str, preset: str) -> None:
    """Whatever Faker has for a locale, the service could have given it."""
    check(locale, preset, range(SEEDS))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("locale", MAIN)
def test_the_main_locales_at_length(locale: str, preset: str) -> None:
    """Ten times as many for the locales that most people use."""
    check(locale, preset, range(1_000_000, 1_000_000 + 10 * SEEDS))

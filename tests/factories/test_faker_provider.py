"""CustomerProfilesProvider: profiles from one's own Faker."""

from __future__ import annotations

import pytest
from faker import Faker

from cp_fixtures.errors import UsageError
from cp_fixtures.factories import PRESETS, CustomerProfilesProvider
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find


def faker(locale: str = "en_US", seed: int = 1) -> Faker:
    """A user's Faker with the provider."""
    fake = Faker(locale)
    fake.add_provider(CustomerProfilesProvider)
    fake.seed_instance(seed)
    return fake


@pytest.mark.parametrize("preset", PRESETS)
def test_profiles_are_legal(preset: str) -> None:
    """Every preset, as from a ProfileFactory."""
    fake = faker()
    assert all(find(shape_node("Profile"), fake.cp_profile(preset)) == [] for _ in range(50))


def test_the_users_seed_and_locale_govern() -> None:
    """The same seed gives the same profile, of the Faker's locale."""
    one, other = faker("de_DE"), faker("de_DE")
    assert one.cp_profile() == other.cp_profile() != one.cp_profile()
    assert one.cp_profile()["Address"]["Country"] == "DE"


def test_another_preset_moves_nothing_else() -> None:
    """What the Faker makes afterwards does not depend on how much of a profile was asked for."""
    one, other = faker(), faker()
    one.cp_profile("minimal")
    other.cp_profile("full")
    assert one.name() == other.name()


def test_overrides_are_those_of_the_factory() -> None:
    """Merged, and refused with the near names."""
    assert faker().cp_profile(Address__City="Paris")["Address"]["City"] == "Paris"
    with pytest.raises(UsageError, match=r"Did you mean 'City'\?"):
        faker().cp_profile(Address__Citty="Paris")


def test_an_address_is_one_of_the_model() -> None:
    """Of the Faker's country, with the members of the model's Address."""
    address = faker("en_GB").cp_address()
    assert find(shape_node("Address"), address) == []
    assert set(address) == {"Address1", "City", "County", "Country", "PostalCode"}


def test_only_methods_with_the_prefix_are_added() -> None:
    """Nothing of Faker's own is hidden."""
    added = set(dir(faker().factories[0])) - set(dir(Faker("en_US").factories[0]))
    assert added == {"cp_address", "cp_email", "cp_person", "cp_phone_number", "cp_profile", "cp_profile_id"}

"""A community provider for one's own Faker."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from cp_fixtures.factories.making import made_profile
from cp_fixtures.people.provider import PeopleProvider
from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from cp_fixtures.types import Address, Profile

__all__ = ["CustomerProfilesProvider"]


class CustomerProfilesProvider(PeopleProvider):
    """`fake.add_provider(CustomerProfilesProvider)` gives one's own Faker the methods `cp_*`.

    All chance comes from that Faker's Random, so `seed_instance` and `Faker.seed` govern, and the locale is its own.
    """

    def cp_profile(self, preset: str = "typical", **overrides: Any) -> Profile:
        """A profile, as `ProfileFactory.build` makes it.

        Raises:
            UsageError: as `ProfileFactory.build`.
        """
        # One draw of the Faker's Random for each profile, so that what follows does not depend on the preset.
        random = Random(self.generator.random.getrandbits(64))
        locale = self._people().locale
        return made_profile(shape_node("Profile"), locale, random, preset=preset, overrides=overrides, number=None)

    def cp_address(self) -> Address:
        """An Address, as the installed model has it; city, region and postal code belong together."""
        profile: Any = self.cp_profile()
        address: Address = profile["Address"]
        return address

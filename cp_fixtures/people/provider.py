"""The part of the Faker provider that needs no service model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from faker.config import DEFAULT_LOCALE
from faker.providers import BaseProvider

from cp_fixtures.errors import UsageError
from cp_fixtures.people.making import People

if TYPE_CHECKING:
    from cp_fixtures.people.records import Person

__all__ = ["PeopleProvider"]


class PeopleProvider(BaseProvider):
    """Coherent persons from one's own Faker: its Random and its locale are used, so `seed_instance` governs.

    Attributes:
        cp_locale: set it in a subclass to use another locale than the Faker's.
    """

    cp_locale: ClassVar[str | None] = None

    def cp_person(self) -> Person:
        """A coherent fictitious person."""
        return self._people().individual()

    def cp_profile_id(self) -> str:
        """A profile id: a UUID4 in hex, without hyphens."""
        return self._people().profile_id()

    def cp_email(self) -> str:
        """An e-mail address of a name of the locale, in a domain that is reserved for examples."""
        return self.cp_person().email

    def cp_phone_number(self) -> str:
        """A telephone number in E.164 that reaches nobody.

        Raises:
            UsageError: the locale's country has no such number.
        """
        person = self.cp_person()
        if person.phone is None:
            raise UsageError(
                f"There is no telephone number for {person.locale}.",
                "Its country keeps none for fiction, and no other is sure to reach nobody.",
                "Use a locale of AU, BR, CA, DE, FR, GB, IN, JP or US.",
            )
        return person.phone

    def _people(self) -> People:
        return People(self.cp_locale or _locale_of(self.generator), self.generator.random)


def _locale_of(generator: Any) -> str:
    # Nothing public tells a provider the locale of its generator: where Faker falls back, `__lang__` says en_US.
    config: dict[str, str] = getattr(generator, "_Generator__config", {})
    return config.get("locale", DEFAULT_LOCALE)

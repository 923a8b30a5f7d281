"""The names and streets of a locale, asked of Faker once and kept: drawing from a pool costs a tenth of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from faker import Factory

from cp_fixtures.people.locales import locales, names_from, streets_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cp_fixtures.people.records import Gender

__all__ = ["Pool", "pool"]

_PERSON = "faker.providers.person"
_ADDRESS = "faker.providers.address"
_MISC = "faker.providers.misc"
_DRAWS = 400
_LONGEST = 60

# Where Faker has no names in a locale's language: names that many nations share, and that say what they are.
_ANY_FIRST = ("Alex", "Andrea", "Dana", "Jamie", "Kim", "Lee", "Mika", "Noa", "Robin", "Sam", "Sasha", "Toni")
_ANY_LAST = ("Example", "Fiction", "Model", "Pattern", "Placeholder", "Sample", "Specimen", "Testperson")
_ANY_STREET = ("Example Street", "Sample Street", "Test Street")


@dataclass(frozen=True, slots=True)
class Pool:
    """What persons of a locale are made of.

    Attributes:
        first: the first names by gender; only UNSPECIFIED where the names do not tell it.
        last: the last names by gender.
        streets: names of streets, without a number.
        told: every first name that Faker knows by gender, for names that others bring.
        romanised: how to write a name in Latin letters, where the language has its own way.
    """

    first: Mapping[Gender, tuple[str, ...]]
    last: Mapping[Gender, tuple[str, ...]]
    streets: tuple[str, ...]
    told: Mapping[Gender, frozenset[str]] = field(default_factory=dict)
    romanised: Mapping[str, str] = field(default_factory=dict)

    @property
    def genders(self) -> tuple[Gender, ...]:
        """The genders that this locale's first names tell."""
        return tuple(self.first)

    def gender_of(self, first_name: str) -> Gender:
        """The gender of a first name, UNSPECIFIED where it is none of this locale's, or one of both."""
        genders = [gender for gender, names in self.told.items() if first_name in names]
        return genders[0] if len(genders) == 1 else "UNSPECIFIED"


@cache
def pool(locale: str) -> Pool:
    """The pool of a locale that `checked` has seen; the same for the same release of Faker."""
    streets = _streets(streets_from(locale))
    provider = _provider(_PERSON, names_from(locale))
    if provider is None:
        return Pool({"UNSPECIFIED": _ANY_FIRST}, {"UNSPECIFIED": _ANY_LAST}, streets)
    if hasattr(provider, "first_name_male_pair"):
        return _of_pairs(provider, streets)
    if not getattr(provider, "first_names_male", None):
        # Asked for a man, such a provider names anybody.
        return Pool({"UNSPECIFIED": _drawn(provider.first_name)}, {"UNSPECIFIED": _drawn(provider.last_name)}, streets)
    return Pool(
        {"MALE": _drawn(provider.first_name_male), "FEMALE": _drawn(provider.first_name_female)},
        {"MALE": _drawn(provider.last_name_male), "FEMALE": _drawn(provider.last_name_female)},
        streets,
        {"MALE": frozenset(provider.first_names_male), "FEMALE": frozenset(provider.first_names_female)},
    )


def _of_pairs(provider: Any, streets: tuple[str, ...]) -> Pool:
    men, women = _pairs(provider.first_name_male_pair), _pairs(provider.first_name_female_pair)
    last = _pairs(provider.last_name_pair)
    return Pool(
        {"MALE": tuple(men), "FEMALE": tuple(women)},
        {"MALE": tuple(last), "FEMALE": tuple(last)},
        streets,
        {"MALE": frozenset(men), "FEMALE": frozenset(women)},
        {**men, **women, **last},
    )


def _pairs(draw: Callable[[], tuple[str, str, str]]) -> dict[str, str]:
    return {name: latin for name, _, latin in (draw() for _ in range(_DRAWS))}


def _streets(locale: str) -> tuple[str, ...]:
    provider = _provider(_ADDRESS, locale)
    # Some of Faker's address providers have no pattern of a street's name.
    return _ANY_STREET if provider is None else _drawn(provider.street_name) or _ANY_STREET


def _provider(name: str, locale: str) -> Any:
    # A stand-in may be younger than the installed Faker.
    if locale not in locales():
        return None
    # Streets are called after persons, in the Philippines also after mountains: one provider asks the others.
    generator = Factory.create(locale, providers=[_PERSON, _ADDRESS, _MISC], use_weighting=False)
    generator.random = Random(0)
    provider = generator.provider(name)
    return provider if getattr(provider, "__lang__", None) == locale else None


def _drawn(draw: Callable[[], str]) -> tuple[str, ...]:
    drawn = dict.fromkeys(draw().strip() for _ in range(_DRAWS))
    # Some lists have a remark in brackets behind a name.
    return tuple(text for text in drawn if 0 < len(text) <= _LONGEST and "(" not in text)

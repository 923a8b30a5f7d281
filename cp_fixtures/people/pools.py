"""The names and streets of a locale, asked of Faker once and kept: drawing from a pool costs a tenth of that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from cp_fixtures.people.locales import locales, names_from, streets_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cp_fixtures.people.records import Gender

__all__ = ["Pool", "pool"]

_PERSON = "faker.providers.person"
_ADDRESS = "faker.providers.address"
_MISC = "faker.providers.misc"
_DRAWS = 400
_LONGEST = 60
# Before a last name that begins with its own "da" Faker puts another "de" all the same.
_TWICE = re.compile(r"\b(?:d[aeo]s?|du|del) (?:d[aeo]s?|du|del)\b")

# Where Faker has no names in a locale's language: names that many nations share, and that say what they are.
_ANY_FIRST = ("Alex", "Andrea", "Dana", "Jamie", "Kim", "Lee", "Mika", "Noa", "Robin", "Sam", "Sasha", "Toni")
_ANY_LAST = ("Example", "Fiction", "Model", "Pattern", "Placeholder", "Sample", "Specimen", "Testperson")
_ANY_STREET = ("Example Street", "Sample Street", "Test Street")


@dataclass(frozen=True, slots=True)
class Pool:
    """What persons of a locale are made of.

    Attributes:
        first: the first names by gender, none of them another gender's too; only UNSPECIFIED where names do not tell.
        last: the last names by gender.
        streets: names of streets, without a number.
        told: every first name that Faker knows by gender, for names that others bring.
        shared: the first names that men and women have.
        romanised: how to write a name in Latin letters, where the language has its own way.
    """

    first: Mapping[Gender, tuple[str, ...]]
    last: Mapping[Gender, tuple[str, ...]]
    streets: tuple[str, ...]
    told: Mapping[Gender, frozenset[str]] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    romanised: Mapping[str, str] = field(default_factory=dict)

    def gender_of(self, first_name: str) -> Gender:
        """The gender of a first name, UNSPECIFIED where it is none of this locale's, or one of both."""
        return _gender_of(first_name, self.told)

    def first_names(self, gender: Gender, stand_in: Gender) -> tuple[str, ...]:
        """The first names that a person of that gender can have.

        Args:
            gender: the person's.
            stand_in: one that this locale's names tell. Who is of none is called like somebody of this one, or by a
                name of men and women.
        """
        return self.first[gender] if gender in self.first else self.first[stand_in] + self.shared


def _gender_of(first_name: str, told: Mapping[Gender, frozenset[str]]) -> Gender:
    genders: list[Gender] = [gender for gender, names in told.items() if first_name in names]
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
    told = _told(provider.first_names_male, provider.first_names_female)
    first, shared = _sorted_out(_drawn(provider.first_name_male) + _drawn(provider.first_name_female), told)
    last = {"MALE": _drawn(provider.last_name_male), "FEMALE": _drawn(provider.last_name_female)}
    return Pool(first, {gender: last[gender] for gender in first}, streets, told, shared)


def _of_pairs(provider: Any, streets: tuple[str, ...]) -> Pool:
    men, women = _pairs(provider.first_name_male_pair), _pairs(provider.first_name_female_pair)
    last = _pairs(provider.last_name_pair)
    told = _told(men, women)
    first, shared = _sorted_out((*men, *women), told)
    return Pool(first, dict.fromkeys(first, tuple(last)), streets, told, shared, {**men, **women, **last})


def _told(men: Iterable[str], women: Iterable[str]) -> dict[Gender, frozenset[str]]:
    # Some names of the lists have spaces around them.
    return {"MALE": frozenset(map(str.strip, men)), "FEMALE": frozenset(map(str.strip, women))}


def _sorted_out(
    names: tuple[str, ...], told: Mapping[Gender, frozenset[str]]
) -> tuple[dict[Gender, tuple[str, ...]], tuple[str, ...]]:
    # Faker's lists of men and of women have names in common: an Ali or a José who is called FEMALE would be a riddle.
    genders = {name: _gender_of(name, told) for name in names}
    first: dict[Gender, tuple[str, ...]] = {
        gender: tuple(name for name in genders if genders[name] == gender) for gender in told
    }
    return first, tuple(name for name in genders if genders[name] == "UNSPECIFIED")


def _pairs(draw: Callable[[], tuple[str, str, str]]) -> dict[str, str]:
    return {name: latin for name, _, latin in (draw() for _ in range(_DRAWS))}


def _streets(locale: str) -> tuple[str, ...]:
    provider = _provider(_ADDRESS, locale)
    # Some of Faker's address providers have no pattern of a street's name.
    drawn = () if provider is None else _drawn(provider.street_name)
    return tuple(street for street in drawn if not _TWICE.search(street)) or _ANY_STREET


def _provider(name: str, locale: str) -> Any:
    from faker import Factory  # noqa: PLC0415 - Faker takes long to import, and only people need it

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

"""Addresses: a place of the atlas, or of the wider world, with an invented street in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cp_fixtures.people.atlas import ATLAS
from cp_fixtures.people.drawing import Chance, between, one_of, pattern, written
from cp_fixtures.people.locales import country_of
from cp_fixtures.people.records import Premises
from cp_fixtures.people.world import WORLD

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Place", "country_names", "places", "premises_in", "streets_of"]

# Which member of the service's address a country's region goes into. Japan's prefecture as a state is our choice.
_REGIONS = {
    "AU": "state", "BR": "state", "IN": "state", "JP": "state", "US": "state", "CA": "province", "ES": "province",
    "IT": "province", "GB": "county",
}  # fmt: skip
_NUMBER_FIRST = {"AU", "CA", "FR", "GB", "IE", "IN", "KE", "MT", "MY", "NG", "NZ", "PH", "PK", "US", "ZA"}
_COUNTRY_NAMES = {
    "AU": ("AUS", "Australia"), "BR": ("BRA", "Brazil"), "CA": ("CAN", "Canada"), "DE": ("DEU", "Germany"),
    "ES": ("ESP", "Spain"), "FR": ("FRA", "France"), "GB": ("GBR", "United Kingdom"), "IN": ("IND", "India"),
    "IT": ("ITA", "Italy"), "JP": ("JPN", "Japan"), "US": ("USA", "United States"),
}  # fmt: skip

# What narrows an address down: flat, building, floor.
_INSIDE = {
    "US": ("Apt {}", "Building {}", "Floor {}"),
    "CA": ("Unit {}", "Building {}", "Floor {}"),
    "AU": ("Unit {}", "Building {}", "Level {}"),
    "GB": ("Flat {}", "Block {}", "Floor {}"),
    "IN": ("Flat {}", "Block {}", "Floor {}"),
    "DE": ("Wohnung {}", "Gebäude {}", "{}. Etage"),
    "FR": ("Appt {}", "Bâtiment {}", "Étage {}"),
    "ES": ("Puerta {}", "Edificio {}", "Planta {}"),
    "IT": ("Interno {}", "Edificio {}", "Piano {}"),
    "BR": ("Apto {}", "Bloco {}", "Andar {}"),
    "JP": ("{}号室", "{}棟", "{}階"),
}
_ANY_INSIDE = ("#{}", "{}", "+{}")


# Where one language of a country is at home.
_REGION_OF = {
    "es_CA": "Barcelona", "fr_CA": "QC", "fr_QC": "QC", "gu_IN": "Gujarat", "mr_IN": "Maharashtra", "or_IN": "Odisha",
    "ta_IN": "Tamil Nadu",
}  # fmt: skip


class Place(NamedTuple):
    """A real city, or a quarter of it.

    Attributes:
        city: its name, in the country's own writing.
        region: the state, province or county, where addresses name it.
        postal: the patterns of its postal codes; empty where there is none to invent.
        area: its telephone area code, where it matters.
        quarter: the part of the city that the postal code belongs to.
    """

    city: str
    region: str | None = None
    postal: tuple[str, ...] = ()
    area: str | None = None
    quarter: str | None = None


@cache
def places(locale: str) -> tuple[Place, ...]:
    """The places of a locale's country, or of that region of it where its language is at home."""
    country = country_of(locale)
    if country not in ATLAS:
        city, code = WORLD[locale] if locale in WORLD else WORLD[country]
        return (Place(city, postal=(code,) if code else ()),)
    known = tuple(_place(line) for line in ATLAS[country].split("\n") if line.strip())
    return tuple(place for place in known if place.region == _REGION_OF.get(locale, place.region))


def _place(line: str) -> Place:
    city, region, postal, area = line.strip().split("|")
    city, _, quarter = city.partition("/")
    return Place(city, region or None, tuple(postal.split(",")), area or None, quarter or None)


def premises_in(place: Place, country: str, *, count: int, messy: bool) -> tuple[Premises, ...]:
    """So many premises in a place, always the same.

    Args:
        place: where they are.
        country: the ISO 3166 code.
        count: how many.
        messy: whether the country is written in the ways that are met in the wild.
    """
    chance = Chance(f"{country}/{place.city}/{place.quarter}")
    names = country_names(country) if messy else (country,)
    return tuple(_premises(chance, country, place, names[at % len(names)]) for at in range(count))


def _premises(chance: Chance, country: str, place: Place, name: str) -> Premises:
    flat, building, floor = _INSIDE.get(country, _ANY_INSIDE)
    region = _REGIONS.get(country)
    return Premises(
        inside=(
            flat.format(between(chance, 1, 99)),
            building.format(one_of(chance, "ABCDEF")),
            floor.format(between(chance, 1, 9)),
        ),
        city=place.city,
        county=place.region if region == "county" else None,
        state=place.region if region == "state" else None,
        province=place.region if region == "province" else None,
        country=name,
        postal_code=written(chance.getrandbits(32), [pattern(one_of(chance, place.postal))]) if place.postal else None,
    )


def streets_of(quarter: str | None, country: str, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the number of a house, for every street of a place.

    Args:
        quarter: the part of the city, where its postal code belongs to one.
        country: the ISO 3166 code.
        names: the names of streets, in whatever place of the country.
    """
    if quarter:
        # Japan has blocks in place of streets.
        return tuple((f"{quarter}{at % 5 + 1}丁目{at // 5 + 1}番", "号") for at in range(100))
    return tuple(("", f" {name}") if country in _NUMBER_FIRST else (f"{name} ", "") for name in names)


def country_names(country: str) -> tuple[str, ...]:
    """How a country is met in the wild: its code of two letters, and where we know them that of three and its name."""
    return (country, *_COUNTRY_NAMES.get(country, ()))

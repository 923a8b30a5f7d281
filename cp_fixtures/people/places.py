"""Addresses: a place of the atlas, or of the wider world, with an invented street in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cp_fixtures.people.atlas import ATLAS
from cp_fixtures.people.drawing import between, one_of, written
from cp_fixtures.people.locales import country_of
from cp_fixtures.people.records import PostalAddress
from cp_fixtures.people.world import WORLD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

__all__ = ["Place", "address", "country_names", "places"]

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


def address(random: Random, country: str, place: Place, streets: Sequence[str], *, name: str) -> PostalAddress:
    """An invented address in a real place, its country written as `name`."""
    flat, building, floor = _INSIDE.get(country, _ANY_INSIDE)
    region = _REGIONS.get(country)
    return PostalAddress(
        lines=(
            _street(random, country, place, streets),
            flat.format(between(random, 1, 99)),
            building.format(one_of(random, "ABCDEF")),
            floor.format(between(random, 1, 9)),
        ),
        city=place.city,
        county=place.region if region == "county" else None,
        state=place.region if region == "state" else None,
        province=place.region if region == "province" else None,
        country=name,
        postal_code=written(random, one_of(random, place.postal)) if place.postal else None,
    )


def country_names(country: str) -> tuple[str, ...]:
    """How a country is met in the wild: its code of two letters, and where we know them that of three and its name."""
    return (country, *_COUNTRY_NAMES.get(country, ()))


def _street(random: Random, country: str, place: Place, streets: Sequence[str]) -> str:
    street, number = one_of(random, streets), between(random, 1, 199)
    if place.quarter:
        return f"{place.quarter}{number % 5 + 1}丁目{between(random, 1, 20)}番{between(random, 1, 20)}号"
    return f"{number} {street}" if country in _NUMBER_FIRST else f"{street} {number}"

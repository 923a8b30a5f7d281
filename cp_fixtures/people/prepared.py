"""What all persons of a locale have in common, prepared when the first of them is made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cp_fixtures.people.drawing import pattern
from cp_fixtures.people.letters import email_part
from cp_fixtures.people.locales import checked, country_of
from cp_fixtures.people.phones import landlines, mobiles
from cp_fixtures.people.places import places, premises_in, streets_of
from cp_fixtures.people.pools import pool

if TYPE_CHECKING:
    from cp_fixtures.people.drawing import Pattern
    from cp_fixtures.people.pools import Pool
    from cp_fixtures.people.records import Gender, Premises

__all__ = ["Home", "Names", "Setting", "setting"]

_PREMISES = 256
"""In how many a locale's persons live, about: streets and house numbers are drawn for each of them."""

_IN_A_STREET, _IN_A_BLOCK = (tuple(str(number + 1) for number in range(houses)) for houses in (199, 20))
"""The numbers of houses; Japan has blocks."""

_COMPANIES = {
    "US": ("LLC", "Inc.", "& Sons"), "GB": ("Ltd", "plc", "& Sons"), "CA": ("Ltd.", "Inc."), "AU": ("Pty Ltd",),
    "IN": ("Pvt Ltd", "& Co."), "DE": ("GmbH", "& Co. KG"), "AT": ("GmbH",), "FR": ("SARL", "SAS", "et Fils"),
    "ES": ("S.L.", "e Hijos"), "IT": ("S.r.l.", "S.p.A."), "BR": ("Ltda.", "S.A."), "JP": ("株式会社", "商店"),
}  # fmt: skip
_ANY_COMPANY = ("& Co.",)


class Home(NamedTuple):
    """A place, with what is prepared for those who live there."""

    streets: tuple[tuple[str, str], ...]
    houses: tuple[str, ...]
    premises: tuple[Premises, ...]
    landlines: tuple[Pattern, ...]
    mobiles: tuple[Pattern, ...]


class Names(NamedTuple):
    """What persons of a gender are called."""

    gender: Gender
    first: tuple[str, ...]
    last: tuple[str, ...]


class Setting(NamedTuple):
    """What the persons of a locale are made of.

    The name of a business is that of an owner and one of the forms, its domain both in Latin letters.
    What is known of names in Latin letters is kept in `latin`.
    """

    locale: str
    messy: bool
    pool: Pool
    names: tuple[Names, ...]
    owners: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    homes: tuple[Home, ...]
    latin: dict[str, str]


@cache
def setting(locale: str, messy: bool) -> Setting:  # noqa: FBT001 - by its name it would take twice as long to find
    """The setting of a locale.

    Args:
        locale: as in People.
        messy: likewise.

    Raises:
        UsageError: as in People.
    """
    locale = checked(locale)
    country, known, found = country_of(locale), pool(locale), places(locale)
    count = -(-_PREMISES // len(found))
    # Mostly the same for all.
    streets = {quarter: streets_of(quarter, country, known.streets) for quarter in {place.quarter for place in found}}
    homes = (
        Home(
            streets[place.quarter],
            _IN_A_BLOCK if place.quarter else _IN_A_STREET,
            premises_in(place, country, count=count, messy=messy),
            _patterns(landlines(country, place.area), messy=messy),
            _patterns(mobiles(country, place.area), messy=messy),
        )
        for place in found
    )
    between = "" if country == "JP" else " "
    forms = tuple((f"{between}{form}", _in_domain(form, locale)) for form in _COMPANIES.get(country, _ANY_COMPANY))
    names = tuple(Names(gender, first, known.last[gender]) for gender, first in known.first.items())
    return Setting(locale, messy, known, names, names[0].last, forms, tuple(homes), {})


def _patterns(numbers: tuple[tuple[str, str, str], ...], *, messy: bool) -> tuple[Pattern, ...]:
    return tuple(pattern(form) for forms in numbers for form in (forms if messy else forms[:1]))


def _in_domain(form: str, locale: str) -> str:
    latin = email_part(form, locale)
    return f"-{latin}" if latin else ""

"""Telephone numbers that reach nobody.

Where the regulator keeps numbers for fiction, one of those, in the area of the person's city:

| country | numbers | source |
|---|---|---|
| US, CA | area code of the state or province, 555-0100 to 555-0199 | North American Numbering Plan Administrator |
| GB | 0xxx 496 0000 to 0999, London 020 7946 0000, Tyneside 0191 498 0000, Cardiff 029 2018 0000; mobile 07700 900000 to 900999 | Ofcom, "Telephone numbers for use in TV and radio drama programmes" |
| DE | Berlin 030 23125, Frankfurt 069 90009, Hamburg 040 66969, Köln 0221 4710, München 089 99998, each 000 to 999; mobile 0152 28817386 | Bundesnetzagentur, Mitteilung 148/2021 |
| FR | 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49 and mobile 06 39 98, each 00 00 to 99 99 | Arcep, numbers for works of fiction |
| AU | 02, 03, 07, 08 with 5550 0000 to 9999; mobile 0491 570 110 and 0491 570 156 to 159 | ACMA, "Phone numbers for use in TV shows, films and creative works" |

Where there are none, a number that cannot be given to anybody, because what follows the area code begins with the zero
that is the plan's trunk prefix (no mobile number, since there the plan leaves no such gap):

| country | a subscriber's number begins with | source |
|---|---|---|
| BR | 2 to 5 fixed, 6 to 9 mobile | Anatel, plano de numeração (Resolução 749/2022, before it 86/1998) |
| IN | 2 to 6 | Department of Telecommunications, National Numbering Plan 2003 |
| JP | 2 to 9 | Ministry of Internal Affairs and Communications, questions and answers on telephone numbers |

Everywhere else, Spain and Italy included, there is no number: what their plans leave unused today can be given to
somebody tomorrow.
"""  # noqa: E501  (a table's row is one line)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cp_fixtures.people.drawing import one_of, written

if TYPE_CHECKING:
    from random import Random

__all__ = ["Phone", "landline", "mobile"]


class _Plan(NamedTuple):
    code: str
    subscriber: str
    """The pattern after the area code."""
    national: str
    """How the country writes it: `a` the area code, `h` and `l` the subscriber's number to the last four, and those."""
    mobile: tuple[tuple[str, str], ...] = ()
    areas: dict[str, str] = {}  # noqa: RUF012  (a NamedTuple's default, never written to)
    """The areas that have another pattern."""


_PLANS = {
    "US": _Plan("1", "55501##", "({a}) {h}-{l}"),
    "CA": _Plan("1", "55501##", "({a}) {h}-{l}"),
    "GB": _Plan(
        "44",
        "4960###",
        "0{a} {h} {l}",
        (("7700", "900###"),),
        {"20": "79460###", "191": "4980###", "29": "20180###"},
    ),
    "DE": _Plan(
        "49",
        "",
        "0{a} {h}{l}",
        (("152", "28817386"),),
        {"30": "23125###", "69": "90009###", "40": "66969###", "221": "4710###", "89": "99998###"},
    ),
    "FR": _Plan(
        "33",
        "",
        "0{a} {pairs}",
        (("6", "3998####"),),
        {"1": "9900####", "2": "6191####", "3": "5301####", "4": "6571####", "5": "3649####"},
    ),
    "AU": _Plan(
        "61",
        "5550####",
        "(0{a}) {h} {l}",
        tuple(("4", f"91570{last}") for last in ("110", "156", "157", "158", "159")),
    ),
    "BR": _Plan("55", "0#######", "({a}) {h}-{l}"),
    "IN": _Plan("91", "0#######", "0{a}-{h}{l}", (), {"674": "0######"}),
    "JP": _Plan("81", "0######", "0{a}-{h}-{l}", (), {"3": "0#######", "6": "0#######"}),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in its parts, to be written in the ways that are met in the wild."""

    country: str
    area: str
    subscriber: str

    def __str__(self) -> str:
        """E.164."""
        return f"+{_PLANS[self.country].code}{self.area}{self.subscriber}"

    @property
    def digits(self) -> str:
        """As dialled within the country, digits only."""
        trunk = "0" if self.country not in {"US", "CA", "BR"} else ""
        return f"{trunk}{self.area}{self.subscriber}"

    @property
    def national(self) -> str:
        """With the country's punctuation."""
        head, last = self.subscriber[:-4], self.subscriber[-4:]
        pairs = " ".join(self.subscriber[at : at + 2] for at in range(0, len(self.subscriber), 2))
        return _PLANS[self.country].national.format(a=self.area, h=head, l=last, pairs=pairs)

    def in_some_form(self, random: Random) -> str:
        """In one of the three forms."""
        return one_of(random, (str(self), self.digits, self.national))


def landline(random: Random, country: str, area: str | None) -> Phone | None:
    """A number in that area that reaches nobody, or None where the country has no such number."""
    plan = _PLANS.get(country)
    if plan is None or not area:
        return None
    return Phone(country, area, written(random, plan.areas.get(area, plan.subscriber)))


def mobile(random: Random, country: str, area: str | None) -> Phone | None:
    """A mobile number that reaches nobody; in North America, where they are not told apart, any of that area."""
    plan = _PLANS.get(country)
    if plan is None:
        return None
    if plan.code == "1":
        return landline(random, country, area)
    if not plan.mobile:
        return None
    code, subscriber = one_of(random, plan.mobile)
    return Phone(country, code, written(random, subscriber))

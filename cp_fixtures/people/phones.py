"""Telephone numbers that reach nobody.

Where the regulator keeps numbers for fiction, one of those, in the area of the person's city:

| country | numbers | source |
|---|---|---|
| US, CA | area code of the state or province, 555-0100 to 555-0199 | North American Numbering Plan Administrator |
| GB | 0xxx 496 0000 to 0999, London 020 7946 0000, Tyneside 0191 498 0000, Cardiff 029 2018 0000; mobile 07700 900000 to 900999 | Ofcom, "Telephone numbers for use in TV and radio drama programmes" |
| DE | Berlin 030 23125, Frankfurt 069 90009, Hamburg 040 66969, Köln 0221 4710, München 089 99998, each 000 to 999; mobile 210 numbers: 0171 3920000 to 3920099, 0176 04069000 to 04069099, ten single ones of 0152, 0172 and 0174 | Bundesnetzagentur, Mitteilung 148/2021 |
| FR | 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49 and mobile 06 39 98, each 00 00 to 99 99 | Arcep, numbers for works of fiction |
| AU | 02, 03, 07, 08 with 5550 0000 to 9999 and 7010 0000 to 9999; mobile 30 single numbers from 0491 570 006 to 0491 579 760 | ACMA, "Phone numbers for use in TV shows, films and creative works" |

The lists of DE and AU were read in others' quotations of them, several of which agree number by number: of DE a weblog
that quotes the whole notice, a news page that tells it, and test data in public repositories; of AU a reference page on
the country's numbering and a television magazine that quote ACMA, and test data in public repositories.

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
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Phone", "landlines", "mobiles"]


class _Plan(NamedTuple):
    code: str
    subscribers: tuple[str, ...]
    """The patterns after the area code, of equal size."""
    national: str
    """How the country writes it: `a` the area code, `h` and `l` the subscriber's number to the last four, and those;
    `s` all of it, in `pairs` or in `threes`."""
    mobile: tuple[tuple[str, str], ...] = ()
    """What stands for the area code of a mobile number, and the pattern after it; likewise of equal size."""
    cell: str = ""
    """How the country writes a mobile number, where that is another way."""
    areas: dict[str, str] = {}  # noqa: RUF012  (a NamedTuple's default, never written to)
    """The areas that have another pattern."""


_GERMAN_MOBILE = (
    *(("152", last) for last in ("28817386", "28895456", "54599371")),
    *(("171", f"39200{last:02}") for last in range(100)),
    *(("172", last) for last in ("9925904", "9968532", "9973185", "9973186", "9980752")),
    *(("174", last) for last in ("9091317", "9464308")),
    *(("176", f"040690{last:02}") for last in range(100)),
)
_AUSTRALIAN_MOBILE = """
    570006 570156 570157 570158 570159 570110 570313 570737 571266 571491 571804 572549 572665 572983 573770
    573087 574118 574632 575254 575789 576398 576801 577426 577644 578957 578148 578888 579212 579760 579455
"""

_PLANS = {
    "US": _Plan("1", ("55501##",), "({a}) {h}-{l}"),
    "CA": _Plan("1", ("55501##",), "({a}) {h}-{l}"),
    "GB": _Plan(
        "44",
        ("4960###",),
        "0{a} {h} {l}",
        (("7700", "900###"),),
        "0{a} {s}",
        {"20": "79460###", "191": "4980###", "29": "20180###"},
    ),
    "DE": _Plan(
        "49",
        (),
        "0{a} {s}",
        _GERMAN_MOBILE,
        areas={"30": "23125###", "69": "90009###", "40": "66969###", "221": "4710###", "89": "99998###"},
    ),
    "FR": _Plan(
        "33",
        (),
        "0{a} {pairs}",
        (("6", "3998####"),),
        areas={"1": "9900####", "2": "6191####", "3": "5301####", "4": "6571####", "5": "3649####"},
    ),
    "AU": _Plan(
        "61",
        ("5550####", "7010####"),
        "(0{a}) {h} {l}",
        tuple(("491", last) for last in _AUSTRALIAN_MOBILE.split()),
        "0{a} {threes}",
    ),
    "BR": _Plan("55", ("0#######",), "({a}) {h}-{l}"),
    "IN": _Plan("91", ("0#######",), "0{a}-{s}", areas={"674": "0######"}),
    "JP": _Plan("81", ("0######",), "0{a}-{h}-{l}", areas={"3": "0#######", "6": "0#######"}),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in its parts, to be written in the ways that are met in the wild.

    Attributes:
        country: its ISO 3166 code.
        area: the area code, or what stands in its place in a mobile number, without the trunk prefix.
        subscriber: the digits after it; or the pattern of them, and then what is made of it are patterns too.
        cell: whether it is a mobile number, which some countries group otherwise.
    """

    country: str
    area: str
    subscriber: str
    cell: bool = False

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
        plan = _PLANS[self.country]
        form = (plan.cell if self.cell else "") or plan.national
        return form.format(
            a=self.area,
            s=self.subscriber,
            h=self.subscriber[:-4],
            l=self.subscriber[-4:],
            pairs=self._in_groups_of(2),
            threes=self._in_groups_of(3),
        )

    def _in_groups_of(self, size: int) -> str:
        return " ".join(self.subscriber[at : at + size] for at in range(0, len(self.subscriber), size))

    @property
    def forms(self) -> tuple[str, str, str]:
        """All three."""
        return str(self), self.digits, self.national


@lru_cache(maxsize=1024)
def landlines(country: str, area: str | None) -> tuple[tuple[str, str, str], ...]:
    """The numbers in an area that reach nobody, as patterns in the three forms; none where the country has none."""
    plan = _PLANS.get(country)
    if plan is None or not area:
        return ()
    patterns = (plan.areas[area],) if area in plan.areas else plan.subscribers
    # What is done to a number can be done to its pattern: a mark stands for a digit.
    return tuple(Phone(country, area, pattern).forms for pattern in patterns)


@lru_cache(maxsize=1024)
def mobiles(country: str, area: str | None) -> tuple[tuple[str, str, str], ...]:
    """The mobile numbers likewise; in North America, where they are not told apart, any of that area."""
    plan = _PLANS.get(country)
    if plan is None:
        return ()
    if plan.code == "1":
        return landlines(country, area)
    return tuple(Phone(country, code, pattern, cell=True).forms for code, pattern in plan.mobile)

"""People: a locale and a source of chance in, coherent persons and businesses out."""

from __future__ import annotations

from datetime import date
from struct import Struct
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.people.drawing import written
from cp_fixtures.people.letters import email_part
from cp_fixtures.people.locales import checked
from cp_fixtures.people.prepared import Names, setting
from cp_fixtures.people.records import Given, Person, postal_address
from cp_fixtures.people.tricky import CAST

if TYPE_CHECKING:
    from cp_fixtures.people.drawing import Source
    from cp_fixtures.people.prepared import Home, Setting
    from cp_fixtures.people.records import Address, Facts

    Which = Literal["individual", "business", "tricky"]

__all__ = ["ID_BYTES", "NOTHING", "People", "facts_of", "id_of"]

# Nothing reads the clock, so that the same seed gives the same birth date on any day.
_YOUNGEST, _OLDEST = 18 * 366, 90 * 365
_LATEST, _DAYS = date(2025, 1, 1).toordinal() - _YOUNGEST, _OLDEST - _YOUNGEST + 1

# RFC 2606 keeps these for examples: no mail sent to them arrives.
_DOMAINS = ("example.com", "example.net", "example.org")
_REMARKS = (
    "Prefers to be written to.",
    "Asked for paper invoices.",
    "Calls back in the afternoon.",
    "Has an open service request.",
    "Moved house this year.",
)
_NAMELESS = "company"
_TIERS = ("bronze", "silver", "gold")
_LISTED: tuple[Literal["phone", "mobile_phone"] | None, ...] = ("phone", "mobile_phone", None)
# What the first digit of the fourth group of a UUID says, of any hex digit that was drawn for it.
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))

ID_BYTES = 16
"""How much chance an id takes."""

NOTHING = Given()
"""Nothing is known beforehand."""

# The chance of a person: numbers of 32 bits, each with one purpose, so that what is given, or not wanted, changes
# nothing else. A number divided by how many there were to choose from can be drawn from again, as long as it lasts.
_NUMBERS = Struct("<28I")
_KEPT_NAMES = 4096


class People:
    """Makes coherent fictitious persons and businesses; all chance comes from the Random that is given.

    Locales of AU, BR, CA, DE, ES, FR, GB, IN, IT, JP and US draw from a table of real cities; every other locale has
    one city of its country, names of its own or of its language, and no telephone number. Where Faker has no names in
    the language, they belong to no nation ("Robin Example").

    Args:
        locale: any locale of the installed Faker, such as "en_US" or "de-DE".
        random: the source of all chance; a `random.Random` of the caller's own, or a Chance.
        messy: mix the formats that are met in real data: telephone numbers in E.164, as digits and with punctuation,
            in PhoneNumber, in MobilePhoneNumber, or nowhere; birth dates in ISO and as 07/12/1980; Country as code of
            two or three letters or as a name.

    Raises:
        UsageError: Faker has no such locale.
    """

    def __init__(self, locale: str, random: Source, *, messy: bool = False) -> None:
        self.locale = checked(locale)
        self.messy = messy
        self._random = random

    def profile_id(self) -> str:
        """A UUID4 in hex, without hyphens, as real profile ids are; drawn from the Random."""
        return id_of(self._random.randbytes(ID_BYTES))

    def individual(self, given: Given = NOTHING) -> Person:
        """A person, who agrees with what is given."""
        return self._person("individual", given)

    def business(self, given: Given = NOTHING) -> Person:
        """A business with its contact person."""
        return self._person("business", given)

    def tricky(self, given: Given = NOTHING) -> Person:
        """A person with a name that breaks naive code; as many numbers in a row as there are such names give each once.

        O'Brien, Chinese, right-to-left, emoji, one letter, 255 characters, combining marks, hyphens, spaces, Null.
        """
        return self._person("tricky", given)

    def _person(self, which: Which, given: Given) -> Person:
        facts = facts_of(setting(self.locale, self.messy), self._random, which, given, number=given.number)
        told: dict[str, Any] = {**facts}
        for name in ("home_address", "shipping_address", "mailing_address", "billing_address"):
            told[name] = postal_address(told[name])
        return Person(**told)


def id_of(drawn: bytes) -> str:
    """The id that 16 bytes of chance are: a UUID4 in hex, without hyphens."""
    digits = drawn.hex()
    return f"{digits[:12]}4{digits[13:16]}{_VARIANTS[digits[16]]}{digits[17:]}"


def facts_of(
    there: Setting, random: Source, which: Which, given: Given = NOTHING, *, number: int | None, brief: bool = False
) -> Facts:
    """What a Person says, by the names of its attributes, in a dict of the caller's own; for a fraction of the cost.

    Args:
        there: the setting of the locale.
        random: the source of all chance.
        which: the method of People that makes such a person.
        given: what is known beforehand.
        number: makes the e-mail addresses unique; None for one that is drawn.
        brief: the same person for less: what a usual record does not show is left out.
    """
    # Thousands are made in one run of tests, so that a record for each part would cost more than the part.
    (
        role, sex, first, middle, last, owner, form, born, account, more_account, tier, mark, listed, phone,
        home, lives, house, *unusual,
    ) = _NUMBERS.unpack(random.randbytes(_NUMBERS.size))  # fmt: skip
    locale, messy, _, every_names, owners, forms, homes, _ = there
    names = every_names[sex % len(every_names)]
    if given is not NOTHING:
        names = _names(there, given, names)
    gender, first_names, last_names = names
    first_name = given.first_name or first_names[first % len(first_names)]
    middle_name = first_names[middle % len(first_names)]
    last_name = given.last_name or last_names[last % len(last_names)]
    if which == "tricky":
        cast = CAST[(role if number is None else number) % len(CAST)]
        first_name, middle_name, last_name = given.first_name or cast.first, cast.middle, given.last_name or cast.last
        gender = gender if given.gender or given.first_name else cast.gender
    boss, (written_form, latin_form) = owners[owner % len(owners)], forms[form % len(forms)]
    here = homes[home % len(homes)]
    landlines = here.landlines
    if number is None:
        number = mark // len(_DOMAINS) % 9999 + 1
    mailbox = f"{_mailbox(first_name, last_name, there)}.{number}"
    birthday = date.fromordinal(_LATEST - born // 2 % _DAYS)
    facts: Facts = {
        "locale": locale,
        "kind": "individual",
        "first_name": first_name,
        "middle_name": middle_name,
        "last_name": last_name,
        "gender": gender,
        "birth_date": f"{birthday:%m/%d/%Y}" if messy and born % 2 else birthday.isoformat(),
        "business_name": given.business_name or boss + written_form,
        "phone": written(phone, landlines) if landlines else None,
        "listed_phone": _LISTED[listed % 3] if messy else "phone",
        "email": f"{mailbox}@{_DOMAINS[mark % len(_DOMAINS)]}",
        "home_address": _address(here, lives, house),
        "account_number": str(10**9 + (account << 32 | more_account) % (9 * 10**9)),
        "attributes": {
            "loyaltyTier": _TIERS[tier % 3],
            "newsletter": "True" if tier // 3 % 2 else "False",
            "lifetimeValue": f"{tier // 6 % 99 + 1}000",
        },
    }
    if brief and not messy:
        return facts
    remark, mobile, at_home, at_work, away, ships, ship_street, mails, mail_street, bills, bill_street = unusual
    office = _domain(given.business_name, there) if given.business_name else _domain_of(boss, latin_form, there)
    facts["additional_information"] = _REMARKS[remark % len(_REMARKS)]
    facts["mobile_phone"] = written(mobile, here.mobiles) if here.mobiles else None
    facts["home_phone"] = written(at_home, landlines) if landlines else None
    facts["business_phone"] = written(at_work, landlines) if landlines else None
    facts["personal_email"] = facts["email"]
    facts["business_email"] = f"{mailbox}@{office}.example"
    facts["shipping_address"] = _address(homes[away % len(homes)], ships, ship_street)
    facts["mailing_address"] = _address(here, mails, mail_street)
    facts["billing_address"] = _address(here, bills, bill_street)
    if which == "business":
        facts["kind"] = "business"
        facts["business_email"] = facts["email"] = f"office.{number}@{office}.example"
    return facts


def _names(there: Setting, given: Given, told: Names) -> Names:
    """What somebody is called of whom something is given, else one of those who are `told` of."""
    known = there.pool
    gender = given.gender or (known.gender_of(given.first_name) if given.first_name else told.gender)
    return Names(gender, known.first_names(gender, told.gender), known.last.get(gender) or told.last)


def _address(home: Home, premises: int, house: int) -> Address:
    streets, houses, inside, _, _ = home
    before, behind = streets[house % len(streets)]
    return before + houses[house // len(streets) % len(houses)] + behind, inside[premises % len(inside)]


def _mailbox(first: str, last: str, there: Setting) -> str:
    kept = there.latin
    first = kept.get(first) or _latin(first, there)
    last = kept.get(last) or _latin(last, there)
    return f"{first}.{last}" if first and last else first or last or "customer"


def _latin(name: str, there: Setting) -> str:
    kept = there.latin
    if name in kept:
        return kept[name]
    latin = email_part(there.pool.romanised.get(name, name), there.locale)
    # The names of a pool come again and again; those that are given need not.
    if len(kept) < _KEPT_NAMES:
        kept[name] = latin
    return latin


def _domain_of(owner: str, form: str, there: Setting) -> str:
    # Of a name in a script that we do not read, only the "Pvt Ltd" would be left.
    return latin + form if (latin := _latin(owner, there)) else _NAMELESS


def _domain(business: str, there: Setting) -> str:
    romanised = there.pool.romanised
    owner = next((latin for name, latin in romanised.items() if business.startswith(name)), business)
    readable = email_part(owner.split(maxsplit=1)[0], there.locale) if owner.split() else ""
    return email_part(owner, there.locale, most=40) if readable else _NAMELESS

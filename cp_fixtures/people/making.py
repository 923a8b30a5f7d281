"""People: a locale and a source of chance in, coherent persons and businesses out."""

from __future__ import annotations

from datetime import date
from struct import Struct
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.people.drawing import written
from cp_fixtures.people.letters import email_part
from cp_fixtures.people.locales import checked
from cp_fixtures.people.prepared import setting
from cp_fixtures.people.records import Given, Person, postal_address
from cp_fixtures.people.tricky import CAST

if TYPE_CHECKING:
    from cp_fixtures.people.drawing import Pattern, Source
    from cp_fixtures.people.prepared import Home, Setting
    from cp_fixtures.people.records import Address, Facts, Gender

    # Who it is: first, middle and last name, the gender, the name of the business and its domain.
    Identity = tuple[str, str, str, Gender, str, str]

__all__ = ["People"]

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
_NOTHING = Given()

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
        drawn = self._random.randbytes(16).hex()
        return f"{drawn[:12]}4{drawn[13:16]}{_VARIANTS[drawn[16]]}{drawn[17:]}"

    def individual(self, given: Given = _NOTHING) -> Person:
        """A person, who agrees with what is given."""
        return _record(self.facts("individual", given))

    def business(self, given: Given = _NOTHING) -> Person:
        """A business with its contact person."""
        return _record(self.facts("business", given))

    def tricky(self, given: Given = _NOTHING) -> Person:
        """A person with a name that breaks naive code; as many numbers in a row as there are such names give each once.

        O'Brien, Chinese, right-to-left, emoji, one letter, 255 characters, combining marks, hyphens, spaces, Null.
        """
        return _record(self.facts("tricky", given))

    def facts(self, which: Literal["individual", "business", "tricky"], given: Given, *, brief: bool = False) -> Facts:
        """What a Person says, by the names of its attributes, in a dict of the caller's own; for a third of the cost.

        Args:
            which: the method that makes such a person.
            given: what is known beforehand.
            brief: the same person for half of that again: what a usual record does not show is left out.
        """
        # Thousands are made in one run of tests, so that a record for each part would cost more than the part.
        there = setting(self.locale, self.messy)
        (
            role, gender, first, middle, last, owner, form, born, account, more_account, tier, mark, listed, phone,
            home, lives, house, *unusual,
        ) = _NUMBERS.unpack(self._random.randbytes(_NUMBERS.size))  # fmt: skip
        identity = _identity(there, given, (gender, first, middle, last, owner, form))
        if which == "tricky":
            identity = _cast(role, given, identity)
        first_name, middle_name, last_name, gender, business, office = identity
        here = there.homes[home % len(there.homes)]
        number = mark // len(_DOMAINS) % 9999 + 1 if given.number is None else given.number
        mailbox = _mailbox(there, first_name, last_name, number)
        birthday = date.fromordinal(_LATEST - born // 2 % _DAYS)
        facts: Facts = {
            "locale": self.locale,
            "kind": "individual",
            "first_name": first_name,
            "middle_name": middle_name,
            "last_name": last_name,
            "gender": gender,
            "birth_date": f"{birthday:%m/%d/%Y}" if self.messy and born % 2 else birthday.isoformat(),
            "business_name": business,
            "phone": _phone(phone, here.landlines),
            "listed_phone": _LISTED[listed % 3] if self.messy else "phone",
            "email": f"{mailbox}@{_DOMAINS[mark % len(_DOMAINS)]}",
            "home_address": _address(here, lives, house),
            "account_number": str(10**9 + (account << 32 | more_account) % (9 * 10**9)),
            "attributes": {
                "loyaltyTier": _TIERS[tier % 3],
                "newsletter": "True" if tier // 3 % 2 else "False",
                "lifetimeValue": f"{tier // 6 % 99 + 1}000",
            },
        }
        if not brief or self.messy:
            facts["personal_email"] = facts["email"]
            facts["business_email"] = f"{mailbox}@{office}.example"
            if which == "business":
                facts["kind"] = "business"
                facts["business_email"] = facts["email"] = f"office.{number}@{office}.example"
            _add_unusual(facts, there, here, unusual)
        return facts


def _identity(there: Setting, given: Given, drawn: tuple[int, ...]) -> Identity:
    sex, first, middle, last, owner, form = drawn
    known, told = there.pool, there.genders[sex % len(there.genders)]
    gender = given.gender or (known.gender_of(given.first_name) if given.first_name else told)
    names = known.first_names(gender, told)
    last_names = known.last.get(gender) or known.last[told]
    boss, (written_form, latin_form) = there.owners[owner % len(there.owners)], there.forms[form % len(there.forms)]
    return (
        given.first_name or names[first % len(names)],
        names[middle % len(names)],
        given.last_name or last_names[last % len(last_names)],
        gender,
        given.business_name or boss + written_form,
        _domain(given.business_name, there) if given.business_name else _domain_of(boss, latin_form, there),
    )


def _cast(drawn: int, given: Given, usual: Identity) -> Identity:
    role = CAST[(drawn if given.number is None else given.number) % len(CAST)]
    gender = usual[3] if given.gender or given.first_name else role.gender
    return given.first_name or role.first, role.middle, given.last_name or role.last, gender, *usual[4:]


def _add_unusual(facts: Facts, there: Setting, here: Home, drawn: list[int]) -> None:
    """Add what a usual record does not show."""
    remark, mobile, at_home, at_work, home, ships, ship_street, mails, mail_street, bills, bill_street = drawn
    facts["additional_information"] = _REMARKS[remark % len(_REMARKS)]
    facts["mobile_phone"] = _phone(mobile, here.mobiles)
    facts["home_phone"] = _phone(at_home, here.landlines)
    facts["business_phone"] = _phone(at_work, here.landlines)
    facts["shipping_address"] = _address(there.homes[home % len(there.homes)], ships, ship_street)
    facts["mailing_address"] = _address(here, mails, mail_street)
    facts["billing_address"] = _address(here, bills, bill_street)


def _phone(drawn: int, patterns: tuple[Pattern, ...]) -> str | None:
    return written(drawn // len(patterns), patterns[drawn % len(patterns)]) if patterns else None


def _address(home: Home, premises: int, house: int) -> Address:
    streets = home.streets
    before, behind = streets[house % len(streets)]
    line = before + home.houses[house // len(streets) % len(home.houses)] + behind
    return line, home.premises[premises % len(home.premises)]


def _mailbox(there: Setting, first: str, last: str, number: int) -> str:
    first, last = _latin(first, there), _latin(last, there)
    return f"{first}.{last}.{number}" if first and last else f"{first or last or 'customer'}.{number}"


def _latin(name: str, there: Setting) -> str:
    latin = there.latin.get(name)
    if latin is None:
        latin = email_part(there.pool.romanised.get(name, name), there.locale)
        # The names of a pool come again and again; those that are given need not.
        if len(there.latin) < _KEPT_NAMES:
            there.latin[name] = latin
    return latin


def _domain_of(owner: str, form: str, there: Setting) -> str:
    # Of a name in a script that we do not read, only the "Pvt Ltd" would be left.
    return latin + form if (latin := _latin(owner, there)) else _NAMELESS


def _domain(business: str, there: Setting) -> str:
    romanised = there.pool.romanised
    owner = next((latin for name, latin in romanised.items() if business.startswith(name)), business)
    readable = email_part(owner.split(maxsplit=1)[0], there.locale) if owner.split() else ""
    return email_part(owner, there.locale, most=40) if readable else _NAMELESS


def _record(facts: Facts) -> Person:
    told: dict[str, Any] = {**facts}
    for name in ("home_address", "shipping_address", "mailing_address", "billing_address"):
        told[name] = postal_address(told[name])
    return Person(**told)

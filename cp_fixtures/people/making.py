"""People: a locale and a Random in, coherent persons and businesses out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict

from cp_fixtures.people import phones
from cp_fixtures.people.drawing import between, one_of
from cp_fixtures.people.letters import email_part
from cp_fixtures.people.locales import checked, country_of
from cp_fixtures.people.places import address, country_names, places
from cp_fixtures.people.pools import pool
from cp_fixtures.people.records import Given, Person
from cp_fixtures.people.tricky import CAST

if TYPE_CHECKING:
    from random import Random

    from cp_fixtures.people.places import Place
    from cp_fixtures.people.pools import Pool
    from cp_fixtures.people.records import Gender, Kind, PostalAddress

__all__ = ["People"]

# Nothing reads the clock, so that the same seed gives the same birth date on any day.
_TODAY = date(2025, 1, 1).toordinal()
_YOUNGEST, _OLDEST = 18 * 366, 90 * 365

# RFC 2606 keeps these for examples: no mail sent to them arrives.
_DOMAINS = ("example.com", "example.net", "example.org")

_COMPANIES = {
    "US": ("LLC", "Inc.", "& Sons"), "GB": ("Ltd", "plc", "& Sons"), "CA": ("Ltd.", "Inc."), "AU": ("Pty Ltd",),
    "IN": ("Pvt Ltd", "& Co."), "DE": ("GmbH", "& Co. KG"), "AT": ("GmbH",), "FR": ("SARL", "SAS", "et Fils"),
    "ES": ("S.L.", "e Hijos"), "IT": ("S.r.l.", "S.p.A."), "BR": ("Ltda.", "S.A."), "JP": ("株式会社", "商店"),
}  # fmt: skip
_ANY_COMPANY = ("& Co.",)
_REMARKS = (
    "Prefers to be written to.",
    "Asked for paper invoices.",
    "Calls back in the afternoon.",
    "Has an open service request.",
    "Moved house this year.",
)
_NOTHING = Given()


@dataclass(frozen=True, slots=True)
class _Identity:
    """Who it is: everything that the rest has to agree with."""

    first: str
    middle: str
    last: str
    gender: Gender
    business: str


class _Emails(TypedDict):
    email: str
    personal_email: str
    business_email: str


class _Reachable(TypedDict):
    phone: str | None
    mobile_phone: str | None
    home_phone: str | None
    business_phone: str | None
    listed_phone: Literal["phone", "mobile_phone"] | None
    home_address: PostalAddress
    shipping_address: PostalAddress
    mailing_address: PostalAddress
    billing_address: PostalAddress


class People:
    """Makes coherent fictitious persons and businesses; all chance comes from the Random that is given.

    Locales of AU, BR, CA, DE, ES, FR, GB, IN, IT, JP and US draw from a table of real cities; every other locale has
    one city of its country, names of its own or of its language, and no telephone number. Where Faker has no names in
    the language, they belong to no nation ("Robin Example").

    Args:
        locale: any locale of the installed Faker, such as "en_US" or "de-DE".
        random: the source of all chance; a `random.Random` of the caller's own.
        messy: mix the formats that are met in real data: telephone numbers in E.164, as digits and with punctuation,
            in PhoneNumber, in MobilePhoneNumber, or nowhere; birth dates in ISO and as 07/12/1980; Country as code of
            two or three letters or as a name.

    Raises:
        UsageError: Faker has no such locale.
    """

    def __init__(self, locale: str, random: Random, *, messy: bool = False) -> None:
        self.locale = checked(locale)
        self.messy = messy
        self._random = random
        self._country = country_of(self.locale)

    @property
    def _pool(self) -> Pool:
        # An id alone needs no names, and so no Faker.
        return pool(self.locale)

    def profile_id(self) -> str:
        """A UUID4 in hex, without hyphens, as real profile ids are; drawn from the Random."""
        bits = self._random.getrandbits(128)
        bits = bits & ~(0xF << 76) & ~(0x3 << 62) | (0x4 << 76) | (0x2 << 62)
        return f"{bits:032x}"

    def individual(self, given: Given = _NOTHING, *, brief: bool = False) -> Person:
        """A person, who agrees with what is given.

        Args:
            given: what is known beforehand.
            brief: the same person at half the cost: what a usual record does not show is not drawn. All addresses are
                the home address, all e-mail is personal, and but for `phone` there is no telephone.
        """
        return self._person("individual", self._identity(given), given.number, brief=brief)

    def business(self, given: Given = _NOTHING) -> Person:
        """A business with its contact person."""
        return self._person("business", self._identity(given), given.number)

    def tricky(self, given: Given = _NOTHING) -> Person:
        """A person with a name that breaks naive code; as many numbers in a row as there are such names give each once.

        O'Brien, Chinese, right-to-left, emoji, one letter, 255 characters, combining marks, hyphens, spaces, Null.
        """
        drawn = one_of(self._random, CAST)
        role = drawn if given.number is None else CAST[given.number % len(CAST)]
        usual = self._identity(given)
        identity = _Identity(
            given.first_name or role.first,
            role.middle,
            given.last_name or role.last,
            usual.gender if given.gender or given.first_name else role.gender,
            usual.business,
        )
        return self._person("individual", identity, given.number)

    def _identity(self, given: Given) -> _Identity:
        drawn = one_of(self._random, self._pool.genders)
        gender = given.gender or (self._pool.gender_of(given.first_name) if given.first_name else drawn)
        names = self._pool.first_names(gender, drawn)
        first, middle = one_of(self._random, names), one_of(self._random, names)
        last = one_of(self._random, self._pool.last[gender if gender in self._pool.last else drawn])
        return _Identity(given.first_name or first, middle, given.last_name or last, gender, self._business(given))

    def _business(self, given: Given) -> str:
        owner = one_of(self._random, next(iter(self._pool.last.values())))
        form = one_of(self._random, _COMPANIES.get(self._country, _ANY_COMPANY))
        return given.business_name or (f"{owner}{form}" if self._country == "JP" else f"{owner} {form}")

    def _person(self, kind: Kind, identity: _Identity, number: int | None, *, brief: bool = False) -> Person:
        # What a usual record shows is drawn first, so that a brief person is the same one.
        home = one_of(self._random, places(self.locale))
        return Person(
            locale=self.locale,
            kind=kind,
            first_name=identity.first,
            middle_name=identity.middle,
            last_name=identity.last,
            gender=identity.gender,
            birth_date=self._birth_date(),
            business_name=identity.business,
            account_number=str(between(self._random, 10**9, 10**10 - 1)),
            additional_information=one_of(self._random, _REMARKS),
            attributes=self._attributes(),
            **self._emails(kind, identity, number, brief=brief),
            **self._reachable(home, brief=brief and not self.messy),
        )

    def _birth_date(self) -> str:
        born = date.fromordinal(_TODAY - between(self._random, _YOUNGEST, _OLDEST))
        american = one_of(self._random, (False, True))
        return f"{born:%m/%d/%Y}" if self.messy and american else born.isoformat()

    def _attributes(self) -> dict[str, str]:
        return {
            "loyaltyTier": one_of(self._random, ("bronze", "silver", "gold")),
            "newsletter": one_of(self._random, ("True", "False")),
            "lifetimeValue": str(between(self._random, 1, 99) * 1000),
        }

    def _emails(self, kind: Kind, identity: _Identity, number: int | None, *, brief: bool) -> _Emails:
        drawn = between(self._random, 1, 9999)
        mark = drawn if number is None else number
        name = ".".join(filter(None, (self._latin(identity.first), self._latin(identity.last)))) or "customer"
        personal = f"{name}.{mark}@{one_of(self._random, _DOMAINS)}"
        if brief:
            return {"email": personal, "personal_email": personal, "business_email": personal}
        office = self._domain(identity.business)
        business = f"office.{mark}@{office}" if kind == "business" else f"{name}.{mark}@{office}"
        return {
            "email": business if kind == "business" else personal,
            "personal_email": personal,
            "business_email": business,
        }

    def _latin(self, name: str) -> str:
        return email_part(self._pool.romanised.get(name, name), self.locale)

    def _domain(self, business: str) -> str:
        owner = next((latin for name, latin in self._pool.romanised.items() if business.startswith(name)), business)
        # Of a name in a script that we do not read, only the "Pvt Ltd" would be left.
        readable = email_part(owner.split()[0], self.locale) if owner.split() else ""
        return f"{email_part(owner, self.locale, most=40) if readable else 'company'}.example"

    def _reachable(self, home: Place, *, brief: bool) -> _Reachable:
        phone, address = self._landline(home), self._address(home)
        if brief:
            return _brief(phone, address)
        office, home_phone = self._landline(home), self._landline(home)
        cell = self._written(phones.mobile(self._random, self._country, home.area))
        places_to_list: tuple[Literal["phone", "mobile_phone"] | None, ...] = ("phone", "mobile_phone", None)
        listed = one_of(self._random, places_to_list)
        return {
            "phone": phone,
            "mobile_phone": cell,
            "home_phone": home_phone,
            "business_phone": office,
            "listed_phone": listed if self.messy else "phone",
            "home_address": address,
            "shipping_address": self._address(one_of(self._random, places(self.locale))),
            "mailing_address": self._address(home),
            "billing_address": self._address(home),
        }

    def _landline(self, home: Place) -> str | None:
        return self._written(phones.landline(self._random, self._country, home.area))

    def _written(self, phone: phones.Phone | None) -> str | None:
        if phone is None:
            return None
        return phone.in_some_form(self._random) if self.messy else str(phone)

    def _address(self, place: Place) -> PostalAddress:
        name = one_of(self._random, country_names(self._country)) if self.messy else self._country
        return address(self._random, self._country, place, self._pool.streets, name=name)


def _brief(phone: str | None, address: PostalAddress) -> _Reachable:
    return {
        "phone": phone,
        "mobile_phone": None,
        "home_phone": None,
        "business_phone": None,
        "listed_phone": "phone",
        "home_address": address,
        "shipping_address": address,
        "mailing_address": address,
        "billing_address": address,
    }

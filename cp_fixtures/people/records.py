"""The records: one fictitious person or business, and its addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from cp_fixtures.types import Gender

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LONGEST",
    "Address",
    "Facts",
    "Gender",
    "Given",
    "Kind",
    "Person",
    "PostalAddress",
    "Premises",
    "UsualFacts",
    "postal_address",
]

Kind = Literal["individual", "business"]

LONGEST = 128
"""How long a text of a person can be whose names are drawn: the tricky ones and those that are given can be longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """An address whose city, region and postal code belong together; the street is invented.

    Attributes:
        lines: four lines. The first, street and number, is an address by itself; the others narrow it down.
        city: the city, or the city and ward, as its country writes it.
        county: the county, where addresses of the country name one (GB).
        state: the state, likewise (AU, BR, IN, US), and the prefecture of Japan.
        province: the province, likewise (CA, ES, IT). An address has a state or a province, never both.
        country: the ISO 3166 code of two letters; with `messy` also that of three, or the English name.
        postal_code: a postal code of that city, or None where the country has none that is safe to invent.
    """

    lines: tuple[str, str, str, str]
    city: str
    county: str | None = None
    state: str | None = None
    province: str | None = None
    country: str
    postal_code: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Premises:
    """All of an address but its street and number: prepared once, and lived in by many.

    Attributes:
        inside: the flat, the building and the floor.
        city: as in PostalAddress, like all that follow.
    """

    inside: tuple[str, str, str]
    city: str
    county: str | None
    state: str | None
    province: str | None
    country: str
    postal_code: str | None


Address = tuple[str, Premises]
"""An address as it is drawn: its first line, and where that is."""


def postal_address(address: Address) -> PostalAddress:
    """All that there is to say of an address."""
    street, there = address
    return PostalAddress(
        lines=(street, *there.inside),
        city=there.city,
        county=there.county,
        state=there.state,
        province=there.province,
        country=there.country,
        postal_code=there.postal_code,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One coherent fictitious person, or a business with its contact person.

    Attributes:
        locale: the Faker locale whose names and places are used.
        kind: "individual" or "business".
        first_name: agrees with `gender`, like `middle_name`.
        middle_name: a second given name, also where none is usual.
        last_name: agrees with `gender` in languages where it has one.
        gender: "UNSPECIFIED" where the locale's names do not tell.
        birth_date: text: ISO, with `messy` also as in 07/12/1980. 18 to 90 years before 2025, whatever the clock says.
        business_name: the employer of an individual, the name of a business.
        phone: a number that reaches nobody, or None where the country has none; E.164 unless `messy`.
        mobile_phone: likewise, in a range for mobile telephones where the regulator has one.
        home_phone: likewise.
        business_phone: likewise.
        listed_phone: which of `phone` and `mobile_phone` a typical record shows; None for neither (only with `messy`).
        email: the address that a typical record shows: the personal one, for a business that of the business.
        personal_email: made of the name, in example.com, example.net or example.org.
        business_email: in the top-level domain .example.
        home_address: where the person lives, or the business is.
        shipping_address: somewhere in the country.
        mailing_address: in another street of the home's city.
        billing_address: likewise.
        account_number: ten digits.
        additional_information: a sentence.
        attributes: text to text, as the service keeps it: numbers and booleans too.
    """

    locale: str
    kind: Kind
    first_name: str
    middle_name: str
    last_name: str
    gender: Gender
    birth_date: str
    business_name: str
    phone: str | None
    mobile_phone: str | None
    home_phone: str | None
    business_phone: str | None
    listed_phone: Literal["phone", "mobile_phone"] | None
    email: str
    personal_email: str
    business_email: str
    home_address: PostalAddress
    shipping_address: PostalAddress
    mailing_address: PostalAddress
    billing_address: PostalAddress
    account_number: str
    additional_information: str
    attributes: Mapping[str, str] = field(hash=False)


class UsualFacts(TypedDict):
    """What a usual record shows of a person."""

    locale: str
    kind: Kind
    first_name: str
    middle_name: str
    last_name: str
    gender: Gender
    birth_date: str
    business_name: str
    phone: str | None
    listed_phone: Literal["phone", "mobile_phone"] | None
    email: str
    home_address: Address
    account_number: str
    attributes: dict[str, str]


class Facts(UsualFacts, total=False):
    """What a Person says, by the names of its attributes, before it is made a record."""

    mobile_phone: str | None
    home_phone: str | None
    business_phone: str | None
    personal_email: str
    business_email: str
    shipping_address: Address
    mailing_address: Address
    billing_address: Address
    additional_information: str


class Given(NamedTuple):
    """What is known of a person before it is made: the rest is made to agree. None: not known.

    Attributes:
        first_name: a name of the locale also decides the gender; a foreign one leaves it unspecified.
        last_name: goes into the e-mail address, like `first_name`.
        gender: decides the first name.
        business_name: goes into the business's e-mail address.
        number: makes the e-mail addresses unique: two persons with different numbers never share one.
    """

    first_name: str | None = None
    last_name: str | None = None
    gender: Gender | None = None
    business_name: str | None = None
    number: int | None = None

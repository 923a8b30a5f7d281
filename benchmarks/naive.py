"""Profiles as one writes them by hand: for each member a word of Faker's, or of whoever has such words."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from faker import Factory, Faker

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Words", "address", "full_profile", "of_faker", "of_faker_unweighted", "typical_profile"]

_TIERS = ("bronze", "silver", "gold")


class Words(NamedTuple):
    """Where the values come from: one function for each kind of value."""

    first_name: Callable[[], str]
    last_name: Callable[[], str]
    company: Callable[[], str]
    phone: Callable[[], str]
    email: Callable[[], str]
    street: Callable[[], str]
    second_line: Callable[[], str]
    city: Callable[[], str]
    state: Callable[[], str]
    postal_code: Callable[[], str]
    birth_date: Callable[[], str]
    sentence: Callable[[], str]
    number: Callable[[], str]


def of_faker() -> Words:
    """Faker, as everybody uses it."""
    return _of(Faker())


def of_faker_unweighted() -> Words:
    """A generator of Faker's for one locale, which takes common names no more often than rare ones."""
    return _of(Factory.create("en_US", use_weighting=False))


def _of(fake: Any) -> Words:
    return Words(
        first_name=fake.first_name,
        last_name=fake.last_name,
        company=fake.company,
        phone=fake.phone_number,
        email=fake.email,
        street=fake.street_address,
        second_line=fake.secondary_address,
        city=fake.city,
        state=fake.state_abbr,
        postal_code=fake.postcode,
        birth_date=lambda: str(fake.date_of_birth().isoformat()),
        sentence=fake.sentence,
        number=lambda: str(fake.bothify("##########")),
    )


def typical_profile(words: Words, profile_id: str | None = None) -> dict[str, Any]:
    """A profile with the members of the preset "typical", which know nothing of each other."""
    gender = random.choice(("MALE", "FEMALE", "UNSPECIFIED"))
    return {
        "ProfileId": profile_id or uuid.uuid4().hex,
        "AccountNumber": words.number(),
        "FirstName": words.first_name(),
        "LastName": words.last_name(),
        "BirthDate": words.birth_date(),
        "Gender": gender,
        "GenderString": gender,
        "PhoneNumber": words.phone(),
        "EmailAddress": words.email(),
        "Address": address(words),
        "Attributes": attributes(),
    }


def full_profile(words: Words, profile_id: str | None = None) -> dict[str, Any]:
    """A profile with the members of the preset "full", likewise."""
    profile = typical_profile(words, profile_id)
    phones = {f"{kind}PhoneNumber": words.phone() for kind in ("Mobile", "Home", "Business")}
    emails = {f"{kind}EmailAddress": words.email() for kind in ("Personal", "Business")}
    addresses = {f"{kind}Address": full_address(words) for kind in ("", "Shipping", "Mailing", "Billing")}
    return {
        **profile,
        **phones,
        **emails,
        **addresses,
        "AdditionalInformation": words.sentence(),
        "BusinessName": words.company(),
        "MiddleName": words.first_name(),
        "PartyType": "INDIVIDUAL",
        "PartyTypeString": "INDIVIDUAL",
        "ProfileType": "PROFILE",
        "EngagementPreferences": {
            "Email": [preference("email", "EmailAddress", words.email(), profile["ProfileId"])],
            "Phone": [preference("phone", "PhoneNumber", words.phone(), profile["ProfileId"])],
        },
    }


def attributes() -> dict[str, str]:
    """A few attributes."""
    return {
        "loyaltyTier": random.choice(_TIERS),
        "newsletter": random.choice(("True", "False")),
        "lifetimeValue": str(random.randrange(100_000)),
    }


def address(words: Words) -> dict[str, str]:
    """An address whose parts do not agree."""
    return {
        "Address1": words.street(),
        "City": words.city(),
        "State": words.state(),
        "PostalCode": words.postal_code(),
        "Country": "US",
    }


def full_address(words: Words) -> dict[str, str]:
    """One with all its lines."""
    lines = {f"Address{line}": words.second_line() for line in (2, 3, 4)}
    return {**address(words), **lines}


def preference(key: str, kind: str, value: str, profile_id: str) -> dict[str, str]:
    """By what somebody wants to be reached."""
    return {"KeyName": f"_{key}", "KeyValue": value, "ProfileId": profile_id, "ContactType": kind}

"""Which member of a Profile says what of a person, and which members each preset has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.factories.filling import filled, structured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from cp_fixtures.people import Person, PostalAddress
    from cp_fixtures.shapes import Node

__all__ = ["PRESETS", "members_of", "preferences"]

_TYPICAL = frozenset(
    {"AccountNumber", "Address", "Attributes", "BirthDate", "EmailAddress", "FirstName", "Gender", "GenderString",
     "LastName"}
)  # fmt: skip
_BUSINESS = frozenset(
    {"AccountNumber", "Address", "Attributes", "BillingAddress", "BusinessEmailAddress", "BusinessName",
     "BusinessPhoneNumber", "EmailAddress", "PartyTypeString"}
)  # fmt: skip

PRESETS: Mapping[str, frozenset[str] | None] = {
    "minimal": frozenset(),
    "typical": _TYPICAL,
    "full": None,
    "business": _BUSINESS,
    "tricky": _TYPICAL | {"MiddleName"},
}
"""The members of each preset beside ProfileId; None for all that the model has, FoundByItems excepted."""

# The API's text describes FoundByItems for SearchProfiles only. The preferences need the finished profile.
_LATER = {"ProfileId", "FoundByItems", "EngagementPreferences"}

_PERSONAL: dict[str, Callable[[Person], Any]] = {
    "AccountNumber": lambda person: person.account_number,
    "AdditionalInformation": lambda person: person.additional_information,
    "PartyType": lambda person: person.kind.upper(),
    "PartyTypeString": lambda person: person.kind.upper(),
    # One of the two values that the model has; which kind of record has which is our guess.
    "ProfileType": lambda _person: "PROFILE",
    "BusinessName": lambda person: person.business_name,
    "FirstName": lambda person: person.first_name,
    "MiddleName": lambda person: person.middle_name,
    "LastName": lambda person: person.last_name,
    "BirthDate": lambda person: person.birth_date,
    # The enum is deprecated in favour of the text; real records carry both, with the same value.
    "Gender": lambda person: person.gender,
    "GenderString": lambda person: person.gender,
    "PhoneNumber": lambda person: person.phone,
    "MobilePhoneNumber": lambda person: person.mobile_phone,
    "HomePhoneNumber": lambda person: person.home_phone,
    "BusinessPhoneNumber": lambda person: person.business_phone,
    "EmailAddress": lambda person: person.email,
    "PersonalEmailAddress": lambda person: person.personal_email,
    "BusinessEmailAddress": lambda person: person.business_email,
    "Attributes": lambda person: dict(person.attributes),
}
_ADDRESSES: dict[str, Callable[[Person], PostalAddress]] = {
    "Address": lambda person: person.home_address,
    "ShippingAddress": lambda person: person.shipping_address,
    "MailingAddress": lambda person: person.mailing_address,
    "BillingAddress": lambda person: person.billing_address,
}
_LISTED = {"phone": "PhoneNumber", "mobile_phone": "MobilePhoneNumber"}

# The members that a preference can name, in the order in which one would look for them.
_PHONES = ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber")
_EMAILS = ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress")


def members_of(node: Node, preset: str, person: Person, random: Random) -> dict[str, Any]:
    """The members of a preset, as far as the model has them, except those that need the finished profile.

    Args:
        node: the model's Profile.
        preset: a name of PRESETS.
        person: whom the members tell of.
        random: for members that nothing is known of.
    """
    chosen = _chosen(node, preset, person)
    made = {name: _member(node.members[name], name, preset, person, random) for name in chosen}
    return {name: value for name, value in made.items() if value is not None}


def _chosen(node: Node, preset: str, person: Person) -> list[str]:
    names = PRESETS[preset]
    if names is None:
        return [name for name in node.members if name not in _LATER]
    if "FirstName" in names and person.listed_phone:
        names |= {_LISTED[person.listed_phone]}
    return [name for name in node.members if name in names]


def _member(node: Node, name: str, preset: str, person: Person, random: Random) -> Any:
    if name in _PERSONAL:
        return _PERSONAL[name](person)
    if name in _ADDRESSES:
        return _address(node, _ADDRESSES[name](person), random, full=PRESETS[preset] is None)
    return filled(node, name, random)


def _address(node: Node, address: PostalAddress, random: Random, *, full: bool) -> dict[str, str]:
    known = {
        "City": address.city,
        "County": address.county,
        "State": address.state,
        "Province": address.province,
        "Country": address.country,
        "PostalCode": address.postal_code,
    }
    lines = {f"Address{at}": line if full or at == 1 else None for at, line in enumerate(address.lines, 1)}
    unknown = () if full else node.members
    return structured(node, {**dict.fromkeys(unknown), **lines, **known}, random)


def preferences(node: Node, profile: Mapping[str, Any], random: Random) -> dict[str, Any] | None:
    """How the profile's customer wants to be reached: by the first telephone and e-mail address it has.

    Args:
        node: the model's EngagementPreferences.
        profile: the finished profile, so that an overridden id or address is the one that stands here too.
        random: for members that nothing is known of.
    """
    known = {
        "Phone": _contacts(node.members.get("Phone"), "_phone", _PHONES, profile, random),
        "Email": _contacts(node.members.get("Email"), "_email", _EMAILS, profile, random),
    }
    return structured(node, known, random) or None


def _contacts(
    node: Node | None, key: str, names: tuple[str, ...], profile: Mapping[str, Any], random: Random
) -> list[dict[str, Any]] | None:
    name = next((name for name in names if name in profile), None)
    if node is None or node.item is None or name is None:
        return None
    # No real value of KeyName was found: the names by which SearchProfiles finds telephone and e-mail are our guess.
    known = {
        "KeyName": key,
        "KeyValue": profile[name],
        "ProfileId": profile.get("ProfileId"),
        "ContactType": name,
    }
    return [structured(node.item, known, random)]

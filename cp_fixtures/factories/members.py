"""Which member of a Profile says what of a person, and which members each preset has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.factories.filling import filled, structured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.people.drawing import Source
    from cp_fixtures.people.records import Facts, Premises
    from cp_fixtures.shapes import Node

__all__ = [
    "ADDRESS",
    "CONTACT_TYPES",
    "KEY_NAMES",
    "PARTIES",
    "PRESETS",
    "PROFILE_TYPE",
    "TOLD",
    "members_of",
    "preferences",
]

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
_LATER = {"FoundByItems", "EngagementPreferences"}

TOLD = {
    "ProfileId": "profile_id",
    "AccountNumber": "account_number",
    "AdditionalInformation": "additional_information",
    "PartyType": "party",
    "PartyTypeString": "party",
    "ProfileType": "profile_type",
    "BusinessName": "business_name",
    "FirstName": "first_name",
    "MiddleName": "middle_name",
    "LastName": "last_name",
    "BirthDate": "birth_date",
    # The enum is deprecated in favour of the text; real records carry both, with the same value.
    "Gender": "gender",
    "GenderString": "gender",
    "PhoneNumber": "phone",
    "MobilePhoneNumber": "mobile_phone",
    "HomePhoneNumber": "home_phone",
    "BusinessPhoneNumber": "business_phone",
    "EmailAddress": "email",
    "PersonalEmailAddress": "personal_email",
    "BusinessEmailAddress": "business_email",
    "Address": "home_address",
    "ShippingAddress": "shipping_address",
    "MailingAddress": "mailing_address",
    "BillingAddress": "billing_address",
    "Attributes": "attributes",
}
"""The fact that each member tells."""

_ADDRESSES = {"home_address", "shipping_address", "mailing_address", "billing_address"}
# One of the two values that the model has; which kind of record has which is our guess.
PROFILE_TYPE = "PROFILE"
_LISTED = {"phone": "PhoneNumber", "mobile_phone": "MobilePhoneNumber"}

_KEPT = "names of members"

# The members that a preference can name, in the order in which one would look for them.
_PHONES = ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber")
_EMAILS = ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress")
CONTACT_TYPES = (*_PHONES, *_EMAILS)

# No real value of KeyName was found: the names by which SearchProfiles finds telephone and e-mail are our guess.
KEY_NAMES = ("_phone", "_email")
_PREFERRED = tuple(zip(("Phone", "Email"), KEY_NAMES, (_PHONES, _EMAILS), strict=True))

ADDRESS = (
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "City",
    "County",
    "State",
    "Province",
    "Country",
    "PostalCode",
)
"""The members of an address that something is known of."""

PARTIES = ("INDIVIDUAL", "BUSINESS")


class _Recipe(NamedTuple):
    """How a person is poured into a profile: worked out once for each node and preset."""

    told: tuple[tuple[str, str], ...]
    """The members, in the order of the model, and the fact that each of them tells."""
    addresses: tuple[tuple[str, _Addresses], ...]
    """Those of the facts that are addresses, and what pours them."""
    unknown: tuple[tuple[str, Node], ...]
    """The members that nothing is known of."""


class _Addresses:
    """Pours addresses into the members of the model, all but the street once for all that live there.

    Args:
        node: the model's Address.
        full: whether every line is there, and members that nothing is known of.

    Attributes:
        poured: the members of addresses, by where they are.
        is_known: whether the model has the members that we know, and no other.
    """

    def __init__(self, node: Node, *, full: bool) -> None:
        self._node, self._full = node, full
        self.poured: dict[Premises, dict[str, str]] = {}
        self.is_known = ADDRESS[0] in node.members and (not full or node.members.keys() <= {*ADDRESS})

    def pour(self, premises: Premises) -> dict[str, str]:
        """The members of an address there, whatever its street; kept in `poured`."""
        there, inside = premises, premises.inside if self._full else (None, None, None)
        told = ("", *inside, there.city, there.county, there.state, there.province, there.country, there.postal_code)
        known: dict[str, str | None] = dict(zip(ADDRESS, told, strict=True))
        made = {name: value for name in self._node.members if (value := known.get(name)) is not None}
        self.poured[premises] = made
        return made

    def fitted(self, made: dict[str, str], random: Source) -> dict[str, str]:
        """The like for a model of another kind; `random` is for members that nothing is known of."""
        # What this address does not have, a county for one, is not unknown; in a short one all the rest is left out.
        absent = ADDRESS if self._full else self._node.members
        return structured(self._node, {**dict.fromkeys(absent), **made}, random)


def members_of(node: Node, preset: str, profile_id: str, facts: Facts, random: Source) -> dict[str, Any]:
    """The id and the members of a preset, as far as the model has them, except those that need the finished profile.

    Args:
        node: the model's Profile.
        preset: a name of PRESETS.
        profile_id: the id.
        facts: what is known of the person whom the members tell of.
        random: for members that nothing is known of.
    """
    listed = facts["listed_phone"]
    kept = f"recipe {preset} {listed}"
    recipe: _Recipe = node.kept.get(kept) or node.kept.setdefault(kept, _recipe(node, preset, listed))
    party = facts["kind"].upper()
    known: dict[str, Any] = dict(facts, profile_id=profile_id, party=party, profile_type=PROFILE_TYPE)
    for fact, addresses in recipe.addresses:
        street, premises = known[fact]
        known[fact] = {**(addresses.poured.get(premises) or addresses.pour(premises)), "Address1": street}
        if not addresses.is_known:
            known[fact] = addresses.fitted(known[fact], random)
    made = {name: value for name, fact in recipe.told if (value := known[fact]) is not None}
    for name, member in recipe.unknown:
        if (value := filled(member, name, random)) is not None:
            made[name] = value
    return made


def _recipe(node: Node, preset: str, listed: str | None) -> _Recipe:
    names = PRESETS[preset]
    if names is not None and "FirstName" in names and listed:
        names |= {_LISTED[listed]}
    names = None if names is None else names | {"ProfileId"}
    chosen = [name for name in node.members if name not in _LATER and (names is None or name in names)]
    told = tuple((name, TOLD[name]) for name in chosen if name in TOLD)
    addresses = tuple(
        (fact, _Addresses(node.members[name], full=names is None)) for name, fact in told if fact in _ADDRESSES
    )
    return _Recipe(told, addresses, tuple((name, node.members[name]) for name in chosen if name not in TOLD))


def preferences(node: Node, profile: Mapping[str, Any], random: Source) -> dict[str, Any] | None:
    """How the profile's customer wants to be reached: by the first telephone and e-mail address it has.

    Args:
        node: the model's EngagementPreferences.
        profile: the finished profile, so that an overridden id or address is the one that stands here too.
        random: for members that nothing is known of.
    """
    known = {
        name: _contacts(node.members[name], key, names, profile, random)
        for name, key, names in _PREFERRED
        if name in node.members
    }
    if _is_known(node, known):
        return {name: value for name, value in known.items() if value is not None} or None
    return structured(node, known, random) or None


def _contacts(
    node: Node, key: str, names: tuple[str, ...], profile: Mapping[str, Any], random: Source
) -> list[dict[str, Any]] | None:
    for name in names:
        if name in profile and node.item is not None:
            contact = {
                "KeyName": key,
                "KeyValue": profile[name],
                "ProfileId": profile.get("ProfileId"),
                "ContactType": name,
            }
            # Without an id of the profile's own there is none here.
            is_whole = contact["ProfileId"] is not None and _is_known(node.item, contact)
            return [contact if is_whole else structured(node.item, contact, random)]
    return None


def _is_known(node: Node, made: dict[str, Any]) -> bool:
    """Whether what is made has the members of the model, in its order: that is found out once."""
    known = node.kept.get(_KEPT)
    if known is None:
        known = node.kept[_KEPT] = tuple(node.members)
    return known == tuple(made)

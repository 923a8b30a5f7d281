"""Which member of a Profile says what of a person, and which members each preset has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

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
_TOLD_PHONES = {"phone", "mobile_phone", "home_phone", "business_phone"}
_LISTED = {"phone": "PhoneNumber", "mobile_phone": "MobilePhoneNumber"}

_RECIPES, _REACHES = "recipes", "reaches"

# The members that a preference can name, in the order in which one would look for them.
_PHONES = ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber")
_EMAILS = ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress")
CONTACT_TYPES = (*_PHONES, *_EMAILS)

# No real value of KeyName was found: the names by which SearchProfiles finds telephone and e-mail are our guess.
KEY_NAMES = ("_phone", "_email")
_PREFERRED = {"Phone": (KEY_NAMES[0], _PHONES), "Email": (KEY_NAMES[1], _EMAILS)}
_CONTACT = ("KeyName", "KeyValue", "ProfileId", "ContactType")

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
    """How a person is poured into a profile: worked out once for each node, preset, and what is known of the person."""

    names: tuple[str, ...]
    """The members that tell a fact, in the order of the model."""
    facts: tuple[str, ...]
    """The fact that each of them tells."""
    addresses: tuple[tuple[str, _Addresses], ...]
    """Those of the facts that are addresses, and what pours them."""
    unknown: tuple[tuple[str, Node], ...]
    """The members that nothing is known of."""


class _Reach(NamedTuple):
    """A way in which a customer can be reached, by the model: worked out once."""

    name: str
    """The member of EngagementPreferences."""
    key: str
    """What its contacts have for KeyName."""
    kinds: tuple[str, ...]
    """The members of a profile that it may name."""
    contact: Node
    """The shape of its contacts."""
    is_known: bool
    """Whether that has the members that we know, in the same order, and no other."""


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
        facts: what is known of the person whom the members tell of; they are used up.
        random: for members that nothing is known of.
    """
    recipes: dict[Any, _Recipe] = node.kept.get(_RECIPES) or node.kept.setdefault(_RECIPES, {})
    known = cast("dict[str, Any]", facts)
    alike = preset, facts["listed_phone"], facts["phone"] is None, known.get("mobile_phone") is None
    if (recipe := recipes.get(alike)) is None:
        absent = {fact for fact in _TOLD_PHONES if known.get(fact) is None}
        recipe = recipes.setdefault(alike, _recipe(node, preset, facts["listed_phone"], absent=absent))
    known["profile_id"], known["party"], known["profile_type"] = profile_id, facts["kind"].upper(), PROFILE_TYPE
    names, told, every_address, unknown = recipe
    for fact, addresses in every_address:
        street, premises = known[fact]
        known[fact] = address = (addresses.poured.get(premises) or addresses.pour(premises)).copy()
        address["Address1"] = street
        if not addresses.is_known:
            known[fact] = addresses.fitted(address, random)
    made = dict(zip(names, map(known.__getitem__, told), strict=True))
    for name, member in unknown:
        if (value := filled(member, name, random)) is not None:
            made[name] = value
    return made


def _recipe(node: Node, preset: str, listed: str | None, *, absent: set[str]) -> _Recipe:
    names = PRESETS[preset]
    is_full = names is None
    if names is not None and "FirstName" in names and listed:
        names |= {_LISTED[listed]}
    chosen = [name for name in node.members if name not in _LATER and (names is None or name in {*names, "ProfileId"})]
    told = {name: TOLD[name] for name in chosen if name in TOLD and TOLD[name] not in absent}
    addresses = {fact: node.members[name] for name, fact in told.items() if fact in _ADDRESSES}
    return _Recipe(
        tuple(told),
        tuple(told.values()),
        tuple((fact, _Addresses(member, full=is_full)) for fact, member in addresses.items()),
        tuple((name, node.members[name]) for name in chosen if name not in TOLD),
    )


def preferences(node: Node, profile: Mapping[str, Any], random: Source) -> dict[str, Any] | None:
    """How the profile's customer wants to be reached: by the first telephone and e-mail address it has.

    Args:
        node: the model's EngagementPreferences.
        profile: the finished profile, so that an overridden id or address is the one that stands here too.
        random: for members that nothing is known of.
    """
    reaches: tuple[_Reach, ...] = node.kept.get(_REACHES) or node.kept.setdefault(_REACHES, _reaches(node))
    own_id = profile.get("ProfileId")
    known: dict[str, Any] = {}
    for name, key, kinds, contact_node, is_known in reaches:
        for kind in kinds:
            if kind in profile:
                contact = {"KeyName": key, "KeyValue": profile[kind], "ProfileId": own_id, "ContactType": kind}
                # Without an id of the profile's own there is none here.
                is_whole = is_known and own_id is not None
                known[name] = [contact if is_whole else structured(contact_node, contact, random)]
                break
    if len(reaches) < len(node.members):
        known = structured(node, {**dict.fromkeys(_PREFERRED), **known}, random)
    return known or None


def _reaches(node: Node) -> tuple[_Reach, ...]:
    """In the order of the model."""
    return tuple(
        _Reach(name, key, kinds, member.item, tuple(member.item.members) == _CONTACT)
        for name, member in node.members.items()
        for key, kinds in ([_PREFERRED[name]] if name in _PREFERRED else [])
        if member.item is not None
    )

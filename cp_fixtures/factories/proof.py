"""Whether a model takes whoever is poured into it: then one proof does for all profiles, and none has to be judged.

What a person tells is a text, neither empty nor longer than `people.LONGEST`; or one of a few words; or the profile's
id. Today's model has room for all of them. A model that is narrower, or has a rule for a text beside its length, or
members of which nothing is known, is not proven: then the validator has the last word, profile by profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from cp_fixtures.factories.members import ADDRESS, CONTACT_TYPES, KEY_NAMES, PARTIES, PROFILE_TYPE, TOLD
from cp_fixtures.people import LONGEST, Gender
from cp_fixtures.validation import find, rules

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["takes_people"]

_KEPT = "takes people"
_LENGTH_ALONE = {"type", "unicode", "min", "max"}
_OF_IDS = {"type", "unicode", "pattern"}
# The one pattern that every id that is made is known to match.
_ID = "[a-f0-9]{32}"
_ATTRIBUTES = 3
_FEW = {
    "Gender": get_args(Gender),
    "GenderString": get_args(Gender),
    "PartyType": PARTIES,
    "PartyTypeString": PARTIES,
    "ProfileType": (PROFILE_TYPE,),
    "KeyName": KEY_NAMES,
    "ContactType": CONTACT_TYPES,
}
"""The words, where a member tells nothing else."""

_CONTACT = {"KeyName", "KeyValue", "ProfileId", "ContactType"}
_MADE = {*TOLD, *ADDRESS, *_CONTACT, "EngagementPreferences", "Phone", "Email"}
_ALWAYS = {"ProfileId", "Address1", "City", "Country", *_CONTACT}
"""The members that are made wherever their structure is."""


def takes_people(node: Node) -> bool:
    """Whether all that is made of people without overrides is legal, and in the order of the model.

    Args:
        node: the model's Profile.
    """
    if _KEPT not in node.kept:
        members = {name: member for name, member in node.members.items() if name != "FoundByItems"}
        node.kept[_KEPT] = _is_in_order([*members]) and _has_room(node, members)
    proven: bool = node.kept[_KEPT]
    return proven


def _is_in_order(members: list[str]) -> bool:
    """Whether a profile that is made in the order of the making is in that of the model."""
    return members[0] == "ProfileId" and "EngagementPreferences" not in members[:-1]


def _has_room(node: Node, members: dict[str, Node]) -> bool:
    return (
        not node.union
        and _ALWAYS.issuperset(node.required)
        and _MADE.issuperset(members)
        and all(_takes(name, member) for name, member in members.items())
    )


def _takes(name: str, node: Node) -> bool:
    if node.type == "structure":
        return _has_room(node, dict(node.members))
    if node.item is not None:
        return _counts(node, 1) and _takes(name, node.item)
    if node.key is not None and node.value is not None:
        return _counts(node, _ATTRIBUTES) and _takes_any_text(node.key) and _takes_any_text(node.value)
    if name == "ProfileId":
        return _OF_IDS.issuperset(rule.code for rule in rules(node)) and node.pattern == _ID
    return not any(find(node, word) for word in _FEW[name]) if name in _FEW else _takes_any_text(node)


def _counts(node: Node, number: int) -> bool:
    return (node.min or 0) <= number and (node.max is None or number <= node.max)


def _takes_any_text(node: Node) -> bool:
    """Whether every text that a person tells is legal."""
    plain = node.type == "string" and _LENGTH_ALONE.issuperset(rule.code for rule in rules(node))
    return plain and _counts(node, 1) and _counts(node, LONGEST)

"""search_profiles: by the standard keys, and by attributes; each key looked up, and no profile read in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.exchanges import copied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Index", "found_by"]

_STANDARD = {
    "_phone": ("PhoneNumber", "MobilePhoneNumber", "HomePhoneNumber", "BusinessPhoneNumber"),
    "_email": ("EmailAddress", "PersonalEmailAddress", "BusinessEmailAddress"),
    "_account": ("AccountNumber",),
    "_profileId": ("ProfileId",),
}
_FULL_NAME, _NAMES = "_fullName", ("FirstName", "MiddleName", "LastName")

_RESERVED = (*_STANDARD, _FULL_NAME)

_Pair = tuple[str, str]


class Index:
    """Who can be found by what.

    Args:
        ignore_case: whether `Ana` is found by `ana`.
    """

    def __init__(self, *, ignore_case: bool) -> None:
        self._ignore_case = ignore_case
        self._ids: dict[_Pair, dict[str, None]] = {}

    def add(self, profile: dict[str, Any]) -> None:
        """Let a profile be found."""
        for pair in self._pairs(profile):
            self._ids.setdefault(pair, {})[profile["ProfileId"]] = None

    def discard(self, profile: dict[str, Any]) -> None:
        """Let a profile be found no more."""
        for pair in self._pairs(profile):
            ids = self._ids.get(pair, {})
            ids.pop(profile["ProfileId"], None)
            if not ids:
                self._ids.pop(pair, None)

    def ids(self, key: str, value: str) -> dict[str, None]:
        """The ids of those whose key has a value."""
        folded = self._folded(value)
        found = self._ids.get((key, folded), {})
        if key in _RESERVED or not key.startswith("_"):
            return found
        # Keys of an integration have a `_` in front, and the attributes that they are made of have none.
        return {**found, **self._ids.get((key[1:], folded), {})}

    def _pairs(self, profile: dict[str, Any]) -> Iterator[_Pair]:
        for key, members in _STANDARD.items():
            yield from ((key, self._folded(profile[member])) for member in members if member in profile)
        if name := " ".join(profile[member] for member in _NAMES if member in profile):
            yield _FULL_NAME, self._folded(name)
        for key, value in profile.get("Attributes", {}).items():
            yield key, self._folded(value)

    def _folded(self, value: str) -> str:
        return value.casefold() if self._ignore_case else value


def found_by(index: Index, params: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Whom a search finds, each with the FoundByItems that say by what.

    With AND these are all the keys of the search; with OR, which is what it means without an operator, those that have
    found the profile.

    Args:
        index: who can be found by what.
        params: the parameters of search_profiles.
    """
    keys = [{"KeyName": params["KeyName"], "Values": params["Values"]}, *params.get("AdditionalSearchKeys", [])]
    hits = [_hits(index, key["KeyName"], key["Values"]) for key in keys]
    if params.get("LogicalOperator") == "AND":
        everywhere = [each for each in hits[0] if all(each in other for other in hits[1:])]
        return {each: copied(keys) for each in everywhere}
    found: dict[str, list[dict[str, Any]]] = {}
    for key, hit in zip(keys, hits, strict=True):
        for each, values in hit.items():
            found.setdefault(each, []).append({"KeyName": key["KeyName"], "Values": values})
    return found


def _hits(index: Index, key: str, values: list[str]) -> dict[str, list[str]]:
    """The ids of those who are found by a key, each with the values that found it."""
    found: dict[str, list[str]] = {}
    for value in dict.fromkeys(values):
        for each in index.ids(key, value):
            found.setdefault(each, []).append(value)
    return found

"""search_profiles: by the standard keys, and by attributes; each key looked up, and no profile read in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.exchanges import copied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Index", "Search"]

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


class Search:
    """Whom a search finds, and by what.

    With AND somebody has to be found by each key of the search; with OR, which is what it means without an operator, by
    one of them.

    Args:
        index: who can be found by what.
        params: the parameters of search_profiles.
    """

    def __init__(self, index: Index, params: Mapping[str, Any]) -> None:
        first = {"KeyName": params["KeyName"], "Values": params["Values"]}
        self._keys: list[dict[str, Any]] = [first, *params.get("AdditionalSearchKeys", [])]
        self._wants_all = params.get("LogicalOperator") == "AND"
        self._hits = [
            {value: index.ids(key["KeyName"], value) for value in dict.fromkeys(key["Values"])} for key in self._keys
        ]

    @property
    def ids(self) -> set[str]:
        """The ids of all who are found."""
        by_key = [set[str]().union(*hits.values()) for hits in self._hits]
        return set.intersection(*by_key) if self._wants_all else set.union(*by_key)

    def found_by(self, profile_id: str) -> list[dict[str, Any]]:
        """The FoundByItems of one of them: with AND the keys of the search, with OR those that have found him."""
        if self._wants_all:
            return list(copied(self._keys))
        values = [[value for value, ids in hits.items() if profile_id in ids] for hits in self._hits]
        return [
            {"KeyName": key["KeyName"], "Values": each} for key, each in zip(self._keys, values, strict=True) if each
        ]

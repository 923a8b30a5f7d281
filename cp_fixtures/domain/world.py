"""A domain from inside: what it holds, whom one can find in it, and what it makes up."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.checks import check_profile
from cp_fixtures.domain.replies import Missing
from cp_fixtures.domain.searching import Index
from cp_fixtures.domain.state import Refusal, SegmentState, State
from cp_fixtures.exchanges import error_exchange, parsed
from cp_fixtures.factories import OMIT, ProfileFactory
from cp_fixtures.factories.making import check_preset
from cp_fixtures.factories.overrides import merged, planned
from cp_fixtures.shapes import nodes, shape_node

if TYPE_CHECKING:
    from collections.abc import Collection

    from cp_fixtures.domain.habits import Habits

__all__ = ["World"]


class World:
    """What a domain holds; whoever touches it holds its lock.

    Args:
        name: the name of the domain.
        seed: what made-up people and times come from.
        locale: the locale of the people.
        habits: its guesses.
    """

    def __init__(self, name: str, seed: int | str, locale: str, habits: Habits) -> None:
        self.name, self.seed, self.locale, self.habits = name, seed, locale, habits
        self.lock = threading.RLock()
        self._state = State()
        self._index: Index | None = None
        self._texts: dict[str, str] = {}
        # Refuses what is no locale and no seed.
        ProfileFactory(locale=locale, seed=seed)

    @property
    def state(self) -> State:
        """What it holds now."""
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        before, self._state = self._state, state
        if self._index is not None:
            self._reindex(self._index, before.profiles)

    @property
    def index(self) -> Index:
        """Whom one can find by what; made when it is first asked for, and kept up from then on."""
        if self._index is None:
            self._index = Index(ignore_case=self.habits.ignore_case)
            for profile in self._state.profiles.values():
                self._index.add(profile)
        return self._index

    def put(self, profile: dict[str, Any], ignore: Collection[str] = ()) -> str:
        """Take a whole profile in, in the place of the one with its id if there is one.

        Args:
            profile: the profile.
            ignore: codes of rules that it is not held to.

        Raises:
            InvalidResponse: it breaks the model.
        """
        made: dict[str, Any] = self._shared(parsed(profile))
        check_profile(made, ignore)
        profile_id: str = made["ProfileId"]
        self._forget(profile_id)
        self._state.profiles[profile_id] = made
        if profile_id not in self._state.places:
            self._state.places[profile_id] = self._state.next_place
            self._state.next_place += 1
        if self._index is not None:
            self._index.add(made)
        return profile_id

    def take(self, profile: dict[str, Any], preset: str, overrides: dict[str, Any]) -> str:
        """Take a profile in, completed where it has no id; whoever is refused uses up nobody."""
        made = self._state.made
        try:
            return self.put(self.whole(profile, preset, overrides))
        except BaseException:
            self._state.made = made
            raise

    def remove(self, profile_id: str) -> None:
        """Let a profile go, from every segment too."""
        self._forget(profile_id)
        self._state.profiles.pop(profile_id)
        self._state.places.pop(profile_id)
        for segment in self._state.segments.values():
            segment.added.discard(profile_id)
            segment.discarded.discard(profile_id)

    def _maker(self, number: int) -> ProfileFactory:
        """What makes up the next people, of whom so many are wanted."""
        return ProfileFactory(locale=self.locale, seed=f"{self.seed} {self.name} {self._state.made + number}")

    def whole(self, profile: dict[str, Any], preset: str, overrides: dict[str, Any]) -> dict[str, Any]:
        """A profile as it is, where it has an id, and completed where it has none."""
        check_preset(preset)
        if "ProfileId" in profile:
            return merged(profile, planned(shape_node("Profile"), overrides)) if overrides else profile
        (made,) = self.made_up(1, preset, {**profile, **overrides})
        return made

    def made_up(self, number: int, preset: str, overrides: dict[str, Any]) -> list[dict[str, Any]]:
        """So many people who are not here yet."""
        made: list[Any] = self._maker(number).build_batch(number, preset, **overrides)
        self._state.made += number
        if "ProfileId" in overrides:
            return made
        # What was loaded may have been made from the same seed.
        return [self.made_up(1, preset, overrides)[0] if self._is_here(each) else each for each in made]

    def new_id(self) -> str:
        """An id that no profile has."""
        return str(self.made_up(1, "minimal", {})[0]["ProfileId"])

    def _is_here(self, profile: dict[str, Any]) -> bool:
        return profile["ProfileId"] in self._state.profiles

    def segment(self, name: str) -> SegmentState:
        """A segment.

        Raises:
            Missing: there is none of that name.
        """
        if name not in self._state.segments:
            raise Missing(f"SegmentDefinitionName {name} is not found in DomainName {self.name}")
        return self._state.segments[name]

    def refusal(self, profile_id: str) -> Refusal | None:
        """Why an id fails; None where it does not."""
        if profile_id in self._state.refusals:
            refusal = self._state.refusals[profile_id]
            return refusal if refusal.message is not None else replace(refusal, message=_usual_message(refusal.code))
        if profile_id in self._state.profiles:
            return None
        habits = self.habits
        status = None if habits.failure_status is OMIT else habits.failure_status
        return Refusal(habits.error_code, status)

    def next_error(self, operation: str) -> Any:
        """The error that a call is to end in, which counts it; None where it is not."""
        state = self._state
        state.calls += 1
        for fault in state.faults:
            if fault.operation == operation:
                fault.times, fault.is_met = fault.times - 1, True
                state.faults = [each for each in state.faults if each.times]
                return fault.error
        if state.every and state.calls % state.every == 0:
            return error_exchange(operation, "ThrottlingException").error
        return None

    def unmet(self) -> list[str]:
        """The errors that no call has met, in words; each is told once."""
        found = [fault for fault in self._state.faults if not fault.is_met]
        for fault in found:
            fault.is_met = True
        return [f"{self.name}: fail_next({each.operation!r}, {each.error['Error']['Code']!r})" for each in found]

    def _reindex(self, index: Index, before: dict[str, dict[str, Any]]) -> None:
        """Let those be found who are there now, by what they are now; all others are as they were."""
        now = self._state.profiles
        for profile_id, profile in before.items():
            if now.get(profile_id) is not profile:
                index.discard(profile)
        for profile_id, profile in now.items():
            if before.get(profile_id) is not profile:
                index.add(profile)

    def _forget(self, profile_id: str) -> None:
        if self._index is not None and profile_id in self._state.profiles:
            self._index.discard(self._state.profiles[profile_id])

    def _shared(self, value: Any) -> Any:
        """The same value, of texts that are there once each: people live in the same towns."""
        if isinstance(value, str):
            return self._texts.setdefault(value, value)
        if isinstance(value, dict):
            return {self._shared(key): self._shared(item) for key, item in value.items()}
        return [self._shared(item) for item in value] if isinstance(value, list) else value


@cache
def _usual_message(code: str) -> str | None:
    """The message that fits the code of an error; None where the domain's own is as good."""
    is_known = code in nodes().errors("batch_get_profile") and code != "ResourceNotFoundException"
    return str(error_exchange("batch_get_profile", code).error["Error"]["Message"]) if is_known else None

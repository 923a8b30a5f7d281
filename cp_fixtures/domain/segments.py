"""A segment of a domain: who is in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.state import SegmentState
from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges import copied

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from cp_fixtures.domain.state import Predicate, Standing, State

__all__ = ["Segment", "is_member", "judged", "standing"]


class Segment:
    """A segment of a domain, to say who is in it; `domain.segment(name)` gives it.

    Args:
        name: its name.
        state: gives what its domain holds now.
        lock: what whoever looks at that has to hold.
    """

    def __init__(self, name: str, state: Callable[[], State], lock: threading.RLock) -> None:
        self.name = name
        self._state = state
        self._lock = lock

    def add(self, ids: str | Iterable[str]) -> Segment:
        """Put profiles of the domain into the segment.

        Args:
            ids: one id, or several.

        Returns:
            the segment itself.

        Raises:
            UsageError: the domain has no such profile; nobody is added then.
        """
        names = _listed(ids)
        with self._lock:
            state = self._state()
            for profile_id in names:
                if profile_id not in state.profiles:
                    raise UsageError(
                        f"The domain has no profile {clip(profile_id)}.",
                        "Only a profile can be in a segment.",
                        "Put it first: domain.put(...) gives its id.",
                    )
            self._own.added.update(names)
            self._own.discarded.difference_update(names)
        return self

    def discard(self, ids: str | Iterable[str]) -> Segment:
        """Take profiles out of the segment, those too that belong to it by a predicate; others are no matter.

        Args:
            ids: one id, or several.

        Returns:
            the segment itself.
        """
        names = _listed(ids)
        with self._lock:
            self._own.added.difference_update(names)
            self._own.discarded.update(names)
        return self

    def where(self, predicate: Predicate | None) -> Segment:
        """Let every profile be in the segment of which a predicate is true, now or when it is asked about.

        Args:
            predicate: gets a copy of the profile; the last one that was given counts, and None takes it away.

        Returns:
            the segment itself.

        Raises:
            UsageError: it cannot be called.
        """
        if predicate is not None and not callable(predicate):
            raise UsageError(
                f"This cannot be called: {clip(predicate)}.",
                "It says of a profile whether it is in the segment.",
                "Give a function of the profile.",
            )
        with self._lock:
            self._own.predicate = predicate
        return self

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of those who are in it, in the order of the domain."""
        with self._lock:
            profiles, segment = dict(self._state().profiles), self._read().copy()
        return tuple(each for each, profile in profiles.items() if is_member(segment, each, profile))

    def __contains__(self, profile_id: object) -> bool:
        if not isinstance(profile_id, str):
            return False
        with self._lock:
            profile, by_itself = self._state().profiles.get(profile_id), standing(self._read(), profile_id)
        return profile is not None and judged(by_itself, profile)

    def __repr__(self) -> str:
        return f"<Segment {self.name}>"

    @property
    def _own(self) -> SegmentState:
        # A rollback can have taken it away.
        return self._state().segments.setdefault(self.name, SegmentState())

    def _read(self) -> SegmentState:
        # Whoever only looks brings nothing back.
        return self._state().segments.get(self.name, SegmentState())


def standing(segment: SegmentState, profile_id: str) -> Standing:
    """Whether an id is in a segment; the predicate, where only that can say."""
    if profile_id in segment.discarded:
        return False
    return profile_id in segment.added or segment.predicate or False


def judged(by_itself: Standing, profile: dict[str, Any]) -> bool:
    """Whether a profile is in, by its `standing`; to be called without the lock, for a predicate may do anything."""
    return by_itself if isinstance(by_itself, bool) else bool(by_itself(copied(profile)))


def is_member(segment: SegmentState, profile_id: str, profile: dict[str, Any]) -> bool:
    """Whether a profile is in a segment that nobody else changes; likewise."""
    return judged(standing(segment, profile_id), profile)


def _listed(ids: object) -> list[str]:
    names: list[Any] = [ids] if isinstance(ids, str) or not isinstance(ids, Iterable) else list(ids)
    for each in names:
        if not isinstance(each, str):
            raise UsageError(f"{clip(each)} is no id.", "An id is a text of 32 hex digits.", "Give what put() gave.")
    return names

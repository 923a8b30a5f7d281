"""What a domain holds, in one record that can be copied and put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["Fault", "Predicate", "Refusal", "SegmentState", "Snapshot", "Standing", "State"]

Predicate = Callable[[dict[str, Any]], object]

Standing = bool | Predicate
"""Whether somebody is in a segment; the predicate, where only that can say."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an id fails: the code of an error, the status of a failure (None for none), the message of either."""

    code: str
    status: Any
    message: str | None = None


@dataclass(slots=True)
class Fault:
    """An error for the next calls of an operation; whether one has met it, or the verdict has told that none did."""

    operation: str
    error: Any
    times: int
    is_met: bool = False


@dataclass(slots=True)
class SegmentState:
    """A segment: who was added, who was taken out, who belongs to it by what they are, and its definition."""

    added: set[str] = field(default_factory=set)
    discarded: set[str] = field(default_factory=set)
    predicate: Predicate | None = None
    definition: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> SegmentState:
        """The same, to be changed by itself."""
        return replace(self, added=set(self.added), discarded=set(self.discarded))


@dataclass(slots=True)
class State:
    """All of it.

    Attributes:
        profiles: each profile by its id, in the order in which they came. None is ever changed: a changed one is new.
        places: the place of each in that order, which it keeps when it is changed.
        segments: each segment by its name.
        refusals: what becomes of the ids that always fail.
        next_place: the place of the next to come.
        faults: the errors of the next calls.
        every: how many calls there are for each that is throttled; 0 for none.
        calls: how many calls were made.
        made: how many people were made up.
    """

    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    segments: dict[str, SegmentState] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    next_place: int = 0
    faults: list[Fault] = field(default_factory=list)
    every: int = 0
    calls: int = 0
    made: int = 0

    def copy(self) -> State:
        """The same, to be changed by itself."""
        return replace(
            self,
            profiles=dict(self.profiles),
            places=dict(self.places),
            segments={name: segment.copy() for name, segment in self.segments.items()},
            refusals=dict(self.refusals),
            faults=[replace(fault) for fault in self.faults],
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Snapshot:
    """What a domain held at one time, to be handed out and given back.

    Attributes:
        world: whose it is.
        state: what was held; nobody but its domain looks at it.
    """

    world: object
    state: State

    def __repr__(self) -> str:
        number = len(self.state.profiles)
        return f"<Snapshot of {number} profile{'' if number == 1 else 's'}>"

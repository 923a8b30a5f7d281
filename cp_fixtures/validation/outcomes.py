"""What can be wrong with the outcomes of a response: each id that was asked for has one, and no other id has any."""

from __future__ import annotations

from cp_fixtures.errors import Violation, clip, path_of

__all__ = ["Steps", "another_id", "answered_twice", "not_echoed", "unanswered", "unasked"]

Steps = tuple["str | int", ...]


def unanswered(profile_id: str) -> Violation:
    """The violation of a response that leaves out an id."""
    return Violation((), "outcome_missing", f"an outcome for {clip(profile_id)}", "none")


def unasked(place: Steps, profile_id: str) -> Violation:
    """The violation of an outcome for an id that nobody asked for."""
    return Violation(place, "outcome_unasked", "an id of the request", clip(profile_id))


def answered_twice(place: Steps, profile_id: str, first: Steps) -> Violation:
    """The violation of a second outcome for an id."""
    got = f"{clip(profile_id)}, which {path_of(first)} has"
    return Violation(place, "outcome_twice", "one outcome for each id", got)


def another_id(place: Steps, own: str, said: str) -> Violation:
    """The violation of an id inside a profile that is not the profile's own; `said` is that id in words."""
    return Violation(place, "nested_id", f"the profile's own id {clip(own)}", f"another one, {said}")


def not_echoed(name: str, wanted: object, said: str) -> Violation:
    """The violation of a response that does not repeat a member of its request; `said` is what it has, in words."""
    return Violation((name,), "echo", f"{clip(wanted)}, as in the request", said)

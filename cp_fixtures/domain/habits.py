"""What the service does that nobody documents: each guess by its name, so that a test can have it otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.domain.checks import check_said
from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges import FIXED_DATE
from cp_fixtures.factories import OMIT
from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["Habits"]

_CHOICES = {"unknown_ids": ("refused", "left_out"), "bad_requests": ("noted", "answered")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The guesses of a domain; `Domain` says what each means.

    Raises:
        InvalidResponse: no answer could say one.
        UsageError: one cannot have such a value.
    """

    unknown_ids: Literal["refused", "left_out"] = "refused"
    error_code: str = "ResourceNotFoundException"
    error_message: str = "Profile not found"
    failure_message: str = "Profile not found"
    failure_status: Any = 404
    profile_when_present: bool = True
    profile_when_absent: bool = False
    found_by_items: bool = True
    ignore_case: bool = True
    shuffle: bool = False
    omit_empty: bool = False
    last_computed_at: Any = None
    bad_requests: Literal["noted", "answered"] = "noted"

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            if (value := getattr(self, name)) not in choices:
                raise UsageError(
                    f"{name} is {clip(value)}.", f"It is one of {', '.join(choices)}.", "Give one of them."
                )
        for each in fields(self):
            value = getattr(self, each.name)
            if each.type == "bool" and not isinstance(value, bool):
                raise UsageError(
                    f"{each.name} is {clip(value)}.",
                    "It is a switch, and Python takes any text for yes.",
                    "Give True or False.",
                )
        check_said("This domain", **{name: said for name, said in self._said().items() if said[1] is not OMIT})

    def _said(self) -> dict[str, tuple[Node, object]]:
        error, failure = shape_node("BatchGetProfileError").members, shape_node("ProfileQueryFailures").members
        said: dict[str, tuple[Node, object]] = {
            "error_code": (error["Code"], self.error_code),
            "error_message": (error["Message"], self.error_message),
            "failure_message": (failure["Message"], self.failure_message),
            "failure_status": (failure["Status"], self.failure_status),
        }
        time = (
            {}
            if self.last_computed_at is None
            else {"last_computed_at": (shape_node("timestamp"), self.last_computed_at)}
        )
        return {**said, **time}

    def computed_at(self, seed: object) -> dt.datetime | None:
        """When segments were last computed: in the day before a fixed date, by the seed; None leaves it out."""
        if self.last_computed_at is OMIT:
            return None
        if self.last_computed_at is not None:
            found: dt.datetime = self.last_computed_at
            return found
        return FIXED_DATE - dt.timedelta(seconds=Random(f"{seed} time").randrange(86_400))

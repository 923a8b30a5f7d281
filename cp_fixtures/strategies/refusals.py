"""What the strategies refuse, in three beats, as Hypothesis' own InvalidArgument."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from cp_fixtures.errors import UsageError, clip, unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _Made = TypeVar("_Made")

__all__ = [
    "Whether",
    "check_among",
    "check_kind",
    "check_size",
    "check_strategy",
    "check_whether",
    "refused",
    "translating",
    "whether",
]

Whether = bool | st.SearchStrategy[bool]
"""An option that is True, False, or drawn each time."""


def refused(what: str, why: str, instead: str) -> InvalidArgument:
    """The error for an argument that no strategy can be made of."""
    return InvalidArgument(f"{what} {why} {instead}")


def translating(make: Callable[[], _Made]) -> _Made:
    """What `make` gives; what it refuses is refused as a strategy refuses.

    Raises:
        InvalidArgument: in place of a UsageError.
    """
    try:
        return make()
    except UsageError as problem:
        raise InvalidArgument(str(problem)) from None


def check_kind(kind: object, known: Iterable[str]) -> None:
    """Refuse a kind of profiles that there is none of.

    Raises:
        InvalidArgument: it is none of the known ones.
    """
    if kind not in list(known):
        raise InvalidArgument(str(unknown_name("kind", kind, known)))


def check_among(name: str, values: object, known: Iterable[str]) -> tuple[str, ...]:
    """The values, each one of the known ones.

    Raises:
        InvalidArgument: they are one text, none at all, or one is not known.
    """
    names = tuple(known)
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise refused(
            f"{name} is {clip(values)}.", "It is a sequence of names.", f"Give some of {', '.join(map(repr, names))}."
        )
    given = tuple(values)
    for value in given:
        if value not in names:
            raise InvalidArgument(str(unknown_name(f"name for {name}", value, names)))
    if not given:
        raise refused(f"{name} is empty.", "Then nothing can be drawn.", f"Give some of {', '.join(map(repr, names))}.")
    return given


def check_size(name: str, value: object, least: int, most: int | None = None) -> int:
    """The number, if it is a whole one within its bounds.

    Raises:
        InvalidArgument: it is not.
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and least <= value and (most is None or value <= most):  # type: ignore[operator]
        return value  # type: ignore[return-value]
    bounds = f"{least} or more" if most is None else f"{least} to {most}"
    raise refused(f"{name} is {clip(value)}.", f"It counts from {bounds}.", "Give such a whole number.")


def check_strategy(name: str, value: Any) -> Any:
    """The strategy, or None where the argument is left out.

    Raises:
        InvalidArgument: it is neither.
    """
    if value is None or isinstance(value, st.SearchStrategy):
        return value
    raise refused(f"{name} is {clip(value)}.", "It is drawn from.", f"Give a strategy, such as st.just({clip(value)}).")


def check_whether(name: str, value: object) -> Whether:
    """The option, which is True, False, or drawn each time.

    Raises:
        InvalidArgument: it is none of these.
    """
    if isinstance(value, (bool, st.SearchStrategy)):
        return value
    raise refused(f"{name} is {clip(value)}.", "It says whether.", "Give True, False, or a strategy: st.booleans().")


def whether(draw: st.DrawFn, option: Whether) -> bool:
    """What such an option says this time."""
    return option if isinstance(option, bool) else draw(option)

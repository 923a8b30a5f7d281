"""Strategies that cost nothing until they are used, and say what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cp_fixtures.strategies.refusals import translating

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["lazily"]


def lazily(
    name: str, make: Callable[[], st.SearchStrategy[Any]], *args: object, **options: object
) -> st.SearchStrategy[Any]:
    """What `make` gives, made when a test begins.

    Hypothesis counts the time that a test takes to draw its first values, and complains if it is long. What is prepared
    when the strategy is first looked at is not counted.

    Args:
        name: the function that the strategy is a call of.
        make: makes the strategy; a UsageError of it becomes an InvalidArgument.
        args: the arguments of that call, for its repr.
        options: its keyword arguments, likewise.
    """
    text = _call(name, args, options)

    def definition() -> st.SearchStrategy[Any]:
        return _titled(text, translating(make))

    # It is what the repr of a deferred strategy shows.
    definition.__name__ = text
    return st.deferred(definition)


def _titled(text: str, inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    name, _, arguments = text.partition("(")

    def drawn(draw: st.DrawFn, *_arguments: _Words) -> Any:
        return draw(inner)

    drawn.__name__ = drawn.__qualname__ = name
    return st.composite(drawn)(*filter(None, [_Words(arguments.removesuffix(")"))]))


class _Words(str):
    """Arguments as they were written, for the repr of a strategy."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _call(name: str, args: tuple[object, ...], options: Mapping[str, object]) -> str:
    said = [*map(repr, args), *(f"{option}={value!r}" for option, value in options.items())]
    return f"{name}({', '.join(said)})"

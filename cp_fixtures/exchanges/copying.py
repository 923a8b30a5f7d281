"""Copies, so that nobody shares a value with another: of anything, or of what is known by its shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cp_fixtures.shapes import Node

__all__ = ["Original", "copied", "parsed"]

# Nearly all leaves are of these types, and no call is as quick as none.
_UNCHANGING = frozenset({str, int, float, bool, bytes, type(None), dt.datetime})


def copied(value: Any) -> Any:
    """A deep copy of the dicts, lists and tuples, as plain ones; an open stream stays the same object.

    Raises:
        UsageError: it holds itself.
    """
    try:
        return _copied(value)
    except RecursionError:
        raise _endless(value) from None


def parsed(value: Any) -> Any:
    """A deep copy as botocore's parser would make it: a member of an enum is the text or number that it stands for.

    Raises:
        UsageError: it holds itself.
    """
    return Original(value).value


class Original:
    """A dict as `parsed` makes it, to be copied again and again: what in it is to be copied is found out once.

    Args:
        value: the dict.
        own: the name and the node of a member that is nobody else's, and legal: it is taken as it is.

    Attributes:
        value: what was made of it, which nobody is to change.

    Raises:
        UsageError: it holds itself.
    """

    __slots__ = ("_inside", "_own", "value")

    def __init__(self, value: Any, *, own: tuple[str, Node] | None = None) -> None:
        self._own = None if own is None else (own[0], _by_shape(own[1]))
        try:
            self.value, self._inside = _parsed(value if own is None else {**value, own[0]: None})
        except RecursionError:
            raise _endless(value) from None
        if own is not None:
            self.value[own[0]] = value[own[0]]

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Put a further dict into it."""
        made, inside = _parsed(value)
        self.value[key] = made
        self._inside = [*(self._inside or ()), (key, made, inside)]

    def copy(self) -> Any:
        """A deep copy, the same that `copied` makes.

        Raises:
            UsageError: it is nested deeper than Python can follow from here.
        """
        try:
            again = _copied_again(self.value, self._inside or ())
            if self._own is not None:
                name, copy = self._own
                again[name] = copy(again[name])
        except RecursionError:
            raise _endless(self.value) from None
        return again


_Inside = Sequence[tuple[Any, Any, "_Inside | None"]]
"""What in a container is to be copied with it: the key of each, itself, and what is inside that; None for a leaf."""

_NOTHING: _Inside = ()
_HOLDERS = {"structure", "list", "map"}
_CONTAINERS = {*_HOLDERS, "document", "events", "blob"}
_KEPT = "copy"

_Copy = Callable[[Any], Any]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        made = value.copy() if type(value) is dict else dict(value.items())
        for key, item in made.items():
            if type(item) not in _UNCHANGING:
                made[key] = _copied(item)
        return made
    if isinstance(value, list):
        return [item if type(item) in _UNCHANGING else _copied(item) for item in value]
    if type(value) is tuple:
        return tuple(map(_copied, value))
    return bytearray(value) if isinstance(value, bytearray) else value


def _copied_again(value: Any, inside: Iterable[tuple[Any, Any, _Inside | None]]) -> Any:
    made = value.copy()
    for key, item, below in inside:
        made[key] = _copied_again(item, below) if below else _copied(item) if below is None else item.copy()
    return made


def _parsed(value: Any) -> tuple[Any, _Inside | None]:
    """The value as the parser would make it, and what in it is to be copied with it."""
    if isinstance(value, dict):
        made = _with_plain_keys(value)
        entries: Iterable[tuple[Any, Any]] = made.items()
    elif isinstance(value, list):
        made = [*value]
        entries = enumerate(made)
    else:
        return (tuple(parsed(item) for item in value) if type(value) is tuple else _plain(value)), None
    inside: list[tuple[Any, Any, _Inside | None]] = []
    for key, item in entries:
        if type(item) not in _UNCHANGING:
            made[key], below = _parsed(item)
            inside.append((key, made[key], below))
    # Most hold only leaves: of these nothing is kept that the garbage collector would look at.
    return made, inside or _NOTHING


def _by_shape(node: Node) -> _Copy:
    """What copies a legal value of a shape, a plain dict or list: its leaves need not be looked at."""
    if _KEPT not in node.kept:
        node.kept[_KEPT] = _Writer().written(node)
    found: _Copy = node.kept[_KEPT]
    return found


class _Writer:
    """Writes Python that copies a value, a function for each structure: to go through all members takes twice as long.

    Of a structure with an Address and a list of them it is:

        def copy_1(value):
            again = value.copy()
            if 'Address' in again:
                again['Address'] = again['Address'].copy()
            if 'Others' in again:
                made = []
                for each in again['Others']: made.append(each.copy())
                again['Others'] = made
            return again
    """

    def __init__(self) -> None:
        self._names: dict[Node, str] = {}
        self._lines: list[str] = []

    def written(self, node: Node) -> _Copy:
        self._lines.append(f"copy = lambda value: {self._copy('value', node)}")
        names: dict[str, Any] = {"copied": _copied}
        exec("\n".join(self._lines), names)  # noqa: S102 - of the model there are names in it alone, as Python writes texts
        copy: _Copy = names["copy"]
        return copy

    def _copy(self, value: str, node: Node) -> str:
        """The expression that copies what an expression stands for."""
        if node.type not in _HOLDERS:
            # A document, an open stream: it may be anything.
            return f"copied({value})"
        if not any(each.type in _CONTAINERS for each in _inside(node)):
            return f"{value}.copy()"
        if node.item is not None:
            return f"[{self._copy('each', node.item)} for each in {value}]"
        if node.value is not None:
            return f"{{key: {self._copy('each', node.value)} for key, each in {value}.items()}}"
        return f"{self._function(node)}({value})"

    def _function(self, node: Node) -> str:
        if node not in self._names:
            # It has its name before its inside is written, where a structure can meet itself.
            self._names[node] = f"copy_{len(self._names) + 1}"
            lines = [
                line
                for name, member in node.members.items()
                if member.type in _CONTAINERS
                for line in (f"    if {name!r} in again:", *self._replaced(f"again[{name!r}]", member))
            ]
            start = f"def {self._names[node]}(value):"
            self._lines += [start, "    again = value.copy()", *lines, "    return again"]
        return self._names[node]

    def _replaced(self, place: str, node: Node) -> Iterator[str]:
        if node.item is None or not any(each.type in _CONTAINERS for each in _inside(node)):
            yield f"        {place} = {self._copy(place, node)}"
            return
        # Half as long as a comprehension, where there is one item.
        yield "        made = []"
        yield f"        for each in {place}: made.append({self._copy('each', node.item)})"
        yield f"        {place} = made"


def _inside(node: Node) -> Iterable[Node]:
    return (*node.members.values(), *filter(None, (node.item, node.value)))


def _with_plain_keys(value: dict[Any, Any]) -> Any:
    for key in value:
        if type(key) is not str:
            return {_plain(key): item for key, item in value.items()}
    return value.copy() if type(value) is dict else dict(value.items())


def _plain(leaf: Any) -> Any:
    # Code that formats a member of an enum gets another text than it would get of the service's.
    if isinstance(leaf, str):
        return str.__str__(leaf)
    if isinstance(leaf, int) and not isinstance(leaf, bool):
        return int(leaf)
    return bytearray(leaf) if isinstance(leaf, bytearray) else leaf


def _endless(value: object) -> UsageError:
    return UsageError(
        f"This {type(value).__name__} holds itself, or is nested deeper than Python can follow.",
        "It could be neither copied nor sent.",
        "Give one that ends.",
    )

"""Plain values: copied so that nobody shares them, written as JSON, and told from what only compares equal."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, Words, clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.shapes import Node

__all__ = ["Original", "at", "comparable", "copied", "from_json", "is_matcher", "parsed", "to_json"]

_PLAIN = (str, bytes, bytearray, int, float, complex, dict, list, tuple, set, frozenset, dt.date)

# A UUID, a Decimal, a path: what Python itself brings is a value, however it compares; but for unittest.mock.ANY.
_OF_PYTHON = sys.stdlib_module_names - {"unittest"}

_SURROGATE = re.compile("[\ud800-\udfff]")
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - naive, as all that are compared with it


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
        own: the name and the node of a member that is nobody else's, and legal: that is not copied.

    Attributes:
        value: what was made of it, which nobody is to change.

    Raises:
        UsageError: it holds itself.
    """

    __slots__ = ("_inside", "value")

    def __init__(self, value: Any, *, own: tuple[str, Node] | None = None) -> None:
        try:
            self.value, self._inside = _parsed(value if own is None else {**value, own[0]: None})
        except RecursionError:
            raise _endless(value) from None
        if own is not None:
            name, node = own
            self.value[name] = value[name]
            self._inside = [*(self._inside or ()), (name, value[name], _to_copy(value[name], node))]

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
            return _copied_again(self.value, self._inside or ())
        except RecursionError:
            raise _endless(self.value) from None


_Inside = Sequence[tuple[Any, Any, "_Inside | None"]]
"""What in a container is to be copied with it: the key of each, itself, and what is inside that; None for a leaf."""

_NOTHING: _Inside = ()
_CONTAINERS = {"structure", "list", "map", "document", "events", "blob"}
_KEPT, _FLAT = "members that are containers", "holds leaves alone"


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


def _to_copy(value: Any, node: Node) -> _Inside | None:
    """What in a legal value is to be copied with it, by its shape: its leaves need not be looked at."""
    if node.type == "structure":
        return [
            (name, value[name], _NOTHING if is_flat else _to_copy(value[name], member))
            for name, member, is_flat in _containers(node)
            if name in value
        ]
    inner = node.item or node.value
    if inner is None:
        return None
    if _is_flat(inner):
        return _NOTHING if inner.type not in _CONTAINERS else [(key, item, _NOTHING) for key, item in _entries(value)]
    return [(key, item, _to_copy(item, inner)) for key, item in _entries(value)]


def _entries(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _containers(node: Node) -> tuple[tuple[str, Node, bool], ...]:
    """The members of a structure that hold others, and whether these hold leaves alone."""
    if _KEPT not in node.kept:
        inside = [each for each in node.members.items() if each[1].type in _CONTAINERS]
        node.kept[_KEPT] = tuple((name, member, _is_flat(member)) for name, member in inside)
    found: tuple[tuple[str, Node, bool], ...] = node.kept[_KEPT]
    return found


def _is_flat(node: Node) -> bool:
    """Whether what is in it, if anything is, are leaves."""
    if _FLAT not in node.kept:
        inside = [*node.members.values(), *filter(None, [node.item, node.value])]
        is_known = node.type not in ("document", "events", "blob")
        node.kept[_FLAT] = is_known and not any(each.type in _CONTAINERS for each in inside)
    return bool(node.kept[_FLAT])


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


def comparable(value: Any) -> Any:
    """The value with each time as the instant that it is.

    In the hour that a clock change repeats, Python holds two datetimes of the same instant for unequal where their
    zones differ (PEP 495); and the same instant is written in many ways.
    """
    if isinstance(value, dict):
        return {comparable(key): comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dt.datetime) and (offset := value.utcoffset()) is not None:
        # A difference, since astimezone fails at both ends of the calendar.
        return ("instant", value.replace(tzinfo=None) - _EPOCH - offset)
    return str.__str__(value) if isinstance(value, str) else value


def is_matcher(value: object) -> bool:
    """Whether it is there to be compared with, as `botocore.stub.ANY` is, and is no value that a call could have."""
    kind = type(value)
    is_value = isinstance(value, _PLAIN) or kind.__module__.partition(".")[0] in _OF_PYTHON
    return not is_value and kind.__eq__ is not object.__eq__


def at(value: Any, steps: Iterable[str | int]) -> Any:
    """What stands at a place inside a value; None where there is no such place."""
    try:
        for step in steps:
            value = value[_key(value, step)]
    except (KeyError, IndexError, TypeError):
        return None
    return value


def _key(value: Any, step: str | int) -> Any:
    # The key of a sensitive map is not in the step, but its place in the map is: "entry 3, a str of length 9".
    place = re.match(r"entry (\d+),", step) if isinstance(step, Words) else None
    return list(value)[int(place[1])] if place else step


def to_json(value: object) -> str:
    """The value as JSON; a datetime is written `{"$datetime": ...}`, and bytes `{"$bytes": ...}`, in base 64.

    Raises:
        UsageError: it holds something else, a matcher or a stream for one.
    """
    tagged = _tagged(value)
    try:
        text = json.dumps(tagged, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise _unwritable(value) from None
    # A lone surrogate could not be written to a file.
    return json.dumps(tagged) if _SURROGATE.search(text) else text


def from_json(text: str) -> Any:
    """The value that `to_json` wrote.

    Raises:
        UsageError: the text is no JSON, or a tag in it holds what it cannot.
    """
    try:
        return _untagged(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise UsageError(
            f"This cannot be read: {clip(text)}.", f"Python says of it: {problem}.", "Give what `to_json` wrote."
        ) from None


def _tagged(value: object) -> Any:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        plain = {key: _tagged(item) for key, item in value.items()}
        # A dict that looks like one of our tags is wrapped, so that it comes back as it is.
        return {"$dict": plain} if _tag(plain) else plain
    if isinstance(value, list):
        return [_tagged(item) for item in value]
    if isinstance(value, dt.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise _unwritable(value)


def _unwritable(value: object) -> UsageError:
    return UsageError(
        f"{clip(value)} cannot be written as JSON.",
        "Only what the service could send can be: a matcher, a tuple, NaN or an open stream is none of it.",
        "Write an exchange without it.",
    )


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if (tag := _tag(value)) is None:
        return {key: _untagged(item) for key, item in value.items()}
    return _UNTAG[tag](value[tag])


def _tag(value: dict[str, Any]) -> str | None:
    return next(iter(value)) if len(value) == 1 and next(iter(value)) in _UNTAG else None


_UNTAG: dict[str, Callable[[Any], Any]] = {
    "$dict": lambda plain: {key: _untagged(item) for key, item in plain.items()},
    "$datetime": dt.datetime.fromisoformat,
    "$bytes": lambda text: base64.b64decode(text, validate=True),
}

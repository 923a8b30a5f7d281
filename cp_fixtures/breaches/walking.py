"""Every place of a legal value, and what can be wrong there: the node's own rules, members, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cp_fixtures.breaches.breach import Breach
from cp_fixtures.breaches.faults import faults, trivial
from cp_fixtures.shapes import Node
from cp_fixtures.validation import as_sent
from cp_fixtures.validation.members import key_step, missing, not_one, step, unknown
from cp_fixtures.validation.rules import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures.errors import Violation

__all__ = ["breaches"]

_UNKNOWN = "NotInTheModel"


class _Place(NamedTuple):
    """Where a value stands: by its keys as they are, and as a violation shows them."""

    steps: tuple[str | int, ...] = ()
    shown: tuple[str | int, ...] = ()

    def inside(self, step: str | int, shown: str | int | None = None) -> _Place:
        return _Place((*self.steps, step), (*self.shown, step if shown is None else shown))

    def breach(self, name: str, put: Any, violation: Violation, *, of: tuple[str | int, ...] = ()) -> Breach:
        """The fault that `put` in this place is, which is told of something in it or of itself."""
        return Breach((*self.steps, *of), name, violation.under(*self.shown), self.steps, put)


def breaches(node: Node, value: Any, *, sent: bool = False) -> list[Breach]:
    """Every single fault of a legal value: at each place that is there each rule broken in each characteristic way.

    What is broken is each value, each key of a map, each required member by leaving it out, and each structure by a
    member that the model does not know. `find(node, breach.applied(value)) == [breach.violation]`; what cannot be
    broken alone is left out.

    Args:
        node: the shape, compiled.
        value: a legal value of it.
        sent: whether the value is a request's: what botocore converts by itself before it sends, a tuple or a naive
            datetime for one, is no fault then.

    Returns:
        the breaches, the value's own first, then those inside it, in its order.

    Raises:
        UsageError: the shape has a type that is not known.
    """
    return [breach for is_fault, breach in _breaches(node, value, _Place()) if is_fault or not sent]


_Found = tuple[bool, Breach]


def _breaches(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    for fault in faults(node, value):
        yield not _is_mended(node, fault.put), place.breach(fault.name, fault.put, fault.rule.violation(fault.put))
    yield from _INSIDE.get(node.type, _nothing)(node, value, place)


def _is_mended(node: Node, put: Any) -> bool:
    mended = as_sent(node, put)
    return mended is not put and all(rule.holds(mended) for rule in rules(node))


def _nothing(_node: Node, _value: Any, _place: _Place) -> Iterator[_Found]:
    return iter(())


def _in_structure(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    if isinstance(value, dict):
        members = (*_missing(node, value, place), *_unknown(node, value, place), *_union(node, value, place))
        yield from ((True, breach) for breach in members)
        for name, item in value.items():
            yield from _breaches(node.members[name], item, place.inside(name))


def _missing(node: Node, value: dict[str, Any], place: _Place) -> Iterator[Breach]:
    for name in node.required:
        rest = {key: item for key, item in value.items() if key != name}
        yield place.breach("missing", rest, missing(node, name), of=(name,))


def _unknown(node: Node, value: dict[str, Any], place: _Place) -> Iterator[Breach]:
    first = next(iter(node.members), "")
    # A union has room for one member only, so that an unknown one takes its place.
    beside = {} if node.union else value
    for fault, name in (("unknown", _UNKNOWN), ("misspelt", f"{first}x")):
        put = {**beside, name: "unknown"}
        if name not in node.members and (first or fault == "unknown"):
            yield place.breach(fault, put, unknown(node, name, put), of=(name,))


def _union(node: Node, value: dict[str, Any], place: _Place) -> Iterator[Breach]:
    if not node.union:
        return
    yield place.breach("no-member", {}, not_one(node, ()))
    others = ((name, trivial(member)) for name, member in node.members.items() if name not in value)
    for name, item in others:
        if item is not None:
            put = {**value, name: item}
            yield place.breach("two-members", put, not_one(node, put))
            return


def _in_list(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    for index, item in enumerate(value):
        yield from _breaches(cast("Node", node.item), item, place.inside(index))


def _in_map(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    of_key, of_value = cast("Node", node.key), cast("Node", node.value)
    hidden = of_key.sensitive
    for key, item in value.items():
        yield from _in_key(of_key, key, value, place, hidden=hidden)
        yield from _breaches(of_value, item, place.inside(key, step(key, value, hidden=hidden)))


def _in_key(node: Node, key: str, value: dict[str, Any], place: _Place, *, hidden: bool) -> Iterator[_Found]:
    for fault in faults(node, key):
        put = {fault.put if each == key else each: item for each, item in value.items()}
        violation = fault.rule.violation(fault.put).under(key_step(fault.put, put, hidden=hidden))
        yield True, place.breach(f"key-{fault.name}", put, violation, of=(key,))


def _in_document(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    if isinstance(value, dict):
        of_keys = Node(name="a key of JSON", type="string", sensitive=node.sensitive)
        for key, item in value.items():
            yield from _in_key(of_keys, key, value, place, hidden=node.sensitive)
            yield from _breaches(node, item, place.inside(key, step(key, value, hidden=node.sensitive)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _breaches(node, item, place.inside(index))


def _in_events(node: Node, value: Any, place: _Place) -> Iterator[_Found]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _in_structure(node, item, place.inside(index))
    else:
        yield from _in_structure(node, value, place)


_INSIDE: dict[str, Callable[[Node, Any, _Place], Iterator[_Found]]] = {
    "structure": _in_structure,
    "list": _in_list,
    "map": _in_map,
    "document": _in_document,
    "events": _in_events,
}

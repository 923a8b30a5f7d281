"""Whether a value is surely legal: one function for each container, its source written from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.validation.rules import NAMES, rules_kept

if TYPE_CHECKING:
    from cp_fixtures.shapes import Node

__all__ = ["surely_legal", "written"]

_Test = Callable[[Any], bool]
_Check = Callable[[Any], object]

_KEPT, _MET = "surely legal", "values met"
# To write it and compile it takes as long as it then saves in about so many full profiles.
_PAYS = 200
_WORD = re.compile(r"\w+")


def surely_legal(node: Node, value: object, check_of: Callable[[Node], _Check]) -> _Test:
    """A function that says of a value whether it is legal beyond doubt; until it pays to have one, it doubts all.

    What breaks a rule never passes. What does not pass may be legal all the same, a subclass of str for one: of that
    the full check is to be asked.

    Args:
        node: the shape, compiled.
        value: what it is to be asked about.
        check_of: gives the full check of a node, which returns what it finds: for JSON and for events, whose rules
            are not written out here.

    Raises:
        UsageError: the shape has a type that is not known.
    """
    made: _Test | None = node.kept.get(_KEPT)
    if made is not None:
        return made
    met = node.kept[_MET] = node.kept.get(_MET, 0) + _weight(value)
    return _doubt if met < _PAYS else written(node, check_of)


def written(node: Node, check_of: Callable[[Node], _Check]) -> _Test:
    """The function of `surely_legal`, whether it pays or not: written, compiled, and kept with the node.

    Args:
        node: as in `surely_legal`.
        check_of: as in `surely_legal`.

    Raises:
        UsageError: as in `surely_legal`.
    """
    # Two threads may both write it: what each of them keeps is whole, and says the same.
    if _KEPT not in node.kept:
        _Writer(check_of).keep(node)
    made: _Test = node.kept[_KEPT]
    return made


def _weight(value: object) -> int:
    """How much there is to check in a value, roughly: it is one, and so is each entry of a list in it."""
    items = value.values() if type(value) is dict else ()
    return 1 + sum(len(item) for item in items if type(item) is list)


def _doubt(_value: object) -> bool:
    return False


class _Writer:
    """The source of the functions of a node and of all inside it that have none yet.

    Of the model it has whole numbers and the names of members, as `repr` writes them. Patterns and the like are bound
    to names that are made here.

    Attributes:
        check_of: as in `surely_legal`.
        bound: what the names in the source mean, beside Python's own.
        functions: the name of the function of each node that is met.
        source: the functions so far.
    """

    def __init__(self, check_of: Callable[[Node], _Check]) -> None:
        self.check_of = check_of
        self.bound: dict[str, Any] = dict(NAMES)
        self.functions: dict[Node, str] = {}
        self.source: list[str] = []
        self._names: dict[object, str] = {}
        self._tests: dict[object, str] = {}

    def keep(self, node: Node) -> None:
        """Write the functions, compile them, and keep each with its node."""
        self._function(node)
        exec("\n".join(self.source), self.bound)  # noqa: S102 - all of it stands in this file and in rules.py
        for each, name in self.functions.items():
            each.kept[_KEPT] = self.bound[name]

    def passes(self, node: Node) -> str:
        """An expression about `value`, true only of what is legal."""
        if node.type in ("document", "events"):
            return f"not {self.name('check', self.check_of(node))}(value)"
        return f"{self._function(node)}(value)" if node.type in _LINES else self.itself(node)

    def itself(self, node: Node) -> str:
        """The like about the node's own rules alone; one expression for all nodes whose rules are alike."""
        rules = rules_kept(node)
        alike = tuple((rule.quick or rule.test, *rule.names.items()) for rule in rules)
        if alike not in self._tests:
            tests = (self._test(rule.quick or rule.test, rule.names) for rule in rules)
            self._tests[alike] = " and ".join(f"({test})" for test in tests)
        return self._tests[alike]

    def name(self, stem: str, value: object) -> str:
        """What the source has for this value: a name, or the number itself, which Python need not look up."""
        if type(value) is int:
            return repr(value)
        return self._names.get((stem, value)) or self._names.setdefault((stem, value), self._new(stem, value))

    def _new(self, stem: str, value: object) -> str:
        name = f"{stem}_{len(self.bound)}"
        self.bound[name] = value
        return name

    def _test(self, text: str, names: Mapping[str, object]) -> str:
        own = {name: self.name(name, value) for name, value in names.items()}
        return _WORD.sub(lambda word: own.get(word[0], word[0]), text) if own else text

    def _function(self, node: Node) -> str:
        if _KEPT in node.kept:
            return self.name("kept", node.kept[_KEPT])
        if node not in self.functions:
            # It has its name before its inside is written, where a structure can meet itself.
            self.functions[node] = self._new("legal", None)
            lines = _LINES.get(node.type, _leaf)(self, node)
            self.source += [f"def {self.functions[node]}(value):", *(f"    {line}" for line in [*lines])]
        return self.functions[node]


def _leaf(writer: _Writer, node: Node) -> Iterator[str]:
    yield f"return {writer.passes(node)}"


def _list(writer: _Writer, node: Node) -> Iterator[str]:
    yield f"if not ({writer.itself(node)}): return False"
    yield "for value in value:"
    yield f"    if not ({writer.passes(cast('Node', node.item))}): return False"
    yield "return True"


def _map(writer: _Writer, node: Node) -> Iterator[str]:
    yield f"if not ({writer.itself(node)}): return False"
    yield "entries = value"
    yield "for value in entries:"
    yield f"    if not ({writer.passes(cast('Node', node.key))}): return False"
    yield "for value in entries.values():"
    yield f"    if not ({writer.passes(cast('Node', node.value))}): return False"
    yield "return True"


def _structure(writer: _Writer, node: Node) -> Iterator[str]:
    yield f"if not ({writer.itself(node)}): return False"
    if node.union:
        yield "if len(value) != 1: return False"
    yield from (f"if {name!r} not in value: return False" for name in node.required if name not in node.members)
    yield "members, absent = value, 0"
    for name, member in node.members.items():
        otherwise = "return False" if name in node.required else "absent += 1"
        yield f"if (value := members.get({name!r})) is None: {otherwise}"
        yield f"elif not ({writer.passes(member)}): return False"
    # What is there and was not looked at is no member, or None.
    yield f"return len(members) + absent == {len(node.members)}"


_LINES: dict[str, Callable[[_Writer, Node], Iterator[str]]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
}

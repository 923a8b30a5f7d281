"""What 100,000 profiles weigh in a domain. Run it: python benchmarks/memory.py.

Weighed is what can be reached from the domain, object by object, as sys.getsizeof has it: the same on every run.
"""

from __future__ import annotations

import gc
import sys
import types
from typing import TYPE_CHECKING, Any

from side_by_side import asked

from cp_fixtures import Domain

if TYPE_CHECKING:
    from collections.abc import Iterable

# They are there once, however many profiles there are.
_SHARED = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CodeType)


def main() -> None:
    """Weigh."""
    with asked("memory", "What do 100,000 profiles weigh in a domain?") as question:
        number = question.size(100_000, 200)
        domain = Domain("amazon-connect-example")
        domain.put_many(number)
        plain = {each: domain.get(each) for each in domain.ids}
        deduplicated = deduplicate(plain, {})
        assert deduplicated == plain
        weights = {
            "the same dicts, each string once": weight(deduplicated),
            "the domain": weight(domain),
            "the same dicts, nothing shared": weight(unshared(plain)),
        }
        first = next(iter(weights.values()))
        rows = [
            {"name": name, "value": each / number, "ratio": each / first, "note": ""} for name, each in weights.items()
        ]
        question.table(f"{number:,} typical profiles", "bytes a profile", rows)
        question.bar("to the same dicts, each string once", weights["the domain"] / first, most=1.5)


def deduplicate(value: Any, texts: dict[str, str]) -> Any:
    """A copy in which equal strings are one object."""
    if isinstance(value, dict):
        return {texts.setdefault(name, name): deduplicate(each, texts) for name, each in value.items()}
    if isinstance(value, list):
        return [deduplicate(each, texts) for each in value]
    return texts.setdefault(value, value) if isinstance(value, str) else value


def unshared(value: Any) -> Any:
    """A copy whose strings are all their own, as from a file."""
    if isinstance(value, dict):
        return {name: unshared(each) for name, each in value.items()}
    if isinstance(value, list):
        return [unshared(each) for each in value]
    return value.encode().decode() if isinstance(value, str) else value


def weight(root: object) -> int:
    """The bytes of everything that can be reached from it."""
    seen: set[int] = set()
    waiting: list[object] = [root]
    total = 0
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, _SHARED):
            continue
        seen.add(id(each))
        total += sys.getsizeof(each)
        waiting.extend(referents(each))
    return total


def referents(value: object) -> Iterable[object]:
    """What it refers to; the class of an object is none of its own."""
    return (each for each in gc.get_referents(value) if each is not type(value))


if __name__ == "__main__":
    main()

"""What an ini file, a marker or an argument says of the options, read and checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from cp_fixtures.errors import UsageError, clip, unknown_name
from cp_fixtures.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cp_fixtures.options import Options

__all__ = ["updated"]


def updated(options: Options, values: Mapping[str, Any], source: str) -> Options:
    """The options with some of them replaced.

    Args:
        options: the options so far.
        values: the values by the options' names; a text is read as an ini file has it.
        source: who says so, for the error.

    Raises:
        UsageError: there is no such option, or it cannot have such a value.
    """
    if not values:
        return options
    for name in values:
        if name not in OPTIONS:
            raise unknown_name(f"option of {source}", name, OPTIONS)
    return replace(options, **{name: _READERS[name](name, value, source) for name, value in values.items()})


def _read_bool(name: str, value: object, source: str) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise _bad(name, value, source, "It is true or false.", "Give one of the two.")


def _read_strict(name: str, value: object, source: str) -> bool | Literal["warn"]:
    if isinstance(value, str) and value.strip().lower() == "warn":
        return "warn"
    try:
        return _read_bool(name, value, source)
    except UsageError:
        raise _bad(name, value, source, "It is true, false or warn.", "Give one of the three.") from None


def _read_codes(name: str, value: object, source: str) -> frozenset[str]:
    if isinstance(value, str) and source.startswith("the ini"):
        return frozenset(value.replace(",", " ").split())
    if isinstance(value, (set, frozenset, list, tuple)) and all(isinstance(code, str) for code in value):
        return frozenset(value)
    raise _bad(name, value, source, "It is a set of rule codes.", 'Give one, such as {"max"}.')


def _read_int(name: str, value: object, source: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        if isinstance(value, str):
            return int(value)
    except ValueError:
        pass
    raise _bad(name, value, source, "It is a whole number.", "Give one, such as 7.")


def _read_count(name: str, value: object, source: str) -> int:
    count = _read_int(name, value, source)
    if count >= 1:
        return count
    raise _bad(name, value, source, "It counts the attempts, the first included.", "Give 1 or more.")


def _read_text(name: str, value: object, source: str) -> str:
    if isinstance(value, str):
        return value.strip()
    raise _bad(name, value, source, "It is a text.", 'Give one, such as "en_US".')


def _bad(name: str, value: object, source: str, why: str, instead: str) -> UsageError:
    return UsageError(f"The option {name} of {source} is {clip(value)}.", why, instead)


_READERS: dict[str, Callable[[str, Any, str], Any]] = {
    "strict": _read_strict,
    "ordered": _read_bool,
    "assert_all_used": _read_bool,
    "assert_all_expected": _read_bool,
    "ignore": _read_codes,
    "network": _read_bool,
    "seed": _read_int,
    "locale": _read_text,
    "retries": _read_count,
}

"""The options of the running test: defaults, what the ini file says, and what the markers say, nearest first."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, cast

from cp_fixtures.errors import UsageError, clip, unknown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["OPTIONS", "Options", "current", "run_with"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How strict a test is, and where its data come from.

    Attributes:
        strict: whether a request that the service would refuse is refused; "warn" answers it, and warns.
        ordered: whether the calls have to come in the order in which their stubs were registered.
        assert_all_used: whether a stub that no call used fails the test.
        assert_all_expected: whether a call that nobody stubbed fails the test, even where the code swallows the error.
        ignore: the codes of the rules that requests are not held to.
        network: whether a call of the isolated client that nothing answers may go out.
        seed: the number that all made-up data start from, together with the test's identity.
        locale: the locale of the people.
        retries: how many attempts the isolated client makes in all; None is botocore's own number.
        identity: the running test: its file's name, its qualified name and its parameters' id.
    """

    strict: bool | Literal["warn"] = True
    ordered: bool = False
    assert_all_used: bool = True
    assert_all_expected: bool = True
    ignore: frozenset[str] = frozenset()
    network: bool = False
    seed: int = 0
    locale: str = "en_US"
    retries: int | None = None
    identity: str = field(default="")

    @property
    def data_seed(self) -> int:
        """The seed of this test's data: the same on any machine, in any order, on any day."""
        return zlib.crc32(f"{self.seed} {self.identity}".encode())

    def updated(self, values: Mapping[str, Any], source: str) -> Options:
        """These options with some of them replaced.

        Args:
            values: the values by the options' names; a text is read as an ini file has it.
            source: who says so, for the error.

        Raises:
            UsageError: there is no such option, or it cannot have such a value.
        """
        for name in values:
            if name not in OPTIONS:
                raise unknown_name(f"option of {source}", name, OPTIONS)
        return replace(self, **{name: _READERS[name](name, value, source) for name, value in values.items()})


def _read_bool(name: str, value: object, source: str) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise _bad(name, value, source, "It is true or false.", "Give one of the two.")


def _read_strict(name: str, value: object, source: str) -> bool | Literal["warn"]:
    if value == "warn":
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
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        return int(value)
    raise _bad(name, value, source, "It is a whole number.", "Give one, such as 7.")


def _read_count(name: str, value: object, source: str) -> int | None:
    count = None if value is None else _read_int(name, value, source)
    if count is None or count >= 1:
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

OPTIONS = tuple(each.name for each in fields(Options) if each.name != "identity")
"""The options that a marker and an ini file can set, by name."""

_running: list[Callable[[], Options]] = []


def current() -> Options:
    """The options of the running test; the defaults where no test is running."""
    return cast("Options", _running[-1]()) if _running else Options()


def run_with(find: Callable[[], Options] | None) -> None:
    """Say where the options of the running test are to be found; None where the test has ended."""
    _running[:] = [] if find is None else [find]

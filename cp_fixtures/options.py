"""The options of the running test: defaults, what the ini file says, and what the markers say, nearest first."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        retries: how many attempts the isolated client makes in all, in botocore's standard mode.
        identity: the running test: its file's name, its qualified name and its parameters' id.
        drawn: the seeds that data have been made from; options that are made of these share it.
        spoilt: the phases of the running test that failed, or were skipped; shared likewise.
    """

    strict: bool | Literal["warn"] = True
    ordered: bool = False
    assert_all_used: bool = True
    assert_all_expected: bool = True
    ignore: frozenset[str] = frozenset()
    network: bool = False
    seed: int = 0
    locale: str = "en_US"
    retries: int = 3
    identity: str = ""
    drawn: set[int] = field(default_factory=set, repr=False, compare=False)
    spoilt: set[str] = field(default_factory=set, repr=False, compare=False)

    @property
    def data_seed(self) -> int:
        """The seed of this test's data, the same on any machine, in any order, on any day."""
        return zlib.crc32(f"{self.seed} {self.identity}".encode())

    def note_draw(self) -> None:
        """Say that data are made with it, so that the report of the test says the seed."""
        self.drawn.add(self.seed)


OPTIONS = tuple(each.name for each in fields(Options) if each.name not in {"identity", "drawn", "spoilt"})
"""The options that a marker and an ini file can set, by name."""

_finders: list[Callable[[], Options]] = []


def current() -> Options:
    """The options of the running test; the defaults where no test is running."""
    return _finders[-1]() if _finders else Options()


@contextmanager
def run_with(find: Callable[[], Options]) -> Iterator[None]:
    """Say for a block how the options of what is running are found; they are looked for when they are needed."""
    _finders.append(find)
    try:
        yield
    finally:
        _finders.remove(find)

"""Where the time goes, of what takes longer than we want. Run it: python benchmarks/where.py.

A clock of the system looks every few milliseconds of CPU where the program is. What Python's own library does, and what
is written in C, counts for whoever called it.
"""

from __future__ import annotations

import io
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from side_by_side import Question, asked

import cp_fixtures
from cp_fixtures import ProfileFactory, stubbed
from cp_fixtures.strategies import batch_get_profile_exchanges, get_segment_membership_exchanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_OURS = Path(cp_fixtures.__file__).parent
_OTHERS = {name: name for name in ("boto3", "botocore", "faker", "hypothesis", "pluggy", "pytest")}
_OTHERS |= {"_pytest": "pytest", "pluggy": "pytest", "boto3": "botocore"}
_EVERY = 0.001
_LEAST = 0.02
_SECONDS = 5
_DRAWN = {
    "batch_get_profile": batch_get_profile_exchanges(),
    "get_segment_membership": get_segment_membership_exchanges(),
}
_TEST = """\
import pytest

@pytest.mark.parametrize("number", range({number}))
def test_names(cp_client, cp_batch_get_profile, number):
    exchange = cp_batch_get_profile(20, preset="full")
    cp_client.batch_get_profile(**exchange.request)
"""


def main() -> None:
    """Look."""
    words = "Where does the time go?"
    with asked("where", words, peers=["hypothesis", "pytest"]) as question, tempfile.TemporaryDirectory() as folder:
        factory = ProfileFactory(seed=1)
        look(question, "a full profile", lambda: factory.build_batch(20, "full"))
        look(question, "a test that makes 20 full profiles, and a call", one_test)
        suite = Path(folder) / "test_names.py"
        suite.write_text(_TEST.format(number=question.size(500, 5)), "utf-8")
        look(question, "500 such tests, from the start of pytest to its end", lambda: run(suite))
        for name, exchanges in _DRAWN.items():
            look(question, f"realistic responses of {name}, drawn", drawing(exchanges, question))


def look(question: Question, title: str, work: Callable[[], object]) -> None:
    """Do some work for a while, and tell in whose code the program was meanwhile."""
    work()
    start = time.process_time()
    with sampled() as seen:
        while True:
            work()
            if time.process_time() - start >= question.size(_SECONDS, 0):
                break
    total = sum(seen.values()) or 1
    rooms: Counter[str] = Counter()
    for (room, _), count in seen.items():
        rooms[room] += count
    rows = [
        {"name": room, "value": 100 * count / total, "ratio": None, "note": most_in(room, seen, total)}
        for room, count in rooms.most_common()
        if count >= _LEAST * total
    ]
    question.table(f"{title}, in {total} looks", "% of the time", rows)


def most_in(room: str, seen: Counter[tuple[str, str]], total: int) -> str:
    """The functions of a room that take most, each with its share."""
    found = [(count, function) for (owner, function), count in seen.items() if owner == room]
    most = sorted(found, reverse=True)[:3]
    return ", ".join(f"`{function}` {100 * count / total:.0f}" for count, function in most if count >= _LEAST * total)


@contextmanager
def sampled() -> Iterator[Counter[tuple[str, str]]]:
    """Count, for a block, in whose room and in which function the program is, as often as the system's clock ticks."""
    seen: Counter[tuple[str, str]] = Counter()

    def count(_signal: int, frame: FrameType | None) -> None:
        seen[whose(frame)] += 1

    before = signal.signal(signal.SIGPROF, count)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def whose(frame: FrameType | None) -> tuple[str, str]:
    """The innermost room of ours, or library, that the program is in, and the function there."""
    while frame is not None:
        code = frame.f_code
        if owner := owner_of(code.co_filename, frame):
            # A comprehension is a part of its function; Python has it apart, up to 3.11.
            inner = code.co_name.startswith("<") and frame.f_back is not None
            return owner, frame.f_back.f_code.co_name if inner and frame.f_back else code.co_name
        frame = frame.f_back
    return "the rest", "the rest"


def owner_of(file: str, frame: FrameType) -> str | None:
    """A room of ours, a library that is known, or None."""
    path = Path(file)
    if path.is_relative_to(_OURS):
        return f"cp_fixtures, {path.relative_to(_OURS).parts[0].removesuffix('.py')}"
    if file == "<string>" and "is_sendable" in frame.f_globals:
        # It was written from the rules.
        return "cp_fixtures, validation"
    return next((name for part, name in _OTHERS.items() if part in path.parts), None)


def one_test() -> None:
    """A test, as the fixtures have it."""
    with stubbed() as stubber:
        exchange = stubber.add_batch_get_profile(20, preset="full")
        stubber.client.batch_get_profile(**exchange.request)


def run(suite: Path) -> None:
    """A run of pytest, in this process."""
    with redirect_stdout(io.StringIO()):
        assert pytest.main(["-q", "-p", "no:cacheprovider", str(suite)]) == pytest.ExitCode.OK
    sys.modules.pop(suite.stem, None)


def drawing(exchanges: Any, question: Question) -> Callable[[], object]:
    """Many examples, drawn as a test draws them."""

    @settings(
        max_examples=question.size(1000, 5), database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(exchanges)
    def examples(_exchange: Any) -> None:
        pass

    made: Callable[[], object] = examples
    return made


if __name__ == "__main__":
    main()

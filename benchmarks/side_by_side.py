"""The same work done in several ways, turn by turn, so that a machine's noise falls on all of them alike.

Every script here asks one question: it is a `main` that prints tables and bars, and writes them to results.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import os
import platform
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cp_fixtures.environment import harmless_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["RESULTS", "Measured", "Question", "Way", "asked", "cannot", "peer", "timed"]

RESULTS = Path(__file__).parent / "results.json"
# What every script runs on; the peers of a script are added.
_ALWAYS = ("boto3", "botocore", "cp-fixtures", "faker")


class Way(NamedTuple):
    """One way to do the work.

    Attributes:
        name: whose way it is.
        work: what is measured; None where this one cannot do it, as the note says.
        note: what it does less than the others, or why it cannot do the work.
    """

    name: str
    work: Callable[[], object] | None
    note: str = ""


def cannot(name: str, why: str) -> Way:
    """The row of a peer that cannot do the work."""
    return Way(name, None, f"cannot: {why}")


def peer(module: str) -> Any:
    """The module of a peer, or None where it is not installed: some are not made for every Python."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module.partition(".")[0]:
            raise
        return None


@dataclass(frozen=True)
class Measured:
    """How long each way took in each round, in seconds."""

    times: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        """The median of a way's times."""
        return statistics.median(self.times[name])

    def ratios(self, name: str, to: str) -> list[float]:
        """How many times longer than another's it took, round by round."""
        return [mine / theirs for mine, theirs in zip(self.times[name], self.times[to], strict=True)]

    def ratio(self, name: str, to: str) -> float:
        """The median of these."""
        return statistics.median(self.ratios(name, to))


@dataclass
class Question:
    """What a script finds out.

    Attributes:
        name: the script's name, under which results.json has its answer.
        words: the question itself.
        peers: the distributions whose versions matter to it, beside what it always runs on.
        quick: whether to do everything once only, to see that the script runs; its figures mean nothing.
    """

    name: str
    words: str
    peers: Sequence[str] = ()
    quick: bool = False
    tables: list[dict[str, Any]] = field(default_factory=list)
    bars: list[dict[str, Any]] = field(default_factory=list)

    def size(self, whole: int, small: int) -> int:
        """How much of something: less of it where everything is done once only."""
        return small if self.quick else whole

    def compare(
        self,
        title: str,
        ways: Sequence[Way],
        *,
        rounds: int = 30,
        unmeasured: int = 2,
        clock: Callable[[Callable[[], object]], float] | None = None,
    ) -> Measured:
        """Measure each way, interleaved, and print the table.

        Args:
            title: what the work is.
            ways: the first that can do the work is what the others are compared with.
            rounds: how often each is done; at least 7.
            unmeasured: how many rounds before do not count.
            clock: gives the seconds of a way's work, if it is not to be seen from here how long that takes.

        Raises:
            ValueError: there are too few rounds for a median.
        """
        clock = clock or _seconds
        if not self.quick and rounds < 7:
            raise ValueError(f"A median of {rounds} rounds says little: take at least 7.")
        rounds, unmeasured = (1, 0) if self.quick else (rounds, unmeasured)
        able = {way.name: way.work for way in ways if way.work is not None}
        times: dict[str, list[float]] = {name: [] for name in able}
        for turn in range(-unmeasured, rounds):
            for name, work in able.items():
                seconds = clock(work)
                if turn >= 0:
                    times[name].append(seconds)
        measured = Measured(times)
        first = next(iter(able))
        rows = [
            {
                "name": way.name,
                "value": 1000 * measured.median(way.name) if way.work else None,
                "ratio": measured.ratio(way.name, first) if way.work else None,
                "note": way.note,
            }
            for way in ways
        ]
        self.table(title, "ms", rows, rounds=rounds)
        return measured

    def table(self, title: str, unit: str, rows: Sequence[Mapping[str, Any]], *, rounds: int = 1) -> None:
        """Print a table, and keep it for results.json; a row has a name, a value, a ratio to the first, and a note."""
        kept = [{**row, "value": _rounded(row["value"]), "ratio": _rounded(row["ratio"])} for row in rows]
        self.tables.append({"title": title, "unit": unit, "rounds": rounds, "rows": kept})
        print(f"\n{title} ({unit}; {'once' if rounds == 1 else f'median of {rounds} rounds'})")
        for row in kept:
            figures = f"{_shown(row['value']):>10} {_shown(row['ratio']):>9}"
            print(f"  {row['name']:<46} {figures}   {row['note']}".rstrip())

    def matrix(self, title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str | None]]) -> None:
        """Print, and keep, what each column's owner does; None where that cannot be known."""
        self.tables.append(
            {
                "title": title,
                "columns": list(columns),
                "rows": [{"name": name, "does": list(does)} for name, does in rows.items()],
            }
        )
        print(f"\n{title}: {', '.join(columns)}")
        for name, does in rows.items():
            print(f"  {name:<66}", *(f"{each or '-':>8}" for each in does))

    def bar(self, words: str, figure: float, *, most: float | None = None, least: float | None = None) -> None:
        """Print whether a figure is as it has to be, and keep that.

        Args:
            words: what the figure is.
            figure: as measured.
            most: what it has to be at most.
            least: or at least.
        """
        met = (most is None or figure <= most) and (least is None or figure >= least)
        wanted = f"at most {most:.3g}" if least is None else f"at least {least:.3g}"
        self.bars.append({"words": words, "wanted": wanted, "figure": _rounded(figure), "met": met})
        print(f"  {'met' if met else 'NOT MET'}: {words}: {wanted}, is {_shown(_rounded(figure))}")

    def write(self, path: Path) -> None:
        """Put the answer into a file, beside those of the other questions."""
        answers = json.loads(path.read_text("utf-8")) if path.exists() else {}
        answers[self.name] = {
            "question": self.words,
            "machine": _machine(),
            "versions": {name: each for name in sorted({*_ALWAYS, *self.peers}) if (each := _version(name))},
            "tables": self.tables,
            "bars": self.bars,
        }
        path.write_text(json.dumps(answers, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


@contextmanager
def asked(name: str, words: str, *, peers: Sequence[str] = ()) -> Iterator[Question]:
    """A question, with what the command line says of it; at the end its answer is written.

    Args:
        name: as in Question, and likewise below.
        words: the question.
        peers: the distributions it is about.
    """
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--quick", action="store_true", help="do everything once, and write nothing unless --json")
    parser.add_argument(
        "--json", type=Path, help=f"where the answer goes, {RESULTS.name} beside the scripts if not said"
    )
    given = parser.parse_args()
    question = Question(name, words, peers, quick=given.quick)
    print(words)
    with harmless_environment():
        yield question
    path = given.json or (None if given.quick else RESULTS)
    if path is not None:
        question.write(path)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do something once: the seconds it took, and what it gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _seconds(work: Callable[[], object]) -> float:
    return timed(work)[0]


def _rounded(figure: float | None) -> float | None:
    """Four digits, there is no more in it; JSON has no words for infinity."""
    return None if figure is None or figure == float("inf") else float(f"{figure:.4g}")


def _shown(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:.0f}" if figure >= 1000 else f"{figure:.3g}"


def _machine() -> dict[str, Any]:
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "date": dt.datetime.now(tz=dt.timezone.utc).date().isoformat(),
    }


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None

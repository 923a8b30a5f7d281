"""The benchmarks measure as they say, each script runs, and the page that compares is as the last results have it."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from cp_fixtures.shapes import shape_node

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
SCRIPTS = PROJECT / "benchmarks"
PAGE = PROJECT / "docs" / "explanation"
OLD_MODEL = pytest.mark.skipif(
    "EngagementPreferences" not in shape_node("Profile").members,
    reason="what it writes by hand has members that this botocore does not know",
)


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module that all scripts measure with."""
    monkeypatch.syspath_prepend(SCRIPTS)
    yield importlib.import_module("side_by_side")
    del sys.modules["side_by_side"]


@pytest.fixture
def question(measuring: Any) -> Any:
    """A question with no answer yet."""
    return measuring.Question("speed", "How fast is it?")


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, as people run it."""
    command = [sys.executable, str(SCRIPTS / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def results() -> dict[str, Any]:
    """The answers of the last whole run."""
    answers: dict[str, Any] = json.loads((SCRIPTS / "results.json").read_text("utf-8"))
    return answers


def test_ratio_is_the_median_of_those_of_each_round(measuring: Any) -> None:
    """Two ways are compared within a round, where the machine was as busy for both."""
    measured = measuring.Measured({"first": [1.0, 2.0, 4.0], "other": [3.0, 2.0, 2.0]})
    assert measured.ratios("other", to="first") == [3.0, 1.0, 0.5]
    assert measured.ratio("other", to="first") == 1.0
    assert measured.median("other") == 2.0


def test_ways_take_turns(measuring: Any, question: Any) -> None:
    """Each round does each way once; the first rounds do not count."""
    done: list[str] = []
    ways = [measuring.Way(name, lambda name=name: done.append(name)) for name in ("first", "other")]
    measured = question.compare("work", ways, rounds=7, unmeasured=2)
    assert done == ["first", "other"] * 9
    assert [len(each) for each in measured.times.values()] == [7, 7]


def test_clock_tells_the_time_of_work_that_is_not_seen_from_here(measuring: Any, question: Any) -> None:
    """A process tells its own time; results are in milliseconds."""
    ways = [measuring.Way("first", lambda: 0.25), measuring.Way("other", lambda: 0.5)]
    question.compare("work", ways, rounds=7, clock=lambda work: work())
    (table,) = question.tables
    assert table["rows"] == [
        {"name": "first", "value": 250.0, "ratio": 1.0, "note": ""},
        {"name": "other", "value": 500.0, "ratio": 2.0, "note": ""},
    ]


def test_peer_that_cannot_do_the_work_says_why(
    measuring: Any, question: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """It keeps its row, without figures."""
    question.compare("work", [measuring.cannot("slow", "it is not installed"), measuring.Way("ours", int)], rounds=7)
    assert question.tables[0]["rows"][0] == {
        "name": "slow",
        "value": None,
        "ratio": None,
        "note": "cannot: it is not installed",
    }
    assert "cannot: it is not installed" in capsys.readouterr().out


def test_peer_that_is_not_installed_is_none(measuring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is, but fails for want of something else, is not taken for missing."""
    assert measuring.peer("no_such_library_at_all") is None
    assert measuring.peer("json") is json
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ModuleNotFoundError):
        measuring.peer("peers")


def test_few_rounds_are_refused(measuring: Any, question: Any) -> None:
    """Noise decides the median of a few."""
    with pytest.raises(ValueError, match=r"\AA median of 6 rounds says little: take at least 7\.\Z"):
        question.compare("work", [measuring.Way("ours", int)], rounds=6)


@pytest.mark.parametrize(
    ("figure", "limits", "met", "wanted"),
    [
        (0.13, {"most": 0.13}, True, "at most 0.13"),
        (0.1301, {"most": 0.13}, False, "at most 0.13"),
        (6, {"least": 6}, True, "at least 6"),
        (5.9, {"least": 6}, False, "at least 6"),
    ],
)
def test_bar_is_met_or_not(question: Any, figure: float, limits: dict[str, float], met: bool, wanted: str) -> None:  # noqa: FBT001 - a case
    """A figure that is just as wanted is as wanted."""
    question.bar("work", figure, **limits)
    assert question.bars == [{"words": "work", "wanted": wanted, "figure": figure, "met": met}]


def test_answer_is_put_beside_the_others(measuring: Any, question: Any, tmp_path: Path) -> None:
    """A script that is run again replaces its own answer alone, and says on what it ran."""
    file = tmp_path / "results.json"
    measuring.Question("weight", "How heavy is it?").write(file)
    for figure in (1.0, 2.0):
        question.bars.clear()
        question.bar("work", figure, most=3)
        question.write(file)
    answers = json.loads(file.read_text("utf-8"))
    assert sorted(answers) == ["speed", "weight"]
    assert [bar["figure"] for bar in answers["speed"]["bars"]] == [2.0]
    assert {"boto3", "botocore", "cp-fixtures", "faker"} == answers["speed"]["versions"].keys()
    assert {"cores", "date", "python", "system"} == answers["speed"]["machine"].keys()


@pytest.mark.parametrize(("arguments", "written"), [([], True), (["--quick"], False)])
def test_quick_run_leaves_the_results_alone(
    measuring: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], *, written: bool
) -> None:
    """What is done once only means nothing, so it is not kept."""
    monkeypatch.setattr(sys, "argv", ["speed.py", *arguments])
    monkeypatch.setattr(measuring, "RESULTS", tmp_path / "results.json")
    with measuring.asked("speed", "How fast is it?") as question:
        assert question.size(100, 1) == (100 if written else 1)
    assert (tmp_path / "results.json").exists() == written


@pytest.mark.parametrize(
    "script",
    [
        "domain.py",
        "intercept.py",
        "memory.py",
        pytest.param("one_test.py", marks=OLD_MODEL),
        "profiles.py",
        "validation.py",
        "wire.py",
    ],
)
def test_script_runs(script: str, tmp_path: Path) -> None:
    """Those that take a second or two run, without the peers that are not installed; `tox -e bench` runs all."""
    done = run(script, "--quick", "--json", str(tmp_path / "results.json"))
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads((tmp_path / "results.json").read_text("utf-8")).values()
    assert all(table["rows"] for table in answer["tables"])


def test_what_libraries_do_is_still_so(tmp_path: Path) -> None:
    """Tried again, those that are installed do what the page says of them."""
    done = run("features.py", "--quick", "--json", str(tmp_path / "results.json"))
    assert done.returncode == 0, done.stderr
    (tried,) = json.loads((tmp_path / "results.json").read_text("utf-8"))["features"]["tables"]
    (kept,) = results()["features"]["tables"]
    assert {"botocore's Stubber", "MagicMock", "cp_fixtures"} <= {*tried["columns"]}
    for place, name in enumerate(tried["columns"]):
        if tried["rows"][0]["does"][place] is not None:
            now, then = ([row["does"][place] for row in table["rows"]] for table in (tried, kept))
            assert (name, now) == (name, then)


def test_page_is_as_the_last_results_have_it() -> None:
    """Every table and plot of the page that compares is written by a program, and was after the last run."""
    done = run("write_page.py", "--check")
    assert done.stderr == ""
    assert done.returncode == 0


def test_page_that_is_not_as_the_results_have_it_is_found(tmp_path: Path) -> None:
    """A figure that somebody changes on the page, or in a plot, is named by its file."""
    shutil.copytree(PAGE, tmp_path / "docs")
    changed = [tmp_path / "docs" / "comparison.md", tmp_path / "docs" / "plots" / "validation-1.svg"]
    for path in changed:
        path.write_text(path.read_text("utf-8").replace("ParamValidator", "a slow one"), "utf-8")
    done = run("write_page.py", "--check", "--docs", str(tmp_path / "docs"))
    assert done.returncode == 1
    assert [line.partition(" is not as ")[0] for line in done.stderr.splitlines()] == [str(path) for path in changed]
    assert run("write_page.py", "--docs", str(tmp_path / "docs")).returncode == 0
    assert [path.read_bytes() for path in changed] == [
        (PAGE / path.relative_to(tmp_path / "docs")).read_bytes() for path in changed
    ]


def test_every_plot_is_shown_and_can_be_drawn() -> None:
    """No plot is left over, none is missing, each is XML with a title, and its longest bar ends inside."""
    text = (PAGE / "comparison.md").read_text("utf-8")
    files = sorted((PAGE / "plots").glob("*.svg"))
    assert len(files) >= 8
    for path in files:
        root = ET.parse(path).getroot()  # noqa: S314 - our own file
        width = float(root.attrib["viewBox"].split()[2])
        boxes = [each.attrib for each in root if each.tag.endswith("rect")]
        assert max(float(box.get("x", 0)) + float(box["width"]) for box in boxes) <= width
    shown = [line.partition("](")[2].rstrip(")") for line in text.splitlines() if line.startswith("![")]
    assert sorted(shown) == [f"plots/{path.name}" for path in files]


def test_every_script_has_an_answer() -> None:
    """The committed results are those of a whole run: none of it is quick, none is missing."""
    texts = {path.stem: path.read_text("utf-8") for path in SCRIPTS.glob("*.py")}
    scripts = {name for name, text in texts.items() if "def main(" in text and " asked(" in text}
    assert {*results()} == {*scripts, "strategies_jsonschema"}
    rounds = [table["rounds"] for each in results().values() for table in each["tables"] if table.get("unit") == "ms"]
    assert min(rounds) >= 7

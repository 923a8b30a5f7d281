"""The options at a place in the tree of tests: what the ini file, the command line and the markers say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cp_fixtures.errors import UsageError, clip
from cp_fixtures.options import OPTIONS, Options
from cp_fixtures.settings import updated
from cp_fixtures.validation import check_rule_codes

__all__ = ["options_at", "options_if_legal", "place"]

_OF_RUN = pytest.StashKey[Options]()


def options_at(node: pytest.Item | pytest.Collector, identity: str) -> Options:
    """The options at a place; what cannot be one fails the test, in words that need no traceback.

    Args:
        node: the place.
        identity: what its data come from besides the seed.
    """
    try:
        return _read_options(node, identity)
    except UsageError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None


def options_if_legal(node: pytest.Item | pytest.Collector) -> Options:
    """The options at a place, for the run; the defaults where they cannot be, for that fails the test that needs them.

    Args:
        node: the place.
    """
    try:
        return options_at(node, place(node))
    except pytest.fail.Exception:
        return Options()


def place(node: pytest.Item | pytest.Collector) -> str:
    """The file's name, the qualified name and the parameters' id: the same from any folder, and under any plugin."""
    if isinstance(node, pytest.Session):
        return ""
    folders = (pytest.Session, pytest.Directory, pytest.File)
    names = [each.name for each in node.listchain() if not isinstance(each, folders)]
    return "::".join([node.path.name, *names])


def _read_options(node: pytest.Item | pytest.Collector, identity: str) -> Options:
    """The options at a place: the defaults, then the ini file, the command line, and the markers, the nearest last."""
    # A record of what is drawn, and of what has failed, is each test's own.
    options = replace(_options_of_run(node.config), identity=identity, drawn=set(), spoilt=set())
    for mark in (mark for each in node.listchain() for mark in _marks_at(each)):
        _reject_positional(mark)
        options = updated(options, mark.kwargs, "the marker cp_fixtures")
    if options.ignore:
        check_rule_codes(options.ignore)
    return options


def _options_of_run(config: pytest.Config) -> Options:
    """What the ini file and the command line say, read once."""
    if _OF_RUN not in config.stash:
        ini = {name: value for name in OPTIONS if (value := config.getini(f"cp_{name}")) is not None}
        if "ignore" in ini:
            ini["ignore"] = " ".join(ini["ignore"])
        options = updated(Options(), ini, "the ini file")
        seed = config.getoption("cp_seed")
        said = {} if seed is None else {"seed": seed}
        config.stash[_OF_RUN] = updated(options, said, "the command line")
    return config.stash[_OF_RUN]


def _marks_at(node: Any) -> list[pytest.Mark]:
    """Our markers at one place, the nearest last: a parameter's after the test's, a class's after its base's."""
    marks = [mark for mark in node.own_markers if mark.name == "cp_fixtures"]
    if not marks or isinstance(node, pytest.Class):
        return marks
    of_parameter = getattr(getattr(node, "callspec", None), "marks", ())
    marks.reverse()
    return sorted(marks, key=lambda mark: mark in of_parameter)


def _reject_positional(mark: pytest.Mark) -> None:
    if mark.args:
        raise UsageError(
            f"The marker cp_fixtures has {clip(mark.args)}.",
            "Its options have names.",
            "Write cp_fixtures(strict=False).",
        )

"""A domain written to a file: JSON, or JSON Lines with a record a line."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.habits import Habits
from cp_fixtures.domain.reading import is_lines
from cp_fixtures.domain.segments import is_member
from cp_fixtures.factories import OMIT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from cp_fixtures.domain.state import State
    from cp_fixtures.domain.world import World

__all__ = ["write"]


def write(world: World, path: str | os.PathLike[str]) -> None:
    """Write a domain to a file.

    Args:
        world: what the domain holds.
        path: the file; `.jsonl` and `.ndjson` are JSON Lines, anything else is JSON.
    """
    place = Path(path)
    with world.lock:
        state = world.state.copy()
    # Before the file is opened: a predicate that raises leaves the one that was there.
    parts = {"profile": list(state.profiles.values()), "segment": _segments(state), "refused": _refused(state)}
    text = (_as_lines if is_lines(place) else _as_json)(_header(world), parts)
    # What UTF-8 cannot write, half a pair of surrogates, then stands there as JSON escapes it.
    with place.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(text)


def _header(world: World) -> dict[str, Any]:
    plain, said = asdict(Habits()), asdict(world.habits)
    changed = {name: value for name, value in said.items() if value != plain[name]}
    texts = {name: _option(value) for name, value in changed.items()}
    return {"name": world.name, "seed": world.seed, "locale": world.locale, **texts}


def _option(value: Any) -> Any:
    return "OMIT" if value is OMIT else value.isoformat() if isinstance(value, dt.datetime) else value


def _segments(state: State) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "members": [each for each, profile in state.profiles.items() if is_member(segment, each, profile)],
            "definition": segment.definition,
        }
        for name, segment in state.segments.items()
    ]


def _refused(state: State) -> list[dict[str, Any]]:
    return [
        {"ProfileId": each, "Code": why.code, "Status": why.status, "Message": why.message}
        for each, why in state.refusals.items()
    ]


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_Parts = dict[str, list[dict[str, Any]]]


def _as_lines(header: dict[str, Any], parts: _Parts) -> Iterator[str]:
    yield _dumped({"domain": header}) + "\n"
    for kind, records in parts.items():
        yield from (_dumped({kind: record}) + "\n" for record in records)


def _as_json(header: dict[str, Any], parts: _Parts) -> Iterator[str]:
    yield f'{{\n"domain": {_dumped(header)}'
    for kind, records in parts.items():
        yield f',\n"{kind}": ['
        yield from (f"{',' if at else ''}\n{_dumped(record)}" for at, record in enumerate(records))
        yield "\n]"
    yield "\n}\n"

"""A domain written to a file: JSON, or JSON Lines with a record a line."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.habits import Habits
from cp_fixtures.domain.reading import LINES
from cp_fixtures.domain.segments import is_member
from cp_fixtures.factories import OMIT

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from cp_fixtures.domain.world import World

__all__ = ["write"]


def write(world: World, path: str | os.PathLike[str]) -> None:
    """Write a domain to a file.

    Args:
        world: what the domain holds.
        path: the file; `.jsonl` and `.ndjson` are JSON Lines, anything else is JSON.
    """
    place = Path(path)
    text = _as_lines(world) if place.suffix in LINES else _as_json(world)
    with place.open("w", encoding="utf-8") as file:
        file.writelines(text)


def _header(world: World) -> dict[str, Any]:
    plain, said = asdict(Habits()), asdict(world.habits)
    changed = {name: value for name, value in said.items() if value != plain[name]}
    texts = {name: _option(value) for name, value in changed.items()}
    return {"name": world.name, "seed": world.seed, "locale": world.locale, **texts}


def _option(value: Any) -> Any:
    return "OMIT" if value is OMIT else value.isoformat() if isinstance(value, dt.datetime) else value


def _parts(world: World) -> dict[str, Iterator[dict[str, Any]]]:
    state = world.state
    segments = (
        {
            "name": name,
            "members": [each for each, profile in state.profiles.items() if is_member(segment, each, profile)],
            "definition": segment.definition,
        }
        for name, segment in state.segments.items()
    )
    refused = (
        {"ProfileId": each, "Code": why.code, "Status": why.status, "Message": why.message}
        for each, why in state.refusals.items()
    )
    return {"profile": iter(state.profiles.values()), "segment": segments, "refused": refused}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_lines(world: World) -> Iterator[str]:
    yield _dumped({"domain": _header(world)}) + "\n"
    for kind, parts in _parts(world).items():
        yield from (_dumped({kind: part}) + "\n" for part in parts)


def _as_json(world: World) -> Iterator[str]:
    yield f'{{\n"domain": {_dumped(_header(world))}'
    for kind, parts in _parts(world).items():
        yield f',\n"{kind}": ['
        yield from (f"{',' if at else ''}\n{_dumped(part)}" for at, part in enumerate(parts))
        yield "\n]"
    yield "\n}\n"

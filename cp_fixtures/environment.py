"""Harmless AWS settings, for code that makes its client when it is imported, and the real ones put aside meanwhile."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["harmless_environment", "kept_default_session", "put_aside"]

_HARMLESS: dict[str, str | None] = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    # With these nothing else is asked: no profile, no file, and not the metadata service of the machine.
    "AWS_PROFILE": None,
    "AWS_DEFAULT_PROFILE": None,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}

# What a developer would miss if it were replaced without a word; the region is no secret, and no danger.
_REAL = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
)


def put_aside() -> str:
    """A sentence on the real credentials that harmless settings would hide now; nothing where there are none."""
    names = [name for name in _REAL if os.environ.get(name, _HARMLESS[name]) != _HARMLESS[name]]
    if not names:
        return ""
    return f"{' and '.join(names)} of the environment {'is' if len(names) == 1 else 'are'} put aside until the end."


@contextmanager
def harmless_environment() -> Iterator[None]:
    """For a block, clients find a region and credentials that mean nothing, and find no others."""
    before = {name: os.environ.get(name) for name in _HARMLESS}
    with kept_default_session():
        # One that is there already may have real credentials.
        _set_default_session(None)
        _set(_HARMLESS)
        try:
            yield
        finally:
            _set(before)


@contextmanager
def kept_default_session() -> Iterator[None]:
    """For a block, boto3's default session may be made, or replaced; afterwards it is the one from before, or none.

    Blocks of several threads may overlap: what was before the first to begin comes back with the last to end.
    """
    block = _Block(_default_session())
    with _LOCK:
        _blocks.append(block)
    try:
        yield
    finally:
        with _LOCK:
            later = _blocks[_blocks.index(block) + 1 :]
            _blocks.remove(block)
            if later:
                later[0].before = block.before
            else:
                _set_default_session(block.before)


@dataclass(slots=True, eq=False)
class _Block:
    """A block that has not ended, and the session to which its end goes back."""

    before: object


_LOCK = threading.Lock()
_blocks: list[_Block] = []


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _default_session() -> object:
    # Where boto3 is not imported yet there is none.
    return getattr(sys.modules.get("boto3"), "DEFAULT_SESSION", None)


def _set_default_session(session: object) -> None:
    if (boto3 := sys.modules.get("boto3")) is not None:
        vars(boto3)["DEFAULT_SESSION"] = session

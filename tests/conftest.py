"""What all tests share, those beside the examples too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from closed_sockets import attempts, close_sockets
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]

# Time is no assertion: a busy machine fails no test. Where a change is judged, everybody draws the same.
settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ, database=None)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Close the sockets before anything is collected."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    close_sockets(patch)


def pytest_collection_finish() -> None:
    """Fail the run where a module has asked for the network when it was imported."""
    if attempts:
        raise pytest.UsageError(f"Collecting the tests asked for the network: {attempts}. Import what does not.")


@pytest.fixture(autouse=True)
def sockets_stay_closed() -> Iterator[None]:
    """Fail the test whose code asks for the network, even where it swallows the refusal."""
    yield
    asked, attempts[:] = attempts[:], []
    assert not asked

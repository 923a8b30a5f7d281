"""Work that is done in a process of its own, as it is where nothing has been imported yet."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["PLUGINS", "printed", "run_pytest"]

# What pytest loads where this package is installed, and xdist: the plugins of the peers are left out, for every side.
PLUGINS = ("xdist", "faker.contrib.pytest.plugin", "_hypothesis_pytestplugin")


def printed(code: str, *arguments: str) -> str:
    """What a program prints, in a new Python.

    Raises:
        RuntimeError: it failed.
    """
    return _run([sys.executable, "-c", code, *arguments])


def run_pytest(folder: Path, *arguments: str, plugins: Sequence[str] = ()) -> str:
    """What a run of pytest prints in a folder, with these plugins beside those of every side.

    Raises:
        RuntimeError: a test failed.
    """
    loaded = [word for name in (*PLUGINS, *plugins) for word in ("-p", name)]
    return _run([sys.executable, "-m", "pytest", "-q", *loaded, *arguments, "-p", "no:cacheprovider"], folder)


def _run(command: list[str], folder: Path | None = None) -> str:
    # Without compiled files each start would compile everything again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - Python, with what stands here
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout

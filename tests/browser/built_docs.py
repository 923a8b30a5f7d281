"""The documentation as its readers have it: built, served on this machine, and opened in a browser that stays here."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DOCS", "Programs", "Site", "browser", "built", "missing", "served"]

DOCS = Path(__file__).parents[2] / "docs"

_FLAGS = [
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-dev-shm-usage",
    "no-first-run",
    "no-default-browser-check",
    "disable-background-networking",
    "disable-component-update",
    "disable-default-apps",
    "disable-extensions",
    "disable-sync",
    "proxy-server=direct://",
    # No name is looked up: what is not on this machine cannot be found.
    "host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "window-size=1300,1000",
]


class Programs(NamedTuple):
    """Where the browser is, and what drives it; None where it is not installed."""

    chromium: str | None = shutil.which("chromium")
    chromedriver: str | None = shutil.which("chromedriver")


class Site(NamedTuple):
    """The served pages: where they are, on disk and for a browser, and each answer so far, as status and path."""

    folder: Path
    url: str
    answers: list[tuple[int, str]]


def missing(programs: Programs) -> str:
    """What to say where a program is not there; nothing where both are."""
    lacking = [name for name, path in programs._asdict().items() if path is None]
    if not lacking:
        return ""
    return (
        f"There is no {' and no '.join(lacking)} on the path. These tests open the built pages in a browser, and would "
        "say nothing without it. On Debian, install both: apt-get install chromium chromium-driver"
    )


def built(folder: Path) -> Path:
    """Build the pages into a folder.

    Raises:
        CalledProcessError: Sphinx could not.
    """
    html = folder / "html"
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-d", folder / "doctrees", DOCS, html], check=True)
    return html


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, answers: list[tuple[int, str]], **kwargs: Any) -> None:
        self._answers = answers
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        # Every browser asks for it, and no page of ours does.
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del size
        self._answers.append((int(code), self.path))

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """For a block, a folder served on loopback."""
    answers: list[tuple[int, str]] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, answers=answers, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Site(folder, f"http://127.0.0.1:{server.server_port}", answers)
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def browser(programs: Programs, profile: Path) -> Iterator[webdriver.Chrome]:
    """For a block, a headless Chromium with a profile of its own, that asks nobody but this machine."""
    options = webdriver.ChromeOptions()
    options.binary_location = programs.chromium or ""
    for flag in [*_FLAGS, f"user-data-dir={profile}"]:
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(programs.chromedriver))
    try:
        yield driver
    finally:
        driver.quit()

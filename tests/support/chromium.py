"""Debian's Chromium, and servers for it, for tests and measurements in a real browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).parents[2]


def launch(playwright: Playwright) -> Browser:
    """Chromium without a window, a sandbox or a life of its own."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


def free_port() -> int:
    """A port on loopback that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(script: Path, *arguments: str) -> Iterator[str]:
    """Run a script with a port and further arguments; gives its address once it listens.

    The script must say “ready to go” on its output, as NiceGUI does shortly before.
    """
    port = free_port()
    # NiceGUI takes a process that knows of pytest for a test of its own kind.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    process = subprocess.Popen(
        [sys.executable, str(script), str(port), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        if not any("ready to go" in line for line in process.stdout):
            raise RuntimeError(f"{script.name} ended before it listened")
        _until_it_listens(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def started(data: Path) -> Iterator[str]:
    """`python -m app serve` on a free port over a data folder; gives its address."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    more = {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH")]))}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port), "--data", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env=kept | more | {"REHEARSAL_INBOX_PORT": str(free_port())},
    )
    try:
        assert process.stdout is not None
        if not any("is open at" in line for line in process.stdout):
            raise RuntimeError("the app ended before it listened")
        _until_it_listens(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _until_it_listens(process: subprocess.Popen[str], port: int) -> None:
    """Knock until somebody opens: a server says that it is ready a moment before it is."""
    while process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError("the server ended before it listened")

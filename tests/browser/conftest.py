"""What tests in a real browser share: Chromium, a page that must stay clean, servers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]

Serve = Callable[..., str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skipped where it is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, without motion; errors in its console fail the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="en-US"
    )
    opened = context.new_page()
    errors: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="module")
def free_port() -> Callable[[], int]:
    """A port on loopback that nobody listens to."""

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find


@pytest.fixture(scope="module")
def serve(free_port: Callable[[], int]) -> Iterator[Serve]:
    """Run a script with a port and further arguments; the answer is its address once it listens.

    The script must say “ready to go” on its output, as NiceGUI does.
    """
    running: list[subprocess.Popen[str]] = []

    def start(script: Path, *arguments: str) -> str:
        port = free_port()
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        # NiceGUI takes a process that knows of pytest for a test of its own kind.
        environment = {k: v for k, v in environment.items() if not k.startswith("PYTEST_")}
        process = subprocess.Popen(
            [sys.executable, str(script), str(port), *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        running.append(process)
        assert process.stdout is not None
        said = any("ready to go" in line for line in process.stdout)
        assert said, f"{script.name} ended before it listened"
        return f"http://127.0.0.1:{port}"

    yield start
    for process in running:
        process.terminate()
        process.wait(10)

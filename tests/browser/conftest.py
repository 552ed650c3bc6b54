"""What tests in a real browser share: Chromium, a page that must stay clean, servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

Serve = Callable[..., str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skipped where it is not installed."""
    if not chromium.CHROMIUM.exists():
        pytest.skip(f"{chromium.CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


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
    """Finds a port on loopback that nobody listens to."""
    return chromium.free_port


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Runs a script with a port and further arguments; gives its address once it listens."""
    with ExitStack() as running:

        def start(script: Path, *arguments: str) -> str:
            return running.enter_context(chromium.served(script, *arguments))

        yield start


@pytest.fixture(scope="module")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole app as a person starts it, on an empty data folder; gives its address."""
    with chromium.started(tmp_path_factory.mktemp("data")) as address:
        yield address

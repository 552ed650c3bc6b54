"""Pictures of a page, small enough to be kept beside the text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page

Look = Literal["light", "dark"]
SIZE = (1440, 900)
COLOURS = 160
"""Enough for flat surfaces and grey letters; a picture takes a third of what it would."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures into a folder."""

    folder: Path

    def take(self, page: Page, name: str) -> None:
        """What the window shows, once its letters are there."""
        page.mouse.move(1, 1)
        page.evaluate("document.activeElement?.blur()")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate("Promise.all([...document.images].map((one) => one.decode())).then(() => 1)")
        with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as shot:
            small = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(self.folder / f"{name}.png", optimize=True)


def open_page(browser: Browser, look: Look) -> Page:
    """A window of the size of a laptop's, with nothing moving."""
    width, height = SIZE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=look,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    return context.new_page()

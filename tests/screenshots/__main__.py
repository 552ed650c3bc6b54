"""Starts the app on sample flows, does what a newcomer does, and takes a picture of each page."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.screenshots.camera import Camera, Look, open_page
from tests.support.chromium import ROOT, launch, started

FOLDER = ROOT / "docs" / "screenshots"
FLOW, ID = "Abandoned checkout", "abandoned-checkout"
PATIENCE = 180_000
RUN = re.compile(r"/runs/(\w+)")


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=30_000)
    with (
        tempfile.TemporaryDirectory() as data,
        started(Path(data)) as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        tour = Tour(open_page(browser, "light"), address)
        tour.rehearse()
        tour.rehearse_changed()
        tour.deliver()
        tour.take("light")
        dark = Tour(open_page(browser, "dark"), address, tour.runs)
        dark.take("dark")
        browser.close()
    for picture in sorted(FOLDER.glob("*.png")):
        sys.stdout.write(f"{picture.stat().st_size // 1024:>5} kB  {picture.name}\n")


class Tour:
    """One window, with the runs that were made on the way."""

    def __init__(self, page: Page, address: str, runs: list[str] | None = None) -> None:
        self._page, self._address = page, address
        self._camera = Camera(FOLDER)
        self.runs = runs or []

    def rehearse(self) -> None:
        """Rehearse the flow from its editor, and keep what the canvas then shows."""
        page = self._page
        self._open_editor()
        page.get_by_role("button", name="Rehearse", exact=True).click()
        panel = page.get_by_role("region", name="Rehearse")
        expect(panel.get_by_text("Messages sent", exact=True)).to_be_visible(timeout=PATIENCE)
        self._camera.take(page, "editor-rehearsed-light")
        self._note_run()

    def rehearse_changed(self) -> None:
        """Let the first reminder wait for a day instead of an hour, and rehearse again."""
        page = self._page
        self._open_editor()
        page.locator('[data-card="wait-1-hour"]').click()
        page.get_by_label("Inspector").get_by_label("Wait", exact=True).fill("24")
        expect(page.locator('[data-card="wait-1-hour"]')).to_contain_text("Wait 24 hours")
        page.goto(f"{self._address}/runs/{self.runs[0]}")
        page.get_by_role("button", name="Rehearse again").click()
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(lambda url: RUN.search(url) and self.runs[0] not in url)
        expect(page.get_by_text("Finished").first).to_be_visible(timeout=PATIENCE)
        self._note_run()

    def deliver(self) -> None:
        """Deliver a sample of the first run into the inbox."""
        page = self._page
        page.goto(f"{self._address}/runs/{self.runs[0]}")
        page.get_by_role("button", name="Deliver a sample").click()
        page.get_by_role("button", name="Deliver", exact=True).click()
        expect(page.get_by_role("button", name="Open the inbox")).to_be_visible(timeout=PATIENCE)

    def take(self, look: Look) -> None:
        """The pictures of one look: all in light, the main ones in dark."""
        pictures = {
            "flows": self._flows,
            "editor": self._editor,
            "run": self._run,
            "person": self._person,
        }
        if look == "light":
            pictures |= {"compare": self._compare, "inbox": self._inbox, "settings": self._settings}
            pictures |= {"conditions": self._conditions, "price-drop": self._price_drop}
        for name, show in pictures.items():
            show()
            self._camera.take(self._page, f"{name}-{look}")

    def _note_run(self) -> None:
        self._page.goto(f"{self._address}/runs")
        address = self._page.locator(".rp-run-link").first.get_attribute("href") or ""
        self.runs.append(address.rpartition("/")[2])

    def _open_editor(self, flow: str = ID) -> None:
        self._page.goto(f"{self._address}/flows/{flow}")
        canvas = self._page.locator("[data-steps]")
        expect(canvas).to_have_attribute("data-rev", re.compile(r"\d+"))

    def _flows(self) -> None:
        self._page.goto(self._address)
        expect(self._page.locator(".rp-flow-name")).to_have_count(8)

    def _editor(self) -> None:
        self._open_editor()
        self._page.locator('[data-card="email-1-still-here"]').click()
        expect(self._page.get_by_label("Inspector").get_by_label("Subject")).to_be_visible()

    def _conditions(self) -> None:
        """What a filter may ask, beside the trigger of a flow that the catalogue starts."""
        self._open_editor("price-drop")
        self._page.locator('[data-card="@trigger"]').click()
        self._page.get_by_label("Inspector").get_by_role("button", name="And").last.click()
        expect(self._page.get_by_text("What is predicted of someone")).to_be_visible()

    def _price_drop(self) -> None:
        """The story of somebody who heard of a price drop."""
        page = self._page
        page.goto(f"{self._address}/flows/price-drop")
        page.get_by_role("button", name="Rehearse", exact=True).click()
        panel = page.get_by_role("region", name="Rehearse")
        expect(panel.get_by_text("Messages sent", exact=True)).to_be_visible(timeout=PATIENCE)
        panel.get_by_role("button", name="Open the run").click()
        page.get_by_role("tab", name="People").click()
        page.locator(".rp-people tbody tr").first.click()
        told = page.get_by_text(re.compile("^Price Drop: ")).first
        expect(told).to_be_visible(timeout=PATIENCE)
        told.scroll_into_view_if_needed()

    def _run(self) -> None:
        self._page.goto(f"{self._address}/runs/{self.runs[0]}")
        expect(self._page.get_by_text("Finished").first).to_be_visible()

    def _person(self) -> None:
        self._page.goto(f"{self._address}/runs/{self.runs[0]}?tab=people")
        self._page.locator(".rp-people tbody tr").first.click()
        self._page.wait_for_url(re.compile("/people/"))
        expect(self._page.get_by_text(f"Entered {FLOW}").first).to_be_visible(timeout=PATIENCE)

    def _compare(self) -> None:
        first, second = self.runs
        self._page.goto(f"{self._address}/compare?a={first}&b={second}")
        expect(self._page.get_by_text("What was different")).to_be_visible()

    def _inbox(self) -> None:
        self._page.goto(f"{self._address}/inbox")
        self._page.locator(".rp-mail-row").first.click()
        body = self._page.frame_locator(".rp-mail-frame")
        expect(body.get_by_text("Juniper & Slate").first).to_be_visible()

    def _settings(self) -> None:
        self._page.goto(f"{self._address}/settings")
        expect(self._page.get_by_text("Smart sending").first).to_be_visible()


if __name__ == "__main__":
    main()

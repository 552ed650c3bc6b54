"""How long an edit takes on the canvas: from the click on a step to the frame that shows it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.support.chromium import launch, served

PAGE = Path(__file__).parents[1] / "browser" / "canvas_page.py"
ROUNDS = 25
INSERT = """edge => new Promise(done => {
  const root = document.querySelector('.rh-canvas')
  document.querySelector(`[data-plus="${edge}"]`).click()
  const wait = new MutationObserver(() => {
    wait.disconnect()
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
  })
  wait.observe(root, {attributes: true, attributeFilter: ['data-rev']})
  let start
  requestAnimationFrame(() => {
    start = performance.now()
    document.querySelector('[data-choice=send-email]').click()
  })
})"""


def measure() -> dict[str, float]:
    """Medians in ms by number of steps: insert a step behind the first, until drawn."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        found = {}
        for steps in (50, 200, 1000):
            path = Path(folder) / f"{steps}.json"
            path.write_text(json.dumps(branching(steps)))
            with served(PAGE, str(path)) as address:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                found[f"insert_until_drawn_{steps}_steps_ms"] = _median(page, address)
                page.close()
        browser.close()
    return found


def _median(page: Page, address: str) -> float:
    page.goto(f"{address}/bench")
    page.wait_for_selector('.rh-canvas[data-rev="0"]')
    page.wait_for_selector('[data-plus="s0:next"]')
    times = [page.evaluate(INSERT, "s0:next") for _ in range(ROUNDS)]
    return round(median(times), 1)


def branching(steps: int) -> dict[str, Any]:
    """Emails, delays and splits in turns; every split opens two branches."""
    actions = [_action(i, steps) for i in range(steps)]
    return {"name": f"{steps} steps", "entry_action_id": "s0", "actions": actions}


def _action(i: int, steps: int) -> dict[str, Any]:
    """Steps 3k and 3k+1 form a chain to the split 3k+2, which leads to chains 2k+1 and 2k+2."""
    chain, place = divmod(i, 3)
    key = f"s{i}"

    def at(j: int) -> str | None:
        return f"s{j}" if j < steps else None

    if place == 2:
        ends = {
            "next_if_true": at(3 * (2 * chain + 1)),
            "next_if_false": at(3 * (2 * chain + 2)),
        }
        return {"id": key, "type": "conditional-split", "links": ends}
    if place == 1:
        return {"id": key, "type": "time-delay", "data": {"value": 1}, "links": {"next": at(i + 1)}}
    return {"id": key, "type": "send-email", "links": {"next": at(i + 1)}}


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in measure().items()))

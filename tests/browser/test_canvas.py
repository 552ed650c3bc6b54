"""What a person does on the canvas, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

FLOW = {
    "name": "Welcome",
    "triggers": [{"type": "list", "id": "Newsletter"}],
    "entry_action_id": "hello",
    "actions": [
        {"id": "hello", "type": "send-email", "links": {"next": "who"}},
        {
            "id": "who",
            "type": "conditional-split",
            "links": {"next_if_true": "text", "next_if_false": "later"},
        },
        {"id": "text", "type": "send-sms", "links": {"next": None}},
        {"id": "later", "type": "time-delay", "data": {"value": 2}, "links": {"next": None}},
    ],
}


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("flow") / "welcome.json"
    path.write_text(json.dumps(FLOW))
    return serve(Path(__file__).with_name("canvas_page.py"), str(path))


@pytest.fixture
def url(address: str, request: pytest.FixtureRequest) -> str:
    return f"{address}/{request.node.name}"


@pytest.fixture
def canvas(page: Page, url: str) -> Locator:
    page.goto(url)
    root = page.locator(".rh-canvas")
    expect(root).to_have_attribute("data-rev", "0")
    return root


def plus(page: Page, edge: str) -> Locator:
    return page.locator(f'[data-plus="{edge}"]')


def card(page: Page, action_id: str) -> Locator:
    return page.locator(f'[data-card="{action_id}"]')


def reaches(canvas: Locator, *, revision: int, steps: int) -> None:
    expect(canvas).to_have_attribute("data-rev", str(revision))
    expect(canvas).to_have_attribute("data-steps", str(steps))


def stored(page: Page, url: str) -> dict[str, Any]:
    base, name = url.rsplit("/", 1)
    flow: dict[str, Any] = page.request.get(f"{base}/flow/{name}").json()
    return flow


def ways(page: Page, url: str) -> dict[str, list[str | None]]:
    """For each step where its links lead."""
    return {a["id"]: list(a["links"].values()) for a in stored(page, url)["actions"]}


def drag(page: Page, source: Locator, target: Locator) -> None:
    start, end = source.bounding_box(), target.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 40, steps=4)
    page.mouse.move(end["x"] + 30, end["y"] + 20)
    expect(target).to_have_class("rhc-plus nopan rhc-plus--target rhc-plus--near")
    page.mouse.up()


def test_shows_the_flow_with_its_steps(page: Page, canvas: Locator) -> None:
    expect(canvas).to_have_attribute("data-steps", "4")
    expect(card(page, "@trigger")).to_contain_text("Someone joins Newsletter")
    expect(card(page, "later")).to_contain_text("Wait 2 days")
    expect(page.locator(".rhc-tag")).to_have_text(["YES", "NO"])


def test_a_plus_inserts_the_step_that_one_types(page: Page, canvas: Locator, url: str) -> None:
    plus(page, "@trigger:next").click()
    page.get_by_role("combobox").fill("time")
    expect(page.get_by_role("option").first).to_contain_text("Time delay")
    page.keyboard.press("Enter")
    reaches(canvas, revision=1, steps=5)
    new = stored(page, url)["entry_action_id"]
    assert ways(page, url)[new] == ["hello"]
    expect(canvas).to_have_attribute("data-selected", new)


def test_escape_closes_the_list_and_nothing_happens(page: Page, canvas: Locator) -> None:
    plus(page, "hello:next").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_count(0)
    reaches(canvas, revision=0, steps=4)


def test_a_palette_entry_is_dropped_on_a_branch(page: Page, canvas: Locator, url: str) -> None:
    drag(page, page.locator("[data-palette-type]"), plus(page, "who:false"))
    reaches(canvas, revision=1, steps=5)
    new = ways(page, url)["who"][1]
    assert new is not None
    assert ways(page, url)[new] == ["later"]


def test_a_card_is_moved_to_another_plus(page: Page, canvas: Locator, url: str) -> None:
    drag(page, card(page, "later"), plus(page, "text:next"))
    reaches(canvas, revision=1, steps=4)
    assert ways(page, url)["text"] == ["later"]
    assert ways(page, url)["who"] == ["text", None]


def test_delete_then_undo_then_redo(page: Page, canvas: Locator) -> None:
    card(page, "hello").click()
    expect(canvas).to_have_attribute("data-selected", "hello")
    page.keyboard.press("Delete")
    reaches(canvas, revision=1, steps=3)
    page.keyboard.press("Control+z")
    reaches(canvas, revision=2, steps=4)
    expect(card(page, "hello")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    reaches(canvas, revision=3, steps=3)


def test_deleting_a_split_asks_which_branch_stays(page: Page, canvas: Locator, url: str) -> None:
    card(page, "who").click()
    page.keyboard.press("Backspace")
    page.get_by_role("menuitem", name="Delete, keep NO").click()
    reaches(canvas, revision=1, steps=2)
    assert ways(page, url) == {"hello": ["later"], "later": [None]}


def test_duplicate_copy_and_paste_by_keyboard(page: Page, canvas: Locator) -> None:
    card(page, "text").click()
    page.keyboard.press("Control+d")
    reaches(canvas, revision=1, steps=5)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    reaches(canvas, revision=2, steps=6)


def test_what_was_copied_is_pasted_at_a_plus(page: Page, canvas: Locator, url: str) -> None:
    card(page, "text").click()
    page.keyboard.press("Control+c")
    plus(page, "later:next").click()
    page.get_by_role("button", name="Paste SMS").click()
    reaches(canvas, revision=1, steps=5)
    new = ways(page, url)["later"][0]
    assert new not in {None, "text"}


def test_arrows_walk_along_the_flow(page: Page, canvas: Locator) -> None:
    canvas.focus()
    for key, selected in (
        ("ArrowDown", "@trigger"),
        ("ArrowDown", "hello"),
        ("ArrowDown", "who"),
        ("ArrowDown", "text"),
        ("ArrowRight", "later"),
        ("ArrowUp", "who"),
        ("Escape", ""),
    ):
        page.keyboard.press(key)
        expect(canvas).to_have_attribute("data-selected", selected)


def test_keys_typed_elsewhere_leave_the_flow_alone(page: Page, canvas: Locator) -> None:
    card(page, "hello").click()
    page.get_by_label("Elsewhere").fill("abc")
    page.keyboard.press("Backspace")
    page.keyboard.press("Delete")
    expect(page.get_by_label("Elsewhere")).to_have_value("ab")
    reaches(canvas, revision=0, steps=4)


def test_numbers_of_a_run_stand_on_cards_and_edges(page: Page, canvas: Locator) -> None:
    page.get_by_role("button", name="Count", exact=True).click()
    expect(canvas).to_have_attribute("data-running", "true")
    expect(page.locator(".rhc-flow").first).to_have_text("1,240")
    expect(card(page, "later")).to_contain_text("124 waiting")
    page.get_by_role("button", name="No counts").click()
    expect(page.locator(".rhc-flow")).to_have_count(0)


def test_problems_are_marked_with_their_text(page: Page, canvas: Locator) -> None:
    mark = card(page, "hello").locator("[data-severity=warning]")
    expect(mark).to_have_attribute("title", "No subject.")


def test_another_tab_sees_the_edit(page: Page, canvas: Locator, url: str) -> None:
    other = page.context.new_page()
    other.goto(url)
    expect(other.locator(".rh-canvas")).to_have_attribute("data-rev", "0")
    card(page, "hello").click()
    page.keyboard.press("Delete")
    reaches(other.locator(".rh-canvas"), revision=1, steps=3)


def test_a_reload_keeps_flow_and_undo(page: Page, canvas: Locator) -> None:
    card(page, "hello").click()
    page.keyboard.press("Delete")
    reaches(canvas, revision=1, steps=3)
    page.reload()
    reaches(canvas, revision=1, steps=3)
    canvas.focus()
    page.keyboard.press("Control+z")
    reaches(canvas, revision=2, steps=4)


def test_a_page_that_missed_a_patch_asks_for_everything(page: Page, canvas: Locator) -> None:
    canvas.evaluate(
        """root => getElement(Number(root.id.slice(1))).applyPatch(
            {base: 7, revision: 8, nodes: [], edges: [], gone: [], select: null, steps: 0})"""
    )
    card(page, "hello").click()
    page.keyboard.press("Delete")
    reaches(canvas, revision=1, steps=3)


def test_the_zoom_bar_fits_and_zooms(page: Page, canvas: Locator) -> None:
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".rhc-zoom")).to_have_text("125%")
    page.get_by_role("button", name="Fit the flow").click()
    expect(page.locator(".rhc-zoom")).to_have_text("100%")


def test_from_far_away_cards_become_boxes(page: Page, canvas: Locator) -> None:
    canvas.focus()
    for _ in range(7):
        page.keyboard.press("-")
    expect(page.locator(".rhc-far-box").first).to_be_attached()
    expect(page.locator(".rhc-card")).to_have_count(0)

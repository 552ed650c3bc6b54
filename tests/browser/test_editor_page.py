"""What a person does on the editor's page, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.settings import Settings
from storage.database import open_database
from storage.flow_store import FlowStore

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], shelf: Path) -> str:
    return serve(HERE / "editor_server.py", str(shelf))


def opened(page: Page, address: str, flow: str) -> Page:
    page.goto(f"{address}/flows/{flow}")
    expect(page.locator(".rh-canvas--ready")).to_be_visible()
    return page


def canvas(page: Page) -> Locator:
    return page.locator("[data-steps]")


def steps(page: Page) -> int:
    return int(canvas(page).get_attribute("data-steps") or "")


def choose(page: Page, card: str) -> Locator:
    """Select a card; the answer is the inspector."""
    page.locator(f'[data-card="{card}"]').click()
    expect(canvas(page)).to_have_attribute("data-selected", card)
    return page.get_by_label("Inspector")


def test_a_delay_is_changed_undone_and_done_again(page: Page, address: str) -> None:
    opened(page, address, "abandoned-checkout")
    inspector = choose(page, "wait-1-hour")
    card = page.locator('[data-card="wait-1-hour"]')

    inspector.get_by_label("Wait", exact=True).fill("2")
    expect(card).to_contain_text("Wait 2 hours")

    page.get_by_label("Undo").click()
    expect(card).to_contain_text("Wait 1 hour")
    expect(inspector.get_by_label("Wait", exact=True)).to_have_value("1")

    page.get_by_label("Redo").click()
    expect(card).to_contain_text("Wait 2 hours")
    expect(inspector.get_by_label("Wait", exact=True)).to_have_value("2")


def test_an_edit_survives_a_reload(page: Page, address: str) -> None:
    opened(page, address, "birthday")
    page.get_by_label("Name of the flow").fill("Birthdays and more")
    page.get_by_label("Name of the flow").press("Enter")
    expect(page.get_by_label("Inspector")).to_contain_text("Birthdays and more")

    page.reload()

    expect(page.get_by_label("Name of the flow")).to_have_value("Birthdays and more")


def test_delete_in_a_field_never_deletes_the_step(page: Page, address: str) -> None:
    opened(page, address, "browse-abandonment")
    before = steps(page)
    field = choose(page, "email-1-seen").get_by_label("Subject")

    field.click()
    field.press("End")
    field.press("Delete")
    field.press("Backspace")

    expect(canvas(page)).to_have_attribute("data-steps", str(before))


def test_a_click_in_the_palette_puts_a_step_behind_the_selection(page: Page, address: str) -> None:
    opened(page, address, "win-back")
    before = steps(page)
    choose(page, "@trigger")

    page.get_by_role("button", name="Email", exact=True).click()

    expect(canvas(page)).to_have_attribute("data-steps", str(before + 1))
    expect(page.get_by_label("Inspector").get_by_label("Subject")).to_be_visible()


def test_a_step_is_dragged_from_the_palette_to_a_place(page: Page, address: str) -> None:
    opened(page, address, "win-back")
    before = steps(page)
    plus = page.locator('[data-plus="@trigger:next"]')

    page.get_by_role("button", name="Webhook", exact=True).hover()
    page.mouse.down()
    plus.hover(force=True)
    page.mouse.up()

    expect(canvas(page)).to_have_attribute("data-steps", str(before + 1))
    expect(page.get_by_label("Inspector").get_by_label("Address")).to_be_visible()


def test_undo_works_from_the_keyboard_outside_fields(page: Page, address: str) -> None:
    opened(page, address, "win-back")
    before = steps(page)
    page.get_by_role("button", name="SMS", exact=True).click()
    expect(canvas(page)).to_have_attribute("data-steps", str(before + 1))

    page.keyboard.press("Control+z")
    expect(canvas(page)).to_have_attribute("data-steps", str(before))

    page.keyboard.press("Control+y")
    expect(canvas(page)).to_have_attribute("data-steps", str(before + 1))


def test_the_palette_is_searched(page: Page, address: str) -> None:
    opened(page, address, "win-back")

    page.get_by_label("Find a step").fill("split")

    expect(page.locator(".rh-palette-label")).to_have_text(
        ["Conditional split", "Trigger split", "Output split", "Multi split"]
    )


def test_a_problem_leads_to_its_step(page: Page, address: str) -> None:
    opened(page, address, "empty")
    page.get_by_role("button", name="Time delay", exact=True).click()
    expect(canvas(page)).to_have_attribute("data-steps", "1")
    canvas(page).press("Escape")

    page.locator(".rh-bar").get_by_role("button", name=re.compile("error|warning|hint")).click()
    page.get_by_label("Problems").get_by_role("button").filter(has_text="Time delay").first.click()

    expect(canvas(page)).to_have_attribute("data-selected", "time-delay-1")


def test_a_condition_is_built_from_words(page: Page, address: str) -> None:
    opened(page, address, "browse-abandonment")
    inspector = choose(page, "@trigger")
    expect(inspector).to_contain_text("The flow starts when")
    sentences = inspector.locator(".rh-condition")
    expect(sentences).to_have_count(4)

    inspector.get_by_role("button", name="And", exact=True).last.click()
    page.get_by_text("A random sample").click()

    expect(sentences).to_have_count(5)
    inspector.get_by_label("Percent").fill("30")
    expect(page.locator('[data-card="@trigger"]')).to_contain_text("30")


def test_content_is_written_beside_what_one_person_gets(page: Page, address: str) -> None:
    opened(page, address, "browse-abandonment")
    choose(page, "email-1-seen").get_by_role("button", name="Edit content").click()

    code = page.locator(".rh-content-code .cm-content")
    code.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("<p>Bye {{ first_name }}</p>")

    frame = page.frame_locator('iframe[title="What one person gets"]')
    expect(frame.get_by_text("Bye Ada")).to_be_visible()


def test_two_tabs_see_each_other(page: Page, address: str) -> None:
    other = page.context.new_page()
    opened(page, address, "post-purchase")
    opened(other, address, "post-purchase")

    page.get_by_label("Name of the flow").fill("Seen elsewhere")
    page.get_by_label("Name of the flow").press("Enter")

    expect(other.get_by_label("Name of the flow")).to_have_value("Seen elsewhere")


def test_a_rehearsal_shows_what_came_out(page: Page, address: str) -> None:
    opened(page, address, "abandoned-checkout")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    panel = page.get_by_role("region", name="Rehearse")
    expect(panel.get_by_text("10,000 people took part")).to_be_visible(timeout=90_000)
    expect(panel.get_by_text("Messages sent")).to_be_visible()

    panel.get_by_role("button", name="People and days").click()
    panel.get_by_label("People", exact=True).fill("200")
    panel.get_by_role("button", name="Start").click()

    expect(panel.get_by_text("200 people took part")).to_be_visible(timeout=90_000)


def test_a_step_is_changed_beside_its_numbers(page: Page, address: str) -> None:
    opened(page, address, "abandoned-checkout")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    panel = page.get_by_role("region", name="Rehearse")
    expect(panel.get_by_text("10,000 people took part")).to_be_visible(timeout=90_000)

    choose(page, "email-1-still-here")
    expect(panel).to_be_hidden()
    expect(page.get_by_label("Subject")).to_be_visible()

    canvas(page).press("Escape")
    expect(panel.get_by_text("10,000 people took part")).to_be_visible()


def test_enter_on_a_step_leads_into_its_form(page: Page, address: str) -> None:
    opened(page, address, "win-back")
    canvas(page).press("ArrowDown")
    canvas(page).press("Enter")

    fields = page.locator(".rh-inspector-body").locator("input, textarea, button")
    expect(fields.first).to_be_focused()


def test_a_reload_in_the_middle_of_a_rehearsal_finds_it_again(page: Page, address: str) -> None:
    opened(page, address, "win-back")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    panel = page.get_by_role("region", name="Rehearse")
    panel.get_by_role("button", name="People and days").click(timeout=90_000)
    panel.get_by_label("People", exact=True).fill("500000")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("button", name="Cancel")).to_be_visible()

    page.reload()

    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_text("The rehearsal was cancelled.")).to_be_visible(timeout=90_000)


def test_an_earlier_revision_comes_back(page: Page, address: str) -> None:
    opened(page, address, "empty")
    page.get_by_role("button", name="SMS", exact=True).click()
    expect(page.get_by_label("Inspector").get_by_label("Text")).to_be_visible()
    before = steps(page)

    page.get_by_label("Revisions").click()
    page.get_by_role("button", name="Restore").last.click()

    expect(canvas(page)).to_have_attribute("data-steps", "0")
    page.get_by_label("Undo").click()
    expect(canvas(page)).to_have_attribute("data-steps", str(before))


def test_a_save_that_comes_too_late_asks_what_to_do(page: Page, address: str, shelf: Path) -> None:
    opened(page, address, "welcome-series")
    database = open_database(Settings(data=shelf).database)
    FlowStore(database).rename("welcome-series", "Saved elsewhere")
    database.close()

    page.get_by_label("Name of the flow").fill("Mine")
    page.get_by_label("Name of the flow").press("Enter")
    expect(page.get_by_text("Your last edit is not saved")).to_be_visible()
    page.get_by_role("button", name="Reload", exact=True).click()

    expect(page.get_by_label("Name of the flow")).to_have_value("Saved elsewhere")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def test_dark_is_remembered(page: Page, address: str) -> None:
    opened(page, address, "birthday")
    page.get_by_label("Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-rh-theme", "dark")

    page.reload()

    expect(page.locator("html")).to_have_attribute("data-rh-theme", "dark")

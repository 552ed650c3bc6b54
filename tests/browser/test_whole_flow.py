"""A marketer draws a flow that the catalogue starts, with code, a split and notifications."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

PATIENCE = 60_000


def new_flow(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="New flow").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Create flow").click()
    page.wait_for_url(re.compile(r"/flows/\w+"))
    expect(page.locator(".rh-canvas--ready")).to_be_visible()


def pick(page: Page, question: Locator, answer: str) -> None:
    """Choose an answer from a list."""
    question.click()
    page.locator(".q-menu .q-item").filter(has_text=answer).first.click()


def add(page: Page, step: str, steps: int) -> None:
    """Put a step behind the one that is chosen; the flow then has so many."""
    page.locator(".rh-palette").get_by_role("button", name=step, exact=True).click()
    expect(page.locator("[data-steps]")).to_have_attribute("data-steps", str(steps))
    expect(page.get_by_label("Inspector").locator(".rh-heading, h2").first).to_contain_text(step)


def sent(page: Page, message: str) -> int:
    """How many of a message went out, as the panel of the rehearsal has it."""
    row = page.locator(".rh-run-row").filter(has_text=message).first
    return int(row.locator(".rh-number").inner_text().replace(",", ""))


def test_a_price_drop_flow_with_code_is_drawn_and_rehearsed(page: Page, served_app: str) -> None:
    new_flow(page, served_app, "Cheaper now")
    form = page.get_by_label("Inspector")
    page.locator('[data-card="@trigger"]').click()
    pick(page, form.get_by_label("The flow starts when"), "An item gets cheaper")
    expect(page.locator('[data-card="@trigger"]')).to_contain_text("An item becomes 10% cheaper")

    add(page, "Code", 1)
    form.get_by_role("button", name="Add an output").click()
    form.get_by_label("Name", exact=True).fill("tier")
    form.get_by_label("Value", exact=True).fill("gold")
    add(page, "Output split", 2)
    form.get_by_role("button", name="Add a condition").click()
    page.locator(".q-menu .q-item").filter(has_text="An output of code").click()
    form.get_by_label("Output", exact=True).fill("tier")
    form.get_by_label("Value", exact=True).fill("gold")
    expect(page.locator('[data-card="action-output-split-1"]')).to_contain_text(
        "The output tier is “gold”"
    )
    add(page, "Push", 3)
    add(page, "Email", 4)

    page.get_by_role("button", name="Rehearse", exact=True).click()
    panel = page.get_by_role("region", name="Rehearse")
    expect(panel.get_by_text("Messages sent", exact=True)).to_be_visible(timeout=PATIENCE)
    assert sent(page, "Push") > 0
    assert sent(page, "Email 1") > 1_000

    panel.get_by_role("button", name="Open the run").click()
    page.get_by_role("tab", name="People").click(timeout=PATIENCE)
    page.locator(".rp-people tbody tr").first.click()
    expect(page.get_by_text(re.compile(r"^Price Drop: .+ instead of "))).not_to_have_count(
        0, timeout=PATIENCE
    )
    expect(page.get_by_text("Output split: YES").first).to_be_visible()


def test_nobody_enters_a_flow_without_steps_and_it_says_why(page: Page, served_app: str) -> None:
    new_flow(page, served_app, "Nothing yet")
    page.locator('[data-card="@trigger"]').click()
    question = page.get_by_label("Inspector").get_by_label("The flow starts when")
    pick(page, question, "Someone joins a list")

    page.get_by_role("button", name="Rehearse", exact=True).click()

    expect(page.get_by_text("Nobody entered: no step of the flow does anything.")).to_be_visible(
        timeout=PATIENCE
    )

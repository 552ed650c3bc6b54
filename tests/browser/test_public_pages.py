"""A reader follows the links of a message that was delivered, and the account sees it."""

import re
import urllib.request
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import PATIENCE, rehearse

pytestmark = pytest.mark.browser


def delivered(page: Page, address: str) -> None:
    """Deliver a sample of the welcome series, and open the latest message of it."""
    rehearse(page, address, "Welcome series")
    deliver(page)
    page.get_by_role("button", name="Open the inbox").click(timeout=PATIENCE)
    page.wait_for_url(re.compile("/inbox"))
    page.locator(".rp-mail-row").first.click()


def deliver(page: Page) -> None:
    """Press through the dialog that delivers a sample."""
    page.get_by_role("button", name="Deliver a sample").click()
    page.get_by_role("button", name="Deliver", exact=True).click()


def key_of(page: Page) -> str:
    """The key of the links of the open message."""
    link = page.get_by_role("link", name="Preferences").first.get_attribute("href") or ""
    return link.rpartition("/")[2]


def posted(address: str, body: bytes) -> tuple[int, str]:
    """What a mail program gets that posts to an address."""
    try:
        with urllib.request.urlopen(address, body) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_a_reader_unsubscribes_by_a_link_and_is_left_out_from_then_on(
    page: Page, served_app: str
) -> None:
    delivered(page, served_app)
    run = re.search(r"run=(\w+)", page.url)
    link = page.frame_locator(".rp-mail-frame").get_by_text(re.compile("unsubscribe", re.I)).first
    with page.context.expect_page() as opened:
        link.click(timeout=PATIENCE)
    reader = opened.value
    expect(reader.get_by_role("heading", name="Unsubscribe?")).to_be_visible()
    reader.get_by_role("button", name="Unsubscribe").click()
    expect(reader.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    expect(page.locator(".rp-mail-list .rp-left").first).to_have_text("Unsubscribed just now")
    expect(page.locator(".rp-mail-head .rp-left")).to_have_text("Unsubscribed just now")
    page.get_by_role("link", name="Why they got it").click()
    expect(page.get_by_text("Unsubscribed from email")).to_be_visible(timeout=PATIENCE)
    assert run
    page.goto(f"{served_app}/runs/{run[1]}")
    deliver(page)
    expect(
        page.get_by_text(re.compile(r"unsubscribed just now: \d+ emails? left out"))
    ).to_be_visible(timeout=PATIENCE)
    reader.get_by_role("button", name="Subscribe again").click()
    expect(reader.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_a_mail_program_unsubscribes_in_one_click(page: Page, served_app: str) -> None:
    delivered(page, served_app)
    key = key_of(page)
    status, text = posted(f"{served_app}/unsubscribe/{key}", b"List-Unsubscribe=One-Click")
    assert (status, "You are unsubscribed" in text) == (200, True)
    expect(page.locator(".rp-mail-head .rp-left")).to_have_text("Unsubscribed just now")
    assert posted(f"{served_app}/unsubscribe/{key}", b"again=1")[0] == 200


def test_a_reader_chooses_channels_and_lists(page: Page, served_app: str) -> None:
    delivered(page, served_app)
    page.goto(f"{served_app}/preferences/{key_of(page)}")
    email = page.get_by_role("checkbox", name=re.compile("^Email"))
    expect(email).to_be_checked()
    lists = page.get_by_role("group", name="What you hear about").get_by_role("checkbox")
    expect(lists.first).to_be_checked()
    lists.first.uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.reload()
    expect(lists.first).not_to_be_checked()
    expect(email).to_be_checked()


def test_the_message_is_shown_as_a_page_that_runs_nothing(page: Page, served_app: str) -> None:
    delivered(page, served_app)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="As a page").click()
    expect(opened.value.get_by_text("Juniper & Slate").first).to_be_visible()
    answer = page.request.get(opened.value.url)
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("place", ["unsubscribe", "preferences", "view"])
def test_a_wrong_key_gets_a_kind_page(served_app: str, place: str) -> None:
    for key in ("0" * 32, "..%2F..%2Fetc", "%00"):
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(f"{served_app}/{place}/{key}")
        assert refused.value.code == 404
    assert posted(f"{served_app}/unsubscribe/{'0' * 32}", b"again=1")[0] == 404

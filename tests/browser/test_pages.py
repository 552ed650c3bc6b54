"""What a person does with the pages around the editor, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

RUN = re.compile(r"/runs/\w+")
PATIENCE = 30_000
KLAVIYO = {
    "name": "Brought along",
    "status": "draft",
    "definition": {
        "triggers": [{"type": "list", "id": "NEWS"}],
        "profile_filter": None,
        "entry_action_id": "1",
        "actions": [
            {
                "id": "1",
                "type": "time-delay",
                "data": {"unit": "days", "value": 1, "secondary_value": 0, "timezone": "profile"},
                "links": {"next": None},
            }
        ],
    },
}


def rehearse(page: Page, address: str, flow: str, people: int = 300) -> str:
    """Rehearse a flow from the gallery and wait for its figures; gives the run's address."""
    begin(page, address, flow, people)
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=PATIENCE)
    return page.url.partition("?")[0]


def begin(page: Page, address: str, flow: str, people: int) -> None:
    """Start a rehearsal of a flow from the gallery."""
    page.goto(address)
    page.get_by_label(f"Pick {flow}").click(force=True)
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_label("How many").fill(str(people))
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(RUN)


def tile(page: Page, label: str) -> str:
    """The figure of a tile."""
    stat = page.locator(".rh-stat", has=page.get_by_text(label, exact=True))
    return stat.locator(".rh-stat-value").inner_text()


def test_the_gallery_shows_eight_samples(page: Page, served_app: str) -> None:
    page.goto(served_app)
    names = page.locator(".rp-flow-name")
    expect(names).to_have_count(8)
    assert names.first.inner_text() == "Welcome series"


def test_a_klaviyo_file_is_imported_and_opens(page: Page, served_app: str, tmp_path: Path) -> None:
    file = tmp_path / "brought.json"
    file.write_text(json.dumps(KLAVIYO))
    page.goto(served_app)
    page.get_by_role("button", name="Import").click()
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url(re.compile(r"/flows/\w+"))
    page.goto(served_app)
    expect(page.get_by_role("link", name="Brought along")).to_be_visible()


def test_a_file_that_is_no_flow_is_refused_with_the_place(
    page: Page, served_app: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"name": "x", "definition": {"triggers": 3}}')
    page.goto(served_app)
    page.get_by_role("button", name="Import").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("“bad.json” cannot be imported")).to_be_visible()
    expect(page.get_by_text("$.definition.triggers")).to_be_visible()


def test_a_flow_goes_to_the_trash_and_comes_back(page: Page, served_app: str) -> None:
    page.goto(served_app)
    card = page.locator(".rp-flow", has_text="Birthday")
    card.get_by_label("More").click()
    page.get_by_text("Move to trash").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card).to_have_count(1)


def test_a_rehearsal_ends_in_figures(page: Page, served_app: str) -> None:
    rehearse(page, served_app, "Welcome series")
    assert int(tile(page, "Entered")) > 0
    expect(page.get_by_text("What people come back for")).to_be_visible()


def test_a_person_is_found_and_their_story_told(page: Page, served_app: str) -> None:
    run = rehearse(page, served_app, "Welcome series")
    page.goto(f"{run}?tab=people")
    page.locator(".rp-people tbody tr").first.click()
    page.wait_for_url(re.compile("/people/"))
    expect(page.get_by_text("Entered Welcome series")).to_be_visible()
    page.get_by_role("button", name="On the map").click()
    expect(page.locator(".rp-person-map [data-steps]")).to_be_visible()


def test_a_delivered_sample_is_read_in_the_inbox(page: Page, served_app: str) -> None:
    rehearse(page, served_app, "Welcome series")
    page.get_by_role("button", name="Deliver a sample").click()
    page.get_by_role("button", name="Deliver", exact=True).click()
    page.get_by_role("button", name="Open the inbox").click(timeout=PATIENCE)
    page.wait_for_url(re.compile("/inbox"))
    page.locator(".rp-mail-row").first.click()
    body = page.frame_locator(".rp-mail-frame")
    expect(body.get_by_text("Juniper & Slate").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Headers").click()
    expect(page.get_by_text("X-Rehearsal-Flow")).to_be_visible()


def test_a_run_survives_a_reload_of_its_page(page: Page, served_app: str) -> None:
    begin(page, served_app, "Abandoned checkout", 600_000)
    page.reload()
    expect(page.get_by_text("Rehearsing", exact=True)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("This run was cancelled")).to_be_visible(timeout=PATIENCE)


def test_two_runs_are_compared(page: Page, served_app: str) -> None:
    before = rehearse(page, served_app, "Win-back", 200)
    after = rehearse(page, served_app, "Win-back", 400)
    a, b = (address.rpartition("/")[2] for address in (before, after))
    page.goto(f"{served_app}/compare?a={a}&b={b}")
    expect(page.get_by_role("button", name="Per 1,000 people")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^People"))
    assert row.inner_text().split("\t") == ["People", "200", "400"]


def test_people_from_a_file_take_part(page: Page, served_app: str, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("id,email,timezone\na,a@example.com,Europe/Paris\nb,,Nowhere\n")
    page.goto(served_app)
    page.get_by_label("Pick Welcome series").click(force=True)
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_role("button", name="People from a file").click()
    page.locator("input[type=file]").first.set_input_files(file)
    expect(
        page.get_by_text("1 person; 1 row cannot be used, as the run will list.")
    ).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("tab", name="Left out (1)").click(timeout=PATIENCE)
    expect(page.get_by_text("customers.csv, line 3")).to_be_visible()


def test_a_figure_is_changed_and_rehearsed_again(page: Page, served_app: str) -> None:
    before = rehearse(page, served_app, "Win-back", 200)
    page.get_by_role("tab", name="Assumptions").click()
    page.get_by_label("24 % of people open a win-back email").fill("90")
    page.get_by_role("button", name="Rehearse with these").click()
    page.wait_for_url(lambda address: "/runs/" in address and before not in address)
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Behaviour · email · winback")).to_be_visible(timeout=PATIENCE)


def test_an_address_that_leads_nowhere_says_so(page: Page, served_app: str) -> None:
    page.goto(f"{served_app}/runs/none")
    expect(page.get_by_text("No such run", exact=True)).to_be_visible()


def test_a_rehearsal_takes_a_catalogue_and_objects_from_files(
    page: Page, served_app: str, tmp_path: Path
) -> None:
    shop, people, pets = (tmp_path / name for name in ("shop.csv", "people.csv", "pets.csv"))
    shop.write_text("id,price,at\npot,30,\npot,20,2026-01-20\nmug,cheap,\n")
    people.write_text("id,email\nann,ann@example.com\n")
    pets.write_text("profile,object_type,id\nann,Pet,1\n")
    page.goto(served_app)
    page.get_by_label("Pick Birthday").click(force=True)
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_role("button", name="The shop").click()
    files = page.locator("input[type=file]")
    files.last.set_input_files(shop)
    expect(page.get_by_text("1 item, 1 change of price or stock. 1 row")).to_be_visible()
    page.get_by_text("People from a file").click()
    files.nth(0).set_input_files(people)
    expect(page.get_by_text("1 person.", exact=True)).to_be_visible()
    files.nth(2).set_input_files(pets)
    expect(page.get_by_text("1 person and 1 object.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(RUN)
    expect(page.get_by_text("Finished").first).to_be_visible(timeout=PATIENCE)


def test_a_coupon_stays_in_the_settings(page: Page, served_app: str) -> None:
    page.goto(f"{served_app}/settings")
    every = page.get_by_role("switch", name="Every coupon that a message asks for exists")
    page.get_by_role("button", name="Coupons").click()
    every.click()
    page.get_by_role("button", name="Add a coupon").click()
    page.get_by_label("Name", exact=True).fill("WELCOME")
    page.get_by_label("Codes left (empty: any)").fill("500")
    page.get_by_role("tab", name="Organisation").click()
    expect(page.get_by_label("Postal address")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Coupons").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("WELCOME")
    expect(page.get_by_label("Codes left (empty: any)")).to_have_value("500")
    every.click()
    expect(page.get_by_label("Name", exact=True)).to_have_count(0)

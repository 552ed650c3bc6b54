"""The committed reference pages are those that the code renders."""

from pathlib import Path

import pytest

from flows.actions import ACTIONS
from flows.reference import pages
from flows.reference.codes import Code, codes

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_up_to_date(name: str) -> None:
    committed = (FOLDER / name).read_text("utf-8")
    assert committed == PAGES[name], "run: python -m flows.reference docs/reference"


def test_every_action_has_its_place() -> None:
    page = PAGES["actions.md"]
    assert all(f"(`{kind.model_fields['type'].default}`)" in page for kind in ACTIONS)


def test_codes_are_read_out_of_the_code() -> None:
    found = codes("DR")
    assert Code("R08", "error", "Nothing starts this flow.") in found
    assert Code("D08", "error", "… steps have the id “…”.") in found
    assert {f"D0{n}" for n in range(1, 9)} <= {one.code for one in found}

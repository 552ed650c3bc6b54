"""The committed reference pages of the app are those that the code renders."""

from pathlib import Path

import pytest

from app.reference import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_is_up_to_date(name: str) -> None:
    committed = (FOLDER / name).read_text("utf-8")
    assert committed == pages()[name], "run: python -m app.reference docs/reference"


def test_options_are_written_as_the_command_line_takes_them() -> None:
    page = pages()["command-line.md"]
    assert "| `--as-live/--as-is` | Treat draft and manual steps as live. | `--as-live` |" in page
    assert "| `--json` | Print JSON instead of a table. |  |" in page
    assert "| `--keep all or sends or summary` | Which tables to write. | `all` |" in page


def test_what_the_code_says_of_a_setting_stands_beside_it() -> None:
    page = pages()["settings.md"]
    assert (
        "| `as_live` | true or false | `true` | Draft and manual actions run as if live. |" in page
    )

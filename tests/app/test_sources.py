"""Uploaded files of people: where they are kept, and how a scenario names them."""

from pathlib import Path

import pytest

from app.errors import UnreadablePeopleError
from app.given import GivenFiles
from app.pages.people_files import Checked, check_people
from app.sources import PeopleFiles, Upload, files_of, place_for, with_files
from simulator.scenario import Scenario


@pytest.mark.parametrize("name", ["../../etc/people.csv", "/etc/people.CSV", "people.csv"])
def test_nothing_but_the_ending_of_an_uploaded_name_is_used(name: str, tmp_path: Path) -> None:
    upload, place = place_for(name, tmp_path)
    assert (place.parent, place.suffix, upload.name.lower()) == (tmp_path, ".csv", "people.csv")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePeopleError, match="has to end with"):
        place_for("people.exe", tmp_path)


def test_a_scenario_carries_its_files_through_the_store() -> None:
    files = PeopleFiles(profiles=Upload(file="1.csv", name="people.csv"))
    stored = with_files(Scenario(days=7), files).model_dump_json()
    again = Scenario.model_validate_json(stored)
    assert (files_of(again), again.days) == (files, 7)
    assert files_of(with_files(again, None)) is None


def test_a_file_is_checked_as_a_run_would_read_it(tmp_path: Path) -> None:
    people, events = tmp_path / "people.csv", tmp_path / "events.csv"
    people.write_text("id,email\na,a@example.com\nb,b@example.com\na,twice@example.com\n")
    events.write_text("profile,metric,time\na,Placed Order,2026-01-01T00:00:00Z\n")
    assert check_people(GivenFiles(people)) == Checked(
        "2 people; 1 row cannot be used, as the run will list.", True, True
    )
    text = "2 people and 1 event; 1 row cannot be used, as the run will list."
    assert check_people(GivenFiles(people, events)) == Checked(text, True, True)


def test_a_file_without_ids_is_refused_with_the_reason(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name\nAnn\n")
    checked = check_people(GivenFiles(people))
    assert not checked.usable
    assert "“id” is missing" in checked.text

"""What is written is read again as the same people and the same events, in every form."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from effort import examples
from exchange_people import owners, populations, told_events, told_objects, told_people
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.people import Population
from storage.exchange import (
    read_events,
    read_objects,
    read_profiles,
    write_events,
    write_objects,
    write_profiles,
)

FORMS = ("csv", "jsonl", "parquet")


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=examples(40))
@given(population=populations())
def test_people_survive_a_file(form: str, population: Population) -> None:
    assume(form != "jsonl" or len(population.profiles))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"people.{form}")
        write_profiles(population.profiles, path)
        given_back = read_profiles(path)
    assert given_back.rejected == ()
    assert told_people(given_back.profiles) == told_people(population.profiles)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=examples(40))
@given(population=populations())
def test_events_survive_a_file(form: str, population: Population) -> None:
    assume(form != "jsonl" or population.events)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"events.{form}")
        write_events(population, path)
        given_back = read_events(path, population.profiles)
    assert given_back.rejected == ()
    assert told_events(given_back.events) == told_events(population.events)


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, max_examples=examples(40))
@given(population=owners())
def test_objects_survive_a_file(form: str, population: Population) -> None:
    assume(form != "jsonl" or population.objects)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"objects.{form}")
        write_objects(population, path)
        given_back = read_objects(path, population.profiles)
    assert given_back.rejected == ()
    assert told_objects(given_back.objects) == told_objects(population.objects)


@settings(deadline=None, max_examples=examples(40))
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=5),
                 min_size=1, max_size=4),
        max_size=5,
    )
)  # fmt: skip
def test_every_record_of_a_csv_file_is_a_person_or_refused_with_its_line(
    records: list[list[str]],
) -> None:
    rows = [["id", "one", "two"], *([f"p{n}", *cells] for n, cells in enumerate(records))]
    written = [_csv(row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        path.write_text("".join(written), encoding="utf-8", newline="")
        given_back = read_profiles(path)
    assert list(given_back.profiles.ids) == [row[0] for row in rows[1:] if len(row) == 3]
    assert [one.where for one in given_back.rejected] == [
        f"people.csv:{1 + _lines(written[:place])}"
        for place, row in enumerate(rows)
        if len(row) != 3
    ]


def _csv(row: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(row)
    return text.getvalue()


def _lines(written: list[str]) -> int:
    return sum(len(list(io.StringIO(text, newline=""))) for text in written)

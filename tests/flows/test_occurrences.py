"""When people's dates start a date flow (semantics B.3, date flows)."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from clocks import NEW_YORK, PARIS, shown
from fake_scene import at
from hypothesis import given
from hypothesis import strategies as st

from flows.columns import LONG_AGO, NEVER, Column
from flows.timing import last_entry, next_entry, occurrences
from flows.triggers.date import DateTrigger, ProfileDateTrigger


def trigger(recurrence: str, before: int = 0, unit: str = "days", **more: Any) -> DateTrigger:
    return ProfileDateTrigger.model_validate(
        {
            "type": "date",
            "date_field_type": "profile-property",
            "date_profile_property": "birthday",
            "timedelta_value_before_date": before,
            "timedelta_unit_before_date": unit,
            "recurrence_frequency": recurrence,
            "trigger_time": "09:00:00",
        }
        | more
    )


def entries(written: str, started_by: DateTrigger, start: str, end: str) -> list[str]:
    """The wall-clock times in New York at which a person with this date enters."""
    found = occurrences(
        Column.of([written]),
        Column.of([NEW_YORK]),
        started_by,
        start=at(start),
        end=at(end),
    )
    return [moment[:16] for moment in shown(found.at, NEW_YORK)]


@pytest.mark.parametrize(
    ("written", "recurrence", "expected"),
    [
        ("1990-05-20", "annually", ["2026-05-20T09:00", "2027-05-20T09:00"]),
        ("1990-05-20T23:30:00Z", "annually", ["2026-05-20T09:00", "2027-05-20T09:00"]),
        ("05/20/1990", "annually", ["2026-05-20T09:00", "2027-05-20T09:00"]),
        ("1992-02-29", "annually", ["2026-02-28T09:00", "2027-02-28T09:00"]),
        ("2027-02-28", "never", ["2027-02-28T09:00"]),
        ("1990-02-28", "never", []),
        ("some day", "annually", []),
        ("2026-02-30", "annually", []),
    ],
)
def test_a_date_comes_back_every_year_or_once(
    written: str, recurrence: str, expected: list[str]
) -> None:
    assert entries(written, trigger(recurrence), "2026-01-01", "2028-01-01") == expected


def test_the_29th_of_february_has_its_own_day_in_leap_years() -> None:
    assert entries("1992-02-29", trigger("annually"), "2028-01-01", "2029-12-31") == [
        "2028-02-29T09:00",
        "2029-02-28T09:00",
    ]


def test_the_31st_comes_on_the_last_day_of_every_month() -> None:
    assert entries("2020-12-31", trigger("monthly"), "2026-01-15", "2026-06-15") == [
        "2026-01-31T09:00",
        "2026-02-28T09:00",
        "2026-03-31T09:00",
        "2026-04-30T09:00",
        "2026-05-31T09:00",
    ]


def test_a_week_comes_back_on_the_same_weekday() -> None:
    assert entries("2020-01-01", trigger("weekly"), "2026-01-01", "2026-01-20") == [
        "2026-01-07T09:00",
        "2026-01-14T09:00",
    ]


@pytest.mark.parametrize(
    ("before", "unit", "expected"),
    [(7, "days", "2026-03-24"), (2, "weeks", "2026-03-17"), (1, "months", "2026-02-28")],
)
def test_the_flow_starts_a_span_before_the_date(before: int, unit: str, expected: str) -> None:
    found = entries("1990-03-31", trigger("annually", before, unit), "2026-01-01", "2026-12-31")
    assert found == [f"{expected}T09:00"]


def test_a_date_of_next_january_starts_in_december() -> None:
    found = entries("1990-01-03", trigger("annually", 7), "2026-06-01", "2027-06-01")
    assert found == ["2026-12-27T09:00"]


def test_a_date_on_the_wrong_weekday_waits_for_the_first_allowed() -> None:
    mondays = trigger("monthly", trigger_days=["monday"])
    assert entries("2020-01-15", mondays, "2026-01-01", "2026-03-01") == [
        "2026-01-19T09:00",
        "2026-02-16T09:00",
    ]


def test_the_time_is_that_of_each_zone_and_the_day_is_told() -> None:
    dates, zones = Column.of(["1990-05-20", None]), Column.of([PARIS, PARIS])
    start = np.array([at("2026-05-01")] * 2)
    when, day = next_entry(dates, zones, trigger("annually", 1), start)
    assert shown(when[:1], PARIS) == ["2026-05-19T09:00:00+02:00"]
    assert (str(day.astype("datetime64[D]")[0]), when[1]) == ("2026-05-20", NEVER)


def test_an_entry_is_asked_for_from_its_own_moment_on() -> None:
    dates, zones = Column.of(["1990-05-20"]), Column.of([PARIS])
    moment = np.array([at("2026-05-20T09:00+02:00")])
    again, _ = next_entry(dates, zones, trigger("annually"), moment)
    after, _ = next_entry(dates, zones, trigger("annually"), moment + 1)
    assert shown(np.array([again[0], after[0]]), PARIS) == [
        "2026-05-20T09:00:00+02:00",
        "2027-05-20T09:00:00+02:00",
    ]


RECURRENCES = st.sampled_from(["annually", "monthly", "weekly", "never"])
SPANS = st.tuples(st.integers(0, 20), st.sampled_from(["days", "weeks", "months"]))
WEEKDAYS = st.none() | st.lists(st.sampled_from(["monday", "thursday"]), min_size=1, max_size=2)


@given(
    st.dates(date(1930, 1, 1), date(2030, 1, 1)),
    RECURRENCES,
    SPANS,
    WEEKDAYS,
    st.integers(0, 1000),
)
def test_no_entry_is_missed(
    born: date, recurrence: str, span: tuple[int, str], days: list[str] | None, begin: int
) -> None:
    started_by = trigger(recurrence, *span, trigger_days=days)
    start = date(2026, 1, 1) + timedelta(days=begin)
    middle, end = start + timedelta(days=97), start + timedelta(days=800)
    whole = entries(str(born), started_by, str(start), str(end))
    halves = entries(str(born), started_by, str(start), str(middle)) + entries(
        str(born), started_by, str(middle), str(end)
    )
    assert whole == halves == sorted(whole)
    yearly = {"annually": (2, 3), "monthly": (26, 27), "weekly": (114, 115), "never": (0, 1)}
    low, high = yearly[recurrence]
    # Weeks less months, rolled to a weekday, may fall on one day twice: that is one entry.
    assert low - (8 if (recurrence, span[1]) == ("weekly", "months") else 0) <= len(whole) <= high


@given(
    st.lists(
        st.tuples(st.none() | st.dates().map(str), st.sampled_from([NEW_YORK, PARIS])),
        min_size=1,
        max_size=5,
    ),
    RECURRENCES,
    SPANS,
)
def test_people_together_enter_as_each_alone(
    rows: list[tuple[str | None, str]], recurrence: str, span: tuple[int, str]
) -> None:
    started_by = trigger(recurrence, *span)
    dates, zones = Column.of(d for d, _ in rows), Column.of(z for _, z in rows)
    start, end = at("2026-01-01"), at("2027-06-01")
    found = occurrences(dates, zones, started_by, start=start, end=end)
    alone = [
        (i, moment)
        for i in range(len(rows))
        for moment in occurrences(
            dates.take(np.array([i])), zones.take(np.array([i])), started_by, start=start, end=end
        ).at.tolist()
    ]
    assert list(zip(found.rows.tolist(), found.at.tolist(), strict=True)) == alone


def test_what_has_begun_last_is_told_with_its_day() -> None:
    dates, zones = Column.of(["1990-05-20", "some day"]), Column.of([PARIS, PARIS])
    moment = np.array([at("2026-05-19T09:00+02:00")] * 2)
    when, day = last_entry(dates, zones, trigger("annually", 1), moment)
    before, _ = last_entry(dates, zones, trigger("annually", 1), moment - 1)
    assert shown(np.array([when[0], before[0]]), PARIS) == [
        "2026-05-19T09:00:00+02:00",
        "2025-05-19T09:00:00+02:00",
    ]
    assert (str(day.astype("datetime64[D]")[0]), when[1]) == ("2026-05-20", LONG_AGO)


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    RECURRENCES,
    SPANS,
    WEEKDAYS,
    st.integers(0, 1000),
)
def test_what_has_begun_last_is_the_last_of_all_that_have_begun(
    written: date, recurrence: str, span: tuple[int, str], weekdays: list[str] | None, days: int
) -> None:
    started_by = trigger(recurrence, *span, trigger_days=weekdays)
    dates, zones = Column.of([written.isoformat()]), Column.of([NEW_YORK])
    until = at("2026-01-01") + days * 86_400_000_000
    found = occurrences(dates, zones, started_by, start=at("2022-06-01"), end=until + 1)
    last, day = last_entry(dates, zones, started_by, np.array([until]))
    expected = [(int(found.at[-1]), int(found.target_day[-1]))] if len(found.at) else []
    assert [(int(last[0]), int(day[0]))] == (expected or [(LONG_AGO, int(day[0]))])

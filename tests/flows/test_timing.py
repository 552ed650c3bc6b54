"""Zones, quiet hours and the dates that steps wait for (semantics B.3)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from clocks import CLOCKS, NEW_YORK, PARIS, ROWS, ZONES, columns, shown
from fake_scene import EPOCH, at
from hypothesis import given

from flows.actions.countdown_delay import CountdownDelayData
from flows.actions.target_date import TargetDateData
from flows.columns import Column
from flows.timing import (
    clock,
    countdown_moment,
    is_skipped,
    known_zone,
    known_zones,
    local_days,
    quiet_until,
    target_moment,
    to_local,
    to_utc,
)


def quiet(text: str, zone: str = NEW_YORK, start: str = "21:00", end: str = "08:00") -> str:
    now = np.array([at(text)])
    return shown(quiet_until(now, Column.of([zone]), start, end), zone)[0]


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-06-02T20:59:59-04:00", "2026-06-02T20:59:59-04:00"),
        ("2026-06-02T21:00:00-04:00", "2026-06-03T08:00:00-04:00"),
        ("2026-06-03T00:00:00-04:00", "2026-06-03T08:00:00-04:00"),
        ("2026-06-03T07:59:59-04:00", "2026-06-03T08:00:00-04:00"),
        ("2026-06-03T08:00:00-04:00", "2026-06-03T08:00:00-04:00"),
        ("2026-03-07T23:00:00-05:00", "2026-03-08T08:00:00-04:00"),
    ],
)
def test_quiet_hours_hold_a_message_until_the_morning(now: str, end: str) -> None:
    assert quiet(now) == end


def test_quiet_hours_may_lie_within_a_day() -> None:
    assert quiet("2026-06-02T13:30:00-04:00", start="12:00", end="14:00") == (
        "2026-06-02T14:00:00-04:00"
    )
    assert quiet("2026-06-02T11:30:00-04:00", start="12:00", end="14:00") == (
        "2026-06-02T11:30:00-04:00"
    )


def test_quiet_hours_that_end_in_an_hour_shown_twice_end_at_its_second_for_who_is_in_it() -> None:
    assert quiet("2026-11-01T01:10:00-05:00", end="01:30") == "2026-11-01T01:30:00-05:00"


@pytest.mark.parametrize("bounds", [("09:00", "09:00"), ("soon", "08:00"), ("21:00", "")])
def test_a_window_without_two_bounds_closes_nothing(bounds: tuple[str, str]) -> None:
    night = "2026-06-03T03:00:00-04:00"
    assert quiet(night, NEW_YORK, *bounds) == night


DAY_OF = (datetime(2026, 3, 31).toordinal(), datetime(2026, 3, 1).toordinal())
SPRING = np.array(DAY_OF) - datetime(1970, 1, 1).toordinal()


def test_a_countdown_waits_until_a_span_before_the_date() -> None:
    zone = Column.of([NEW_YORK, PARIS])
    data = CountdownDelayData(unit="months", value=1, delay_until_time="09:00")
    due = countdown_moment(SPRING, zone, data)
    assert shown(due[:1], NEW_YORK) == ["2026-02-28T09:00:00-05:00"]
    assert shown(due[1:], PARIS) == ["2026-02-01T09:00:00+01:00"]
    week = CountdownDelayData(unit="weeks", value=1, delay_until_weekdays=("friday",))
    assert shown(countdown_moment(SPRING, zone, week)[:1], NEW_YORK) == [
        "2026-03-27T00:00:00-04:00"
    ]


def test_the_target_date_is_the_day_itself_or_the_next_allowed() -> None:
    zone = Column.of([PARIS, PARIS])
    assert shown(target_moment(SPRING, zone, TargetDateData(target_time="10:30")), PARIS) == [
        "2026-03-31T10:30:00+02:00",
        "2026-03-01T10:30:00+01:00",
    ]
    weekend = TargetDateData(target_time="10:30", target_days=("saturday",))
    assert shown(target_moment(SPRING, zone, weekend), PARIS) == [
        "2026-04-04T10:30:00+02:00",
        "2026-03-07T10:30:00+01:00",
    ]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("09:30", 570), ("9:30:00", 570), ("00:00", 0), ("23:59:00.000", 1439)],
)
def test_a_time_of_day_is_read(text: str, minutes: int) -> None:
    assert clock(text) == minutes * 60_000_000


@pytest.mark.parametrize("text", [None, "", "24:00", "9", "09:60", "morning", "09:00 "])
def test_what_is_no_time_of_day_is_none(text: str | None) -> None:
    assert clock(text) is None


def test_a_person_without_a_known_zone_lives_in_the_accounts() -> None:
    zones = Column.of([PARIS, None, "Mars/Olympus", "../etc/passwd", "America"])
    assert known_zones(zones, NEW_YORK).values() == [PARIS, *[NEW_YORK] * 4]
    assert known_zones(zones, "Mars/Olympus").values() == [PARIS, *["UTC"] * 4]
    assert [known_zone(name) for name in ("Europe/Paris", "", "profile", "Europe")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_day_begins_at_local_midnight() -> None:
    moment = np.array([at("2026-03-10T02:00:00Z")] * 2)
    zones = Column.of([PARIS, NEW_YORK])
    days = local_days(moment, zones).astype("datetime64[D]")
    assert [str(day) for day in days] == ["2026-03-10", "2026-03-09"]


@given(ROWS, CLOCKS, CLOCKS)
def test_a_released_message_is_never_inside_the_quiet_hours(
    rows: list[tuple[int, str | None]], start: str, end: str
) -> None:
    now, zone = columns(rows)
    release = quiet_until(now, zone, start, end)
    assert (release >= now).all()
    assert quiet_until(release, zone, start, end).tolist() == release.tolist()
    alone = [
        int(quiet_until(now[i : i + 1], Column.of([name]), start, end)[0])
        for i, (_, name) in enumerate(rows)
    ]
    assert release.tolist() == alone


@given(ROWS)
def test_local_time_is_that_of_the_zone(rows: list[tuple[int, str | None]]) -> None:
    now, zone = columns(rows)
    expected = [
        (EPOCH + timedelta(microseconds=moment)).astimezone(
            ZoneInfo(name) if name in ZONES and name else UTC
        )
        for moment, name in rows
    ]
    found = [EPOCH + timedelta(microseconds=int(moment)) for moment in to_local(now, zone)]
    assert [moment.replace(tzinfo=None) for moment in found] == [
        moment.replace(tzinfo=None) for moment in expected
    ]


@given(ROWS)
def test_local_time_goes_back_to_the_instant_it_came_from(
    rows: list[tuple[int, str | None]],
) -> None:
    now, zone = columns(rows)
    wall = to_local(now, zone)
    first, second = to_utc(wall, zone), to_utc(wall, zone, later=True)
    assert ((first == now) | (second == now)).all()
    assert (first <= second).all()
    assert not is_skipped(wall, zone).any()


@given(ROWS)
def test_a_skipped_time_gives_the_first_instant_after_the_gap(
    rows: list[tuple[int, str | None]],
) -> None:
    wall, zone = columns(rows)
    instant = to_utc(wall, zone)
    skipped = is_skipped(wall, zone)
    assert (to_local(instant, zone)[~skipped] == wall[~skipped]).all()
    assert (to_local(instant, zone)[skipped] > wall[skipped]).all()
    before = to_local(instant - 1, zone)
    assert (before[skipped] < wall[skipped]).all()

"""Until when a text waits, by the clock of its number and the laws that bind it (B.3, E14)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import re2
from fake_scene import at, scene
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.quiet import quiet_end, quiet_words
from flows.columns import Column
from flows.phone_numbers import area_zones, country, first_digits, is_texan, valid_numbers
from flows.rules import QuietHours, Rules
from flows.timing.week import easter, french_holidays

NEW_YORK, LOS_ANGELES, IDAHO = "+12125550100", "+14155550100", "+12085550100"
DALLAS, NOWHERE, TORONTO, VANCOUVER = "+12145550100", "+15555550100", "+14165550100", "+16045550100"
LONDON, PARIS, SYDNEY = "+447700900123", "+33639980012", "+61491570006"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ALL = np.arange(1)


def release(number: str | None, now: str, **quiet: Any) -> str:
    """When a text that is ready at this UTC time goes out, in UTC."""
    asked = scene(
        now,
        properties={"phone_number": [number]},
        rules=Rules(quiet_hours=QuietHours(**quiet), account_timezone="America/Denver"),
    )
    later = EPOCH + timedelta(microseconds=int(quiet_end(asked, ALL)[0]))
    return f"{later:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("number", "now", "later"),
    [
        pytest.param(NEW_YORK, "2026-01-06T01:59", "2026-01-06 01:59", id="20:59 in New York"),
        pytest.param(NEW_YORK, "2026-01-06T02:00", "2026-01-06 13:00", id="21:00 in New York"),
        pytest.param(NEW_YORK, "2026-01-06T13:00", "2026-01-06 13:00", id="08:00 in New York"),
        pytest.param(LOS_ANGELES, "2026-01-06T02:00", "2026-01-06 02:00", id="18:00 in California"),
        pytest.param(LOS_ANGELES, "2026-01-06T06:00", "2026-01-06 16:00", id="22:00 in California"),
        pytest.param(IDAHO, "2026-01-06T04:30", "2026-01-06 16:00", id="two zones, night in one"),
        pytest.param(VANCOUVER, "2026-01-06T04:30", "2026-01-06 04:30", id="20:30 in Vancouver"),
        pytest.param(DALLAS, "2026-01-06T02:30", "2026-01-06 02:30", id="20:30 in Dallas"),
        pytest.param(LONDON, "2026-07-01T20:30", "2026-07-02 07:00", id="summer in London"),
        pytest.param(SYDNEY, "2026-01-06T10:30", "2026-01-06 21:00", id="21:30 in Sydney"),
        pytest.param(NOWHERE, "2026-01-06T05:00", "2026-01-06 15:00", id="the account's clock"),
        pytest.param(None, "2026-01-06T05:00", "2026-01-06 15:00", id="no number"),
    ],
)
def test_texts_wait_by_the_area_code_and_elsewhere_by_the_eastern_zone(
    number: str | None, now: str, later: str
) -> None:
    assert release(number, now) == later


@pytest.mark.parametrize(
    ("number", "now", "later"),
    [
        (LOS_ANGELES, "2026-01-06T02:00", "2026-01-06 13:00"),
        (VANCOUVER, "2026-01-06T02:00", "2026-01-06 13:00"),
        (LONDON, "2026-01-06T02:00", "2026-01-06 08:00"),
        (NOWHERE, "2026-01-06T02:00", "2026-01-06 13:00"),
    ],
)
def test_the_eastern_clock_holds_for_the_whole_country(number: str, now: str, later: str) -> None:
    assert release(number, now, mode="eastern") == later


@pytest.mark.parametrize(
    ("now", "later"),
    [
        pytest.param("2026-01-06T15:30", "2026-01-06 16:00", id="Tuesday 10:30, opens at 11"),
        pytest.param("2026-01-06T16:00", "2026-01-06 16:00", id="Tuesday 11:00"),
        pytest.param("2026-01-07T00:59", "2026-01-07 00:59", id="Tuesday 19:59"),
        pytest.param("2026-01-07T01:00", "2026-01-07 16:00", id="Tuesday 20:00"),
        pytest.param("2026-01-11T01:00", "2026-01-11 19:00", id="Saturday 20:00, Sunday at 14"),
        pytest.param("2026-01-11T18:59", "2026-01-11 19:00", id="Sunday 13:59"),
        pytest.param("2026-01-12T01:00", "2026-01-12 16:00", id="Sunday 20:00, Monday at 11"),
    ],
)
def test_numbers_of_texas_have_hours_of_their_own(now: str, later: str) -> None:
    assert release(DALLAS, now, mode="eastern") == later
    assert release(DALLAS, now, state_rules=True) == later


def test_by_area_code_the_hours_of_states_are_asked_for() -> None:
    assert release(DALLAS, "2026-01-06T15:30") == "2026-01-06 15:30"
    assert release(NEW_YORK, "2026-01-06T15:30", state_rules=True) == "2026-01-06 15:30"


@pytest.mark.parametrize("mode", ["area-code", "eastern"])
@pytest.mark.parametrize(
    ("now", "later"),
    [
        pytest.param("2026-01-06T20:59", "2026-01-06 20:59", id="Tuesday 21:59"),
        pytest.param("2026-01-06T21:00", "2026-01-07 07:00", id="Tuesday 22:00"),
        pytest.param("2026-01-10T21:00", "2026-01-12 07:00", id="Saturday 22:00, over Sunday"),
        pytest.param("2026-01-11T11:00", "2026-01-12 07:00", id="Sunday noon"),
        pytest.param("2026-04-05T10:00", "2026-04-07 06:00", id="Easter Sunday and Monday"),
        pytest.param("2026-05-14T10:00", "2026-05-15 06:00", id="Ascension"),
        pytest.param("2026-07-14T06:00", "2026-07-15 06:00", id="14 July, from 08:00 on"),
    ],
)
def test_french_numbers_rest_on_sundays_and_holidays(mode: Any, now: str, later: str) -> None:
    assert release(PARIS, now, mode=mode) == later


def test_the_account_chooses_its_hours_but_not_those_of_france() -> None:
    noon = {"start": "12:00", "end": "14:00"}
    assert release(LONDON, "2026-01-06T12:30", **noon) == "2026-01-06 14:00"
    assert release(LONDON, "2026-01-06T23:00", **noon) == "2026-01-06 23:00"
    assert release(PARIS, "2026-01-06T11:30", **noon) == "2026-01-06 11:30"


def test_the_hours_are_told_with_their_clock() -> None:
    def told(number: str, **quiet: Any) -> str:
        rules = Rules(quiet_hours=QuietHours(**quiet))
        return quiet_words(scene(properties={"phone_number": [number]}, rules=rules))

    assert told(LOS_ANGELES) == "21:00 to 08:00 in America/Los_Angeles"
    assert told(PARIS) == "the law of France"
    assert told(DALLAS, mode="eastern") == "21:00 to 08:00 in America/New_York and the law of Texas"


EASTERS = {
    1961: "1961-04-02",
    2000: "2000-04-23",
    2024: "2024-03-31",
    2025: "2025-04-20",
    2026: "2026-04-05",
    2027: "2027-03-28",
    2038: "2038-04-25",
    2285: "2285-03-22",
}


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter_is_known(year: int, day: str) -> None:
    assert str(easter(year)) == day


def test_the_holidays_of_france_in_2026() -> None:
    assert french_holidays(2026).astype("M8[D]").astype(str).tolist() == [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-25",
    ]


def test_the_first_digits_tell_country_area_and_state() -> None:
    numbers = [NEW_YORK, "12125550100", None, "+1 212 555", "+447", LONDON, 12125550100, PARIS]
    assert first_digits(Column.of(numbers)).values() == [
        *("1212555", None, None, None, None),
        *("4477009", None, "3363998"),
    ]
    assert (country("1212555"), country("1416555"), country("4477009"), country("0000000")) == (
        *("US", "CA", "GB"),
        "",
    )
    assert (area_zones("1212555"), area_zones("1555555"), area_zones("4477009")) == (
        ("America/New_York",),
        (),
        (),
    )
    assert area_zones("1208555") == ("America/Boise", "America/Los_Angeles")
    assert (is_texan("1214555"), is_texan("1212555"), is_texan("2145550")) == (True, False, False)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (NEW_YORK, True),
        (LONDON, True),
        (PARIS, True),
        (SYDNEY, True),
        ("+4915112345678", True),
        ("+10125550100", False),
        ("+1212555010", False),
        ("+121255501000", False),
        ("+33123", False),
        ("+990123456789", False),
        ("12125550100", False),
        ("+1 212 555 0100", False),
    ],
)
def test_a_number_is_valid_by_the_plan_of_its_country(number: str, valid: bool) -> None:
    known = frozenset(country(digits) for digits in first_digits(Column.of([number])).pool)
    assert bool(re2.search(valid_numbers(known), number)) == valid


NUMBERS = st.sampled_from(
    [NEW_YORK, LOS_ANGELES, IDAHO, DALLAS, NOWHERE, TORONTO, LONDON, PARIS, SYDNEY, "+5", None]
)
MOMENTS = st.integers(at("2025-12-20"), at("2027-01-10"))
CHOICES = st.builds(
    QuietHours,
    mode=st.sampled_from(["area-code", "eastern"]),
    state_rules=st.booleans(),
    start=st.sampled_from(["21:00", "12:00", "00:00"]),
    end=st.sampled_from(["08:00", "14:00", "00:00"]),
)


@given(st.lists(st.tuples(NUMBERS, MOMENTS), min_size=1, max_size=8), CHOICES)
def test_a_text_waits_as_if_alone_never_back_and_never_twice(
    asked: list[tuple[str | None, int]], quiet: QuietHours
) -> None:
    def until(rows: list[tuple[str | None, int]]) -> list[int]:
        here = scene(
            size=len(rows),
            properties={"phone_number": [number for number, _ in rows]},
            rules=Rules(quiet_hours=quiet),
        )
        here.now = np.array([moment for _, moment in rows])
        return quiet_end(here, np.arange(len(rows))).tolist()

    together = until(asked)
    assert together == [until([one])[0] for one in asked]
    assert all(later >= now for later, (_, now) in zip(together, asked, strict=True))
    held = [(number, later) for (number, _), later in zip(asked, together, strict=True)]
    assert until(held) == together


@given(MOMENTS)
def test_a_released_text_reaches_paris_by_day(now: int) -> None:
    here = scene(properties={"phone_number": [PARIS]}, rules=Rules())
    here.now = np.array([now])
    local = (EPOCH + timedelta(microseconds=int(quiet_end(here, ALL)[0]))).astimezone(
        ZoneInfo("Europe/Paris")
    )
    days = french_holidays(local.year).astype("M8[D]").astype(str).tolist()
    assert 8 <= local.hour < 22
    assert local.weekday() < 6
    assert f"{local:%Y-%m-%d}" not in days

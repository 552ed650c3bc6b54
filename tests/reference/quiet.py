"""When text messages wait (semantics B.3): by the phone number, never by the profile's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.reference.instants import local, on_clock

DAY = timedelta(days=1)
ZONES = {
    "+49": "Europe/Berlin",
    "+44": "Europe/London",
    "+33": "Europe/Paris",
    "+61": "Australia/Sydney",
    "+1202": "America/New_York",
    "+1212": "America/New_York",
    "+1416": "America/Toronto",
    "+1512": "America/Chicago",
    "+1808": "Pacific/Honolulu",
    "+1604": "America/Vancouver",
}
"""Whose clock holds, for the few beginnings of numbers that compared people have."""
EASTERN = {"+1416": "America/Toronto", "+1604": "America/Toronto"}
TEXAS = "+1512"

Hours = Callable[[date], tuple[time, time] | None]
"""From when until when messages may go out on a day; None for not at all."""


def quiet_until(phone: str, now: datetime, rules: dict[str, Any], account: str) -> datetime | None:
    """When the quiet hours that hold now end; None outside of them."""
    window = rules.get("quiet_hours") or {}
    eastern = window.get("mode") == "eastern"
    zone, hours = _clock(phone, eastern, account), _hours(phone, eastern, window)
    first = local(now, zone).date()
    for day in (first + n * DAY for n in range(30)):
        opened = hours(day)
        if opened is None:
            continue
        start, end = (on_clock(day, clock, zone) for clock in opened)
        if start <= now < end:
            return None
        if now < start:
            return start
    return None


def _clock(phone: str, eastern: bool, account: str) -> str:
    found = next((start for start in ZONES if phone.startswith(start)), None)
    if found is None:
        return account
    if eastern and found.startswith("+1"):
        return EASTERN.get(found, "America/New_York")
    return ZONES[found]


def _hours(phone: str, eastern: bool, window: dict[str, Any]) -> Hours:
    if phone.startswith("+33"):
        return _in_france
    if eastern and phone.startswith(TEXAS):
        return lambda day: (time(14 if day.weekday() == 6 else 11), time(20))
    closing = time.fromisoformat(window.get("start", "21:00"))
    opening = time.fromisoformat(window.get("end", "08:00"))
    return lambda day: (opening, closing)


def _in_france(day: date) -> tuple[time, time] | None:
    closed = day.weekday() == 6 or day in _holidays(day.year)
    return None if closed else (time(8), time(22))


def _holidays(year: int) -> set[date]:
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)
    return {date(year, *one) for one in fixed} | {_easter(year) + n * DAY for n in moving}


def _easter(year: int) -> date:
    """The Gregorian Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b - (b + 8) // 25 + 1) // 3
    g = (19 * a + b - d - f + 15) % 30
    h, i = divmod(c, 4)
    j = (32 + 2 * e + 2 * h - g - i) % 7
    k = (a + 11 * g + 22 * j) // 451
    month, day = divmod(g + j - 7 * k + 114, 31)
    return date(year, month, day + 1)

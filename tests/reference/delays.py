"""When a wait ends (semantics B.3, E3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.reference.instants import UNITS, before, local, on_clock, to_allowed

SECOND = {"hours": timedelta(minutes=1), "days": timedelta(hours=1)}


def plain_span(data: dict[str, Any]) -> timedelta:
    """The delay without its time of day and weekdays."""
    unit = data.get("unit") or "days"
    extra = (data.get("secondary_value") or 0) * SECOND.get(unit, timedelta())
    return data["value"] * UNITS[unit] + extra


def delay_end(data: dict[str, Any], now: datetime, profile_zone: str) -> datetime:
    """The end of a time delay that is reached now."""
    unit = data.get("unit") or "days"
    clock = data.get("delay_until_time")
    exact = now + plain_span(data)
    if unit != "days":
        return exact
    zone = _zone(data.get("timezone"), profile_zone)
    weekdays = data.get("delay_until_weekdays")
    if clock:
        return _until(data["value"], clock, weekdays, (now, zone))
    there = local(exact, zone)
    day = to_allowed(there.date(), weekdays)
    return exact if day == there.date() else on_clock(day, there.time(), zone)


def _until(
    days: int, clock: str, weekdays: list[str] | None, start: tuple[datetime, str]
) -> datetime:
    now, zone = start
    day = local(now, zone).date() + timedelta(days=days)
    if on_clock(day, time.fromisoformat(clock), zone) < now:
        day += timedelta(days=1)
    return on_clock(to_allowed(day, weekdays), time.fromisoformat(clock), zone)


def countdown_end(data: dict[str, Any], day: date, profile_zone: str) -> datetime:
    """The end of a countdown to that day; without a time of day, at its beginning."""
    there = before(day, data.get("value") or 0, data.get("unit") or "days")
    clock = time.fromisoformat(data.get("delay_until_time") or "00:00:00")
    zone = _zone(data.get("timezone"), profile_zone)
    return on_clock(to_allowed(there, data.get("delay_until_weekdays")), clock, zone)


def target_end(data: dict[str, Any], day: date, profile_zone: str) -> datetime:
    """The moment on the day itself, at nine unless another time is given."""
    clock = time.fromisoformat(data.get("target_time") or "09:00:00")
    zone = _zone(data.get("timezone"), profile_zone)
    return on_clock(to_allowed(day, data.get("target_days")), clock, zone)


def _zone(named: str | None, profile_zone: str) -> str:
    return profile_zone if named in {None, "profile"} else str(named)

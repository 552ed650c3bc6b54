"""What is wrong with the times, zones and spans that a step or trigger names."""

from __future__ import annotations

from collections.abc import Iterator

from flows.part import Part
from flows.problem import Problem
from flows.timing.calendar import clock
from flows.timing.delays import LONGEST
from flows.timing.zones import known_zone

_TIMES = ("delay_until_time", "target_time", "trigger_time")
_DAYS_ONLY = ("delay_until_time", "delay_until_weekdays")


def zone_problem(name: str, where: str) -> Iterator[Problem]:
    """A zone that no clock knows; `profile` stands for each person's own."""
    if name != "profile" and not known_zone(name):
        yield Problem(
            code="T01",
            severity="error",
            where=where,
            text=f"There is no time zone “{name}”; the account's is used in its place.",
            fix="Name one such as Europe/Paris, or “profile” for each person's own.",
        )


def timing_problems(data: Part, where: str) -> Iterator[Problem]:
    """Problems of the zone, times of day, spans and weekdays, whichever of them `data` has."""
    yield from zone_problem(data.__dict__.get("timezone", "profile"), f"{where}.timezone")
    for name in _TIMES:
        text = data.__dict__.get(name)
        if text is not None and clock(text) is None:
            yield Problem(
                code="T02",
                severity="error",
                where=f"{where}.{name}",
                text=f"“{text}” is no time of day.",
                fix="Write it as HH:MM, for example 09:30.",
            )
    yield from _span_problems(data, where)


def _span_problems(data: Part, where: str) -> Iterator[Problem]:
    own = data.__dict__
    value, unit = own.get("value", 0), own.get("unit", "days")
    limit = {"minutes": LONGEST * 24 * 60, "hours": LONGEST * 24, "months": LONGEST // 31}
    if value < 0 or value > limit.get(unit, LONGEST):
        yield Problem(
            code="T03",
            severity="error",
            where=f"{where}.value",
            text=f"Nobody can wait {value} {unit}.",
            fix="Choose a span from 0 up to a hundred years.",
        )
    for name in _DAYS_ONLY if unit in {"minutes", "hours"} else ():
        if own.get(name):
            yield Problem(
                code="T04",
                severity="warning",
                where=f"{where}.{name}",
                text=f"A delay in {unit} does not wait for a time of day or a weekday.",
                fix="Use days, or take the time of day and the weekdays away.",
            )

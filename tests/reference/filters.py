"""A filter of any type on one value."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.reference.date_filters import CALENDAR, passes_calendar, passes_date
from tests.reference.instants import moment
from tests.reference.value_filters import passes_value


def passes_any(compare: dict[str, Any], value: Any, now: datetime) -> bool:
    """A filter of any type on a value of a profile, an event, an object or an output."""
    if compare["type"] != "date":
        return passes_value(compare, value)
    if compare["operator"] in CALENDAR:
        return passes_calendar(compare, value, now)
    return passes_date(compare, moment(value), now)

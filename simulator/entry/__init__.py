"""How people come into flows: by events, groups, dates and the catalogue (semantics B.1)."""

from flows.actions.reasons import FAILS_FLOW_FILTERS, NO_LONGER_IN_LIST
from simulator.entry.comers import (
    FAILS_TRIGGER_FILTER,
    FUTURE_EVENT,
    LATE_EVENT,
    NOTHING_LIVE,
    REENTRY_BLOCKED,
)
from simulator.entry.door import Door

__all__ = [
    "FAILS_FLOW_FILTERS",
    "FAILS_TRIGGER_FILTER",
    "FUTURE_EVENT",
    "LATE_EVENT",
    "NOTHING_LIVE",
    "NO_LONGER_IN_LIST",
    "REENTRY_BLOCKED",
    "Door",
]

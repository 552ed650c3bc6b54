"""Time over columns: delays, weekdays, zones, daylight saving, quiet hours, recurring dates."""

from flows.timing.calendar import WEEKDAYS, clock, roll
from flows.timing.checking import timing_problems, zone_problem
from flows.timing.delays import countdown_moment, delay_until, quiet_until, target_moment
from flows.timing.occurrences import Entries, last_entry, next_entry, occurrences
from flows.timing.zones import is_skipped, known_zone, known_zones, local_days, to_local, to_utc

__all__ = [
    "WEEKDAYS",
    "Entries",
    "clock",
    "countdown_moment",
    "delay_until",
    "is_skipped",
    "known_zone",
    "known_zones",
    "last_entry",
    "local_days",
    "next_entry",
    "occurrences",
    "quiet_until",
    "roll",
    "target_moment",
    "timing_problems",
    "to_local",
    "to_utc",
    "zone_problem",
]

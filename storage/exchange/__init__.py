"""Import and export of people and events: CSV, JSON Lines and Parquet."""

from storage.exchange.events import read_events, read_population
from storage.exchange.given import Given, GivenEvents, Rejected, write_rejected
from storage.exchange.profiles import read_profiles
from storage.exchange.write import write_events, write_profiles

__all__ = [
    "Given",
    "GivenEvents",
    "Rejected",
    "read_events",
    "read_population",
    "read_profiles",
    "write_events",
    "write_profiles",
    "write_rejected",
]

"""Import and export of people, events, objects and catalogues: CSV, JSON Lines and Parquet."""

from storage.exchange.catalogue import read_catalogue
from storage.exchange.custom_objects import read_objects
from storage.exchange.events import read_events
from storage.exchange.given import (
    Given,
    GivenCatalogue,
    GivenEvents,
    GivenObjects,
    Rejected,
    write_rejected,
)
from storage.exchange.population import read_population
from storage.exchange.profiles import read_profiles
from storage.exchange.write import write_events, write_objects, write_profiles

__all__ = [
    "Given",
    "GivenCatalogue",
    "GivenEvents",
    "GivenObjects",
    "Rejected",
    "read_catalogue",
    "read_events",
    "read_objects",
    "read_population",
    "read_profiles",
    "write_events",
    "write_objects",
    "write_profiles",
    "write_rejected",
]

"""Where postal codes lie, and how far places are from one another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import zipcodes

from flows.columns import Floats, Value
from flows.countries import code_of

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

KILOMETRES = {"kilometers": 1.0, "miles": 1.609344}
"""Kilometres in each unit."""
_RADIUS = 6371.0088
"""Kilometres: the mean radius of the Earth."""


def key(country: Value, code: Value) -> str:
    """The country and the code as `Rules.postal_codes` writes them: “US/02116”; empty for none."""
    if not isinstance(country, str) or not isinstance(code, str):
        return ""
    land, written = code_of(country), code.strip().upper()
    if land == "US":
        written = written.partition("-")[0].strip()
    return f"{land}/{written}" if land and written else ""


def place(name: str, given: Mapping[str, Place]) -> Place | None:
    """Where “US/02116” lies: as the rules say, else as the list of US ZIP codes says."""
    return given.get(name) or _zip_codes().get(name) if name else None


@lru_cache(maxsize=1)
def _zip_codes() -> dict[str, Place]:
    """Every US ZIP code, read when one is first asked for."""
    return {
        f"US/{one['zip_code']}": (float(one["lat"]), float(one["long"]))
        for one in _listed()
        if one["zip_code_type"] != "MILITARY"
    }


def _listed() -> list[dict[str, str]]:
    found: list[dict[str, str]] = zipcodes.list_all()  # type: ignore[no-untyped-call]
    return found


def distances(latitudes: Floats, longitudes: Floats, to: Place) -> Floats:
    """Kilometres from each place to one, along the great circle; NaN where a place is unknown."""
    lat, lon = np.radians(latitudes), np.radians(longitudes)
    there, across = np.radians(to[0]), np.radians(to[1])
    half = np.sin((lat - there) / 2) ** 2
    half = half + np.cos(lat) * np.cos(there) * np.sin((lon - across) / 2) ** 2
    found: Floats = 2 * _RADIUS * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found

"""Wall clocks and moments for tests of time, and rows of them to generate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from fake_scene import EPOCH, at
from hypothesis import strategies as st

from flows.columns import Column, Times

NEW_YORK, PARIS, LORD_HOWE = "America/New_York", "Europe/Paris", "Australia/Lord_Howe"
ZONES = (NEW_YORK, PARIS, LORD_HOWE, "UTC", "Asia/Kathmandu", "Pacific/Apia", "Asia/Beirut")
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)).map(
    lambda moment: (moment.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
)
ROWS = st.lists(
    st.tuples(MOMENTS, st.sampled_from([*ZONES, None, "Mars/Olympus"])), min_size=1, max_size=6
)
CLOCKS = st.times().map(lambda time: f"{time:%H:%M:%S}")


def local(text: str, zone: str) -> int:
    """µs of UTC of a wall-clock time, the first if the clock shows it twice."""
    return at(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat())


def shown(moments: Times, zone: str) -> list[str]:
    """The wall-clock times with their offsets."""
    return [
        (EPOCH + timedelta(microseconds=int(moment))).astimezone(ZoneInfo(zone)).isoformat()
        for moment in moments
    ]


def columns(rows: Sequence[tuple[int, str | None]]) -> tuple[Times, Column]:
    return np.array([moment for moment, _ in rows]), Column.of(zone for _, zone in rows)

"""Times as they stand in files: ISO 8601, UTC where no zone is given, and older customs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.columns import Times
from flows.moments import micros

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Texts: TypeAlias = "pa.Array[Any]"
ZONED = r"[Tt ].*([Zz]|[+-]\d\d(:?\d\d)?)$"
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: (\d{1,2}:\d{2}(?::\d{2})?))?")
UNIX = re.compile(r"-?\d{9,13}(\.\d+)?")
MILLISECONDS_FROM = 100_000_000_000


def iso(text: str) -> int:
    """µs since 1970 of an ISO 8601 time; ValueError for anything else."""
    return micros(datetime.fromisoformat(text))


def lenient(text: str) -> int:
    """ISO 8601, MM/DD/YYYY or MM/DD/YY with an optional time, or a Unix time (semantics C)."""
    if UNIX.fullmatch(text):
        seconds = float(text)
        return round(seconds * (1_000 if abs(seconds) >= MILLISECONDS_FROM else 1_000_000))
    if american := AMERICAN.fullmatch(text):
        month, day, year, clock = american.groups()
        style = "%m/%d/%Y" if len(year) == 4 else "%m/%d/%y"
        whole = datetime.strptime(f"{month}/{day}/{year}", style)
        hours = datetime.strptime(
            clock or "0:00", "%H:%M:%S" if clock and clock.count(":") == 2 else "%H:%M"
        )
        return micros(whole.replace(hour=hours.hour, minute=hours.minute, second=hours.second))
    return iso(text)


def many(texts: Sequence[str], read: Callable[[str], int]) -> tuple[Times, NDArray[np.bool_]]:
    """µs of each text, and where a text is none: all at once if all are ISO, else one by one."""
    quick = _quick(texts)
    if quick is not None:
        return quick, np.zeros(len(texts), dtype=np.bool_)
    times = np.zeros(len(texts), dtype=np.int64)
    bad = np.zeros(len(texts), dtype=np.bool_)
    for place, text in enumerate(texts):
        try:
            times[place] = read(text)
        except (ValueError, OverflowError):
            bad[place] = True
    return times, bad


def texts_of(times: Times) -> Texts:
    """ISO 8601 in UTC, as in 2026-01-05T09:00:00+00:00; fractions only where there are any."""
    stamps = pa.array(times.astype("datetime64[us]"))
    if not np.any(times % 1_000_000):
        stamps = stamps.cast(pa.timestamp("s"))
    spaced = pc.replace_substring(stamps.cast(pa.string()), " ", "T")
    texts: Texts = pc.binary_join_element_wise(
        pc.replace_substring_regex(spaced, r"\.0{6}$", ""), "+00:00", ""
    )
    return texts


def text_of(time: int) -> str:
    """ISO 8601 in UTC of one time in µs."""
    return (EPOCH + timedelta(microseconds=time)).isoformat()


def _quick(texts: Sequence[str]) -> Times | None:
    array = pa.array(texts, pa.large_string())
    zoned = pc.match_substring_regex(array, ZONED)
    times = np.zeros(len(texts), dtype=np.int64)
    try:
        for mask, kind in (
            (zoned, pa.timestamp("us", "UTC")),
            (pc.invert(zoned), pa.timestamp("us")),
        ):
            part = array.filter(mask).cast(kind).cast(pa.int64())
            times[np.asarray(mask)] = part.to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return times

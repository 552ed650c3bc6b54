"""Times as the tables hold them: µs since 1970 in UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """The present."""
    return time.time_ns() // 1_000


@overload
def moment(micros: int) -> datetime: ...
@overload
def moment(micros: int | None) -> datetime | None: ...
def moment(micros: int | None) -> datetime | None:
    """A stored time as a datetime in UTC."""
    return None if micros is None else EPOCH + timedelta(microseconds=micros)

"""Days and months of the account inside a run."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from flows.columns import Column, Ints, Times
from flows.moments import DAY
from flows.timing.zones import local_days, to_utc
from simulator.plan import Plan


def midnights(plan: Plan) -> Times:
    """Where each day of the account begins, behind the start of the run and before its end."""
    first, last = _days(plan)
    return _inside(plan, _begin(plan, np.arange(first, last + 1)))


def months(plan: Plan) -> list[tuple[int, int]]:
    """Where each month of the account begins and ends, from the first one of the run on."""
    first, last = _days(plan)
    dates = np.array([first, last]).astype("datetime64[D]").astype("datetime64[M]")
    begins = np.arange(dates[0], dates[1] + 2).astype("datetime64[D]").astype(np.int64)
    at = _begin(plan, begins).tolist()
    return list(pairwise(at))


def _days(plan: Plan) -> tuple[int, int]:
    ends = np.array([plan.start, plan.end - 1], dtype=np.int64)
    first, last = local_days(ends, _zone(plan, 2)).tolist()
    return first, last


def _begin(plan: Plan, days: Ints) -> Times:
    return to_utc(days * DAY, _zone(plan, len(days)))


def _inside(plan: Plan, times: Times) -> Times:
    return times[(times > plan.start) & (times < plan.end)]


def _zone(plan: Plan, size: int) -> Column:
    return Column(np.zeros(size, dtype=np.int32), (plan.scenario.rules.account_timezone,))

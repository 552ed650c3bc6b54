"""How late an event may become known and still start a flow (semantics E2)."""

from __future__ import annotations

import numpy as np

from flows.actions.base import Action
from flows.actions.time_delay import TimeDelay
from flows.columns import Column
from flows.document import Flow
from flows.graph import order
from flows.moments import DAY, HOUR
from flows.rules import Late
from flows.timing import delay_until

_UTC = Column(np.zeros(1, dtype=np.int32), ("UTC",))


def late_limit(flow: Flow, late: Late) -> int:
    """In µs: so many hours or the first delay if it is longer; more if the first message is
    transactional. First is what comes first by the links.
    """
    steps = [flow.action(key) for key in order(flow)]
    if next((told for step in steps if (told := _transactional(step)) is not None), False):
        return late.transactional_days * DAY
    delays = (plain_span(step) for step in steps if isinstance(step, TimeDelay))
    return max(late.hours * HOUR, next(delays, 0))


def _transactional(step: Action) -> bool | None:
    """Whether the step's message is transactional; None where it has none."""
    data = getattr(step, "data", None)
    data = getattr(getattr(data, "main_action", None), "data", data)
    message = getattr(data, "message", None)
    return None if message is None else bool(getattr(message, "transactional", False))


def plain_span(delay: TimeDelay) -> int:
    """The delay without its time of day and weekdays, in µs."""
    plain = {"delay_until_time": None, "delay_until_weekdays": None}
    data = delay.data.model_copy(update=plain)
    return int(delay_until(np.zeros(1, dtype=np.int64), _UTC, data)[0])

"""How late an event may become known and still start a flow (semantics E2)."""

from __future__ import annotations

import numpy as np

from flows.actions.base import Action
from flows.actions.experimenting import ExperimentAction
from flows.actions.messaging import MessageAction
from flows.actions.send_internal_alert import SendInternalAlert
from flows.actions.send_webhook import SendWebhook
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
    if isinstance(step, SendInternalAlert | SendWebhook):
        return None if step.data is None else False
    first = step.main if isinstance(step, ExperimentAction) else step
    message = first.message if isinstance(first, MessageAction) else None
    return None if message is None else message.transactional


def plain_span(delay: TimeDelay) -> int:
    """The delay without its time of day and weekdays, in µs."""
    plain = {"delay_until_time": None, "delay_until_weekdays": None}
    data = delay.data.model_copy(update=plain)
    return int(delay_until(np.zeros(1, dtype=np.int64), _UTC, data)[0])

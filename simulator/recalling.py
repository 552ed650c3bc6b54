"""What the history before a run says of suppression and consent, where the profiles are silent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, Bools, Column, Times, Value
from flows.memory import ask
from flows.moments import DAY
from flows.people import Events
from flows.rules import Channel, Suppression
from flows.scene import SUBSCRIBED, UNSUBSCRIBED
from simulator.consenting import BOUNCED, CAMPAIGN_SMS, EFFECTS
from simulator.people import People
from simulator.suppression import WHYS, Why

Rows = NDArray[np.integer]
BOUNCE_TYPE = "Bounce Type"
"""The property that tells a soft bounce; any other, and none, is a hard one."""
_FLOW = "$flow"
"""The property of a received message that names its flow; without it, it is a campaign's."""
_DELIVERED = ("Received Email", "Opened Email", "Clicked Email")
"""What ends a row of soft bounces."""


def is_hard(properties: dict[str, Column], size: int) -> Bools:
    """Which bounces are for good."""
    held = properties.get(BOUNCE_TYPE)
    return np.ones(size, dtype=np.bool_) if held is None else ask(held, _hard, np.bool_)


def _hard(value: Value) -> bool:
    return not (isinstance(value, str) and value.strip().lower().startswith("soft"))


def by_campaign(properties: dict[str, Column], size: int) -> Bools:
    """Which received messages are no flow's."""
    held = properties.get(_FLOW)
    return np.ones(size, dtype=np.bool_) if held is None else ~held.is_set()


def softly_stopped(events: dict[str, Events], rule: Suppression) -> tuple[Rows, Times]:
    """Whose soft bounces become too many, and when; people may stand in it several times."""
    bounced = events.get(BOUNCED)
    if bounced is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    soft = ~is_hard(bounced.properties, len(bounced))
    rows, times = bounced.rows[soft].astype(np.int64), bounced.times[soft]
    turn = _delivered_before(events, rows, times)
    first = np.arange(len(rows)) - rule.soft_bounces
    inside = np.flatnonzero(first >= 0)
    first = first[inside]
    in_a_row = (rows[first] == rows[inside]) & (turn[first] == turn[inside])
    in_span = times[inside] - times[first] <= rule.soft_bounce_days * DAY
    last = inside[in_a_row & in_span]
    return rows[last], times[last]


def _delivered_before(events: dict[str, Events], rows: Rows, times: Times) -> NDArray[np.int64]:
    """How many emails had reached each one's person by then, as events tell."""
    told = [events[metric] for metric in _DELIVERED if metric in events]
    own = np.concatenate([rows, *(one.rows for one in told)])
    at = np.concatenate([times, *(one.times for one in told)])
    counted = np.arange(len(own)) >= len(rows)
    order = np.lexsort((counted, at, own))
    before = np.empty(len(own), dtype=np.int64)
    before[order] = np.cumsum(counted[order])
    return before[: len(rows)]


def recall(people: People, events: dict[str, Events], start: int) -> None:
    """Bring people to where their history before the start has left them."""
    past = {metric: _before(given, start) for metric, given in events.items() if metric in EFFECTS}
    past = {metric: given for metric, given in past.items() if len(given)}
    if not past:
        return
    _recall_suppression(people, past, softly_stopped(events, people.rules.suppression), start)
    for channel in ("sms", "whatsapp"):
        _recall_transactional(people, past, channel)
    _recall_windows(people, past)


def _before(given: Events, start: int) -> Events:
    """The events that are known before the start."""
    recorded = given.times if given.recorded is None else given.recorded
    place = np.flatnonzero(np.maximum(given.times, recorded) < start)
    properties = {name: column.take(place) for name, column in given.properties.items()}
    return Events(
        given.metric, given.rows[place], given.times[place], given.values[place], properties
    )


def _latest(size: int, rows: Rows, times: Times) -> Times:
    last = np.full(size, LONG_AGO, dtype=np.int64)
    np.maximum.at(last, rows, times)
    return last


def _recall_suppression(
    people: People, past: dict[str, Events], soft: tuple[Rows, Times], start: int
) -> None:
    size = len(people)
    bounced = past.get(BOUNCED)
    if bounced is not None and people.suppression.bounces is None:
        people.bounce(bounced.rows[is_hard(bounced.properties, len(bounced))])
    for why in WHYS:
        if why in people.suppression.given:
            continue
        stopped, lifted = _stopped(size, past, why), _lifted(size, past, why)
        if why == "bounced":
            early = soft[1] < start
            stopped = np.maximum(stopped, _latest(size, soft[0][early], soft[1][early]))
        rows = np.flatnonzero((stopped > LONG_AGO) & (stopped >= lifted))
        if len(rows):
            people.suppress(why, rows, stopped[rows])


def _stopped(size: int, past: dict[str, Events], why: Why) -> Times:
    """When each was last stopped for the reason."""
    last = np.full(size, LONG_AGO, dtype=np.int64)
    for metric, given in past.items():
        if EFFECTS[metric].stops == why:
            counts = is_hard(given.properties, len(given))
            last = np.maximum(last, _latest(size, given.rows[counts], given.times[counts]))
    return last


def _lifted(size: int, past: dict[str, Events], why: Why) -> Times:
    """When each was last let off the reason."""
    last = np.full(size, LONG_AGO, dtype=np.int64)
    for metric, given in past.items():
        if why in EFFECTS[metric].lifts:
            last = np.maximum(last, _latest(size, given.rows, given.times))
    return last


def _recall_transactional(people: People, past: dict[str, Events], channel: Channel) -> None:
    if people.consent[channel].transactional is not None:
        return
    size = len(people)
    last = {status: np.full(size, LONG_AGO) for status in (SUBSCRIBED, UNSUBSCRIBED)}
    for metric, given in past.items():
        effect = EFFECTS[metric]
        if effect.channel == channel and effect.transactional is not None:
            latest = _latest(size, given.rows, given.times)
            last[effect.transactional] = np.maximum(last[effect.transactional], latest)
    agreed = last[SUBSCRIBED] > last[UNSUBSCRIBED]
    for status, rows in (
        (SUBSCRIBED, np.flatnonzero(agreed)),
        (UNSUBSCRIBED, np.flatnonzero(~agreed & (last[UNSUBSCRIBED] > LONG_AGO))),
    ):
        if len(rows):
            people.set_transactional(channel, rows, status)


def _recall_windows(people: People, past: dict[str, Events]) -> None:
    """The windows that messages before the run have started, each message for itself."""
    for metric, given in past.items():
        effect = EFFECTS[metric]
        if not effect.starts:
            continue
        of_campaign = by_campaign(given.properties, len(given))
        other = EFFECTS[CAMPAIGN_SMS] if effect.channel == "sms" else effect
        for one, counts in ((effect, ~of_campaign), (other, of_campaign)):
            latest = _latest(len(people), given.rows[counts], given.times[counts])
            rows = np.flatnonzero(latest > LONG_AGO)
            one.take(people, rows, latest[rows])

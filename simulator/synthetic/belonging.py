"""Consent and membership: who may be written to, and who joins what, when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flows.columns import NEVER, Bools, Floats, Times
from flows.rules import CHANNELS, Channel
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED, Consent
from simulator.synthetic.persons import Persons
from simulator.synthetic.streams import MILLISECOND
from simulator.synthetic.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Run:
    """The span that is rehearsed, in microseconds, `stop` excluded."""

    start: int
    stop: int


def joinings(persons: Persons, wanted: Wanted, run: Run) -> dict[str, Times]:
    """When each joins every list and segment that is named; NEVER for those who do not."""
    starting = [*wanted.starting_lists, *wanted.starting_segments]
    members = [*wanted.lists, *wanted.segments]
    found = {group: _starting(persons, group, run) for group in starting}
    return found | {group: _member(persons, group, run) for group in members}


def _starting(persons: Persons, group: str, run: Run) -> Times:
    groups = persons.settings.groups
    before = groups.joined_before_of.get(group, groups.joined_before)
    during = groups.joins_during_of.get(group, groups.joins_during)
    drawn = persons.draws("joins", group)
    early = _between(persons.since, run.start, persons.draws("joined", group))
    late = _between(np.maximum(persons.since, run.start), run.stop, persons.draws("joined", group))
    known = persons.since < run.start
    joined = np.where((drawn < before) & known, early, NEVER)
    return np.where((drawn >= before) & (drawn < before + during), late, joined)


def _member(persons: Persons, group: str, run: Run) -> Times:
    groups = persons.settings.groups
    share = groups.member_of.get(group, groups.member)
    chosen = (persons.draws("joins", group) < share) & (persons.since < run.start)
    return np.where(
        chosen, _between(persons.since, run.start, persons.draws("joined", group)), NEVER
    )


def _between(first: Times, stop: int, shares: Floats) -> Times:
    room = np.maximum(stop - first, 0)
    when: Times = first + (shares * (room // MILLISECOND)).astype(np.int64) * MILLISECOND
    return when


def consents(persons: Persons, joined: dict[str, Times], run: Run) -> dict[Channel, Consent]:
    """Every channel's consent; `joined` are the lists whose joining brings email consent."""
    return {
        channel: _consent(persons, channel, joined if channel == "email" else {}, run)
        for channel in CHANNELS
    }


def _consent(persons: Persons, channel: Channel, joined: dict[str, Times], run: Run) -> Consent:
    shares = persons.settings.consent.get(channel)
    if shares is None:
        return _nobody(len(persons.keys))
    drawn = persons.draws("consent", channel)
    left = drawn < shares.subscribed + shares.unsubscribed
    status = np.where(left, UNSUBSCRIBED, NEVER_SUBSCRIBED)
    status = np.where(drawn < shares.subscribed, SUBSCRIBED, status).astype(np.int8)
    when = _between(persons.since, run.start, persons.draws("consented", channel))
    since = np.where(status == NEVER_SUBSCRIBED, NEVER, when)
    for group, times in joined.items():
        agrees = persons.draws("agrees", group) < persons.settings.groups.consents_on_joining
        chosen = (times != NEVER) & agrees & (status != SUBSCRIBED)
        status = np.where(chosen, SUBSCRIBED, status).astype(np.int8)
        since = np.where(chosen, times, since)
    return Consent(status, since, persons.draws("suppressed", channel) < shares.suppressed)


def _nobody(size: int) -> Consent:
    never = np.full(size, NEVER, dtype=np.int64)
    return Consent(np.zeros(size, dtype=np.int8), never, np.zeros(size, dtype=np.bool_))


def reachable(consent: dict[Channel, Consent]) -> dict[str, Bools]:
    """By channel, who is subscribed and so has an address of it."""
    return {channel: held.status == SUBSCRIBED for channel, held in consent.items()}

"""People as they are in the middle of a run: what is known of each as of that person's own time."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import LONG_AGO, NEVER, Bools, Column, Times, Value
from flows.people import Profiles
from flows.rules import CHANNELS, Channel
from flows.scene import BAD_ADDRESS, GOOD_ADDRESS, NO_ADDRESS, UNSUBSCRIBED, Consent
from flows.timing.zones import known_zones
from simulator.chance import profile_keys

HOUR = 3600 * 1_000_000
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_ADDRESS_OF: dict[Channel, str] = {
    "email": "email",
    "sms": "phone_number",
    "push": "push_token",
    "whatsapp": "phone_number",
}


class People:
    """The mutable side of a shard; every array has one entry a row."""

    def __init__(self, profiles: Profiles, flows: int, account_zone: str) -> None:
        size = len(profiles)
        self.ids = profiles.ids
        self.keys = profile_keys(profiles.ids)
        self.properties = dict(profiles.properties)
        self.consent = {
            channel: Consent(held.status.copy(), held.since.copy(), held.suppressed)
            for channel, held in profiles.consent.items()
        }
        self.groups = {
            name: joined.copy() for name, joined in (profiles.segments | profiles.lists).items()
        }
        self.last_sent = {c: np.full(size, LONG_AGO, dtype=np.int64) for c in CHANNELS}
        self.smart_until = {c: np.full(size, LONG_AGO, dtype=np.int64) for c in CHANNELS}
        self.last_entered = np.full((flows, size), LONG_AGO, dtype=np.int64)
        self.visits = np.zeros((flows, size), dtype=np.int32)
        self._account_zone = account_zone
        self._zones: Column | None = None
        self._addresses: dict[Channel, NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """A property of everybody."""
        return self.properties.get(name) or Column.unset(len(self))

    def joined(self, group: str) -> Times:
        """When everybody joined a list or segment; NEVER where not."""
        if group not in self.groups:
            self.groups[group] = np.full(len(self), NEVER, dtype=np.int64)
        return self.groups[group]

    def zones(self) -> Column:
        """Everybody's zone: their own where it is known, else the account's."""
        if self._zones is None:
            self._zones = known_zones(self.column("timezone"), self._account_zone)
        return self._zones

    def address(self, channel: Channel) -> NDArray[np.int8]:
        """How everybody can be reached by the channel."""
        if channel not in self._addresses:
            held = self.column(_ADDRESS_OF[channel])
            self._addresses[channel] = held.map(_judge(channel), np.int8).astype(np.int8)
        return self._addresses[channel]

    def set_property(self, change: Change, rows: NDArray[np.integer]) -> None:
        """Write a property's new values over `rows`, of which the change says which."""
        if change.values is None:
            return
        changed = np.flatnonzero(change.rows)
        self.properties[change.name] = self.column(change.name).put(
            rows[changed], change.values.take(changed)
        )
        if change.name == "timezone":
            self._zones = None
        if change.name in _ADDRESS_OF.values():
            self._addresses.clear()

    def unsubscribe(self, channel: Channel, rows: NDArray[np.integer], at: Times) -> None:
        """These people take their consent for the channel back."""
        held = self.consent[channel]
        held.status[rows] = UNSUBSCRIBED
        held.since[rows] = at

    def note_sent(
        self, channel: Channel, rows: NDArray[np.integer], at: Times, smart_hours: int | None
    ) -> None:
        """A message went out; it starts the smart-sending window unless transactional (None)."""
        self.last_sent[channel][rows] = at
        if smart_hours is not None:
            self.smart_until[channel][rows] = at + smart_hours * HOUR

    def may_join(self, group: str, rows: NDArray[np.integer], at: Times) -> Bools:
        """Who of these is not a member yet."""
        fresh: Bools = self.joined(group)[rows] > at
        return fresh


def _judge(channel: Channel) -> Callable[[Value], int]:
    pattern = {"email": _EMAIL, "sms": _PHONE, "whatsapp": _PHONE}.get(channel)

    def judge(value: Value) -> int:
        if value is None or value == "":
            return NO_ADDRESS
        if pattern is None or (isinstance(value, str) and pattern.fullmatch(value)):
            return GOOD_ADDRESS
        return BAD_ADDRESS

    return judge

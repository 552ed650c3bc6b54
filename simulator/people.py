"""People as they are in the middle of a run: what is known of each as of that person's own time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import LONG_AGO, NEVER, Column, Ints, Times
from flows.people import Profiles
from flows.rules import CHANNELS, Channel
from flows.scene import (
    BAD_ADDRESS,
    GOOD_ADDRESS,
    NEVER_SUBSCRIBED,
    NO_ADDRESS,
    Consent,
)
from flows.timing.zones import known_zones
from simulator.chance import profile_keys

HOUR = 3600 * 1_000_000
_EMAIL = r"\A[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+\z"
_PHONE = r"\A\+[1-9][0-9]{6,14}\z"
_PATTERNS: dict[Channel, str] = {"email": _EMAIL, "sms": _PHONE, "whatsapp": _PHONE}
"""What an address looks like, in RE2's syntax."""
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

    def zones(self, timezone: str = "profile") -> Column:
        """Everybody's zone: this one, for `profile` their own; the account's where it is unknown.

        Their own is kept until somebody's changes, so that its pool stays the same object.
        """
        if timezone != "profile":
            fixed = Column(np.zeros(len(self), dtype=np.int32), (timezone,))
            return known_zones(fixed, self._account_zone)
        if self._zones is None:
            self._zones = known_zones(self.column("timezone"), self._account_zone)
        return self._zones

    def address(self, channel: Channel) -> NDArray[np.int8]:
        """How everybody can be reached by the channel."""
        if channel not in self._addresses:
            held = self.column(_ADDRESS_OF[channel])
            self._addresses[channel] = _reached(held, channel)
        return self._addresses[channel]

    def set_property(self, change: Change, rows: NDArray[np.integer]) -> None:
        """Write a property's new values over `rows`, of which the change says which."""
        if change.values is None:
            return
        changed = np.flatnonzero(change.rows)
        before = self.column(change.name)
        after = before.put(rows[changed], change.values.take(changed))
        self.properties[change.name] = after
        if change.name == "timezone":
            self._zones = None
        if change.name in _ADDRESS_OF.values():
            self._addresses.clear()
        if change.name == "phone_number":
            here = rows[changed]
            numbers = zip(before.take(here).values(), after.take(here).values(), strict=True)
            self._forget_number(here[[old != new for old, new in numbers]])

    def _forget_number(self, new: NDArray[np.integer]) -> None:
        """Consent for text messages belongs to a number (semantics B.10)."""
        held = self.consent["sms"]
        held.status[new], held.since[new] = NEVER_SUBSCRIBED, NEVER

    def set_consent(
        self, channel: Channel, rows: NDArray[np.integer], status: Ints, at: Times
    ) -> None:
        """These people give their consent for the channel or take it back, each at a time."""
        held = self.consent[channel]
        held.status[rows] = status
        held.since[rows] = at

    def note_sent(self, channel: Channel, rows: NDArray[np.integer], at: Times) -> None:
        """A message of the channel went out to these people."""
        self.last_sent[channel][rows] = at

    def start_window(
        self, channel: Channel, rows: NDArray[np.integer], at: Times, hours: int
    ) -> None:
        """The smart-sending window opens, as long as the rules have it now (semantics B.3)."""
        self.smart_until[channel][rows] = at + hours * HOUR


def _reached(held: Column, channel: Channel) -> NDArray[np.int8]:
    """How each row can be reached: every distinct address is judged once, all in one call."""
    codes = np.full(len(held.pool) + 1, GOOD_ADDRESS, dtype=np.int8)
    codes[-1] = NO_ADDRESS
    if held.pool:
        plain = set(map(type, held.pool)) == {str}
        texts = held.pool if plain else [v if isinstance(v, str) else None for v in held.pool]
        written = pa.array(texts, pa.string())
        if channel in _PATTERNS:
            fits = pc.match_substring_regex(written, pattern=_PATTERNS[channel])
            codes[:-1][~_known(fits)] = BAD_ADDRESS
        empty: pa.BooleanArray = pc.equal(written, pa.scalar(""))
        codes[:-1][_known(empty)] = NO_ADDRESS
    reached: NDArray[np.int8] = codes[held.codes]
    return reached


def _known(answers: pa.BooleanArray) -> NDArray[np.bool_]:
    """Answers as an array, null being no."""
    known: NDArray[np.bool_] = answers.fill_null(False).to_numpy(zero_copy_only=False)
    return known

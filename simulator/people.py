"""People as they are in the middle of a run: what is known of each as of that person's own time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import LONG_AGO, NEVER, Column, Times, Value
from flows.moments import HOUR
from flows.people import Profiles
from flows.phone_numbers import country, first_digits, valid_numbers
from flows.rules import CHANNELS, Channel, Rules
from flows.scene import (
    BAD_ADDRESS,
    GOOD_ADDRESS,
    NEVER_SUBSCRIBED,
    NO_ADDRESS,
    STATUSES,
    SUSPICIOUS_ADDRESS,
)
from flows.timing.zones import known_zones
from simulator.chance import profile_keys
from simulator.standing import EXPLICIT, TRANSACTIONAL, consents_of
from simulator.suppression import Suppression, Why

_EMAIL = r"\A[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+\z"
"""What an address looks like, in RE2's syntax."""
_ADDRESS_OF: dict[Channel, str] = {
    "email": "email",
    "sms": "phone_number",
    "push": "push_token",
    "whatsapp": "phone_number",
}

_TOLD = ("suppression.", "consent.")
"""How properties begin that tell of consent and suppression."""


class People:
    """The mutable side of a shard; every array has one entry a row."""

    def __init__(self, profiles: Profiles, flows: int, rules: Rules) -> None:
        size = len(profiles)
        self.rules = rules
        self.ids = profiles.ids
        self.keys = profile_keys(profiles.ids)
        self.properties = dict(profiles.properties)
        self.suppression = Suppression(profiles, profiles.consent["email"].suppressed)
        self.consent = consents_of(profiles, self.suppression)
        self._restated: set[Channel] = set()
        """Channels whose transactional consent is no longer what the profiles say."""
        self.groups = {
            name: joined.copy() for name, joined in (profiles.segments | profiles.lists).items()
        }
        self.last_sent = {c: np.full(size, LONG_AGO, dtype=np.int64) for c in CHANNELS}
        self.smart_until = {c: np.full(size, LONG_AGO, dtype=np.int64) for c in CHANNELS}
        self.last_entered = np.full((flows, size), LONG_AGO, dtype=np.int64)
        self.visits = np.zeros((flows, size), dtype=np.int32)
        self._account_zone = rules.account_timezone
        self._zones: Column | None = None
        self._addresses: dict[Channel, NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """A property of everybody."""
        if name.startswith(_TOLD):
            told = self.suppression.column(name) or self._transactional_column(name)
            if told is not None:
                return told
        return self.properties.get(name) or Column.unset(len(self))

    def _transactional_column(self, name: str) -> Column | None:
        """The transactional consent of a channel, where a run has changed it."""
        for channel in self._restated:
            status = self.consent[channel].transactional
            if TRANSACTIONAL[channel] == name and status is not None:
                return Column(status.astype(np.int32), STATUSES)
        return None

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
            reached = _reached(self.column(_ADDRESS_OF[channel]), channel)
            if channel == "email" and self.suppression.bounces is not None:
                often = self.suppression.bounces >= self.rules.suppression.suspicious_bounces
                reached[often & (reached == GOOD_ADDRESS)] = SUSPICIOUS_ADDRESS
            self._addresses[channel] = reached
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
        """Consent for text messages and their window belong to a number (semantics B.3, B.10)."""
        held = self.consent["sms"]
        held.status[new], held.since[new] = NEVER_SUBSCRIBED, NEVER
        self.smart_until["sms"][new] = LONG_AGO
        if held.transactional is not None and len(new):
            self.set_transactional("sms", new, NEVER_SUBSCRIBED)

    def set_consent(
        self, channel: Channel, rows: NDArray[np.integer], status: int, at: Times
    ) -> None:
        """These people give their consent for the channel or take it back, each at a time."""
        held = self.consent[channel]
        held.status[rows] = status
        held.since[rows] = at
        self._permit(f"permission.{channel}_marketing", rows, status)

    def set_transactional(self, channel: Channel, rows: NDArray[np.integer], status: int) -> None:
        """These people agree to transactional messages of the channel, or do no longer."""
        held = self.consent[channel]
        if held.transactional is None:
            nobody = np.full(len(self), NEVER_SUBSCRIBED, dtype=np.int8)
            held = self.consent[channel] = replace(held, transactional=nobody)
            assert held.transactional is not None
        held.transactional[rows] = status
        self._restated.add(channel)
        self._permit(f"permission.{channel}_transactional", rows, status)

    def _permit(self, name: str, rows: NDArray[np.integer], status: int) -> None:
        """A permission that the profiles tell of follows the consent."""
        if name in self.properties and status in EXPLICIT:
            now = Column(np.zeros(len(rows), dtype=np.int32), (EXPLICIT[status],))
            self.properties[name] = self.properties[name].put(rows, now)

    def suppress(self, why: Why, rows: NDArray[np.integer], at: Times) -> None:
        """These people get no email from now on, each for this reason since a time."""
        self.suppression.stop(why, rows, at)

    def release(self, whys: tuple[Why, ...], rows: NDArray[np.integer]) -> None:
        """These reasons keep no email from these people any more."""
        self.suppression.lift(whys, rows)

    def bounce(self, rows: NDArray[np.integer]) -> None:
        """An email to each of these people has bounced for good."""
        self.suppression.bounce(rows)
        self._addresses.pop("email", None)

    def note_sent(self, channel: Channel, rows: NDArray[np.integer], at: Times) -> None:
        """A message of the channel went out to these people."""
        self.last_sent[channel][rows] = at

    def start_window(
        self, channel: Channel, rows: NDArray[np.integer], at: Times, hours: int
    ) -> None:
        """The smart-sending window opens, as long as the rules have it now (semantics B.3)."""
        until = self.smart_until[channel]
        until[rows] = np.maximum(until[rows], at + hours * HOUR)


def _reached(held: Column, channel: Channel) -> NDArray[np.int8]:
    """How each row can be reached: every distinct address is judged once, all in one call."""
    codes = np.full(len(held.pool) + 1, GOOD_ADDRESS, dtype=np.int8)
    codes[-1] = NO_ADDRESS
    if held.pool:
        written = _texts(held.pool)
        pattern = _pattern(held, channel)
        if pattern:
            fits = pc.match_substring_regex(written, pattern=pattern)
            codes[:-1][~_known(fits)] = BAD_ADDRESS
        empty: pa.BooleanArray = pc.equal(written, pa.scalar(""))
        codes[:-1][_known(empty)] = NO_ADDRESS
    reached: NDArray[np.int8] = codes[held.codes]
    return reached


def _texts(pool: tuple[Value, ...]) -> pa.StringArray:
    """A pool as texts; null for what is none."""
    try:
        return pa.array(pool, pa.string())
    except pa.ArrowTypeError:
        return pa.array([v if isinstance(v, str) else None for v in pool], pa.string())


def _pattern(held: Column, channel: Channel) -> str | None:
    """What an address of the channel looks like: a number by the plan of its country."""
    if channel == "push":
        return None
    if channel == "email":
        return _EMAIL
    return valid_numbers(frozenset(country(digits) for digits in first_digits(held).pool))


def _known(answers: pa.BooleanArray) -> NDArray[np.bool_]:
    """Answers as an array, null being no."""
    known: NDArray[np.bool_] = answers.fill_null(False).to_numpy(zero_copy_only=False)
    return known

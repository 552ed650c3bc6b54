"""What one action may see of a batch: each row a person in a run of the flow, at its own time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Floats, Ints, Times
from flows.decisions import Decision
from flows.rules import Channel, Rules

if TYPE_CHECKING:
    from flows.document import Flow

NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED = 0, 1, 2
STATUSES = ("never_subscribed", "subscribed", "unsubscribed")
"""What each status of a consent is called, by its code."""
PERMISSIONS = ("implicitly_unreachable", "explicitly_reachable", "explicitly_unreachable")
"""What each status makes of a permission that nobody tells of, by its code (semantics A.7)."""
NO_ADDRESS, BAD_ADDRESS, GOOD_ADDRESS, SUSPICIOUS_ADDRESS = 0, 1, 2, 3
"""Suspicious is an email address that has bounced too often (semantics B.10)."""


@dataclass(frozen=True, slots=True, eq=False)
class Consent:
    """One channel's consent, a row each: status (codes above), when it was given, and blocks."""

    status: NDArray[np.int8]
    since: Times
    suppressed: Bools
    """Manual or bounced: nothing marketing may go out, whatever the status says."""
    barred: Bools | None = None
    """Who of the suppressed gets nothing transactional either; None for nobody."""
    transactional: NDArray[np.int8] | None = None
    """The status for transactional messages alone; None where nobody ever gave it."""

    def lets_marketing(self, channel: Channel) -> Bools:
        """Whom marketing may reach: by email all who have not left, else only who subscribed."""
        agreed = self.status != UNSUBSCRIBED if channel == "email" else self.status == SUBSCRIBED
        reached: Bools = agreed & ~self.suppressed
        return reached


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A span of time per row: after `after` (excluded) up to `until` (included)."""

    after: Times
    until: Times


class EventTest(Protocol):
    """A property filter on events, as a condition of a metric carries it."""

    @property
    def property(self) -> str:
        """The name of the property on the event."""
        ...

    def accepts(self, column: Column, at: Times) -> Bools:
        """Which events pass: `column` holds the property, `at` the time each happened."""
        ...


class ObjectTest(Protocol):
    """A filter on a property of custom objects."""

    @property
    def property(self) -> str:
        """The id of the property on the object, as text."""
        ...

    def accepts(self, column: Column, at: Times) -> Bools:
        """Which objects pass: `column` holds the property, `at` the time of asking."""
        ...


class Scene(Protocol):
    """A batch as of each row's own time. All arrays have one entry a row."""

    @property
    def flow(self) -> Flow:
        """The flow that the rows are in."""
        ...

    @property
    def rules(self) -> Rules:
        """What the account has decided for every flow."""
        ...

    @property
    def now(self) -> Times:
        """Each row's own time."""
        ...

    @property
    def entered_at(self) -> Times:
        """When each row's run of the flow began."""
        ...

    @property
    def visit(self) -> Ints:
        """1 for a person's first run of this flow, 2 for the second, ..."""
        ...

    @property
    def target_day(self) -> Ints:
        """In a date flow the day that each run is about, in days since 1970; else meaningless."""
        ...

    def __len__(self) -> int: ...

    def column(self, name: str) -> Column:
        """A profile property as it is now: `email`, `first_name`, ... or a custom one by name."""
        ...

    def event_column(self, name: str) -> Column:
        """A property of the event that started each run; `$value` is its value."""
        ...

    def count(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Ints:
        """How many events of the metric lie in the window and pass every test."""
        ...

    def total(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Floats:
        """The sum of `$value` over the same events."""
        ...

    def joined(self, group: str) -> Times:
        """When each became a member of the list or segment; NEVER where not a member now."""
        ...

    def consent(self, channel: Channel) -> Consent:
        """Each person's consent for the channel."""
        ...

    def address(self, channel: Channel) -> NDArray[np.int8]:
        """How each can be reached: NO_ADDRESS, BAD_ADDRESS, GOOD_ADDRESS or SUSPICIOUS_ADDRESS."""
        ...

    def last_sent(self, channel: Channel) -> Times:
        """The channel's last message handed over, whatever its kind; LONG_AGO for none."""
        ...

    def smart_until(self, channel: Channel) -> Times:
        """When each person's smart-sending window ends (excluded); LONG_AGO for none."""
        ...

    def last_entered(self) -> Times:
        """The entry into this flow before this run; LONG_AGO for none."""
        ...

    def zone(self, timezone: str) -> Column:
        """The IANA zone that holds for each row: `profile` means its own, else the account's."""
        ...

    def chance(self, purpose: str, *, per_visit: bool = True) -> Floats:
        """A number in [0, 1) keyed by seed, flow, action, profile, visit (if asked), purpose."""
        ...

    def object_count(self, object_type: str, where: Sequence[ObjectTest] = ()) -> Ints:
        """How many custom objects of the type each has by now that pass every test."""
        ...

    def object_column(self, name: str) -> Column:
        """A property, by name or id, of the custom object that started each run; else unset."""
        ...

    def remembered(self, action: str) -> NDArray[np.int16]:
        """What the action told each run to remember (`Step.remember`); -1 for nothing."""
        ...

    def restocked(self) -> Times:
        """When the item that started each run can be bought again; `now` if it can be, or NEVER."""
        ...

    def still_wanted(self) -> Bools:
        """In a flow by price drop or low stock: whom it would still start (semantics B.9)."""
        ...

    def available(self, items: Column) -> Bools:
        """Whether the item of this id is in the catalogue and published, per row."""
        ...

    @property
    def decisions(self) -> Sequence[Decision]:
        """What the crowd has settled in this run, by time."""
        ...

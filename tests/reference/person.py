"""One profile as it changes: properties, consent, memberships, events and messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.reference.instants import moment

CHANNELS = ("email", "sms", "push", "whatsapp")
CONSENTS = [f"{channel}_consent" for channel in CHANNELS]
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


@dataclass
class Event:
    """Something that the person did or got."""

    metric: str
    at: datetime
    value: float | None
    properties: dict[str, Any]
    known: datetime
    """When it was recorded."""
    silent: bool = False
    """Whether it fills in the past, and starts nothing."""


@dataclass
class Thing:
    """A custom object that belongs to the person."""

    type: str
    id: str
    since: datetime | None
    properties: dict[str, Any]


@dataclass
class Person:
    """Everything that is known of one profile at this point of the run."""

    properties: dict[str, Any]
    consent: dict[str, str]
    since: dict[str, datetime]
    blocks: set[str]
    """Why no email may go out: bounced, invalid, spam, hand."""
    transactional: dict[str, str]
    """Consent to transactional messages, by channel."""
    lists: dict[str, datetime]
    segments: dict[str, datetime]
    account_zone: str
    events: list[Event] = field(default_factory=list)
    objects: list[Thing] = field(default_factory=list)
    sent: list[tuple[str, datetime]] = field(default_factory=list)
    """Channel and time of every message that got through, for “not sent” conditions."""
    timers: dict[str, datetime] = field(default_factory=dict)
    """Until when smart sending holds messages back, by channel."""

    @property
    def zone(self) -> str:
        """The profile's time zone, else the account's."""
        return self.properties.get("timezone") or self.account_zone

    def get(self, name: str) -> Any:
        """A property as conditions name it: `email`, or `properties['tier']`."""
        inner = re.fullmatch(r"properties\['(.*)'\]", name)
        return self.properties.get(inner[1] if inner else name)

    def forget_number(self) -> None:
        """Consent to text messages and their smart sending belong to a number."""
        self.consent["sms"] = "never_subscribed"
        self.transactional["sms"] = ""
        self.timers.pop("sms", None)

    def past(self, metric: str, now: datetime) -> list[Event]:
        """The events of a metric up to now, this moment included."""
        return [
            event
            for event in self.events
            if event.metric == metric and event.at <= now and event.known <= now
        ]


def person_of(row: dict[str, Any], start: datetime, account_zone: str) -> Person:
    """The profile of a row as it stands when the run starts."""
    named = {key: value for key, value in row.items() if _is_property(key) and value is not None}
    created = moment(row.get("created")) or LONG_AGO
    since = {c: moment(row.get(f"{c}_consent_since")) or created for c in CHANNELS}
    return Person(
        properties=dict(row.get("properties") or {}) | named,
        consent={c: row.get(f"{c}_consent") or "never_subscribed" for c in CHANNELS},
        since=since,
        blocks=_blocks(row),
        transactional={c: row.get(f"consent.{c}_transactional") or "" for c in CHANNELS},
        lists=_before(row.get("lists"), start),
        segments=_before(row.get("segments"), start),
        account_zone=account_zone,
    )


def _is_property(name: str) -> bool:
    """Whether a column is read as a property: all that say nothing else."""
    return name not in {"id", "lists", "segments", "properties", "suppressed", *CONSENTS}


def _blocks(row: dict[str, Any]) -> set[str]:
    told = {
        name
        for name in ("bounced", "invalid", "spam", "manual")
        if row.get(f"suppression.email.{name}_at")
    }
    return told or ({"manual"} if row.get("suppressed") else set())


def joinings(groups: dict[str, Any] | None) -> dict[str, tuple[datetime, bool]]:
    """When each group is joined, and whether that starts flows."""
    found = {}
    for name, told in (groups or {}).items():
        whole = told if isinstance(told, dict) else {"at": told}
        found[name] = (moment(whole["at"]) or LONG_AGO, whole.get("triggers", True))
    return found


def things(rows: list[dict[str, Any]]) -> list[Thing]:
    """The objects of the rows."""
    return [
        Thing(row["object_type"], row["id"], moment(row.get("since")), row.get("properties") or {})
        for row in rows
    ]


def _before(groups: dict[str, Any] | None, start: datetime) -> dict[str, datetime]:
    return {name: at for name, (at, _) in joinings(groups).items() if at < start}

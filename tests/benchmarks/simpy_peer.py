"""The same flow as a plain SimPy model: one process a run of a person, one row a thing logged.

It reads the flow document as it stands and knows the steps and conditions that the abandoned
checkout sample uses. What it writes down is what the engine's tables hold, as lists of tuples.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter, eq, ge, gt, le, lt, ne
from typing import Any
from zoneinfo import ZoneInfo

import simpy

from flows.document import Flow
from flows.rules import Rules

Json = dict[str, Any]
Waiting = Generator[simpy.Timeout, None, None]

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SPANS = {"minutes": (MINUTE, 0), "hours": (HOUR, MINUTE), "days": (DAY, HOUR)}
REENTRY = {"hour": HOUR, "day": DAY, "week": 7 * DAY}
COMPARE = {
    "equals": eq,
    "not-equals": ne,
    "greater-than": gt,
    "greater-than-or-equal": ge,
    "less-than": lt,
    "less-than-or-equal": le,
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GOOD, MISSING, BAD = "good", "missing", "bad"
ADDRESS = {
    ("email", MISSING): "Missing Email",
    ("email", BAD): "Unable to Send Email",
    ("sms", MISSING): "Missing Phone Number",
    ("sms", BAD): "Phone Number is Not Valid",
}
CONSENT = {"email": "Person Suppressed", "sms": "Missing SMS Consent"}
RECEIVED = {"email": "Received Email", "sms": "Received SMS"}
FRENCH_DAY = time(8), time(22)
"""When texts may go to French numbers, but for Sundays and public holidays."""
FRENCH_HOLIDAYS = {
    date(2026, month, day)
    for month, day in (
        *((1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11)),
        (12, 25),
    )
}


@dataclass(slots=True)
class Person:
    """One person: what is given, and what the run has come to."""

    id: str
    clock: ZoneInfo
    """That of the telephone number."""
    french: bool
    """Whether the number is."""
    address: dict[str, str]
    consent: dict[str, str]
    suppressed: dict[str, bool]
    did: dict[str, list[int]]
    """Moments of each metric's events, ascending."""
    visits: int = 0
    last_entered: int = 0
    smart_until: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """Something that a person does during the run, whatever the flow does."""

    person: Person
    metric: str
    at: int
    value: float | None


@dataclass(slots=True)
class Run:
    """One run of the flow by a person."""

    person: Person
    visit: int
    entered: int
    value: float | None
    """The worth of the event that started it."""


@dataclass(slots=True)
class Logs:
    """What the model writes down."""

    enrolments: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)
    sends: list[tuple[Any, ...]] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    turned_away: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    """How often a step was taken, asking again after quiet hours included."""


class Model:
    """The flow in a SimPy environment; times are µs since 1970."""

    def __init__(self, flow: Flow, rules: Rules, start: int, end: int) -> None:
        document = flow.to_json()
        self.env = simpy.Environment(initial_time=start)
        self.end = end
        self.logs = Logs()
        self.flow_id = document["id"]
        self.trigger = document["triggers"][0]["id"]
        self.filter = document["profile_filter"]
        self.entry = document["entry_action_id"]
        self.actions = {action["id"]: action for action in document["actions"]}
        again = document["reentry_criteria"]
        self.reentry = again["duration"] * REENTRY[again["unit"]]
        smart = rules.smart_sending
        self.smart = {"email": smart.email * HOUR, "sms": smart.sms * HOUR}
        self.closes = time.fromisoformat(rules.quiet_hours.start)
        self.opens = time.fromisoformat(rules.quiet_hours.end)

    def simulate(self, given: list[Event]) -> Logs:
        """Run what happens to people from the start to the end."""
        self.logs.events = [(e.person.id, e.metric, e.at, e.value, "given") for e in given]
        self.env.process(self.arrivals(given))
        self.env.run(until=self.end)
        return self.logs

    def arrivals(self, given: list[Event]) -> Waiting:
        """People come when the event happens that starts the flow, and enter where they may."""
        env = self.env
        coming = [event for event in given if event.metric == self.trigger]
        coming.sort(key=attrgetter("at"))
        for event in coming:
            at, person = event.at, event.person
            if at > env.now:
                yield env.timeout(at - env.now)
            if person.visits and at - person.last_entered < self.reentry:
                self.logs.turned_away["Re-entry Blocked"] += 1
                continue
            run = Run(person, person.visits + 1, at, event.value)
            if not self.passes(self.filter, run):
                self.logs.turned_away["Fails Flow Filters"] += 1
                continue
            person.visits += 1
            person.last_entered = at
            env.process(self.walk(run))

    def walk(self, run: Run) -> Waiting:
        """One run, step by step."""
        env, logs = self.env, self.logs
        key = self.entry
        while key:
            action = self.actions[key]
            kind, arrived = action["type"], env.now
            way, note = "next", None
            logs.taken += 1
            if kind == "time-delay":
                leaves = arrived + self.delay(action["data"])
                if leaves >= self.end:
                    return self.waits(run, key, arrived)
                yield env.timeout(leaves - arrived)
            elif kind in {"send-email", "send-sms"}:
                channel = kind.removeprefix("send-")
                message = action["data"]["message"]
                while (wait := self.quiet(run, channel, message)) > 0:
                    if env.now + wait >= self.end:
                        return self.waits(run, key, arrived)
                    yield env.timeout(wait)
                    logs.taken += 1
                note = self.send(run, key, channel, message)
            else:
                question = action["data"].get("profile_filter") or action["data"]["trigger_filter"]
                way = "true" if self.passes(question, run) else "false"
            row = (run.person.id, self.flow_id, run.visit, key, arrived, env.now, way, note)
            logs.steps.append(row)
            links = action["links"]
            key = links["next"] if way == "next" else links[f"next_if_{way}"]
        self.leave(run, env.now, "finished")

    def waits(self, run: Run, key: str, arrived: int) -> None:
        """The run is still under way at the end."""
        row = (run.person.id, self.flow_id, run.visit, key, arrived, None, None, None)
        self.logs.steps.append(row)
        self.leave(run, None, None)

    def leave(self, run: Run, at: int | None, because: str | None) -> None:
        """Write the run down."""
        row = (run.person.id, self.flow_id, run.visit, run.entered, at, because, self.trigger)
        self.logs.enrolments.append(row)

    def delay(self, data: Json) -> int:
        """How long a delay without a time of day lasts."""
        unit, minor = SPANS[data["unit"]]
        return int(data["value"]) * unit + int(data.get("secondary_value") or 0) * minor

    def quiet(self, run: Run, channel: str, message: Json) -> int:
        """How long a message has to wait for quiet hours to end; 0 where nothing holds it."""
        if not message.get("sms_quiet_hours_enabled") or self.blocked(run, channel, message):
            return 0
        person = run.person
        opens, closes = FRENCH_DAY if person.french else (self.opens, self.closes)
        local = (EPOCH + timedelta(microseconds=self.env.now)).astimezone(person.clock)
        if opens <= local.time() < closes and not self.shut(person, local.date()):
            return 0
        day = local.date() + timedelta(days=local.time() >= opens)
        while self.shut(person, day):
            day += timedelta(days=1)
        release = datetime.combine(day, opens, person.clock)
        return (release - EPOCH) // timedelta(microseconds=1) - self.env.now

    def shut(self, person: Person, day: date) -> bool:
        """Whether no text may go out all day."""
        return person.french and (day.weekday() == 6 or day in FRENCH_HOLIDAYS)

    def blocked(self, run: Run, channel: str, message: Json) -> str | None:
        """The first reason that stops a message, from the flow filter to consent."""
        if not self.passes(self.filter, run):
            return "Fails Flow Filters"
        if not self.passes(message.get("additional_filters"), run):
            return "Fails Additional Filters"
        person = run.person
        if person.address[channel] != GOOD:
            return ADDRESS[channel, person.address[channel]]
        if not message["transactional"] and not self.may_receive(person, channel):
            return CONSENT[channel]
        return None

    def send(self, run: Run, key: str, channel: str, message: Json) -> str | None:
        """Send, or skip with a reason; the reason."""
        person, now = run.person, self.env.now
        marketing = not message["transactional"]
        reason = self.blocked(run, channel, message)
        smart = message["smart_sending_enabled"] and marketing
        if reason is None and smart and now < person.smart_until.get(channel, 0):
            reason = "Smart Sending"
        status = "skipped" if reason else "sent"
        row = (person.id, self.flow_id, run.visit, key, channel, None, now, status, reason)
        self.logs.sends.append(row)
        if reason is None:
            if marketing:
                person.smart_until[channel] = now + self.smart[channel]
            self.logs.events.append((person.id, RECEIVED[channel], now, None, "flow"))
        return reason

    def may_receive(self, person: Person, channel: str) -> bool:
        """By consent: email reaches who never said no, text who said yes."""
        if person.suppressed[channel]:
            return False
        if channel == "email":
            return person.consent[channel] != "unsubscribed"
        return person.consent[channel] == "subscribed"

    def passes(self, question: Json | None, run: Run) -> bool:
        """Whether every group holds, a group by any of its conditions."""
        if not question:
            return True
        return all(
            any(self.holds(condition, run) for condition in group["conditions"])
            for group in question["condition_groups"]
        )

    def holds(self, condition: Json, run: Run) -> bool:
        """One condition, now."""
        if condition["type"] == "profile-metric":
            wanted = condition["measurement_filter"]
            return bool(COMPARE[wanted["operator"]](self.count(condition, run), wanted["value"]))
        if condition["type"] == "profile-marketing-consent":
            asked = condition["consent"]
            channel, status = asked["channel"], asked["consent_status"]["subscription"]
            may = self.may_receive(run.person, channel) == asked["can_receive_marketing"]
            return may and status in {"any", run.person.consent[channel]}
        wanted = condition["filter"]
        known = condition["field"] == "$value" and run.value is not None
        return known and bool(COMPARE[wanted["operator"]](run.value, wanted["value"]))

    def count(self, condition: Json, run: Run) -> int:
        """How often the person did it since starting the flow."""
        times = run.person.did.get(condition["metric_id"], ())
        if not times:
            return 0
        return bisect_right(times, self.env.now) - bisect_right(times, run.entered)

"""One profile through several flows, one thing after another (semantics B.1, E17)."""

from __future__ import annotations

import heapq
import itertools
from datetime import date, datetime, timedelta
from typing import Any

from tests.reference.asking import Asking, Chance
from tests.reference.code import outputs_of
from tests.reference.conditions import passes
from tests.reference.done import Done
from tests.reference.effects import happened, takes_back
from tests.reference.events import events_of, in_time
from tests.reference.flow import Flow
from tests.reference.instants import UNITS, written_date
from tests.reference.log import Entry, Log, StepLine
from tests.reference.occurrences import starts
from tests.reference.person import Event, Person, joinings, person_of, things
from tests.reference.run import Run, walked
from tests.reference.sending import RECEIVED, start_timer
from tests.reference.steps import step

HAPPENING, STEP = 0, 1
TICK = timedelta(microseconds=1)


def interpret(
    flow_documents: list[dict[str, Any]],
    profile: dict[str, Any],
    events: list[dict[str, Any]],
    scenario: dict[str, Any],
    chance: Chance,
    *,
    objects: list[dict[str, Any]] | None = None,
) -> Log:
    """Everything that the flows together do to one profile.

    Profile, events and objects are rows of their files; `start` of the scenario is a datetime.
    """
    return Interpreter(flow_documents, profile, events, scenario, chance, objects=objects).run()


class Interpreter:
    """What is due, in order: by time, what happens before what flows do, by visit, by flow."""

    def __init__(
        self,
        flow_documents: list[dict[str, Any]],
        profile: dict[str, Any],
        events: list[dict[str, Any]],
        scenario: dict[str, Any],
        chance: Chance,
        *,
        objects: list[dict[str, Any]] | None = None,
    ) -> None:
        self.rules = scenario.get("rules") or {}
        self.flows = [Flow(one, self.rules.get("as_live", True)) for one in flow_documents]
        self.start: datetime = scenario["start"]
        self.end = self.start + timedelta(days=scenario["days"])
        self.ahead = timedelta(hours=self.rules.get("dates_ahead_hours", 24))
        zone = self.rules.get("account_timezone", "America/New_York")
        self.person: Person = person_of(profile, self.start, zone)
        self.person.objects = things(objects or [])
        self.chance = chance
        self.log = Log()
        self.heap: list[tuple[datetime, int, int, int, int, Any]] = []
        self.count = itertools.count()
        self.visits: list[list[Entry]] = [[] for _ in self.flows]
        self.runs: list[Run] = []
        self.planned: set[tuple[int, datetime, date]] = set()
        self._given(profile, events)
        for number in range(len(self.flows)):
            self._plan_dates(number, self.start + self.ahead)

    def _given(self, profile: dict[str, Any], events: list[dict[str, Any]]) -> None:
        """What the rows say will happen."""
        for event in events_of(events):
            self.person.events.append(event)
            if event.metric in RECEIVED and event.known < self.start:
                self._got(event)
            self._happens(event.known, ("event", event))
        for kind in ("lists", "segments"):
            for name, (at, triggers) in joinings(profile.get(kind)).items():
                self._happens(at, (kind, name, triggers))

    def _happens(self, at: datetime, what: tuple[Any, ...]) -> None:
        if self.start <= at < self.end:
            heapq.heappush(self.heap, (at, HAPPENING, 0, 0, next(self.count), what))

    def _plan_dates(self, number: int, since: datetime) -> None:
        """When the flow of a date starts, as the profile stands."""
        trigger = self.flows[number].trigger
        if trigger["type"] != "date":
            return
        day = written_date(self.person.get(trigger["date_profile_property"]))
        for at, one in starts(trigger, day, self.person.zone, (since, self.end)):
            if (number, at, one) not in self.planned:
                self.planned.add((number, at, one))
                self._happens(at, ("date", number, one))

    def run(self) -> Log:
        """Everything until the end of the run, which is no part of it."""
        while self.heap and self.heap[0][0] < self.end:
            if self.heap[0][1] == HAPPENING:
                self._happenings(self.heap[0][0])
            else:
                now, _, _, _, _, run = heapq.heappop(self.heap)
                self._advance(run, now)
        return self.log

    def _happenings(self, now: datetime) -> None:
        """All that happens at this instant is so before any flow is entered because of it."""
        due: list[tuple[Any, ...]] = []
        while self.heap and self.heap[0][:2] == (now, HAPPENING):
            due.append(heapq.heappop(self.heap)[5])
        due.sort(key=takes_back)
        started: list[tuple[int, Event | None, date | None]] = []
        for kind, *what in due:
            started += self._started(kind, what, now)
        for number, event, day in started:
            self._come(number, now, event, day)

    def _started(
        self, kind: str, what: list[Any], now: datetime
    ) -> list[tuple[int, Event | None, date | None]]:
        """Which flows this starts; memberships are noted."""
        if kind == "date":
            return [(what[0], None, what[1])] if self._still_dated(what[0], now, what[1]) else []
        if kind == "event":
            happened(self.person, what[0])
            if what[0].metric in RECEIVED:
                self._got(what[0])
            return [
                (n, what[0], None)
                for n in self._by("metric", what[0].metric)
                if in_time(self.flows[n], what[0], self.rules)
            ]
        held = self.person.lists if kind == "lists" else self.person.segments
        if what[0] in held:
            return []
        held[what[0]] = now
        return [(n, None, None) for n in self._by(kind.removesuffix("s"), what[0]) if what[1]]

    def _got(self, event: Event) -> None:
        """A message from elsewhere, or of the past."""
        channel = RECEIVED[event.metric]
        self.person.sent.append((channel, event.at))
        start_timer(self.person, channel, event.at, self.rules)

    def _by(self, kind: str, name: str) -> list[int]:
        return [
            number
            for number, flow in enumerate(self.flows)
            if flow.trigger["type"] == kind and flow.trigger["id"] == name
        ]

    def _still_dated(self, number: int, now: datetime, day: date) -> bool:
        trigger = self.flows[number].trigger
        held = written_date(self.person.get(trigger["date_profile_property"]))
        return (now, day) in starts(trigger, held, self.person.zone, (now, now + UNITS["hour"]))

    def _come(self, number: int, now: datetime, event: Event | None, day: date | None) -> None:
        """Enter the flow, or be turned away."""
        flow, earlier = self.flows[number], tuple(self.visits[number])
        if not flow.acts():
            return
        entry = Entry(flow.key, len(earlier) + 1, now)
        run = Run(number, entry, event, day, earlier)
        refused = self._refused(run, now)
        if refused:
            self.log.turned_away.append((flow.key, now, refused))
            return
        self._enter(run)
        self._go_to(run, flow.document.get("entry_action_id"), now)

    def _enter(self, run: Run) -> None:
        self.runs.append(run)
        self.visits[run.flow].append(run.entry)
        self.log.entries.append(run.entry)

    def _refused(self, run: Run, now: datetime) -> str | None:
        flow = self.flows[run.flow]
        asking = self._asking(run, now, entering=True)
        if flow.trigger["type"] == "metric" and not passes(
            flow.trigger.get("trigger_filter"), asking
        ):
            return "Fails Trigger Filter"
        if not passes(flow.document.get("profile_filter"), asking):
            return "Fails Flow Filters"
        if run.earlier and not _may_return(flow, run.earlier[-1].entered_at, now):
            return "Re-entry Blocked"
        return None

    def _asking(self, run: Run, now: datetime, *, entering: bool = False) -> Asking:
        return Asking(
            person=self.person,
            now=now,
            flow=run.entry.flow,
            action="" if entering else str(run.action),
            visit=run.entry.visit,
            entered_at=run.entry.entered_at,
            event=run.event,
            occurrence=run.occurrence,
            before=run.earlier,
            entering=entering,
            rules=self.rules,
            chance=self.chance,
            outputs=lambda number: outputs_of(self.flows[run.flow], run.given, number),
        )

    def _go_to(self, run: Run, action: str | None, at: datetime) -> None:
        """Be due at the action, or finish where there is none."""
        run.action, run.line = action, None
        if action not in self.flows[run.flow].actions:
            run.entry.left_at, run.entry.left_because = at, "finished"
            return
        self._due(run, at)

    def _due(self, run: Run, at: datetime) -> None:
        heapq.heappush(self.heap, (at, STEP, run.entry.visit, run.flow, next(self.count), run))

    def _advance(self, run: Run, now: datetime) -> None:
        """One step of a run."""
        if run.line is None:
            assert run.action is not None
            run.line = StepLine(run.entry.flow, run.entry.visit, run.action, now)
            self.log.steps.append(run.line)
        flow, dated = self.flows[run.flow], self._dated()
        done = step(flow, flow.actions[str(run.action)], self._asking(run, now))
        if done.outputs is not None:
            run.given[str(run.action)] = done.outputs
        self.log.sends += done.sends
        self.log.changes += done.changes
        for send in done.sends:
            self._received(send.channel, send.status, now)
        if done.joined:
            self._happens_now(done.joined, now)
        if done.changed:
            self._dates_moved(dated, now)
        self._leave(run, done, now)

    def _received(self, channel: str, status: str, now: datetime) -> None:
        names = {held: name for name, held in RECEIVED.items()}
        if status == "sent" and channel in names:
            self.person.events.append(Event(names[channel], now, None, {}, now))

    def _happens_now(self, group: str, now: datetime) -> None:
        """A list was joined by an action; flows of the list are entered at once."""
        for number in self._by("list", group):
            self._come(number, now, None, None)

    def _dated(self) -> list[Any]:
        """The date of each flow as the profile has it, None for flows of other kinds."""
        return [
            self.person.get(flow.trigger["date_profile_property"])
            if flow.trigger["type"] == "date"
            else None
            for flow in self.flows
        ]

    def _dates_moved(self, before: list[Any], now: datetime) -> None:
        """Dates or the clock may have changed: plan anew, and join what has begun by a new date."""
        for number, (old, new) in enumerate(zip(before, self._dated(), strict=True)):
            self._plan_dates(number, now + TICK)
            if old != new:
                self._join_late(number, (written_date(old), written_date(new)), now)

    def _join_late(self, number: int, days: tuple[date | None, date | None], now: datetime) -> None:
        """Come into the midst of what has begun last by the new date, and not by the old one."""
        trigger, zone = self.flows[number].trigger, self.person.zone
        span = (now - timedelta(days=800), now + TICK)
        old, new = (starts(trigger, day, zone, span) for day in days)
        if new and max(new) not in old and not self._under_way(number, max(new)[1]):
            self._insert(number, *max(new), now)

    def _under_way(self, number: int, day: date) -> bool:
        """Whether a run of the flow about that day has not ended yet."""
        return any(
            run.flow == number and run.occurrence == day and run.entry.left_at is None
            for run in self.runs
        )

    def _insert(self, number: int, since: datetime, day: date, now: datetime) -> None:
        """Stand where one would be who came then, unless that is over."""
        flow, earlier = self.flows[number], tuple(self.visits[number])
        entry = Entry(flow.key, len(earlier) + 1, since)
        run = Run(number, entry, None, day, earlier)
        way = walked(flow, run, self._asking, now)
        if way is None or not flow.acts() or self._refused(run, now):
            return
        self._enter(run)
        self.log.steps += way
        for line in way:
            if line.left_at and line.left_at >= self.end:
                line.left_at = line.way_out = None
                return
        last = way[-1]
        assert last.left_at is not None
        self._go_to(run, str(run.action), last.left_at)

    def _leave(self, run: Run, done: Done, now: datetime) -> None:
        """On to what follows: at once, after the wait, or to the same step again."""
        assert run.line is not None
        if done.again_at:
            self._due(run, done.again_at)
            return
        assert done.leaves_at is not None
        if done.leaves_at >= self.end:
            return
        run.line.left_at, run.line.way_out = done.leaves_at, done.way
        if done.ended:
            run.entry.left_at, run.entry.left_because = now, done.ended
            return
        self._go_to(run, done.following, done.leaves_at)


def _may_return(flow: Flow, last: datetime, now: datetime) -> bool:
    """Whether re-entry is allowed by now (semantics B.1)."""
    criteria = flow.document.get("reentry_criteria")
    if criteria is None:
        return flow.trigger["type"] not in {"list", "segment"}
    if criteria["unit"] == "alltime":
        return criteria["duration"] == 0
    return now >= last + criteria["duration"] * UNITS[criteria["unit"]]

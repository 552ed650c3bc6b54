"""One profile through several flows, one thing after another (semantics B.1, E17)."""

from __future__ import annotations

import heapq
import itertools
from datetime import datetime, timedelta
from typing import Any

from tests.reference.asking import Asking, Chance
from tests.reference.calendar_of import TICK, Day, coming, dated, last_begun
from tests.reference.code import outputs_of
from tests.reference.conditions import passes
from tests.reference.done import Done
from tests.reference.effects import happened, takes_back
from tests.reference.events import events_of, in_time
from tests.reference.flow import Flow
from tests.reference.instants import UNITS
from tests.reference.log import Entry, Log, StepLine
from tests.reference.past import causes
from tests.reference.person import Event, Person, Thing, joinings, person_of, things
from tests.reference.run import Run, walked
from tests.reference.sending import RECEIVED, start_timer
from tests.reference.shop import CATALOGUE, Shop, concerning, wanted
from tests.reference.steps import step

HAPPENING, STEP = 0, 1


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
        self.first = self.start + timedelta(hours=self.rules.get("dates_ahead_hours", 24))
        zone = self.rules.get("account_timezone", "America/New_York")
        self.person: Person = person_of(profile, self.start, zone)
        self.person.objects = things(objects or [])
        self.chance = chance
        self.log = Log()
        self.heap: list[tuple[datetime, int, int, int, int, Any]] = []
        self.count = itertools.count()
        self.visits: list[list[Entry]] = [[] for _ in self.flows]
        self.runs: list[Run] = []
        self.planned: set[Day] = set()
        self._given(profile, events)
        for number in range(len(self.flows)):
            self._plan_dates(number, self.first)
        self.shop = Shop(scenario.get("catalogue") or {"items": [], "changes": []})
        for number, flow in enumerate(self.flows):
            if flow.trigger["type"] in CATALOGUE:
                for change in concerning(flow.trigger, self.shop):
                    self._happens(change[1], ("shop", number, *change))
        for thing in self.person.objects:
            if thing.since:
                self._happens(thing.since, ("thing", thing))
        self.add_past: dict[str, str] = scenario.get("add_past") or {}
        if self.add_past:
            self._happens(self.start, ("past",))

    def _add_past(self, now: datetime) -> None:
        """People from before come in where they would stand by now, or begin (semantics B.1)."""
        for number, flow in enumerate(self.flows):
            how = self.add_past.get(flow.key, self.add_past.get("*"))
            for since, event in causes(flow, self.person, self.start) if how else ():
                if how == "start" and event is None:
                    self._come(number, now, None, again=True)
                else:
                    run = self._run(number, since, event)
                    self._insert(run, now, again=True)

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
        self._segments_with_lag(profile)

    def _segments_with_lag(self, profile: dict[str, Any]) -> None:
        """Flows of a segment are come to so many minutes after it was joined (semantics E10)."""
        lag = timedelta(minutes=self.rules.get("segment_lag_minutes", 0))
        for name, (at, triggers) in joinings(profile.get("segments")).items():
            if lag and triggers:
                self._happens(at + lag, ("lag", name))

    def _happens(self, at: datetime, what: tuple[Any, ...]) -> None:
        if self.start <= at < self.end:
            heapq.heappush(self.heap, (at, HAPPENING, 0, 0, next(self.count), what))

    def _plan_dates(self, number: int, since: datetime) -> None:
        """When the flow of a date starts, as things stand; what came in the run starts sooner."""
        for one in coming(self.flows[number], number, self.person, (self.start, self.end)):
            thing = next((held for held in self.person.objects if held.id == one.thing), None)
            new = thing and thing.since and thing.since >= self.start
            if one not in self.planned and (new or one.at >= since):
                self.planned.add(one)
                self._happens(one.at, ("date", one))

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
        started: list[tuple[int, Event | Day | None]] = []
        for kind, *what in due:
            started += self._started(kind, what, now)
        if any(kind == "past" for kind, *_ in due):
            self._add_past(now)
        for number, cause in started:
            self._come(number, now, cause)
        for kind, *what in due:
            if kind == "thing":
                self._thing_came(what[0], now)

    def _started(
        self, kind: str, what: list[Any], now: datetime
    ) -> list[tuple[int, Event | Day | None]]:
        """Which flows this starts; memberships are noted."""
        if kind == "shop":
            number, item, at = what
            made = wanted(self.flows[number].trigger, self.shop, self.person, (item, at, now))
            return [(number, made)] if made else []
        if kind in {"thing", "past"}:
            return []
        if kind == "date":
            day: Day = what[0]
            span = (now, now + UNITS["hour"])
            held = coming(self.flows[day.number], day.number, self.person, span)
            return [(day.number, day)] if day in held else []
        if kind == "event":
            happened(self.person, what[0])
            if what[0].metric in RECEIVED:
                self._got(what[0])
            return [
                (n, what[0])
                for n in self._by("metric", what[0].metric)
                if in_time(self.flows[n], what[0], self.rules)
            ]
        if kind == "lag":
            return [(n, None) for n in self._by("segment", what[0])]
        return [(n, None) for n in self._joined(kind, what[0], now) if what[1]]

    def _joined(self, kind: str, name: str, now: datetime) -> list[int]:
        """The flows that a joining starts at once; nothing for who is a member already."""
        held = self.person.lists if kind == "lists" else self.person.segments
        if name in held:
            return []
        held[name] = now
        lags = kind == "segments" and self.rules.get("segment_lag_minutes", 0)
        return [] if lags else self._by(kind.removesuffix("s"), name)

    def _got(self, event: Event) -> None:
        """A message from elsewhere, or of the past."""
        channel = RECEIVED[event.metric]
        self.person.sent.append((channel, event.at))
        start_timer(self.person, channel, event.at, self.rules)

    def _by(self, kind: str, name: str) -> list[int]:
        return [
            number
            for number, flow in enumerate(self.flows)
            if flow.trigger["type"] == kind and flow.trigger.get("id") == name
        ]

    def _come(
        self, number: int, now: datetime, cause: Event | Day | None, *, again: bool = False
    ) -> None:
        """Enter the flow, or be turned away; `again` where nobody asks for re-entry."""
        flow = self.flows[number]
        if not flow.acts():
            return
        run = self._run(number, now, cause)
        refused = self._refused(run, now, again=again)
        if refused:
            self.log.turned_away.append((flow.key, now, refused))
            return
        self._enter(run)
        self._go_to(run, flow.document.get("entry_action_id"), now)

    def _run(self, number: int, since: datetime, cause: Event | Day | None) -> Run:
        earlier = tuple(self.visits[number])
        entry = Entry(self.flows[number].key, len(earlier) + 1, since)
        if not isinstance(cause, Day):
            return Run(number, entry, cause, None, earlier)
        thing = next((one for one in self.person.objects if one.id == cause.thing), None)
        return Run(number, entry, None, cause.day, earlier, thing=thing)

    def _enter(self, run: Run) -> None:
        self.runs.append(run)
        self.visits[run.flow].append(run.entry)
        self.log.entries.append(run.entry)

    def _refused(self, run: Run, now: datetime, *, again: bool = False) -> str | None:
        flow = self.flows[run.flow]
        asking = self._asking(run, now, entering=True)
        if flow.trigger["type"] in {"metric", *CATALOGUE} and not passes(
            flow.trigger.get("trigger_filter"), asking
        ):
            return "Fails Trigger Filter"
        if not passes(flow.document.get("profile_filter"), asking):
            return "Fails Flow Filters"
        if not again and run.earlier and not _may_return(flow, run.earlier[-1].entered_at, now):
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
            thing=run.thing,
            before=run.earlier,
            entering=entering,
            rules=self.rules,
            chance=self.chance,
            shop=self.shop,
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
        flow, before = self.flows[run.flow], [self._dated(n) for n in range(len(self.flows))]
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
            self._dates_moved(before, now)
        self._leave(run, done, now)

    def _received(self, channel: str, status: str, now: datetime) -> None:
        names = {held: name for name, held in RECEIVED.items()}
        if status == "sent" and channel in names:
            self.person.events.append(Event(names[channel], now, None, {}, now))

    def _happens_now(self, group: str, now: datetime) -> None:
        """A list was joined by an action; flows of the list are entered at once."""
        for number in self._by("list", group):
            self._come(number, now, None)

    def _dates_moved(self, before: list[Any], now: datetime) -> None:
        """Dates or the clock may have changed: plan anew, and join what has begun by a new date."""
        for number, old in enumerate(before):
            changed = [held for _, held in old] != [held for _, held in self._dated(number)]
            self._plan_dates(number, now + TICK if changed else max(now + TICK, self.first))
            if changed:
                trigger, zone = self.flows[number].trigger, self.person.zone
                begun = last_begun(trigger, self._dated(number)[0][1], zone, now)
                if begun != last_begun(trigger, old[0][1], zone, now):
                    self._join_late(number, begun, now)

    def _dated(self, number: int) -> list[tuple[Thing | None, Any]]:
        return dated(self.flows[number], self.person)

    def _thing_came(self, thing: Thing, now: datetime) -> None:
        """An object came in the course of the run: its date may have begun."""
        for number, flow in enumerate(self.flows):
            for one, held in self._dated(number):
                if one is thing:
                    begun = last_begun(flow.trigger, held, self.person.zone, now)
                    self._join_late(number, begun, now, thing=thing.id)

    def _join_late(
        self, number: int, begun: Any, now: datetime, *, thing: str | None = None
    ) -> None:
        """Come into the midst of what has begun, unless a run about that day is under way."""
        if not begun:
            return
        day = Day(number, *begun, thing)
        about = [
            run
            for run in self.runs
            if (run.flow, run.occurrence) == (number, day.day) and run.entry.left_at is None
        ]
        if not any((run.thing.id if run.thing else None) == thing for run in about):
            self._insert(self._run(day.number, day.at, day), now)

    def _insert(self, run: Run, now: datetime, *, again: bool = False) -> None:
        """Stand where one would be who came then, unless that is over."""
        flow = self.flows[run.flow]
        way = walked(flow, run, self._asking, now)
        if way is None or not flow.acts() or self._refused(run, now, again=again):
            return
        self._enter(run)
        self.log.steps += way
        last = way[-1]
        assert last.left_at is not None
        if last.left_at >= self.end:
            last.left_at = last.way_out = None
            return
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

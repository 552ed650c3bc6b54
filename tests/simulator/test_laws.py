"""What holds for every flow and everybody: the crowd, the order, consent, quiet hours, windows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from effort import examples
from flow_strategies import flows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_runs import START, email, flow, run, sms, tables, wait

from flows.actions.experimenting import ExperimentAction
from flows.actions.sending import has_quiet_hours
from flows.document import Flow
from flows.people import Population
from flows.scene import SUBSCRIBED, UNSUBSCRIBED
from simulator.behaviour import Behaviour
from simulator.scenario import Scenario
from simulator.synthetic.for_run import audience_for
from simulator.world import UNSUBSCRIBING
from tests.benchmarks.simpy_people import clock

PEOPLE = 24
SETTINGS = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def scenario(seed: int) -> Scenario:
    eager = Behaviour.model_validate(
        {"default_email": {"open": 0.9, "click_given_open": 0.9, "unsub": 0.3}}
    )
    return Scenario(start=START, days=60, seed=seed, profiles=PEOPLE, behaviour=eager)


def named(several: list[Flow]) -> list[Flow]:
    return [one.model_copy(update={"id": f"f{i}"}) for i, one in enumerate(several)]


pairs = st.lists(flows(most=6), min_size=1, max_size=2).map(named)


def chain(steps: list[dict[str, Any]]) -> Flow:
    return flow(*(step | {"id": f"s{i}"} for i, step in enumerate(steps)))


_flags = st.fixed_dictionaries(
    {"smart_sending_enabled": st.booleans(), "transactional": st.booleans()}
)
talkative = st.lists(
    st.lists(
        _flags.map(lambda flags: email("mail", **flags))
        | _flags.map(lambda flags: sms("text", **flags))
        | st.integers(0, 30).map(lambda hours: wait("pause", unit="hours", value=hours)),
        min_size=3,
        max_size=8,
    ).map(chain),
    min_size=1,
    max_size=2,
).map(named)
"""Flows that do little but send, so that messages come close to each other."""
seeds = st.integers(0, 1000)


def rows_of(several: list[Flow], people: Population, setting: Scenario) -> dict[str, list[Any]]:
    return tables(run(several, people, setting))


@SETTINGS
@given(pairs, seeds)
def test_together_people_get_what_each_gets_alone(several: list[Flow], seed: int) -> None:
    setting = scenario(seed)
    source = audience_for(several, setting)
    together = rows_of(several, source.shard(0, PEOPLE), setting)
    alone: dict[str, list[Any]] = defaultdict(list)
    for i in range(PEOPLE):
        for name, rows in rows_of(several, source.shard(i, i + 1), setting).items():
            alone[name] += rows
    assert together == dict(alone)


@SETTINGS
@given(pairs, seeds)
def test_a_flow_next_door_changes_nothing_that_it_does_not_touch(
    several: list[Flow], seed: int
) -> None:
    """Chance belongs to a flow and its action: a silent flow beside it moves no draw."""
    setting = scenario(seed)
    people = audience_for(several[:1], setting).shard(0, PEOPLE)
    silent = Flow.model_validate({"id": "silent", "name": "silent", "triggers": []})
    assert rows_of(several[:1], people, setting) == rows_of([*several[:1], silent], people, setting)


@SETTINGS
@given(pairs | talkative, seeds)
def test_messages_keep_to_consent_quiet_hours_and_windows(several: list[Flow], seed: int) -> None:
    setting = scenario(seed)
    people = audience_for(several, setting).shard(0, PEOPLE)
    engine = run(several, people, setting)
    written = tables(engine)
    row_of = {str(name): row for row, name in enumerate(people.profiles.ids)}
    actions = {(one.key, a.key): a for one in several for a in one.actions}
    left = {
        (row["profile"], row["metric"]): row["at"]
        for row in reversed(written["events"])
        if row["metric"].startswith("Unsubscribed")
    }
    numbers = engine.people.column("phone_number").values()
    last: dict[tuple[str, str], Any] = {}
    for sent in written["sends"]:
        if sent["status"] != "sent" or sent["channel"] in {"webhook", "alert"}:
            continue
        row, channel = row_of[sent["profile"]], sent["channel"]
        message = _message(actions[sent["flow"], sent["action"]], sent["variation"])
        consent = people.profiles.consent[channel]
        if channel != "email":
            assert consent.status[row] == SUBSCRIBED
        elif not message.transactional:
            assert consent.status[row] != UNSUBSCRIBED
            assert not consent.suppressed[row]
        gone = left.get((sent["profile"], UNSUBSCRIBING.get(channel, "")))
        assert gone is None or message.transactional or sent["at"] < gone
        if channel == "sms" and has_quiet_hours(message):
            zone = clock(str(numbers[row]), setting.rules.account_timezone)
            assert 8 <= sent["at"].astimezone(ZoneInfo(zone)).hour < (22 if "Paris" in zone else 21)
        before = last.get((sent["profile"], channel))
        if message.smart_sending_enabled and not message.transactional and before:
            hours = {"email": 16}.get(channel, 24)
            assert sent["at"] - before >= timedelta(hours=hours)
        if not message.transactional:
            last[sent["profile"], channel] = sent["at"]


def _message(action: Any, variation: str | None) -> Any:
    if not isinstance(action, ExperimentAction):
        return action.data.message
    if variation is None:
        return action.main.message
    names = action.names_of_variations()
    return action.running[names.index(variation)].message


@SETTINGS
@given(pairs, seeds)
def test_counts_are_those_of_the_tables(several: list[Flow], seed: int) -> None:
    setting = scenario(seed)
    engine = run(several, audience_for(several, setting).shard(0, PEOPLE), setting)
    written = tables(engine)
    counted = [
        (place.action.key, tally.arrived, tally.waiting, dict(+tally.left), tally.sent)
        for place, tally in zip(engine.plan.places, engine.counts.actions, strict=True)
    ]
    expected = []
    for place in engine.plan.places:
        here = engine.plan.flows[place.flow].key, place.action.key
        steps = [step for step in written["steps"] if (step["flow"], step["action"]) == here]
        ways: dict[str, int] = defaultdict(int)
        for step in steps:
            if step["way_out"]:
                ways[step["way_out"]] += 1
        sends = [
            sent
            for sent in written["sends"]
            if (sent["flow"], sent["action"]) == here and sent["status"] == "sent"
        ]
        waiting = sum(step["left_at"] is None for step in steps)
        expected.append((place.action.key, len(steps), waiting, dict(ways), len(sends)))
    assert counted == expected
    assert engine.counts.steps >= len(written["steps"])
    assert np.sum([tally.enrolled for tally in engine.counts.flows]) == len(written["enrolments"])

"""A whole rehearsal: flows over people, from the first event to the files in the folder."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from flows.decisions import Decision
from flows.document import Flow, fingerprint
from flows.part import Part
from simulator.counts import Counts, summarize
from simulator.deciding import Settling
from simulator.errors import NotARunError, writing
from simulator.files import INPUTS, PARTS, SUMMARY, Tables, clear, write_json
from simulator.goods.queue import queued
from simulator.plan import Plan, make_plan
from simulator.report import Progress, Summary
from simulator.scenario import Scenario
from simulator.shards import SHARD, Crew, Job, Keep, ranges
from simulator.source import Source


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is carried out; none of it changes what comes out, `keep` but how much."""

    processes: int = 1
    keep: Keep = "all"
    watch: Callable[[Progress], None] | None = None
    """Told of the progress about ten times a second; it may raise to stop the run."""
    people_per_part: int = SHARD
    """At most so many are run at once, whatever the number of processes: rows stay the same."""


def rehearse(
    flows: Sequence[Flow],
    source: Source,
    scenario: Scenario,
    out: Path,
    *,
    options: RunOptions = RunOptions(),
) -> Summary:
    """Run the flows together over the people; tables and `summary.json` are written to `out`.

    The summary is written last: a folder without one is a run that was cut off.
    """
    plan = make_plan(flows, scenario)
    started = time.perf_counter()
    try:
        with writing(out):
            clear(out)
            write_json(out / INPUTS, inputs(flows, scenario))
        plan, counts = _decided(plan, queued(source, plan), out, options)
        prints = [fingerprint(flow) for flow in flows]
        summary = summarize(plan, counts, prints, version("rehearsal"))
        timed = _timed(summary, counts.steps, time.perf_counter() - started)
        with writing(out):
            if plan.decisions:
                write_json(out / INPUTS, inputs(flows, scenario, plan.decisions))
            write_json(out / SUMMARY, timed.model_dump(mode="json"))
        return timed
    finally:
        shutil.rmtree(out / PARTS, ignore_errors=True)


def _decided(plan: Plan, source: Source, out: Path, options: RunOptions) -> tuple[Plan, Counts]:
    """The last pass, in which all that the crowd decides is known from the start.

    What is decided first depends only on what came before, which later passes repeat: so each
    pass finds one decision more, and the one that finds none is the run. A pass behind which
    another one is to be expected makes no tables.
    """
    parts, keep = ranges(source, plan, options.people_per_part), options.keep
    with Crew(options.processes, len(parts)) as crew:
        while True:
            settling = Settling(plan)
            found = settling.known()
            if not found:
                one = _Pass(plan, source, out, replace(options, keep=keep))
                with Tables(out) as tables:
                    counts = _pass(one, settling, crew, tables)
                    found = settling.found()
                    if not found and keep == options.keep:
                        tables.keep()
                        return plan, counts
            keep = "summary" if len(found) > 1 else options.keep
            plan = make_plan(plan.flows, plan.scenario, (*plan.decisions, *found[:1]))


@dataclass(frozen=True, slots=True, eq=False)
class _Pass:
    """Everything that one pass over all people needs."""

    plan: Plan
    source: Source
    out: Path
    options: RunOptions

    def jobs(self) -> list[Job]:
        """The parts."""
        most = self.options.people_per_part
        return [
            Job(
                flows=self.plan.flows,
                scenario=self.plan.scenario,
                decisions=self.plan.decisions,
                source=self.source,
                start=start,
                stop=stop,
                number=i,
                folder=self.out / PARTS,
                keep=self.options.keep,
            )
            for i, (start, stop) in enumerate(ranges(self.source, self.plan, most))
        ]

    def watch(self, settling: Settling) -> Callable[[Progress], None] | None:
        """Who watches the run is told how many passes there were and may be."""
        told, settled = self.options.watch, len(self.plan.decisions)
        if told is None or not (settling or settled):
            return told
        matters = settled + len(settling)
        return lambda now: told(now.model_copy(update={"settled": settled, "matters": matters}))


def _pass(one: _Pass, settling: Settling, crew: Crew, tables: Tables) -> Counts:
    counts = Counts(one.plan)
    watch = one.watch(settling)
    for part in crew.run(one.jobs(), one.plan, watch):
        counts.add(part.counts)
        settling.add(part.evidence)
        tables.take(part.tables)
    return counts


def _timed(summary: Summary, steps: int, seconds: float) -> Summary:
    """The summary with how long it took."""
    speed = round(steps / max(seconds, 1e-9))
    return summary.model_copy(update={"seconds": round(seconds, 3), "steps_per_second": speed})


class Inputs(Part):
    """`run.json` as it is read back."""

    format: Literal[1]
    scenario: Scenario
    flows: tuple[Flow, ...]
    decisions: tuple[Decision, ...] = ()

    def plan(self) -> Plan:
        """The run once more, with all that was decided in it."""
        return make_plan(self.flows, self.scenario, self.decisions)


def inputs(
    flows: Sequence[Flow], scenario: Scenario, decisions: Sequence[Decision] = ()
) -> dict[str, Any]:
    """What `run.json` holds: everything that a story is told again from, but the people."""
    written: dict[str, Any] = {
        "format": 1,
        "scenario": scenario.model_dump(mode="json"),
        "flows": [flow.model_dump(mode="json", exclude_unset=True) for flow in flows],
    }
    return written | ({"decisions": [asdict(one) for one in decisions]} if decisions else {})


def read_run(out: Path) -> Inputs:
    """What a run was made of; NotARunError where there is none."""
    try:
        return Inputs.model_validate(json.loads((out / INPUTS).read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise NotARunError(out) from error


def read_inputs(out: Path) -> tuple[tuple[Flow, ...], Scenario]:
    """The flows and the scenario of a run; NotARunError where there is none."""
    held = read_run(out)
    return held.flows, held.scenario

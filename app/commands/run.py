"""`rehearsal run`: flows over a population, into a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.commands.files import load_behaviour, load_flows
from app.commands.refusals import UnusableError
from app.given import source_for
from flows.document import Flow
from flows.rules import Rules
from simulator.rehearse import RunOptions, rehearse
from simulator.report import FlowReport, Progress, Summary
from simulator.scenario import Scenario
from simulator.shards import Keep
from simulator.source import Source

MOST = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What the command line asks for."""

    flows: tuple[Path, ...]
    out: Path
    profiles: str
    events: Path | None
    start: datetime | None
    days: int
    seed: int
    processes: int
    behaviour: str
    as_live: bool
    keep: Keep
    as_json: bool


def run_flows(request: RunRequest) -> None:
    """Run, write, and print the summary."""
    flows = load_flows(request.flows)
    scenario = scenario_of(request)
    source = _source(request, flows, scenario)
    try:
        with _shown_progress() as watch:
            options = RunOptions(processes=request.processes, keep=request.keep, watch=watch)
            summary = rehearse(flows, source, scenario, request.out, options=options)
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped: {request.out} holds no whole run.\n")
        raise
    text = json.dumps(summary.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(text if request.as_json else in_words(summary, request.out))


def scenario_of(request: RunRequest) -> Scenario:
    """The scenario that the options describe."""
    start = request.start or Scenario().start
    return Scenario(
        start=start if start.tzinfo else start.replace(tzinfo=UTC),
        days=request.days,
        seed=request.seed,
        profiles=_count(request.profiles) or 0,
        rules=Rules(as_live=request.as_live),
        behaviour=load_behaviour(request.behaviour),
    )


def _count(profiles: str) -> int | None:
    """How many synthetic people, or None where a file is meant."""
    plain = profiles.replace("_", "").replace(",", "")
    if not plain.lstrip("-").isdigit():
        return None
    if not 1 <= int(plain) <= MOST:
        raise UnusableError(f"--profiles is {profiles}, but it has to be 1 to {MOST:,} or a file.")
    return int(plain)


def _source(request: RunRequest, flows: tuple[Flow, ...], scenario: Scenario) -> Source:
    made_up = _count(request.profiles) is not None
    if made_up and request.events:
        raise UnusableError("--events needs --profiles with a file: the events name its people.")
    files = None if made_up else (Path(request.profiles), request.events)
    source, rejected = source_for(flows, scenario, request.out, files)
    if rejected:
        sys.stderr.write(
            f"{len(rejected):,} rows could not be used; see {request.out / 'rejected.jsonl'}.\n"
        )
    return source


@contextmanager
def _shown_progress() -> Iterator[Callable[[Progress], None] | None]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("Rehearsing"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[steps]:,} steps"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("run", total=1.0, steps=0)
        yield lambda now: bar.update(task, completed=now.share, steps=now.steps)


def in_words(summary: Summary, out: Path) -> str:
    """The summary for a reader."""
    lines = [
        f"{summary.profiles:,} people, {summary.days} days, "
        f"{summary.steps:,} steps in {summary.seconds:.1f} s. Written to {out}"
    ]
    for flow in summary.flows:
        lines.extend(_flow_lines(flow))
    lines.append(
        f"\nOrders {summary.orders:,}, revenue {summary.revenue:,.2f}; after a click "
        f"{summary.orders_after_click:,}, revenue {summary.revenue_after_click:,.2f}"
    )
    return "\n".join(lines) + "\n"


def _flow_lines(flow: FlowReport) -> Iterator[str]:
    yield f"\n{flow.name}"
    yield (f"  entered {flow.enrolled:,}   finished {flow.finished:,}   waiting {flow.waiting:,}")
    for reason, number in flow.turned_away.items():
        yield f"  did not enter: {reason} {number:,}"
    for name, action in flow.actions.items():
        if action.sent or action.skipped:
            skipped = ", ".join(f"{reason} {number:,}" for reason, number in action.skipped.items())
            yield f"  {name:<32}{action.type:<14}sent {action.sent:>9,}   skipped {skipped or 0}"

"""`rehearsal run`: flows over a population, into a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.commands.changes import changed
from app.commands.files import load_flows
from app.commands.refusals import UnusableError
from app.commands.settings_file import MOST, Asked, scenario_of
from app.given import GivenFiles, source_for
from flows.conditions.base import Names
from flows.document import Flow
from flows.titles import given_name
from simulator.nobody import why_nobody
from simulator.rehearse import RunOptions, rehearse
from simulator.report import FlowReport, Progress, Summary
from simulator.scenario import Scenario
from simulator.shards import Keep
from simulator.source import Source
from storage.exchange import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What the command line asks for; None where it leaves that to the scenario."""

    flows: tuple[Path, ...]
    out: Path
    profiles: str | None = None
    events: Path | None = None
    objects: Path | None = None
    catalogue: Path | None = None
    scenario: Path | None = None
    start: datetime | None = None
    days: int | None = None
    seed: int | None = None
    processes: int = 1
    behaviour: str | None = None
    as_live: bool | None = None
    add_past: bool = False
    edits: tuple[str, ...] = ()
    keep: Keep = "all"
    as_json: bool = False


def request_of(options: Mapping[str, Any]) -> RunRequest:
    """What is asked for, out of the options by their names."""
    named = {"flow": "flows", "edit": "edits"}
    given = {named.get(name, name): value for name, value in options.items()}
    many = {name: tuple(given[name] or ()) for name in ("flows", "edits")}
    return RunRequest(**given | many | {"keep": str(given["keep"])})


def run_flows(request: RunRequest) -> None:
    """Run, write, and print the summary."""
    flows = load_flows(request.flows)
    scenario, refused = _scenario(request)
    scenario = changed(scenario, add_past=request.add_past, edits=request.edits)
    source = _source(request, flows, scenario, refused)
    try:
        with _shown_progress() as watch:
            options = RunOptions(processes=request.processes, keep=request.keep, watch=watch)
            summary = rehearse(flows, source, scenario, request.out, options=options)
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped: {request.out} holds no whole run.\n")
        raise
    text = json.dumps(summary.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(text if request.as_json else in_words(summary, request.out, flows))


def _scenario(request: RunRequest) -> tuple[Scenario, tuple[Rejected, ...]]:
    count = _count(request.profiles) if request.profiles else None
    return scenario_of(
        Asked(
            scenario=request.scenario,
            catalogue=request.catalogue,
            profiles=0 if request.profiles and count is None else count,
            start=request.start,
            days=request.days,
            seed=request.seed,
            behaviour=request.behaviour,
            as_live=request.as_live,
        )
    )


def _count(profiles: str) -> int | None:
    """How many synthetic people, or None where a file is meant."""
    plain = profiles.replace("_", "").replace(",", "")
    if not plain.lstrip("-").isdigit():
        return None
    if not 1 <= int(plain) <= MOST:
        raise UnusableError(f"--profiles is {profiles}, but it has to be 1 to {MOST:,} or a file.")
    return int(plain)


def _source(
    request: RunRequest,
    flows: tuple[Flow, ...],
    scenario: Scenario,
    refused: tuple[Rejected, ...],
) -> Source:
    files = _files(request)
    source, rejected = source_for(flows, scenario, request.out, files, refused=refused)
    if rejected:
        rows = "1 row" if len(rejected) == 1 else f"{len(rejected):,} rows"
        sys.stderr.write(f"{rows} could not be used; see {request.out / 'rejected.jsonl'}.\n")
    return source


def _files(request: RunRequest) -> GivenFiles | None:
    if request.profiles and _count(request.profiles) is None:
        return GivenFiles(Path(request.profiles), request.events, request.objects)
    for name, path, have in (
        ("--events", request.events, "the events name"),
        ("--objects", request.objects, "the objects name"),
    ):
        if path:
            raise UnusableError(f"{name} needs --profiles with a file: {have} its people.")
    return None


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
        TextColumn("Rehearsing {task.fields[passes]}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[steps]:,} steps"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("run", total=1.0, steps=0, passes="")
        yield lambda now: bar.update(task, completed=now.share, steps=now.steps, passes=now.passes)


def in_words(summary: Summary, out: Path, flows: Sequence[Flow]) -> str:
    """The summary of these flows for a reader."""
    lines = [
        f"{summary.profiles:,} people, {summary.days} days, "
        f"{summary.steps:,} steps in {summary.seconds:.1f} s. Written to {out}"
    ]
    for report, flow in zip(summary.flows, flows, strict=True):
        lines.extend(_flow_lines(report, flow))
    if summary.decisions:
        lines.extend(("", *(decision.text for decision in summary.decisions)))
    lines.append(
        f"\nOrders {summary.orders:,}, revenue {summary.revenue:,.2f}; after a click "
        f"{summary.orders_after_click:,}, revenue {summary.revenue_after_click:,.2f}"
    )
    return "\n".join(lines) + "\n"


def _flow_lines(report: FlowReport, flow: Flow) -> Iterator[str]:
    yield f"\n{report.name}"
    yield (
        f"  entered {report.enrolled:,}   finished {report.finished:,}   waiting {report.waiting:,}"
    )
    if report.added:
        yield f"  of them added from before {report.added:,}"
    for reason, number in report.turned_away.items():
        yield f"  did not enter: {reason} {number:,}"
    if nobody := why_nobody(report, flow, Names(flow.names)):
        yield f"  {nobody}"
    told = {key: action for key, action in report.actions.items() if action.sent or action.skipped}
    wide = max((len(key) for key in told), default=0)
    for key, action in told.items():
        skipped = ", ".join(f"{reason} {number:,}" for reason, number in action.skipped.items())
        name = given_name(flow.by_id[key]) if key in flow.by_id else ""
        shown = f"“{name}”" if name and name != key else ""
        yield (
            f"  {key:<{wide}}  {action.type:<19}  sent {action.sent:>9,}   "
            f"skipped {skipped or 0}   {shown}".rstrip()
        )

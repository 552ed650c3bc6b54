"""A whole rehearsal: flows over people, from the first event to the files in the folder."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from flows.document import Flow, fingerprint
from flows.part import Part
from simulator.counts import Counts, summarize
from simulator.errors import NoSpaceError, NotARunError
from simulator.plan import make_plan
from simulator.report import Progress, Summary
from simulator.scenario import Scenario
from simulator.shards import SHARD, TABLES, Job, Keep, ranges, run_all
from simulator.source import Source

INPUTS = "run.json"
SUMMARY = "summary.json"


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
    parts = out / ".parts"
    started = time.perf_counter()
    try:
        _clear(out, parts)
        _write_json(out / INPUTS, inputs(flows, scenario))
        jobs = [
            Job(tuple(flows), scenario, source, start, stop, i, parts, options.keep)
            for i, (start, stop) in enumerate(ranges(source, plan, options.people_per_part))
        ]
        counts = Counts(plan)
        with Tables(out) as tables:
            for part in run_all(jobs, plan, options.processes, options.watch):
                counts.add(part.counts)
                tables.take(part.tables)
        prints = [fingerprint(flow) for flow in flows]
        summary = summarize(plan, counts, prints, version("rehearsal"))
        timed = _timed(summary, counts.steps, time.perf_counter() - started)
        _write_json(out / SUMMARY, timed.model_dump(mode="json"))
        return timed
    except OSError as error:
        raise NoSpaceError(out, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _timed(summary: Summary, steps: int, seconds: float) -> Summary:
    """The summary with how long it took."""
    speed = round(steps / max(seconds, 1e-9))
    return summary.model_copy(update={"seconds": round(seconds, 3), "steps_per_second": speed})


class Tables:
    """The Parquet files of a run, fed part by part; they get their names when all is done."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Tables:
        return self

    def take(self, tables: Iterable[tuple[str, pa.Table]]) -> None:
        """Append one part's tables."""
        for name, table in tables:
            self._writer(name, table.schema).write_table(table, row_group_size=1 << 20)

    def _writer(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        if name not in self._writers:
            words = [f.name for f in schema if pa.types.is_dictionary(f.type)]
            self._writers[name] = pq.ParquetWriter(
                self._out / f"{name}.parquet.part",
                schema,
                compression="snappy",
                use_dictionary=words,  # type: ignore[arg-type]  # the stubs know only bool
                store_schema=False,
                write_statistics=False,
            )
        return self._writers[name]

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        for name, writer in self._writers.items():
            path = self._out / f"{name}.parquet.part"
            try:
                writer.close()
            finally:
                if kind is not None:
                    path.unlink(missing_ok=True)
            if kind is None:
                path.replace(self._out / f"{name}.parquet")


class Inputs(Part):
    """`run.json` as it is read back."""

    format: Literal[1]
    scenario: Scenario
    flows: tuple[Flow, ...]


def inputs(flows: Sequence[Flow], scenario: Scenario) -> dict[str, Any]:
    """What `run.json` holds: everything that a story is told again from, but the people."""
    return {
        "format": 1,
        "scenario": scenario.model_dump(mode="json"),
        "flows": [flow.to_json() for flow in flows],
    }


def read_inputs(out: Path) -> tuple[tuple[Flow, ...], Scenario]:
    """The flows and the scenario of a run; NotARunError where there is none."""
    try:
        held = Inputs.model_validate(json.loads((out / INPUTS).read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise NotARunError(out) from error
    return held.flows, held.scenario


def _clear(out: Path, parts: Path) -> None:
    """Make the folder ready; what an earlier run left there goes."""
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    (out / SUMMARY).unlink(missing_ok=True)
    for name in TABLES["all"]:
        (out / f"{name}.parquet").unlink(missing_ok=True)


def _write_json(path: Path, value: object) -> None:
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
    draft.replace(path)

"""The people of a run that come from files, kept with the run so that it can be told again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from flows.document import Flow
from simulator.plan import names_of
from simulator.rehearse import read_inputs
from simulator.scenario import Scenario
from simulator.source import GivenAudience, Source
from simulator.synthetic.for_run import audience_for
from storage.exchange import Rejected, read_population, write_rejected

INPUTS = "inputs"
REJECTED = "rejected.jsonl"


def given_source(
    profiles: Path, events: Path | None, out: Path, names: dict[str, str]
) -> tuple[GivenAudience, tuple[Rejected, ...]]:
    """The people of the files; the files are copied into `out`, refused rows written there."""
    population, rejected = read_population(profiles, events, names)
    out.mkdir(parents=True, exist_ok=True)
    kept = out / INPUTS
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    shutil.copyfile(profiles, kept / f"profiles{profiles.suffix.lower()}")
    if events:
        shutil.copyfile(events, kept / f"events{events.suffix.lower()}")
    write_rejected(rejected, out / REJECTED)
    return GivenAudience(population), rejected


def source_for(
    flows: Sequence[Flow], scenario: Scenario, out: Path, files: tuple[Path, Path | None] | None
) -> tuple[Source, tuple[Rejected, ...]]:
    """The people of a run into `out`: those of the files, else made-up ones."""
    if files is None:
        shutil.rmtree(out / INPUTS, ignore_errors=True)
        return audience_for(flows, scenario), ()
    return given_source(*files, out, names_of(flows, scenario))


def source_of_run(out: Path) -> Source:
    """The people of a stored run again; NotARunError where `out` holds none."""
    flows, scenario = read_inputs(out)
    kept = {path.stem: path for path in sorted((out / INPUTS).glob("*"))}
    if "profiles" not in kept:
        return audience_for(flows, scenario)
    names = names_of(flows, scenario)
    population, _ = read_population(kept["profiles"], kept.get("events"), names)
    return GivenAudience(population)

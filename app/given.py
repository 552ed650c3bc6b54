"""The people of a run that come from files, kept with the run so that it can be told again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.document import Flow
from flows.people import Population
from simulator.plan import names_of
from simulator.rehearse import read_inputs
from simulator.scenario import Scenario
from simulator.source import GivenAudience, Source
from simulator.synthetic.for_run import audience_for
from storage.exchange import Rejected, read_population, write_rejected

INPUTS = "inputs"
REJECTED = "rejected.jsonl"


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """The files of a run: its people, and perhaps what they did and what they have."""

    profiles: Path
    events: Path | None = None
    objects: Path | None = None

    def named(self) -> Iterator[tuple[str, Path]]:
        """Each file by what it holds."""
        yield "profiles", self.profiles
        if self.events:
            yield "events", self.events
        if self.objects:
            yield "objects", self.objects

    def read(self, names: Mapping[str, str]) -> tuple[Population, tuple[Rejected, ...]]:
        """The people, and the rows that cannot be used."""
        return read_population(self.profiles, self.events, names, objects=self.objects)


def given_source(
    files: GivenFiles, out: Path, names: Mapping[str, str], refused: Sequence[Rejected] = ()
) -> tuple[GivenAudience, tuple[Rejected, ...]]:
    """The people of the files; the files are copied into `out`, refused rows written there."""
    population, rejected = files.read(names)
    out.mkdir(parents=True, exist_ok=True)
    kept = out / INPUTS
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name, path in files.named():
        shutil.copyfile(path, kept / f"{name}{path.suffix.lower()}")
    write_rejected([*rejected, *refused], out / REJECTED)
    return GivenAudience(population), rejected


def source_for(
    flows: Sequence[Flow],
    scenario: Scenario,
    out: Path,
    files: GivenFiles | None,
    *,
    refused: Sequence[Rejected] = (),
) -> tuple[Source, tuple[Rejected, ...]]:
    """The people of a run into `out`: those of the files, else made-up ones.

    `refused` are rows of other files, as of a catalogue, which are written beside those of people.
    """
    if files is None:
        shutil.rmtree(out / INPUTS, ignore_errors=True)
        if refused:
            out.mkdir(parents=True, exist_ok=True)
            write_rejected(refused, out / REJECTED)
        return audience_for(flows, scenario), tuple(refused)
    source, rejected = given_source(files, out, names_of(flows, scenario), refused)
    return source, (*rejected, *refused)


def source_of_run(out: Path) -> Source:
    """The people of a stored run again; NotARunError where `out` holds none."""
    flows, scenario = read_inputs(out)
    kept = {path.stem: path for path in sorted((out / INPUTS).glob("*"))}
    if "profiles" not in kept:
        return audience_for(flows, scenario)
    files = GivenFiles(kept["profiles"], kept.get("events"), kept.get("objects"))
    population, _ = files.read(names_of(flows, scenario))
    return GivenAudience(population)

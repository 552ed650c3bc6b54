"""The same files whatever the number of processes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.commands import SAMPLES, THREE, run
from tests.benchmarks.measurement import Measurement, Wanted

PROCESSES = (1, 2, 4)
TIMED = ("seconds", "steps_per_second")


def measure(*, quick: bool = False) -> Measurement:
    """How many files differ between runs of one, two and four processes."""
    people = 110_000 if quick else 250_000
    flows = [SAMPLES / f"{name}.json" for name in THREE]
    found: list[dict[str, str]] = []
    for processes in PROCESSES:
        with TemporaryDirectory() as folder:
            run(flows, Path(folder), profiles=people, days=90, processes=processes)
            found.append(prints(Path(folder)))
    names = sorted(set().union(*found))
    differing = [name for name in names if len({held.get(name) for held in found}) > 1]
    shown = f"; differing: {', '.join(differing)}" if differing else ""
    return Measurement(
        name="processes",
        figure=len(differing),
        wanted=Wanted(1),
        unit="files differ",
        note=f"{people:,} people with 1, 2 and 4 processes: {', '.join(names)} by SHA-256, "
        f"summary.json without its two timings{shown}",
    )


def prints(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file by name; of the summary without what the clock says."""
    return {
        path.name: hashlib.sha256(_content(path)).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def _content(path: Path) -> bytes:
    if path.name != "summary.json":
        return path.read_bytes()
    held = json.loads(path.read_text("utf-8"))
    return json.dumps({k: v for k, v in held.items() if k not in TIMED}).encode()

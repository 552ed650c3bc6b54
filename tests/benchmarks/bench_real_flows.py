"""Flows that real shops run, where the data lies beside the repository."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from app.commands.files import load_flow
from tests.benchmarks.commands import ROOT, run
from tests.benchmarks.measurement import Measurement, Wanted

FOLDER = ROOT.parent / "shared" / "data" / "real-flows"


def measure(*, quick: bool = False) -> Measurement:
    """The seconds of the slowest flow; a flow that fails or holds an unknown step counts as 999."""
    files = sorted(FOLDER.glob("*.json"))
    if not files:
        return _row(None, "skipped: no real flows lie beside the repository")
    if quick:
        files = sorted(files, key=lambda file: file.stat().st_size)[-3:]
    seconds, wrong = {}, []
    for file in files:
        unknown = sorted({a.type for a in load_flow(file).actions if not a.known})
        if unknown:
            wrong.append(f"{file.stem} holds {', '.join(unknown)}")
        try:
            with TemporaryDirectory() as folder:
                took = run([file], Path(folder), profiles=10_000, days=120)
        except RuntimeError as error:
            wrong.append(f"{file.stem} fails: {error}")
        else:
            seconds[file.stem] = took.seconds
    if wrong:
        return _row(999, "; ".join(wrong))
    slowest = max(seconds, key=lambda name: seconds[name])
    note = f"the slowest of {len(files)}, {slowest}; 10,000 people, 120 days; no step unknown"
    return _row(seconds[slowest], note)


def _row(figure: float | None, note: str) -> Measurement:
    return Measurement(name="real-flows", figure=figure, wanted=Wanted(15), unit="s", note=note)

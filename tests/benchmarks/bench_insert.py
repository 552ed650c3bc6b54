"""How long an edit takes on the canvas."""

from __future__ import annotations

from tests.benchmarks import bench_canvas
from tests.benchmarks.measurement import Measurement, Wanted
from tests.support.chromium import CHROMIUM


def measure(*, quick: bool = False) -> Measurement:
    """The median from choosing a step in a flow of 50 to the frame that shows it."""
    if not CHROMIUM.exists():
        return _row(None, f"skipped: there is no {CHROMIUM}")
    found = bench_canvas.measure()
    others = ", ".join(
        f"{steps:,} steps {found[f'insert_until_drawn_{steps}_steps_ms']:g} ms"
        for steps in (200, 1000)
    )
    return _row(found["insert_until_drawn_50_steps_ms"], f"median in Chromium; {others}")


def _row(figure: float | None, note: str) -> Measurement:
    return Measurement(name="canvas-insert", figure=figure, wanted=Wanted(80), unit="ms", note=note)

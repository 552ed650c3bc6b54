"""docs/measurements.md: the part that measuring writes, between two markers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.benchmarks.commands import ROOT
from tests.benchmarks.machine import described
from tests.benchmarks.measurement import Measurement

PAGE = ROOT / "docs" / "measurements.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
HEAD = ("what", "figure", "wanted", "", "beside the peer", "how", "date")


def write(measured: Sequence[Measurement], order: Sequence[str]) -> None:
    """Put the rows into the page; those that were not measured this time stay as they are."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    held, _, after = rest.partition(END)
    rows = _rows(held) | {one.name: _row(one) for one in measured}
    lines = [
        BEGIN,
        "",
        f"Last on {described()}.",
        "",
        _line(HEAD),
        _line(["---"] * len(HEAD)),
        *(rows[name] for name in order if name in rows),
        "",
        END,
    ]
    PAGE.write_text(before + "\n".join(lines) + after, "utf-8")


def _rows(held: str) -> dict[str, str]:
    """The lines of the table by what they measure."""
    lines = [line for line in held.splitlines() if line.startswith("| ")]
    return {line.split("|")[1].strip(): line for line in lines[2:]}


def _row(one: Measurement) -> str:
    day = datetime.now(UTC).date().isoformat()
    name, figure, wanted, verdict, ratio, note = one.cells()
    marked = verdict if verdict == "met" else f"**{verdict}**"
    return _line((name, figure, wanted, marked, ratio, note, day))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

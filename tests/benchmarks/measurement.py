"""What a measurement comes to, beside what was wanted of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figure that counts as good: at least, or less than, the limit."""

    limit: float
    at_least: bool = False

    def met_by(self, figure: float) -> bool:
        """Whether the figure is as wanted."""
        return figure >= self.limit if self.at_least else figure < self.limit

    def in_words(self, unit: str) -> str:
        """As in “at least 40 times”."""
        return f"{'at least' if self.at_least else 'under'} {shown(self.limit)} {unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One row of the table. A figure of None was not taken: the note says why."""

    name: str
    figure: float | None
    wanted: Wanted
    unit: str
    ratio: str = ""
    """Beside the peer, where there is one."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """In one word: met, missed or skipped."""
        if self.figure is None:
            return "skipped"
        return "met" if self.wanted.met_by(self.figure) else "missed"

    def cells(self) -> tuple[str, ...]:
        """The row as texts: what, figure, wanted, verdict, beside the peer, note."""
        figure = "" if self.figure is None else f"{shown(self.figure)} {self.unit}".strip()
        wanted = self.wanted.in_words(self.unit)
        return self.name, figure, wanted, self.verdict, self.ratio, self.note


def shown(number: float) -> str:
    """A number in three digits that count, thousands set apart."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"

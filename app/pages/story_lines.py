"""A story as a list under the days on which things happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from nicegui import ui

from editor import widgets, words
from simulator.teller import Line

ICONS = {
    "entered": ("login", "trigger"),
    "turned-away": ("block", "other"),
    "sent": ("outgoing_mail", "message"),
    "skipped": ("unsubscribe", "other"),
    "waited": ("schedule", "timing"),
    "chose": ("call_split", "logic"),
    "changed": ("edit", "data"),
    "event": ("bolt", "trigger"),
    "passed": ("arrow_downward", "other"),
    "left": ("flag", "other"),
}
"""How each kind of line looks: an icon, and the kind of step whose colours it takes."""


_ENDS = re.compile(r"It ends \d+ \w+ \d+ [\d:]+ UTC[^.]*\.")
"""What a wait says of its end in UTC, where the same is said on the person's clock."""


def draw_lines(lines: Sequence[Line], zone: str, *, name_flows: bool = False) -> None:
    """The lines in order; `name_flows` says of each to which flow it belongs."""
    lines = [line for line in lines if not _told_twice(line, lines)]
    if not lines:
        widgets.empty_state("hourglass_empty", "Nothing happened", "No flow came their way.")
    for day, of_day in groupby(lines, key=lambda line: words.day(line.at, zone)):
        ui.label(day).classes("rp-story-day")
        with ui.element("ol").classes("rp-story"):
            for line in of_day:
                _line(line, zone, name_flows)


def _told_twice(line: Line, lines: Sequence[Line]) -> bool:
    """The event that a message arrived, where the line of its sending tells as much."""
    received = line.kind == "event" and line.title.startswith("Received ")
    return received and any(one.kind == "sent" and one.at == line.at for one in lines)


def _line(line: Line, zone: str, name_flow: bool) -> None:
    symbol, kind = ICONS.get(line.kind, ("circle", "other"))
    with ui.element("li").classes(f"rp-story-line rp-story-{line.kind}"):
        ui.label(f"{words.in_zone(line.at, zone):%H:%M}").classes("rp-story-time rh-number")
        widgets.tile(symbol, kind, small=True)
        with widgets.column(gap=0, classes="rh-grow"):
            with widgets.row(gap=8, classes="rh-between rh-top"):
                ui.label(line.title).classes("rp-story-title")
                if name_flow and line.flow:
                    ui.label(line.flow).classes("rp-story-flow rh-small rh-faint")
            if said := why(line, zone):
                widgets.muted(said, small=True)


def why(line: Line, zone: str) -> str:
    """The reason; a wait that only says how long it is says until when on the person's clock."""
    if line.until is None:
        way = line.title.rpartition(": ")[2]
        return line.why.removeprefix(f"{way}: ") if line.kind == "chose" else line.why
    until = f"Until {words.moment(line.until, zone)}."
    more = _ENDS.sub("", line.why).strip()
    return until if more.startswith(line.title) or not more else f"{until} {more}"

"""The saved states of a flow, and the way back to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from nicegui import ui

from editor import widgets
from editor.sessions import Editing
from storage.flow_store import Revision

ONE_BREATH = timedelta(minutes=2)
"""Saves of one kind within this time stand as one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Saves in a row that belong together: the last of them, and how many they are."""

    revision: int
    label: str
    saved_at: datetime
    count: int


def lines(revisions: Iterable[Revision]) -> list[Line]:
    """The saves, latest first; those of one label in one breath are one."""
    listed = list(revisions)
    starts = [0] + [
        at for at, (later, earlier) in enumerate(pairwise(listed), 1) if _apart(later, earlier)
    ]
    ends = [*starts[1:], len(listed)] if listed else []
    return [
        Line(first.revision, first.label, first.saved_at, end - start)
        for start, end in zip(starts, ends, strict=False)
        for first in (listed[start],)
    ]


def _apart(later: Revision, earlier: Revision) -> bool:
    return later.label != earlier.label or later.saved_at - earlier.saved_at > ONE_BREATH


def open_history(editing: Editing) -> None:
    """Show the saved states over the page."""
    with ui.dialog() as dialog, ui.element("div").classes("rh-dialog"):
        widgets.heading("Revisions")
        widgets.muted("Every edit is kept. Going back is an edit too, so nothing is lost.")
        with ui.element("div").classes("rh-history"):
            for at, line in enumerate(lines(editing.revisions())):
                _draw_line(editing, dialog, line, now=at == 0)
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Close", dialog.close)
    dialog.on("hide", dialog.delete)
    dialog.open()


def _draw_line(editing: Editing, dialog: ui.dialog, line: Line, *, now: bool) -> None:
    def restore() -> None:
        editing.restore(line.revision)
        dialog.close()
        widgets.toast(f"Back at revision {line.revision}.")

    with ui.element("div").classes("rh-history-line"):
        with widgets.column(gap=0, classes="rh-grow"):
            ui.label(line.label).classes("rh-ellipsis")
            times = f" · {line.count} saves" if line.count > 1 else ""
            stamp = line.saved_at.astimezone()
            ui.label(f"{stamp:%-d %b %Y, %H:%M}{times}").classes("rh-muted rh-small rh-number")
        if now:
            widgets.pill("Now", "accent")
        else:
            widgets.quiet_button("Restore", restore, small=True)

"""Dialogs of the gallery: a new flow, a flow from a file, another name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from nicegui import events, ui

from editor import widgets, words
from flows.document import Flow
from flows.loading import LARGEST, Loaded, read
from flows.problem import Problem
from storage.flow_store import FlowStore

SHOWN = 50
BLANK = "blank"

Create = Callable[[Flow, str], Any]


def new_flow(samples: Sequence[Flow], create: Create) -> None:
    """Ask for a name and a starting point, and create."""
    starts = {BLANK: "An empty flow"} | {flow.id: f"A copy of “{flow.name}”" for flow in samples}
    by_id = {flow.id: flow for flow in samples}

    def make() -> None:
        base = by_id.get(start.value, Flow())
        title = name.value.strip() or (base.name if start.value != BLANK else "Untitled flow")
        dialog.close()
        create(base.model_copy(update={"id": "", "name": title, "status": "draft"}), "New flow")

    with ui.dialog(value=True) as dialog, ui.element("div").classes("rh-dialog"):
        widgets.heading("New flow")
        name = widgets.text_field("Name", "", placeholder="Welcome series")
        name.props("autofocus").on("keydown.enter", make)
        start = widgets.select_field("Start from", starts, BLANK)
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Cancel", dialog.close)
            widgets.primary_button("Create flow", make)


def rename(title: str, name: str, change: Callable[[str], Any]) -> None:
    """Ask for another name."""

    def save() -> None:
        wanted = field.value.strip()
        if wanted:
            dialog.close()
            change(wanted)

    with ui.dialog(value=True) as dialog, ui.element("div").classes("rh-dialog"):
        widgets.heading(title)
        field = widgets.text_field("Name", name)
        field.props("autofocus").on("keydown.enter", save)
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Cancel", dialog.close)
            widgets.primary_button("Rename", save)


def show_trash(store: FlowStore, on_change: Callable[[], Any]) -> None:
    """The flows in the trash, each with a way back."""

    def restore(flow_id: str, row: ui.element) -> None:
        store.restore(flow_id)
        row.delete()
        on_change()

    with ui.dialog(value=True) as dialog, ui.element("div").classes("rh-dialog"):
        widgets.heading("Trash")
        with ui.element("div"):
            for flow in store.list(trashed=True):
                with ui.element("div").classes("rp-trash-row") as row:
                    ui.label(flow.name or "Untitled flow").classes("rh-ellipsis")
                    back = widgets.quiet_button("Restore", small=True)
                    back.on_click(partial(restore, flow.id, row))
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Close", dialog.close)


def import_flow(create: Create) -> None:
    """Take a file, show what is wrong with it, and create the flow that it holds."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("rh-dialog rh-dialog-wide"):
        widgets.heading("Import a flow")
        widgets.muted(
            "A flow downloaded from here, or a flow definition from Klaviyo, as a JSON file."
        )
        upload = ui.upload(
            on_upload=_taken(lambda loaded, name: _show(found, loaded, name, create)),
            on_rejected=lambda: ui.notify("Only a JSON file of at most 5 MB can be imported."),
            max_file_size=LARGEST,
            auto_upload=True,
            label="Drop a file here, or press +",
        )
        upload.props('accept=".json,application/json" flat bordered').classes("rp-upload")
        upload.on_upload(upload.reset)
        found = widgets.column(gap=12)
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Cancel", dialog.close)


def _taken(
    show: Callable[[Loaded, str], None],
) -> Callable[[events.UploadEventArguments], Awaitable[None]]:
    async def take(event: events.UploadEventArguments) -> None:
        raw = await event.file.read()
        show(read(raw, where=event.file.name), event.file.name)

    return take


def _show(place: ui.element, loaded: Loaded, name: str, create: Create) -> None:
    flow = loaded.flow
    if flow is not None and not loaded.problems:
        create(flow, f"Imported from {name}")
        return
    place.clear()
    with place:
        _verdict(loaded, name)
        problem_lines(loaded.problems)
        if flow is not None:
            with widgets.row(classes="rh-end"):
                widgets.primary_button(
                    "Import anyway", lambda: create(flow, f"Imported from {name}")
                )


def _verdict(loaded: Loaded, name: str) -> None:
    found = words.number_of(len(loaded.problems), "problem")
    if loaded.flow is None:
        widgets.banner(f"“{name}” cannot be imported: {found}.", "danger", symbol="error")
    else:
        text = f"“{name}” can be imported, and has {found} that you can mend in the editor."
        widgets.banner(text, "warn", symbol="warning")


def problem_lines(problems: Sequence[Problem]) -> None:
    """Each problem with its place and its mending."""
    with ui.element("div").classes("rp-problems rh-scroll"):
        for problem in problems[:SHOWN]:
            with widgets.column(gap=0, classes=f"rp-problem rp-problem-{problem.severity}"):
                ui.label(problem.text)
                if problem.fix:
                    widgets.muted(problem.fix, small=True)
                if problem.where != "$":
                    ui.label(problem.where).classes("rh-mono rh-faint")
        if len(problems) > SHOWN:
            widgets.muted(f"and {len(problems) - SHOWN} more", small=True)

"""The paths of a multi split: their names, questions and order."""

from __future__ import annotations

from nicegui import ui

from editor import choosers, widgets
from editor.filter_controls import path_filter
from editor.form import Form
from editor.forms import FormField
from editor.phrases import Json
from flows.edits import add_branch, remove_branch


def paths(form: Form, field: FormField) -> None:
    """The paths as cards, asked from top to bottom; everyone else comes last and stays."""
    branches: list[Json] = form.subject.at(field.path, [])
    frame = widgets.field(field.label, "The first path that fits is taken.")
    with frame, widgets.column(gap=8):
        for at, branch in enumerate(branches):
            _path(form, field, at, branch)
        add = widgets.ghost_button("Add a path", lambda: _add(form), icon="add", small=True)
        add.classes("rh-start")


def _path(form: Form, field: FormField, at: int, branch: Json) -> None:
    here = (*field.path, at)
    with ui.element("div").classes("rh-path"):
        with widgets.row(gap=4):
            if branch.get("is_else"):
                ui.label(branch.get("name") or "Everyone else").classes("rh-label rh-grow")
                return
            name = branch.get("name") or f"Path {at + 1}"
            with ui.element("div").classes("rh-grow"):
                choosers.plain(name, lambda new: _rename(form, here, new), f"Name of path {at + 1}")
            _arrow(form, field, at, -1)
            _arrow(form, field, at, 1)
            widgets.icon_button(
                "delete", f"Remove {name}", lambda: _remove(form, branch), small=True
            )
        path_filter(form, (*here, "branch_filter"), f"the condition of {name}")


def _arrow(form: Form, field: FormField, at: int, by: int) -> None:
    branches: list[Json] = form.subject.at(field.path, [])
    asked = sum(not branch.get("is_else") for branch in branches)
    label = "Ask earlier" if by < 0 else "Ask later"
    button = widgets.icon_button(
        "arrow_upward" if by < 0 else "arrow_downward",
        label,
        lambda: _swap(form, field, at, at + by),
        small=True,
    )
    if not 0 <= at + by < asked:
        button.disable()


def swapped(branches: list[Json], one: int, other: int) -> list[Json]:
    """The paths with two of them in each other's place; `order`, where written, stays in place."""
    moved = list(branches)
    moved[one], moved[other] = branches[other], branches[one]
    return [
        {**new, "order": old["order"]} if "order" in new and "order" in old else new
        for old, new in zip(branches, moved, strict=True)
    ]


def _swap(form: Form, field: FormField, one: int, other: int) -> None:
    branches: list[Json] = form.subject.at(field.path, [])
    form.subject.put(field.path, swapped(branches, one, other), "Reorder paths")
    form.redraw()


def _rename(form: Form, here: tuple[str | int, ...], name: str) -> None:
    form.subject.put((*here, "name"), name or None, "Rename path")


def _add(form: Form) -> None:
    _tell(form.subject.edit("Add path", lambda flow: add_branch(flow, form.subject.key)))
    form.redraw()


def _remove(form: Form, branch: Json) -> None:
    branch_id = str(branch["branch_id"])
    _tell(
        form.subject.edit(
            "Remove path", lambda flow: remove_branch(flow, form.subject.key, branch_id)
        )
    )
    form.redraw()


def _tell(refusal: str) -> None:
    if refusal:
        widgets.toast(refusal)

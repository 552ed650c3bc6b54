"""What a code step shall give: fixed outputs, and cases with outputs of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import ui

from editor import choosers, widgets
from editor.condition_groups import EVENT_KINDS, PROFILE_KINDS
from editor.conditions_form import ConditionsForm
from editor.filter_controls import vocabulary
from editor.form import Form, Sentence
from editor.forms import FormField
from editor.phrases import Json
from editor.row_controls import Rows
from editor.stub_rows import KINDS, fault_of, first_value, outputs_of, rows_of
from editor.subject import Subject
from flows.document import Flow
from flows.edits import set_field

_EVERYBODY: Json = {"condition_groups": []}


def stub(form: Form, field: FormField) -> None:
    """The stand-in of a code step, kept with the flow and never exported."""
    here = replace(form, subject=_subject(form))
    with widgets.field(field.label, "No definition holds code, so say what it would give."):
        for at in range(len(_cases(here))):
            _case(here, at)
        with ui.element("div").classes("rh-path"):
            ui.label("Everyone else gets" if _cases(here) else "Everyone gets").classes("rh-label")
            _outputs(here, ("outputs",))
        add = widgets.ghost_button("Add a case", lambda: _add(here), icon="add", small=True)
        add.classes("rh-start")
    _number(here)


def _subject(form: Form) -> Subject:
    key = form.subject.key

    def read(flow: Flow) -> Json:
        held = flow.stubs.get(key)
        return held.to_json() if held else {}

    return Subject(
        form.subject.session,
        f"{key}:stub",
        read,
        lambda flow, path, value: set_field(flow, ("stubs", key, *path), value),
        whole=form.subject.whole or form.subject,
    )


def _cases(form: Form) -> list[Json]:
    return list(form.subject.at(("cases",), []))


def _case(form: Form, at: int) -> None:
    with ui.element("div").classes("rh-path"):
        with widgets.row(gap=4):
            ui.label(f"Case {at + 1}: who fits").classes("rh-label rh-grow")
            widgets.icon_button(
                "delete", f"Remove case {at + 1}", lambda: _remove(form, at), small=True
            )
        event = bool(form.flow.trigger and form.flow.trigger.type == "metric")
        words = vocabulary(
            form.flow, form.catalogue, PROFILE_KINDS | EVENT_KINDS if event else PROFILE_KINDS
        )
        path = ("cases", at, "when")

        def said(written: Json | None) -> None:
            form.subject.put(path, written or _EVERYBODY, "Change a case")

        ConditionsForm(form.subject.at(path), words, said)
        ui.label("gets").classes("rh-joint")
        _outputs(form, ("cases", at, "outputs"))


def _outputs(form: Form, path: tuple[str | int, ...]) -> None:
    """Names with values of a type each; what cannot stand is said below."""
    rows = rows_of(form.subject.at(path, {}))

    def said(new: list[Json]) -> None:
        wrong = fault_of(new)
        sentence.say(wrong or form.subject.put(path, outputs_of(new), "Change outputs"))

    Rows(
        rows,
        _output,
        said,
        fresh={"name": "", "kind": "string", "value": ""},
        add="Add an output",
    )
    sentence = Sentence(fault_of(rows))


def _output(row: Json, change: Callable[[Json], None]) -> None:
    now = dict(row)

    def put(**values: Any) -> None:
        now.update(values)
        change(dict(now))

    choosers.plain(row["name"], lambda name: put(name=name), "Name").props('placeholder="Name"')
    kind = str(row["kind"])
    if kind == "kept":
        widgets.muted("Kept as it is; it cannot be changed here.", small=True)
        return
    choosers.choose(KINDS, kind, lambda new: put(kind=new, value=first_value(new)), "Type")
    match kind:
        case "boolean":
            words = {True: "yes", False: "no"}
            choosers.choose(words, row["value"], lambda value: put(value=value), "Value")
        case "numeric":
            choosers.number(row["value"], lambda value: put(value=value), "Value")
        case "list":
            choosers.texts(list(row["value"]), lambda value: put(value=value), "Values")
        case _:
            choosers.plain(row["value"], lambda value: put(value=value), "Value").props(
                'placeholder="Value"'
            )


def _number(form: Form) -> None:
    """The number by which splits name the step, where there are several code steps."""

    def said(value: float | None) -> None:
        number = None if value is None else choosers.whole(value)
        sentence.say(form.subject.put(("output_config_id",), number, "Change number"))

    with ui.expansion("Number of the outputs").classes("rh-fold"):
        widgets.number_field("Number", form.subject.at(("output_config_id",)), on_change=said)
        widgets.help_line("By which splits name it; empty for any number that no other step has.")
        sentence = Sentence()


def _add(form: Form) -> None:
    case = {"when": _EVERYBODY, "outputs": {}}
    form.subject.put(("cases",), [*_cases(form), case], "Add a case")
    form.redraw()


def _remove(form: Form, at: int) -> None:
    kept = [case for i, case in enumerate(_cases(form)) if i != at]
    form.subject.put(("cases",), kept, "Remove a case")
    form.redraw()

"""The messages of a test, their shares, and the message that is sent without a test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nicegui import ui

from editor import choosers, widgets
from editor.form import Form
from editor.forms import FormField, Path, form_fields
from editor.phrases import Json
from editor.shares import allocations_of, equal, moved, percents
from editor.subject import within
from flows.actions.experimenting import ExperimentAction
from flows.actions.messaging import MessageAction
from flows.actions.send_email import SendEmail
from flows.actions.send_mobile_push import SendMobilePush
from flows.actions.send_sms import SendSms
from flows.actions.send_whatsapp import SendWhatsApp
from flows.document import Flow
from flows.edits import change

_WINNERS = {
    "ab-test": {
        "unique-clicks": "Most clicks",
        "unique-opens": "Most opens",
        "unique-placed-orders": "Most orders",
        "submission": "Most answers",
    },
    "content-experiment": {"click-rate": "Most clicks", "open-rate": "Most opens"},
}
"""By the type of test; the first is meant where none is chosen."""
_SENDS: dict[str, type[MessageAction]] = {
    "send-email": SendEmail,
    "send-sms": SendSms,
    "send-mobile-push": SendMobilePush,
    "send-whatsapp": SendWhatsApp,
}

_NEVER_ENDS: Json = {
    "enabled": False,
    "automatic_end_date": None,
    "automatic_end_statistical_certainty": False,
}
_SENDER = {"from_label", "from_email", "reply_to_email"}


def variations(form: Form, field: FormField) -> None:
    """A card for each version with its share and what it says."""
    versions = _versions(form, field)
    shares = percents(form.subject.at((*field.path, "allocations")), _ids(versions))
    with widgets.field(field.label, "Shares always add up to 100 %."), widgets.column(gap=8):
        for at in range(len(versions)):
            _version(form, field, at, share=shares[at])
        add = widgets.ghost_button("Add a version", lambda: _add(form, field), icon="add")
        add.classes("rh-start rh-btn-small")
    winners = _WINNERS[str(form.subject.at(("type",)))]
    widgets.select_field(
        "Winner has the",
        winners,
        form.subject.at((*field.path, "winner_metric")) or next(iter(winners)),
        on_change=lambda chosen: form.subject.put(
            (*field.path, "winner_metric"), chosen, "Change winner"
        ),
    )
    if "automatic_winner_selection_settings" in _fields_of(form):
        _automatic(form, (*field.path, "automatic_winner_selection_settings"))


def _fields_of(form: Form) -> set[str]:
    """What the test of this type of step can say."""
    action = form.flow.by_id.get(form.subject.key)
    experiment = action.experiment if isinstance(action, ExperimentAction) else None
    return set(type(experiment).model_fields) if experiment else set()


def _automatic(form: Form, path: Path) -> None:
    """Whether the test ends by itself: on a day, or as soon as the winner is certain."""
    now: Json = _NEVER_ENDS | (form.subject.at(path) or {})

    def put(**values: Any) -> None:
        now.update(values)
        form.subject.put(path, dict(now), "Change how the test ends")

    def enable(chosen: bool) -> None:
        put(enabled=chosen)
        form.redraw()

    widgets.switch("The winner is chosen by itself", now["enabled"], on_change=enable)
    if now["enabled"]:
        widgets.switch(
            "As soon as it is certain",
            now["automatic_end_statistical_certainty"],
            on_change=lambda chosen: put(automatic_end_statistical_certainty=chosen),
        )
        day = str(now["automatic_end_date"] or "")[:10]
        with widgets.field("At the latest on"):
            choosers.plain(
                day, lambda new: put(automatic_end_date=_moment(new)), "End date", kind="date"
            ).props("clearable")


def _moment(day: str | None) -> str | None:
    return f"{day}T00:00:00+00:00" if day else None


def message(form: Form, field: FormField) -> None:
    """The message that goes out while no test runs, folded away."""
    with ui.expansion(field.label).classes("rh-fold"):
        _questions(form, field.path, str(form.subject.at((*field.path, "type"))))


def _version(form: Form, field: FormField, at: int, *, share: float) -> None:
    version = _versions(form, field)[at]
    letter = chr(ord("A") + at)
    path = (*field.path, "variations", at)
    with ui.element("div").classes("rh-path"):
        with widgets.row(gap=8):
            ui.label(letter).classes("rh-letter")
            ui.label(f"Version {letter}").classes("rh-label rh-grow")
            with ui.element("div").classes("rh-share"):
                choosers.number(
                    choosers.whole(share),
                    lambda value: _share(form, field, at, value),
                    f"Share of version {letter}",
                ).props("suffix=% debounce=500 min=0 max=100")
            remove = widgets.icon_button(
                "delete", f"Remove version {letter}", lambda: _remove(form, field, at), small=True
            )
            remove.set_enabled(len(_versions(form, field)) > 2)
        _questions(form, path, str(version.get("type")))


def _questions(form: Form, path: tuple[str | int, ...], type_name: str) -> None:
    """The questions about the message itself, asked of a part of the test."""
    fields = tuple(one for one in form_fields(_SENDS[type_name]) if one.group == "Message")
    part = replace(form, subject=within(form.subject, *path), fields=fields)
    sender = tuple(one for one in fields if one.path[-1] in _SENDER)
    part.draw(part, tuple(one for one in fields if one not in sender))
    if sender:
        with ui.expansion("Sender").classes("rh-fold"):
            part.draw(part, sender)


def _share(form: Form, field: FormField, at: int, value: float) -> None:
    ids = _ids(_versions(form, field))
    old = form.subject.at((*field.path, "allocations"))
    shares = moved(percents(old, ids), at, value)
    written = allocations_of(shares, ids, old)
    form.subject.put((*field.path, "allocations"), written, "Change shares")
    form.redraw()


def _add(form: Form, field: FormField) -> None:
    def make(flow: Flow) -> Flow:
        held = _versions(form, field)
        last = held[-1] if held else form.subject.at(("data", "main_action"), {})
        copy, template = _fresh(flow, form.subject.key, held, last)
        return _written(flow, form, field, [*held, copy]).model_copy(
            update={"templates": flow.templates | template}
        )

    form.subject.edit("Add version", make)
    form.redraw()


def _remove(form: Form, field: FormField, at: int) -> None:
    kept = [one for i, one in enumerate(_versions(form, field)) if i != at]
    form.subject.edit("Remove version", lambda flow: _written(flow, form, field, kept))
    form.redraw()


def _written(flow: Flow, form: Form, field: FormField, versions: list[Json]) -> Flow:
    """The test with these versions, all with the same share."""
    old = form.subject.at((*field.path, "allocations"))
    shares = allocations_of([float(s) for s in equal(len(versions))], _ids(versions), old)
    test = {**form.subject.at(field.path, {}), "variations": versions, "allocations": shares}
    return change(flow, form.subject.key, field.path, test)


def _fresh(flow: Flow, key: str, held: list[Json], last: Json) -> tuple[Json, dict[str, Any]]:
    """A copy of the last version with an id of its own, and its content under that id."""
    taken = {*_ids(held), *flow.templates}
    new_id = next(
        name for letter in "abcdefghijklmnopqrstuvwxyz" if (name := f"{key}-{letter}") not in taken
    )
    data = last.get("data") or {}
    spoken = data.get("message") or {}
    template = flow.templates.get(str(spoken.get("template_id")))
    if template is None:
        return {**last, "id": new_id}, {}
    copied = {**data, "message": {**spoken, "template_id": new_id}}
    return {**last, "id": new_id, "data": copied}, {new_id: template}


def _versions(form: Form, field: FormField) -> list[Json]:
    return list(form.subject.at((*field.path, "variations"), []))


def _ids(versions: list[Json]) -> list[str]:
    return [str(one.get("id") or one.get("temporary_id") or "") for one in versions]

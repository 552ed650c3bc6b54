"""The forms of the trigger and of the flow itself: what starts it, who may enter, how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from editor import choosers, widgets
from editor.form_view import draw_form, form_for
from editor.forms import FormField, form_fields
from editor.names_form import draw_names
from editor.session import EditorSession
from editor.subject import Subject, flow_subject, trigger_subject
from flows.document import Flow, Reentry
from flows.edits import set_reentry, set_trigger
from flows.triggers import TRIGGERS, Trigger, trigger_kind

_STARTS = {
    "metric": "Someone does something",
    "list": "Someone joins a list",
    "segment": "Someone enters a segment",
    "date": "A date of theirs comes",
    "date/custom-object": "A date of something they have comes",
    "price-drop": "An item gets cheaper",
    "low-inventory": "Few of an item are left",
}
_CLOCK: dict[str, Any] = {
    "timedelta_value_before_date": 0,
    "timedelta_unit_before_date": "days",
    "recurrence_frequency": "annually",
    "timezone": "profile",
    "trigger_time": "09:00:00",
}
_FIRST: dict[str, dict[str, Any]] = {
    "metric": {"id": None},
    "list": {"id": None},
    "segment": {"id": None},
    "date": {
        "date_field_type": "profile-property",
        "date_profile_property": "birthday",
        **_CLOCK,
    },
    "date/custom-object": {
        "date_field_type": "custom-object",
        "custom_object_label": "",
        "custom_object_property_id": 1,
        "object_type_id": "",
        "object_type_relationship_id": "",
        **_CLOCK,
    },
    "price-drop": {
        "trigger_filter": None,
        "price_drop_amount_value": 10,
        "price_drop_amount_unit": "percent",
        "audience": ["viewed", "checkout-started"],
        "timeframe_days": 30,
        "currency_type": "usd",
    },
    "low-inventory": {
        "product_level": "product",
        "trigger_filter": None,
        "inventory_count": 5,
        "audience": ["viewed", "added-to-cart", "checkout-started"],
        "timeframe_days": 30,
    },
}
"""What a trigger begins with, by its kind."""
FLOW_FIELDS = (
    FormField(path=("name",), label="Name", kind="text", group="Message", needed=True),
    FormField(path=("description",), label="Description", kind="long", group="Message", default=""),
    FormField(
        path=("status",),
        label="Status",
        kind="choice",
        group="Delivery",
        default="draft",
        options=(("draft", "Draft"), ("manual", "Manual"), ("live", "Live")),
    ),
)
ENTRY_FIELDS = (
    FormField(
        path=("profile_filter",),
        label="Only people who",
        kind="filter",
        group="Logic",
        help="Asked at the entry and before every message; who fails then is skipped.",
        optional=True,
    ),
)
_REENTRY = {"default": "As usual for the trigger", "never": "Never", "always": "Every time",
            "after": "After a while"}  # fmt: skip
_UNITS = {"hour": "hours", "day": "days", "week": "weeks"}


def draw_flow(session: EditorSession, redraw: Callable[[], None]) -> Subject:
    """The flow's name and status, what its ids stand for, who may enter and how often."""
    subject = flow_subject(session)
    draw_form(form_for(subject, FLOW_FIELDS, redraw))
    draw_names(subject, redraw)
    _draw_entry(subject, redraw)
    return subject


def draw_trigger(session: EditorSession, redraw: Callable[[], None]) -> Subject:
    """What starts the flow, and who may enter."""
    subject = trigger_subject(session)
    trigger = session.flow.trigger
    kinds, now = dict(_STARTS), trigger_kind(trigger) if trigger else None
    if trigger and now and now not in kinds:
        kinds[now] = f"{trigger.type} (kept as it is)"

    def choose(chosen: str) -> None:
        subject.edit("Change trigger", lambda flow: set_trigger(flow, first_trigger(chosen)))
        redraw()

    widgets.select_field("The flow starts when", kinds, now, on_change=choose)
    if trigger and trigger.known:
        draw_form(form_for(subject, form_fields(type(trigger)), redraw))
    _draw_entry(flow_subject(session), redraw)
    return subject


def first_trigger(kind: str) -> Trigger:
    """A trigger of this kind with nothing chosen yet."""
    return TRIGGERS[kind].model_validate({"type": kind.partition("/")[0], **_FIRST[kind]})


def _draw_entry(subject: Subject, redraw: Callable[[], None]) -> None:
    with ui.element("section").classes("rh-form-group"):
        form = form_for(subject, ENTRY_FIELDS, redraw)
        form.draw(form, ENTRY_FIELDS)
        _draw_reentry(subject, redraw)


def _draw_reentry(subject: Subject, redraw: Callable[[], None]) -> None:
    now = subject.session.flow.reentry_criteria
    kind = reentry_kind(now)

    def choose(chosen: str) -> None:
        subject.edit("Change re-entry", lambda flow: set_reentry(flow, reentry_of(chosen, now)))
        redraw()

    widgets.select_field("People may enter again", _REENTRY, kind, on_change=choose)
    if now and kind == "after":
        with widgets.row(gap=8):
            choosers.number(
                now.duration, lambda n: _put_span(subject, {"duration": n}), "Length"
            ).classes("rh-grow")
            choosers.choose(
                _UNITS, now.unit, lambda unit: _put_span(subject, {"unit": unit}), "Unit"
            ).classes("rh-grow")


def reentry_kind(now: Reentry | None) -> str:
    """The word for a rule: default, never, always, after."""
    if now is None:
        return "default"
    if now.unit != "alltime":
        return "after"
    return "never" if now.duration else "always"


def reentry_of(kind: str, old: Reentry | None) -> Reentry | None:
    """The rule for a word; a span that was there stays."""
    if kind in {"never", "always"}:
        return Reentry(duration=1 if kind == "never" else 0, unit="alltime")
    if kind == "after":
        return old if reentry_kind(old) == "after" else Reentry(duration=7, unit="day")
    return None


def _put_span(subject: Subject, new: dict[str, object]) -> None:
    def make(flow: Flow) -> Flow:
        old = flow.reentry_criteria or Reentry(duration=7, unit="day")
        return set_reentry(flow, Reentry.model_validate(old.to_json() | new))

    subject.edit("Change re-entry", make, ("reentry_criteria",))

"""Controls for steps that serve the account: who gets an alert, which service runs."""

from __future__ import annotations

from editor import choosers, widgets
from editor.form import Form, Sentence
from editor.form_checks import is_address
from editor.forms import FormField
from editor.phrases import Json
from flows.actions.send_internal_alert import MOST_RECIPIENTS

_SERVICES = {
    "schedule-report": "Write a report",
    "schedule-report-builder-report": "Write a report of the report builder",
    "track-event": "Record an event",
    "unknown": "Something else",
}


def addresses(form: Form, field: FormField) -> None:
    """Several email addresses, each entered with Enter."""
    held = list(form.answer(field) or ())

    def said(new: list[str]) -> None:
        form.put(field, [one.strip() for one in new if one.strip()])
        sentence.say(address_fault(new))

    with widgets.field(field.label, field.help):
        choosers.texts(held, said, field.label)
        sentence = Sentence(address_fault(held))


def address_fault(held: list[str]) -> str:
    """What is wrong with the addresses of an alert, "" for nothing."""
    odd = next((one for one in held if not is_address(one)), None)
    if odd is not None:
        return f"“{odd}” is not an email address."
    many = len(held) > MOST_RECIPIENTS
    return f"An alert goes to {MOST_RECIPIENTS} people at most." if many else ""


def service(form: Form, field: FormField) -> None:
    """Which service runs, and what it needs to know."""
    now: Json = form.answer(field) or {}
    kind = now.get("service_method_type")

    def choose(chosen: str) -> None:
        form.put(field, first_service(chosen))
        form.redraw()

    def put(key: str, value: str | None) -> None:
        form.put(field, {**(form.answer(field) or {}), key: value})

    widgets.select_field(field.label, _SERVICES, kind, on_change=choose, help_text=field.help)
    if kind in {"schedule-report", "schedule-report-builder-report"}:
        widgets.text_field("Report", now.get("report_id"), on_change=lambda v: put("report_id", v))
    if kind == "track-event":
        widgets.text_field(
            "Event", now.get("event_key"), on_change=lambda v: put("event_key", v or None)
        )


def first_service(kind: str) -> Json:
    """The first form of a service."""
    report = kind.startswith("schedule-report")
    return {"service_method_type": kind, **({"report_id": ""} if report else {})}

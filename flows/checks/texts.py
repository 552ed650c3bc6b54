"""Every text of a flow that is rendered, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.actions.base import Action
from flows.actions.messages import Email, Push, Sms
from flows.actions.send_internal_alert import SendInternalAlert
from flows.actions.send_webhook import SendWebhook
from flows.actions.texting import text_of
from flows.document import Flow
from flows.messages import messages
from flows.places import path, steps

Kind = Literal["subject", "preview", "html", "text", "sms", "title", "push", "webhook"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text with template tags; `action` is the first step that uses it."""

    where: str
    kind: Kind
    source: str
    action: Action


def texts(flow: Flow) -> Iterator[Text]:
    """Every text, in document order; a template that several messages share comes once."""
    seen: set[str] = set()
    for where, action in steps(flow):
        for place, message in messages(action, where):
            if isinstance(message, Email):
                yield Text(f"{place}.subject_line", "subject", message.subject_line or "", action)
                yield Text(f"{place}.preview_text", "preview", message.preview_text or "", action)
                yield from _bodies(flow, action, message.template_id or "", seen)
            elif isinstance(message, Sms):
                yield from _forms(place, message, action)
            elif isinstance(message, Push) and message.push_type != "silent":
                yield Text(f"{place}.title", "title", message.title or "", action)
                yield Text(f"{place}.body", "push", message.body, action)
        if isinstance(action, SendInternalAlert) and action.data:
            alert = action.data.message
            yield Text(
                f"{where}.data.message.subject_line", "subject", alert.subject_line or "", action
            )
            yield from _bodies(flow, action, alert.template_id or "", seen)
        if isinstance(action, SendWebhook) and action.data:
            body = action.data.message.body or ""
            yield Text(f"{where}.data.message.body", "webhook", body, action)


def _forms(place: str, message: Sms, action: Action) -> Iterator[Text]:
    """What a text message says in each of its forms; the body counts where a phone may get it."""
    forms = message.message_hierarchy or ()
    if message.body or not forms:
        yield Text(f"{place}.body", "sms", message.body, action)
    for i, form in enumerate(forms):
        said = text_of(form, message.body)
        if said != message.body:
            yield Text(f"{place}.message_hierarchy[{i}]", "sms", said, action)


def _bodies(flow: Flow, action: Action, template_id: str, seen: set[str]) -> Iterator[Text]:
    template = flow.templates.get(template_id)
    if template and template_id not in seen:
        seen.add(template_id)
        place = path("templates", template_id)
        yield Text(f"{place}.html", "html", template.html, action)
        if template.text is not None:
            yield Text(f"{place}.text", "text", template.text, action)

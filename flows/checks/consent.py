"""Rules about consent and law: ways to leave, wording, and what counts as transactional."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.actions.messages import Email, Message, Push, Sms
from flows.checks.words import called
from flows.document import Flow
from flows.graph import descendants
from flows.messages import messages
from flows.places import path, steps
from flows.problem import Problem
from flows.templates.uses import uses
from flows.triggers import MetricTrigger

_LEAVING = {"unsubscribe", "unsubscribe_link", "manage_preferences", "manage_preferences_link"}
_OPT_OUT = re.compile(r"\b(stop|opt[ -]?out|unsubscribe|abmelden|désabonner)\b", re.IGNORECASE)
_SELLING = re.compile(
    r"\b\d{1,3}\s?% ?(off|rabatt)|\bsale\b|\bdiscount|\bfree shipping\b|\bcoupon_code\b|\bdeals?\b",
    re.IGNORECASE,
)
_MOST_TEXT = 100_000
"""Characters of a body that are looked at, for patterns that look far ahead."""


def no_way_to_leave(flow: Flow) -> Iterator[Problem]:
    """L35: a marketing email without a link to unsubscribe."""
    seen: set[str] = set()
    for _, action in steps(flow):
        for _, message in messages(action):
            template_id = getattr(message, "template_id", None)
            body = flow.templates.get(template_id or "")
            if not isinstance(message, Email) or message.transactional or body is None:
                continue
            if template_id not in seen and not _lets_leave(body.html):
                seen.add(str(template_id))
                yield Problem(
                    code="L35",
                    severity="error",
                    where=path("templates", str(template_id), "html"),
                    text=f"{called(flow, action)} is marketing, but its body has no link to "
                    "unsubscribe.",
                    fix="Put {% unsubscribe %} into the body.",
                    action_id=action.key,
                )


def _lets_leave(html: str) -> bool:
    """One that cannot be read is found by L41."""
    asked = uses(html)
    return asked.broken or bool(_LEAVING & set(asked.tags))


def no_opt_out_wording(flow: Flow) -> Iterator[Problem]:
    """L36: a first marketing SMS that does not say how to opt out."""
    marketing = [
        (where, action, place, message)
        for where, action in steps(flow)
        for place, message in messages(action, where)
        if isinstance(message, Sms) and not message.transactional
    ]
    told = {action.key for _, action, _, message in marketing if _tells(message)}
    spared = set().union(*(descendants(flow, action_id) for action_id in told))
    for _, action, place, message in marketing:
        if action.key not in spared and not _tells(message):
            yield Problem(
                code="L36",
                severity="error",
                where=f"{place}.body",
                text=f"{called(flow, action)} does not say how to opt out, nor does an SMS "
                "before it.",
                fix="Add the opt-out wording, such as “Reply STOP to opt out”.",
                action_id=action.key,
            )


def _tells(message: Sms) -> bool:
    return message.add_opt_out_language or bool(_OPT_OUT.search(message.body))


def selling_as_transactional(flow: Flow) -> Iterator[Problem]:
    """L37: marketing that passes for transactional, past consent and limits."""
    for where, action in steps(flow):
        for place, message in messages(action, where):
            if not message.transactional:
                continue
            if not isinstance(flow.trigger, MetricTrigger):
                reason = "no event of the person starts this flow"
            elif found := _SELLING.search(_words(flow, message)):
                reason = f"it says “{found[0]}”"
            else:
                continue
            yield Problem(
                code="L37",
                severity="error",
                where=f"{place}.transactional",
                text=f"{called(flow, action)} counts as transactional, but {reason}: it would go "
                "out past consent and limits.",
                fix="Make it a marketing message.",
                action_id=action.key,
            )


def _words(flow: Flow, message: Message) -> str:
    if isinstance(message, Sms | Push):
        return message.body
    if not isinstance(message, Email):
        return ""
    body = flow.templates.get(message.template_id or "")
    source = body.html[:_MOST_TEXT] if body else ""
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", source, flags=re.DOTALL)
    return " ".join((message.subject_line or "", message.preview_text or "", text))


RULES = (no_way_to_leave, no_opt_out_wording, selling_as_transactional)

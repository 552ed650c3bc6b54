"""Rules about tags: what a kind of message may not ask of the account (semantics B.11, B.13)."""

from __future__ import annotations

from collections.abc import Iterator

from flows.actions.base import Action
from flows.actions.content import asked_for
from flows.actions.messages import Sms
from flows.actions.send_internal_alert import SendInternalAlert
from flows.actions.send_webhook import SendWebhook
from flows.checks.words import called
from flows.document import Flow
from flows.messages import messages
from flows.places import steps
from flows.problem import Problem
from flows.templates.uses import Uses, uses

_LINKS = (
    "unsubscribe",
    "unsubscribe_link",
    "manage_preferences",
    "manage_preferences_link",
    "web_view",
    "web_view_link",
    "update_property_link",
)


def misplaced_tags(flow: Flow) -> Iterator[Problem]:
    """L45: tags that the message cannot hold, such as coupons in webhooks and links in alerts."""
    for where, action in steps(flow):
        for place, what in _misplaced(flow, action):
            yield Problem(
                code="L45",
                severity="error",
                where=f"{where}.data.message{place}",
                text=f"{called(flow, action)} {what}.",
                fix="Take it out of the text.",
                action_id=action.key,
            )


def _misplaced(flow: Flow, action: Action) -> Iterator[tuple[str, str]]:
    if isinstance(action, SendWebhook) and action.data:
        asked = uses(action.data.message.body or "")
        for what in _told(asked, "webhooks have none", but_links=False):
            yield ".body", what
    elif isinstance(action, SendInternalAlert) and action.data:
        for what in _told(asked_for(flow, action.data.message), "alerts have none", but_links=True):
            yield "", what
    for _, message in messages(action):
        codes = asked_for(flow, message).coupons if isinstance(message, Sms) else ()
        if len(codes) > 1:
            names = ", ".join(f"“{name}”" for name in codes)
            yield "", f"gives codes of several coupons ({names}), and a text message holds one"


def _told(asked: Uses, rule: str, *, but_links: bool) -> Iterator[str]:
    if "coupon_code" in asked.tags:
        yield f"gives a coupon code, and {rule}"
    if asked.feeds:
        yield f"shows the web feed “{asked.feeds[0]}”, and {rule}"
    if "catalog" in asked.tags:
        yield f"shows products of the catalog, and {rule}"
    for tag in asked.tags if but_links else ():
        if tag in _LINKS:
            yield f"holds the tag “{tag}”, which leads nowhere for those who get alerts"


RULES = (misplaced_tags,)

"""What kind of messages a flow sends, as far as its trigger and name tell."""

from __future__ import annotations

from flows.document import Flow
from flows.triggers import CatalogueTrigger, DateTrigger, ListTrigger, MetricTrigger

_BY_METRIC: tuple[tuple[str, str], ...] = (
    ("back in stock", "product"),
    ("price drop", "product"),
    ("low inventory", "product"),
    ("checkout", "cart"),
    ("cart", "cart"),
    ("viewed", "browse"),
    ("active on site", "browse"),
    ("order", "post_purchase"),
    ("purchase", "post_purchase"),
    ("deliver", "post_purchase"),
    ("fulfil", "post_purchase"),
    ("shipped", "post_purchase"),
    ("subscribed", "welcome"),
    ("signed up", "welcome"),
)
_BY_NAME: tuple[tuple[str, str], ...] = (
    ("winback", "winback"),
    ("win-back", "winback"),
    ("win back", "winback"),
    ("lapsed", "winback"),
    ("sunset", "winback"),
    ("confirm", "confirm"),
    ("birthday", "birthday"),
    ("back in stock", "product"),
    ("price drop", "product"),
    ("welcome", "welcome"),
    ("checkout", "cart"),
    ("cart", "cart"),
    ("browse", "browse"),
    ("post-purchase", "post_purchase"),
    ("post purchase", "post_purchase"),
    ("thank", "post_purchase"),
    ("review", "post_purchase"),
    ("upsell", "post_purchase"),
    ("cross-sell", "post_purchase"),
)
_TELLING = frozenset({"winback", "confirm", "birthday"})
"""Kinds that a name tells better than the trigger: an order starts win-backs too."""


def message_kind(flow: Flow) -> str:
    """One of the kinds of the behaviour file, `default` where nothing tells."""
    named = _first(_BY_NAME, flow.name)
    if named in _TELLING:
        return named
    return _by_trigger(flow) or named or "default"


def _by_trigger(flow: Flow) -> str:
    trigger = flow.trigger
    if isinstance(trigger, MetricTrigger) and trigger.id:
        return _first(_BY_METRIC, flow.names.get(trigger.id, trigger.id))
    if isinstance(trigger, DateTrigger):
        return "birthday" if "birth" in trigger.date_name.lower() else ""
    if isinstance(trigger, CatalogueTrigger):
        return "product"
    return "welcome" if isinstance(trigger, ListTrigger) else ""


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    small = text.lower()
    return next((kind for word, kind in words if word in small), "")

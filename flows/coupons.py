"""Which coupons the messages of a step give codes of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows.actions.base import Action
from flows.actions.experimenting import ExperimentAction
from flows.actions.messaging import MessageAction
from flows.document import Flow
from flows.part import Part

_TAG = re.compile(r"""\{%-?\s*coupon_code\s+(?:'([^'\n]*)'|"([^"\n]*)")""")


def coupons_in(text: str) -> frozenset[str]:
    """The coupons that a template's text names in its tags."""
    return frozenset(single or double for single, double in _TAG.findall(text))


def coupons_of(flow: Flow, action: Action) -> dict[str, frozenset[str]]:
    """By version of a test the coupons of its message; under no name those of the step's own."""
    if isinstance(action, ExperimentAction):
        names = action.names_of_variations()
        versions = zip(names, action.running, strict=True)
        return {"": _used(flow, action.main)} | {name: _used(flow, one) for name, one in versions}
    return {"": _used(flow, action)} if isinstance(action, MessageAction) else {}


def _used(flow: Flow, action: MessageAction) -> frozenset[str]:
    return frozenset(name for text in _texts(flow, action.message) for name in coupons_in(text))


def _texts(flow: Flow, message: Part | None) -> Iterator[str]:
    """All that is written in a message, and in the template that it names."""
    if message is None:
        return
    yield from _strings(message.model_dump())
    template = flow.templates.get(getattr(message, "template_id", None) or "")
    if template:
        yield from filter(None, (template.html, template.text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _strings(entry)

"""Which coupons the messages of a step give codes of."""

from __future__ import annotations

from flows.actions.base import Action
from flows.actions.content import asked_for
from flows.actions.experimenting import ExperimentAction
from flows.actions.messaging import MessageAction
from flows.document import Flow


def coupons_of(flow: Flow, action: Action) -> dict[str, frozenset[str]]:
    """By version of a test the coupons of its message; under no name those of the step's own."""
    if isinstance(action, ExperimentAction):
        names = action.names_of_variations()
        versions = zip(names, action.running, strict=True)
        return {"": _used(flow, action.main)} | {name: _used(flow, one) for name, one in versions}
    return {"": _used(flow, action)} if isinstance(action, MessageAction) else {}


def _used(flow: Flow, action: MessageAction) -> frozenset[str]:
    return frozenset(asked_for(flow, action.message).coupons if action.message else ())

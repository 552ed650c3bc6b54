"""The messages of a flow, wherever they stand: in sends or in the versions of tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.actions.base import Action
from flows.actions.experimenting import ExperimentAction
from flows.actions.messages import Email, Message
from flows.actions.messaging import MessageAction
from flows.actions.send_internal_alert import SendInternalAlert
from flows.places import path


def messages(action: Action, where: str = "$") -> Iterator[tuple[str, Message]]:
    """The messages that a step may send to people, each with its path below `where`."""
    if isinstance(action, MessageAction) and action.message:
        yield path("data", "message", root=where), action.message
    elif isinstance(action, ExperimentAction):
        yield from messages(action.main, f"{where}.data.main_action")
        for i, version in enumerate(action.experiment.variations if action.experiment else ()):
            held = path("data", "current_experiment", "variations", i, root=where)
            yield from messages(version, held)


def emails(action: Action) -> Iterator[Email]:
    """The emails among them."""
    yield from (message for _, message in messages(action) if isinstance(message, Email))


def templates_used(actions: Iterable[Action]) -> set[str]:
    """The template ids that the steps' emails and alerts name."""
    named = (template_id for action in actions for template_id in _templates(action))
    return {template_id for template_id in named if template_id}


def _templates(action: Action) -> Iterator[str | None]:
    yield from (email.template_id for email in emails(action))
    if isinstance(action, SendInternalAlert) and action.data:
        yield action.data.message.template_id

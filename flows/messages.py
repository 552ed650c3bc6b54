"""The messages of a flow, wherever they stand: in sends or in the versions of A/B tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.actions.ab_test import AbTest
from flows.actions.base import Action
from flows.actions.messages import Email, Sms
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.places import path


def messages(action: Action, where: str = "$") -> Iterator[tuple[str, Email | Sms]]:
    """The emails and text messages that a step may send, each with its path below `where`."""
    if isinstance(action, SendEmail | SendSms) and action.data and action.data.message:
        yield path("data", "message", root=where), action.data.message
    elif isinstance(action, AbTest):
        yield from messages(action.data.main_action, f"{where}.data.main_action")
        experiment = action.data.current_experiment
        for i, version in enumerate(experiment.variations if experiment else ()):
            held = path("data", "current_experiment", "variations", i, root=where)
            yield from messages(version, held)


def emails(action: Action) -> Iterator[Email]:
    """The emails among them."""
    yield from (message for _, message in messages(action) if isinstance(message, Email))


def templates_used(actions: Iterable[Action]) -> set[str]:
    """The template ids that the steps' emails name."""
    named = (email.template_id for action in actions for email in emails(action))
    return {template_id for template_id in named if template_id}

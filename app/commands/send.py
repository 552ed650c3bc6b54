"""`rehearsal send`: every email of a flow, really sent to every person of a file who may get it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import secrets
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import Field

from app.commands.files import load_flow, read_part
from flows.actions.messages import Email
from flows.actions.send_email import SendEmail
from flows.columns import Value
from flows.document import Flow
from flows.errors import FlowError
from flows.part import Part
from flows.people import Population
from flows.scene import UNSUBSCRIBED, Consent
from simulator.channels.account import Account
from simulator.channels.compose import compose_email
from simulator.channels.deliver import MemoryLedger, deliver
from simulator.channels.email import EmailChannel
from simulator.channels.errors import ComposeError
from simulator.channels.links import Links
from simulator.channels.outgoing import OutgoingEmail
from simulator.channels.smtp_settings import SmtpSettings
from simulator.contexts import MessageContext
from simulator.standing import consents_of
from simulator.suppression import Suppression
from storage.exchange import read_population


class ChannelConfig(Part):
    """The file of `--channel-config`."""

    email: SmtpSettings
    account: Account = Field(default_factory=Account)


@dataclass(slots=True)
class Outcome:
    """What came of it, by person and step."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    """Not tried, by reason."""

    def skip(self, reason: str) -> None:
        """One message that is not tried."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


def send_flow(path: Path, profiles: Path, config: Path, *, as_json: bool) -> int:
    """Send, print what came of it; 1 where a message was not taken."""
    flow, channels = load_flow(path), read_part(config, ChannelConfig)
    population, rejected = read_population(profiles)
    outcome = Outcome()
    for one in rejected:
        outcome.skip(f"row refused: {one.reason}")
    messages = _written(flow, population, channels.account, outcome)
    done = asyncio.run(deliver(messages, EmailChannel(channels.email), MemoryLedger()))
    outcome.sent, outcome.failed, outcome.unknown = done.sent, done.failed, done.unknown
    sys.stdout.write(_as_json(outcome) if as_json else _in_words(flow, outcome))
    return int(bool(done.failed or done.unknown))


def _written(
    flow: Flow, population: Population, account: Account, outcome: Outcome
) -> Iterator[OutgoingEmail]:
    """Each email as it is asked for; why others are not written goes into the outcome."""
    run = uuid.uuid4().hex[:12]
    links = Links(account.link_base, secrets.token_bytes(32))
    profiles = population.profiles
    suppression = Suppression(profiles, profiles.consent["email"].suppressed)
    consent = consents_of(profiles, suppression)["email"]
    for row, context, message in _contexts(flow, population):
        if not _may_get(consent, row, transactional=message.transactional):
            outcome.skip("Person Suppressed")
            continue
        try:
            yield compose_email(flow, context, account, run=run, links=links)
        except (ComposeError, FlowError) as error:
            outcome.skip(str(error))


def _contexts(flow: Flow, population: Population) -> Iterator[tuple[int, MessageContext, Email]]:
    now = datetime.now(UTC)
    emails = [action for action in flow.actions if isinstance(action, SendEmail)]
    for row, profile_id in enumerate(population.profiles.ids.tolist()):
        person: dict[str, Value] = {
            name: value
            for name, column in population.profiles.properties.items()
            if (value := column.take(np.array([row])).values()[0]) is not None
        }
        for action in emails:
            message = action.data.message if action.data else None
            if message is None:
                continue
            yield (
                row,
                MessageContext(
                    flow_id=flow.key,
                    action_id=action.key,
                    variation=None,
                    channel="email",
                    at=now,
                    visit=1,
                    profile_id=str(profile_id),
                    person=person,
                    event={},
                ),
                message,
            )


def _may_get(consent: Consent, row: int, *, transactional: bool) -> bool:
    if transactional:
        return consent.barred is None or not consent.barred[row]
    return not consent.suppressed[row] and consent.status[row] != UNSUBSCRIBED


def _as_json(outcome: Outcome) -> str:
    return json.dumps(dataclasses.asdict(outcome), indent=2, ensure_ascii=False) + "\n"


def _in_words(flow: Flow, outcome: Outcome) -> str:
    lines = [
        f"{flow.name}: sent {outcome.sent:,}, failed {outcome.failed:,}, "
        f"unknown {outcome.unknown:,}"
    ]
    lines += [f"  not sent, {reason}: {number:,}" for reason, number in outcome.skipped.items()]
    return "\n".join(lines) + "\n"

"""A sample of a run's messages, written and really handed over."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow.compute as pc

from app.given import source_of_run
from editor import words
from flows.errors import FlowError
from simulator.channels.account import Account
from simulator.channels.compose import compose
from simulator.channels.errors import ComposeError
from simulator.channels.links import Links
from simulator.channels.outgoing import OutgoingEmail
from simulator.rehearse import read_inputs
from simulator.story import contexts
from storage.choice_store import ChoiceStore, Link, plain_address
from storage.run_store import RunStore

How = Literal["first", "random"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and where the links of what they send lead."""

    account: Account
    links: Links


@dataclass(frozen=True, slots=True)
class Written:
    """The emails of a sample, why others could not be written, and how many were no emails."""

    emails: tuple[OutgoingEmail, ...]
    refused: tuple[str, ...] = ()
    texts: int = 0
    left: tuple[str, ...] = ()
    """Who want no email any more, and got none; in a sentence each."""


def choose_people(runs: RunStore, run_id: str, how: How, number: int) -> tuple[str, ...]:
    """People of a run who were sent something: the first, or any."""
    table: Any = runs.table(run_id, "profiles")
    compare: Any = pc.greater
    reached = table.filter(compare(table.column("sent"), 0)).column("profile").to_pylist()
    if how == "random":
        return tuple(random.sample(reached, min(number, len(reached))))
    return tuple(reached[:number])


def write_sample(
    out: Path,
    people: Sequence[str],
    sender: Sender,
    *,
    run_id: str,
    watch: Callable[[float], None],
) -> Written:
    """Every message that the run in `out` sent to these people. Takes a while: off the loop.

    `watch` is told the share of the people that are done.
    """
    flows, _ = read_inputs(out)
    by_key = {flow.key: flow for flow in flows}
    source = source_of_run(out)
    emails: list[OutgoingEmail] = []
    refused: list[str] = []
    texts = 0
    for done, profile_id in enumerate(people, 1):
        for context in contexts(out, source, profile_id):
            if context.channel not in {"email", "sms"}:
                continue
            try:
                made = compose(
                    by_key[context.flow_id],
                    context,
                    sender.account,
                    run=run_id,
                    links=sender.links,
                )
            except (ComposeError, FlowError) as error:
                refused.append(str(error))
                continue
            if isinstance(made, OutgoingEmail):
                emails.append(made)
            else:
                texts += 1
        watch(done / len(people))
    return Written(tuple(emails), tuple(dict.fromkeys(refused)), texts)


def respecting(written: Written, choices: ChoiceStore) -> Written:
    """The sample without marketing to those who left on the pages that their links lead to."""
    left = choices.left({mail.to.spec for mail in written.emails})
    kept: list[OutgoingEmail] = []
    skipped: Counter[str] = Counter()
    for mail in written.emails:
        address = plain_address(mail.to.spec)
        if address in left and not mail.transactional:
            skipped[address] += 1
        else:
            kept.append(mail)
    told = tuple(
        f"{address} unsubscribed {words.ago(left[address], datetime.now(UTC))}: "
        f"{words.number_of(number, 'email')} left out."
        for address, number in skipped.items()
    )
    return replace(written, emails=tuple(kept), left=told)


def links_of(emails: Sequence[OutgoingEmail]) -> list[Link]:
    """Whose links the emails hold, so that they are answered for wherever the emails go."""
    return [
        Link(
            key=mail.link_key,
            address=mail.to.spec,
            message_id=mail.message_id,
            profile_id=mail.mark.profile,
            run_id=mail.mark.run,
            flow_id=mail.mark.flow,
        )
        for mail in emails
    ]

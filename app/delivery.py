"""A sample of a run's messages, written and really handed over."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow.compute as pc

from app.given import source_of_run
from flows.errors import FlowError
from simulator.channels.account import Account
from simulator.channels.compose import compose
from simulator.channels.errors import ComposeError
from simulator.channels.outgoing import OutgoingEmail
from simulator.plan import flow_key
from simulator.rehearse import read_inputs
from simulator.story import contexts
from storage.run_store import RunStore

How = Literal["first", "random"]


@dataclass(frozen=True, slots=True)
class Written:
    """The emails of a sample, why others could not be written, and how many were no emails."""

    emails: tuple[OutgoingEmail, ...]
    refused: tuple[str, ...] = ()
    texts: int = 0


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
    account: Account,
    *,
    run_id: str,
    watch: Callable[[float], None],
) -> Written:
    """Every message that the run in `out` sent to these people. Takes a while: off the loop.

    `watch` is told the share of the people that are done.
    """
    flows, _ = read_inputs(out)
    by_key = {flow_key(flow): flow for flow in flows}
    source = source_of_run(out)
    emails: list[OutgoingEmail] = []
    refused: list[str] = []
    texts = 0
    for done, profile_id in enumerate(people, 1):
        for context in contexts(out, source, profile_id):
            if context.channel not in {"email", "sms"}:
                continue
            try:
                made = compose(by_key[context.flow_id], context, account, run=run_id)
            except (ComposeError, FlowError) as error:
                refused.append(str(error))
                continue
            if isinstance(made, OutgoingEmail):
                emails.append(made)
            else:
                texts += 1
        watch(done / len(people))
    return Written(tuple(emails), tuple(dict.fromkeys(refused)), texts)

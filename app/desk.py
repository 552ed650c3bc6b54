"""Everything that the pages share: the stores, the runner and the inbox server."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence

from app.comparison import Rehearsed
from app.figures import title_of
from app.gallery import FlowCard, Gallery
from app.jobs import Job
from app.preferences import NAME, Preferences
from app.rehearsing import perform, story_of, warm
from app.runner import Runner
from app.settings import LOOPBACK, Settings
from editor import words
from flows.document import Flow
from sample_flows import samples
from simulator.channels.base import Channel
from simulator.channels.deliver import Ledger, MemoryLedger
from simulator.channels.email import EmailChannel
from simulator.channels.errors import InboxPortError
from simulator.channels.inbox import InboxServer
from simulator.channels.links import NOWHERE, Links
from simulator.rehearse import read_inputs
from simulator.report import Summary
from simulator.scenario import Scenario
from simulator.story import Story
from storage.choice_store import ChoiceStore
from storage.database import open_database
from storage.flow_store import FlowStore, FlowSummary
from storage.ledger import LedgerStore
from storage.mail_store import MailStore
from storage.run_store import Run, RunStore
from storage.settings_store import SettingsStore

SMALL = 100_000
"""People whom one process serves in seconds."""
logger = logging.getLogger(__name__)


class Desk:
    """The app's parts, put together. Made before the server starts, opened and closed by it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = open_database(settings.database)
        self.flows = FlowStore(self.database)
        self.runs = RunStore(self.database, settings.data)
        self.mail = MailStore(self.database)
        self.choices = ChoiceStore(self.database)
        self._preferences = SettingsStore(self.database)
        self.runner = Runner(self.runs, perform, warm)
        self.ledger = LedgerStore(self.database)
        self.inbox = InboxServer(self.mail, port=settings.inbox_port)
        self._gallery = Gallery(lambda flow_id: self.flows.load(flow_id)[0])

    async def open(self) -> None:
        """Settle what an earlier process left, fill an empty shelf, and begin to serve."""
        for run_id in self.runs.cut_off_dead():
            logger.info("run %s was cut off when its process ended", run_id)
        if not self.flows.list() and not self.flows.list(trashed=True):
            for flow in reversed(self.samples()):
                self.flows.create(flow, "Sample flow")
        self.runner.open()
        await self._open_inbox()

    async def _open_inbox(self) -> None:
        """Listen on the wanted port, else on any: the app works with either."""
        try:
            await self.inbox.start()
        except InboxPortError as error:
            logger.warning("%s Another port is taken.", error)
            self.inbox = InboxServer(self.mail)
            await self.inbox.start()

    async def close(self) -> None:
        """Cancel what runs, stop the inbox, and let the database go."""
        await self.inbox.stop()
        await asyncio.to_thread(self.runner.close)
        self.database.close()

    def samples(self) -> tuple[Flow, ...]:
        """The flows that come with the product."""
        return samples()

    def cards(self, stored: Sequence[FlowSummary]) -> list[FlowCard]:
        """The gallery's cards of these flows."""
        return self._gallery.cards(stored)

    @property
    def inbox_address(self) -> str:
        """Where other programs on this machine may send mail to the inbox."""
        return f"smtp://{LOOPBACK}:{self.inbox.port}" if self.inbox.port else ""

    def outgoing(self) -> tuple[Channel, Ledger]:
        """Where messages go, with the ledger that keeps them from going twice.

        The embedded inbox tells copies by itself, so a sample may be delivered there again.
        """
        wanted = self.preferences.outgoing
        if wanted.kind == "smtp":
            return EmailChannel(wanted.smtp), self.ledger
        return EmailChannel(self.inbox.settings), MemoryLedger()

    def links(self) -> Links:
        """Where links of messages lead: to the account's own place, else to this app."""
        base = self.preferences.account.link_base
        own = base if base not in {"", NOWHERE} else self.settings.address
        return Links(own, self.choices.secret())

    def unread(self) -> int:
        """How many captured messages nobody has looked at."""
        return self.mail.unread()

    @property
    def preferences(self) -> Preferences:
        """What the account has decided; defaults until then."""
        return Preferences.model_validate(self._preferences.load(NAME) or {})

    @preferences.setter
    def preferences(self, preferences: Preferences) -> None:
        self._preferences.save(NAME, preferences.to_json())

    def rehearse(self, flow_ids: Sequence[str], scenario: Scenario) -> str:
        """Start a run of these flows as they stand; its id."""
        loaded = [self.flows.load(flow_id) for flow_id in flow_ids]
        flows = [flow for flow, _ in loaded]
        revisions = [revision for _, revision in loaded]
        text = scenario.model_dump_json()
        run = self.runs.start(flows, text, title=title_of(flows), revisions=revisions)
        self._submit(run, flows)
        return run.id

    def again(self, run_id: str) -> None:
        """Start an ended run once more, as it was."""
        flows = self.flows_of(self.runs.get(run_id))
        self._submit(self.runs.again(run_id), flows)

    def _submit(self, run: Run, flows: Sequence[Flow]) -> None:
        self.runner.submit(
            Job(
                run_id=run.id,
                flows=tuple(flow.model_dump_json(exclude_unset=True) for flow in flows),
                scenario=run.scenario,
                out=run.folder,
                uploads=self.settings.uploads,
                processes=self._processes(Scenario.model_validate_json(run.scenario)),
            )
        )

    def _processes(self, scenario: Scenario) -> int:
        """A small crowd runs in one process, which can tell how far it is at every step."""
        return 1 if scenario.profiles <= SMALL else self.settings.processes

    def flows_of(self, run: Run) -> tuple[Flow, ...]:
        """The flows as they were rehearsed: by revision if they were saved, else by the files."""
        if all(flow.revision for flow in run.flows):
            return tuple(self.flows.at(flow.id, flow.revision) for flow in run.flows)
        return read_inputs(run.folder)[0]

    def rehearsed(self, run_id: str) -> Rehearsed:
        """A finished run with its flows and scenario."""
        run = self.runs.get(run_id)
        return Rehearsed(
            title=run.title,
            summary=Summary.model_validate_json(run.summary or ""),
            flows=self.flows_of(run),
            scenario=Scenario.model_validate_json(run.scenario),
        )

    def story(self, run_id: str, profile_id: str) -> Story:
        """One person's run. Takes a while: call it off the loop."""
        return story_of(self.runs.get(run_id).folder, profile_id)

    def scenario(self) -> Scenario:
        """What a rehearsal begins with before anybody changes it."""
        return self.preferences.scenario()


def run_labels(runs: Sequence[Run]) -> dict[str, str]:
    """Each run in one line by its id, for a choice among them; seconds where minutes are equal."""
    short = {run.id: f"{run.title} · {words.moment(run.created_at)}" for run in runs}
    times = Counter(short.values())
    return {
        run.id: f"{short[run.id]}:{run.created_at:%S}"
        if times[short[run.id]] > 1
        else short[run.id]
        for run in runs
    }

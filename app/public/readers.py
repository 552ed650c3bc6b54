"""Who reads a public page, by the key in its address, and what they want to get."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.desk import Desk
from app.standing import NOTHING_KNOWN, Topic, as_chosen, topics_of_run
from simulator.errors import SimulatorError
from storage.choice_store import How, Link
from storage.errors import StorageError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one message."""

    desk: Desk
    link: Link

    @property
    def email(self) -> Topic:
        """What they want of email; quick, for nothing of their run is read."""
        return as_chosen(NOTHING_KNOWN, self.desk.choices.of(self.link.address))[0]

    def topics(self) -> tuple[Topic, ...]:
        """All that they may get, channels before lists. Takes a while: off the loop."""
        return as_chosen(self._known(), self.desk.choices.of(self.link.address))

    def choose(self, wanted: dict[str, bool], how: How) -> None:
        """Write down what they want."""
        self.desk.choices.choose(self.link, wanted, how)

    def _known(self) -> tuple[Topic, ...]:
        try:
            folder = self.desk.runs.get(self.link.run_id).folder
            return topics_of_run(folder, self.link.profile_id) or NOTHING_KNOWN
        except (StorageError, SimulatorError, OSError) as error:
            logger.info("a reader's run cannot be looked at: %s", error)
            return NOTHING_KNOWN


def reader(desk: Desk, key: str) -> Reader | None:
    """The reader that the key belongs to; None for a wrong or forgotten one."""
    link = desk.choices.link(key) if key.isalnum() and len(key) <= 64 else None
    return Reader(desk, link) if link else None

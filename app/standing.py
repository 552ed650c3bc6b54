"""What one reader of a message gets: channels and lists, as their run began and as they chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.given import source_of_run
from flows.columns import NEVER
from flows.scene import SUBSCRIBED, UNSUBSCRIBED
from simulator.plan import names_of
from simulator.rehearse import read_inputs
from simulator.story import look_up
from storage.choice_store import Choice

CHANNELS = {
    "email": ("Email", "News, offers and reminders in your inbox"),
    "sms": ("Text messages", "Short notes to your phone"),
    "whatsapp": ("WhatsApp", "Messages in WhatsApp"),
    "push": ("Push notifications", "Notes from the app on your phone"),
}
"""Each channel as its reader knows it."""
LIST = "list:"


@dataclass(frozen=True, slots=True)
class Topic:
    """A channel or list that a reader may want or not."""

    key: str
    title: str
    text: str = ""
    wanted: bool = True
    since: datetime | None = None
    """When the reader chose so; None where it has always been so."""

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return self.key.startswith(LIST)


NOTHING_KNOWN = (Topic("email", *CHANNELS["email"]),)
"""What a message alone tells: its reader gets email."""


def topics_of_run(folder: Path, profile_id: str) -> tuple[Topic, ...]:
    """What a person of the run in `folder` could get as it began. Takes a while: off the loop."""
    flows, scenario = read_inputs(folder)
    names = names_of(flows, scenario)
    profiles = look_up(folder, source_of_run(folder), profile_id).profiles
    channels = [
        Topic(key, title, text, wanted=int(held.status[0]) != UNSUBSCRIBED)
        for key, (title, text) in CHANNELS.items()
        for name, held in profiles.consent.items()
        if name == key and (key == "email" or int(held.status[0]) == SUBSCRIBED)
    ]
    joined = sorted(key for key, since in profiles.lists.items() if int(since[0]) != NEVER)
    lists = [Topic(f"{LIST}{key}", names.get(key, key)) for key in joined]
    return (*channels, *lists)


def as_chosen(topics: tuple[Topic, ...], choices: Mapping[str, Choice]) -> tuple[Topic, ...]:
    """The topics with what the reader chose about them."""
    return tuple(
        Topic(one.key, one.title, one.text, chosen.wanted, chosen.chosen_at)
        if (chosen := choices.get(one.key))
        else one
        for one in topics
    )

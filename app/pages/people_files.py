"""Choosing the files of a run: people, perhaps what they did and have, and what the shop sells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nicegui import events, run, ui

from app.errors import UnreadablePeopleError
from app.given import GivenFiles
from app.sources import FORMS, PeopleFiles, Upload, place_for
from editor import widgets, words
from flows.filters.words import joined
from storage.errors import StorageError

EMPTY = "Drop a file here, or press +"
SYMBOLS = {"ok": "check_circle", "warn": "warning", "danger": "error"}
LARGEST = 2_000_000_000
"""Bytes of an uploaded file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file turned out to hold: a sentence, and whether it can be used."""

    text: str
    usable: bool
    refused: bool = False
    """Some of its rows cannot be used."""

    @property
    def tone(self) -> Literal["ok", "warn", "danger"]:
        """How good that is."""
        return "danger" if not self.usable else "warn" if self.refused else "ok"


class PeoplePicker:
    """Three places for files; `files` is None until there is a usable file of people."""

    def __init__(
        self, folder: Path, files: PeopleFiles | None, *, on_change: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._on_change = on_change
        self.files = files

    def draw(self) -> None:
        """The places and what became of the files put there."""
        with widgets.column(gap=12):
            self._place("People", "One row a person; a column “id” is needed.", self._profiles)
            self._place(
                "Events (if you have them)",
                "What they did: columns “profile”, “metric” and “time”.",
                self._events,
            )
            self._place(
                "Objects (if you have them)",
                "What they own: columns “profile”, “object_type” and “id”.",
                self._objects,
            )
            self._said = widgets.column(gap=8)
        if self.files:
            with self._said:
                text = f"“{self.files.profiles.name}” is used."
                widgets.banner(text, "ok", symbol="check_circle")

    def _place(
        self, label: str, text: str, take: Callable[[events.UploadEventArguments], Awaitable[None]]
    ) -> None:
        with widgets.field(label, text):
            made = ui.upload(
                on_upload=take,
                on_rejected=lambda: ui.notify(
                    "Use a file that ends with .csv, .jsonl or .parquet."
                ),
                max_file_size=LARGEST,
                auto_upload=True,
                label=EMPTY,
            )
            made.props(f'accept="{",".join(FORMS)}" flat bordered').classes("rp-upload")
            made.on_upload(lambda event: emptied(made, event.file.name))

    async def _profiles(self, event: events.UploadEventArguments) -> None:
        if upload := await self._keep(event):
            await self._take(PeopleFiles(profiles=upload))

    async def _events(self, event: events.UploadEventArguments) -> None:
        await self._add("events", event)

    async def _objects(self, event: events.UploadEventArguments) -> None:
        await self._add("objects", event)

    async def _add(
        self, kind: Literal["events", "objects"], event: events.UploadEventArguments
    ) -> None:
        if self.files is None:
            self._say(Checked("Choose the file of people first.", False))
        elif upload := await self._keep(event):
            await self._take(self.files.model_copy(update={kind: upload}))

    async def _take(self, files: PeopleFiles) -> None:
        """Use these files if they can be used together."""
        checked = await run.io_bound(check_people, files.paths(self._folder))
        if checked and checked.usable:
            self.files = files
        self._say(checked)

    async def _keep(self, event: events.UploadEventArguments) -> Upload | None:
        try:
            upload, place = place_for(event.file.name, self._folder)
        except UnreadablePeopleError as error:
            self._say(Checked(str(error), False))
            return None
        await event.file.save(place)
        return upload

    def _say(self, checked: Checked | None) -> None:
        self._said.clear()
        self._on_change()
        if checked:
            with self._said:
                widgets.banner(checked.text, checked.tone, symbol=SYMBOLS[checked.tone])


def check_people(files: GivenFiles) -> Checked:
    """Read the files as a run would, and say what they hold."""
    try:
        population, refused = files.read({})
    except StorageError as error:
        return Checked(str(error).replace(f"{files.profiles.parent}/", ""), False)
    people = len(population.profiles)
    done = sum(len(one) for one in population.events.values())
    held = sum(len(one) for one in population.objects.values())
    found = [words.number_of(people, "person", "people")]
    found += [words.number_of(done, "event")] if files.events else []
    found += [words.number_of(held, "object")] if files.objects else []
    return Checked(f"{joined(found, 'and')}{_left_out(len(refused))}.", people > 0, bool(refused))


def _left_out(refused: int) -> str:
    rows = words.number_of(refused, "row")
    return f"; {rows} cannot be used, as the run will list" if refused else ""


def emptied(place: ui.upload, name: str) -> None:
    """Show what was put there; another file may take its place."""
    place.reset()
    place.props["label"] = name
    place.update()

"""Choosing what the shop sells in a run: the made-up shop, or a catalogue from a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from nicegui import events, run, ui

from app.pages.people_files import EMPTY, SYMBOLS, Checked, emptied
from editor import widgets, words
from flows.catalogue import Catalogue
from storage.errors import StorageError
from storage.exchange import GivenCatalogue, read_catalogue

FORMS = (".json", ".csv", ".jsonl", ".parquet")
LARGEST = 50_000_000
"""Bytes of an uploaded catalogue; it is kept with the setting of the run."""


class CataloguePicker:
    """A place for a file; `catalogue` is None for the made-up shop."""

    def __init__(self, catalogue: Catalogue | None, *, on_change: Callable[[], None]) -> None:
        self.catalogue = catalogue
        self._on_change = on_change

    def draw(self) -> None:
        """The place, what became of the file, and the way back to the made-up shop."""
        text = "Items with prices and stock. Empty: a made-up shop, whose prices and stock move."
        with widgets.field("What the shop sells", text):
            made = ui.upload(
                on_upload=self._take,
                on_rejected=lambda: ui.notify(f"Use a file that ends with {', '.join(FORMS)}."),
                max_file_size=LARGEST,
                auto_upload=True,
                label=EMPTY,
            )
            made.props(f'accept="{",".join(FORMS)}" flat bordered').classes("rp-upload")
            made.on_upload(lambda event: emptied(made, event.file.name))
        self._place = made
        self._said = widgets.column(gap=8)
        if self.catalogue:
            self._show(Checked(_told(self.catalogue), True))

    async def _take(self, event: events.UploadEventArguments) -> None:
        with TemporaryDirectory() as folder:
            place = Path(folder, f"catalogue{PurePath(event.file.name).suffix.lower()}")
            await event.file.save(place)
            given = await run.io_bound(read_given, place)
        if isinstance(given, GivenCatalogue):
            self.catalogue = given.catalogue
            left_out = len(given.rejected)
            rows = f" {words.number_of(left_out, 'row')} cannot be used." if left_out else ""
            self._say(Checked(f"{_told(given.catalogue)}{rows}", True, bool(left_out)))
        elif given:
            self._say(Checked(given, False))

    def _back(self) -> None:
        self.catalogue = None
        emptied(self._place, EMPTY)
        self._said.clear()
        self._on_change()

    def _say(self, checked: Checked) -> None:
        self._on_change()
        self._show(checked)

    def _show(self, checked: Checked) -> None:
        self._said.clear()
        with self._said:
            widgets.banner(checked.text, checked.tone, symbol=SYMBOLS[checked.tone])
            if self.catalogue:
                with widgets.row():
                    widgets.quiet_button("Back to the made-up shop", self._back, small=True)


def read_given(path: Path) -> GivenCatalogue | str:
    """The catalogue of a file, or the sentence that says why there is none."""
    try:
        given = read_catalogue(path)
    except StorageError as error:
        return str(error).replace(str(path), "The file")
    return given if given.catalogue.items else "There is no item in this file."


def _told(catalogue: Catalogue) -> str:
    items = words.number_of(len(catalogue.items), "item")
    changes = words.number_of(len(catalogue.changes), "change")
    return f"{items}, {changes} of price or stock."

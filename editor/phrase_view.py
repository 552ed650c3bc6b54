"""Draws a sentence with blanks and keeps its JSON as the blanks are filled."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from editor import choosers
from editor.catalogue import Catalogue
from editor.phrases import Blank, Json, Phrase


class PhraseView:
    """One sentence; `said` gets the JSON of the whole after each change.

    `phrase` gives the sentence of the present JSON, asked anew for every change, so a blank never
    writes over what another one has changed since.
    """

    def __init__(
        self, phrase: Callable[[], Phrase], catalogue: Catalogue, said: Callable[[Json], None]
    ) -> None:
        self._phrase = phrase
        self._catalogue = catalogue
        self._said = said
        self._body = ui.element("div").classes("rh-phrase")
        self._draw()

    def _draw(self) -> None:
        self._body.clear()
        with self._body:
            for at, part in enumerate(self._phrase()):
                if isinstance(part, Blank):
                    self._draw_blank(at, part)
                else:
                    ui.label(part).classes("rh-phrase-word")

    def _draw_blank(self, at: int, blank: Blank) -> None:
        def change(value: object) -> None:
            self._change(at, value)

        with ui.element("div").classes(f"rh-blank rh-blank-{blank.kind}"):
            match blank.kind:
                case "choice":
                    choosers.choose(dict(blank.options), blank.value, change, blank.label)
                case "number":
                    choosers.number(blank.value, change, blank.label)
                case "texts":
                    choosers.texts(blank.value, change, blank.label)
                case "metric" | "group":
                    options = self._catalogue.named(blank.kind)
                    choosers.combo(options, blank.value, change, blank.label)
                case "property":
                    kind = "event-property" if blank.label.startswith("Event") else "property"
                    options = self._catalogue.named(kind)
                    choosers.combo(options, blank.value, change, blank.label)
                case "date" | "text":
                    choosers.plain(blank.value, change, blank.label, kind=blank.kind)

    def _change(self, at: int, value: object) -> None:
        before = self._phrase()
        blank = before[at]
        if not isinstance(blank, Blank) or blank.value == value:
            return
        self._said(blank.fill(value))
        if _shape(before) != _shape(self._phrase()):
            self._draw()


def _shape(phrase: Phrase) -> list[tuple[str, str]]:
    """What a phrase looks like beside its values."""
    return [
        (part.label, part.kind) if isinstance(part, Blank) else (part, "word") for part in phrase
    ]

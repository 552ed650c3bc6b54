"""Draws a filter: groups joined by AND, conditions within a group joined by OR."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nicegui import ui

from editor import widgets
from editor.catalogue import Catalogue
from editor.condition_groups import (
    groups_of,
    new_condition,
    with_changed,
    with_condition,
    without_condition,
)
from editor.condition_phrases import condition_phrase
from editor.phrase_view import PhraseView
from editor.phrases import Json
from editor.row_phrases import can_have_more, row_phrases, rows_of, with_row, without_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What conditions of one filter may be about, and how one that is not known reads."""

    kinds: Mapping[str, str]
    catalogue: Catalogue
    sentence: Callable[[Json], str]
    metric: str = ""
    """The metric that started the flow, for conditions about its event."""


class ConditionsForm:
    """A filter being edited; `said` gets its JSON after each change, None for no filter."""

    def __init__(
        self, written: Json | None, vocabulary: Vocabulary, said: Callable[[Json | None], None]
    ) -> None:
        self._written = written
        self._vocabulary = vocabulary
        self._said = said
        self._body = ui.element("div").classes("rh-conditions")
        self._draw()

    def _draw(self) -> None:
        self._body.clear()
        with self._body:
            groups = groups_of(self._written)
            for number, group in enumerate(groups):
                if number:
                    ui.label("and").classes("rh-joint")
                self._draw_group(number, group)
            self._adder("Add a condition" if not groups else "And", None)

    def _draw_group(self, number: int, group: list[Json]) -> None:
        with ui.element("div").classes("rh-condition-group"):
            for place, condition in enumerate(group):
                if place:
                    ui.label("or").classes("rh-joint rh-joint-or")
                self._draw_condition((number, place), condition)
            self._adder("Or", number)

    def _draw_condition(self, at: tuple[int, int], condition: Json) -> None:
        with ui.element("div").classes("rh-condition"):
            with ui.element("div").classes("rh-condition-body"):
                phrase = condition_phrase(condition)
                if phrase is None:
                    ui.label(self._vocabulary.sentence(condition)).classes("rh-phrase-word")
                    widgets.muted("Kept as it is; it cannot be changed here.", small=True)
                else:
                    self._draw_sentence(at, condition)
            widgets.icon_button(
                "close", "Remove the condition", lambda: self._remove(at), small=True
            )

    def _draw_sentence(self, at: tuple[int, int], condition: Json) -> None:
        PhraseView(
            lambda: condition_phrase(self._at(at)) or (),
            self._vocabulary.catalogue,
            lambda json: self._change(at, json),
        )
        rows = rows_of(condition)
        if rows is None:
            return
        for place in range(len(row_phrases(condition))):
            self._draw_row(at, place, rows.joint)
        if can_have_more(condition):
            widgets.ghost_button(
                rows.adder,
                lambda: self._reshape(at, with_row(self._at(at))),
                icon="add",
                small=True,
            ).classes("rh-where-add")

    def _draw_row(self, at: tuple[int, int], place: int, joint: str) -> None:
        with widgets.row(gap=4, classes="rh-where"):
            ui.label(joint).classes("rh-phrase-word")
            PhraseView(
                lambda: row_phrases(self._at(at))[place],
                self._vocabulary.catalogue,
                lambda json: self._change(at, json),
            )
            widgets.icon_button(
                "close",
                "Remove this part",
                lambda: self._reshape(at, without_row(self._at(at), place)),
                small=True,
            )

    def _adder(self, text: str, group: int | None) -> None:
        button = widgets.ghost_button(text, icon="add", small=True).classes("rh-condition-add")
        with button, ui.menu():
            for kind, words in self._vocabulary.kinds.items():
                ui.menu_item(words, lambda kind=kind: self._add(group, kind))

    def _add(self, group: int | None, kind: str) -> None:
        condition = new_condition(kind, self._vocabulary.metric)
        self._written = with_condition(self._written, group, condition)
        self._redraw()

    def _remove(self, at: tuple[int, int]) -> None:
        self._written = without_condition(self._written, at)
        self._redraw()

    def _reshape(self, at: tuple[int, int], condition: Json) -> None:
        self._written = with_changed(self._written, at, condition)
        self._redraw()

    def _redraw(self) -> None:
        self._draw()
        self._said(self._written)

    def _change(self, at: tuple[int, int], condition: Json) -> None:
        """One sentence changed: the others on the page keep what they show, unless rows went."""
        before = self._at(at)
        self._written = with_changed(self._written, at, condition)
        if _rows(before) != _rows(condition):
            self._redraw()
        else:
            self._said(self._written)

    def _at(self, at: tuple[int, int]) -> Json:
        return groups_of(self._written)[at[0]][at[1]]


def _rows(condition: Json) -> tuple[int, bool]:
    """How many rows stand below a condition, and whether it takes another."""
    return len(row_phrases(condition)), can_have_more(condition)

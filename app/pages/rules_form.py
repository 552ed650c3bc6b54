"""The rules of an account, asked for field by field; the seldom ones are folded away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from app.pages import parts
from app.pages.coupons_form import CouponsForm
from app.rule_fields import GROUPS, RuleField, meant, shown, value_of, with_value
from editor import widgets
from flows.rules import Rules


class RulesForm:
    """Fields over rules that live elsewhere: `now` gives them, `save` takes them changed."""

    def __init__(self, now: Callable[[], Rules], save: Callable[[Rules], Any]) -> None:
        self._now = now
        self._save = save

    def draw(self) -> None:
        """What is asked for seldom, each group under its title."""
        self._coupons()
        for group in GROUPS:
            with parts.folded(group.title, group.text), ui.element("div").classes(_grid(group)):
                for one in group.fields:
                    self.field(one)
        self._feeds()

    def field(self, one: RuleField) -> None:
        """One rule, saved as soon as what it says makes sense."""
        value = shown(one, value_of(self._now(), one.path))
        made: list[ValueElement[Any]] = []

        def take(said: Any) -> None:
            fits, wanted = meant(one, said)
            for field in made:
                field.props(remove="error") if fits else field.props("error")
            if fits:
                self._save(with_value(self._now(), one.path, wanted))

        match one.kind:
            case "switch":
                widgets.switch(one.label, value, on_change=take, help_text=one.help_text)
            case "choice":
                with widgets.field(one.label, one.help_text):
                    widgets.segmented(one.options, value, on_change=take)
            case "words":
                made.append(
                    widgets.text_field(one.label, value, on_change=take, help_text=one.help_text)
                )
            case _:
                unit = "%" if one.kind == "share" else one.unit
                made.append(widgets.number_field(one.label, value, on_change=take, unit=unit))

    def _coupons(self) -> None:
        with parts.folded("Coupons", "Which there are, and how many codes are left of them."):
            CouponsForm(
                self._now().coupons,
                lambda coupons: self._save(with_value(self._now(), ("coupons",), coupons)),
            ).draw()

    def _feeds(self) -> None:
        with parts.folded("Web feeds", "What each answers, as JSON by its name."):
            held = self._now().feeds
            text = json.dumps(held, indent=2, ensure_ascii=False) if held else ""
            area = widgets.text_area("Answers", text, lines=4)
            wrong = widgets.muted("", small=True)

        def take(said: str) -> None:
            try:
                feeds = json.loads(said) if said.strip() else {}
            except ValueError as error:
                wrong.text = f"This is no JSON yet: {error}."
                area.props("error")
                return
            if not isinstance(feeds, dict):
                wrong.text = 'Write an object, as {"reviews": {"stars": 5}}.'
                area.props("error")
                return
            wrong.text = ""
            area.props(remove="error")
            self._save(with_value(self._now(), ("feeds",), feeds))

        area.on_value_change(lambda event: take(event.value or ""))


def _grid(group: Any) -> str:
    if any(one.kind == "words" for one in group.fields):
        return "rp-two"
    return "rp-four" if len(group.fields) > 3 else "rp-three"

"""The gallery of flows: a card each, with a menu, and a bar for those that are picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from nicegui import ui
from nicegui.element import Element

from app.gallery import FlowCard
from app.pages import parts
from editor import widgets, words
from editor.widgets import Tone

STATUS: dict[str, tuple[str, Tone]] = {
    "draft": ("Draft", "neutral"),
    "manual": ("Manual", "warn"),
    "live": ("Live", "ok"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The latest run of a flow."""

    id: str
    state: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What can be done with a flow of the gallery."""

    rename: Callable[[FlowCard], Any]
    duplicate: Callable[[FlowCard], Any]
    remove: Callable[[FlowCard], Any]
    picked: Callable[[set[str]], Any]


@dataclass(slots=True)
class Picking:
    """Which flows are picked."""

    ids: set[str] = field(default_factory=set)


def gallery(
    cards: Sequence[FlowCard], runs: dict[str, LastRun], *, doings: Doings, picking: Picking
) -> None:
    """All cards in a grid."""
    with ui.element("div").classes("rp-gallery"):
        for card in cards:
            _card(card, runs.get(card.id), doings, picking)


def _card(card: FlowCard, run: LastRun | None, doings: Doings, picking: Picking) -> None:
    with ui.element("article").classes("rp-flow").mark("flow-card") as made:
        _picker(card, made, doings, picking)
        with (
            ui.element("a")
            .classes("rp-flow-picture")
            .props(f'href="/flows/{card.id}" tabindex="-1" aria-hidden="true"')
        ):
            ui.html(card.face.picture, sanitize=False)
        with widgets.column(gap=4, classes="rp-flow-text"):
            with widgets.row(classes="rh-between"):
                with (
                    ui.element("a")
                    .classes("rp-flow-name rh-ellipsis")
                    .props(f'href="/flows/{card.id}"')
                ):
                    ui.label(card.name or "Untitled flow").classes("rh-ellipsis")
                _menu(card, doings)
            widgets.muted(card.face.trigger, small=True).classes("rh-clamp rp-flow-trigger")
            _facts(card)
        _last_run(run)


def _picker(card: FlowCard, made: Element, doings: Doings, picking: Picking) -> None:
    def pick(on: bool) -> None:
        (picking.ids.add if on else picking.ids.discard)(card.id)
        made.classes(**{"add" if on else "remove": "rp-flow-picked"})
        doings.picked(picking.ids)

    box = ui.checkbox(value=card.id in picking.ids, on_change=lambda event: pick(event.value))
    box.classes("rp-flow-pick").props(f'dense aria-label="Pick {_attribute(card.name)}"')


def _menu(card: FlowCard, doings: Doings) -> None:
    with (
        widgets.icon_button("more_horiz", "More", small=True, tip=False),
        ui.menu().props("auto-close"),
    ):
        ui.menu_item("Open", lambda: ui.navigate.to(f"/flows/{card.id}"))
        ui.menu_item("Rename", lambda: doings.rename(card))
        ui.menu_item("Duplicate", lambda: doings.duplicate(card))
        ui.separator()
        for form, label in (("native", "Download"), ("klaviyo", "Download for Klaviyo")):
            address = f"/api/flows/{card.id}/download?form={form}"
            ui.menu_item(label, partial(ui.download.from_url, address))
        ui.separator()
        ui.menu_item("Move to trash", lambda: doings.remove(card)).classes("rh-danger-text")


def _facts(card: FlowCard) -> None:
    text, tone = STATUS.get(card.status, (card.status.capitalize(), "neutral"))
    with widgets.row(gap=8, classes="rp-flow-facts"):
        widgets.pill(text, tone, dot=True)
        steps = words.number_of(card.face.steps, "step")
        widgets.muted(f"{steps} · edited {words.ago(card.edited, datetime.now(UTC))}", small=True)


def _last_run(run: LastRun | None) -> None:
    if run is None:
        with widgets.row(classes="rp-flow-run"):
            ui.label("Not rehearsed yet").classes("rh-small rh-faint")
        return
    with ui.element("a").classes("rp-flow-run rh-row").props(f'href="/runs/{run.id}"'):
        if run.state != "done":
            parts.state_pill(run.state)
        ui.label(run.text).classes("rh-small rh-ellipsis rh-grow")
        widgets.icon("chevron_right")


def _attribute(text: str) -> str:
    """Text that can stand in a quoted property."""
    return text.replace('"', "”")

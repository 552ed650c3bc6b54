"""What a finished run came to: tiles, messages, reasons, channels and events."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from app import figures
from app.figures import MessageRow
from app.pages import parts
from app.pages.parts import Cell, Head
from editor import widgets, words
from flows.conditions.base import Names
from flows.document import Flow
from simulator.nobody import why_nobody
from simulator.report import FlowReport, Summary

LOOK = "With people from a file, check that their events, lists or dates fit the trigger."
CHANNELS = {
    "email": ("Email", "mail"),
    "sms": ("SMS", "sms"),
    "push": ("Push", "notifications"),
    "whatsapp": ("WhatsApp", "chat"),
    "webhook": ("Webhook", "webhook"),
    "alert": ("Alert", "campaign"),
}


def draw_tiles(summary: Summary) -> None:
    """The run in six figures."""
    total = figures.totals(summary)
    with ui.element("div").classes("rp-tiles").mark("run-tiles"):
        took_part = f"{words.number_of(total.people, 'person', 'people')} took part"
        if total.added:
            took_part += f", {words.count(total.added)} added from before"
        _tile("Entered", words.count(total.entered), took_part)
        _tile("Finished", words.count(total.finished), words.share(total.finished, total.entered))
        _tile("Still in the flow", words.count(total.waiting), "on the last day")
        skipped = f"{words.count(total.skipped)} skipped"
        _tile("Messages sent", words.count(total.sent), skipped)
        after = f"{words.count(total.orders_after_click)} after a click"
        _tile("Orders", words.count(total.orders), after)
        after = f"{words.money(total.revenue_after_click)} after a click"
        _tile("Revenue", words.money(total.revenue), after)

    for decision in summary.decisions:
        widgets.muted(decision.text).mark("run-decision")


def _tile(label: str, value: str, note: str) -> None:
    widgets.stat(label, value, note)


def draw_flow(report: FlowReport, flow: Flow) -> None:
    """One flow's messages, and why people or messages were skipped."""
    rows = figures.message_rows(report, flow)
    if nobody := why_nobody(report, flow, Names(flow.names)):
        widgets.banner(f"{nobody} {LOOK}", "warn", symbol="person_off")
    with widgets.section("Messages"):
        if rows:
            parts.table(MESSAGE_HEADS, [_cells(row) for row in rows])
        else:
            widgets.muted("This flow sends nothing.")
    with ui.element("div").classes("rp-two"):
        with parts.panel("Skipped messages", "Why people did not get a message."):
            bars = figures.bars(_plain(figures.skipped((report,))))
            parts.bar_list(bars, empty="Every message that was due went out.", tone="warn")
        with parts.panel("Turned away", "Why people who came did not enter."):
            bars = figures.bars(_plain(report.turned_away))
            parts.bar_list(bars, empty="Everybody who came went in.", tone="other")
    if any(why != "finished" for why in report.left):
        with parts.panel("How people left the flow"):
            left = {LEFT.get(why, why.capitalize()): n for why, n in report.left.items()}
            parts.bar_list(figures.bars(left), empty="Nobody has left yet.", tone="logic")


LEFT = {
    "finished": "Came to the end",
    "filtered": "No longer meet the filters",
    "removed": "Their split was deleted",
}

MESSAGE_HEADS = (
    Head("Message"),
    Head("Sent", right=True),
    Head("Skipped", right=True, help="Due, but not sent: see the reasons below"),
    Head("Opened", right=True),
    Head("Clicked", right=True),
    Head("Orders", right=True, help="Placed after a click on this message"),
    Head("Revenue", right=True),
    Head("Unsubscribed", right=True),
)


def _cells(row: MessageRow) -> list[Cell]:
    unknown = Cell("–", tone="faint")

    def rated(number: int, name: str) -> Cell:
        if name in _NEVER.get(row.channel, ()):
            return unknown
        return Cell(words.count(number), words.share(number, row.sent) if row.sent else "")

    money = unknown if "orders" in _NEVER.get(row.channel, ()) else Cell(words.money(row.revenue))
    return [
        Cell(row.label, icon=row.icon),
        Cell(words.count(row.sent)),
        Cell(words.count(row.skipped), tone="" if row.skipped else "faint"),
        rated(row.opened, "opened"),
        rated(row.clicked, "clicked"),
        rated(row.orders, "orders"),
        money,
        rated(row.unsubscribed, "unsubscribed"),
    ]


_NOTHING = {"opened", "clicked", "orders", "unsubscribed"}
_NEVER = {
    "sms": {"opened"},
    "whatsapp": {"opened"},
    "push": {"clicked", "unsubscribed"},
    "webhook": _NOTHING,
    "alert": _NOTHING,
}
"""What nobody is told of a message, by channel: shown as a dash instead of a zero."""


def draw_whole(summary: Summary) -> None:
    """What holds for all flows together: channels and events."""
    with ui.element("div").classes("rp-two"):
        with widgets.section("Channels"):
            _channels(summary)
        with parts.panel("What people did", "Events from the first day to the last."):
            bars = figures.bars(summary.events, most=10)
            parts.bar_list(bars, empty="Nobody did anything.", tone="ok")


def _channels(summary: Summary) -> None:
    heads = (Head("Channel"), Head("Sent", right=True), Head("Skipped", right=True))
    rows = []
    for name, report in summary.channels.items():
        label, symbol = CHANNELS.get(name, (name, "send"))
        held = sum(report.skipped.values())
        rows.append([Cell(label, icon=symbol), Cell(words.count(report.sent)), _held(held)])
    if rows:
        parts.table(heads, rows)
    else:
        widgets.muted("No message was due.")


def _held(number: int) -> Cell:
    return Cell(words.count(number), tone="" if number else "faint")


def _plain(counts: dict[str, int]) -> dict[str, int]:
    """The same counts under plain words."""
    return {words.reason(reason): n for reason, n in counts.items()}


def title_flows(reports: Sequence[FlowReport]) -> dict[int, str]:
    """The flows of a run by place, for a choice among them."""
    return {i: report.name or "Untitled flow" for i, report in enumerate(reports)}

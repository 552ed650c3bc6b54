"""Two runs side by side: what changed in the figures, and what was different to begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nicegui import run, ui

from app import comparison
from app.comparison import Difference, MessagePair, Pair, Rehearsed
from app.desk import Desk, run_labels
from app.figures import MessageRow
from app.pages import parts, shell
from app.pages.parts import Cell, Head
from editor import widgets, words
from simulator.errors import SimulatorError
from storage.errors import StorageError
from storage.run_store import Run

PER = 1_000
"""Runs over different numbers of people are compared per so many."""
TONES = {"better": "ok", "worse": "danger", "same": "faint", "other": ""}


def register(desk: Desk) -> None:
    """Serve `/compare?a=&b=`."""

    @ui.page("/compare")
    async def compare_page(a: str = "", b: str = "") -> None:
        with shell.frame("runs", "Compare runs", unread=desk.unread()):
            with shell.head("Compare runs", back=("Runs", "/runs")):
                pass
            done = [one for one in desk.runs.list() if one.summary]
            choices = run_labels(done)
            if len(choices) < 2:
                _too_few()
                return
            first, second = _chosen(done, a, b)
            _choosers(choices, first, second)
            await _draw(desk, first, second)


def _too_few() -> None:
    with widgets.empty_state(
        "compare_arrows",
        "Two finished runs are needed",
        "Rehearse a flow, change something, rehearse it again: here you see what it changed.",
    ):
        widgets.primary_button("Go to your flows", lambda: ui.navigate.to("/"))


def _chosen(done: Sequence[Run], a: str, b: str) -> tuple[str, str]:
    """The runs asked for where they exist, else the latest and what it is best held against."""
    known = {run.id: run for run in done}
    second = b if b in known else next(one for one in known if one != a)
    if a in known:
        return a, second
    before = comparison.earlier_run(known[second], done)
    return before or next(one for one in known if one != second), second


def _choosers(choices: dict[str, str], a: str, b: str) -> None:
    def go(first: str, second: str) -> None:
        ui.navigate.to(f"/compare?a={first}&b={second}")

    with ui.element("div").classes("rp-versus"):
        widgets.select_field("Before", choices, a, on_change=lambda run_id: go(run_id, b))
        widgets.icon_button("swap_horiz", "Swap", lambda: go(b, a))
        widgets.select_field("After", choices, b, on_change=lambda run_id: go(a, run_id))


async def _draw(desk: Desk, a: str, b: str) -> None:
    place = parts.waiting(5)
    if not await parts.shown():
        return
    try:
        pair = await run.io_bound(lambda: (desk.rehearsed(a), desk.rehearsed(b)))
        place.delete()
    except (StorageError, SimulatorError) as error:
        place.delete()
        parts.refused("error", "These runs cannot be compared", str(error), back=("Runs", "/runs"))
        return
    if pair is not None:
        _figures(*pair)
        _messages(*pair)
        _differences(*pair)


def _figures(a: Rehearsed, b: Rehearsed) -> None:
    heads = (
        Head("Figure"),
        Head("Before", right=True),
        Head("After", right=True),
        Head("Change", right=True),
    )
    with widgets.section("Figures"):
        above, body = ui.element("div"), ui.element("div")

        def show(per: int) -> None:
            body.clear()
            with body:
                pairs = comparison.figure_pairs(a.summary, b.summary, per=per)
                parts.table(heads, [_figure_cells(pair, per) for pair in pairs])

        apart = a.summary.profiles != b.summary.profiles
        if apart:
            with above:
                choices = {PER: f"Per {words.count(PER)} people", 0: "In all"}
                widgets.segmented(choices, PER, on_change=show)
        show(PER if apart else 0)


def _figure_cells(pair: Pair, per: int) -> list[Cell]:
    show = words.money if pair.money else (lambda number: figure(number, per))
    return [Cell(pair.label), Cell(show(pair.a)), Cell(show(pair.b)), change_cell(pair, per)]


def figure(number: float, per: int) -> str:
    """A count; one decimal where it is per so many people."""
    return f"{number:,.1f}" if per else words.count(round(number))


def change_cell(pair: Pair, per: int = 0) -> Cell:
    """The change with its sign, its percentage, and whether it is for the better."""
    if pair.verdict == "same":
        return Cell("same", tone="faint")
    size = abs(pair.change)
    amount = words.money(size) if pair.money else figure(size, per)
    percent = f"{100 * pair.change / pair.a:+.1f}%".replace("-", "−") if pair.a else ""
    return Cell(("+" if pair.change > 0 else "−") + amount, percent, tone=TONES[pair.verdict])


def _messages(a: Rehearsed, b: Rehearsed) -> None:
    heads = (
        Head("Message"),
        Head("Sent", right=True),
        Head("Clicked", right=True),
        Head("Orders", right=True),
        Head("Revenue", right=True),
        Head("Change", right=True, help="Of the revenue"),
    )
    rows = [_message_cells(pair) for pair in comparison.message_pairs(a, b)]
    with widgets.section("Messages"):
        if rows:
            parts.table(heads, rows)
        else:
            widgets.muted("Neither run sends anything.")


def _message_cells(pair: MessagePair) -> list[Cell]:
    a, b = pair.a, pair.b
    note = "only before" if b is None else "only after" if a is None else ""
    revenue = Pair("Revenue", a.revenue if a else 0, b.revenue if b else 0, money=True)
    return [
        Cell(pair.label, note, icon=pair.icon),
        _was(a, b, lambda row: words.count(row.sent)),
        _was(a, b, lambda row: words.share(row.clicked, row.sent)),
        _was(a, b, lambda row: words.count(row.orders)),
        _was(a, b, lambda row: words.money(row.revenue)),
        change_cell(revenue),
    ]


def _was(a: MessageRow | None, b: MessageRow | None, show: Callable[[MessageRow], str]) -> Cell:
    """A figure after, with what it was before."""
    before = f"was {show(a)}" if a else ""
    return Cell(show(b), before) if b else Cell("–", before, tone="faint")


def _differences(a: Rehearsed, b: Rehearsed) -> None:
    heads = (Head("What"), Head("Before"), Head("After"))
    with widgets.section("What was different"):
        found = (
            *comparison.flow_differences(a.flows, b.flows),
            *comparison.setting_differences(a.scenario, b.scenario),
        )
        if found:
            parts.table(heads, [_difference_cells(one) for one in found])
        else:
            widgets.muted("Nothing: the same flows, people and rules, so the figures agree.")


def _difference_cells(one: Difference) -> list[Cell]:
    missing = Cell("–", tone="faint")
    return [Cell(one.what), Cell(one.a) if one.a else missing, Cell(one.b) if one.b else missing]

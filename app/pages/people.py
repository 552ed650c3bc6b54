"""The people of a run, a page at a time: search, sort, and open one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from nicegui import events, run, ui

from app.desk import Desk
from app.pages import parts
from editor import widgets, words
from storage.errors import StorageError
from storage.run_tables import Order, PeopleQuery, PersonRow

PAGE = 25
COLUMNS: list[dict[str, Any]] = [
    {"name": "name", "label": "Person", "field": "name", "align": "left", "sortable": True},
    {"name": "email", "label": "Email", "field": "email", "align": "left", "sortable": True},
    {"name": "country", "label": "Country", "field": "country", "align": "left", "sortable": True},
    {"name": "entered", "label": "Entered", "field": "entered", "sortable": True},
    {"name": "sent", "label": "Messages", "field": "sent", "sortable": True},
    {"name": "skipped", "label": "Skipped", "field": "skipped", "sortable": True},
    {"name": "orders", "label": "Orders", "field": "orders", "sortable": True},
    {"name": "revenue", "label": "Revenue", "field": "revenue", "sortable": True},
    {"name": "waiting", "label": "Still in", "field": "waiting", "sortable": True},
]
STORED: tuple[Order, ...] = get_args(Order)
"""The columns that the store can sort by."""


class PeopleTable:
    """A table that asks the store for the rows it shows, and for no others."""

    def __init__(self, desk: Desk, run_id: str) -> None:
        self._desk = desk
        self._run_id = run_id
        self._query = PeopleQuery(order="sent", descending=True, limit=PAGE)

    async def draw(self) -> None:
        """The search field and the first page."""
        with widgets.row(classes="rh-between"):
            search = ui.input(placeholder="Search by name, email, phone or id")
            search.props('outlined dense clearable debounce=250 aria-label="Search people"')
            search.classes("rp-people-search").on_value_change(self._search)
            self._found = widgets.muted("", small=True)
        self._table = ui.table(columns=COLUMNS, rows=[], row_key="id", pagination=self._paging(0))
        self._table.classes("rp-people").on("request", self._request)
        self._table.on("rowClick", self._open, [[], ["id"], None])
        self._table.props("flat binary-state-sort :rows-per-page-options=[10,25,50,100]")
        if await parts.shown():
            await self._fill()

    async def _search(self, event: events.ValueChangeEventArguments[str | None]) -> None:
        self._query = replace(self._query, search=event.value or "", offset=0)
        await self._fill()

    async def _request(self, event: events.GenericEventArguments) -> None:
        asked = event.args["pagination"]
        limit = min(int(asked.get("rowsPerPage") or PAGE), 100)
        self._query = replace(
            self._query,
            order=stored_order(asked.get("sortBy") or ""),
            descending=bool(asked.get("descending")),
            limit=limit,
            offset=(int(asked.get("page") or 1) - 1) * limit,
        )
        await self._fill()

    async def _fill(self) -> None:
        try:
            page = await run.io_bound(self._desk.runs.people, self._run_id, self._query)
        except StorageError as error:
            self._found.text = str(error)
            return
        if page is not None:
            self._table.rows = [_row(person) for person in page.rows]
            self._table.pagination = self._paging(page.total)
            self._found.text = words.number_of(page.total, "person", "people")
            self._table.update()

    def _paging(self, total: int) -> dict[str, Any]:
        query = self._query
        shown = "name" if query.order == "last_name" else query.order
        return {
            "page": query.offset // query.limit + 1,
            "rowsPerPage": query.limit,
            "rowsNumber": total,
            "sortBy": shown or None,
            "descending": query.descending,
        }

    def _open(self, event: events.GenericEventArguments) -> None:
        ui.navigate.to(f"/runs/{self._run_id}/people/{event.args[1]['id']}")


def stored_order(column: str) -> Order:
    """What the store sorts by for a column of the table; empty for an unknown one."""
    return "last_name" if column == "name" else next((o for o in STORED if o == column), "")


def _row(person: PersonRow) -> dict[str, Any]:
    names = [name for name in (person.first_name, person.last_name) if name]
    return {
        "id": person.profile,
        "name": " ".join(names) or person.profile,
        "email": person.email or "–",
        "country": person.country or "–",
        "entered": words.count(person.entered),
        "sent": words.count(person.sent),
        "skipped": words.count(person.skipped),
        "orders": words.count(person.orders),
        "revenue": words.money(person.revenue) if person.revenue else "–",
        "waiting": "yes" if person.waiting else "",
    }

"""Coupons by name: every one there is, or a list with how many codes are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from editor import widgets
from flows.rules import Coupon

KINDS = {
    "unique": "A code for each person",
    "uploaded": "Uploaded codes",
    "static": "One code for all",
}


class CouponsForm:
    """Rows of coupons; None where every coupon that a message asks for exists."""

    def __init__(
        self, coupons: dict[str, Coupon] | None, save: Callable[[dict[str, Coupon] | None], Any]
    ) -> None:
        self._every = coupons is None
        self._rows: list[tuple[str, Coupon]] = list((coupons or {}).items())
        self._save = save

    def draw(self) -> None:
        """The question whether there is any, and the rows."""
        widgets.switch(
            "Every coupon that a message asks for exists",
            self._every,
            on_change=self._switched,
            help_text="Off: only those of this list; a message that asks for another is skipped.",
        )
        self._body = widgets.column(gap=12)
        self._fill()

    def _switched(self, on: bool) -> None:
        self._every = on
        self._fill()
        self._told()

    def _told(self) -> None:
        named = {name.strip(): coupon for name, coupon in self._rows if name.strip()}
        self._save(None if self._every else named)

    def _fill(self) -> None:
        self._body.clear()
        if self._every:
            return
        with self._body:
            for place, (name, coupon) in enumerate(self._rows):
                self._row(place, name, coupon)
            with widgets.row():
                widgets.quiet_button("Add a coupon", self._add, icon="add", small=True)

    def _row(self, place: int, name: str, coupon: Coupon) -> None:
        with ui.element("div").classes("rp-coupon"):
            widgets.text_field(
                "Name", name, on_change=lambda text: self._put(place, text, self._rows[place][1])
            )
            widgets.select_field(
                "Kind", KINDS, coupon.kind, on_change=lambda kind: self._kind(place, kind)
            )
            if coupon.kind == "static":
                widgets.text_field(
                    "Code", coupon.code, on_change=lambda text: self._change(place, code=text)
                )
            else:
                widgets.number_field(
                    "Codes left (empty: any)",
                    coupon.codes,
                    on_change=lambda count: self._count(place, count),
                    bounds=(0, None),
                )
            widgets.icon_button("delete", "Remove this coupon", lambda: self._remove(place))

    def _put(self, place: int, name: str, coupon: Coupon) -> None:
        self._rows[place] = (name, coupon)
        self._told()

    def _change(self, place: int, **values: Any) -> None:
        name, coupon = self._rows[place]
        self._put(place, name, coupon.model_copy(update=values))

    def _kind(self, place: int, kind: str) -> None:
        self._change(place, kind=kind)
        self._fill()

    def _count(self, place: int, count: float | None) -> None:
        if count is None or (count >= 0 and float(count).is_integer()):
            self._change(place, codes=None if count is None else int(count))

    def _add(self) -> None:
        self._rows.append(("", Coupon()))
        self._fill()

    def _remove(self, place: int) -> None:
        del self._rows[place]
        self._fill()
        self._told()

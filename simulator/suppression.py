"""Why email to people is stopped, each reason by itself and since when (semantics B.10)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.columns import NEVER, UNSET, Bools, Column, Times, Value
from flows.memory import ask
from flows.moments import read
from flows.people import Profiles

Why = Literal["bounced", "invalid", "spam", "manual"]
WHYS: tuple[Why, ...] = ("bounced", "invalid", "spam", "manual")
COLUMNS: dict[Why, str] = {why: f"suppression.email.{why}_at" for why in WHYS}
"""The properties that tell since when."""
HARD_BOUNCES = "suppression.email.hard_bounces"
"""The property that tells how often an address has bounced, anywhere."""


class Suppression:
    """Who gets no email, a row a person. What has no given reason counts as done by hand."""

    def __init__(self, profiles: Profiles, suppressed: Bools) -> None:
        columns = profiles.properties
        self.given = frozenset(why for why in WHYS if COLUMNS[why] in columns)
        """The reasons of which the profiles tell."""
        self._since = {why: _moments(columns[COLUMNS[why]]) for why in WHYS if why in self.given}
        self._changed: set[Why] = set()
        known = [since != NEVER for since in self._since.values()]
        explained = np.logical_or.reduce(known) if known else np.zeros_like(suppressed)
        self._unexplained = suppressed & ~explained
        self.suppressed: Bools = suppressed | explained
        self.barred: Bools = self._any(("bounced", "invalid", "spam"))
        """Who gets nothing transactional either."""
        self.bounces: NDArray[np.int64] | None = None
        """How often each address has bounced for good; None where none did."""
        if HARD_BOUNCES in columns:
            self.bounces = ask(columns[HARD_BOUNCES], _whole, np.int64)

    def since(self, why: Why) -> Times:
        """When everybody was stopped for this reason; NEVER where not."""
        if why not in self._since:
            self._since[why] = np.full(len(self.suppressed), NEVER, dtype=np.int64)
        return self._since[why]

    def stop(self, why: Why, rows: NDArray[np.integer], at: Times) -> None:
        """No email to these people from now on."""
        self.since(why)[rows] = at
        self._changed.add(why)
        self._settle(rows)

    def lift(self, whys: tuple[Why, ...], rows: NDArray[np.integer]) -> None:
        """These reasons hold no longer."""
        for why in whys:
            if why in self._since:
                self._since[why][rows] = NEVER
                self._changed.add(why)
        if "manual" in whys:
            self._unexplained[rows] = False
        self._settle(rows)

    def bounce(self, rows: NDArray[np.integer]) -> None:
        """One more hard bounce for each of these people, who may stand in it several times."""
        if self.bounces is None:
            self.bounces = np.zeros(len(self.suppressed), dtype=np.int64)
        np.add.at(self.bounces, rows, 1)

    def column(self, name: str) -> Column | None:
        """A property that tells of a reason, where a run has changed it; else None."""
        for why in self._changed:
            if COLUMNS[why] == name:
                return _written(self._since[why])
        return None

    def _settle(self, rows: NDArray[np.integer]) -> None:
        self.barred[rows] = self._any(("bounced", "invalid", "spam"), rows)
        self.suppressed[rows] = self._any(WHYS, rows) | self._unexplained[rows]

    def _any(self, whys: tuple[Why, ...], rows: NDArray[np.integer] | slice = slice(None)) -> Bools:
        stopped = np.zeros(len(self.suppressed[rows]), dtype=np.bool_)
        for why in whys:
            if why in self._since:
                stopped |= self._since[why][rows] != NEVER
        return stopped


def _moments(column: Column) -> Times:
    """When each row says; NEVER where it says nothing, 1970 where it cannot be read."""
    return ask(column, _moment, np.int64)


def _moment(value: Value) -> int:
    if value is None or value == "":
        return NEVER
    found = read(value)
    return found.at if found else 0


def _whole(value: Value) -> int:
    return int(value) if isinstance(value, int | float) and value > 0 else 0


def _written(since: Times) -> Column:
    """Moments as ISO 8601 in UTC, unset where there is none."""
    times, codes = np.unique(since, return_inverse=True)
    texts = np.datetime_as_string(times[times != NEVER].astype("M8[us]")).tolist()
    codes = np.where(since == NEVER, UNSET, codes)
    return Column(codes.astype(np.int32), tuple(f"{text}Z" for text in texts))

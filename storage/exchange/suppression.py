"""Why email to a person is blocked, by the names that Klaviyo's API has for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flows.columns import LONG_AGO, Bools, Column, Times, Value
from flows.scene import UNSUBSCRIBED, Consent
from storage.exchange.instants import lenient, texts_of
from storage.exchange.sheet import Sheet

REASON, SINCE = "suppression_reason", "suppression_since"
REASONS = {
    "HARD_BOUNCE": "suppression.email.bounced_at",
    "INVALID_EMAIL": "suppression.email.invalid_at",
    "SPAM_COMPLAINT": "suppression.email.spam_at",
    "USER_SUPPRESSED": "suppression.email.manual_at",
    "UNSUBSCRIBE": "",
}
"""By reason, the column that says since when; whoever left has no consent instead."""
UNKNOWN = 631_152_000_000_000
"""1990-01-01: when something happened of which nobody knows when (semantics B.10)."""


def suppressed(
    sheet: Sheet, email: Consent, created: Times, known: dict[str, Column]
) -> tuple[Consent, dict[str, Column]]:
    """The consent for email with what blocks it, and since when, as columns."""
    reason = sheet.converted(REASON, _reason)
    since = np.where(created == LONG_AGO, UNKNOWN, created)
    if SINCE in sheet.columns:
        column = sheet.column(SINCE)
        times = np.append(sheet.times(SINCE, column, lenient), 0)[column.codes]
        since = np.where(column.is_set(), times, since)
    columns = dict(known)
    for code, name in enumerate(reason.pool):
        rows, target = reason.codes == code, REASONS[str(name)]
        if target:
            columns[target] = _dated(columns.get(target), rows, since)
        else:
            email = _left(email, rows, since)
    blocked = email.suppressed.copy()
    for target in filter(None, REASONS.values()):
        blocked |= columns[target].is_set() if target in columns else False
    return replace(email, suppressed=blocked), columns


def _left(email: Consent, rows: Bools, since: Times) -> Consent:
    """The consent with these people unsubscribed, at that time unless they had left before."""
    status = np.where(rows, np.int8(UNSUBSCRIBED), email.status).astype(np.int8)
    new = rows & (email.status != UNSUBSCRIBED)
    return Consent(status, np.where(new, since, email.since), email.suppressed)


def _dated(known: Column | None, rows: Bools, since: Times) -> Column:
    """The times of these rows as text; a time that stands in the file holds before it."""
    held = known or Column.unset(len(rows))
    missing = np.flatnonzero(rows & ~held.is_set())
    return held.put(missing, Column.of(texts_of(since[missing]).to_pylist()))


def _reason(value: Value) -> Value:
    written = str(value).strip().upper()
    if written and written not in REASONS:
        raise ValueError(f"`{REASON}` is “{value}”, not one of {', '.join(REASONS)}.")
    return written or None

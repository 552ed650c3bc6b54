"""Figures, times and reasons in the words of a person."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

REASONS = {
    "Needs Review": "Waits for a review",
    "Unconfigured": "The message is not set up",
    "Person No Longer in List": "No longer in the list",
    "Fails Flow Filters": "No longer meets the flow's filters",
    "Fails Additional Filters": "Does not meet the message's own filters",
    "Missing Email": "No email address",
    "Unable to Send Email": "The email address cannot be used",
    "Missing Phone Number": "No phone number",
    "Phone Number is Not Valid": "The phone number cannot be used",
    "Person Suppressed": "Has unsubscribed or is blocked",
    "Missing SMS Consent": "Has not agreed to SMS",
    "Email Cancelled": "The review cancelled it",
    "Suspicious Email": "The email address bounces too often",
    "Phone Number is in Country Not Supported by SMS": "No texts go to this country",
    "No Sending Number": "No number to send from for this country",
    "Missing Push Token": "No app that shows notifications",
    "Missing Push Consent": "Has not agreed to notifications",
    "Missing WhatsApp Consent": "Has not agreed to WhatsApp",
    "No Confirmed Recipients": "Nobody has confirmed to get the alert",
    "Smart Sending": "Had another message shortly before",
    "Email Syntax Error": "The email has a mistake in a tag",
    "Unable to Send SMS": "The text could not be made or sent",
    "Unable to Send Push": "The notification has a mistake in a tag",
    "Invalid From Email": "The sender is no email address",
    "Error Retrieving External Data": "A feed gives no answer",
    "Catalog Item Unavailable": "The item cannot be bought",
    "Coupon Code Doesn't Exist": "There is no such coupon",
    "Coupon Category Unavailable": "The coupon cannot be used",
    "No More Uploaded Coupons Remain": "No coupon code is left",
    "Unable to Create Coupon": "No coupon code could be made",
    "Over Email Limit": "The plan's emails are used up",
    "Not Enough Sends Available": "The plan's texts are used up",
    "Email Dropped": "The mail service dropped it",
    "Webhook Skipped": "The other system refused the call",
    "Webhook Failed": "The other system did not answer in time",
    "Fails Trigger Filter": "The event is not one the flow asks for",
    "Re-entry Blocked": "Has been here before, and may not come again yet",
    "No live step": "The flow has no live step",
    "Late Event": "The event was reported too late",
}
"""What reasons for a skip or for not entering mean; any other stands for itself."""

_SPANS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def count(number: int) -> str:
    """12345 as 12,345."""
    return f"{number:,}"


def short(number: float) -> str:
    """A figure for a narrow place: 950, 12.3k, 4.5M."""
    for limit, sign in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(number) >= limit:
            scaled = number / (1e3 if sign == "k" else limit)
            return f"{scaled:,.1f}".removesuffix(".0") + sign
    return f"{number:,.0f}"


def money(amount: float) -> str:
    """Whole units from a thousand on, two decimals below."""
    return f"${amount:,.0f}" if abs(amount) >= 1_000 else f"${amount:,.2f}"


def share(part: float, whole: float) -> str:
    """A part as a percentage with one decimal; a dash where there is no whole."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    return "<0.1%" if 0 < percent < 0.05 else f"{percent:.1f}%"


def number_of(number: int, one: str, many: str = "") -> str:
    """“1 person”, “2,000 people”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def reason(text: str) -> str:
    """A skip reason in plain words."""
    return REASONS.get(text, text)


def moment(at: datetime, zone: str = "UTC") -> str:
    """A time as a person in the zone reads it: “Mon 5 Jan 2026, 14:03”."""
    local = in_zone(at, zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def day(at: datetime, zone: str = "UTC") -> str:
    """The date as a person in the zone reads it: “5 Jan 2026”."""
    local = in_zone(at, zone)
    return f"{local.day} {local:%b %Y}"


def in_zone(at: datetime, zone: str) -> datetime:
    """The same moment on the clock of an IANA zone; UTC where there is no such zone."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return aware.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return aware.astimezone(UTC)


def ago(at: datetime, now: datetime) -> str:
    """How long before `now`: “just now”, “5 minutes ago”, “yesterday”, then the date."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    seconds = (now - aware).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds >= 7 * 86_400:
        return day(aware)
    for size, unit in _SPANS:
        if seconds >= size:
            whole = int(seconds // size)
            return "yesterday" if (unit, whole) == ("day", 1) else f"{number_of(whole, unit)} ago"
    return "just now"


def lasting(seconds: float) -> str:
    """A span: “0.4 s”, “12 s”, “3 min 5 s”, “2 h 10 min”, “3 days 4 h”."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    for size, unit, less, small in (
        (86_400, "d", 3_600, "h"),
        (3_600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ):
        if whole >= size:
            rest = whole % size // less
            return f"{whole // size} {unit}" + (f" {rest} {small}" if rest else "")
    return f"{whole} s"

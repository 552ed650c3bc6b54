"""Why a message was not sent, in the order in which a send is checked (semantics B.4, B.5)."""

from __future__ import annotations

SENT = -1
NOT_TRIED = -2

DRAFT = "Draft Pass-through"
DISABLED = "Disabled Pass-through"
NEEDS_REVIEW = "Needs Review"
UNCONFIGURED = "Unconfigured"
DATE_CHANGED = "Date Changed"
NO_LONGER_IN_LIST = "Person No Longer in List"
FAILS_FLOW_FILTERS = "Fails Flow Filters"
FAILS_ADDITIONAL_FILTERS = "Fails Additional Filters"
MISSING_EMAIL = "Missing Email"
BAD_EMAIL = "Unable to Send Email"
MISSING_PHONE = "Missing Phone Number"
BAD_PHONE = "Phone Number is Not Valid"
SUPPRESSED = "Person Suppressed"
MISSING_SMS_CONSENT = "Missing SMS Consent"
SMART_SENDING = "Smart Sending"

SKIP_REASONS: tuple[str, ...] = (
    NEEDS_REVIEW,
    UNCONFIGURED,
    NO_LONGER_IN_LIST,
    FAILS_FLOW_FILTERS,
    FAILS_ADDITIONAL_FILTERS,
    MISSING_EMAIL,
    BAD_EMAIL,
    MISSING_PHONE,
    BAD_PHONE,
    SUPPRESSED,
    MISSING_SMS_CONSENT,
    SMART_SENDING,
)
"""In the order of the checks; the first that fails is the one reported."""

PASSED_BY = (DRAFT, DISABLED)
"""Nothing is tried, so nothing is counted either (semantics B.2)."""
NOTHING_LIVE_AHEAD = "No live step ahead"
NOTES: tuple[str, ...] = (*SKIP_REASONS, DRAFT, DISABLED, DATE_CHANGED, NOTHING_LIVE_AHEAD)
"""What a step may say of itself in the log."""

CODE: dict[str, int] = {reason: i for i, reason in enumerate(NOTES)}

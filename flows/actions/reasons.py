"""Why a message was not sent, in the order in which a send is checked (semantics B.4, B.5)."""

from __future__ import annotations

SENT = -1
NOT_TRIED = -2

DRAFT = "Draft Pass-through"
DISABLED = "Disabled Pass-through"
NEEDS_REVIEW = "Needs Review"
EMAIL_CANCELLED = "Email Cancelled"
UNCONFIGURED = "Unconfigured"
DATE_CHANGED = "Date Changed"
NO_LONGER_IN_LIST = "Person No Longer in List"
FAILS_FLOW_FILTERS = "Fails Flow Filters"
FAILS_ADDITIONAL_FILTERS = "Fails Additional Filters"
MISSING_EMAIL = "Missing Email"
BAD_EMAIL = "Unable to Send Email"
SUSPICIOUS_EMAIL = "Suspicious Email"
MISSING_PHONE = "Missing Phone Number"
BAD_PHONE = "Phone Number is Not Valid"
UNSUPPORTED_COUNTRY = "Phone Number is in Country Not Supported by SMS"
NO_SENDING_NUMBER = "No Sending Number"
MISSING_PUSH_TOKEN = "Missing Push Token"
NO_CONFIRMED_RECIPIENTS = "No Confirmed Recipients"
SUPPRESSED = "Person Suppressed"
MISSING_SMS_CONSENT = "Missing SMS Consent"
MISSING_PUSH_CONSENT = "Missing Push Consent"
MISSING_WHATSAPP_CONSENT = "Missing WhatsApp Consent"
SMART_SENDING = "Smart Sending"
EMAIL_SYNTAX_ERROR = "Email Syntax Error"
UNABLE_TO_SEND_SMS = "Unable to Send SMS"
UNABLE_TO_SEND_PUSH = "Unable to Send Push"
INVALID_FROM_EMAIL = "Invalid From Email"
EXTERNAL_DATA = "Error Retrieving External Data"
ITEM_UNAVAILABLE = "Catalog Item Unavailable"
NO_SUCH_COUPON = "Coupon Code Doesn't Exist"
NO_COUPON_CATEGORY = "Coupon Category Unavailable"
NO_COUPONS_LEFT = "No More Uploaded Coupons Remain"
COUPON_NOT_MADE = "Unable to Create Coupon"
OVER_EMAIL_LIMIT = "Over Email Limit"
NOT_ENOUGH_SENDS = "Not Enough Sends Available"
EMAIL_DROPPED = "Email Dropped"
WEBHOOK_SKIPPED = "Webhook Skipped"
WEBHOOK_FAILED = "Webhook Failed"

SKIP_REASONS: tuple[str, ...] = (
    NEEDS_REVIEW,
    EMAIL_CANCELLED,
    UNCONFIGURED,
    NO_LONGER_IN_LIST,
    FAILS_FLOW_FILTERS,
    FAILS_ADDITIONAL_FILTERS,
    MISSING_EMAIL,
    BAD_EMAIL,
    SUSPICIOUS_EMAIL,
    MISSING_PHONE,
    BAD_PHONE,
    UNSUPPORTED_COUNTRY,
    NO_SENDING_NUMBER,
    MISSING_PUSH_TOKEN,
    NO_CONFIRMED_RECIPIENTS,
    SUPPRESSED,
    MISSING_SMS_CONSENT,
    MISSING_PUSH_CONSENT,
    MISSING_WHATSAPP_CONSENT,
    SMART_SENDING,
    EMAIL_SYNTAX_ERROR,
    UNABLE_TO_SEND_SMS,
    UNABLE_TO_SEND_PUSH,
    INVALID_FROM_EMAIL,
    EXTERNAL_DATA,
    ITEM_UNAVAILABLE,
    NO_SUCH_COUPON,
    NO_COUPON_CATEGORY,
    NO_COUPONS_LEFT,
    COUPON_NOT_MADE,
    OVER_EMAIL_LIMIT,
    NOT_ENOUGH_SENDS,
    EMAIL_DROPPED,
    WEBHOOK_SKIPPED,
    WEBHOOK_FAILED,
)
"""In the order of the checks; the first that fails is the one reported."""

PASSED_BY = (DRAFT, DISABLED)
"""Nothing is tried, so nothing is counted either (semantics B.2)."""
NOTHING_LIVE_AHEAD = "No live step ahead"
BEFORE_ENTRY = "Before the entry"
"""Of a step that lies behind those who come into the midst of a flow."""
NOTES: tuple[str, ...] = (
    *SKIP_REASONS,
    DRAFT,
    DISABLED,
    DATE_CHANGED,
    NOTHING_LIVE_AHEAD,
    BEFORE_ENTRY,
)
"""What a step may say of itself in the log."""

CODE: dict[str, int] = {reason: i for i, reason in enumerate(NOTES)}

"""Which forms of a condition on consent the public definition knows, and their filters (A.7)."""

from __future__ import annotations

_SUPPRESSIONS = frozenset({"bounce_date", "manual_suppression_date", "invalid_email_date"})
_STATUS = frozenset({"status_date"})


def _by(*methods: str) -> frozenset[str]:
    return frozenset(f"method {method}" for method in methods)


_CAME = ("form", "preference_page", "inbound_message", "sftp", "manual_import", "manual_add")
FORMS: dict[tuple[str, bool, str], frozenset[str]] = {
    ("email", True, "any"): frozenset(),
    ("email", True, "never_subscribed"): frozenset(),
    ("email", True, "subscribed"): _STATUS
    | {"is_double_opt_in", "custom_source"}
    | _by(*_CAME, "api", "back_in_stock", "integration"),
    ("email", False, "any"): _SUPPRESSIONS,
    ("email", False, "never_subscribed"): _SUPPRESSIONS,
    ("email", False, "subscribed"): _SUPPRESSIONS,
    ("email", False, "unsubscribed"): _SUPPRESSIONS
    | _STATUS
    | _by("api", "inbound_message", "preference_page", "manual_remove", "spam_complaint")
    | _by("mailbox_provider", "one_click_unsubscribe", "manual_import", "sftp", "integration")
    | _by("data_warehouse_import", "profile_modification"),
    ("sms", True, "subscribed"): _STATUS
    | {"is_rcs_capable"}
    | _by(*_CAME, "checkout", "integration"),
    ("sms", False, "any"): frozenset(),
    ("sms", False, "never_subscribed"): frozenset(),
    ("sms", False, "unsubscribed"): _STATUS
    | _by(*_CAME, "manual_remove", "bulk_remove", "checkout", "integration")
    | _by("carrier_deactivation", "provided_landline", "message_blocked")
    | _by("provided_no_age", "failed_age_gate"),
    ("push", True, "any"): _STATUS,
    ("push", False, "any"): frozenset(),
}
"""By channel, whether marketing can be received, and status: the filters that may stand there."""
PERMISSION_FILTERS = frozenset({"effective_date", "recorded_date"})
"""The filters of an explicit permission, beside any method."""

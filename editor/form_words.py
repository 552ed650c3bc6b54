"""How a form speaks of each field: its label, help, unit, group, and its place in the group."""

from __future__ import annotations

from editor.form_kinds import GROUPS, Group, Kind, Words
from editor.step_words import STEP_WORDS
from editor.trigger_words import IDS, TRIGGER_WORDS

__all__ = ["GROUPS", "HIDDEN", "Group", "Kind", "Words", "words_for"]
HIDDEN = frozenset({"type", "temporary_id", "links", "date_field_type", "trigger_id"})
"""What a person never sets by hand."""

_STATUS = (("draft", "Draft"), ("manual", "Manual"), ("live", "Live"), ("disabled", "Disabled"))

_COMMON: dict[str, Words] = {
    "subject_line": Words(label="Subject", group="Message", rank=1, kind="long"),
    "preview_text": Words(
        label="Preview text",
        group="Message",
        rank=2,
        kind="long",
        help="Shown after the subject in the inbox.",
    ),
    "from_label": Words(label="Sender name", group="Message", rank=3),
    "from_email": Words(label="Sender address", group="Message", rank=4),
    "reply_to_email": Words(label="Reply to", group="Message", rank=5),
    "template_id": Words(label="Content", group="Message", rank=9, kind="template"),
    "status": Words(
        label="Status",
        group="Delivery",
        rank=1,
        options=_STATUS,
        help="Draft steps are passed by; manual ones wait for someone to send them.",
    ),
    "smart_sending_enabled": Words(
        label="Smart sending",
        group="Delivery",
        rank=2,
        help="Skip people who had a message on this channel a short while ago.",
    ),
    "sms_quiet_hours_enabled": Words(
        label="Quiet hours", group="Delivery", rank=3, help="Hold the message back at night."
    ),
    "additional_filters": Words(
        label="Only send if", group="Delivery", rank=4, help="Others skip this message and go on."
    ),
    "transactional": Words(
        label="Transactional",
        group="Delivery",
        rank=5,
        help="Needs no marketing consent; for receipts and the like.",
    ),
    "cc_email": Words(label="CC", group="Advanced", rank=1),
    "bcc_email": Words(label="BCC", group="Advanced", rank=2),
    "name": Words(label="Name", group="Message", rank=0),
    "add_tracking_params": Words(label="Tracking parameters", group="Advanced", rank=6),
    "custom_tracking_params": Words(
        label="Own parameters", group="Advanced", rank=7, kind="parameters"
    ),
    "value": Words(label="Wait", group="Timing", rank=1, least=0),
    "unit": Words(label="Unit", group="Timing", rank=2, beside=True),
    "delay_until_time": Words(label="Until time", group="Timing", rank=4, kind="time"),
    "delay_until_weekdays": Words(label="On these days", group="Timing", rank=5, kind="weekdays"),
    "timezone": Words(label="Time zone", group="Timing", rank=6, kind="zone"),
}

_OWN: dict[tuple[str, str], Words | None] = {
    ("send-sms", "body"): Words(label="Text", group="Message", rank=1, kind="sms"),
    ("send-sms", "template_id"): None,
    ("send-sms", "shorten_links"): Words(label="Shorten links", group="Advanced", rank=4),
    ("send-sms", "include_contact_card"): Words(
        label="Attach the contact card", group="Advanced", rank=5
    ),
    ("send-sms", "add_org_prefix"): Words(
        label="Begin with the company's name", group="Message", rank=2, redraws=True
    ),
    ("send-sms", "add_info_link"): Words(
        label="Say how to get help",
        group="Message",
        rank=4,
        redraws=True,
        help="Adds “Reply HELP for help”.",
    ),
    ("send-sms", "add_opt_out_language"): Words(
        label="Say how to opt out",
        group="Message",
        rank=3,
        redraws=True,
        help="Adds “Reply STOP to opt out”.",
    ),
    ("send-webhook", "url"): Words(
        label="Address", group="Message", rank=1, help="Called with POST over HTTPS."
    ),
    ("send-webhook", "headers"): Words(label="Headers", group="Message", rank=2, kind="pairs"),
    ("send-webhook", "body"): Words(label="Body", group="Message", rank=3, kind="json"),
    ("ab-test", "main_action"): Words(
        label="Message without a test", group="Message", rank=2, kind="message"
    ),
    ("ab-test", "current_experiment"): Words(
        label="Variations", group="Message", rank=1, kind="variations"
    ),
    ("ab-test", "experiment_status"): Words(
        label="Test",
        group="Delivery",
        rank=2,
        options=(("draft", "Not started"), ("live", "Running"), ("completed", "Ended")),
    ),
    ("time-delay", "secondary_value"): Words(
        label="And",
        group="Timing",
        rank=3,
        least=0,
        help="Minutes beside hours, hours beside days.",
    ),
    ("countdown-delay", "value"): Words(label="Before the date", group="Timing", rank=1, least=0),
    ("target-date", "target_time"): Words(label="At", group="Timing", rank=1, kind="time"),
    ("target-date", "target_days"): Words(
        label="On these days", group="Timing", rank=2, kind="weekdays"
    ),
    ("conditional-split", "profile_filter"): Words(label="Goes to YES if", group="Logic", rank=1),
    ("trigger-split", "trigger_filter"): Words(
        label="Goes to YES if the event has", group="Logic", rank=1, kind="event-filter"
    ),
    ("trigger-split", "trigger_type"): None,
    ("trigger-split", "trigger_subtype"): None,
    ("multi-branch-split", "name"): Words(label="Name", group="Logic", rank=1),
    ("multi-branch-split", "branches"): Words(label="Paths", group="Logic", rank=2, kind="paths"),
    ("update-profile", "profile_operations"): Words(
        label="Changes", group="Data", rank=1, kind="operations"
    ),
    ("list-update", "name"): Words(label="Name", group="Advanced", rank=3),
    ("list-update", "on_execution"): Words(
        label="Do",
        group="Data",
        rank=1,
        kind="choice",
        options=((True, "Add to the list"), (False, "Take off the list")),
    ),
    ("list-update", "list_id"): Words(label="List", group="Data", rank=2, kind="group"),
}


def words_for(type_name: str, name: str) -> Words | None:
    """What is said about a field of a type; None leaves it out of the form."""
    if name == "id":
        return IDS.get(type_name)
    if name in HIDDEN:
        return None
    for own in (_OWN, STEP_WORDS, TRIGGER_WORDS):
        if (type_name, name) in own:
            return own[type_name, name]
    known = _COMMON.get(name)
    return known or Words(label=name.replace("_", " ").capitalize(), group="Advanced", rank=90)

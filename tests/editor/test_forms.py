"""The form of every type is computed from its fields."""

import pytest

from editor.form_checks import fault
from editor.forms import FormField, form_fields, is_shown, value_at
from flows.actions import ACTIONS
from flows.actions.send_email import SendEmail
from flows.part import Part
from flows.triggers import TRIGGERS

STATUS = ("data.status", "Status", "choice", "Delivery")
SMART = ("data.message.smart_sending_enabled", "Smart sending", "switch", "Delivery")
FILTERS = ("data.message.additional_filters", "Only send if", "filter", "Delivery")
TRANSACTIONAL = ("data.message.transactional", "Transactional", "switch", "Delivery")
NAME = ("data.message.name", "Name", "text", "Message")
TRACKING = [
    ("data.message.add_tracking_params", "Tracking parameters", "switch", "Advanced"),
    ("data.message.custom_tracking_params", "Own parameters", "parameters", "Advanced"),
]
PICTURE = [
    ("data.message.image_id", "Picture", "text", "Advanced"),
    ("data.message.dynamic_image", "Picture by template", "text", "Advanced"),
]
UNTIL = [
    ("data.delay_until_time", "Until time", "time", "Timing"),
    ("data.delay_until_weekdays", "On these days", "weekdays", "Timing"),
    ("data.timezone", "Time zone", "zone", "Timing"),
]

FORMS = {
    "send-email": [
        NAME,
        ("data.message.subject_line", "Subject", "long", "Message"),
        ("data.message.preview_text", "Preview text", "long", "Message"),
        ("data.message.from_label", "Sender name", "text", "Message"),
        ("data.message.from_email", "Sender address", "text", "Message"),
        ("data.message.reply_to_email", "Reply to", "text", "Message"),
        ("data.message.template_id", "Content", "template", "Message"),
        STATUS,
        SMART,
        FILTERS,
        TRANSACTIONAL,
        ("data.message.cc_email", "CC", "text", "Advanced"),
        ("data.message.bcc_email", "BCC", "text", "Advanced"),
        *TRACKING,
    ],
    "send-sms": [
        NAME,
        ("data.message.body", "Text", "sms", "Message"),
        ("data.message.add_org_prefix", "Begin with the company's name", "switch", "Message"),
        ("data.message.add_opt_out_language", "Say how to opt out", "switch", "Message"),
        ("data.message.add_info_link", "Say how to get help", "switch", "Message"),
        STATUS,
        SMART,
        ("data.message.sms_quiet_hours_enabled", "Quiet hours", "switch", "Delivery"),
        FILTERS,
        TRANSACTIONAL,
        *PICTURE,
        ("data.message.message_hierarchy", "Forms of the message", "hierarchy", "Advanced"),
        ("data.message.shorten_links", "Shorten links", "switch", "Advanced"),
        ("data.message.include_contact_card", "Attach the contact card", "switch", "Advanced"),
        *TRACKING,
    ],
    "send-mobile-push": [
        NAME,
        ("data.message.title", "Title", "long", "Message"),
        ("data.message.body", "Text", "long", "Message"),
        ("data.message.on_open", "A tap opens", "choice", "Message"),
        ("data.message.ios_link", "Link on iOS", "text", "Message"),
        ("data.message.android_link", "Link on Android", "text", "Message"),
        ("data.message.web_url", "Address in the browser", "text", "Message"),
        ("data.message.action_buttons", "Buttons", "buttons", "Message"),
        ("data.message.push_type", "Kind", "choice", "Message"),
        ("data.message.sound", "Sound", "switch", "Message"),
        ("data.message.badge", "Number on the icon", "switch", "Message"),
        ("data.message.badge_options", "The number", "badge", "Message"),
        STATUS,
        SMART,
        FILTERS,
        *PICTURE,
        ("data.message.video_asset_id", "Video", "text", "Advanced"),
        ("data.message.kv_pairs", "Values for the app", "pairs", "Advanced"),
        ("data.message.conversion_metric_id", "Counts as success", "metric", "Advanced"),
    ],
    "send-whatsapp": [
        NAME,
        ("data.message.vendor_id", "Template", "text", "Message"),
        STATUS,
        SMART,
        FILTERS,
        TRANSACTIONAL,
        TRACKING[0],
    ],
    "send-internal-alert": [
        NAME,
        ("data.message.to_emails", "To", "addresses", "Message"),
        ("data.message.subject_line", "Subject", "long", "Message"),
        ("data.message.from_label", "Sender name", "text", "Message"),
        ("data.message.from_email", "Sender address", "text", "Message"),
        ("data.message.template_id", "Content", "template", "Message"),
        STATUS,
    ],
    "send-webhook": [
        NAME,
        ("data.message.url", "Address", "text", "Message"),
        ("data.message.headers", "Headers", "pairs", "Message"),
        ("data.message.body", "Body", "json", "Message"),
        STATUS,
    ],
    "ab-test": [
        ("data.current_experiment", "Variations", "variations", "Message"),
        ("data.main_action", "Message without a test", "message", "Message"),
        STATUS,
        ("data.experiment_status", "Test", "choice", "Delivery"),
    ],
    "content-experiment": [
        ("data.current_experiment", "Variations", "variations", "Message"),
        ("data.main_action", "Message without a test", "message", "Message"),
        STATUS,
        ("data.experiment_status", "Test", "choice", "Delivery"),
    ],
    "time-delay": [
        ("data.value", "Wait", "number", "Timing"),
        ("data.unit", "Unit", "choice", "Timing"),
        ("data.secondary_value", "And", "number", "Timing"),
        *UNTIL,
    ],
    "countdown-delay": [
        ("data.value", "Before the date", "number", "Timing"),
        ("data.unit", "Unit", "choice", "Timing"),
        *UNTIL,
    ],
    "target-date": [
        ("data.target_time", "At", "time", "Timing"),
        ("data.target_days", "On these days", "weekdays", "Timing"),
        ("data.timezone", "Time zone", "zone", "Timing"),
    ],
    "back-in-stock-delay": [],
    "action-output-split": [
        ("data.action_output_filter", "Goes to YES if the code gave", "output-filter", "Logic")
    ],
    "code": [("data", "What the code gives", "stub", "Data")],
    "internal-service": [
        ("data.service_configuration", "Service", "service", "Data"),
        STATUS,
    ],
    "conditional-split": [("data.profile_filter", "Goes to YES if", "filter", "Logic")],
    "trigger-split": [
        ("data.trigger_filter", "Goes to YES if the event has", "event-filter", "Logic")
    ],
    "multi-branch-split": [
        ("data.name", "Name", "text", "Logic"),
        ("data.branches", "Paths", "paths", "Logic"),
    ],
    "update-profile": [
        ("data.profile_operations", "Changes", "operations", "Data"),
        STATUS,
    ],
    "list-update": [
        ("data.on_execution", "Do", "choice", "Data"),
        ("data.list_id", "List", "group", "Data"),
        STATUS,
        ("data.name", "Name", "text", "Advanced"),
    ],
    "list": [("id", "List", "group", "Logic")],
    "segment": [("id", "Segment", "group", "Logic")],
    "metric": [
        ("id", "Event", "metric", "Logic"),
        ("trigger_filter", "Only events with", "event-filter", "Logic"),
    ],
    "date": [
        ("date_profile_property", "Date", "property", "Timing"),
        ("timedelta_value_before_date", "Start before it", "number", "Timing"),
        ("timedelta_unit_before_date", "Unit", "choice", "Timing"),
        ("recurrence_frequency", "Repeats", "choice", "Timing"),
        ("trigger_time", "At", "time", "Timing"),
        ("trigger_days", "On these days", "weekdays", "Timing"),
        ("timezone", "Time zone", "zone", "Timing"),
    ],
    "date/custom-object": [
        ("custom_object_label", "Object", "text", "Timing"),
        ("custom_object_property_id", "Property with the date", "number", "Timing"),
        ("object_type_id", "Type of the object", "text", "Timing"),
        ("timedelta_value_before_date", "Start before it", "number", "Timing"),
        ("timedelta_unit_before_date", "Unit", "choice", "Timing"),
        ("recurrence_frequency", "Repeats", "choice", "Timing"),
        ("trigger_time", "At", "time", "Timing"),
        ("trigger_days", "On these days", "weekdays", "Timing"),
        ("timezone", "Time zone", "zone", "Timing"),
        ("object_type_relationship_id", "Id of the relationship", "text", "Advanced"),
    ],
    "price-drop": [
        ("price_drop_amount_value", "Cheaper by at least", "number", "Logic"),
        ("price_drop_amount_unit", "Unit", "choice", "Logic"),
        ("audience", "People who", "choices", "Logic"),
        ("timeframe_days", "In the last", "number", "Logic"),
        ("trigger_filter", "Only items with", "event-filter", "Logic"),
        ("currency_type", "Currency", "choice", "Advanced"),
    ],
    "low-inventory": [
        ("product_level", "Stock of", "choice", "Logic"),
        ("inventory_count", "Down to", "number", "Logic"),
        ("audience", "People who", "choices", "Logic"),
        ("timeframe_days", "In the last", "number", "Logic"),
        ("trigger_filter", "Only items with", "event-filter", "Logic"),
    ],
}
KINDS: dict[str, type[Part]] = {
    **{kind.model_fields["type"].default: kind for kind in ACTIONS},
    **TRIGGERS,
}


def field(type_name: str, key: str) -> FormField:
    return next(f for f in form_fields(KINDS[type_name]) if f.key == key)


@pytest.mark.parametrize("type_name", KINDS)
def test_a_form_asks_for_every_field_of_its_type(type_name: str) -> None:
    asked = [(f.key, f.label, f.kind, f.group) for f in form_fields(KINDS[type_name])]

    assert asked == FORMS[type_name]


def test_a_choice_offers_the_values_of_its_type_in_words() -> None:
    assert field("time-delay", "data.unit") == FormField(
        path=("data", "unit"),
        label="Unit",
        kind="choice",
        group="Timing",
        default="days",
        options=(("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")),
        beside=True,
    )


def test_an_answer_is_read_from_the_json_else_it_is_the_default() -> None:
    email = SendEmail.model_validate(
        {"id": "1", "data": {"message": {"subject_line": "Hello", "from_label": None}}}
    )

    answers = {f.label: value_at(email, f) for f in form_fields(SendEmail)[:4]}
    status = value_at(email, field("send-email", "data.status"))

    assert (answers, status) == (
        {"Name": None, "Subject": "Hello", "Preview text": None, "Sender name": None},
        "draft",
    )


def delay(unit: str) -> list[str]:
    written = {"type": "time-delay", "data": {"unit": unit}}
    return [f.label for f in form_fields(KINDS["time-delay"]) if is_shown(f, written)]


def test_a_delay_asks_for_a_time_of_day_only_when_it_counts_days() -> None:
    assert {unit: delay(unit) for unit in ("minutes", "hours", "days")} == {
        "minutes": ["Wait", "Unit"],
        "hours": ["Wait", "Unit", "And"],
        "days": ["Wait", "Unit", "And", "Until time", "On these days", "Time zone"],
    }


@pytest.mark.parametrize(
    ("type_name", "key", "value", "sentence"),
    [
        ("send-email", "data.message.from_email", "hello@example.com", ""),
        ("send-email", "data.message.from_email", "{{ organization.email }}", ""),
        (
            "send-email",
            "data.message.from_email",
            "hello@",
            "This is not an email address, as in “hello@example.com”.",
        ),
        ("time-delay", "data.value", None, "Give a number."),
        ("time-delay", "data.value", 2.5, "Give a whole number."),
        ("time-delay", "data.value", -1, "The number cannot be below zero."),
        ("time-delay", "data.secondary_value", None, ""),
        ("time-delay", "data.delay_until_time", "09:30", ""),
        (
            "time-delay",
            "data.delay_until_time",
            "25:00",
            "Write the time as hours and minutes, as in “09:30”.",
        ),
        ("send-webhook", "data.message.url", "https://example.com/{{ person.id }}", ""),
        ("send-webhook", "data.message.url", "ftp://x", "The address must start with “https://”."),
        ("send-webhook", "data.message.url", "", "Without an address nothing is called."),
        ("send-webhook", "data.message.body", '{"n": {{ event.value }}, "a": "{{ x }}"}', ""),
        (
            "send-webhook",
            "data.message.body",
            '{"n": ',
            "Not JSON yet: line 1, column 7: expecting value.",
        ),
    ],
)
def test_a_wrong_answer_is_told_in_one_sentence(
    type_name: str, key: str, value: object, sentence: str
) -> None:
    assert fault(field(type_name, key), value) == sentence

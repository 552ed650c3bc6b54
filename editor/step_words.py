"""How forms speak of pictures, notifications, alerts, code and services."""

from __future__ import annotations

from editor.form_kinds import Words

_LINKS = {
    "ios_link": "Link on iOS",
    "android_link": "Link on Android",
    "web_url": "Address in the browser",
}

STEP_WORDS: dict[tuple[str, str], Words | None] = {
    ("send-sms", "image_id"): Words(label="Picture", group="Advanced", rank=1),
    ("send-sms", "dynamic_image"): Words(
        label="Picture by template",
        group="Advanced",
        rank=2,
        help="Counts only where no picture is chosen.",
    ),
    ("send-sms", "message_hierarchy"): Words(
        label="Forms of the message",
        group="Advanced",
        rank=3,
        kind="hierarchy",
        help="Each phone gets the first that it can show; without any, the text above.",
    ),
    ("send-mobile-push", "title"): Words(label="Title", group="Message", rank=1, kind="long"),
    ("send-mobile-push", "body"): Words(label="Text", group="Message", rank=2, kind="long"),
    ("send-mobile-push", "on_open"): Words(
        label="A tap opens",
        group="Message",
        rank=3,
        options=(("home", "The app"), ("link", "A place in it"), ("open_url", "A page")),
    ),
    **{
        ("send-mobile-push", name): Words(label=label, group="Message", rank=4 + at)
        for at, (name, label) in enumerate(_LINKS.items())
    },
    ("send-mobile-push", "action_buttons"): Words(
        label="Buttons", group="Message", rank=8, kind="buttons"
    ),
    ("send-mobile-push", "push_type"): Words(
        label="Kind",
        group="Message",
        rank=9,
        kind="choice",
        options=(("standard", "Shown"), ("silent", "Silent")),
        help="A silent one wakes the app and shows nothing.",
    ),
    ("send-mobile-push", "sound"): Words(label="Sound", group="Message", rank=10),
    ("send-mobile-push", "badge"): Words(label="Number on the icon", group="Message", rank=11),
    ("send-mobile-push", "badge_options"): Words(
        label="The number", group="Message", rank=12, kind="badge"
    ),
    ("send-mobile-push", "image_id"): Words(label="Picture", group="Advanced", rank=1),
    ("send-mobile-push", "dynamic_image"): Words(
        label="Picture by template",
        group="Advanced",
        rank=2,
        help="Counts only where no picture is chosen.",
    ),
    ("send-mobile-push", "video_asset_id"): Words(
        label="Video", group="Advanced", rank=3, help="Instead of a picture."
    ),
    ("send-mobile-push", "kv_pairs"): Words(
        label="Values for the app", group="Advanced", rank=4, kind="pairs"
    ),
    ("send-mobile-push", "conversion_metric_id"): Words(
        label="Counts as success", group="Advanced", rank=5, kind="metric"
    ),
    ("send-whatsapp", "vendor_id"): Words(
        label="Template",
        group="Message",
        rank=1,
        help="The id of the approved template; its text stays with WhatsApp.",
    ),
    ("send-internal-alert", "to_emails"): Words(
        label="To",
        group="Message",
        rank=1,
        kind="addresses",
        help="Up to five of your own people; each must have agreed.",
    ),
    ("content-experiment", "main_action"): Words(
        label="Message without a test", group="Message", rank=2, kind="message"
    ),
    ("content-experiment", "current_experiment"): Words(
        label="Variations", group="Message", rank=1, kind="variations"
    ),
    ("content-experiment", "experiment_status"): Words(
        label="Test",
        group="Delivery",
        rank=2,
        options=(("draft", "Not started"), ("live", "Running"), ("completed", "Ended")),
    ),
    ("action-output-split", "action_output_filter"): Words(
        label="Goes to YES if the code gave", group="Logic", rank=1, kind="output-filter"
    ),
    ("code", "data"): Words(label="What the code gives", group="Data", rank=1, kind="stub"),
    ("internal-service", "service_configuration"): Words(
        label="Service", group="Data", rank=1, kind="service"
    ),
}
"""By type and field; None leaves the field out, which keeps what stands in it."""

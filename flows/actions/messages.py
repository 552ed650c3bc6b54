"""What messages are made of: the fields that email, SMS, push and other sends carry."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from flows.actions.texting import Format, Item, format_of, text_of
from flows.conditions import Filter
from flows.part import Part

OWN_FILTER = "message "
"""Where samples of a message's own filter stand, apart from those of its flow's filter."""


class UtmParam(Part):
    """One tracking parameter of the message's links."""

    param: str
    value: str


class Email(Part):
    """An email (semantics A.4); its body is the flow's template of `template_id`."""

    id: str | None = None
    name: str | None = None
    from_email: str | None = None
    from_label: str | None = None
    reply_to_email: str | None = None
    cc_email: str | None = None
    bcc_email: str | None = None
    subject_line: str | None = None
    preview_text: str | None = None
    template_id: str | None = None
    smart_sending_enabled: bool = True
    transactional: bool = False
    add_tracking_params: bool = False
    custom_tracking_params: tuple[UtmParam, ...] | None = None
    additional_filters: Filter | None = None


RCS_CAPABLE = "consent.sms.rcs_capable"
"""The property that says whether a person's phone shows rich messages."""


class Sms(Part):
    """A text message (semantics A.4)."""

    id: str | None = None
    name: str | None = None
    body: str = ""
    image_id: str | None = None
    dynamic_image: str | None = None
    """A template for the picture's address; `image_id` comes before it."""
    message_hierarchy: tuple[Item, ...] | None = None
    """Forms of the message; each phone gets the first that it can show."""
    shorten_links: bool = True
    include_contact_card: bool = False
    add_org_prefix: bool = True
    add_info_link: bool = True
    add_opt_out_language: bool = False
    smart_sending_enabled: bool = True
    sms_quiet_hours_enabled: bool = True
    transactional: bool = False
    add_tracking_params: bool = False
    custom_tracking_params: tuple[UtmParam, ...] | None = None
    template_id: str | None = None
    additional_filters: Filter | None = None

    def form(self, *, rich: bool) -> Item | None:
        """The form for a phone that shows rich messages, or not; None where only `body` is."""
        held = self.message_hierarchy or ()
        return next((item for item in held if rich or format_of(item) == "SMS"), None)

    def format(self, *, rich: bool) -> Format:
        """The format in which such a phone gets the message."""
        form = self.form(rich=rich)
        return "SMS" if form is None else format_of(form)

    def text(self, *, rich: bool = False) -> str:
        """What such a phone is told."""
        form = self.form(rich=rich)
        return self.body if form is None else text_of(form, self.body)


class Increment(Part):
    """The number on the app's icon grows by one."""

    badge_config: Literal["increment_one"] = "increment_one"


class StaticCount(Part):
    """The number on the app's icon is set."""

    badge_config: Literal["set_count"] = "set_count"
    value: str


class CountFromProperty(Part):
    """The number on the app's icon is a property of the person."""

    badge_config: Literal["set_property"] = "set_property"
    set_from_property: str


BadgeOptions = Annotated[
    Increment | StaticCount | CountFromProperty, Field(discriminator="badge_config")
]


class PushButton(Part):
    """A button of a push notification."""

    label: str
    action_type: Literal["deep_link", "dismiss", "open_app", "open_url"]
    position: int | None = None
    url: str | None = None
    icon: str | None = None
    custom_action_id: str | None = None


class Push(Part):
    """A push notification (semantics A.4); it is never transactional."""

    id: str | None = None
    name: str | None = None
    title: str | None = None
    body: str
    sound: bool = False
    badge: bool = False
    badge_options: BadgeOptions | None = None
    image_id: str | None = None
    dynamic_image: str | None = None
    """A template for the picture's address; `image_id` comes before it."""
    video_asset_id: str | None = None
    """A video; then no picture."""
    on_open: Literal["home", "link", "open_url"] = "home"
    ios_link: str | None = None
    android_link: str | None = None
    web_url: str | None = None
    push_type: Literal["silent", "standard"] | None = None
    kv_pairs: dict[str, Any] | None = None
    conversion_metric_id: str | None = None
    smart_sending_enabled: bool = True
    additional_filters: Filter | None = None
    action_buttons: tuple[PushButton, ...] | None = None
    transactional: ClassVar[bool] = False


class WhatsApp(Part):
    """A WhatsApp message (semantics A.4); its text is a template kept by the vendor."""

    id: str | None = None
    name: str | None = None
    vendor_id: str | None = None
    smart_sending_enabled: bool = True
    transactional: bool = False
    add_tracking_params: bool = False
    additional_filters: Filter | None = None


Message = Email | Sms | Push | WhatsApp
"""A message to the person themselves, on one of the four channels."""


class Alert(Part):
    """An email to people of one's own (semantics A.4, B.11)."""

    id: str | None = None
    name: str | None = None
    from_email: str | None
    from_label: str | None
    to_emails: tuple[str, ...]
    subject_line: str | None
    template_id: str | None = None


class Webhook(Part):
    """A request to the outside (semantics A.4, B.11); the body is JSON text with template tags."""

    id: str | None = None
    name: str | None = None
    url: str | None = None
    headers: dict[str, Any] | None = None
    body: str | None = None


class Template(Part):
    """A message body kept with the flow: HTML or MJML, and the text part if it is written apart."""

    name: str = ""
    html: str = ""
    text: str | None = None

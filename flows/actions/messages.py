"""What messages are made of: the fields that email, SMS and webhook actions carry."""

from __future__ import annotations

from typing import Any

from flows.conditions import Filter
from flows.part import Part


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


class Sms(Part):
    """A text message (semantics A.4)."""

    id: str | None = None
    name: str | None = None
    body: str = ""
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

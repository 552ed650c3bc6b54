"""A message of a flow for one person: everything rendered, ready to be handed to a channel."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

from flows.actions.experimenting import ExperimentAction
from flows.actions.messages import RCS_CAPABLE, Email, Sms, Template, UtmParam
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.document import Flow
from flows.templates import About, Occasion, opened, render
from simulator.channels import page
from simulator.channels.account import Account
from simulator.channels.addresses import Address, address
from simulator.channels.errors import NoAddressError, NoMessageError
from simulator.channels.links import HEADER, Links
from simulator.channels.outgoing import Mark, OutgoingEmail, OutgoingSms
from simulator.channels.plain_text import plain_text
from simulator.channels.wire import check_header
from simulator.contexts import MessageContext

Values = dict[str, Any]
NO_SENDER = "no-reply@example.com"
STOP = "Reply STOP to opt out"
_WEB_LINK = re.compile(r"https?://[^\s<>]+")
INFO = "Reply HELP for help"


def compose(
    flow: Flow,
    context: MessageContext,
    account: Account,
    *,
    run: str = "",
    links: Links | None = None,
) -> OutgoingEmail | OutgoingSms:
    """The message that `context` says was sent, as it goes to that person.

    Its links lead where `links` says, else to the account's place. ComposeError for a person who
    cannot be reached or a header that is not safe, TemplateProblemError for a template that cannot
    be rendered.
    """
    if context.channel == "sms":
        return compose_sms(flow, context, account, run=run, links=links)
    return compose_email(flow, context, account, run=run, links=links)


def compose_email(
    flow: Flow,
    context: MessageContext,
    account: Account,
    *,
    run: str = "",
    links: Links | None = None,
) -> OutgoingEmail:
    """The email of a step, with its HTML, its text part and every header."""
    message = _message(flow, context, SendEmail)
    if not isinstance(message, Email):
        raise NoMessageError(flow.name, context.action_id, "email")
    mark, links, to = _mark(context, run), links or Links(account.link_base), _recipient(context)
    key = links.key(message_key(mark))
    sender = _sender(message, account)
    values, occasion = _about(context, account).values(), _occasion(context, account, links, key)
    preview = _line(message.preview_text, values, occasion, header="preview text")
    occasion = replace(occasion, preview_text=preview)
    template = flow.templates.get(message.template_id or "") or _stand_in(message)
    html = _html(template, values, occasion, _tracking(flow, message, account, "email"))
    text = template.text and render(template.text, values, html=False, occasion=occasion)
    return OutgoingEmail(
        message_id=f"<{message_key(mark)}@{sender.domain}>",
        mark=mark,
        sender=sender,
        to=to,
        reply_to=next(iter(_addresses(message.reply_to_email or account.reply_to_email)), None),
        copies=_addresses(message.cc_email),
        blind_copies=_addresses(message.bcc_email),
        date=_local(context, account),
        subject=_line(message.subject_line, values, occasion, header="Subject"),
        preview_text=preview,
        html=html,
        text=text or plain_text(html),
        headers=_headers(mark, occasion, key, transactional=message.transactional),
        transactional=message.transactional,
        link_key=key,
    )


def compose_sms(
    flow: Flow,
    context: MessageContext,
    account: Account,
    *,
    run: str = "",
    links: Links | None = None,
) -> OutgoingSms:
    """The text message of a step, with the prefix and the closing words it asks for."""
    message = _message(flow, context, SendSms)
    if not isinstance(message, Sms):
        raise NoMessageError(flow.name, context.action_id, "text message")
    to = context.person.get("phone_number")
    if not to:
        raise NoAddressError(context.profile_id, "phone number")
    mark, links = _mark(context, run), links or Links(account.link_base)
    occasion = _occasion(context, account, links, links.key(message_key(mark)))
    values = _about(context, account).values()
    rich = context.person.get(RCS_CAPABLE) is True
    body = render(message.text(rich=rich), values, html=False, occasion=occasion)
    if not message.shorten_links:
        params = _tracking(flow, message, account, "sms")
        body = _WEB_LINK.sub(lambda link: page.track(link.group(), params), body)
    prefix = f"{account.name}: " if message.add_org_prefix and account.name else ""
    closing = [STOP] if message.add_opt_out_language else []
    closing += [INFO] if message.add_info_link else []
    return OutgoingSms(
        message_id=f"<{message_key(mark)}@sms>",
        mark=mark,
        to=str(to),
        date=_local(context, account),
        body="\n".join([prefix + body.strip(), *closing]),
    )


def _stand_in(message: Email) -> Template:
    """A page for a message whose design lies elsewhere, as in flows read from another system."""
    named = escape(message.template_id or "none")
    return Template(
        html=(
            '<html lang="en"><body style="font-family:sans-serif;padding:24px">'
            "<p>{% render_variable preview_text %}</p>"
            f"<p>The design of this message, template {named}, is not part of the flow.</p>"
            "<p>{{ organization.full_address }} {% unsubscribe %}</p></body></html>"
        )
    )


def message_key(mark: Mark) -> str:
    """32 hex digits: the same for the same hand-over of the same run, however often it is made."""
    parts = (mark.run, mark.flow, mark.action, mark.profile, str(mark.visit))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _message(
    flow: Flow, context: MessageContext, kind: type[SendEmail] | type[SendSms]
) -> Email | Sms | None:
    """The message of the step, of the version that was sent where there were several."""
    action = flow.action(context.action_id)
    if isinstance(action, ExperimentAction):
        versions = dict(zip(action.names_of_variations(), action.running, strict=True))
        action = versions.get(context.variation or "", action.main)
    if not isinstance(action, kind) or action.data is None:
        return None
    return action.data.message


def _mark(context: MessageContext, run: str) -> Mark:
    return Mark(
        run=run,
        flow=context.flow_id,
        action=context.action_id,
        profile=context.profile_id,
        visit=context.visit,
        variation=context.variation,
    )


def _sender(message: Email, account: Account) -> Address:
    return address(
        message.from_email or account.from_email or NO_SENDER,
        message.from_label or account.from_label or account.name,
    )


def _addresses(written: str | None) -> tuple[Address, ...]:
    return (address(written),) if written else ()


def _recipient(context: MessageContext) -> Address:
    held = context.person.get("email")
    if not held:
        raise NoAddressError(context.profile_id, "email address")
    names = (context.person.get("first_name"), context.person.get("last_name"))
    return address(str(held), " ".join(str(name) for name in names if name))


def _about(context: MessageContext, account: Account) -> About:
    return About(
        profile_id=context.profile_id,
        person=context.person,
        event=context.event,
        object=context.object,
        objects=context.objects,
        organization=account.organization(),
        feeds=context.feeds,
    )


def _occasion(context: MessageContext, account: Account, links: Links, key: str) -> Occasion:
    return Occasion(
        now=_local(context, account),
        unsubscribe_link=links.unsubscribe(key),
        preferences_link=links.preferences(key),
        web_view_link=links.web_view(key),
        currency=account.currency,
        recipient=context.profile_id,
        coupons=context.coupons,
        products=context.products,
        objects={title: [opened(one) for one in held] for title, held in context.objects.items()},
    )


def _local(context: MessageContext, account: Account) -> datetime:
    return context.at.astimezone(account.zone)


def _line(source: str | None, values: Values, occasion: Occasion, *, header: str) -> str:
    """A text for one line; HeaderInjectionError where a value brings a line break in."""
    line = render(source or "", values, html=False, occasion=occasion).strip()
    check_header(header, line)
    return line


def _html(
    template: Template, values: Values, occasion: Occasion, tracking: tuple[UtmParam, ...]
) -> str:
    source = page.prepared(template.html)
    if not source.strip():
        return ""
    made = render(source, values, html=True, occasion=occasion)
    if not page.is_mjml(template.html):
        made = page.inlined(made)
    if "render_variable preview_text" not in template.html:
        made = page.with_preheader(made, occasion.preview_text)
    own = (occasion.unsubscribe_link, occasion.preferences_link, occasion.web_view_link)
    return page.tracked(made, tracking, but=own)


def _tracking(
    flow: Flow, message: Email | Sms, account: Account, channel: str
) -> tuple[UtmParam, ...]:
    """The message's parameters, else the account's (semantics B.12); none where it is off."""
    if not message.add_tracking_params:
        return ()
    words = {"{channel}": channel, "{flow}": flow.name, "{message}": message.name or ""}
    params = message.custom_tracking_params or account.tracking
    return tuple(
        param.model_copy(update={"value": words.get(param.value, param.value)}) for param in params
    )


def _headers(
    mark: Mark, occasion: Occasion, key: str, *, transactional: bool
) -> tuple[tuple[str, str], ...]:
    """How to unsubscribe (RFC 8058), and what the message was sent for."""
    leave = (
        ("List-Unsubscribe", f"<{occasion.unsubscribe_link}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )
    marks = (
        ("X-Rehearsal-Run", mark.run),
        ("X-Rehearsal-Flow", mark.flow),
        ("X-Rehearsal-Action", mark.action),
        ("X-Rehearsal-Profile", mark.profile),
        ("X-Rehearsal-Variation", mark.variation or ""),
        (HEADER, key),
    )
    return (*(() if transactional else leave), *(mark for mark in marks if mark[1]))

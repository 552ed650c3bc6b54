"""In words: why a step did something for one person or not, and what is wrong with a message."""

from __future__ import annotations

from collections.abc import Iterator

from flows.actions import gate, reasons
from flows.actions.base import STAY, Step
from flows.actions.content import is_written
from flows.actions.content_words import content_words
from flows.actions.messages import OWN_FILTER, Message
from flows.actions.quiet import quiet_words
from flows.columns import LONG_AGO, NEVER
from flows.conditions.base import Names
from flows.filters import words
from flows.problem import Problem
from flows.rules import CHANNEL_WORDS, Channel
from flows.scene import GOOD_ADDRESS, SUBSCRIBED, UNSUBSCRIBED, Scene

_STATUS = {SUBSCRIBED: "subscribed", UNSUBSCRIBED: "unsubscribed"}
_PLAIN = {
    reasons.DRAFT: "The step is a draft, so people pass it by.",
    reasons.DISABLED: "The step is disabled, so people pass it by.",
    reasons.NEEDS_REVIEW: "The step is manual: it waits for a review, and the person moves on.",
    reasons.UNCONFIGURED: "The step is not set up, so it is skipped.",
    reasons.DATE_CHANGED: "The date that the run is about has changed or is gone.",
    reasons.NOTHING_LIVE_AHEAD: "No live step comes after it, so it is skipped.",
    reasons.EMAIL_CANCELLED: "The step is manual, and the review cancelled the email.",
    reasons.SUSPICIOUS_EMAIL: "The address has bounced so often that it is suspicious.",
    reasons.UNSUPPORTED_COUNTRY: "No text messages go to numbers of this country.",
    reasons.NO_SENDING_NUMBER: "There is no number to send from for this country.",
    reasons.MISSING_PUSH_TOKEN: "There is no push token on the profile.",
    reasons.EMAIL_SYNTAX_ERROR: "The template or the subject has a mistake and cannot be read.",
    reasons.UNABLE_TO_SEND_SMS: "The text message could not be made or sent.",
    reasons.UNABLE_TO_SEND_PUSH: "The notification has a mistake and cannot be read.",
    reasons.INVALID_FROM_EMAIL: "The sender is no email address.",
    reasons.EXTERNAL_DATA: "A feed that the message uses gives no answer.",
    reasons.ITEM_UNAVAILABLE: "The item that the message is about is not in the catalogue.",
    reasons.NO_SUCH_COUPON: "There is no coupon of the name that the message gives.",
    reasons.NO_COUPON_CATEGORY: "The category of the coupon cannot be used.",
    reasons.NO_COUPONS_LEFT: "No uploaded code of the coupon is left.",
    reasons.COUPON_NOT_MADE: "The shop could not make a code of the coupon.",
    reasons.OVER_EMAIL_LIMIT: "The plan's emails of this month are used up.",
    reasons.NOT_ENOUGH_SENDS: "The plan's text messages of this month are used up.",
    reasons.EMAIL_DROPPED: "The mail service dropped the email.",
    reasons.WEBHOOK_SKIPPED: "The other system refused the call, so it is not tried again.",
    reasons.WEBHOOK_FAILED: "The other system did not take the call until the retries ran out.",
}


def moment(time: int) -> str:
    """A UTC time as people write it, 3 Mar 2026 10:00, or never."""
    return "never" if time in (NEVER, LONG_AGO) else words.moment(time)


def why_done(scene: Scene, step: Step, names: Names, *, done: str) -> str:
    """For a scene of one row: the reason that the step noted, with its operands; else `done`."""
    code = -1 if step.note is None else int(step.note[0])
    return done if code < 0 else _why_gated(scene, reasons.NOTES[code], names)


def why_sent(
    scene: Scene,
    step: Step,
    names: Names,
    *,
    channel: Channel,
    message: Message | None,
) -> str:
    """For a scene of one row: the check that decided about the message, with its operands."""
    if step.way[0] == STAY:
        until = moment(int(step.leave_at[0]))
        return f"Quiet hours {quiet_words(scene)}: held until {until} UTC."
    code = -1 if step.note is None else int(step.note[0])
    reason = reasons.NOTES[code] if code >= 0 else None
    if reason == reasons.FAILS_ADDITIONAL_FILTERS and message and message.additional_filters:
        why = message.additional_filters.explain(scene, names, place=OWN_FILTER).why
        return f"The message's own filter does not hold: {why}."
    told = content_words(scene, message, reason) if message and reason else None
    if told:
        return told
    if reason in _OF_CHANNEL:
        return _OF_CHANNEL[reason](scene, channel)
    sent = "Every check passed: filters, address, consent, quiet hours, smart sending."
    return why_done(scene, step, names, done=sent)


def _why_gated(scene: Scene, reason: str, names: Names) -> str:
    flow = scene.flow
    if reason == reasons.NO_LONGER_IN_LIST:
        return f"They are no longer in {names(getattr(flow.trigger, 'id', None) or 'the list')}."
    if reason == reasons.FAILS_FLOW_FILTERS:
        passed = gate.passes_flow_filter(scene)
        if flow.profile_filter is None or passed is None or passed[0]:
            return "The item would not start this flow for them any more."
        return f"The flow filter does not hold: {flow.profile_filter.explain(scene, names).why}."
    return _PLAIN[reason]


def _address(scene: Scene, channel: Channel) -> str:
    name = "email" if channel == "email" else "phone_number"
    value = scene.column(name).values()[0]
    what = "email address" if channel == "email" else "phone number"
    if value and scene.address(channel)[0] == GOOD_ADDRESS:
        return "The mail service could not send the email."
    return f"“{value}” is no valid {what}." if value else f"There is no {what} on the profile."


def _consent(scene: Scene, channel: Channel) -> str:
    consent = scene.consent(channel)
    if consent.suppressed[0]:
        for_good = consent.barred is not None and consent.barred[0]
        more = ", for transactional messages too" if for_good else ""
        return f"The person is suppressed for {CHANNEL_WORDS[channel]}{more}."
    status = _STATUS.get(int(consent.status[0]), "never subscribed")
    since = int(consent.since[0])
    when = "" if since in (NEVER, LONG_AGO) else f" since {moment(since)} UTC"
    return f"Consent for {CHANNEL_WORDS[channel]}: {status}{when}."


def _smart(scene: Scene, channel: Channel) -> str:
    sent = moment(int(scene.last_sent(channel)[0]))
    until = moment(int(scene.smart_until(channel)[0]))
    what = f"another {CHANNEL_WORDS[channel]} went out at {sent} UTC"
    return f"Smart sending: {what}; the window ends {until} UTC."


_OF_CHANNEL = {
    reasons.MISSING_EMAIL: _address,
    reasons.BAD_EMAIL: _address,
    reasons.MISSING_PHONE: _address,
    reasons.BAD_PHONE: _address,
    reasons.SUPPRESSED: _consent,
    reasons.MISSING_SMS_CONSENT: _consent,
    reasons.MISSING_PUSH_CONSENT: _consent,
    reasons.MISSING_WHATSAPP_CONSENT: _consent,
    reasons.SMART_SENDING: _smart,
}


_UNWRITTEN = {
    "email": ("The email has no template", "Write its content or choose a template."),
    "sms": ("The text message says nothing", "Write what it says."),
    "push": ("The notification says nothing", "Write what it says."),
    "whatsapp": (
        "The message names no template",
        "Give the id of the template that WhatsApp has approved.",
    ),
}


def message_problems(
    message: Message | None, where: str, *, channel: Channel = "email"
) -> Iterator[Problem]:
    """What is wrong with a message by itself; `where` is the path of its step."""
    if message is None:
        yield Problem(
            code="R02",
            severity="error",
            where=f"{where}.data.message",
            text="The step has no message, so everybody is skipped as Unconfigured.",
            fix="Write the message or remove the step.",
        )
        return
    if not is_written(message):
        what, fix = _UNWRITTEN[channel]
        yield Problem(
            code="R02",
            severity="error",
            where=f"{where}.data.message",
            text=f"{what}, so everybody is skipped as Unconfigured.",
            fix=fix,
        )
    if message.additional_filters:
        yield from message.additional_filters.problems(f"{where}.data.message.additional_filters")

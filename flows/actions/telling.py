"""In words: why a message went out or not, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from flows.actions import reasons
from flows.actions.messages import Email, Sms
from flows.actions.sending import judge
from flows.columns import LONG_AGO, NEVER
from flows.conditions.base import Names
from flows.problem import Problem
from flows.rules import Channel
from flows.scene import SUBSCRIBED, UNSUBSCRIBED, Scene

_STATUS = {SUBSCRIBED: "subscribed", UNSUBSCRIBED: "unsubscribed"}


def moment(time: int) -> str:
    """A UTC time as people write it: 3 Mar 2026 10:00."""
    if time in (NEVER, LONG_AGO):
        return "never"
    when = np.datetime64(time, "us").item()
    return f"{when.day} {when:%b %Y %H:%M}"


def why_sent(
    scene: Scene, channel: Literal["email", "sms"], message: Email | Sms | None, names: Names
) -> str:
    """For a scene of one row: the check that decided, with its operands."""
    verdict = judge(scene, channel, message)
    code = int(verdict.reason[0])
    if code == reasons.NOT_TRIED:
        quiet = scene.rules.quiet_hours
        return (
            f"Quiet hours {quiet.start} to {quiet.end} in {scene.zone('profile').values()[0]}: "
            f"held until {moment(int(verdict.retry_at[0]))} UTC."
        )
    if code == reasons.SENT:
        return "Every check passed: filters, address, consent, quiet hours, smart sending."
    return _WHY.get(reasons.NOTES[code], _plain)(scene, channel, message, names)


def _plain(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    return "The step is not set up: it has no message."


def _list(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    return f"They are no longer in {names(getattr(scene.flow.trigger, 'id', '') or '')}."


def _flow_filter(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    held = scene.flow.profile_filter
    return f"The flow filter no longer holds: {held.explain(scene, names).why}" if held else ""


def _own_filter(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    held = message.additional_filters if message else None
    return (
        f"The message's own filter does not hold: {held.explain(scene, names).why}" if held else ""
    )


def _address(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    name = "email" if channel == "email" else "phone_number"
    value = scene.column(name).values()[0]
    what = "email address" if channel == "email" else "phone number"
    return f"“{value}” is no valid {what}." if value else f"There is no {what} on the profile."


def _consent(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    consent = scene.consent("email" if channel == "email" else "sms")
    if consent.suppressed[0]:
        return f"The person is suppressed for {channel}."
    status = _STATUS.get(int(consent.status[0]), "never subscribed")
    since = int(consent.since[0])
    when = "" if since in (NEVER, LONG_AGO) else f" since {moment(since)} UTC"
    return f"Consent for {channel}: {status}{when}."


def _smart(scene: Scene, channel: str, message: Email | Sms | None, names: Names) -> str:
    kind: Channel = "email" if channel == "email" else "sms"
    sent, until = moment(int(scene.last_sent(kind)[0])), moment(int(scene.smart_until(kind)[0]))
    return f"Smart sending: another {channel} went out at {sent} UTC; the window ends {until} UTC."


_WHY = {
    reasons.NO_LONGER_IN_LIST: _list,
    reasons.FAILS_FLOW_FILTERS: _flow_filter,
    reasons.FAILS_ADDITIONAL_FILTERS: _own_filter,
    reasons.MISSING_EMAIL: _address,
    reasons.BAD_EMAIL: _address,
    reasons.MISSING_PHONE: _address,
    reasons.BAD_PHONE: _address,
    reasons.SUPPRESSED: _consent,
    reasons.MISSING_SMS_CONSENT: _consent,
    reasons.SMART_SENDING: _smart,
}


def message_problems(message: Email | Sms | None, where: str) -> Iterator[Problem]:
    """What is wrong with a message by itself."""
    if message is None:
        yield Problem(
            code="R02",
            severity="error",
            where=f"{where}.data.message",
            text="The step has no message, so everybody is skipped as Unconfigured.",
            fix="Write the message or remove the step.",
        )
    elif message.additional_filters:
        yield from message.additional_filters.problems(f"{where}.data.message.additional_filters")

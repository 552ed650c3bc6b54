"""What all sends share: the checks in their documented order (semantics B.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.actions import gate, reasons
from flows.actions.base import STAY, Sends, Status, Step
from flows.actions.messages import Email, Sms
from flows.columns import Bools, Times
from flows.rules import Channel
from flows.scene import BAD_ADDRESS, NO_ADDRESS, SUBSCRIBED, UNSUBSCRIBED, Scene
from flows.timing import quiet_until

_ADDRESS = {
    "email": (reasons.MISSING_EMAIL, reasons.BAD_EMAIL),
    "sms": (reasons.MISSING_PHONE, reasons.BAD_PHONE),
}
_CONSENT = {"email": reasons.SUPPRESSED, "sms": reasons.MISSING_SMS_CONSENT}


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What becomes of one message for each row: a code of NOTES, SENT or NOT_TRIED, and when."""

    reason: NDArray[np.int8]
    retry_at: Times
    """For NOT_TRIED the moment to ask again; else now."""


def may_receive(scene: Scene, channel: Channel, *, transactional: bool) -> Bools:
    """Who may get a message of the channel by consent and suppression (semantics B.10)."""
    consent = scene.consent(channel)
    if channel == "email":
        if transactional:
            return np.ones(len(scene), dtype=np.bool_)
        return ~(consent.suppressed | (consent.status == UNSUBSCRIBED))
    return (consent.status == SUBSCRIBED) & ~consent.suppressed


def _checks(
    scene: Scene, channel: Literal["email", "sms"], message: Email | Sms
) -> Iterator[tuple[str, Bools]]:
    """Each reason with the rows it stops, from the first check to the one before quiet hours."""
    member = gate.still_member(scene)
    if member is not None:
        yield reasons.NO_LONGER_IN_LIST, ~member
    passed = gate.passes_flow_filter(scene)
    if passed is not None:
        yield reasons.FAILS_FLOW_FILTERS, ~passed
    if message.additional_filters and message.additional_filters.condition_groups:
        yield reasons.FAILS_ADDITIONAL_FILTERS, ~message.additional_filters.test(scene)
    address = scene.address(channel)
    missing, bad = _ADDRESS[channel]
    yield missing, address == NO_ADDRESS
    yield bad, address == BAD_ADDRESS
    allowed = may_receive(scene, channel, transactional=message.transactional)
    yield _CONSENT[channel], ~allowed


def judge(scene: Scene, channel: Literal["email", "sms"], message: Email | Sms | None) -> Verdict:
    """What becomes of this message for every row, as if each were alone."""
    if message is None:
        blocked = np.full(len(scene), reasons.CODE[reasons.UNCONFIGURED], dtype=np.int8)
        return Verdict(blocked, scene.now)
    reason = np.full(len(scene), reasons.SENT, dtype=np.int8)
    for name, stopped in _checks(scene, channel, message):
        reason[stopped & (reason == reasons.SENT)] = reasons.CODE[name]
    retry_at = scene.now
    if isinstance(message, Sms) and message.sms_quiet_hours_enabled:
        quiet = scene.rules.quiet_hours
        opens = quiet_until(scene.now, scene.zone("profile"), quiet.start, quiet.end)
        waits = (opens > scene.now) & (reason == reasons.SENT)
        reason[waits] = reasons.NOT_TRIED
        retry_at = np.where(waits, opens, scene.now)
    if message.smart_sending_enabled and not message.transactional:
        early = (scene.now < scene.smart_until(channel)) & (reason == reasons.SENT)
        reason[early] = reasons.CODE[reasons.SMART_SENDING]
    return Verdict(reason, retry_at)


def send(
    scene: Scene, channel: Literal["email", "sms"], message: Email | Sms | None, status: Status
) -> Step:
    """The step of an action that sends one message."""
    aside = gate.passes_through(status, scene.rules)
    if aside:
        return gate.noted(scene, aside)
    verdict = judge(scene, channel, message)
    variation = np.full(len(scene), -1, dtype=np.int16)
    transactional = bool(message and message.transactional)
    return settle(
        scene, status, verdict, Sends(channel, verdict.reason, variation, (), transactional)
    )


def settle(scene: Scene, status: Status, verdict: Verdict, sends: Sends) -> Step:
    """Turn verdicts into a step: who waits stays, the rest move on, the reason is noted."""
    waits = verdict.reason == reasons.NOT_TRIED
    if status == "manual" and not scene.rules.as_live:
        review = reasons.CODE[reasons.NEEDS_REVIEW]
        held = np.where(verdict.reason == reasons.SENT, review, verdict.reason).astype(np.int8)
        sends = replace(sends, reason=held)
    note = np.where(sends.reason >= 0, sends.reason, -1).astype(np.int16)
    step = Step(
        np.where(waits, STAY, 0).astype(np.int16), verdict.retry_at, note, reasons.NOTES, sends
    )
    return gate.leaving_on_moved_date(scene, step)


def call(scene: Scene, status: Status) -> Step:
    """The step of a webhook: only the gate stands before it, and nobody waits for the answer."""
    aside = gate.passes_through(status, scene.rules)
    if aside:
        return gate.noted(scene, aside)
    reason = gate.refusals(scene).astype(np.int8)
    variation = np.full(len(scene), -1, dtype=np.int16)
    verdict = Verdict(reason, scene.now)
    return settle(scene, status, verdict, Sends("webhook", reason, variation))

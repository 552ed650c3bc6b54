"""What all sends share: the checks in their documented order (semantics B.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.actions import gate, reasons
from flows.actions.base import STAY, Sends, Status, Step
from flows.actions.messages import Message, Sms
from flows.columns import Bools, Times
from flows.rules import Channel
from flows.scene import BAD_ADDRESS, NO_ADDRESS, SUBSCRIBED, UNSUBSCRIBED, Scene
from flows.timing import quiet_until

MessageChannel = Channel
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
    transactional: Bools


def may_receive(scene: Scene, channel: Channel, *, transactional: bool) -> Bools:
    """Who may get a message of the channel by consent and suppression (semantics B.10)."""
    consent = scene.consent(channel)
    if channel == "email":
        if transactional:
            return np.ones(len(scene), dtype=np.bool_)
        return ~(consent.suppressed | (consent.status == UNSUBSCRIBED))
    return (consent.status == SUBSCRIBED) & ~consent.suppressed


def _checks(scene: Scene, channel: MessageChannel, message: Message) -> Iterator[tuple[str, Bools]]:
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


def judge(scene: Scene, channel: MessageChannel, message: Message | None) -> Verdict:
    """What becomes of this message for every row, as if each were alone."""
    size = len(scene)
    if message is None:
        blocked = np.full(size, reasons.CODE[reasons.UNCONFIGURED], dtype=np.int8)
        return Verdict(blocked, scene.now, np.zeros(size, dtype=np.bool_))
    reason = np.full(size, reasons.SENT, dtype=np.int8)
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
    return Verdict(reason, retry_at, np.full(size, message.transactional))


def send(scene: Scene, channel: MessageChannel, message: Message | None, status: Status) -> Step:
    """The step of an action that sends one message."""
    aside = gate.set_aside(status, scene.rules)
    if aside:
        return withheld(scene, channel, aside)
    verdict = judge(scene, channel, message)
    sends = Sends(channel, verdict.reason, verdict.transactional, _no_variation(scene))
    return settle(scene, sends, verdict.retry_at)


def call(scene: Scene, status: Status, *, configured: bool) -> Step:
    """The step of a webhook: only the gate stands before it, and nobody waits for the answer."""
    aside = gate.set_aside(status, scene.rules, configured=configured)
    if aside:
        return withheld(scene, "webhook", aside)
    return settle(scene, _plain(scene, "webhook", gate.refusals(scene)), scene.now)


def withheld(scene: Scene, channel: MessageChannel | Literal["webhook"], aside: str) -> Step:
    """The step of a message that goes to nobody; what is passed by counts as no message at all."""
    if aside in reasons.PASSED_BY:
        return gate.noted(scene, aside)
    reason = np.full(len(scene), reasons.CODE[aside], dtype=np.int16)
    return settle(scene, _plain(scene, channel, reason), scene.now)


def settle(scene: Scene, sends: Sends, retry_at: Times) -> Step:
    """Turn verdicts into a step: who waits stays, the rest move on, the reason is noted."""
    way = np.where(sends.reason == reasons.NOT_TRIED, STAY, 0).astype(np.int16)
    note = np.where(sends.reason >= 0, sends.reason, -1).astype(np.int16)
    return gate.leaving_on_moved_date(scene, Step(way, retry_at, note, reasons.NOTES, sends))


def _plain(
    scene: Scene, channel: MessageChannel | Literal["webhook"], reason: NDArray[np.int16]
) -> Sends:
    marketing = np.zeros(len(scene), dtype=np.bool_)
    return Sends(channel, reason.astype(np.int8), marketing, _no_variation(scene))


def _no_variation(scene: Scene) -> NDArray[np.int16]:
    return np.full(len(scene), -1, dtype=np.int16)

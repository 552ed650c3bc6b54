"""What all sends share: the checks in their documented order (semantics B.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.actions import gate, reasons
from flows.actions.addressing import Check, address_checks, consent_check, may_receive
from flows.actions.base import STAY, Sends, Status, Step
from flows.actions.content import content_checks, is_written
from flows.actions.messages import OWN_FILTER, Alert, Message, Sms
from flows.actions.mishaps import befallen, call_checks, last_checks
from flows.actions.quiet import quiet_end
from flows.columns import Bools, Times
from flows.rules import Channel
from flows.scene import Scene

__all__ = ["Verdict", "call", "judge", "may_receive", "notify", "send", "settle", "withheld"]

AnyChannel = Channel | Literal["webhook", "alert"]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What becomes of one message for each row: a code of NOTES, SENT or NOT_TRIED, and when."""

    reason: NDArray[np.int8]
    retry_at: Times
    """For NOT_TRIED the moment to ask again; else now."""
    transactional: Bools


def judge(scene: Scene, channel: Channel, message: Message | None) -> Verdict:
    """What becomes of this message for every row, as if each were alone."""
    size = len(scene)
    if message is None or not is_written(message):
        blocked = np.full(size, reasons.CODE[reasons.UNCONFIGURED], dtype=np.int8)
        return Verdict(blocked, scene.now, np.zeros(size, dtype=np.bool_))
    reason = np.full(size, reasons.SENT, dtype=np.int8)
    _mark(reason, _until_quiet(scene, channel, message))
    retry_at = scene.now
    if isinstance(message, Sms) and has_quiet_hours(message):
        ready = np.flatnonzero(reason == reasons.SENT)
        opens = quiet_end(scene, ready)
        waits = ready[opens > scene.now[ready]]
        reason[waits] = reasons.NOT_TRIED
        retry_at = scene.now.copy()
        retry_at[ready] = opens
    _mark(reason, _after_quiet(scene, channel, message))
    return Verdict(reason, retry_at, np.full(size, message.transactional))


def has_quiet_hours(message: Sms) -> bool:
    """Whether quiet hours hold the text: a transactional one has to ask for them (B.3)."""
    asked = "sms_quiet_hours_enabled" in message.model_fields_set
    return message.sms_quiet_hours_enabled and (asked or not message.transactional)


def _mark(reason: NDArray[np.int8], checks: Iterable[Check]) -> None:
    """Write the reason of each check over the rows that it is the first to stop."""
    for name, stopped in checks:
        reason[stopped & (reason == reasons.SENT)] = reasons.CODE[name]


def _until_quiet(scene: Scene, channel: Channel, message: Message) -> Iterator[Check]:
    """Checks 4 to 9: from the list that starts the flow to consent."""
    yield from gate.gate_checks(scene)
    if message.additional_filters and message.additional_filters.condition_groups:
        passed = message.additional_filters.test(scene, place=OWN_FILTER)
        yield reasons.FAILS_ADDITIONAL_FILTERS, ~passed
    yield from address_checks(scene, channel)
    yield consent_check(scene, channel, transactional=message.transactional)


def _after_quiet(scene: Scene, channel: Channel, message: Message) -> Iterator[Check]:
    """Checks 11 to 14: from smart sending to the hand-over."""
    if message.smart_sending_enabled and not message.transactional:
        yield reasons.SMART_SENDING, scene.now < scene.smart_until(channel)
    yield from content_checks(scene, message)
    yield from last_checks(scene, channel)


def send(scene: Scene, channel: Channel, message: Message | None, status: Status) -> Step:
    """The step of an action that sends one message."""
    aside = gate.set_aside(status, scene.rules)
    if aside:
        return withheld(scene, channel, aside)
    verdict = judge(scene, channel, message)
    sends = Sends(channel, verdict.reason, verdict.transactional, _no_variation(scene))
    return settle(scene, sends, verdict.retry_at)


def call(scene: Scene, status: Status, *, configured: bool) -> Step:
    """The step of a webhook: the gate stands before it, and nobody waits for the answer."""
    aside = gate.set_aside(status, scene.rules, configured=configured)
    if aside:
        return withheld(scene, "webhook", aside)
    return _checked(scene, "webhook", (*gate.gate_checks(scene), *call_checks(scene)))


def notify(scene: Scene, message: Alert | None, status: Status, *, confirmed: bool) -> Step:
    """The step of an alert, which counts as an email to whoever of the recipients confirmed."""
    written = is_written(message)
    aside = gate.set_aside(status, scene.rules, configured=written)
    if aside or message is None:
        return withheld(scene, "alert", aside or reasons.UNCONFIGURED)
    nobody = np.full(len(scene), not confirmed)
    checks = (
        *gate.gate_checks(scene),
        (reasons.NO_CONFIRMED_RECIPIENTS, nobody),
        *content_checks(scene, message),
        *last_checks(scene, "alert"),
    )
    return _checked(scene, "alert", checks)


def _checked(scene: Scene, channel: AnyChannel, checks: Iterable[Check]) -> Step:
    """The step of what goes out to all whom no check stops, whatever they agreed to."""
    reason = np.full(len(scene), reasons.SENT, dtype=np.int8)
    _mark(reason, checks)
    return settle(scene, _plain(scene, channel, reason), scene.now)


def withheld(scene: Scene, channel: AnyChannel, aside: str) -> Step:
    """The step of a message that goes to nobody; what is passed by counts as no message at all."""
    if aside in reasons.PASSED_BY:
        return gate.noted(scene, aside)
    reason = np.full(len(scene), reasons.CODE[aside], dtype=np.int8)
    if aside == reasons.NEEDS_REVIEW and channel == "email":
        share = scene.rules.mishaps.email_cancelled
        cancelled = befallen(scene, share, reasons.EMAIL_CANCELLED)
        if cancelled is not None:
            reason[cancelled] = reasons.CODE[reasons.EMAIL_CANCELLED]
    return settle(scene, _plain(scene, channel, reason), scene.now)


def settle(scene: Scene, sends: Sends, retry_at: Times) -> Step:
    """Turn verdicts into a step: who waits stays, the rest move on, the reason is noted."""
    way = np.where(sends.reason == reasons.NOT_TRIED, STAY, 0).astype(np.int16)
    note = np.where(sends.reason >= 0, sends.reason, -1).astype(np.int16)
    return gate.leaving_on_moved_date(scene, Step(way, retry_at, note, reasons.NOTES, sends))


def _plain(scene: Scene, channel: AnyChannel, reason: NDArray[np.int8]) -> Sends:
    marketing = np.zeros(len(scene), dtype=np.bool_)
    return Sends(channel, reason, marketing, _no_variation(scene))


def _no_variation(scene: Scene) -> NDArray[np.int16]:
    return np.full(len(scene), -1, dtype=np.int16)

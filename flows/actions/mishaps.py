"""What goes wrong at the last moment: the plan's limits, and mishaps by chance (B.4, B.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flows.actions import reasons
from flows.actions.addressing import Check
from flows.columns import Bools
from flows.decisions import used_up
from flows.rules import Channel
from flows.scene import Scene

LIMITED: dict[Channel | Literal["alert"], tuple[str, str]] = {
    "email": ("email", reasons.OVER_EMAIL_LIMIT),
    "alert": ("email", reasons.OVER_EMAIL_LIMIT),
    "sms": ("sms", reasons.NOT_ENOUGH_SENDS),
}
"""By channel the allowance that a message uses, and the reason when that is used up."""


def befallen(scene: Scene, share: float, purpose: str) -> Bools | None:
    """Whom a mishap befalls that befalls this share of messages; None where it never happens."""
    return scene.chance(purpose) < share if share > 0 else None


def last_checks(scene: Scene, channel: Channel | Literal["alert"]) -> Iterator[Check]:
    """What stops a message that is ready: the plan, then the delivery."""
    if channel in LIMITED:
        name, reason = LIMITED[channel]
        gone = used_up(scene, name)
        if gone is not None:
            yield reason, gone
    mishaps = scene.rules.mishaps
    shares = {
        "email": (
            (mishaps.email_unsent, reasons.BAD_EMAIL),
            (mishaps.email_dropped, reasons.EMAIL_DROPPED),
        ),
        "sms": ((mishaps.sms_unsent, reasons.UNABLE_TO_SEND_SMS),),
    }
    for share, reason in shares.get(channel, ()):
        failed = befallen(scene, share, reason)
        if failed is not None:
            yield reason, failed


def call_checks(scene: Scene) -> Iterator[Check]:
    """What may become of a webhook call: refused, or tried in vain."""
    mishaps = scene.rules.mishaps
    for share, reason in (
        (mishaps.webhook_skipped, reasons.WEBHOOK_SKIPPED),
        (mishaps.webhook_failed, reasons.WEBHOOK_FAILED),
    ):
        failed = befallen(scene, share, reason)
        if failed is not None:
            yield reason, failed

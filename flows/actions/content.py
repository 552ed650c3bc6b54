"""Whether a message can be written: its texts, and what they ask for (check 12, semantics B.4).

What a message asks for is found once; messages that ask for nothing cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from flows.actions import reasons
from flows.actions.addressing import Check
from flows.actions.messages import Alert, Email, Message, Push, Sms
from flows.actions.mishaps import befallen
from flows.columns import Bools, Column
from flows.decisions import COUPON, used_up
from flows.rules import Coupon
from flows.scene import Scene
from flows.templates.uses import Product, Uses, uses

if TYPE_CHECKING:
    from flows.document import Flow

_SENDER = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_BROKEN = {
    Email: reasons.EMAIL_SYNTAX_ERROR,
    Alert: reasons.EMAIL_SYNTAX_ERROR,
    Sms: reasons.UNABLE_TO_SEND_SMS,
    Push: reasons.UNABLE_TO_SEND_PUSH,
}


def is_written(message: Message | Alert | None) -> bool:
    """Whether there is anything to send: else the step is not set up (semantics B.2)."""
    match message:
        case None:
            return False
        case Email():
            return bool(message.template_id)
        case Sms():
            return bool(message.text().strip() or message.template_id)
        case Push():
            return bool(message.body.strip() or message.title or message.push_type == "silent")
        case Alert():
            return bool(message.to_emails)
    return bool(message.vendor_id)


def content_checks(scene: Scene, message: Message | Alert) -> Iterator[Check]:
    """What stops the message while it is written: for everybody, or for those whom it lacks."""
    asked = asked_for(scene.flow, message)
    if asked.broken:
        yield _BROKEN[type(message)], _everybody(scene)
    sender = getattr(message, "from_email", None)
    if sender and "{" not in sender and not _SENDER.fullmatch(sender):
        yield reasons.INVALID_FROM_EMAIL, _everybody(scene)
    if set(asked.feeds) & set(scene.rules.failing_feeds):
        yield reasons.EXTERNAL_DATA, _everybody(scene)
    for product in asked.products:
        items = item_ids(scene, product)
        if items is not None:
            yield reasons.ITEM_UNAVAILABLE, ~scene.available(items)
    for name in asked.coupons:
        yield from _coupon_checks(scene, name)


def asked_for(flow: Flow, message: Message | Alert) -> Uses:
    """What all texts of a message ask of the account."""
    return _asked(texts_of(flow, message))


def texts_of(flow: Flow, message: Message | Alert) -> tuple[str, ...]:
    """All texts of the message that may hold tags."""
    own: tuple[str | None, ...]
    match message:
        case Email():
            own = (message.subject_line, message.preview_text, message.from_label)
        case Sms():
            own = (message.body, message.text(), message.text(rich=True))
        case Push():
            own = (message.title, message.body)
        case Alert():
            own = (message.subject_line, message.from_label)
        case _:
            return ()
    template = flow.templates.get(getattr(message, "template_id", None) or "")
    body = (template.html, template.text) if template else ()
    return tuple(text for text in (*own, *body) if text)


@lru_cache(maxsize=1024)
def _asked(texts: tuple[str, ...]) -> Uses:
    """What all texts of a message ask for together."""
    return Uses.together(uses(text) for text in texts)


def item_ids(scene: Scene, product: Product) -> Column | None:
    """The id of each row's product; None where the text does not say where it stands."""
    match product.path:
        case ():
            return Column(np.zeros(len(scene), dtype=np.int32), (product.id,))
        case ("event", name):
            return scene.event_column(name)
        case ("person", name):
            return scene.column(name)
        case (name,):
            return scene.column(name)
    return None


def _everybody(scene: Scene) -> Bools:
    return np.ones(len(scene), dtype=np.bool_)


def _coupon_checks(scene: Scene, name: str) -> Iterator[Check]:
    known = scene.rules.coupons
    coupon = Coupon() if known is None else known.get(name)
    if coupon is None or (coupon.kind == "static" and not coupon.code):
        yield reasons.NO_SUCH_COUPON, _everybody(scene)
        return
    if not coupon.available:
        yield reasons.NO_COUPON_CATEGORY, _everybody(scene)
    gone = used_up(scene, COUPON + name)
    if coupon.kind == "uploaded" and coupon.codes == 0:
        gone = _everybody(scene)
    if gone is not None:
        yield reasons.NO_COUPONS_LEFT, gone
    if coupon.kind == "unique":
        failed = befallen(scene, scene.rules.mishaps.coupon_failed, f"coupon {name}")
        if failed is not None:
            yield reasons.COUPON_NOT_MADE, failed

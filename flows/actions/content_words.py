"""In words: what is amiss with a message that cannot be written."""

from __future__ import annotations

from collections.abc import Callable

from flows.actions import reasons
from flows.actions.content import asked_for, item_ids, texts_of
from flows.actions.messages import Alert, Message
from flows.phone_numbers import country, first_digits
from flows.scene import Scene
from flows.templates.uses import fault

_Words = Callable[[Scene, Message | Alert], str]


def content_words(scene: Scene, message: Message | Alert, reason: str) -> str | None:
    """For a scene of one row: the reason with what it is about; None where nothing is known."""
    told = _TOLD.get(reason)
    return (told(scene, message) or None) if told else None


def _fault(scene: Scene, message: Message | Alert) -> str:
    faults = (fault(text) for text in texts_of(scene.flow, message))
    found = next(filter(None, faults), None)
    return f"The message cannot be read. {found}" if found else ""


def _sender(scene: Scene, message: Message | Alert) -> str:
    return f"The sender “{getattr(message, 'from_email', '')}” is no email address."


def _feeds(scene: Scene, message: Message | Alert) -> str:
    failing = set(scene.rules.failing_feeds)
    silent = [name for name in asked_for(scene.flow, message).feeds if name in failing]
    return f"The feed {', '.join(silent)} gives no answer."


def _items(scene: Scene, message: Message | Alert) -> str:
    for product in asked_for(scene.flow, message).products:
        items = item_ids(scene, product)
        if items is not None and not scene.available(items)[0]:
            name = items.values()[0]
            if name is None:
                return "The message is about an item, and nothing says which."
            return f"The item “{name}” is not in the catalogue, or not published."
    return ""


def _coupons(says: str) -> _Words:
    def words(scene: Scene, message: Message | Alert) -> str:
        names = ", ".join(f"“{name}”" for name in asked_for(scene.flow, message).coupons)
        return says.format(names)

    return words


def _country(says: str) -> _Words:
    def words(scene: Scene, message: Message | Alert) -> str:
        digits = first_digits(scene.column("phone_number")).values()[0]
        return says.format(country(digits) or "an unknown country")

    return words


_TOLD: dict[str, _Words] = {
    reasons.EMAIL_SYNTAX_ERROR: _fault,
    reasons.UNABLE_TO_SEND_SMS: _fault,
    reasons.UNABLE_TO_SEND_PUSH: _fault,
    reasons.INVALID_FROM_EMAIL: _sender,
    reasons.EXTERNAL_DATA: _feeds,
    reasons.ITEM_UNAVAILABLE: _items,
    reasons.NO_SUCH_COUPON: _coupons("There is no coupon {}, or it has no code."),
    reasons.NO_COUPON_CATEGORY: _coupons("The category of the coupon {} cannot be used."),
    reasons.NO_COUPONS_LEFT: _coupons("No uploaded code of the coupon {} is left."),
    reasons.COUPON_NOT_MADE: _coupons("The shop could not make a code of the coupon {}."),
    reasons.UNSUPPORTED_COUNTRY: _country("No text messages go to numbers of {}."),
    reasons.NO_SENDING_NUMBER: _country("There is no number to send from to {}."),
}

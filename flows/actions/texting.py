"""The forms of a text message, in order of preference: rich (RCS) and plain (SMS)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from flows.actions.media import ImageAsset, Media, RichContent, SlimImage, SmsImage
from flows.part import Part

Format = Literal["RCS", "SMS"]


class RcsItem(Part):
    """The message as rich text, for phones that can show it."""

    message: str = ""
    message_format: Literal["RCS"] = "RCS"
    rich_content: RichContent | None = None
    extra: dict[str, Any] | None = None
    image: SlimImage | None = None


class SmsItem(Part):
    """The message as plain text, with a picture or a video."""

    message: str
    message_format: Literal["SMS"] = "SMS"
    extra: dict[str, Any] | None = None
    image: SmsImage | None = None
    selected_image: ImageAsset | None = None
    media: Media | None = None


def _form(raw: Any) -> str | None:
    if isinstance(raw, str):
        return "text"
    if isinstance(raw, Part):
        return "RCS" if isinstance(raw, RcsItem) else "SMS"
    if not isinstance(raw, dict):
        return None
    rich = "rich_content" in raw or "message" not in raw
    written = raw.get("message_format", "RCS" if rich else "SMS")
    return written if written in ("RCS", "SMS") else None


Item = Annotated[
    Annotated[RcsItem, Tag("RCS")] | Annotated[SmsItem, Tag("SMS")] | Annotated[str, Tag("text")],
    Discriminator(
        _form,
        custom_error_type="value_error",
        custom_error_context={"error": "text, or an object whose “message_format” is RCS or SMS"},
    ),
]


def format_of(item: RcsItem | SmsItem | str) -> Format:
    """The format of one form; a bare text is the name of a format, else a plain message."""
    if isinstance(item, str):
        return "RCS" if item == "RCS" else "SMS"
    return item.message_format


def text_of(item: RcsItem | SmsItem | str, body: str) -> str:
    """What one form says; what says nothing itself says the message's `body`."""
    if isinstance(item, str):
        return body if item in ("RCS", "SMS") else item
    cards = (
        (item.rich_content.cards or ()) if isinstance(item, RcsItem) and item.rich_content else ()
    )
    told = (line for card in cards for line in (card.title, card.text) if line)
    return item.message or "\n".join(told) or body

"""Pictures, videos and rich content that messages carry (semantics A.4)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from flows.part import Part

Origin = Literal[
    "ADOPTION_SMS_FORM_FROM_EMAIL_FORM",
    "ADOPTION_SMS_MULTI_STEP_FORM_FROM_EMAIL_FORM",
    "AI",
    "API",
    "APPLICATION",
    "CLONED",
    "COMPOSER",
    "COMPOSER_AI_EDITED",
    "COMPOSER_AI_GENERATED",
    "COMPOSER_USED_IN_KLAVIYO_OBJECT",
    "COMPOSER_USER_UPLOADED",
    "COMPOSER_WEB_SCRAPED",
    "INTEGRATION",
    "KLAVIYO",
    "LIBRARY",
    "MARKETING_AGENT",
    "SOCIAL_INSTAGRAM",
    "SOCIAL_INSTAGRAM_OVERLAID",
    "UI",
    "WEB_SCRAPE",
]


class SlimImage(Part):
    """A picture by its number in the library, or by a template that gives its address."""

    static_image_asset_id: int | None = None
    dynamic_image_template: str | None = None
    rendered_asset_url: str | None = None


class ImageAsset(Part):
    """A picture of the library, with all that is known of it."""

    id: int
    file_path: str
    name: str
    format: Literal["gif", "jpeg", "jpg", "png", "webp"]
    file_size: int
    updated: str
    origin: Origin | None = None
    url: str
    image_type: Literal["dynamic", "static"]
    l10n_key: str | None = None


class MediaAsset(Part):
    """A video of the library, with all that is known of it."""

    id: str
    company_id: str
    url: str
    media_type: str = "video"
    name: str
    file_size: int
    thumbnail_url: str | None = None
    l10n_key: str | None = None


class MediaReference(Part):
    """A video by its id in the library, or by a template that gives its address."""

    static_asset_id: str | None = None
    dynamic_template: str | None = None
    thumbnail: SlimImage | None = None


class StaticImage(Part):
    """A fixed picture of a text message."""

    dynamic: Literal[False] | None = False
    static_image_asset_id: int


class DynamicImage(Part):
    """A picture of a text message that a template gives."""

    dynamic: Literal[True] = True
    dynamic_image_template: str


def _kept_whole(raw: Any) -> str:
    """Whether a picture or video stands with all its facts, or is only pointed at."""
    held = raw if isinstance(raw, dict) else vars(raw) if isinstance(raw, Part) else {}
    return "asset" if "id" in held or "url" in held else "reference"


def _moves(raw: Any) -> str:
    """Whether a picture is given by a template (semantics A.10)."""
    held = raw if isinstance(raw, dict) else vars(raw) if isinstance(raw, Part) else {}
    written = held.get("dynamic", "dynamic_image_template" in held)
    return "dynamic" if written is True else "static"


Image = Annotated[
    Annotated[ImageAsset, Tag("asset")] | Annotated[SlimImage, Tag("reference")],
    Discriminator(_kept_whole),
]
Media = Annotated[
    Annotated[MediaAsset, Tag("asset")] | Annotated[MediaReference, Tag("reference")],
    Discriminator(_kept_whole),
]
SmsImage = Annotated[
    Annotated[StaticImage, Tag("static")] | Annotated[DynamicImage, Tag("dynamic")],
    Discriminator(_moves),
]


class Suggestion(Part):
    """A button below a rich message: it opens an address or sends an answer."""

    id: str
    text: str
    type: Literal["OPEN_URL", "REPLY"]
    url: str | None = None
    open_mode: Literal["BROWSER", "WEBVIEW_FULL", "WEBVIEW_HALF", "WEBVIEW_TALL"] | None = None


class Card(Part):
    """One card of a rich message."""

    id: str
    title: str | None = None
    text: str | None = None
    extra: dict[str, Any] | None = None
    image: Image | None = None
    video: Media | None = None
    buttons: tuple[Suggestion, ...] | None = None


class RichContent(Part):
    """What a rich message shows: cards, or one file, and buttons."""

    cards: tuple[Card, ...] | None = None
    suggestions: tuple[Suggestion, ...] | None = None
    file: MediaReference | None = None

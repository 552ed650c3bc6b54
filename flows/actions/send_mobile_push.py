"""Send a push notification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from flows.actions.base import Status
from flows.actions.messages import CountFromProperty, Push
from flows.actions.messaging import MessageAction
from flows.conditions.base import Names, Need
from flows.conditions.properties import column_name
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.rules import Channel

if TYPE_CHECKING:
    from flows.document import Flow


class SendMobilePushData(Part):
    """The message and whether it is live."""

    message: Push | None = None
    status: Status = "draft"


class SendMobilePush(MessageAction):
    """Send a push notification to the person's phone (semantics A.3, B.4)."""

    type: Literal["send-mobile-push"] = "send-mobile-push"
    data: SendMobilePushData | None = None
    face = Face("Push", "notifications", "message", "Send a notification to the phone")
    channel: ClassVar[Channel] = "push"

    @property
    def message(self) -> Push | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self.message
        said = message and (message.title or message.body or message.name)
        return said or "No message yet"

    def needs(self) -> Iterator[Need]:
        yield from super().needs()
        badge = self.message.badge_options if self.message and self.message.badge else None
        if isinstance(badge, CountFromProperty):
            name = column_name(badge.set_from_property)
            yield Need(kind="property", name=name, value_type="numeric")

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from super().problems(flow, where)
        message, place = self.message, f"{where}.data.message"
        if message and message.video_asset_id and (message.image_id or message.dynamic_image):
            yield Problem(
                code="R11",
                severity="error",
                where=f"{place}.video_asset_id",
                text="The notification has a video and a picture, and can show only one of them.",
                fix="Take the picture or the video away.",
            )
        if message and message.on_open != "home" and not _leads(message):
            yield Problem(
                code="R12",
                severity="warning",
                where=f"{place}.on_open",
                text="Opening the notification leads nowhere: it names no link.",
                fix="Give the link to open, or let it open the app.",
            )


def _leads(message: Push) -> bool:
    links = (message.ios_link, message.android_link, message.web_url)
    return any(links)

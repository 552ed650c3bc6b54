"""What an account says of itself in every message it sends."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import Field

from flows.actions.messages import UtmParam
from flows.part import Part


class Account(Part):
    """The shop behind the messages; empty texts leave the templates to their own defaults."""

    name: str = ""
    url: str = ""
    full_address: str = ""
    """The postal address that marketing mail must show."""
    street_address: str = ""
    """With the four after it, for templates that name the parts of the address."""
    street_address2: str = ""
    """A second line."""
    city: str = ""
    """Where the account is."""
    region: str = ""
    """The state or county."""
    zip_code: str = ""
    """The postal code."""
    from_email: str = "shop@example.com"
    """Used where a message names no sender of its own."""
    from_label: str = ""
    reply_to_email: str = ""
    currency: str = "$"
    timezone: str = "America/New_York"
    link_base: str = "https://example.com"
    """Where the links to unsubscribe, to choose and to view lead; as it stands, to this app for
    messages that the app delivers."""
    tracking: tuple[UtmParam, ...] = Field(
        default=(
            UtmParam(param="utm_source", value="rehearsal"),
            UtmParam(param="utm_medium", value="{channel}"),
            UtmParam(param="utm_campaign", value="{flow}"),
        )
    )
    """Parameters for links (semantics B.12); `{channel}`, `{flow}` and `{message}` stand in."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which dates in messages are written."""
        return ZoneInfo(self.timezone)

    def organization(self) -> dict[str, str]:
        """What templates call `organization`; empty entries are left out."""
        names = ("street_address", "street_address2", "city", "region", "zip_code")
        parts = {name: str(getattr(self, name)) for name in names if getattr(self, name)}
        whole = self.full_address or ", ".join(parts.values())
        held = {"name": self.name, "url": self.url, "full_address": whole, **parts}
        return {key: value for key, value in held.items() if value}

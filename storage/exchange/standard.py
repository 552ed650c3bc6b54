"""The columns that files of people and events have, by name (docs: files in)."""

from flows.rules import CHANNELS

TEXTS = (
    "email",
    "phone_number",
    "external_id",
    "first_name",
    "last_name",
    "timezone",
    "country",
    "region",
    "city",
    "zip",
    "locale",
    "created",
    "push_token",
)
"""Standard properties; each is text."""

GROUPS = ("lists", "segments")
CONSENTS = tuple(f"{channel}_consent" for channel in CHANNELS)
SINCES = tuple(f"{channel}_consent_since" for channel in CHANNELS)
"""When each channel's status was given; without it, when the profile was created."""
SUPPRESSED = {
    channel: "suppressed" if channel == "email" else f"{channel}_suppressed" for channel in CHANNELS
}
RESERVED = frozenset(
    {
        "id",
        "properties",
        "suppression_reason",
        "suppression_since",
        *TEXTS,
        *GROUPS,
        *CONSENTS,
        *SINCES,
        *SUPPRESSED.values(),
    }
)
LONG_AGO_TEXT = "long ago"
"""A `_consent_since` before every time."""

"""How the forms of triggers speak of their fields."""

from __future__ import annotations

from editor.form_kinds import Words

_AUDIENCE = Words(
    label="People who",
    group="Logic",
    rank=3,
    options=(
        ("viewed", "Viewed it"),
        ("added-to-cart", "Put it into the cart"),
        ("checkout-started", "Started a checkout with it"),
    ),
)
_SINCE = Words(label="In the last", group="Logic", rank=4, least=1, unit="days")

TRIGGER_WORDS: dict[tuple[str, str], Words | None] = {
    ("metric", "trigger_filter"): Words(
        label="Only events with", group="Logic", rank=2, kind="event-filter"
    ),
    ("date", "date_profile_property"): Words(label="Date", group="Timing", rank=1, kind="property"),
    ("date", "timedelta_value_before_date"): Words(
        label="Start before it", group="Timing", rank=2, least=0
    ),
    ("date", "timedelta_unit_before_date"): Words(
        label="Unit", group="Timing", rank=3, beside=True
    ),
    ("date", "recurrence_frequency"): Words(
        label="Repeats",
        group="Timing",
        rank=4,
        options=(
            ("annually", "Every year"),
            ("monthly", "Every month"),
            ("weekly", "Every week"),
            ("never", "Never"),
        ),
    ),
    ("date", "trigger_time"): Words(label="At", group="Timing", rank=5, kind="time"),
    ("date", "trigger_days"): Words(label="On these days", group="Timing", rank=5, kind="weekdays"),
    ("date", "custom_object_label"): Words(
        label="Object", group="Timing", rank=1, help="What it is called, as Pet or Booking."
    ),
    ("date", "object_type_id"): Words(
        label="Type of the object",
        group="Timing",
        rank=1,
        help="Its id in the account, or its name in your own files.",
    ),
    ("date", "custom_object_property_id"): Words(
        label="Property with the date",
        group="Timing",
        rank=1,
        least=0,
        help="Its number in the account; its name stands in the flow's settings.",
    ),
    ("date", "object_type_relationship_id"): Words(
        label="Id of the relationship", group="Advanced", rank=1
    ),
    ("price-drop", "price_drop_amount_value"): Words(
        label="Cheaper by at least", group="Logic", rank=1, kind="number", least=0
    ),
    ("price-drop", "price_drop_amount_unit"): Words(
        label="Unit",
        group="Logic",
        rank=2,
        beside=True,
        options=(("currency", "Money"), ("percent", "Percent")),
    ),
    ("price-drop", "currency_type"): Words(
        label="Currency", group="Advanced", rank=1, options=(("usd", "USD"),)
    ),
    ("price-drop", "audience"): _AUDIENCE,
    ("price-drop", "timeframe_days"): _SINCE,
    ("price-drop", "trigger_filter"): Words(
        label="Only items with", group="Logic", rank=5, kind="event-filter"
    ),
    ("low-inventory", "product_level"): Words(
        label="Stock of",
        group="Logic",
        rank=1,
        options=(("product", "The product"), ("variant", "Each variant")),
    ),
    ("low-inventory", "inventory_count"): Words(
        label="Down to", group="Logic", rank=2, least=0, unit="items"
    ),
    ("low-inventory", "audience"): _AUDIENCE,
    ("low-inventory", "timeframe_days"): _SINCE,
    ("low-inventory", "trigger_filter"): Words(
        label="Only items with", group="Logic", rank=5, kind="event-filter"
    ),
}
"""By type and field."""
IDS: dict[str, Words] = {
    "list": Words(label="List", group="Logic", rank=1, kind="group"),
    "segment": Words(label="Segment", group="Logic", rank=1, kind="group"),
    "metric": Words(label="Event", group="Logic", rank=1, kind="metric"),
}
"""The `id` of these triggers is what a person chooses, so it is not hidden."""

"""Generated filters and conditions as JSON, each as the public definition allows it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
METRICS = ("Placed Order", "Started Checkout", "Viewed Product")
LISTS = ("Newsletter", "VIP")
SEGMENTS = ("Engaged", "Lapsed")
PROPERTIES = ("first_name", "country", "properties['tier']", "properties['points']")
FIELDS = ("ProductName", "Categories", "$value", "Quantity")

names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
whole = st.integers(0, 1000)
numbers = whole | st.sampled_from([0.5, 9.99, -3.25])
moments = st.datetimes().map(lambda at: at.replace(microsecond=0).isoformat() + "+00:00")
_UNIT = st.sampled_from(["day", "hour", "week"])
_COMPARE = st.sampled_from(
    [
        "equals",
        "not-equals",
        "greater-than",
        "greater-than-or-equal",
        "less-than",
        "less-than-or-equal",
    ]
)


def record(**fields: Any) -> st.SearchStrategy[Json]:
    """An object with these keys; a value that is no strategy stands as it is."""
    given = {k: v if isinstance(v, st.SearchStrategy) else st.just(v) for k, v in fields.items()}
    return st.fixed_dictionaries(given)


def one_of(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


texts = record(
    type="string",
    operator=one_of(
        "equals", "not-equals", "contains", "not-contains", "starts-with", "not-starts-with"
    ),
    value=names,
)
text_lists = record(
    type="string", operator=one_of("in", "not-in"), value=st.lists(names, min_size=1, max_size=3)
)
compared = record(type="numeric", operator=_COMPARE, value=numbers)
between = record(type="numeric", operator="between", start=st.just(1), end=st.integers(2, 9))
booleans = record(type="boolean", operator="equals", value=st.booleans())
existence = record(type="existence", operator=one_of("is-set", "not-set"))
lists = record(type="list", operator=one_of("contains", "not-contains"), value=names)
list_lengths = record(type="list", operator=one_of("length-equals"), value=whole)
relative = record(
    type="date",
    operator=one_of("in-the-last", "at-least"),
    unit=_UNIT,
    quantity=st.integers(1, 90),
)
ranged = record(
    type="date", operator="between", start=st.just(1), end=st.integers(2, 90), unit=_UNIT
)
static = record(type="date", operator=one_of("after", "before"), date=moments)
alltime = record(type="date", operator="alltime")
flow_start = record(type="date", operator="flow-start")
anniversary = record(type="date", operator="anniversary")
dates = relative | ranged | static | anniversary
values = (
    texts | text_lists | compared | between | booleans | existence | lists | list_lengths | dates
)
timeframes = relative | ranged | static | alltime | flow_start

profile_property = record(
    type="profile-property",
    property=st.sampled_from(PROPERTIES),
    filter=texts | text_lists | compared | booleans | existence | lists | list_lengths | dates,
)
metric_filter = record(
    property=st.sampled_from(FIELDS),
    filter=texts | text_lists | compared | booleans | existence,
)
profile_metric = record(
    type="profile-metric",
    metric_id=st.sampled_from(METRICS),
    measurement=one_of("count", "sum"),
    measurement_filter=record(type="numeric", operator=_COMPARE, value=whole),
    timeframe_filter=timeframes,
    metric_filters=st.none() | st.lists(metric_filter, min_size=1, max_size=2),
)
membership = record(
    type="profile-group-membership",
    is_member=st.booleans(),
    group_ids=st.lists(st.sampled_from(LISTS + SEGMENTS), min_size=1, max_size=2, unique=True),
)
region = record(
    type="profile-region", in_region=st.booleans(), region=one_of("european_union", "united_states")
)
sample = record(type="profile-sample", percentage=st.integers(0, 100))
consent = record(
    type="profile-marketing-consent",
    consent=record(
        channel="email",
        can_receive_marketing=st.just(True),
        consent_status=record(subscription=one_of("any", "never_subscribed")),
    ),
)
_CONSENT_FILTERS = st.lists(
    record(field="status_date", filter=relative)
    | record(field="custom_source", filter=record(type="string", operator="equals", value=names))
    | record(field="method", method=one_of("api", "form", "preference_page")),
    max_size=2,
)
subscribed = record(
    type="profile-marketing-consent",
    consent=record(
        channel=one_of("email"),
        can_receive_marketing=st.just(True),
        consent_status=record(subscription="subscribed", filters=_CONSENT_FILTERS),
    ),
)
permission = record(
    type="profile-permissions",
    channel=one_of("whatsapp_marketing", "whatsapp_transactional"),
    permission=record(
        reachable_status=one_of("implicitly_reachable", "implicitly_or_explicitly_unreachable")
    ),
)
distance = record(
    type="profile-postal-code-distance",
    country_code="US",
    postal_code=one_of("10001", "94105"),
    unit=one_of("miles", "kilometers"),
    filter=record(type="numeric", operator=one_of("less-than", "greater-than"), value=whole),
)
prediction = record(
    type="profile-predictive-analytics",
    dimension=one_of("churn_probability", "predicted_clv"),
    filter=compared,
) | record(
    type="profile-predictive-analytics",
    dimension="channel_affinity",
    measurement="rank",
    predicted_channel=one_of("email", "sms"),
    filter=record(type="string", operator=one_of("equals", "not-equals"), value="high"),
)
owned = record(
    type="profile-has-custom-object",
    object_type_id=one_of("OBJECT"),
    object_type_relationship_id="OWNS",
    filter=record(type="numeric", operator=_COMPARE, value=whole),
    filters=st.lists(record(property_id=whole, filter=texts | compared | existence), max_size=1),
)
not_sent = record(type="profile-not-sent-email", timeframe_filter=alltime)
stated = subscribed | permission | distance | prediction | owned
profile_conditions = (
    profile_property | profile_metric | membership | region | sample | consent | not_sent | stated
)


def event_conditions(metric: str) -> st.SearchStrategy[Json]:
    """Conditions on the event that started a run."""
    return record(
        type="metric-property", metric_id=metric, field=st.sampled_from(FIELDS), filter=values
    )


def filters(conditions: st.SearchStrategy[Json] = profile_conditions) -> st.SearchStrategy[Json]:
    """Groups which must all hold, of conditions of which one must hold."""
    group = record(conditions=st.lists(conditions, min_size=1, max_size=3))
    return record(condition_groups=st.lists(group, min_size=1, max_size=2))

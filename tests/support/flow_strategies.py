"""Generated flows: valid graphs of all known step types, with filters, links and rejoins.

Every generator gives JSON, or parts read from it, as the public definition allows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from filter_strategies import (
    LISTS,
    METRICS,
    SEGMENTS,
    Json,
    event_conditions,
    filters,
    names,
    numbers,
    one_of,
    record,
    whole,
)
from hypothesis import strategies as st

from flows.document import Flow

_status = one_of("draft", "manual", "live")
_zone = one_of("profile", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
_clock = one_of("09:00:00", "17:30:00", "00:00:00")
_days = st.lists(one_of("monday", "wednesday", "saturday"), max_size=2, unique=True)

_email = record(
    from_email="shop@example.com",
    from_label="The shop",
    subject_line=names,
    preview_text=names,
    template_id=one_of("T1", "T2"),
    smart_sending_enabled=st.booleans(),
    transactional=st.booleans(),
    additional_filters=st.none() | filters(),
    name=names,
)
_sms = record(
    body=names,
    smart_sending_enabled=st.booleans(),
    sms_quiet_hours_enabled=st.booleans(),
    add_opt_out_language=st.booleans(),
    additional_filters=st.none() | filters(),
    name=names,
)
_push = record(
    title=names,
    body=names,
    badge=st.booleans(),
    badge_options=st.sampled_from(
        [
            {"badge_config": "increment_one"},
            {"badge_config": "set_count", "value": "3"},
            {"badge_config": "set_property", "set_from_property": "points"},
        ]
    ),
    on_open=one_of("home", "link", "open_url"),
    push_type=st.none() | one_of("silent", "standard"),
    kv_pairs=st.none() | st.just({"page": "sale"}),
    action_buttons=st.none() | st.just([{"label": "Shop", "action_type": "open_app"}]),
    smart_sending_enabled=st.booleans(),
    additional_filters=st.none() | filters(),
    name=names,
)
_whatsapp = record(
    vendor_id=st.none() | names,
    smart_sending_enabled=st.booleans(),
    transactional=st.booleans(),
    additional_filters=st.none() | filters(),
    name=names,
)
_alert = record(
    from_email="shop@example.com",
    from_label="The shop",
    to_emails=st.lists(one_of("a@example.com", "b@example.com"), max_size=2),
    subject_line=names,
    name=names,
)
_service = st.one_of(
    record(service_method_type=one_of("schedule-report"), report_id=names),
    record(service_method_type=one_of("schedule-report-builder-report"), report_id=names),
    record(service_method_type=one_of("track-event"), event_key=st.none() | names),
    record(service_method_type=one_of("unknown")),
)
_webhook = record(url="https://example.com/hook", headers=st.just({}), body="{}", name=names)
_operation = st.one_of(
    record(operator="update", property_type="string", property_key="tier", property_value=names),
    record(
        operator="create", property_type="numeric", property_key="points", property_value=numbers
    ),
    record(
        operator="update", property_type="boolean", property_key="vip", property_value=st.booleans()
    ),
    record(
        operator="update",
        property_type="list",
        property_operation=one_of("add", "remove"),
        property_key="tags",
        property_value=names,
    ),
    record(operator="update", property_type="date", property_key="on", property_value="today"),
    record(operator="delete", property_key="tier"),
)


def _version(
    name: str, kind: str = "send-email", message: st.SearchStrategy[Json] = _email
) -> st.SearchStrategy[Json]:
    data = record(message=message, status=_status)
    return record(id=name, type=kind, data=data, links=st.just({"next": None}))


_experiment = record(
    id=names,
    name=st.none(),
    variations=st.tuples(_version("version-a"), _version("version-b")).map(list),
    allocations=st.just({"version-a": 0.6, "version-b": 0.4}),
    started=st.none(),
    winner_metric=one_of("unique-clicks", "unique-opens"),
)
_pushes = record(
    id=names,
    name=st.none(),
    variations=st.tuples(
        _version("version-a", "send-mobile-push", _push),
        _version("version-b", "send-mobile-push", _push),
    ).map(list),
    allocations=st.none() | st.just({"0": 30, "1": 70}),
    winner_metric=one_of("click-rate", "open-rate"),
)
_event_filter = filters(event_conditions(METRICS[0]))
_outputs = record(
    type="action-output",
    output_config_id=st.integers(1, 3),
    field=one_of("score", "tier"),
    filter=record(type="numeric", operator=one_of("equals", "greater-than"), value=whole),
).map(lambda condition: {"condition_groups": [{"conditions": [condition]}]})
_branch = record(name=names, is_else=st.just(False), branch_filter=st.none() | filters())

DATA: dict[str, st.SearchStrategy[Any]] = {
    "send-email": record(message=_email, status=_status),
    "send-sms": record(message=_sms, status=_status),
    "send-mobile-push": record(message=st.none() | _push, status=_status),
    "send-whatsapp": record(message=st.none() | _whatsapp, status=_status),
    "send-webhook": record(message=_webhook, status=_status),
    "send-internal-alert": record(message=_alert, status=_status),
    "ab-test": record(
        status=_status,
        experiment_status=one_of("draft", "live", "completed"),
        main_action=_version("main"),
        current_experiment=st.none() | _experiment,
    ),
    "content-experiment": record(
        status=_status,
        experiment_status=st.none() | one_of("draft", "live", "completed"),
        main_action=_version("main", "send-mobile-push", _push),
        current_experiment=st.none() | _pushes,
    ),
    "time-delay": st.one_of(
        record(unit=one_of("minutes", "hours"), value=whole, timezone=_zone),
        record(
            unit="days",
            value=st.integers(0, 60),
            secondary_value=st.none() | st.integers(0, 23),
            timezone=_zone,
            delay_until_time=_clock,
            delay_until_weekdays=st.none() | _days,
        ),
    ),
    "countdown-delay": record(unit=one_of("days", "weeks"), value=whole, timezone=_zone),
    "target-date": record(timezone=_zone, target_time=_clock, target_days=st.none() | _days),
    "back-in-stock-delay": st.none(),
    "conditional-split": record(profile_filter=st.none() | filters()),
    "action-output-split": record(action_output_filter=st.none() | _outputs),
    "trigger-split": record(
        trigger_filter=st.none() | _event_filter,
        trigger_id=METRICS[0],
        trigger_type="metric",
        trigger_subtype=st.none(),
    ),
    "multi-branch-split": record(name=names, branches=st.lists(_branch, min_size=1, max_size=3)),
    "update-profile": record(
        profile_operations=st.lists(_operation, min_size=1, max_size=3), status=_status
    ),
    "list-update": record(
        name=one_of("add", "remove"),
        list_id=st.sampled_from(LISTS),
        on_execution=st.booleans(),
        status=_status,
    ),
    "code": st.none(),
    "internal-service": record(service_configuration=st.none() | _service, status=_status),
}
"""The `data` of each known type of step."""

triggers = st.one_of(
    record(type="metric", id=METRICS[0], trigger_filter=st.none() | _event_filter),
    record(type="list", id=st.sampled_from(LISTS)),
    record(type="segment", id=st.sampled_from(SEGMENTS)),
    record(
        type="date",
        date_field_type="profile-property",
        date_profile_property="birthday",
        timedelta_value_before_date=st.integers(0, 30),
        timedelta_unit_before_date=one_of("days", "weeks", "months"),
        recurrence_frequency=one_of("annually", "monthly", "weekly", "never"),
        timezone=_zone,
        trigger_time=_clock,
    ),
)
reentries = record(duration=st.integers(0, 30), unit=one_of("day", "hour", "week")) | record(
    duration=one_of("0", "1").map(int), unit="alltime"
)


@st.composite
def action_documents(draw: st.DrawFn, action_id: str, kinds: tuple[str, ...] = tuple(DATA)) -> Json:
    """One step as JSON, every way leading to the end."""
    kind = draw(st.sampled_from(kinds))
    data = draw(DATA[kind])
    if kind == "multi-branch-split":
        return {"id": action_id, "type": kind, "data": _with_else(data), "links": None}
    split = kind in {"conditional-split", "trigger-split", "action-output-split"}
    links = {"next_if_true": None, "next_if_false": None} if split else {"next": None}
    return {"id": action_id, "type": kind, "data": data, "links": links}


def _with_else(data: Json) -> Json:
    branches = [
        branch | {"branch_id": f"path-{i}", "order": i, "links": {"next": None}}
        for i, branch in enumerate(data["branches"])
    ]
    everyone = {"branch_id": "else", "is_else": True, "links": {"next": None}}
    return data | {"branches": [*branches, everyone]}


@st.composite
def flow_documents(draw: st.DrawFn, *, most: int = 8, kinds: tuple[str, ...] = tuple(DATA)) -> Json:
    """A native document in which every step is reached; paths may rejoin, and never go round."""
    document: Json = {
        "rehearsal": 1,
        "name": draw(names),
        "status": draw(_status),
        "triggers": [draw(triggers)],
        "profile_filter": draw(st.none() | filters()),
        "reentry_criteria": draw(st.none() | reentries),
        "entry_action_id": None,
        "actions": [],
        "templates": {"T1": {"name": "One", "html": "<p>{% unsubscribe %}</p>"}},
        "names": {},
    }
    count = draw(st.integers(0, most))
    free: list[tuple[int, Callable[[str], None]]] = [(-1, _setter(document, "entry_action_id"))]
    for i in range(count):
        action = draw(action_documents(f"a{i}", kinds))
        _, lead = free.pop(draw(st.integers(0, len(free) - 1)))
        lead(action["id"])
        document["actions"].append(action)
        free += [(i, lead) for lead in _ways(action)]
    for i, lead in free:
        if i >= 0 and i + 1 < count and draw(st.booleans()):
            lead(f"a{draw(st.integers(i + 1, count - 1))}")
    return document


def _setter(holder: Json, key: str) -> Callable[[str], None]:
    return lambda target: holder.__setitem__(key, target)


def _ways(action: Json) -> list[Callable[[str], None]]:
    if action["type"] == "multi-branch-split":
        return [_setter(branch["links"], "next") for branch in action["data"]["branches"]]
    return [_setter(action["links"], key) for key in action["links"]]


def flows(*, most: int = 8, kinds: tuple[str, ...] = tuple(DATA)) -> st.SearchStrategy[Flow]:
    """Flows of up to `most` steps of these kinds."""
    return flow_documents(most=most, kinds=kinds).map(Flow.model_validate)


_unknown = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | names,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)


_more = st.just({}) | st.dictionaries(names.map("x_{}".format), _unknown, max_size=1)


@st.composite
def definitions(draw: st.DrawFn) -> Json:
    """`{name, status, definition}` as Klaviyo gives it, some keys unknown to everybody."""
    native = draw(flow_documents())
    keys = ("triggers", "profile_filter", "reentry_criteria", "entry_action_id", "actions")
    definition = {key: native[key] for key in keys} | draw(
        st.dictionaries(
            names.map("x_{}".format) | one_of("name", "id", "templates"), _unknown, max_size=2
        )
    )
    for action in definition["actions"]:
        action.update(draw(_more))
        if action["data"] is not None:
            action["data"].update(draw(_more))
    if draw(st.booleans()):
        future = {
            "type": draw(one_of("send-a-letter", "send-rocket")),
            "id": "future",
            "links": None,
        }
        definition["actions"] = [*definition["actions"], future | {"data": draw(_unknown)}]
    return {"name": native["name"], "status": native["status"], "definition": definition}

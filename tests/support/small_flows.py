"""Small flows written in one line, for tests that look at their shape."""

from __future__ import annotations

from typing import Any

from flows.document import Flow

Json = dict[str, Any]


def delay(action_id: str, end: str | None = None, **data: Any) -> Json:
    data = {"unit": "days", "value": 1, "timezone": "profile"} | data
    return {"id": action_id, "type": "time-delay", "data": data, "links": {"next": end}}


def email(action_id: str, end: str | None = None, *, status: str = "draft", **message: Any) -> Json:
    sender = {"from_email": "shop@example.com"}
    message = {"subject_line": "News", "template_id": "T"} | sender | message
    data = {"message": message, "status": status}
    return {"id": action_id, "type": "send-email", "data": data, "links": {"next": end}}


def sms(action_id: str, end: str | None = None, *, status: str = "draft", **message: Any) -> Json:
    message = {"body": "Hello! Reply STOP to opt out", "add_opt_out_language": True} | message
    data = {"message": message, "status": status}
    return {"id": action_id, "type": "send-sms", "data": data, "links": {"next": end}}


def split(action_id: str, yes: str | None, no: str | None, *conditions: Json) -> Json:
    return {
        "id": action_id,
        "type": "conditional-split",
        "data": {"profile_filter": one_group(*conditions) if conditions else None},
        "links": {"next_if_true": yes, "next_if_false": no},
    }


def paths(action_id: str, *ends: str | None, **data: Any) -> Json:
    """A multi split with a path for each end, the last for everyone else."""
    branches: list[Json] = [
        {"branch_id": f"path-{i + 1}", "order": i, "name": f"Path {i + 1}", "links": {"next": end}}
        for i, end in enumerate(ends[:-1])
    ]
    branches.append({"branch_id": "else", "is_else": True, "links": {"next": ends[-1]}})
    data = {"name": "", "branches": branches} | data
    return {"id": action_id, "type": "multi-branch-split", "data": data, "links": None}


def all_of(*conditions: Json) -> Json:
    """A filter in which every condition must hold."""
    return {"condition_groups": [{"conditions": [condition]} for condition in conditions]}


def one_group(*conditions: Json) -> Json:
    """A filter in which one of the conditions must hold."""
    return {"condition_groups": [{"conditions": list(conditions)}]}


def has(name: str, operator: str, value: Any = None, kind: str = "string") -> Json:
    """A condition on a property of the person."""
    given = {} if kind == "existence" else {"value": value}
    compared = {"type": kind, "operator": operator} | given
    return {"type": "profile-property", "property": name, "filter": compared}


def did(metric: str, operator: str, value: int, timeframe: str = "flow-start") -> Json:
    """A condition on how often somebody did something."""
    return {
        "type": "profile-metric",
        "metric_id": metric,
        "measurement": "count",
        "measurement_filter": {"type": "numeric", "operator": operator, "value": value},
        "timeframe_filter": {"type": "date", "operator": timeframe},
        "metric_filters": None,
    }


METRIC: Json = {"type": "metric", "id": "Placed Order", "trigger_filter": None}


def flow(*actions: Json, entry: str | None = "", **fields: Any) -> Flow:
    """A flow of these steps, entered at the first one, started by an order."""
    first = actions[0]["id"] if actions and entry == "" else entry or None
    document = {
        "rehearsal": 1,
        "name": "A flow",
        "status": "draft",
        "triggers": [METRIC],
        "entry_action_id": first,
        "actions": list(actions),
    }
    return Flow.model_validate(document | fields)

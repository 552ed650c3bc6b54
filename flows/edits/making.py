"""New steps and flows with sensible first values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows.actions.base import Action
from flows.actions.messages import Template
from flows.document import FORMAT, Flow
from flows.edits.copies import ACTION
from flows.edits.links import fresh_id, stem
from flows.messages import emails

Json = dict[str, Any]
STARTER = """<h1>Hello {{ first_name|default:"there" }}</h1>
<p>Good to have you with us.</p>
<p><small>{{ organization.name }}, {{ organization.full_address }}. {% unsubscribe %}</small></p>
"""
"""The body of a new email: it has all that the law asks for."""


def new_flow(name: str) -> Flow:
    """A flow without a trigger and without steps."""
    return Flow(
        rehearsal=FORMAT, name=name, status="draft", triggers=(), actions=(), entry_action_id=None
    )


def new_action(type_name: str, flow: Flow) -> Action:
    """A step of this type with first values and a short id that the flow does not hold yet."""
    new_id = fresh_id(stem(type_name), flow)
    raw: Json = {"type": type_name, "id": new_id}
    data = _first_data(type_name, new_id, flow)
    return ACTION.validate_python(raw | {"data": data} if data is not None else raw)


def starter_templates(action: Action) -> dict[str, Template]:
    """A plain template for each email that names one after the step itself."""
    return {
        email.template_id: Template(name=email.name or "", html=STARTER)
        for email in emails(action)
        if email.template_id and f"{email.template_id}-".startswith(f"{action.key}-")
    }


def _first_data(type_name: str, new_id: str, flow: Flow) -> Json | None:
    if type_name in _PLAIN:
        return _PLAIN[type_name]
    makers: dict[str, Callable[[str, Flow], Json]] = {
        "send-email": _send,
        "send-internal-alert": _alert,
        "ab-test": _test,
        "content-experiment": _content_test,
        "trigger-split": _trigger_split,
    }
    return makers[type_name](new_id, flow) if type_name in makers else None


_SPAN: Json = {"unit": "days", "value": 1, "timezone": "profile"}
_PATH: Json = {
    "branch_id": "path-1",
    "order": 0,
    "is_else": False,
    "name": "Path 1",
    "branch_filter": None,
    "links": {"next": None},
}
_ELSE: Json = {"branch_id": "else", "is_else": True, "links": {"next": None}}
_SMS: Json = {
    "body": 'Hello {{ first_name|default:"there" }}!',
    "add_opt_out_language": True,
    "smart_sending_enabled": True,
    "sms_quiet_hours_enabled": True,
    "transactional": False,
}
_PUSH: Json = {
    "title": "",
    "body": 'Hello {{ first_name|default:"there" }}!',
    "sound": False,
    "badge": False,
    "on_open": "home",
    "push_type": "standard",
    "smart_sending_enabled": True,
}
_WHATSAPP: Json = {
    "name": "",
    "vendor_id": None,
    "smart_sending_enabled": True,
    "transactional": False,
}
_WEBHOOK: Json = {"url": "https://", "headers": {}, "body": "{}"}
_PLAIN: dict[str, Json] = {
    "send-sms": {"message": _SMS, "status": "draft"},
    "send-mobile-push": {"message": _PUSH, "status": "draft"},
    "send-whatsapp": {"message": _WHATSAPP, "status": "draft"},
    "send-webhook": {"message": _WEBHOOK, "status": "draft"},
    "time-delay": _SPAN,
    "countdown-delay": _SPAN,
    "target-date": {"timezone": "profile", "target_time": "09:00:00"},
    "conditional-split": {"profile_filter": None},
    "action-output-split": {"action_output_filter": None},
    "multi-branch-split": {"name": "", "branches": [_PATH, _ELSE]},
    "update-profile": {"profile_operations": [], "status": "draft"},
    "list-update": {"name": "", "list_id": None, "on_execution": True, "status": "draft"},
    "internal-service": {
        "service_configuration": {"service_method_type": "unknown"},
        "status": "draft",
    },
}


def _email(template_id: str, flow: Flow) -> Json:
    number = template_id.rpartition("-")[2]
    return _sender(flow) | {
        "subject_line": 'Hello {{ first_name|default:"there" }}',
        "preview_text": "",
        "template_id": template_id,
        "smart_sending_enabled": True,
        "transactional": False,
        "name": f"Email {number}"
        if template_id.startswith("email-")
        else f"Version {number.upper()}",
    }


def _sender(flow: Flow) -> Json:
    """Who the flow's other emails come from."""
    for email in (email for action in flow.actions for email in emails(action)):
        if email.from_email:
            return {"from_email": email.from_email, "from_label": email.from_label}
    return {}


def _send(new_id: str, flow: Flow) -> Json:
    return {"message": _email(new_id, flow), "status": "draft"}


def _alert(new_id: str, flow: Flow) -> Json:
    sender: Json = {"from_email": None, "from_label": None} | _sender(flow)
    message: Json = sender | {"to_emails": [], "subject_line": "", "template_id": None, "name": ""}
    return {"message": message, "status": "draft"}


def _test(new_id: str, flow: Flow) -> Json:
    def version(name: str, template_id: str) -> Json:
        data = _send(template_id, flow)
        return {"id": f"{new_id}-{name}", "type": "send-email", "data": data}

    main = version("main", f"{new_id}-a")
    versions = [version(name, f"{new_id}-{name}") for name in ("a", "b")]
    return _experiment(main, versions, "unique-clicks")


def _content_test(new_id: str, flow: Flow) -> Json:
    def version(name: str) -> Json:
        data = {"message": _PUSH | {"name": ""}, "status": "draft"}
        return {"id": f"{new_id}-{name}", "type": "send-mobile-push", "data": data}

    return _experiment(version("main"), [version("a"), version("b")], "click-rate")


def _experiment(main: Json, versions: list[Json], winner: str) -> Json:
    """A test that runs, all versions with the same share."""
    return {
        "status": "draft",
        "experiment_status": "live",
        "main_action": main,
        "current_experiment": {
            "id": None,
            "name": None,
            "variations": versions,
            "allocations": {version["id"]: 1 / len(versions) for version in versions},
            "started": None,
            "winner_metric": winner,
        },
    }


def _trigger_split(new_id: str, flow: Flow) -> Json:
    trigger = flow.trigger
    trigger_id = getattr(trigger, "id", None)
    return {
        "trigger_filter": None,
        "trigger_id": trigger_id if isinstance(trigger_id, str) else "",
        "trigger_type": trigger.type if trigger else "metric",
        "trigger_subtype": None,
    }

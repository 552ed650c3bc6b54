"""Rules about content: what cannot be rendered, what is empty, what leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.actions.send_webhook import SendWebhook
from flows.checks.texts import Text, texts
from flows.checks.words import called
from flows.document import Flow
from flows.places import steps
from flows.problem import Problem, Severity
from flows.templates import TemplateProblemError, Variable, variables
from flows.triggers import CatalogueTrigger, MetricTrigger

_TOP = {"first_name", "last_name", "email", "person", "event", "object", "object_filter"}
_FROM_THE_TRIGGER = {"event", "object", "object_filter"}
_ALWAYS = {"email", "person.email", "person.id", "person.KlaviyoID"}
_EMPTY = {
    "subject": "has no subject",
    "html": "has an empty body",
    "sms": "has no text",
    "push": "has no text",
}
_PLACEHOLDER = re.compile(
    r"lorem ipsum|\bTODO\b|\bTBD\b|\bXXX+\b|\[insert\b[^\]]{0,60}\]|\byour (text|subject) here\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"""\b(?:href|src)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_BROKEN = re.compile(r"#?|https?:/{0,2}", re.IGNORECASE)
_TRIAL = re.compile(r"https?://(localhost|127\.|0\.0\.0\.0|[\w.-]*\.(test|local|invalid))\b", re.I)
_SECRET = re.compile(r"authori[sz]ation|api[-_]?key|token|secret|password", re.IGNORECASE)


def unknown_variables(flow: Flow) -> Iterator[Problem]:
    """L40: values that the message does not have, or that some people lack."""
    by_event = isinstance(flow.trigger, MetricTrigger | CatalogueTrigger)
    for text in texts(flow):
        for variable in _read(text):
            yield from _missing(flow, text, variable, by_event)


def _read(text: Text) -> tuple[Variable, ...]:
    try:
        return tuple({variable.path: variable for variable in variables(text.source)}.values())
    except TemplateProblemError:
        return ()


def _missing(flow: Flow, text: Text, variable: Variable, by_event: bool) -> Iterator[Problem]:
    shown = "{{ " + variable.path + " }}"
    where = f"Line {variable.line} of {called(flow, text.action)}"
    found = _lacking(variable, by_event)
    if found:
        severity, what, fix = found
        yield Problem(
            code="L40",
            severity=severity,
            where=text.where,
            text=f"{where} uses {shown}, {what}.",
            fix=fix,
            action_id=text.action.key,
        )


def _lacking(variable: Variable, by_event: bool) -> tuple[Severity, str, str] | None:
    """How bad it is that a value may be missing, why it may be, and what helps."""
    name, top = variable.path, variable.path.split(".")[0]
    if top not in _TOP:
        fix = f"Write it as {{{{ person.{name} }}}} if it is a property of the person."
        return "error", "which no message has", fix
    if top == "event" and not by_event:
        fix = "Use a property of the person, or start the flow by a metric."
        return "error", "but no event starts this flow", fix
    if top in _FROM_THE_TRIGGER or variable.guarded or name in _ALWAYS:
        return None
    fix = f'Say what stands there instead: {{{{ {name}|default:"…" }}}}.'
    return "warning", "which people may lack", fix


def unfinished_texts(flow: Flow) -> Iterator[Problem]:
    """L41: empty or unfinished texts, broken links, tags that are not closed."""
    for text in texts(flow):
        for what, fix in _faults(text):
            yield Problem(
                code="L41",
                severity="error",
                where=text.where,
                text=f"{called(flow, text.action)} {what}.",
                fix=fix,
                action_id=text.action.key,
            )


def _faults(text: Text) -> Iterator[tuple[str, str]]:
    if text.kind in _EMPTY and not text.source.strip():
        yield _EMPTY[text.kind], "Write it."
    try:
        variables(text.source)
    except TemplateProblemError as error:
        yield f"cannot be rendered, line {error.line}: {error.reason.rstrip('.')}", "Mend the tag."
    if found := _PLACEHOLDER.search(text.source):
        yield f"still says “{found[0]}”", "Write what people should read."
    links = _LINK.findall(text.source) if text.kind == "html" else ()
    if any(_BROKEN.fullmatch(link.strip()) for link in links):
        yield "has a link that leads nowhere", "Give every link an address."
    if found := _TRIAL.search(text.source):
        yield f"leads to “{found[0]}”, a test address", "Use the address that customers see."


def drafts_in_live_flows(flow: Flow) -> Iterator[Problem]:
    """L44: a message left in draft in a live flow, which goes out to nobody."""
    for where, action in steps(flow):
        if flow.status == "live" and action.face.group == "message" and action.status == "draft":
            yield Problem(
                code="L44",
                severity="error",
                where=f"{where}.data.status",
                text=f"{called(flow, action)} is a draft in a live flow: people pass it by.",
                fix="Set it live, or remove it.",
                action_id=action.key,
            )


def careless_webhooks(flow: Flow) -> Iterator[Problem]:
    """L44: a webhook that cannot be called safely."""
    for where, action in steps(flow):
        if not isinstance(action, SendWebhook) or not action.data:
            continue
        message, place = action.data.message, f"{where}.data.message"
        if message.url and not message.url.lower().startswith("https://"):
            yield _careless(called(flow, action), f"{place}.url", action.key)
        for name, value in (message.headers or {}).items():
            if _SECRET.search(name) and isinstance(value, str) and "{" not in value:
                yield Problem(
                    code="L44",
                    severity="warning",
                    where=f"{place}.headers",
                    text=f"{called(flow, action)} carries a secret in clear in “{name}”: whoever "
                    "reads the flow can read it.",
                    fix="Keep the secret with the receiver, or change it often.",
                    action_id=action.key,
                )


def _careless(name: str, where: str, action_id: str) -> Problem:
    return Problem(
        code="L44",
        severity="error",
        where=where,
        text=f"{name} does not call an https address, so what it sends can be read on the way.",
        fix="Use an address that starts with https://.",
        action_id=action_id,
    )


RULES = (unknown_variables, unfinished_texts, drafts_in_live_flows, careless_webhooks)

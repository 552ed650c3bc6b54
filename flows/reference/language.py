"""The parts of the language on pages: what each is, its fields, its source and an example."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from flows.actions import ACTIONS
from flows.actions import operations as changes
from flows.actions.base import Action
from flows.actions.messages import Alert, Email, Push, Sms, Webhook, WhatsApp
from flows.conditions import CONDITIONS, AnyCondition
from flows.conditions.base import Condition, Names
from flows.conditions.consent_forms import FORMS
from flows.edits import new_action, new_flow
from flows.filters import FILTERS, ValueFilter, ValueTest
from flows.part import Part
from flows.reference.by_example import examples, filter_key, shown
from flows.reference.fields import table
from flows.triggers import TRIGGERS, AnyTrigger

MESSAGES: dict[str, type[Part]] = {
    "email": Email,
    "sms": Sms,
    "push": Push,
    "whatsapp": WhatsApp,
    "webhook": Webhook,
    "alert": Alert,
}
OPERATIONS: dict[str, type[changes.Operation]] = {
    "string": changes.PutString,
    "boolean": changes.PutBoolean,
    "numeric": changes.PutNumber,
    "date": changes.PutDate,
    "list": changes.ChangeList,
    "delete": changes.Delete,
}
CONSENT = tuple(f"{channel}/{'can' if can else 'cannot'}/{state}" for channel, can, state in FORMS)
"""Every form of a condition on consent: the channel, whether it may be used, and the state."""
_NAMED = Names({})
_TRIGGER: TypeAdapter[Any] = TypeAdapter(AnyTrigger)
_CONDITION: TypeAdapter[Condition] = TypeAdapter(AnyCondition)
_FILTER: TypeAdapter[ValueTest] = TypeAdapter(ValueFilter)
_SECTION = re.compile(r"semantics ((?:[A-E]\.?\d*(?:, | and | to )?)+)")


def about(thing: object) -> str:
    """What the first line of a docstring says."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def type_of(kind: type[Part]) -> str:
    """The type of a part as documents write it."""
    return str(kind.model_fields["type"].default)


def actions() -> Iterator[str]:
    """Every step, and every change that a step makes to a profile."""
    for kind in ACTIONS:
        name = type_of(kind)
        yield f"## {kind.face.label} (`{name}`)\n"
        yield f"{_whole(kind)}\n"
        yield f"Ways out: {', '.join(f'`{way}`' for way in _ways(kind))}. {_source(kind, 'A.3')}\n"
        yield table(kind)
        yield shown("actions", name)
    yield "## Changes to a profile\n"
    yield "What `profile_operations` of `update-profile` holds; they are made in order.\n"
    for key, change in OPERATIONS.items():
        yield f"### `{key}`\n"
        yield f"{about(change)} {_source(change, 'A.5')}\n"
        yield table(change)
        yield shown("operations", key)


def triggers() -> Iterator[str]:
    """Every trigger."""
    for key, kind in TRIGGERS.items():
        again = "may come again each time" if kind.reentry_always else "come once"
        made = _TRIGGER.validate_python(examples("triggers")[key])
        yield f"## {kind.face.label} (`{key}`)\n"
        yield f"{_whole(kind)}\n"
        yield f"Where the flow says nothing, people {again}. {_source(kind, 'A.2')}\n"
        yield table(kind)
        yield f"{_sentence(made.sentence(_NAMED))}\n"
        yield shown("triggers", key)


def conditions() -> Iterator[str]:
    """Every condition."""
    yield "Groups of a filter must all hold; of the conditions in a group one must hold.\n"
    yield "What is asked of a value is a [filter](filters.md); the forms of consent stand"
    yield "[on a page of their own](consent.md).\n"
    for key, kind in CONDITIONS.items():
        made = _CONDITION.validate_python(examples("conditions")[key])
        yield f"## {kind.label} (`{key}`)\n"
        yield f"{_whole(kind)}\n"
        yield f"{_source(kind, 'A.6' if key.startswith('profile') else 'A.8')}\n"
        yield table(kind)
        yield f"{_sentence(made.sentence(_NAMED))}\n"
        yield shown("conditions", key)


def filters() -> Iterator[str]:
    """Every value filter."""
    yield "The type and the operator tell which filter it is. Nothing is coerced: a filter on text"
    yield "accepts no number.\n"
    for kind in FILTERS:
        key = filter_key(kind)
        made = _FILTER.validate_python(examples("filters")[key])
        yield f"## `{key.partition('/')[0]}`: {', '.join(f'`{one}`' for one in _operators(kind))}\n"
        yield f"{_whole(kind)}\n"
        yield f"{_source(kind, 'A.9')}\n"
        yield table(kind)
        yield f"{_sentence(made.sentence())}\n"
        yield shown("filters", key)


def messages() -> Iterator[str]:
    """Every message."""
    for key, kind in MESSAGES.items():
        yield f"## {kind.__name__} (`{key}`)\n"
        yield f"{about(kind)} {_source(kind, 'A.4')}\n"
        yield table(kind)
        yield shown("messages", key)


def consent() -> Iterator[str]:
    """Every form of consent and of permission."""
    yield "What `profile-marketing-consent` asks: a channel, whether marketing may be received"
    yield "there, and the state behind it. Source: semantics A.7.\n"
    for key, allowed in zip(CONSENT, FORMS.values(), strict=True):
        made = _CONDITION.validate_python(examples("consent")[key])
        yield f"## `{key}`\n"
        listed = ", ".join(f"`{one}`" for one in sorted(allowed)) or "none"
        yield f"Filters that may stand with it: {listed}.\n"
        yield f"{_sentence(made.sentence(_NAMED))}\n"
        yield shown("consent", key)
    for key, raw in examples("permissions").items():
        yield f"## Permission `{key}`\n"
        yield f"{_sentence(_CONDITION.validate_python(raw).sentence(_NAMED))}\n"
        yield shown("permissions", key)


def _ways(kind: type[Action]) -> list[str]:
    made = new_action(type_of(kind), new_flow("Reference"))
    return [way.name for way in made.ways()]


def _operators(kind: type[ValueTest]) -> tuple[str, ...]:
    annotation: Any = kind.model_fields["operator"].annotation
    return tuple(annotation.__args__)


def _whole(kind: type[Part]) -> str:
    """All that a docstring says."""
    return inspect.getdoc(kind) or ""


def _source(kind: type[Part], usual: str) -> str:
    """The sections that say so: those that the docstring names, and the family's."""
    named = [
        section
        for group in _SECTION.findall(inspect.getdoc(kind) or "")
        for section in re.findall(r"[A-E](?:\.?\d+)?", group)
    ]
    sections = sorted({usual, *named})
    return f"Source: {', '.join(f'[{one}](../semantics.md)' for one in sections)}."


def _sentence(words: str) -> str:
    return f"In words: *{words}*."

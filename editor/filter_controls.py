"""Controls for filters: who a message goes to, who takes a path, which events start a flow."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from editor import widgets
from editor.catalogue import Catalogue
from editor.condition_groups import (
    ENTRY_KINDS,
    EVENT_KINDS,
    OUTPUT_KINDS,
    PATH_KINDS,
    PROFILE_KINDS,
    STARTED_KINDS,
)
from editor.conditions_form import ConditionsForm, Vocabulary
from editor.form import Form
from editor.forms import FormField, Path
from editor.phrases import Json
from flows.conditions import AnyCondition
from flows.conditions.base import Condition, Names
from flows.document import Flow
from flows.triggers import trigger_kind

_CONDITION: TypeAdapter[Condition] = TypeAdapter(AnyCondition)


def profile_filter(form: Form, field: FormField) -> None:
    """Conditions about the person; the filter of a whole flow knows one more."""
    kinds = ENTRY_KINDS if field.path == ("profile_filter",) else PROFILE_KINDS
    _draw(form, field, vocabulary(form.flow, form.catalogue, kinds))


def event_filter(form: Form, field: FormField) -> None:
    """Conditions about what started the run: an event, a change of the catalogue, an object."""
    kinds = STARTED_KINDS.get(trigger_kind(form.flow.trigger), EVENT_KINDS)
    _draw(form, field, vocabulary(form.flow, form.catalogue, kinds))


def output_filter(form: Form, field: FormField) -> None:
    """Conditions about what code steps gave."""
    _draw(form, field, vocabulary(form.flow, form.catalogue, OUTPUT_KINDS))


def path_filter(form: Form, path: Path, label: str) -> None:
    """Conditions of one path of a multi split: about the person, or what starts the flow."""
    kinds = PROFILE_KINDS | PATH_KINDS.get(trigger_kind(form.flow.trigger), {})
    words = vocabulary(form.flow, form.catalogue, kinds)

    def said(written: Json | None) -> None:
        form.subject.put(path, written, f"Change {label}")

    ConditionsForm(form.subject.at(path), words, said)


def vocabulary(flow: Flow, catalogue: Catalogue, kinds: Mapping[str, str]) -> Vocabulary:
    """The words for filters of this flow."""
    names = Names(flow.names)

    def sentence(condition: Json) -> str:
        return _CONDITION.validate_python(condition).sentence(names)

    trigger = flow.trigger
    metric = getattr(trigger, "id", None) if trigger and trigger.type == "metric" else None
    return Vocabulary(kinds=kinds, catalogue=catalogue, sentence=sentence, metric=metric or "")


def _draw(form: Form, field: FormField, words: Vocabulary) -> None:
    with widgets.field(field.label, field.help):
        ConditionsForm(form.answer(field), words, lambda written: _put(form, field, written))


def _put(form: Form, field: FormField, written: Json | None) -> None:
    form.put(field, written)

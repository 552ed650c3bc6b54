"""From an action's or trigger's class to the fields of its form: computed, never written twice."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from editor.form_words import GROUPS, Group, Kind, Words, words_for
from flows.conditions import Filter
from flows.part import Part

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question of a form; `path` leads to its answer in the part's JSON."""

    path: Path
    label: str
    kind: Kind
    group: Group
    default: Any = None
    help: str = ""
    unit: str = ""
    options: tuple[tuple[Any, str], ...] = ()
    least: int | None = None
    optional: bool = False
    """Null is an answer: the field may be emptied."""
    beside: bool = False
    """Stands on the line of the field before it."""
    redraws: bool = False
    """Its answer changes what others show."""
    needed: bool = False
    """An empty answer is not written."""

    @property
    def key(self) -> str:
        """The path as one word, as in `data.message.subject_line`."""
        return ".".join(map(str, self.path))


def form_fields(kind: type[Part]) -> tuple[FormField, ...]:
    """The form of a class: its fields in groups, those that matter most first."""
    type_field = kind.model_fields.get("type")
    type_name = str(type_field.default) if type_field else ""
    found = list(_fields(kind, (), type_name))
    return tuple(field for _, field in sorted(found, key=lambda pair: pair[0]))


def value_at(part: Part, field: FormField) -> Any:
    """The answer as it stands in the part's JSON, else the default."""
    here: Any = part.to_json()
    for step in field.path:
        if not isinstance(here, dict) or here.get(str(step)) is None:
            return field.default
        here = here[str(step)]
    return here


def _fields(
    kind: type[Part], path: Path, type_name: str
) -> Iterator[tuple[tuple[int, int], FormField]]:
    for name, info in kind.model_fields.items():
        here = (*path, name)
        inner = _plain(info.annotation)
        if _descends(inner, name):
            yield from _fields(inner, here, type_name)
        elif (words := words_for(type_name, name)) is not None:
            yield (GROUPS.index(words.group), words.rank), _field(here, info, inner, words)


def _field(path: Path, info: FieldInfo, annotation: Any, words: Words) -> FormField:
    default = None if info.is_required() else info.get_default(call_default_factory=False)
    return FormField(
        path=path,
        label=words.label,
        kind=words.kind or _kind(annotation),
        group=words.group,
        default=list(default) if isinstance(default, tuple) else default,
        help=words.help,
        unit=words.unit,
        options=_options(annotation, words),
        least=words.least,
        beside=words.beside,
        redraws=words.redraws,
        optional=type(None) in get_args(info.annotation),
    )


def _descends(annotation: Any, name: str) -> bool:
    """Whether the form asks for the parts of this value, rather than for the value."""
    is_part = isinstance(annotation, type) and issubclass(annotation, Part)
    return is_part and annotation is not Filter and name in {"data", "message"}


def _plain(annotation: Any) -> Any:
    """The annotation without None and without Annotated."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        kept = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _plain(kept[0]) if len(kept) == 1 else annotation
    return annotation


def _kind(annotation: Any) -> Kind:
    if annotation is Filter:
        return "filter"
    if get_origin(annotation) is Literal:
        return "choice"
    if _several(annotation):
        return "choices"
    if get_origin(annotation) is dict:
        return "pairs"
    kinds: dict[Any, Kind] = {bool: "switch", int: "number", float: "number"}
    return kinds.get(annotation, "text")


def _several(annotation: Any) -> bool:
    """Whether the answer is a list of values out of a few."""
    inner = get_args(annotation)
    return get_origin(annotation) is tuple and bool(inner) and get_origin(inner[0]) is Literal


def _options(annotation: Any, words: Words) -> tuple[tuple[Any, str], ...]:
    """The values to choose from, each with its word; those with words first, in their order."""
    annotation = get_args(annotation)[0] if _several(annotation) else annotation
    if get_origin(annotation) is not Literal:
        return words.options
    known, values = dict(words.options), get_args(annotation)
    order = [value for value in known if value in values]
    return tuple(
        (value, known.get(value, str(value).capitalize().replace("_", " ")))
        for value in dict.fromkeys((*order, *values))
    )


def is_shown(field: FormField, written: dict[str, Any]) -> bool:
    """Whether the question makes sense beside the other answers (semantics B.3)."""
    data = written.get("data") or {}
    name = field.path[-1]
    if written.get("type") == "time-delay" and name != "unit":
        unit = data.get("unit", "days")
        if name == "secondary_value":
            return bool(unit != "minutes")
        return bool(unit == "days" or name == "value")
    message = data.get("message") or {}
    if name == "custom_tracking_params":
        return bool(message.get("add_tracking_params"))
    if name == "badge_options":
        return bool(message.get("badge"))
    if name in _LINKS:
        return message.get("on_open", "home") != "home"
    return True


_LINKS = {"ios_link", "android_link", "web_url"}

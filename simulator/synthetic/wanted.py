"""What flows ask of an audience, gathered by metric, group and property."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.columns import Scalar, Value
from flows.conditions.base import Need

ValueType = Literal["string", "numeric", "boolean", "date", "list", "existence"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The values conditions compare a property with, each once, in document order."""

    kind: ValueType
    values: tuple[Scalar, ...] = ()


@dataclass(slots=True)
class Wanted:
    """Names as the flows write them, metrics by their canonical names."""

    metrics: list[str] = field(default_factory=list)
    starting_lists: list[str] = field(default_factory=list)
    starting_segments: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """Lists that only conditions and actions name."""
    segments: list[str] = field(default_factory=list)
    """Segments, and groups of which nobody says what they are, that only conditions name."""
    properties: dict[str, Compared] = field(default_factory=dict)
    event_properties: dict[str, dict[str, Compared]] = field(default_factory=dict)
    """By metric, then property."""
    predictions: list[str] = field(default_factory=list)
    details: dict[str, Compared] = field(default_factory=dict)
    """Reserved columns about consent, by name."""
    objects: dict[str, dict[str, Compared]] = field(default_factory=dict)
    """By type of object, then property; each by its name where there is one."""
    distances: dict[str, float] = field(default_factory=dict)
    """By place that is measured from (`US/02116`), the greatest distance in kilometres."""


def gather(needs: Iterable[Need], names: Mapping[str, str]) -> Wanted:
    """Needs put together; `names` gives the canonical name of a metric's id."""
    wanted = Wanted()
    needs = tuple(needs)
    for need in needs:
        _put(wanted, need, names)
    _put_objects(wanted, [need for need in needs if need.kind == "object"], names)
    starting = {*wanted.starting_lists, *wanted.starting_segments}
    wanted.lists = [group for group in wanted.lists if group not in starting]
    taken = starting | set(wanted.lists)
    wanted.segments = [group for group in wanted.segments if group not in taken]
    return wanted


def _put(wanted: Wanted, need: Need, names: Mapping[str, str]) -> None:
    match need.kind:
        case "metric":
            _once(wanted.metrics, names.get(need.name, need.name))
        case "list":
            _once(wanted.starting_lists if need.trigger else wanted.lists, need.name)
        case "segment" | "group":
            _once(wanted.starting_segments if need.trigger else wanted.segments, need.name)
        case "property":
            wanted.properties[need.name] = _with(wanted.properties.get(need.name), need)
        case "event-property":
            metric = names.get(need.metric, need.metric)
            _once(wanted.metrics, metric)
            known = wanted.event_properties.setdefault(metric, {})
            known[need.name] = _with(known.get(need.name), need)
        case "predictive":
            _once(wanted.predictions, need.name)
        case "consent-detail":
            wanted.details[need.name] = _with(wanted.details.get(need.name), need)
        case "postal-code":
            spans = [v for v in need.values if isinstance(v, int | float)]
            wanted.distances[need.name] = max(wanted.distances.get(need.name, 0.0), *spans, 0.0)


def _put_objects(wanted: Wanted, needs: list[Need], names: Mapping[str, str]) -> None:
    """Needs by the id of a type first; one that knows a label, or nothing, means what starts."""
    types = {need.name: names.get(need.name, need.name) for need in needs if _is_type(need)}
    starting = [need.name for need in needs if need.trigger and need.name in types]
    for need in needs:
        labelled = [identifier for identifier, name in types.items() if name == need.name]
        alone = [need.name] if need.name else []
        held = [need.name] if need.name in types else labelled or starting or alone
        for identifier in dict.fromkeys(held):
            asked = wanted.objects.setdefault(types.get(identifier, identifier), {})
            if need.property:
                key = names.get(f"{identifier}/{need.property}", need.property)
                asked[key] = _with(asked.get(key), need)


def _is_type(need: Need) -> bool:
    """Whether the need knows the id of a type; conditions on what starts a flow know none."""
    starts = need.value_type == "date" and need.property.isdigit()
    return bool(need.name) and (not need.trigger or starts)


def _once(known: list[str], name: str) -> None:
    if name and name not in known:
        known.append(name)


def _with(known: Compared | None, need: Need) -> Compared:
    """What was known with one need more; a need that only asks for existence adds no type."""
    before = known or Compared("existence")
    kind = before.kind if need.value_type == "existence" else need.value_type
    if before.kind not in {"existence", kind}:
        kind = before.kind
    found = dict.fromkeys((type(v), v) for v in (*before.values, *_scalars(need.values)))
    return Compared(kind, tuple(value for _, value in found))


def _scalars(values: Iterable[Value]) -> list[Scalar]:
    flat: list[Scalar] = []
    for value in values:
        if isinstance(value, tuple):
            flat.extend(item for item in value if item is not None)
        elif value is not None:
            flat.append(value)
    return flat

"""The small documents that mutations begin with: of real flows, of samples, of the schema."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from flows.reference.by_example import Family, examples
from tests.torture.schema_values import SchemaValues

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCHEMAS = SHARED / "spec" / "flow-definition.schemas.json"
Json = dict[str, Any]
_ASKED: tuple[Family, ...] = ("conditions", "consent", "permissions")
_OWN: Json = {
    "templates": {"welcome": {"name": "Welcome", "html": "<p>{% unsubscribe %}</p>"}},
    "stubs": {"code": {"output_config_id": 1, "cases": [], "outputs": {"score": 20}}},
    "names": {"T9sNn9": "Placed Order"},
    "description": "Of our own",
}
"""What only a native document holds."""
GENERATED = 1500
"""How many documents are made from the schema."""


@cache
def corpus() -> tuple[Json, ...]:
    """Documents of a few steps, in every form; the same whenever they are asked for."""
    chance = Random(1)
    pieces = [piece for file in _files() for piece in _cut(json.loads(file.read_text("utf-8")))]
    made = [_generated(chance) for _ in range(GENERATED)] if SCHEMAS.exists() else []
    held = [*pieces, *_exemplary(), *made]
    return tuple(_enveloped(piece, i) for i, piece in enumerate(held))


def _exemplary() -> list[Json]:
    """A definition around each example of the reference."""
    steps, starts = examples("actions"), examples("triggers")
    first = steps["time-delay"]
    asked = [held for name in _ASKED for held in examples(name).values()]
    return [
        *(
            {"triggers": [], "actions": [step], "entry_action_id": step["id"]}
            for step in steps.values()
        ),
        *(
            {"triggers": [start], "actions": [first], "entry_action_id": first["id"]}
            for start in starts.values()
        ),
        *(
            {"profile_filter": {"condition_groups": [{"conditions": [held]}]}, "actions": [first]}
            for held in asked
        ),
    ]


def _files() -> list[Path]:
    samples = [file for file in (ROOT / "sample_flows").glob("*.json") if "." not in file.stem]
    real = SHARED / "data" / "real-flows"
    return sorted([*samples, *real.glob("*.json")])


def _cut(document: Json) -> list[Json]:
    """Definitions of two steps each."""
    whole = document.get("definition", document)
    actions = whole.get("actions", [])
    outer = {key: whole[key] for key in ("triggers", "profile_filter") if key in whole}
    return [
        outer | {"actions": actions[i : i + 2], "entry_action_id": actions[i].get("id")}
        for i in range(0, min(len(actions), 24), 2)
    ]


def _generated(chance: Random) -> Json:
    values = _values()
    definition: Json = values.named("FlowDefinition", chance)
    definition["actions"] = definition["actions"][:3]
    for i, action in enumerate(definition["actions"]):
        action["id"] = f"a{i}"
    return definition


@cache
def _values() -> SchemaValues:
    return SchemaValues(json.loads(SCHEMAS.read_text("utf-8")))


def _enveloped(definition: Json, i: int) -> Json:
    """The definition in one of the forms in which flows come, by its number."""
    head = {"name": f"Flow {i}", "status": "live"}
    attributes = head | {"archived": False, "definition": definition, "created": None}
    forms: tuple[Json, ...] = (
        head | {"definition": definition},
        definition,
        {"data": {"type": "flow", "id": f"F{i}", "attributes": attributes, "links": {"self": ""}}},
        {"data": {"type": "flow", "attributes": {"name": "New", "definition": definition}}},
        {"rehearsal": 1, "id": f"F{i}"} | head | definition | _OWN,
    )
    return forms[i % len(forms)]

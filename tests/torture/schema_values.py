"""Small documents that the public schema allows, made with plain chance: quick, and by number."""

from __future__ import annotations

from random import Random
from typing import Any

Schema = dict[str, Any]
_MOMENTS = {
    "date-time": "2026-03-01T09:00:00+00:00",
    "date": "2026-03-01",
    "time": "09:00:00",
    "uri": "https://example.com/",
}
_WORDS = (
    "T9sNn9",
    "email",
    "properties['tier']",
    "Placed Order",
    "",
    "Ä",
    "{{ first_name }}",
    "a1",
)
_NUMBERS = (0, 1, 2, 7, 30, 100, 0.5, -3, 1e6)


class SchemaValues:
    """Values of the named schemas of an OpenAPI document."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self._schemas = schemas

    def named(self, name: str, chance: Random) -> Any:
        """A value that the schema of this name allows."""
        return self.of(self._schemas[name], chance)

    def of(self, schema: Schema, chance: Random) -> Any:
        """A value that a schema allows, sometimes null where it says nullable."""
        if schema.get("nullable") and chance.random() < 0.2:
            return None
        if "$ref" in schema:
            return self.named(schema["$ref"].rpartition("/")[2], chance)
        if "oneOf" in schema:
            return self.of(chance.choice(schema["oneOf"]), chance)
        if "enum" in schema:
            return chance.choice(schema["enum"])
        return self._plain(schema, chance)

    def _plain(self, schema: Schema, chance: Random) -> Any:
        kind = schema.get("type")
        if kind == "object":
            return self._object(schema, chance)
        if kind == "array":
            return [self.of(schema["items"], chance) for _ in range(chance.choice((0, 1, 1, 2)))]
        if kind == "string":
            return _MOMENTS.get(schema.get("format", "")) or chance.choice(_WORDS)
        if kind == "boolean":
            return chance.random() < 0.5
        if kind == "integer":
            return int(chance.choice(_NUMBERS))
        return chance.choice(_NUMBERS) if kind == "number" else None

    def _object(self, schema: Schema, chance: Random) -> dict[str, Any]:
        needed = set(schema.get("required", ()))
        return {
            name: self.of(held, chance)
            for name, held in schema.get("properties", {}).items()
            if name in needed or chance.random() < 0.7
        }

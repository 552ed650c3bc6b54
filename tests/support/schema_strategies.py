"""Documents that a public schema allows, generated from the schema itself."""

from __future__ import annotations

from typing import Any

from filter_strategies import names, numbers, whole
from hypothesis import strategies as st

Schema = dict[str, Any]


class Schemas:
    """Strategies for the named schemas of an OpenAPI document, made when they are needed."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self._schemas = schemas
        self._made: dict[str, st.SearchStrategy[Any]] = {}

    def named(self, name: str) -> st.SearchStrategy[Any]:
        """Values that the schema of this name allows."""
        if name not in self._made:
            self._made[name] = st.deferred(lambda: self.of(self._schemas[name]))
        return self._made[name]

    def of(self, schema: Schema) -> st.SearchStrategy[Any]:
        """Values that a schema allows, null where it says nullable."""
        plain = self._plain(schema)
        return st.none() | plain if schema.get("nullable") else plain

    def _plain(self, schema: Schema) -> st.SearchStrategy[Any]:
        if "$ref" in schema:
            return self.named(schema["$ref"].rpartition("/")[2])
        if "oneOf" in schema:
            return st.one_of([self.of(one) for one in schema["oneOf"]])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        kinds = {"object": self._object, "array": self._array, "string": _text}
        kind = kinds.get(schema.get("type", ""))
        return kind(schema) if kind else _SIMPLE.get(schema.get("type", ""), st.none())

    def _array(self, schema: Schema) -> st.SearchStrategy[Any]:
        return st.lists(self.of(schema["items"]), max_size=2)

    def _object(self, schema: Schema) -> st.SearchStrategy[Any]:
        fields = {name: self.of(held) for name, held in schema.get("properties", {}).items()}
        needed = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {name: held for name, held in fields.items() if name in needed},
            optional={name: held for name, held in fields.items() if name not in needed},
        )


_SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "integer": whole,
    "number": numbers,
    "boolean": st.booleans(),
}


def _text(schema: Schema) -> st.SearchStrategy[str]:
    moments = {"date-time": "2026-03-01T09:00:00+00:00", "date": "2026-03-01", "time": "09:00:00"}
    form = schema.get("format", "")
    return st.just(moments[form]) if form in moments else names


_JSON_SCHEMA = {"oneOf": "anyOf"}
"""A whole number is also a number, which “one of” would refuse."""


def open_api(schemas: dict[str, Any]) -> dict[str, Any]:
    """The public schemas as JSON Schema: null is allowed where OpenAPI says nullable."""

    def plain(schema: Any) -> Any:
        if isinstance(schema, list):
            return [plain(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        rest = {_JSON_SCHEMA.get(key, key): plain(value) for key, value in schema.items()}
        return {"anyOf": [rest, {"type": "null"}]} if rest.pop("nullable", None) is True else rest

    return {"components": {"schemas": plain(schemas)}}

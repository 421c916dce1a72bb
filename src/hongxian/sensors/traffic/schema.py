"""JSON schemas of bodies: types and names alone, never a value."""

from __future__ import annotations

from typing import Any

MOST_FIELDS = 200
"""Of an object; keys of a map are no fields."""
DEEPEST = 12

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def schema_of(value: Any, depth: int = 0) -> dict[str, Any]:
    """Return the schema of one value."""
    if depth >= DEEPEST:
        return {}
    if isinstance(value, dict):
        names = list(value)[:MOST_FIELDS]
        if names and all(_is_value(name) for name in names):
            return {"type": "object", "additionalProperties": _merged(
                [schema_of(value[name], depth + 1) for name in names])}  # fmt: skip
        fields = {name: schema_of(value[name], depth + 1) for name in names if not _is_value(name)}
        return {"type": "object", "properties": fields}
    if isinstance(value, list):
        return {"type": "array", "items": _merged([schema_of(one, depth + 1) for one in value[:5]])}
    return {"type": _TYPES.get(type(value), "string")}


def merge(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that both are examples of."""
    if not one or not other or one == other:
        return one or other
    kinds = _kinds(one) | _kinds(other)
    if "number" in kinds:
        kinds.discard("integer")
    merged: dict[str, Any] = {"type": min(kinds) if len(kinds) == 1 else sorted(kinds)}
    fields = dict(one.get("properties", {}))
    for name, schema in other.get("properties", {}).items():
        if name in fields or len(fields) < MOST_FIELDS:
            fields[name] = merge(fields.get(name, {}), schema)
    if "object" in kinds and (fields or "properties" in one or "properties" in other):
        merged["properties"] = fields
    for word in ("items", "additionalProperties"):
        if word in one or word in other:
            merged[word] = merge(one.get(word, {}), other.get(word, {}))
    return merged


def _merged(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for schema in schemas:
        whole = merge(whole, schema)
    return whole


def _kinds(schema: dict[str, Any]) -> set[str]:
    kind = schema.get("type", [])
    return {kind} if isinstance(kind, str) else set(kind)


def _is_value(name: str) -> bool:
    """Return whether a key is a value itself, such as a telephone number: it must not be told."""
    return len(name) > 64 or "@" in name or sum(char.isdigit() for char in name) > 4

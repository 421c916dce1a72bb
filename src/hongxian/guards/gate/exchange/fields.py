"""Fields of answers that are PI by their name, or because a document of the interface says so.

Recognisers know values by their form; a person's name or a remark has none. Names of fields come
from the columns that ``hongxian mask`` knows; an OpenAPI document adds those with ``x-pi``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.info.source import read
from hongxian.info.types import find_type
from hongxian.sensors.traffic.openapi import METHODS, read_openapi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Hits = list[tuple[int, int, str]]

DEEPEST = 16
"""Levels of a schema that are followed."""
MOST = 10_000
"""Fields of a document that are followed."""

_FIELD = re.compile(
    rb'"([^"\\]{1,64}+)"[ \t\r\n]*+:[ \t\r\n]*+(?:"((?:[^"\\]++|\\.)*+)"|(-?\d[\d.eE+-]*+))',
    re.DOTALL,
)
_JOIN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+")
_PLACE = re.compile(r"\{[^}/]*\}")


class Fields:
    """Finds fields in answers.

    Args:
        documented: endpoint, as the gate names it -> field -> PI type.
        names: whether fields count that tell their type by their name alone.
    """

    def __init__(self, documented: Mapping[str, Mapping[str, str]], *, names: bool = True) -> None:
        """Keep both."""
        self._documented = documented
        self._names = names
        self._known: dict[bytes, str] = {}

    def added(self, endpoint: str, data: bytes, hits: Hits) -> Hits:
        """Return hits with those of fields in an answer, in order; a field goes before its parts.

        Args:
            endpoint: where the answer comes from.
            data: JSON.
            hits: what the recognisers found.
        """
        found = self._found(endpoint, data)
        if not found:
            return hits
        made: Hits = []
        at = 0
        for start, end, info in found:
            while at < len(hits) and hits[at][0] < start:
                made.append(hits[at])
                at += 1
            if made and made[-1][1] > start:
                continue
            same = at < len(hits) and hits[at][:2] == (start, end)
            made.append(hits[at] if same else (start, end, info))
            while at < len(hits) and hits[at][0] < end:
                at += 1
        return made + hits[at:]

    def _found(self, endpoint: str, data: bytes) -> Hits:
        own = self._documented.get(endpoint, {})
        found: Hits = []
        for one in _FIELD.finditer(data):
            info = self._info(one[1], own)
            if info:
                start, end = one.span(2) if one[2] is not None else one.span(3)
                if end > start:
                    found.append((start, end, info))
        return found

    def _info(self, key: bytes, own: Mapping[str, str]) -> str:
        """Return the PI type of a field; the document's word comes first."""
        if own:
            info = own.get(key.decode("utf-8", "replace"))
            if info is not None:
                return info
        if not self._names:
            return ""
        known = self._known.get(key)
        if known is None:
            if len(self._known) > MOST:
                self._known.clear()
            plain = _JOIN.sub("_", key.decode("utf-8", "replace")).lower()
            known = self._known[key] = _columns().get(plain, "")
        return known


@cache
def _columns() -> dict[str, str]:
    """Return the PI type of each name of a column that tells one by itself."""
    rows: dict[str, list[str]] = read("hongxian.guards.mask", "columns")
    return {name: info for info, names in rows.items() for name in names}


def load_fields(document: Path | None, *, names: bool = True) -> Fields:
    """Return the fields of an OpenAPI document, and those that are known by name.

    A schema's property with ``x-pi: basic.phone`` is of that type, with ``x-pi: false`` it is none.

    Raises:
        HongxianError: the document is not there, or is something else.
    """
    documented: dict[str, dict[str, str]] = {}
    if document is not None:
        content, base = read_openapi(document)
        for where, rows in content["paths"].items():
            for method, row in rows.items() if isinstance(rows, dict) else ():
                if method in METHODS and isinstance(row, dict):
                    path = _PLACE.sub("{id}", base + str(where))
                    own = dict(_answers(row, content))
                    if own:
                        documented[f"{method.upper()} {path}"] = own
    return Fields(documented, names=names)


def _answers(row: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield fields and PI types of all answers of an operation."""
    left: list[tuple[Any, int]] = [(row.get("responses"), 0)]
    seen: set[int] = set()
    while left and len(seen) < MOST:
        schema, depth = left.pop()
        schema = _followed(schema, content)
        if isinstance(schema, list):
            left += [(one, depth + 1) for one in schema]
        if not isinstance(schema, dict) or id(schema) in seen or depth > DEEPEST:
            continue
        seen.add(id(schema))
        properties = schema.get("properties")
        if isinstance(properties, dict):
            for name, own in properties.items():
                info = _told(_followed(own, content))
                if info is not None:
                    yield str(name), info
        left += [(one, depth + 1) for one in schema.values() if isinstance(one, dict | list)]


def _told(schema: Any) -> str | None:
    """Return the PI type that a property tells; empty when it tells that it is none."""
    told = schema.get("x-pi") if isinstance(schema, dict) else None
    if told is False:
        return ""
    try:
        return find_type(told).key if isinstance(told, str) else None
    except HongxianError:
        return None


def _followed(schema: Any, content: Mapping[str, Any]) -> Any:
    """Return what a reference within the document stands for."""
    for _ in range(DEEPEST):
        told = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(told, str) or not told.startswith("#/"):
            return schema
        schema = content
        for part in told[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            schema = schema.get(name) if isinstance(schema, dict) else None
    return None

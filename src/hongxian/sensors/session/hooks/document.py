"""Logs that are one JSON document: the report of MobSF, or a list of records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.hooks.lines import is_record, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator


def document(data: bytes) -> Any:
    """Return what a text holds as JSON; ``None`` when it is not valid."""
    try:
        return json.loads(data, strict=False)
    except (ValueError, RecursionError):
        return None


def is_document(data: Any) -> bool:
    """Whether JSON is a list of records or a report, not one record of many."""
    if isinstance(data, dict):
        return "apimon" in data or "droidmon" in data or any(_lists(data))
    return isinstance(data, list)


def records_of(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a document, each with its place in it."""
    lists = [("", data)] if isinstance(data, list) else _lists(data)
    for name, found in lists:
        for number, one in enumerate(found):
            record = unwrapped(one)
            if record is not None:
                yield f"{name} entry {number}".strip(), record


def _lists(data: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of calls of a MobSF report, or of the answer of its live monitor."""
    for part in ("apimon", "droidmon"):
        groups = data.get(part)
        for name, group in groups.items() if isinstance(groups, dict) else ():
            found = group.get("calls") if isinstance(group, dict) else group
            if isinstance(found, list):
                yield f"{part} {name}", found
    found = data.get("data")
    if isinstance(found, list) and not is_record(data):
        yield "data", found

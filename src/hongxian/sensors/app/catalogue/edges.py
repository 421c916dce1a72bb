"""The implicit-edge table: what the platform and libraries call back."""

from __future__ import annotations

from functools import cache
from typing import Any

from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.graph.implicit import Edge

WHEN = ("now", "user")
"""Without an act of the person; only after one."""


@cache
def load_edges() -> tuple[Edge, ...]:
    """Return all rows, in the order of the file."""
    return tuple(_edge(row) for row in rows("edges")["edge"])


@cache
def function_types() -> dict[str, tuple[str, ...]]:
    """Return the types whose objects are functions, and the methods that calls of them enter."""
    return {
        name: tuple(row["enters"]) for row in rows("edges")["function"] for name in row["types"]
    }


@cache
def edge_sources() -> dict[str, str]:
    """Return where each row's knowledge comes from, by its key."""
    return {row["key"]: row["source"] for row in rows("edges")["edge"]}


@cache
def platform_types() -> dict[bytes, tuple[bytes, ...]]:
    """Return supertypes of platform classes, both as descriptors."""
    table: dict[str, list[str]] = rows("platform_types")["supertypes"]
    return {_descriptor(name): tuple(map(_descriptor, above)) for name, above in table.items()}


def _edge(row: dict[str, Any]) -> Edge:
    return Edge(
        key=row["key"],
        trigger=tuple(_pair(trigger) for trigger in row["trigger"]),
        callback=row["callback"],
        enters=tuple(row["enters"]),
        when=row["when"],
        reason=row["reason"],
        needs=row.get("needs"),
    )


def _pair(trigger: str) -> tuple[str, str]:
    owner, _, method = trigger.partition("#")
    return owner, method


def _descriptor(name: str) -> bytes:
    return b"L" + name.replace(".", "/").encode() + b";"

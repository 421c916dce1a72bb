"""Which PI types an app operation reaches: by the permission it stands for, or by our own list."""

from __future__ import annotations

from functools import cache
from typing import Any

from hongxian.info.source import read
from hongxian.laws.permissions import load_android

_PREFIX = "android.permission."


def info_of(op: str) -> tuple[str, ...]:
    """Return the PI types that an operation reaches; none for one that reaches no PI."""
    row = load_ops().get(op)
    if row is not None and "info" in row:
        return tuple(row["info"])
    known = load_android().get(permission_of(op) or "")
    return known.info if known else ()


def permission_of(op: str) -> str | None:
    """Return the permission that an operation stands for; ``None`` when it has none."""
    row = load_ops().get(op)
    if row is not None:
        name = row.get("permission")
        return f"{_PREFIX}{name}" if name and "." not in name else name
    return f"{_PREFIX}{op}" if f"{_PREFIX}{op}" in load_android() else None


@cache
def load_ops() -> dict[str, dict[str, Any]]:
    """Return the rows of ``data/appops.toml`` by operation."""
    rows = read("hongxian.sensors.session.device", "appops")["op"]
    return {row["op"]: row for row in rows}

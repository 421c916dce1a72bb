"""Calls of libraries that look like a reading of PI and are none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.sensors.app.catalogue.source import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUse:
    """One such call."""

    owner: str
    """Calling class, or its package with a dot at the end."""
    apis: tuple[str, ...]
    """Keys of the APIs."""
    zh: str
    en: str
    source: str
    confidence: str


@cache
def load_known_uses() -> tuple[KnownUse, ...]:
    """Return all rows."""
    return tuple(
        KnownUse(
            owner=row["class"], apis=tuple(row["apis"]), zh=row["zh"], en=row["en"],
            source=row["source"], confidence=row["conf"],
        )
        for row in rows("known_uses")["use"]
    )  # fmt: skip


def known_use(class_name: str, api: str) -> KnownUse | None:
    """Return the row that explains a call, ``None`` for most calls."""
    for use in load_known_uses():
        if api in use.apis and _fits(class_name, use.owner):
            return use
    return None


def _fits(class_name: str, owner: str) -> bool:
    if owner.endswith("."):
        return class_name.startswith(owner)
    return class_name == owner or class_name.startswith(owner + "$")

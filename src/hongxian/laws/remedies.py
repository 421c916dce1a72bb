"""Where to complain, deadlines, legal weapons, and how the law came about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.info.source import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place to complain to."""

    key: str
    zh: str
    en: str
    how_zh: str
    how_en: str
    scope_zh: str
    scope_en: str
    needs: tuple[tuple[str, str], ...]
    """What it wants to see, each in Chinese and English."""
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """How soon something is due."""

    key: str
    zh: str
    en: str
    limit_zh: str
    limit_en: str
    counting: str
    """``calendar`` or ``working_days`` (of the People's Republic)."""
    basis: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """A provision that a person or an authority can rely on."""

    key: str
    where: str
    zh: str
    en: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A date in the making of the law."""

    date: str
    """Day, or month where no more is known."""
    zh: str
    en: str
    effect_zh: str
    effect_en: str
    confidence: str


@cache
def load_channels() -> dict[str, Channel]:
    """Return the places to complain to, by key; the operator itself comes first."""
    return {
        row["key"]: Channel(
            needs=tuple((zh, en) for zh, en in row.pop("needs")), confidence=row.pop("conf"), **row
        )
        for row in _rows("channel")
    }


@cache
def load_deadlines() -> dict[str, Deadline]:
    """Return the deadlines by key."""
    return {row["key"]: Deadline(confidence=row.pop("conf"), **row) for row in _rows("deadline")}


@cache
def load_weapons() -> dict[str, Weapon]:
    """Return the legal weapons by key."""
    return {row["key"]: Weapon(confidence=row.pop("conf"), **row) for row in _rows("weapon")}


@cache
def load_events() -> tuple[Event, ...]:
    """Return the dates, oldest first."""
    return tuple(Event(confidence=row.pop("conf"), **row) for row in _rows("event"))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read("hongxian.laws", "remedies")[name]
    return rows

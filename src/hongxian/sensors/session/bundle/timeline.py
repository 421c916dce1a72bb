"""The timeline of a bundle: one JSON object a line, each with the time on one clock or on two."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from hongxian.facts import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 1 << 20
MAX_EVENTS = 2_000_000
_LATEST = 1e11
"""No time in seconds since 1970 that anybody means is later."""

EVENTS = {
    "mark": "the tester did or saw something; name = a mark",
    "tap": "the screen was touched; x, y, text of the element",
    "screen": "the window changed; member = its dump, activity, package",
    "dialog": "the system asked for a permission; permission, answer = granted | denied",
    "lost": "a tool stopped recording; tool = its role, reason",
}
"""What an event can be; others are kept by writers for people to read and passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the timeline."""

    name: str
    device: float | None
    host: float | None
    detail: dict[str, Any] = field(default_factory=dict)
    line: int = 0

    def text(self, key: str) -> str:
        """Return a detail that should be text; nothing when it is not."""
        found = self.detail.get(key)
        return found if isinstance(found, str) else ""


def read_timeline(source: IO[bytes], where: str, unread: list[Reason]) -> Iterator[Event]:
    """Yield the events; lines that are none are counted into ``unread``."""
    broken = 0
    number = 0
    for number, line in enumerate(_lines(source), 1):
        event = _event(line, number)
        if event is not None:
            yield event
        elif line.strip():
            broken += 1
    if broken:
        unread.append(Reason("session.timeline_lines", {"count": broken, "of": number}, where))


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    for _ in range(MAX_EVENTS):
        line = source.readline(MAX_LINE)
        if not line:
            return
        yield line


def _event(line: bytes, number: int) -> Event | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict) or not isinstance(row.get("event"), str):
        return None
    rest = {key: value for key, value in row.items() if key not in ("event", "device", "host")}
    return Event(name=row["event"], device=_number(row.get("device")),
                 host=_number(row.get("host")), detail=rest, line=number)  # fmt: skip


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LATEST else None

"""Calls by which code shows how it treats the person: shows something, leaves, repeats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.sensors.app.catalogue.source import rows

KINDS = ("show", "leave", "pace", "stop")
TIME_UNIT = "TimeUnit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """One row of the list."""

    kind: str
    """``show``, ``leave``, ``pace`` or ``stop``."""
    owner: str
    methods: tuple[str, ...]
    words: bool = False
    """Of ``show``: a dialog or notice, in which a purpose can be told."""
    parameter: str = "J"
    """Of ``pace``: descriptor of the parameter that says how often."""
    number: int = 0
    """Which of the parameters of that type it is."""
    unit: float | None = None
    """Seconds per step; ``None``: another parameter says it."""
    once: int = 0
    """Below that number the call reads once."""
    info: str | None = None
    """The PI type read so often; ``None``: what the task reads that is handed over."""
    again: bool = False
    """A loop only when the task hands itself over again."""


@cache
def load_conduct() -> tuple[Conduct, ...]:
    """Return all rows."""
    return tuple(
        Conduct(
            kind=kind,
            owner=row["class"],
            methods=tuple(row["methods"]),
            words=row.get("words", False),
            parameter=row.get("kind", "J"),
            number=row.get("number", 0),
            unit=None if row.get("unit") == TIME_UNIT else row.get("unit"),
            once=row.get("once", 0),
            info=row.get("info"),
            again=row.get("again", False),
        )
        for kind in KINDS
        for row in rows("conduct")[kind]
    )

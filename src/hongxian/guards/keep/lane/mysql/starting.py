"""A session as it was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """Who it is, and in which database (:data:`~.reading.NOWHERE` for none)."""

    role: str
    database: str

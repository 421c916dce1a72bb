"""Which PI types are sensitive, by which text, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.source import covers, read
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One text that lists sensitive PI."""

    key: str
    zh: str
    en: str
    valid_from: date
    valid_to: date | None
    confidence: str
    note: str
    listed: frozenset[str]
    """Keys of the PI types that it names."""

    def in_force(self, on: date) -> bool:
        """Return whether its list counts on a day."""
        return covers(on, self.valid_from, self.valid_to)


@cache
def load_standards() -> dict[str, Standard]:
    """Return the texts by key, oldest first."""
    return {
        row["key"]: Standard(
            key=row["key"],
            zh=row["zh"],
            en=row["en"],
            valid_from=row["from"],
            valid_to=row.get("to"),
            confidence=row["conf"],
            note=row.get("note", ""),
            listed=frozenset(row["listed"]),
        )
        for row in read("hongxian.info", "sensitivity")["standard"]
    }


def listing(info: str, on: date, standard: str | None = None) -> tuple[Standard, ...]:
    """Return the texts in force on a day that name a PI type sensitive.

    Args:
        info: key of the PI type.
        on: the day.
        standard: ask this text alone.

    Raises:
        HongxianError: there is no such text.
    """
    standards = load_standards()
    if standard is not None and standard not in standards:
        known = ", ".join(standards)
        raise WordedError("no_standard", word=standard, known=known)
    asked = standards.values() if standard is None else (standards[standard],)
    return tuple(one for one in asked if one.in_force(on) and info in one.listed)

"""What a database held in one moment: rows and sums of its tables, answers to queries."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA = "hongxian_drill"
"""Holds the marks."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A table: how many rows, and the sum of their hashes in digits."""

    rows: int
    sum: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a database held: table -> sum, query -> its rows as text."""

    tables: Mapping[str, Sum]
    queries: Mapping[str, str]

    def record(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Seen:
        """Return what :meth:`record` gave."""
        tables = {name: Sum(**one) for name, one in record["tables"].items()}
        return cls(tables, dict(record["queries"]))


def answer(rows: Iterable[Iterable[object]]) -> str:
    """Return what a query gave as text, a line for each row."""
    return "\n".join("|".join(map(str, row)) for row in rows)

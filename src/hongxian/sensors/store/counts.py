"""What is counted of a column: numbers, never a value, so that it may be kept and added up."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class HitCount:
    """How often one PI type was found in one column."""

    valid: int = 0
    """Rows with a value that is right in form and check digit."""
    labelled: int = 0
    """Rows where only the label says so."""
    whole: int = 0
    """Rows that are the value and nothing else."""
    distinct: int = 0
    """Different values of the sample that are hits."""
    first: list[int] = field(default_factory=list)
    """Numbers of the first rows, from 1."""
    excerpt: str = ""
    """The first of them, covered."""

    @property
    def rows(self) -> int:
        """Rows with a hit of either grade."""
        return self.valid + self.labelled

    def add(self, other: HitCount) -> None:
        """Add the count of another part of the same rows; the excerpt is of the first row."""
        self.valid += other.valid
        self.labelled += other.labelled
        self.whole += other.whole
        self.distinct += other.distinct
        if not self.first or (other.first and other.first[0] < self.first[0]):
            self.excerpt = other.excerpt or self.excerpt
        self.first = sorted({*self.first, *other.first})[:3]


@dataclass(slots=True, kw_only=True)
class ColumnCounts:
    """What was counted of one column."""

    name: str
    type: str = ""
    comment: str = ""
    rows: int = 0
    nulls: int = 0
    bytes: int = 0
    hits: dict[str, HitCount] = field(default_factory=dict)
    sampled: int = 0
    """Values of the sample in which distinct ones were counted."""
    distinct: int = 0
    """Different values among them."""
    shapes: dict[str, int] = field(default_factory=dict)
    """Different values of the sample by their shape (see shapes.py)."""
    oldest: str | None = None
    newest: str | None = None
    """First and last day of a column of dates."""

    @property
    def texts_left(self) -> bool:
        """Whether the column has texts in which no name and no address was looked for."""
        return bool(self.shapes.get("text")) and self.distinct > self.shapes["tested"]

    @property
    def filled(self) -> int:
        """Rows that hold a value."""
        return self.rows - self.nulls

    def add(self, other: ColumnCounts) -> None:
        """Add the counts of a later part of the same column, but for what its sample gave."""
        self.type = self.type or other.type
        for info, hit in other.hits.items():
            self.hits.setdefault(info, HitCount()).add(hit)
        for name in ("rows", "nulls", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True, kw_only=True)
class TableCounts:
    """What was counted of one table."""

    where: str
    name: str
    medium: str
    kind: str
    fingerprint: str = ""
    rows: int = 0
    """Rows that were read."""
    total: int | None = None
    """Rows that there are, as the source says; ``None`` when all were read."""
    bytes: int = 0
    columns: list[ColumnCounts] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    """Why it was not read in full, as data of reasons."""
    proven: list[str] = field(default_factory=list)
    """Columns that are the bare hash of another column's values."""
    present: dict[str, int] = field(default_factory=dict)
    """Column -> rows of persons who should be gone."""

    @property
    def place(self) -> str:
        """The table's place for people."""
        return f"{self.where}: {self.name}" if self.name else self.where

    @property
    def sampled(self) -> bool:
        """Whether a sample was read, not all."""
        return self.total is not None and self.total > self.rows

    def data(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return asdict(self)


def read_counts(data: dict[str, Any]) -> TableCounts:
    """Return counts from their data.

    Raises:
        TypeError, ValueError, KeyError: they are no such data.
    """
    columns = []
    for column in data["columns"]:
        hits = {info: HitCount(**hit) for info, hit in column["hits"].items()}
        columns.append(ColumnCounts(**{**column, "hits": hits}))
    return TableCounts(**{**data, "columns": columns})

"""What every source yields: tables with named columns, and their rows in Arrow batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as its source describes it."""

    name: str
    type: str = ""
    """The type, in the source's own words."""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many rows to take, and by which draw."""

    rows: int
    seed: int = 0


class Reader(Protocol):
    """Reads a table's rows."""

    def __call__(self, sample: Sample | None, /) -> Iterator[Any]:
        """Yield ``pyarrow.RecordBatch``: all rows, or about as many as the sample asks for."""


@dataclass(slots=True, kw_only=True)
class Table:
    """A table, a file of records, or a text whose lines are its rows."""

    where: str
    """The file or the database, as the user knows it."""
    name: str
    """Name inside of it; empty when the file is the table."""
    medium: str
    """``table``, ``log``, ``text``, ``document`` or ``dump``."""
    kind: str
    """Format of the source, such as ``csv``."""
    read: Reader
    coded: Reader | None = None
    """Reads the same for who counts: strings that repeat come as a dictionary and indices."""
    columns: tuple[Column, ...] = ()
    """What is known before reading; rows may have more."""
    rows: int | None = None
    """How many rows there are, or about, when the source tells."""
    size: int | None = None
    """Bytes of the source."""
    fingerprint: str = ""
    """Changes when the rows do; empty when nothing cheap tells."""
    samples: bool = False
    """The source itself can draw a sample: it need not read every row."""
    schema: Any = None
    """Arrow's own, when the source has one."""
    lost: int = 0
    """Rows that could not be read, among those before the next; filled while reading."""
    problems: list[Reason] = field(default_factory=list)
    """What could not be read, filled while reading."""

    @property
    def place(self) -> str:
        """The table's place for people: ``users.db: members``."""
        return f"{self.where}: {self.name}" if self.name else self.where

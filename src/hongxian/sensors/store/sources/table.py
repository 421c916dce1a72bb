"""What every source yields: tables with named columns, and their rows in Arrow batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a table's rows that lie one behind the other."""

    begin: int | None
    """The first place of it: a byte, a page, a key; ``None`` from the beginning on."""
    end: int | None
    """The place behind its last; ``None`` to the end."""

    def joined(self, later: Span) -> Span:
        """Return this span and the one behind it as one."""
        return Span(self.begin, later.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """How a table that is too large for one reader is cut into spans.

    Spans one behind the other give the rows of the table as one reader gets them.
    """

    spans: Callable[[int], list[Span]]
    """Returns spans of about so many bytes each; none when there would be one only."""
    count: Callable[[Span], int | None]
    """Returns how many rows a span has; ``None`` when one cannot tell without the rest."""
    read: Callable[[Span], Iterator[Any]]
    """Yields the rows of a span, as :attr:`Table.read` does."""


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
    cuts: Cuts | None = None
    """How several readers share it, where the source can be cut."""
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

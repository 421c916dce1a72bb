"""What readers of databases share: samples, spans, batches of rows, errors without values."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.table import Span
from hongxian.sensors.store.sources.values import arrow_batch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROWS = 8_192
"""Rows of a batch."""
DEVIATIONS = 3
"""Standard deviations by which a draw takes more rows, so that it hardly ever has too few. No more:
rows beyond the number wanted are cut off at the end of the table, where the newest often lie."""


def share_of(rows: int, wanted: int) -> float:
    """Return the share of a table that gives about as many rows as wanted; 1 when it is small."""
    most = wanted + DEVIATIONS * math.sqrt(wanted)
    return 1.0 if rows <= most else most / rows


def spans_of(first: int, last: int, count: int) -> list[Span]:
    """Return so many spans of places from the first to the last, alike in length; none for one."""
    if count < 2 or last - first < count:
        return []
    edges = [first + (last - first) * part // count for part in range(1, count)]
    return [Span(begin, end) for begin, end in pairwise([None, *edges, None])]


def cursor_batches(cursor: Any, names: Sequence[str]) -> Iterator[Any]:
    """Yield what a cursor gives as batches."""
    while rows := cursor.fetchmany(ROWS):
        yield arrow_batch(rows, names)


def fault(error: Exception) -> SourceError:
    """Return a database's error as a fault: its class alone, for its text may hold a value."""
    return SourceError("database", kind=type(error).__name__)

"""Progress of a scan, on stderr and only on a terminal: rows, MB/s, time left."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from hongxian.audit.progress import duration
from hongxian.words import say
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from hongxian.sensors.store.sources.table import Table

EVERY = 0.2
"""Seconds between two lines."""


class ScanProgress:
    """Counts rows and bytes and estimates the time left.

    Args:
        total: bytes to read where that is known.
        lang: language of the line.
        quiet: show nothing.
    """

    def __init__(self, total: int | None, lang: str, *, quiet: bool = False) -> None:
        """Start the clock."""
        self.total, self.lang = total, lang
        self.shown = not quiet and sys.stderr.isatty()
        self.start = time.monotonic()
        self.last = 0.0
        self.rows = self.bytes = 0
        self.place = ""

    def begun(self, table: Table) -> None:
        """Take note of the table that is being read."""
        self.place = mask(table.place)

    def moved(self, rows: int, size: int) -> None:
        """Count a batch and rewrite the line."""
        self.rows += rows
        self.bytes += size
        moment = time.monotonic()
        if self.shown and moment - self.last >= EVERY:
            self.last = moment
            sys.stderr.write(f"\r\x1b[K{self.line(moment - self.start)}")
            sys.stderr.flush()

    def line(self, seconds: float) -> str:
        """Return the line after some seconds."""
        speed = self.bytes / max(seconds, 0.001)
        left = "?"
        if self.total and speed:
            left = duration(max(0.0, (self.total - self.bytes) / speed))
        return say(
            "store.progress", self.lang, place=self.place, rows=f"{self.rows:,}",
            speed=f"{speed / 1e6:.1f}", left=left,
        )  # fmt: skip

    def done(self) -> None:
        """Clear the line."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

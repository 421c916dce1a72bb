"""What was scanned before: a file of counts, one table per line, written as the scan goes on.

A scan that was broken off goes on behind the last line; one that is repeated skips the tables
whose fingerprint is unchanged. The file holds numbers and covered excerpts, never a value.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, TextIO

from hongxian.sensors.store.counts import TableCounts, read_counts
from hongxian.words.worded import unreadable

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 3


class State:
    """The state file of a scan.

    Args:
        path: the file; it is made when it is not there.
        settings: what the counts depend on besides the rows; others make them worthless.

    Raises:
        HongxianError: the file cannot be read or written.
    """

    def __init__(self, path: Path, settings: dict[str, Any]) -> None:
        """Read what is there; a line that was cut off by a break is dropped."""
        self.path = path
        self.settings = {"version": VERSION, **settings}
        self.tables: dict[str, TableCounts] = {}
        self.file: TextIO | None = None
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise unreadable(path, error) from None
        if lines and _read(lines[0]) == self.settings:
            for line in lines[1:]:
                self._take(line)

    def _take(self, line: str) -> None:
        data = _read(line)
        if data is None:
            return
        try:
            counts = read_counts(data)
        except (TypeError, ValueError, KeyError, AttributeError):
            return
        self.tables[counts.place] = counts

    def known(self, place: str, fingerprint: str) -> TableCounts | None:
        """Return the counts of a table if it has not changed since; without fingerprint never."""
        counts = self.tables.get(place)
        return counts if counts and fingerprint and counts.fingerprint == fingerprint else None

    def keep(self, counts: TableCounts) -> None:
        """Write the counts of a table down, so that a break loses none."""
        self.tables[counts.place] = counts
        try:
            if self.file is None:
                self.file = self._begin()
            self.file.write(json.dumps(counts.data(), ensure_ascii=False) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError as error:
            raise unreadable(self.path, error) from None

    def _begin(self) -> TextIO:
        """Write the file anew with what still holds, beside the old one, and put it in place."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps(self.settings) + "\n")
            for counts in self.tables.values():
                file.write(json.dumps(counts.data(), ensure_ascii=False) + "\n")
        fresh.replace(self.path)
        return self.path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()
            self.file = None


def _read(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None

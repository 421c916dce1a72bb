"""The drill of a MariaDB server."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pymysql

from hongxian.guards.keep.drill.course import Course, differences
from hongxian.guards.keep.drill.mariadb.marks import TABLE
from hongxian.guards.keep.drill.mariadb.restore import Restored, restore
from hongxian.guards.keep.drill.mariadb.scratch import MariaScratch
from hongxian.guards.keep.drill.mariadb.sums import KINDS, quoted, rows, seen, tables
from hongxian.guards.keep.drill.results import Check
from hongxian.guards.keep.vault.mariadb.stream import number

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.marks import Mark
    from hongxian.guards.keep.drill.settings import MariaTried
    from hongxian.guards.keep.vault.objects import Store

MARGIN = 2.0
"""Seconds before a moment up to which a mark must come back: logs know whole seconds, and the
drill's machine has another clock than the server."""
MARKED = f"select count(*) from {TABLE} where id = %s"
ALL = f"""
select table_schema, table_name from information_schema.tables where {KINDS}
  and table_schema not in ('information_schema', 'performance_schema', 'sys') order by 1, 2
"""
WELL = ("OK", "Table is already up to date")
"""What ``CHECK TABLE`` says of a table that is whole."""
NO_CHECK = "doesn't support check"
"""What it says of an engine that cannot be looked at."""


class MariaCourse(Course["MariaTried"]):
    """A drill on its way."""

    def __init__(
        self, store: Store, source: MariaTried, folder: Path, told: list[Mark], until: float | None
    ) -> None:
        """Begin with nothing restored; marks that may lie behind the moment are not asked for."""
        fit = [one for one in told if until is None or one.at + MARGIN <= until]
        super().__init__(store, source, folder, fit, until)
        self._restored: Restored | None = None
        self._scratch: MariaScratch | None = None

    def restore(self) -> None:
        """Bring base and binary logs out of the vault, and prepare a server over them."""
        found = restore(self._store, self._source.name, self._folder, self._until)
        self._restored, self.base, self.size = found, found.base.number, found.size
        self.latest = found.latest or found.base.entry.at
        self.mark = next((one for one in reversed(self._told) if _within(one, found)), None)
        self._scratch = MariaScratch(found, self._folder, self._source)
        self._scratch.prepare()

    def replay(self) -> None:
        """Replay to the mark, look at it there, and go on to the end."""
        scratch, found = self._both
        scratch.start()
        logs, start = list(found.logs), found.base.position
        if self.mark is not None:
            log, stop = _place(self.mark)
            scratch.replay([one for one in logs if number(one.name) <= number(log)], start, stop)
            began = time.monotonic()
            self.checks += self._compared(self.mark)
            self.looked = time.monotonic() - began
            logs, start = [one for one in logs if number(one.name) >= number(log)], stop
        if len(logs) > 1 or (logs and logs[0].stat().st_size > start):
            scratch.replay(logs, start)

    def look(self) -> None:
        """Look for the newest mark, and at every table."""
        with self._both[0].connected() as base:
            for one in self._told[-1:]:
                there = _marked(base, one.number)
                self.checks.append(Check("mark", one.number, "passed" if there else "failed", ""))
            if self._source.check:
                self.checks += list(_checked(base))

    def leave(self) -> None:
        """End the server, so that its files can be started as they are."""
        self._both[0].leave()

    def end(self) -> None:
        """End the server."""
        if self._scratch is not None:
            self._scratch.end()

    @property
    def _both(self) -> tuple[MariaScratch, Restored]:
        assert self._scratch is not None  # noqa: S101 - nothing is replayed before it is restored
        return self._scratch, self._scratch.restored

    def _compared(self, mark: Mark) -> list[Check]:
        with self._both[0].connected() as base:
            there = set(tables(base))
            names = [name for name in mark.seen.tables if name in there]
            return list(differences(mark, seen(base, names, mark.queries, mark.seed)))


def _place(mark: Mark) -> tuple[str, int]:
    log, _, position = mark.position.rpartition(":")
    return log, int(position)


def _within(mark: Mark, restored: Restored) -> bool:
    """Return whether a mark stands behind the base, and in what was brought back of the logs."""
    log, position = _place(mark)
    if (number(log), position) < (number(restored.base.log), restored.base.position):
        return False
    found = next((one for one in restored.logs if number(one.name) == number(log)), None)
    return found is not None and position <= found.stat().st_size


def _marked(base: Any, number_: str) -> bool:
    try:
        return bool(rows(base, MARKED, number_)[0][0])
    except pymysql.ProgrammingError:  # there is no such table
        return False


def _checked(base: Any) -> list[Check]:
    """Let MariaDB look at every page of tables and indexes; a check for what is not well."""
    bad = []
    names = [f"{quoted(schema)}.{quoted(table)}" for schema, table in rows(base, ALL)]
    for name in names:
        said = [row[3] for row in rows(base, f"check table {name}") if row[2] != "note"]
        if said[-1] not in WELL and NO_CHECK not in said[-1]:
            bad.append(Check("pages", name, "failed", said[-1][:200]))
    return bad or [Check("pages", "", "passed", str(len(names)))]

"""The drill of a PostgreSQL server."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.course import Course, differences
from hongxian.guards.keep.drill.postgresql.marks import TABLE
from hongxian.guards.keep.drill.postgresql.restore import restore
from hongxian.guards.keep.drill.postgresql.scratch import PORT, Scratch
from hongxian.guards.keep.drill.postgresql.sums import connected, seen
from hongxian.guards.keep.drill.results import Check, moment
from hongxian.guards.keep.programs import ProgramError, program, ran
from hongxian.guards.keep.vault.postgresql.wal import position_of

if TYPE_CHECKING:
    from pathlib import Path

    import asyncpg

    from hongxian.guards.keep.drill.marks import Mark
    from hongxian.guards.keep.drill.settings import SourceSettings
    from hongxian.guards.keep.vault.objects import Store

PAUSED = "select pg_get_wal_replay_pause_state() = 'paused'"
OPEN = "select not pg_is_in_recovery()"
LATEST = "select coalesce(extract(epoch from pg_last_xact_replay_timestamp()), 0)"
MARKED = f"select count(*) from {TABLE} where id = '%s'"


class PostgresCourse(Course["SourceSettings"]):
    """A drill on its way."""

    def __init__(
        self, store: Store, source: SourceSettings, folder: Path, told: list[Mark],
        until: float | None,
    ) -> None:  # fmt: skip
        """Begin with nothing restored."""
        super().__init__(store, source, folder, told, until)
        self._scratch: Scratch | None = None
        self._database, self._role = "postgres", source.superuser

    def restore(self) -> None:
        """Bring base and WAL out of the vault, and prepare a server over them."""
        restored = restore(self._store, self._source.name, self._folder, self._until)
        self.base, self.size = restored.base.number, restored.size
        end = position_of(restored.base.end)
        fit = [one for one in self._told if position_of(one.position) > end
               and (self._until is None or one.at <= self._until)]  # fmt: skip
        known = (fit or self._told)[-1] if self._told else None
        if known is not None:
            self._database, self._role = known.database, known.superuser
        self.mark = fit[-1] if fit else None
        self._scratch = Scratch(restored, self._folder, self._source)
        self._scratch.prepare()
        self._scratch.owned()

    def replay(self) -> None:
        """Replay to the mark, look at it there, and go on to the end."""
        scratch = self._server
        if self.mark is not None:
            scratch.start(recovery_target_xid=str(self.mark.xid), recovery_target_action="pause")
            self._wait(PAUSED)
            began = time.monotonic()
            self.checks += asyncio.run(self._compared(self.mark))
            self.latest = float(self._sql(LATEST))
            scratch.end()
            self.looked = time.monotonic() - began
        target = {}
        if self._until is not None:
            target = {"recovery_target_time": moment(self._until),
                      "recovery_target_action": "promote"}  # fmt: skip
        scratch.start(**target)
        self._wait(OPEN)
        self.latest = max(self.latest, float(self._sql(LATEST)))

    def look(self) -> None:
        """Look for the newest mark, and at every page."""
        newest = [one for one in self._told if self._until is None or one.at < self._until][-1:]
        for one in newest:
            try:
                there = self._sql(MARKED % one.number) == "1"
            except ProgramError:
                there = False
            self.checks.append(Check("mark", one.number, "passed" if there else "failed", ""))
        if self._source.amcheck:
            self.checks.append(self._amchecked())

    def end(self) -> None:
        """End the server."""
        if self._scratch is not None:
            self._scratch.end()

    @property
    def _server(self) -> Scratch:
        assert self._scratch is not None  # noqa: S101 - nothing is replayed before it is restored
        return self._scratch

    def _sql(self, text: str) -> str:
        return self._server.sql(text, self._database, self._role)

    def _wait(self, asked: str) -> None:
        self._server.wait(asked, self._database, self._role)

    async def _compared(self, mark: Mark) -> list[Check]:
        base = await connected(
            f"host={self._server.socket} port={PORT} user={self._role} dbname={self._database}"
        )
        try:
            names = [name for name in mark.seen.tables if await _there(base, name)]
            return list(differences(mark, await seen(base, names, mark.queries, mark.seed)))
        finally:
            await base.close()

    def _amchecked(self) -> Check:
        """Let PostgreSQL's ``pg_amcheck`` look at every page of tables and indexes."""
        try:
            command = [program("pg_amcheck", self._source.programs), "-p", str(PORT), "-w",
                       "-h", str(self._server.socket), "-U", self._role]  # fmt: skip
            ran([*command, "-d", self._database, "--install-missing"])
        except HongxianError:
            return Check("amcheck", self._database, "unclear", "pg_amcheck")
        except ProgramError as error:
            return Check("amcheck", self._database, "failed", str(error))
        return Check("amcheck", self._database, "passed", "")


async def _there(base: asyncpg.Connection, name: str) -> bool:
    return await base.fetchval("select to_regclass($1) is not null", name)  # type: ignore[no-any-return]

"""The guard's own connection to a database: reads its catalog, and asks its planner for rows."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from hongxian.guards.keep.statements.classify import Classifier, after
from hongxian.guards.keep.statements.read_catalog import read_catalog
from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.verdict import Judgement

PATIENCE = 10.0
"""Seconds for which the database is waited for."""
PLANNING = 2.0
"""Seconds that planning a statement may take."""

_HELD = """
select coalesce(sum(greatest(c.reltuples::bigint, s.n_live_tup, 0)), 0)::bigint as rows,
       coalesce(bool_or(c.reltuples < 0 and s.n_live_tup is null), false) as unknown, count(*) as n
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join pg_stat_all_tables s on s.relid = c.oid
where c.relkind in ('r', 'm', 'p') and (n.nspname || '.' || c.relname = any($1::text[])
  or n.nspname = any($1::text[]) or current_database() = any($1::text[])
  or c.oid in (select inhrelid from pg_inherits i join pg_class p on p.oid = i.inhparent
     join pg_namespace m on m.oid = p.relnamespace
     where m.nspname || '.' || p.relname = any($1::text[])))
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A catalog, and the judge by it (:class:`~.judged.State`)."""

    catalog: Catalog
    classifier: Classifier

    @classmethod
    def of(cls, catalog: Catalog) -> Snapshot:
        """Return the snapshot of a catalog."""
        return cls(catalog, Classifier(catalog))

    def judge(
        self, text: str, estimate: Callable[[str], float | None] | None = None,
        given: Mapping[int, int] | None = None,
    ) -> Judgement:  # fmt: skip
        """Judge a text."""
        return self.classifier.classify(text, estimate, given)

    def after(self, text: str) -> Snapshot:
        """Return the snapshot as it is once a text has run; what was there stays beside."""
        return Snapshot.of(after(text, self.catalog))


class Control:
    """A connection that is opened when it is needed, and anew when it broke.

    Args:
        reach: what asyncpg connects with.
        database: the database.
    """

    def __init__(self, reach: Mapping[str, Any], database: str) -> None:
        """Open nothing yet."""
        self._reach, self._database = reach, database
        self._lock = asyncio.Lock()
        self._before: Catalog | None = None
        self._called: frozenset[str] = frozenset()
        self._connection: Any = None

    async def read(self) -> Snapshot:
        """Return a snapshot of the catalog.

        Raises:
            Exception: whatever hinders it; the connection is opened anew the next time.
        """
        async with self._lock:
            connection = await self._connected()
            try:
                async with asyncio.timeout(PATIENCE):
                    catalog = await read_catalog(connection, self._before)
            except BaseException:
                self._drop()
                raise
            self._called |= catalog.functions.keys()
            self._before = catalog.with_gone(self._called)
            return Snapshot.of(self._before)

    async def planned(self, text: str, role: str, tables: Sequence[str]) -> float | None:
        """Return rows that a statement changes, as the planner says.

        It is planned as the role that would run it, in a transaction that cannot write: planning
        may run functions that call themselves immutable.
        """
        schemas = sorted({one.partition(".")[0] for one in tables if "." in one})
        path = ", ".join(_quoted(one) for one in [*schemas, "pg_catalog"])
        async with self._lock:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._planned(text, role, path)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError, KeyError,
                    IndexError, TimeoutError):  # fmt: skip
                self._drop()
                return None

    async def _planned(self, text: str, role: str, path: str) -> float | None:
        connection = await self._connected()
        transaction = connection.transaction(readonly=True)
        await transaction.start()
        try:
            await connection.execute(f"set local statement_timeout = {int(PLANNING * 1000)}")
            await connection.execute(f"set local search_path = {path}")
            await connection.execute(f"set local role {_quoted(role)}")
            told = await connection.fetchval(f"explain (format json) {text}")
        finally:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
                await transaction.rollback()
        plan = json.loads(told)[0]["Plan"]
        inner = plan["Plans"] if plan["Node Type"] == "ModifyTable" else [plan]
        return float(sum(one["Plan Rows"] for one in inner))

    async def held(self, tables: Sequence[str]) -> int:
        """Return rows of tables, schemas or databases together, or that nobody knows."""
        async with self._lock:
            try:
                async with asyncio.timeout(PATIENCE):
                    row = await (await self._connected()).fetchrow(_HELD, list(tables))
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                self._drop()
                return UNKNOWN_ROWS
        return UNKNOWN_ROWS if row["unknown"] or not row["n"] else int(row["rows"])

    async def _connected(self) -> Any:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                **self._reach, database=self._database, timeout=PATIENCE,
                statement_cache_size=0, server_settings={"application_name": "hongxian keep"},
            )  # fmt: skip
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = self._before = None

    def close(self) -> None:
        """Close the connection."""
        self._drop()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

"""The guard's own connection to a server: reads its catalog, and counts rows as the server does."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pymysql

from hongxian.guards.keep.lane.mysql.place import ServerSnapshot
from hongxian.guards.keep.statements.mysql.read_catalog import read_catalog
from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATIENCE = 10
"""Seconds for which the server is waited for."""
_OWN = "set session sql_mode = '', session group_concat_max_len = 1048576, time_zone = '+00:00'"
_HELD = """select coalesce(sum(table_rows), 0), coalesce(sum(table_rows is null), 0), count(*)
from information_schema.tables where table_type <> 'VIEW'
and (concat(table_schema, '.', table_name) in ({0}) or table_schema in ({0}))"""


class ServerControl:
    """A connection that is opened when it is needed, and anew when it broke.

    Args:
        reach: what pymysql connects with.
    """

    def __init__(self, reach: Mapping[str, Any]) -> None:
        """Open nothing yet."""
        self._reach = reach
        self._lock = asyncio.Lock()
        self._connection: Any = None

    async def read(self) -> ServerSnapshot:
        """Return a snapshot of the catalog.

        Raises:
            Exception: whatever hinders it; the connection is opened anew the next time.
        """
        async with self._lock:
            try:
                return await asyncio.to_thread(self._read)
            except BaseException:
                self.close()
                raise

    def _read(self) -> ServerSnapshot:
        return ServerSnapshot(read_catalog(self._connected()))

    async def planned(self, text: str, role: str, tables: Sequence[str]) -> float | None:
        """Return that nobody knows: this server's planner is not asked."""
        del text, role, tables
        return None

    async def held(self, tables: Sequence[str]) -> int:
        """Return rows of tables or databases together, or that nobody knows."""
        async with self._lock:
            try:
                rows, unknown, count = await asyncio.to_thread(self._held, list(tables))
            except (pymysql.Error, OSError):
                self.close()
                return UNKNOWN_ROWS
        return UNKNOWN_ROWS if unknown or not count else int(rows)

    def _held(self, tables: list[str]) -> tuple[int, int, int]:
        with self._connected().cursor() as cursor:
            cursor.execute(_HELD.format(", ".join(["%s"] * len(tables))), tables * 2)
            rows, unknown, count = cursor.fetchone()
        return int(rows), int(unknown), int(count)

    def _connected(self) -> Any:
        if self._connection is None:
            self._connection = pymysql.connect(
                **self._reach, charset="utf8mb4", autocommit=True, init_command=_OWN,
                connect_timeout=PATIENCE, read_timeout=PATIENCE, write_timeout=PATIENCE,
            )  # fmt: skip
        return self._connection

    def close(self) -> None:
        """Let go of the connection."""
        held, self._connection = self._connection, None
        if held is not None:
            with suppress(pymysql.Error, OSError):
                held.close()

"""The guard's own hands in a database: undoes and ends what was kept, as the role that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncpg

from hongxian.guards.keep.statements.quarantine.names import quoted
from hongxian.guards.keep.tickets.errors import TicketError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .acts import Act

PATIENCE = 10.0
"""Seconds for which a connection, and a lock, is waited for."""
_FAULTS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

_OWNER = "select pg_get_userbyid(nspowner)::text from pg_namespace where nspname = $1"
_DATABASE = "select $2::text from pg_database where datname = $1"


class Hands:
    """Acts in databases.

    Args:
        reach: what asyncpg connects with.
    """

    def __init__(self, reach: Mapping[str, Any]) -> None:
        """Open nothing yet."""
        self._reach = reach

    async def there(self, acts: Iterable[Act]) -> set[str]:
        """Return which of some acts of one database have left something there.

        Raises:
            TicketError: the database cannot be asked.
        """
        found: set[str] = set()
        connection: Any = None
        try:
            for act in acts:
                connection = connection or await self._connected(act.database)
                if await _owner(connection, act) is not None:
                    found.add(act.id)
        except _FAULTS as error:
            raise _failed(error) from None
        finally:
            if connection is not None:
                connection.terminate()
        return found

    async def undo(self, act: Act) -> None:
        """Bring back what an act took, all of it or nothing.

        Raises:
            TicketError: it cannot be brought back, with the server's reason.
        """
        try:
            connection = await self._connected(act.database)
            try:
                owner = await _owner(connection, act)
                if owner is None:
                    raise TicketError("act_gone", id=act.id)
                async with connection.transaction():
                    await _placed(connection, owner)
                    for one in act.undo:
                        await connection.execute(one)
            finally:
                connection.terminate()
        except _FAULTS as error:
            raise _failed(error) from None

    async def end(self, act: Act) -> None:
        """Drop for good what an act kept; what is dropped already may be asked for again.

        Raises:
            TicketError: it cannot be dropped now.
        """
        try:
            connection = await self._connected(act.database)
            try:
                owner = await _owner(connection, act)
                if owner is None:
                    return
                await connection.execute(f"set role {quoted(owner)}")
                await connection.execute(f"set lock_timeout = '{int(PATIENCE)}s'")
                for one in act.close:
                    await connection.execute(one)
            finally:
                connection.terminate()
        except _FAULTS as error:
            raise _failed(error) from None

    async def _connected(self, database: str) -> Any:
        return await asyncpg.connect(
            **self._reach, database=database, timeout=PATIENCE, statement_cache_size=0,
            server_settings={"application_name": "hongxian keep"},
        )  # fmt: skip


async def _owner(connection: Any, act: Act) -> str | None:
    """Return whom what an act kept belongs to; ``None`` when it is not there."""
    if act.kept_database:
        found = await connection.fetchval(_DATABASE, act.kept_database, act.role)
    else:
        found = await connection.fetchval(_OWNER, act.schema)
    return None if found is None else str(found)


async def _placed(connection: Any, owner: str) -> None:
    """Be who owns what is brought back; nothing that a path or a policy hides is passed over."""
    for one in (
        f"set local lock_timeout = '{int(PATIENCE)}s'",
        "set local search_path = pg_catalog",
        "set local row_security = off",
        f"set local role {quoted(owner)}",
    ):
        await connection.execute(one)


def _failed(error: BaseException) -> TicketError:
    state = getattr(error, "sqlstate", None)
    if not state:
        return TicketError("act_failed", names=type(error).__name__)
    names = ("schema_name", "table_name", "constraint_name")
    about = [getattr(error, name, None) for name in names]
    named = ".".join(one for one in about if one)
    return TicketError("act_failed", names=f"{type(error).__name__} {state} {named}".strip())

"""A client's own session as a connection that reads the catalog: as its transaction sees it.

Used between two messages of the client, in an open transaction, whose definitions nobody else sees.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.keep.lane import frames

from .screen import READY, Part, Script, new_mark

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 10.0
"""Seconds for which an answer is waited for."""


class Inside:
    """Asks within a session; as much of asyncpg's connection as ``read_catalog`` needs.

    Args:
        ask: sends a message, whose answers a script follows.
        alone: whether the server has answered all that the client sent.
    """

    def __init__(self, ask: Callable[[bytes, Script], object], *, alone: bool) -> None:
        """Ask nothing yet."""
        self._ask, self._alone = ask, alone

    def is_in_transaction(self) -> bool:
        """Return that it is in one."""
        return True

    async def fetch(self, query: str, *values: bool) -> list[dict[str, Any]]:
        """Return the rows of a query, each by the names of its columns.

        Raises:
            ProtocolError: it failed, and with it the session's transaction.
            TimeoutError: there was no answer.
        """
        for number, value in enumerate(values, 1):
            query = query.replace(f"${number}", str(value).lower())
        text = await self._value(
            f"select coalesce(pg_catalog.json_agg(q), '[]')::text from (\n{query}\n) q"
        )
        return list(orjson.loads(text))

    async def fetchval(self, query: str) -> str:
        """Return the one text that a query gives."""
        return await self._value(query)

    async def execute(self, query: str, value: str) -> None:
        """Run a query that takes a text."""
        literal = value.replace("\\", "\\\\").replace("'", "\\'")
        await self._value(query.replace("$1", f"e'{literal}'"))

    async def _value(self, query: str) -> str:
        mark = new_mark()
        rows: asyncio.Future[list[bytes]] = asyncio.get_running_loop().create_future()
        part = Part(until=frozenset((READY,)))
        script = Script(mark, deque((part,)), dict, rows=rows, alone=self._alone)
        self._ask(frames.query(b"select 1 as " + mark + b";\n" + query.encode()), script)
        async with asyncio.timeout(PATIENCE):
            found = await rows
        return found[-1][6:].decode()  # one column: a count, a length, and the text

"""Marks a source: writes a marker, and keeps outside of it what all tables held in that moment.

Tables are locked against writing for the milliseconds in which the marker is committed and a
snapshot is taken; counting goes on in the snapshot, beside all writers. Where the role may not
lock, the mark says that it is not exact.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import asyncpg

from hongxian.guards.keep.drill.sums import SCHEMA, Seen, connected, seen, tables
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.settings import SourceSettings

TABLE = f"{SCHEMA}.marks"
_MADE = f"""
create schema if not exists {SCHEMA};
create table if not exists {TABLE} (id text primary key, at timestamptz not null);
"""
_LOCK = "set local lock_timeout = '2s'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was marked.

    ``at`` are seconds since 1970 by the drill's machine; ``xid`` is the marker's transaction,
    ``position`` (LSN) where WAL stood behind it; ``exact`` says that no row was written between
    marker and snapshot.
    """

    number: str
    at: float
    xid: int
    position: str
    exact: bool
    seed: int
    database: str
    superuser: str
    queries: dict[str, str]
    seen: Seen


async def mark(source: SourceSettings, folder: Path) -> Mark:
    """Mark a source and keep the mark in a folder.

    Raises:
        HongxianError: the source has no connection, or does not let it.
    """
    if source.connection is None:
        raise WordedError("keep_no_connection", source.name)
    try:
        writer = await connected(source.connection)
        try:
            reader = await connected(source.connection)
            try:
                made = await _marked(source, writer, reader)
            finally:
                await reader.close()
        finally:
            await writer.close()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise WordedError("keep_mark", source.name, reason=_reason(error)) from None
    _kept(made, folder)
    return made


def marks(folder: Path) -> list[Mark]:
    """Return the marks of a folder, the oldest first."""
    found = []
    for path in sorted(folder.glob("*.json")):
        told: dict[str, Any] = json.loads(path.read_bytes())
        found.append(Mark(**told | {"seen": Seen.of(told["seen"])}))
    return found


async def _marked(
    source: SourceSettings, writer: asyncpg.Connection, reader: asyncpg.Connection
) -> Mark:
    await writer.execute(_MADE)
    names = await tables(writer, source.tables)
    number, at = secrets.token_hex(8), time.time()
    exact, xid = True, 0
    try:
        xid = await _moment(writer, reader, names, number)
    except asyncpg.PostgresError:
        exact, xid = False, await _moment(writer, reader, [], number)
    position = await writer.fetchval("select pg_current_wal_flush_lsn()::text")
    superuser = await writer.fetchval("select rolname from pg_roles where rolsuper and rolcanlogin")
    seed = secrets.randbits(62)
    held = await seen(reader, names, source.queries, seed)
    return Mark(
        number=number, at=at, xid=xid, position=position, exact=exact, seed=seed,
        database=await writer.fetchval("select current_database()"),
        superuser=superuser or source.superuser, queries=dict(source.queries), seen=held,
    )  # fmt: skip


async def _moment(
    writer: asyncpg.Connection, reader: asyncpg.Connection, names: list[str], number: str
) -> int:
    """Commit the marker while nobody writes, and let the reader see that moment."""
    await reader.execute("rollback")
    async with writer.transaction():
        if names:
            await writer.execute(_LOCK)
            await writer.execute(f"lock table {', '.join(names)} in share mode")
        await reader.execute("begin isolation level repeatable read read only")
        await reader.fetchval("select 1")
        await writer.execute(f"insert into {TABLE} values ($1, now())", number)
        xid = await writer.fetchval("select pg_current_xact_id()::text::bigint")
    return int(xid)


def _kept(made: Mark, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    day = datetime.fromtimestamp(made.at, UTC).strftime("%Y%m%dT%H%M%S%fZ")
    told = asdict(made) | {"seen": made.seen.record()}
    path = folder / f"{day}-{made.number}.json"
    with path.open("x", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

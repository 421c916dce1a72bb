"""Marks a source: writes a marker, and keeps outside of it what all tables held in that moment.

Tables are locked against writing for the milliseconds in which the marker is committed and a
snapshot is taken; counting goes on in the snapshot, beside all writers. Where the role may not
lock, the mark says that it is not exact.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import asyncpg

from hongxian.guards.keep.drill.marks import Mark, fault_of, keep_mark
from hongxian.guards.keep.drill.postgresql.sums import connected, seen, tables
from hongxian.guards.keep.drill.sums import SCHEMA
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
        raise WordedError("keep_mark", source.name, reason=fault_of(error)) from None
    keep_mark(made, folder)
    return made


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

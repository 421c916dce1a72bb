"""Marks a MariaDB server: writes a marker, and keeps what all tables held in that moment.

Tables are locked against writing for the milliseconds in which a snapshot is taken and the marker
is committed, as in :mod:`hongxian.guards.keep.drill.postgresql.marks`.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

import pymysql

from hongxian.guards.keep.drill.mariadb.sums import connected, rows, seen, tables
from hongxian.guards.keep.drill.marks import Mark, fault_of, keep_mark
from hongxian.guards.keep.drill.sums import SCHEMA
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.settings import MariaTried

TABLE = f"{SCHEMA}.marks"
_MADE = (
    f"create database if not exists {SCHEMA}",
    f"create table if not exists {TABLE} (id char(16) primary key, at datetime(6)) engine = InnoDB",
    "set session lock_wait_timeout = 2",
)


def mark(source: MariaTried, folder: Path) -> Mark:
    """Mark a source and keep the mark in a folder.

    Raises:
        HongxianError: the source has no defaults, or does not let it.
    """
    if source.defaults is None:
        raise WordedError("keep_no_connection", source.name)
    if not source.defaults.is_file():
        raise WordedError("file_missing", source.defaults)
    told = {"read_default_file": str(source.defaults)}
    try:
        with connected(**told) as writer, connected(**told) as reader:
            made = _marked(source, writer, reader)
    except (OSError, pymysql.Error) as error:
        raise WordedError("keep_mark", source.name, reason=fault_of(error)) from None
    keep_mark(made, folder)
    return made


def _marked(source: MariaTried, writer: Any, reader: Any) -> Mark:
    for text in _MADE:
        rows(writer, text)
    names = tables(writer, source.tables)
    number, at = secrets.token_hex(8), time.time()
    exact = True
    try:
        position = _moment(writer, reader, names, number)
    except pymysql.MySQLError:
        exact, position = False, _moment(writer, reader, [], number)
    seed = secrets.randbits(62)
    held = seen(reader, names, source.queries, seed)
    return Mark(
        number=number, at=at, position=position, exact=exact, seed=seed, queries=source.queries,
        seen=held,
    )  # fmt: skip


def _moment(writer: Any, reader: Any, names: list[str], number: str) -> str:
    """Commit the marker while nobody writes, and let the reader see that moment."""
    rows(reader, "rollback")
    if names:
        locks = [f"{name} read" for name in names]
        rows(writer, f"lock tables {', '.join(locks)}, {TABLE} write")
    try:
        rows(reader, "set transaction isolation level repeatable read")
        rows(reader, "start transaction with consistent snapshot, read only")
        rows(writer, f"insert into {TABLE} values (%s, utc_timestamp(6))", number)
        found = rows(writer, "show master status")
    finally:
        rows(writer, "unlock tables")
    if not found:
        raise pymysql.OperationalError("log_bin")
    return f"{found[0][0]}:{found[0][1]}"

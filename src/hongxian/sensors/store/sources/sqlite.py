"""SQLite files: opened for reading alone, a table at a time; the file is never changed."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.table import Column, Table
from hongxian.sensors.store.sources.values import arrow_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.file import File
    from hongxian.sensors.store.sources.table import Sample

ROWS = 8_192
"""Rows of a batch."""
_OWN = "sqlite_"
"""How the names of its own tables begin."""


def sqlite_tables(file: File) -> Iterator[Table]:
    """Yield the tables of a SQLite file.

    Raises:
        SourceError: it cannot be read.
    """
    stamp = _stamp(file)
    with connected(file) as database:
        names = [
            row[0]
            for row in _fetched(
                database, "select name from sqlite_master where type = 'table' order by name"
            )
            if not row[0].startswith(_OWN)
        ]
        found = [(name, *_described(database, name)) for name in names]
    for name, columns, rows in found:
        yield Table(
            where=file.name, name=name, medium="table", kind="sqlite", columns=columns, rows=rows,
            read=_Rows(file, name, columns), size=file.size, fingerprint=stamp,
        )  # fmt: skip


def _stamp(file: File) -> str:
    """Return the stamp of a file with that of its log of writes, in which newer rows may lie."""
    log = file.path and file.path.with_name(f"{file.path.name}-wal")
    try:
        status = log.stat() if log else None
    except OSError:
        return file.stamp
    return f"{file.stamp}:{status.st_size}:{status.st_mtime_ns}" if status else file.stamp


class _Rows:
    """Reads the rows of a table."""

    def __init__(self, file: File, name: str, columns: tuple[Column, ...]) -> None:
        self.file, self.name = file, name
        self.names = [column.name for column in columns]

    def __call__(self, sample: Sample | None, /) -> Iterator[Any]:
        del sample  # files are read in full
        listed = ", ".join(map(quoted, self.names))
        with connected(self.file) as database:
            try:
                cursor = database.execute(f"select {listed} from {quoted(self.name)}")
                while rows := cursor.fetchmany(ROWS):
                    yield arrow_batch(rows, self.names)
            except sqlite3.Error:
                raise SourceError("damaged") from None


def quoted(name: str) -> str:
    """Return a name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def connected(file: File) -> Iterator[sqlite3.Connection]:
    """Open the file for reading; one that is not on disk is copied out first."""
    if file.path is not None:
        with closing(_connect(file.path)) as database:
            yield database
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        with file.seekable() as stream, copy.open("wb") as out:
            while block := stream.read(1 << 20):
                out.write(block)
        with closing(_connect(copy)) as database:
            yield database


def _connect(path: Path) -> sqlite3.Connection:
    uri = path.resolve().as_uri() + "?mode=ro"
    if not path.with_name(f"{path.name}-wal").exists():
        uri += "&immutable=1"  # not even a file beside it is made
    try:
        database = sqlite3.connect(uri, uri=True)
        database.text_factory = _text
        database.execute("pragma query_only = on")
        database.execute("pragma trusted_schema = off")
    except sqlite3.Error:
        raise SourceError("damaged") from None
    return database


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _fetched(database: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    try:
        return database.execute(sql).fetchall()
    except sqlite3.Error:
        raise SourceError("damaged") from None


def _described(database: sqlite3.Connection, name: str) -> tuple[tuple[Column, ...], int | None]:
    try:
        told = database.execute(f"pragma table_info({quoted(name)})").fetchall()
        rows = database.execute(f"select count(*) from {quoted(name)}").fetchone()[0]
    except sqlite3.Error:  # a virtual table whose module is not here
        return (), 0
    return tuple(Column(name=row[1], type=str(row[2])) for row in told), rows

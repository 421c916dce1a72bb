"""The rows of a query as a table: one SELECT, by a connection that only reads where one can."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.sensors.store.sources import alchemy, mysql, postgres, sqlite
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.sampled import cursor_batches, fault
from hongxian.sensors.store.sources.sources import plain_name
from hongxian.sensors.store.sources.table import Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hongxian.sensors.store.sources.table import Sample

NAME = "query"
"""What the table of a query is called."""


def query_table(spec: str, path: Path | None, sql: str) -> Table:
    """Return the table that a query gives.

    Args:
        spec: address of a database.
        path: the file, when the source is a SQLite file.
        sql: one SELECT.

    Raises:
        HongxianError: the text is no single SELECT, or the source is none that takes one.
    """
    if not _selects(sql):
        raise WordedError("query_no_select")
    place = path.name if path else plain_name(spec)
    kind, rows = _reader(spec, path, place, sql)

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # a query says itself how many rows it wants
        yield from rows()

    return Table(where=place, name=NAME, medium="table", kind=kind, read=read)


def _selects(sql: str) -> bool:
    """Whether a text is one query and changes nothing."""
    import sqlglot  # noqa: PLC0415 - only where it is needed
    from sqlglot import exp  # noqa: PLC0415 - the same

    try:
        trees = sqlglot.parse(sql)
    except (sqlglot.errors.SqlglotError, RecursionError):
        return False
    writes = (exp.DML, exp.DDL, exp.Command, exp.Into)
    return (
        len(trees) == 1
        and isinstance(trees[0], exp.Query)
        and not any(
            isinstance(node, writes) and not isinstance(node, exp.Query) for node in trees[0].walk()
        )
    )


def _reader(
    spec: str, path: Path | None, name: str, sql: str
) -> tuple[str, Callable[[], Iterator[Any]]]:
    scheme = urlsplit(spec).scheme.lower() if path is None else "sqlite"
    if path is not None:
        return "sqlite", lambda: _sqlite(path, sql)
    if scheme in postgres.SCHEMES:
        return "postgresql", lambda: _postgres(spec, name, sql)
    if scheme in mysql.SCHEMES:
        return "mysql", lambda: _mysql(spec, name, sql)
    if spec.lower().startswith(alchemy.SCHEME):
        return "sql", lambda: _alchemy(spec[len(alchemy.SCHEME) :], name, sql)
    raise WordedError("query_no_source", name, scheme=scheme)


def _sqlite(path: Path, sql: str) -> Iterator[Any]:
    with sqlite.connected(local_file(path, path.name)) as database:
        try:
            cursor = database.execute(sql)
            yield from cursor_batches(cursor, [one[0] for one in cursor.description])
        except sqlite3.Error as error:
            raise fault(error) from None


def _postgres(spec: str, name: str, sql: str) -> Iterator[Any]:
    with closing(postgres.connected(spec, name)) as database, database.cursor() as cursor:
        yield from postgres.query_batches(cursor, sql)


def _mysql(spec: str, name: str, sql: str) -> Iterator[Any]:
    import pymysql.cursors  # noqa: PLC0415 - an extra

    with closing(mysql.connected(spec, name)) as database:
        try:
            with database.cursor(pymysql.cursors.SSCursor) as cursor:
                cursor.execute(sql)
                yield from cursor_batches(cursor, [one[0] for one in cursor.description])
        except (pymysql.Error, OSError) as error:
            raise fault(error) from None


def _alchemy(spec: str, name: str, sql: str) -> Iterator[Any]:
    engine = alchemy.engine_of(spec, name)
    import sqlalchemy as sa  # noqa: PLC0415 - an extra

    try:
        with engine.connect() as database:
            found = database.execution_options(stream_results=True).execute(sa.text(sql))
            yield from cursor_batches(found, list(found.keys()))
    except sa.exc.SQLAlchemyError as error:
        raise fault(error) from None
    finally:
        engine.dispose()

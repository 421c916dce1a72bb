"""PostgreSQL by ADBC: rows arrive as Arrow; samples are drawn by the server (TABLESAMPLE)."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.sampled import fault, share_of, spans_of
from hongxian.sensors.store.sources.sqlite import quoted
from hongxian.sensors.store.sources.table import Column, Cuts, Span, Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.table import Sample

SCHEMES = ("postgresql", "postgres")
BATCH = 1 << 22
"""Bytes of a batch, as a hint to the driver."""
_COLUMNS = """
select n.nspname, c.relname, c.relkind = 'p', greatest(c.reltuples, 0)::bigint,
  a.attname, format_type(a.atttypid, a.atttypmod), coalesce(col_description(c.oid, a.attnum), ''),
  pg_total_relation_size(c.oid), t.typcategory
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type as t on t.oid = a.atttypid
where c.relkind in ('r', 'p', 'm') and not c.relispartition
  and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
  and has_column_privilege(c.oid, a.attnum, 'select')
order by 1, 2, a.attnum
"""
_PLAIN = frozenset("BDNST")
"""Categories of types that the driver hands over as they are; others are asked for as text."""


def postgres_tables(spec: str, name: str, problems: list[Reason]) -> Iterator[Table]:
    """Yield the tables of a database that the user may read.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.
        problems: takes what cannot be read.

    Raises:
        HongxianError: it cannot be reached, or the driver is not installed.
    """
    with closing(connected(spec, name)) as database, database.cursor() as cursor:
        cursor.execute(_COLUMNS)
        rows = cursor.fetchall()
    tables: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        tables.setdefault((row[0], row[1]), []).append(row)
    if not tables:
        problems.append(Reason("store.no_tables", {}, name))
    for (schema, table), columns in tables.items():
        yield _table(spec, name, schema, table, columns)


def connected(spec: str, name: str) -> Any:
    """Connect, for reading alone.

    Raises:
        HongxianError: it cannot be reached, or the driver is not installed.
    """
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_driver", name, package="hongxian[postgresql]") from None
    try:
        database = dbapi.connect(spec, autocommit=True)
        with database.cursor() as cursor:
            cursor.execute("set default_transaction_read_only = on")
            with suppress(dbapi.Error):  # what only speaks as PostgreSQL does has none
                cursor.execute("set synchronize_seqscans = off")  # rows in the order of their pages
    except dbapi.Error as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    return database


def _table(spec: str, name: str, schema: str, table: str, columns: list[Any]) -> Table:
    partitioned, rows = columns[0][2], columns[0][3]
    made = Table(
        where=name, name=table if schema == "public" else f"{schema}.{table}", medium="table",
        kind="postgresql", read=lambda _sample: iter(()), samples=True, rows=rows,
        size=columns[0][7],
        columns=tuple(Column(name=row[4], type=row[5], comment=row[6]) for row in columns),
    )  # fmt: skip
    place = f"{quoted(schema)}.{quoted(table)}"
    listed = ", ".join(map(_selected, columns))

    def read(sample: Sample | None) -> Iterator[Any]:
        with closing(connected(spec, name)) as database, database.cursor() as cursor:
            if sample:
                cursor.execute(f"select count(*) from {place}")
                made.rows = cursor.fetchone()[0]
            sql = f"select {listed} from {place}"
            if sample and made.rows is not None and not partitioned:
                share = share_of(made.rows, sample.rows) * 100
                sql += f" tablesample bernoulli ({share:.6f}) repeatable ({sample.seed})"
            yield from query_batches(cursor, f"{sql} limit {sample.rows}" if sample else sql)

    made.read = read
    if not partitioned:
        made.cuts = _cuts(spec, name, place, listed)
    return made


def _cuts(spec: str, name: str, place: str, listed: str) -> Cuts:
    """Return how a table is cut: by its pages, in the order in which all of them are read."""

    def spans(size: int) -> list[Span]:
        escaped = place.replace("'", "''")
        told, page = row(
            f"select pg_relation_size('{escaped}'::regclass) as size, "
            "current_setting('block_size')::int as page"
        )
        return spans_of(0, told // page, told // size)

    def count(span: Span) -> int:
        return int(row(f"select count(*) from {place}{_where(span)}")[0])

    def rows(span: Span) -> Iterator[Any]:
        with closing(connected(spec, name)) as database, database.cursor() as cursor:
            yield from query_batches(cursor, f"select {listed} from {place}{_where(span)}")

    def row(sql: str) -> tuple[int, ...]:
        with closing(connected(spec, name)) as database, database.cursor() as cursor:
            (batch,) = [one for one in query_batches(cursor, sql) if one.num_rows]
            return tuple(batch.to_pylist()[0].values())

    return Cuts(spans=spans, count=count, read=rows)


def _where(span: Span) -> str:
    """Return what SQL says of the rows of some pages."""
    parts = [f"ctid >= '({span.begin},0)'::tid"] if span.begin is not None else []
    parts += [f"ctid < '({span.end},0)'::tid"] if span.end is not None else []
    return f" where {' and '.join(parts)}" if parts else ""


def _selected(column: Any) -> str:
    name = quoted(column[4])
    return name if column[8] in _PLAIN else f"{name}::text as {name}"


def query_batches(cursor: Any, sql: str) -> Iterator[Any]:
    """Yield the rows of a query.

    Raises:
        SourceError: the database says no.
    """
    from adbc_driver_postgresql import StatementOptions, dbapi  # noqa: PLC0415 - an extra

    cursor.adbc_statement.set_options(**{StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(BATCH)})
    try:
        cursor.execute(sql)
        yield from cursor.fetch_record_batch()
    except (dbapi.Error, OSError) as error:
        raise fault(error) from None
    except SourceError:
        raise

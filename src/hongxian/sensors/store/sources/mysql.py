"""MySQL and MariaDB by PyMySQL: rows arrive as a stream; samples are drawn with a seed."""

from __future__ import annotations

import ssl
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.sampled import cursor_batches, fault, share_of, spans_of
from hongxian.sensors.store.sources.table import Column, Cuts, Span, Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.table import Sample

SCHEMES = ("mysql", "mariadb")
WHOLE = ("tinyint", "smallint", "mediumint", "int", "bigint")
"""Types of whole numbers."""
_COLUMNS = """
select c.table_schema, c.table_name, t.table_rows, t.data_length, c.column_name, c.column_type,
  c.column_comment, t.engine = 'InnoDB' and c.column_key = 'PRI'
  and coalesce(t.create_options, '') not like '%%partitioned%%', c.data_type
from information_schema.columns as c
join information_schema.tables as t
  on t.table_schema = c.table_schema and t.table_name = c.table_name
where t.table_type = 'BASE TABLE' and (c.table_schema = %s or (%s = '' and c.table_schema not in
  ('mysql', 'information_schema', 'performance_schema', 'sys')))
order by c.table_schema, c.table_name, c.ordinal_position
"""


def mysql_tables(spec: str, name: str, problems: list[Reason]) -> Iterator[Table]:
    """Yield the tables of a database, or of all databases when the address names none.

    Args:
        spec: address with user and password, which are never printed.
        name: the address without them.
        problems: takes what cannot be read.

    Raises:
        HongxianError: it cannot be reached, or the driver is not installed.
    """
    schema = urlsplit(spec).path.strip("/")
    with closing(connected(spec, name)) as database, database.cursor() as cursor:
        cursor.execute(_COLUMNS, (schema, schema))
        rows = cursor.fetchall()
    tables: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        tables.setdefault((row[0], row[1]), []).append(row)
    if not tables:
        problems.append(Reason("store.no_tables", {}, name))
    for (owner, table), columns in tables.items():
        yield _table(spec, name, table if schema else f"{owner}.{table}", columns)


def connected(spec: str, name: str) -> Any:
    """Connect, for reading alone.

    Raises:
        HongxianError: it cannot be reached, or the driver is not installed.
    """
    try:
        import pymysql  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_driver", name, package="hongxian[mysql]") from None
    parts = urlsplit(spec)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    secure = {"ssl": ssl.create_default_context(cafile=options.get("ssl_ca"))}
    try:
        database = pymysql.connect(
            host=parts.hostname or "localhost", port=parts.port or 3306, charset="utf8mb4",
            user=unquote(parts.username or ""), password=unquote(parts.password or ""),
            database=parts.path.strip("/") or None, unix_socket=options.get("socket"),
            **(secure if "ssl" in options or "ssl_ca" in options else {}),
        )  # fmt: skip
        with database.cursor() as cursor:
            cursor.execute("set session transaction read only")
    except (pymysql.Error, OSError) as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    return database


def _table(spec: str, name: str, table: str, columns: list[Any]) -> Table:
    made = Table(
        where=name, name=table, medium="table", kind="mysql", samples=True, rows=columns[0][2],
        size=columns[0][3], read=lambda _sample: iter(()),
        columns=tuple(Column(name=row[4], type=row[5], comment=row[6]) for row in columns),
    )  # fmt: skip
    place = f"{_quoted(columns[0][0])}.{_quoted(columns[0][1])}"
    names = [row[4] for row in columns]

    key = _key(columns)
    # all of it comes in the order of the key, in which it lies, also where another index has it all
    whole = f"{place} force index (primary)" if key else place

    def read(sample: Sample | None, span: Span | None = None) -> Iterator[Any]:
        import pymysql.cursors  # noqa: PLC0415 - an extra

        with closing(connected(spec, name)) as database:
            try:
                sql = f"select {', '.join(map(_quoted, names))} from "
                if sample:
                    made.rows = int(_row(database, f"select count(*) from {place}")[0])
                    share = share_of(made.rows, sample.rows)
                    sql += f"{place} where rand({sample.seed}) < {share:.9f} limit {sample.rows}"
                else:
                    sql += whole + (_where(key, span) if span else "")
                with database.cursor(pymysql.cursors.SSCursor) as cursor:
                    cursor.execute(sql)
                    yield from cursor_batches(cursor, names)
            except (pymysql.Error, OSError) as error:
                raise fault(error) from None

    def spans(size: int) -> list[Span]:
        with closing(connected(spec, name)) as database:
            first, last = _row(database, f"select min({key}), max({key}) from {place}")
        return [] if first is None else spans_of(first, last, (made.size or 0) // size)

    def count(span: Span) -> int:
        with closing(connected(spec, name)) as database:
            return int(_row(database, f"select count(*) from {whole}{_where(key, span)}")[0])

    made.read = read
    if key:
        made.cuts = Cuts(spans=spans, count=count, read=lambda span: read(None, span))
    return made


def _key(columns: list[Any]) -> str:
    """Return the key of a table that lies in the order of one whole number, else nothing."""
    keys = [row for row in columns if row[7]]
    return _quoted(keys[0][4]) if len(keys) == 1 and keys[0][8] in WHOLE else ""


def _where(key: str, span: Span) -> str:
    """Return what SQL says of the rows of some keys."""
    parts = [f"{key} >= {span.begin}"] if span.begin is not None else []
    parts += [f"{key} < {span.end}"] if span.end is not None else []
    return f" where {' and '.join(parts)}" if parts else ""


def _row(database: Any, sql: str) -> Any:
    import pymysql  # noqa: PLC0415 - an extra

    try:
        with database.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()
    except (pymysql.Error, OSError) as error:
        raise fault(error) from None


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"

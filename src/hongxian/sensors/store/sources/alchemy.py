"""Any other database that SQLAlchemy has a dialect for: a table at a time, for reading alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.sampled import cursor_batches, fault, share_of
from hongxian.sensors.store.sources.table import Column, Table
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.table import Sample

SCHEME = "sqlalchemy+"
"""What stands before an address of SQLAlchemy's: ``sqlalchemy+oracle://...``."""


def alchemy_tables(spec: str, name: str, problems: list[Reason]) -> Iterator[Table]:
    """Yield the tables of a database, by what SQLAlchemy's inspector tells of it.

    Args:
        spec: address as SQLAlchemy takes it, with user and password, which are never printed.
        name: the address without them.
        problems: takes what cannot be read.

    Raises:
        HongxianError: it cannot be reached, or SQLAlchemy or the dialect's driver is missing.
    """
    engine = engine_of(spec, name)
    import sqlalchemy  # noqa: PLC0415 - an extra

    try:
        inspector = sqlalchemy.inspect(engine)
        tables = [(one, inspector.get_columns(one)) for one in sorted(inspector.get_table_names())]
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise WordedError("no_database", name, Exit.SENSOR, kind=type(error).__name__) from None
    finally:
        engine.dispose()
    if not tables:
        problems.append(Reason("store.no_tables", {}, name))
    for table, columns in tables:
        yield _table(spec, name, table, columns)


def engine_of(spec: str, name: str) -> Any:
    """Return SQLAlchemy's engine of an address.

    Raises:
        HongxianError: the address is wrong, or SQLAlchemy or the dialect's driver is missing.
    """
    try:
        import sqlalchemy  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_driver", name, package="hongxian[sql]") from None
    try:
        return sqlalchemy.create_engine(spec)
    except ImportError as error:  # the dialect's own driver
        raise WordedError("no_driver", name, package=error.name or "?") from None
    except sqlalchemy.exc.ArgumentError as error:
        raise WordedError("no_database", name, kind=type(error).__name__) from None


def _table(spec: str, name: str, table: str, columns: list[Any]) -> Table:
    made = Table(
        where=name, name=table, medium="table", kind="sql", samples=True,
        read=lambda _sample: iter(()),
        columns=tuple(
            Column(name=c["name"], type=str(c["type"]).lower(), comment=c.get("comment") or "")
            for c in columns
        ),
    )  # fmt: skip
    names = [one["name"] for one in columns]

    def read(sample: Sample | None) -> Iterator[Any]:
        import sqlalchemy as sa  # noqa: PLC0415 - an extra

        engine = engine_of(spec, name)
        source = sa.table(table, *map(sa.column, names))
        try:
            with engine.connect() as database:
                if sample:
                    made.rows = database.scalar(sa.select(sa.func.count()).select_from(source))
                found = database.execution_options(stream_results=True).execute(sa.select(source))
                batches = cursor_batches(found, names)
                yield from _drawn(batches, sample, made.rows or 0) if sample else batches
        except sa.exc.SQLAlchemyError as error:
            raise fault(error) from None
        finally:
            engine.dispose()

    made.read = read
    return made


def _drawn(batches: Iterator[Any], sample: Sample, rows: int) -> Iterator[Any]:
    """Yield rows drawn here with the seed: no SQL draws by chance in every dialect."""
    draw, share = random.Random(sample.seed), share_of(rows, sample.rows)  # noqa: S311 - no secret
    for batch in batches:
        yield batch.take([place for place in range(batch.num_rows) if draw.random() < share])

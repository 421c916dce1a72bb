"""The fact store on many machines: the same three tables as Parquet, read and written by Spark.

Rows are only ever added. The facts and the coverage of a run are written first and its row in
``runs`` last, so a run is seen whole or not at all, and one that died leaves rows that nobody
reads. What counts is decided when it is read, as in :mod:`hongxian.facts.duck`: of any artefact
the newest run, of a fact that several runs saw the newest of them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hongxian.errors import Exit
from hongxian.facts.columns import CURRENT_RUNS, TABLES, arrow_schema, arrow_type
from hongxian.facts.spark_sense import nested_schema, rows_of
from hongxian.facts.spark_session import plainly, session
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from hongxian.facts.duck import Store
    from hongxian.facts.spark_sense import Sensing

TYPES = {
    "VARCHAR": "string", "DOUBLE": "double", "TIMESTAMP": "timestamp_ntz", "BOOLEAN": "boolean",
}  # fmt: skip
"""Types of :mod:`hongxian.facts.columns` -> types of Spark."""

CHUNK = 10_000
"""Artefacts whose facts are written at once; what was written stays when a later one dies."""

_ROUNDS = 8
"""Tasks for each processor, so that a slow artefact holds up little."""
_ADDRESS = re.compile(r"^([a-z][a-z0-9+.-]+):/(?!/)")

_CURRENT = {
    "facts": """
select {columns} from (
  select f.*, row_number() over (
    partition by f.subject, f.fact_id order by r.started_at desc, r.run desc, f.recorded_at desc
  ) as age
  from (select /*+ repartition({count}, subject) */ * from stored_facts) as f
  join (select run, max(started_at) as started_at from stored_runs group by run) as r
    on r.run = f.run
) as seen
where age = 1 and run in (select run from current_runs)
""",
    "coverage": """
select {columns} from (
  select c.*, row_number() over (
    partition by c.subject, c.run, c.scope order by c.recorded_at desc, c.status desc) as age
  from (select /*+ repartition({count}, subject) */ * from stored_coverage) as c
) as told
where age = 1 and run in (select run from current_runs)
""",
}
_WANTED = "subject in (select subject from wanted)"
_LOCAL = {
    "facts": f"select {{columns}} from facts where {_WANTED}",
    "coverage": f"select {{columns}} from coverage where {_WANTED}",
    "runs": f"select distinct {{columns}} from stored_runs where run in (select run from facts "
    f"where {_WANTED} union select run from coverage where {_WANTED})",
}


class SparkStore:
    """Facts, coverage and runs, as Parquet in a folder that every executor can reach.

    The folder holds ``facts.parquet``, ``coverage.parquet`` and ``runs.parquet``, each split by
    sensor where Spark wrote it; those that :meth:`hongxian.facts.duck.Store.export` wrote are
    read as well.

    Args:
        path: the folder, or an address such as ``s3a://bucket/facts``.
        spark: a session; one is started when none is given.

    Raises:
        HongxianError: the folder is a file, or Spark does not start.
    """

    def __init__(self, path: Path | str, *, spark: SparkSession | None = None) -> None:
        """Start Spark; nothing is read yet."""
        self.folders = [address(path)]
        if Path(self.folders[0]).is_file():
            raise WordedError("spark_store_file", path)
        self.spark = spark or session()
        self._placed: list[DataFrame] = []

    def load(self, folder: Path | str) -> None:
        """Let the tables of another folder count too."""
        self.folders.append(address(folder))

    def name(self) -> None:
        """Name the tables ``stored_facts`` and so on, and the runs that count ``current_runs``.

        Raises:
            HongxianError: a table is missing, is no Parquet, or lacks a column.
        """
        for table in TABLES:
            self._read(table).createOrReplaceTempView(f"stored_{table}")
        current = self.spark.sql(CURRENT_RUNS.format(runs="stored_runs"))
        current.createOrReplaceTempView("current_runs")

    def open(self) -> None:
        """Publish the rows that count as views ``facts`` and ``coverage``, subject by subject.

        They stay on the executors until :meth:`close`: the rules ask for them again and again.

        Raises:
            HongxianError: as :meth:`name`.
        """
        self._forget()
        self.name()
        count = self.spark.conf.get("spark.sql.shuffle.partitions")
        for table, text in _CURRENT.items():
            columns = ", ".join(TABLES[table])
            placed = self.spark.sql(text.format(columns=columns, count=count)).persist()
            placed.createOrReplaceTempView(table)
            self._placed.append(placed)

    def table(self, view: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Publish rows as a view of the session.

        Args:
            view: its name.
            columns: names and types, as in :mod:`hongxian.facts.columns`.
            rows: a value for each column.
        """
        import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra

        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        kinds = [arrow_type(kind) for kind in columns.values()]
        arrays = [pa.array(v, kind) for v, kind in zip(values, kinds, strict=True)]
        data = pa.Table.from_arrays(arrays, names=list(columns))
        self.spark.createDataFrame(data).createOrReplaceTempView(view)

    def rows(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return the names and the rows of a query.

        Raises:
            HongxianError: Spark does not take the query, or a file broke off while it was read.
        """
        with plainly():
            data = self.spark.sql(sql).toArrow()
        columns = [column.to_pylist() for column in data.columns]
        return list(data.column_names), list(zip(*columns, strict=True))

    def local(self, subjects: Iterable[str]) -> Store:
        """Return what counts on some subjects as a store on this machine; :meth:`open` first."""
        from hongxian.facts.duck import Store  # noqa: PLC0415 - loads DuckDB

        self.table("wanted", {"subject": "VARCHAR"}, [(one,) for one in subjects])
        store = Store()
        for table, text in _LOCAL.items():
            with plainly():
                data = self.spark.sql(text.format(columns=", ".join(TABLES[table]))).toArrow()
            store.add_table(table, data)
        return store

    def sense(self, paths: Sequence[str], work: Sensing) -> Iterator[Any]:
        """Run a sensor over artefacts where the executors are, and add what it finds.

        Args:
            paths: artefacts that each executor can read under this name.
            work: the sensor; must be picklable.

        Yields:
            The words that the sensor has for the driver, in no order of their own.
        """
        self.check()
        for start in range(0, len(paths), CHUNK):
            yield from self._sense(paths[start : start + CHUNK], work)

    def check(self) -> None:
        """See that rows can be added.

        Raises:
            HongxianError: the tables are single files, as DuckDB exports them.
        """
        for table in TABLES:
            if Path(place := self._place(table)).is_file():
                raise WordedError("store_is_export", place)

    def keep(self, store: Store) -> None:
        """Add all rows of a store on this machine, those of its runs last."""
        import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra

        self.check()
        for table in TABLES:
            rows = store.rows(f"select * from main.{table}")
            data = pa.Table.from_pylist(rows, schema=arrow_schema(table))
            with plainly():
                self._append(table, self.spark.createDataFrame(data))

    def close(self) -> None:
        """Let go of what the executors hold."""
        self._forget()

    def _sense(self, paths: Sequence[str], work: Sensing) -> list[Any]:
        slices = min(len(paths), self.spark.sparkContext.defaultParallelism * _ROUNDS)
        self.table("told", {"path": "VARCHAR"}, [(path,) for path in paths])
        told = self.spark.table("told").repartition(slices)
        incoming = f"{self.folders[0]}/incoming-{uuid4().hex}"
        try:
            with plainly():
                schema = nested_schema(TYPES)
                told.mapInArrow(rows_of(work), schema).write.parquet(incoming)
                return self._add(self.spark.read.schema(schema).parquet(incoming))
        finally:
            self._remove(incoming)

    def _add(self, sensed: DataFrame) -> list[Any]:
        """Write the tables, that of the runs last: until then nobody sees the others' rows."""
        for table in TABLES:
            self._append(table, sensed.selectExpr(f"inline({table})"))
        return [json.loads(row[0]) for row in sensed.selectExpr("explode(words)").collect()]

    def _append(self, table: str, rows: DataFrame) -> None:
        rows.write.mode("append").partitionBy("sensor").parquet(self._place(table))

    def _place(self, table: str) -> str:
        return f"{self.folders[0]}/{table}.parquet"

    def _remove(self, place: str) -> None:
        gateway: Any = self.spark.sparkContext._jvm  # noqa: SLF001 - PySpark has no other way
        path = gateway.org.apache.hadoop.fs.Path(place)
        conf = self.spark.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001 - as above
        path.getFileSystem(conf).delete(path, True)

    def _read(self, table: str) -> DataFrame:
        read = [self._read_one(table, f"{folder}/{table}.parquet") for folder in self.folders]
        whole = read[0]
        for other in read[1:]:
            whole = whole.unionByName(other)
        return whole

    def _read_one(self, table: str, place: str) -> DataFrame:
        from pyspark.errors import AnalysisException  # noqa: PLC0415 - heavy, and an extra

        columns = TABLES[table]
        try:
            with plainly(place):
                found = self.spark.read.parquet(place)
        except AnalysisException:  # a folder without files: nothing was found yet
            ddl = ", ".join(f"{name} {TYPES[kind]}" for name, kind in columns.items())
            return self.spark.createDataFrame([], ddl)
        if lacking := [name for name in columns if name not in found.columns]:
            reason = f"no column {', '.join(lacking)}"
            raise WordedError("no_facts", place, Exit.SENSOR, reason=reason)
        return found.selectExpr(*(f"cast({n} as {TYPES[k]}) as {n}" for n, k in columns.items()))

    def _forget(self) -> None:
        for placed in self._placed:
            placed.unpersist()
        self._placed.clear()


def address(path: Path | str) -> str:
    """Return a folder's name as Spark takes it; a path has lost a stroke of ``s3a://``."""
    text = _ADDRESS.sub(r"\1://", str(path))
    return text if "://" in text else str(Path(text).absolute())

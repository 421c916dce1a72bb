"""The fact store on one machine: a DuckDB file, or memory.

A run writes as it goes: :meth:`Store.begin` leaves a row that says the run did not finish, each
batch of facts is committed at once, :meth:`Store.finish` turns the row. So a run that dies
half-way loses nothing it had written, and the store says how far it got.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb

from hongxian.errors import Exit
from hongxian.facts.columns import CURRENT_RUNS, KEYS, TABLES
from hongxian.facts.record import Coverage, Fact, Run, now
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

_CURRENT = f"create or replace view main.current_runs as {CURRENT_RUNS}".format(runs="main.runs")

_NEWER = """
update main.facts as f set run = n.run
from (
  select p.fact_id, arg_max(p.run, (r.started_at, r.run)) as run,
    max((r.started_at, r.run)) as age
  from ({rows}) as p join main.runs as r on r.run = p.run
  group by p.fact_id) as n, main.runs as o
where f.fact_id = n.fact_id and o.run = f.run and n.age > (o.started_at, o.run)
"""


class Store:
    """Facts, coverage and runs, in a DuckDB database.

    Args:
        path: the file, made when it is not there; ``None`` keeps all in memory.
        threads: how many threads DuckDB may use.

    Raises:
        HongxianError: the file is no store, or another process holds it.
    """

    def __init__(self, path: Path | str | None = None, *, threads: int = 1) -> None:
        """Open or make the store."""
        try:
            self.con = duckdb.connect(str(path or ":memory:"), config={"threads": threads})
            self._create()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise WordedError("no_store", path, reason=reason) from None

    def _create(self) -> None:
        for table, columns in TABLES.items():
            body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            key = ", ".join(KEYS[table])
            self.con.execute(
                f"create table if not exists main.{table} ({body}, primary key ({key}))"
            )
            found = self.con.table(f"main.{table}").columns
            if found != list(columns):
                raise duckdb.Error(f"its table {table} has other columns")
        self.con.execute(_CURRENT)

    def begin(self, run: Run) -> None:
        """Record that a run has begun; until :meth:`finish` it counts as broken off."""
        values = (run.run, run.sensor, run.subject, run.artefact, run.started_at, None)
        self._insert("runs", [(*values, "partial", "the run did not finish", run.tool)])

    def add_facts(self, run: Run, facts: Iterable[Fact]) -> int:
        """Write facts; one that is there already is kept once, as seen by the newest run.

        Returns:
            How many facts were handed in (not how many were new).
        """
        recorded = now()
        rows = {fact.fact_id: _fact_row(fact, run.run, recorded) for fact in facts}
        self._insert("facts", list(rows.values()), "on conflict do update set run = excluded.run")
        return len(rows)

    def add_coverage(self, run: Run, coverage: Iterable[Coverage]) -> None:
        """Write how far the run looked; a later word on the same scope replaces the earlier."""
        recorded = now()
        rows = {
            (c.subject, c.scope): (
                run.run,
                c.subject,
                c.sensor,
                c.scope,
                c.status,
                c.reason,
                c.artefact,
                recorded,
                json.dumps(c.detail, ensure_ascii=False, sort_keys=True),
            )
            for c in coverage
        }
        self._insert(
            "coverage",
            list(rows.values()),
            "on conflict do update set "
            "status = excluded.status, reason = excluded.reason, detail = excluded.detail",
        )

    def finish(self, run: Run, status: str = "ran", reason: str | None = None) -> None:
        """Record how a run ended: ``ran``, or ``partial`` with the reason."""
        self.con.execute(
            "update main.runs set ended_at = ?, status = ?, reason = ? where run = ?",
            [now(), status, reason, run.run],
        )

    def forget(self, run: Run) -> None:
        """Remove a run, with the facts that no newer one saw: another says the same and more."""
        for table in TABLES:
            self.con.execute(f"delete from main.{table} where run = ?", [run.run])

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a query as dictionaries."""
        cursor = self.con.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def export(self, folder: Path) -> list[Path]:
        """Write the three tables as ``facts.parquet``, ``coverage.parquet``, ``runs.parquet``."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for table in TABLES:
            path = folder / f"{table}.parquet"
            self.con.execute(f"copy main.{table} to {_quoted(path)} (format parquet)")
            written.append(path)
        return written

    def load(self, folder: Path) -> None:
        """Read the three Parquet tables of :meth:`export`, or of Spark, in: all or none of them.

        Rows that are here stay once; a fact that several runs saw belongs to the newest of them.

        Raises:
            HongxianError: a file is missing, is no Parquet, or lacks a column.
        """
        self.con.begin()
        for table in reversed(TABLES):
            path = folder / f"{table}.parquet"
            try:
                self._load(table, path / "**" / "*.parquet" if path.is_dir() else path)
            except duckdb.Error as error:
                self.con.rollback()
                reason = str(error).splitlines()[0]
                raise WordedError("no_facts", path, Exit.SENSOR, reason=reason) from None
        self.con.commit()

    def _load(self, table: str, path: Path) -> None:
        columns = ", ".join(TABLES[table])
        rows = f"select {columns} from read_parquet({_quoted(path)})"
        self.con.execute(f"insert or ignore into main.{table} {rows}")
        if table == "facts":  # behind the rows, which may hold a fact of several runs themselves
            self.con.execute(_NEWER.format(rows=rows))

    def add_table(self, table: str, rows: pa.Table) -> None:
        """Write rows that another engine kept; those that are here stay once."""
        self.con.register("handed", rows)
        self.con.execute(f"insert or ignore into main.{table} by name select * from handed")
        self.con.unregister("handed")

    def close(self) -> None:
        """Close the database; a file store is complete on disk afterwards."""
        self.con.close()

    def _insert(self, table: str, rows: list[tuple[Any, ...]], conflict: str = "") -> None:
        if not rows:
            return
        columns = TABLES[table]
        values = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
        data = [list(column) for column in zip(*rows, strict=True)]
        self.con.execute(
            f"insert into main.{table} ({', '.join(columns)}) select {values} {conflict}", data
        )


def _fact_row(fact: Fact, run: str, recorded: Any) -> tuple[Any, ...]:
    detail = json.dumps(fact.detail, ensure_ascii=False, sort_keys=True)
    return (
        fact.fact_id, run, fact.subject, fact.sensor, fact.kind, fact.item, fact.info,
        fact.actor, fact.party, fact.recipient, fact.purpose, fact.basis, fact.phase,
        fact.outcome, fact.seen_at, fact.effective_at, recorded, fact.amount, fact.unit,
        fact.form, fact.certainty, fact.score, fact.locator, fact.artefact, detail,
    )  # fmt: skip


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

"""Judging by DuckDB, in the connection of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from hongxian.errors import HongxianError
from hongxian.judge.engine import TOLD_TYPES
from hongxian.judge.views import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.facts import Store
    from hongxian.rules.load import Rule

_ROWS = (
    "select subject, verdict, list_sort(list_distinct(evidence)) as evidence, "
    "* exclude (subject, verdict, evidence) from (\n{}\n) as ruled order by all"
)
"""Around a rule's SELECT: the same rows in the same order on every run."""

_TOLD = TOLD_TYPES.format(
    text="json_extract_string", runs="main.runs", facts="main.facts",
    current_runs="main.current_runs",
)  # fmt: skip


class DuckEngine:
    """An :class:`hongxian.judge.engine.Engine`.

    Args:
        store: holds the facts.
    """

    def __init__(self, store: Store) -> None:
        """Take the store's connection."""
        self.con = store.con

    def publish(self, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Make the views in schema ``judged`` and the reference tables beside them."""
        con = self.con
        con.execute("create schema if not exists judged")
        for table in ("facts", "coverage"):
            con.execute(
                f"create or replace view judged.{table} as "
                f"select t.* from main.{table} as t semi join main.current_runs using (run)"
            )
        con.execute(
            "create or replace macro judged.get_json_object(j, p) as json_extract_string(j, p)"
        )
        for view, columns in REFERENCE.items():
            body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            con.execute(f"create or replace temp table {view} ({body})")
            rows = tables.get(view, ())
            if rows:
                values = ", ".join(f"unnest(?::{kind}[])" for kind in columns.values())
                data = [list(column) for column in zip(*rows, strict=True)]
                con.execute(f"insert into {view} select {values}", data)
        con.execute("set search_path = 'judged,temp'")

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.con.execute(sql).fetchall()

    def ruled(self, rule: Rule) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a rule; the database orders the rows and their evidence."""
        try:
            cursor = self.con.execute(_ROWS.format(rule.sql))
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise HongxianError(f"{rule.source}: {str(error).splitlines()[0]}") from None
        return [column[0] for column in cursor.description or ()][3:], rows

    def told_types(self) -> list[tuple[str, str | None]]:
        """Return every subject of the store and its app type; no view needs to be published."""
        return self.select(_TOLD)

"""Column names and types of the stored tables: one list for DuckDB, Parquet and Arrow."""

from __future__ import annotations

from typing import Any

FACT_COLUMNS = {
    "fact_id": "VARCHAR",
    "run": "VARCHAR",
    "subject": "VARCHAR",
    "sensor": "VARCHAR",
    "kind": "VARCHAR",
    "item": "VARCHAR",
    "info": "VARCHAR",
    "actor": "VARCHAR",
    "party": "VARCHAR",
    "recipient": "VARCHAR",
    "purpose": "VARCHAR",
    "basis": "VARCHAR",
    "phase": "VARCHAR",
    "outcome": "VARCHAR",
    "seen_at": "TIMESTAMP",
    "effective_at": "TIMESTAMP",
    "recorded_at": "TIMESTAMP",
    "amount": "DOUBLE",
    "unit": "VARCHAR",
    "form": "VARCHAR",
    "certainty": "VARCHAR",
    "score": "DOUBLE",
    "locator": "VARCHAR",
    "artefact": "VARCHAR",
    "detail": "VARCHAR",
}
"""Columns of ``facts``; ``detail`` is JSON text."""

COVERAGE_COLUMNS = {
    "run": "VARCHAR",
    "subject": "VARCHAR",
    "sensor": "VARCHAR",
    "scope": "VARCHAR",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "artefact": "VARCHAR",
    "recorded_at": "TIMESTAMP",
    "detail": "VARCHAR",
}
"""Columns of ``coverage``."""

RUN_COLUMNS = {
    "run": "VARCHAR",
    "sensor": "VARCHAR",
    "subject": "VARCHAR",
    "artefact": "VARCHAR",
    "started_at": "TIMESTAMP",
    "ended_at": "TIMESTAMP",
    "status": "VARCHAR",
    "reason": "VARCHAR",
    "tool": "VARCHAR",
}
"""Columns of ``runs``; ``ended_at`` is null while a run goes on, and after one that died."""

TABLES = {"facts": FACT_COLUMNS, "coverage": COVERAGE_COLUMNS, "runs": RUN_COLUMNS}
"""The three tables."""

KEYS = {"facts": ("fact_id",), "coverage": ("run", "subject", "scope"), "runs": ("run",)}
"""Primary keys: what makes two rows the same row."""


ADDING = ("guard", "people", "answer")
"""Sensors whose runs add up; of any other the newest run over an artefact counts."""

CURRENT_RUNS = f"""
select run from (
  select run, sensor, row_number() over (
    partition by subject, sensor, artefact order by started_at desc, run desc) as age
  from {{runs}}) as aged
where age = 1 or sensor in {ADDING}
"""
"""The runs that count, for either engine; its place is the table of the runs."""


def arrow_schema(table: str) -> Any:
    """Return the ``pyarrow.Schema`` of a table (needs the ``arrow`` extra).

    Args:
        table: ``facts``, ``coverage`` or ``runs``.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only for those who want Arrow

    return pa.schema([(name, arrow_type(kind)) for name, kind in TABLES[table].items()])


def arrow_type(kind: str) -> Any:
    """Return the ``pyarrow.DataType`` of a column's type (needs the ``arrow`` extra)."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    return {
        "VARCHAR": pa.string(), "DOUBLE": pa.float64(), "TIMESTAMP": pa.timestamp("us"),
        "BOOLEAN": pa.bool_(),
    }[kind]  # fmt: skip

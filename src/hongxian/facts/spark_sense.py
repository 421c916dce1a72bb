"""What runs on the executors: a sensor over artefacts, each with a small store of its own.

A sensor writes its runs into a store on one machine, as everywhere else. Here that store is in
memory and goes to Spark as one row: a list of rows for each table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from hongxian.facts.columns import TABLES, arrow_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from hongxian.facts.duck import Store

Sensing = Callable[[Iterator[str]], Iterable[tuple["Store", Iterable[Any]]]]
"""Paths in; for each artefact a store with what was found on it, and words to the driver (JSON
takes them). It runs on an executor, so it must be picklable."""

_ROW = "select " + ", ".join(
    f"(select coalesce(list(t), []) from main.{table} as t)" for table in TABLES
)


def rows_of(work: Sensing) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that Spark runs on batches of paths."""
    return partial(_rows, work)


def nested_schema(types: Mapping[str, str]) -> str:
    """Return the columns of an artefact's row, as Spark spells them.

    Args:
        types: types of :mod:`hongxian.facts.columns` -> types of Spark.
    """
    tables = [
        f"{table} array<struct<{', '.join(f'{n}: {types[k]}' for n, k in columns.items())}>>"
        for table, columns in TABLES.items()
    ]
    return ", ".join([*tables, "words array<string>"])


def packed(store: Store, words: Iterable[Any]) -> pa.RecordBatch:
    """Return the row of one artefact.

    Args:
        store: with what was found.
        words: for the driver.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra

    row = store.con.execute(_ROW).fetchone() or ()
    told = [json.dumps(word, ensure_ascii=False) for word in words]
    kinds = [pa.struct(list(arrow_schema(table))) for table in TABLES]
    arrays = [
        pa.array([cell], pa.list_(kind))
        for cell, kind in zip([*row, told], [*kinds, pa.string()], strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, [*TABLES, "words"])


def _rows(work: Sensing, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    paths = (path for batch in batches for path in batch.column(0).to_pylist())
    for store, words in work(paths):
        try:
            yield packed(store, words)
        finally:
            store.close()

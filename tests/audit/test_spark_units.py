from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.sensors.store.made import arrow, csv_text, file_of

from hongxian.audit.spark_units import Unit, numbered, rows_of, tables_of, units_of
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Span

SMALL = 20_000
"""Bytes of a part in these tests."""


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a large and a small file of Parquet, and other formats."""
    for module in ("encoding", "ranges"):
        monkeypatch.setattr(f"hongxian.sensors.store.sources.{module}.BLOCK", 1 << 12)
    folder = tmp_path / "lake"
    folder.mkdir()
    pq.write_table(arrow(1500), folder / "a.parquet", row_group_size=200, compression="none")
    pq.write_table(arrow(60), folder / "b.parquet")
    file_of(folder, "u.csv", csv_text(30))
    file_of(folder, "v.csv", csv_text(900))
    file_of(folder, "long.json", "[" + ",".join(["1"] * 30_000) + "]")
    file_of(folder, "x.bin", bytes(range(256)) * 200)
    return folder


def test_large_files_are_cut(lake: Path) -> None:
    units = list(units_of([str(lake)], [open_source(str(lake))], [], SMALL))
    parts = {unit.name: unit.parts for unit in units}
    assert min(parts["a.parquet"], parts["v.csv"]) > 3
    assert parts["b.parquet"] == parts["u.csv"] == parts["long.json"] == parts["x.bin"] == 1
    assert [unit.number for unit in units] == sorted(unit.number for unit in units)
    assert {unit.name for unit in units if unit.span} == {"v.csv"}


def test_parts_know_the_rows_in_front_of_them(lake: Path) -> None:
    units = [unit for unit in units_of([str(lake)], [open_source(str(lake))], [], SMALL)
             if unit.name == "v.csv"]  # fmt: skip
    started = numbered(units, dict(map(rows_of, units)))
    rows = 0
    for unit in started:
        [(table, start)] = tables_of(unit, [])
        assert start == rows
        rows += sum(batch.num_rows for batch in table.read(None))
    assert rows == 900


def cut(*counts: int | None) -> list[tuple[int | None, int | None, int, int, int]]:
    """Return begin, end, rows in front, part and parts of spans with so many rows."""
    ends = [*range(1, len(counts)), None]
    spans = [Span(begin, end) for begin, end in zip([None, *ends], ends, strict=False)]
    units = [
        Unit(number=7, name="t", part=part, parts=len(counts), span=span)
        for part, span in enumerate(spans)
    ]
    found = numbered(units, {(7, part): count for part, count in enumerate(counts)})
    return [
        (unit.span and unit.span.begin, unit.span and unit.span.end, unit.start, unit.part,
         unit.parts)
        for unit in found
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 40, 50), [(None, 1, 0, 0, 3), (1, 2, 30, 1, 3), (2, None, 70, 2, 3)]),
        ((0, 5, 30, 9), [(None, 3, 0, 0, 2), (3, None, 35, 1, 2)]),
        ((30, 0, 50), [(None, 2, 0, 0, 2), (2, None, 30, 1, 2)]),
        ((30, None), [(None, None, 0, 0, 1)]),
        ((3, 4), [(None, None, 0, 0, 1)]),
        ((0, 0), [(None, None, 0, 0, 1)]),
    ],
    ids=["all", "few_first", "empty", "unknown", "few", "none"],
)
def test_parts_with_too_few_rows_are_put_together(
    counts: tuple[int | None, ...], expected: list[tuple[int | None, ...]]
) -> None:
    assert cut(*counts) == expected


def test_units_without_spans_stay_as_they_are() -> None:
    units = [Unit(number=0, name="a"), Unit(number=1, name="b", part=0, parts=2)]
    assert numbered(units, {}) == units


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    problems: list[Reason] = []
    gone = Unit(number=0, name="a.csv", path=str(tmp_path / "a.csv"))
    assert list(tables_of(gone, problems)) == []
    assert [reason.word for reason in problems] == ["store.unopened"]
    assert rows_of(replace(gone, span=Span(None, 5))) == ((0, 0), None)


def test_tables_and_files_behind_an_address_are_read_one_by_one(lake: Path) -> None:
    spec = f"local://{lake}"
    source = open_source(spec)
    units = list(units_of([spec], [source], []))
    assert all(unit.listed for unit in units)
    assert str(lake) not in repr(replace(units[0], listed=None))
    places = [table.place for unit in units for table, _ in tables_of(unit, [])]
    assert places == [table.place for table in source.tables([])]

    with sqlite3.connect(lake / "db.sqlite") as database:
        database.execute("create table people (phone text)")
        database.execute("create table orders (phone text)")
    spec = f"sqlalchemy+sqlite:///{lake / 'db.sqlite'}"
    units = list(units_of([spec], [open_source(spec)], [], full=True))
    names = [table.name for unit in units for table, _ in tables_of(unit, [])]
    assert names == ["orders", "people"]
    assert spec not in repr(units)

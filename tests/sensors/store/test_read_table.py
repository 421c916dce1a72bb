from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sensors.store.made import people, table_of

from bench import scan_parquet
from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.column_names import named
from hongxian.sensors.store.excerpt import excerpt
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.columnar import parquet_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.table import Sample
from hongxian.sensors.store.values import hits_in, kinds_of_infos


def columns(count: int) -> dict[str, Any]:
    return {key: [one[key] for one in people(count)] for key in people(1)[0]}


def test_a_table_is_counted_column_by_column_and_progress_is_told() -> None:
    moves: list[tuple[int, int]] = []
    counts = count_table(
        table_of(columns(20)), Counting(moved=lambda rows, size: moves.append((rows, size)))
    )
    assert [one.name for one in counts.columns] == list(people(1)[0])
    assert (counts.rows, counts.total) == (20, None)
    assert moves == [(20, counts.bytes)]


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (SourceError("damaged"), "store.damaged"),
        (OSError(5, "Input/output error"), "store.unopened"),
        (pa.ArrowInvalid("x"), "store.damaged"),
        (EOFError(), "store.damaged"),
    ],
)
def test_what_was_read_before_a_fault_stays(error: Exception, word: str) -> None:
    table = table_of({"phone": ["13812345678"]})
    good = table.read

    def read(sample: Sample | None, /) -> Iterator[Any]:
        yield from good(sample)
        raise error

    table.read = read
    counts = count_table(table)
    assert counts.columns[0].hits["basic.phone"].valid == 1
    assert [one["word"] for one in counts.reasons] == [word]


def test_members_replace_the_column_that_holds_them() -> None:
    counts = count_table(table_of({"u": [{"phone": "13812345678"}], "empty": [None]}))
    assert [one.name for one in counts.columns] == ["empty", "u.phone"]


def test_a_sample_knows_how_many_rows_there_are() -> None:
    table = table_of({"a": [1]}, rows=99, samples=True)
    assert count_table(table, Counting(sample=Sample(rows=1))).total == 99
    assert count_table(table).total is None


def test_columns_without_end_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.read_table.COLUMNS", 2)
    counts = count_table(table_of({"a": ["x"], "b": ["x"], "c": ["x"], "d": ["x"]}))
    assert [one.name for one in counts.columns] == ["a", "b", "..."]


def test_persons_who_should_be_gone_are_counted() -> None:
    absent = Absent("s", frozenset([hashed("138 1234 5678", "s")]))
    counts = count_table(
        table_of({"phone": ["+86-13812345678", "13987654321"]}), Counting(absent=absent)
    )
    assert counts.present == {"phone": 1}


def one_by_one(name: str, values: list[Any]) -> dict[str, dict[str, Any]]:
    """Return the hits of a column, each of its values read alone."""
    names, kinds = kinds_of_infos()
    found: dict[str, dict[str, Any]] = {}
    different: dict[str, set[str]] = {}
    for row, value in enumerate(values, 1):
        raw = (value or "").encode()
        seen: dict[str, dict[str, Any]] = {}
        for hit in hits_in(pa.array([value or ""]), named(name).label):
            info, start, end = names[kinds[hit["recogniser"]]], hit["start"], hit["end"]
            mine = seen.setdefault(info, {"valid": False, "whole": False, "text": ""})
            mine["valid"] |= bool(hit["grade"] == 1)
            mine["whole"] |= bool(start <= 1 and end >= len(raw) - 2)
            mine["text"] = mine["text"] or raw[start:end].decode()
        for info, mine in seen.items():
            own = found.setdefault(
                info, {"valid": 0, "labelled": 0, "whole": 0, "first": [],
                       "excerpt": excerpt(mine["text"], info)},
            )  # fmt: skip
            own["valid" if mine["valid"] else "labelled"] += 1
            own["whole"] += mine["whole"]
            own["first"] = [*own["first"], row][:3]
            different.setdefault(info, set()).add(value)
    return {info: {**own, "distinct": len(different[info])} for info, own in found.items()}


def test_columns_of_parquet_count_as_their_values_do_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_parquet, "ROWS", 1_500)
    draw = random.Random(3)
    rows = scan_parquet.group(draw)
    rows["phone"] = [one if draw.randrange(9) else draw.choice([None, one[:-1]])
                     for one in rows["phone"]]  # fmt: skip
    rows["remark"] = [one if draw.randrange(9) else None for one in rows["remark"]]
    del rows["id"]
    pq.write_table(pa.table(rows), tmp_path / "a.parquet", row_group_size=400)
    table = parquet_table(local_file(tmp_path / "a.parquet", "a.parquet"))
    for column in count_table(table).columns:
        found = {
            info: {name: getattr(hit, name) for name in ("valid", "labelled", "whole", "first",
                                                         "excerpt", "distinct")}
            for info, hit in column.hits.items()
        }  # fmt: skip
        assert found == one_by_one(column.name, rows[column.name]), column.name
        assert column.nulls == rows[column.name].count(None)

"""A scan on Spark finds what the same scan finds in one process."""

from __future__ import annotations

import json
import pickle
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pymysql
import pytest
from adbc_driver_postgresql import dbapi
from click.testing import CliRunner
from tests.sensors.store.made import POLICY, arrow, csv_text, file_of, people
from tests.sensors.store.sources.servers import mariadb, postgres

from hongxian.audit import spark_scan, spark_units
from hongxian.audit.spark_scan import StoreSensor, finished, joined
from hongxian.audit.spark_units import Unit, numbered, rows_of, units_of
from hongxian.cli.scan import command
from hongxian.errors import HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.counts import TableCounts
from hongxian.sensors.store.parts import TablePart
from hongxian.sensors.store.scan import Options, Scanned, judged, scan
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

SMALL = 20_000
"""Bytes of a part of a Parquet file in these tests."""


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A folder of Parquet with a file of many groups, a damaged one, and other formats."""
    folder = tmp_path / "lake"
    rows = arrow(1500)
    (folder / "day=1").mkdir(parents=True)
    pq.write_table(rows, folder / "day=1" / "a.parquet", row_group_size=200, compression="none")
    pq.write_table(arrow(60, seed=2), folder / "b.parquet")
    data = bytearray((folder / "day=1" / "a.parquet").read_bytes())
    group = pq.ParquetFile(folder / "day=1" / "a.parquet").metadata.row_group(3).column(2)
    data[group.data_page_offset : group.data_page_offset + 40] = bytes(40)
    (folder / "damaged.parquet").write_bytes(data)
    file_of(folder, "u.csv", csv_text(30) + "1,2\n")
    file_of(folder, "logs/app.log", "2026-11-01 10:00:00 INFO phone=13812345678\n" * 4)
    file_of(folder, "x.bin", bytes(range(256)))
    file_of(folder, "13812345678.csv", csv_text(5))
    return folder


def sensed(folder: Path, options: Options, known: dict[str, str] | None = None) -> Scanned:
    """Scan as the executors do, here; every part and every result crosses a border."""
    scanned = Scanned(subject="store:x", day=scan([], "", options).day)
    own = spark_scan._carried(options)
    sensor = StoreSensor(options=own, salt=b"salt", known=known or {})
    source = open_source(str(folder))
    units = list(units_of([str(folder)], [source], scanned.problems, SMALL))
    rows = dict(rows_of(unit) for unit in units if unit.span is not None)
    units = numbered(units, rows)
    found: dict[Any, Any] = {}
    for unit in reversed(units):
        for key, one in pickle.loads(pickle.dumps(sensor))(iter([unit])):
            carried = pickle.loads(pickle.dumps(one))
            found[key] = joined(found[key], carried) if key in found else carried
    for key in sorted(found):
        spark_scan._take(scanned, key, finished(found[key]), options)
    return judged(scanned, options.decisions)


def same(one: Scanned, other: Scanned) -> bool:
    """Whether two scans found the same, down to the counts."""
    assert [fact.fact_id for fact in one.facts()] == [fact.fact_id for fact in other.facts()]
    assert [fact.detail for fact in one.facts()] == [fact.detail for fact in other.facts()]
    assert one.coverage() == other.coverage()
    assert [(v.place, v.info, v.status) for v in one.verdicts] == [
        (v.place, v.info, v.status) for v in other.verdicts
    ]
    for ours, theirs in zip(one.tables, other.tables, strict=True):
        assert ours.data() == theirs.data()
    return True


def test_parts_of_files_in_any_order_are_the_whole(lake: Path) -> None:
    absent = Absent("s", frozenset(hashed(one["phone"], "s") for one in people(900)[::300]))
    options = Options(absent=absent)
    one, many = scan([open_source(str(lake))], "store:x", options), sensed(lake, options)
    assert same(one, many)
    assert {"store.damaged", "store.broken_rows", "store.unknown_format"} <= {
        reason.word for reason in many.reasons()
    }
    damaged = next(table for table in many.tables if table.where == "damaged.parquet")
    assert damaged.rows == 1300  # of eight groups seven are whole
    assert any(table.present for table in many.tables)


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files of lines, each of several blocks."""
    for module in ("encoding", "ranges"):
        monkeypatch.setattr(f"hongxian.sensors.store.sources.{module}.BLOCK", 1 << 13)
    rows = people(1_200)
    folder = tmp_path / "logs"
    lines = [f"2026-{row['id'] % 12 + 1:02}-03 10:00:00 INFO phone={row['phone']}" for row in rows]
    file_of(folder, "app.log", "\n".join(lines))
    file_of(folder, "note.txt", "".join(f"请联系 {row['phone']} 谢谢，尽快\n\n" for row in rows))
    records = [json.dumps(row, ensure_ascii=False) for row in rows]
    file_of(folder, "r.jsonl", "\n".join([*records[:50], "", "broken 13700001111", *records[50:]]))
    file_of(folder, "u.csv", csv_text(1_200))
    file_of(folder, "broken.csv", csv_text(600) + "1,2\n" + csv_text(600))
    file_of(folder, "b.csv", csv_text(1_200).replace("北京", "北京\\").encode("gb18030"))
    return folder


def test_parts_of_files_of_lines_are_the_whole(logs: Path) -> None:
    units = list(units_of([str(logs)], [open_source(str(logs))], [], SMALL))
    assert {unit.name for unit in units if unit.parts > 1} == {
        "app.log", "note.txt", "r.jsonl", "u.csv", "broken.csv", "b.csv",
    }  # fmt: skip
    options = Options(seed=5)
    one, many = scan([open_source(str(logs))], "store:x", options), sensed(logs, options)
    assert same(one, many)
    told = {(reason.word, reason.where) for reason in many.reasons()}
    assert {("store.broken_rows", "broken.csv"), ("store.broken_rows", "r.jsonl")} <= told


def test_what_has_not_changed_is_not_read_again(lake: Path, tmp_path: Path) -> None:
    state = State(tmp_path / "state", {})
    first = sensed(lake, Options(state=state))
    moved: list[int] = []
    options = Options(state=state, moved=lambda rows, _size: moved.append(rows))
    known = {place: one.fingerprint for place, one in state.tables.items()}
    again = sensed(lake, options, known)
    state.close()
    assert (again.reused, moved) == (len(again.tables), [])
    assert same(first, again)


def test_a_part_carries_no_value(lake: Path) -> None:
    units = [one for one in units_of([str(lake)], [open_source(str(lake))], [], SMALL)
             if one.name == "day=1/a.parquet"]  # fmt: skip
    sensor = StoreSensor(options=Options(), salt=b"salt", known={})
    parts = [one for _, one in sensor(iter(units))]
    held = pickle.dumps(parts)
    assert all(isinstance(part, TablePart) for part in parts)
    assert not [one for one in people(1500) if one["phone"].encode() in held]
    assert "salt" not in repr(sensor)
    whole = finished(reduce(joined, parts))
    assert isinstance(whole, TableCounts)
    assert whole.rows == 1500
    assert joined([Reason("store.damaged")], "x") == [Reason("store.damaged")]


def run(*words: object) -> tuple[int, Any]:
    result = CliRunner().invoke(
        command, [*map(str, words), "--lang", "en", "--format", "json", "--quiet"],
        catch_exceptions=False,
    )  # fmt: skip
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.usefixtures("spark")
def test_both_engines_report_the_same(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_units, "PART", SMALL)
    monkeypatch.setattr(spark_scan, "CHUNK", 4)
    file_of(tmp_path, "absent", "salt: s\n" + hashed(people(1)[0]["phone"], "s") + "\n")
    file_of(tmp_path, "policy.txt", POLICY)
    decided = '[[decision]]\ncolumn = "*id_card"\nverdict = "cleared"\nby = "w"\n'
    file_of(tmp_path, "decisions", decided)
    words = [lake, "--policy", tmp_path / "policy.txt", "--absent", tmp_path / "absent",
             "--decisions", tmp_path / "decisions"]  # fmt: skip
    one = run(*words)
    spark = ["--engine", "spark", "--store", tmp_path / "facts", "--state", tmp_path / "state"]
    assert run(*words, *spark) == one
    _, again = run(*words, "--engine", "spark", "--state", tmp_path / "state")
    assert again.pop("unchanged_tables") == len(again["tables"]) == 6
    assert again == {key: told for key, told in one[1].items() if key != "unchanged_tables"}
    assert {path.name for path in (tmp_path / "facts").iterdir()} == {
        "coverage.parquet", "facts.parquet", "runs.parquet",
    }  # fmt: skip


@pytest.mark.usefixtures("spark")
def test_a_scan_needs_no_folder_of_facts(lake: Path) -> None:
    assert run(lake / "u.csv", "--engine", "spark") == run(lake / "u.csv")


def test_facts_are_kept_in_a_folder(lake: Path) -> None:
    with pytest.raises(HongxianError, match="folder of Parquet"):
        run(lake, "--engine", "spark", "--store", lake / "u.csv")


def test_columns_of_all_types_survive_the_cut(tmp_path: Path) -> None:
    rows = arrow(600)
    rows = rows.append_column("tags", pa.array([[one["phone"]] for one in people(600)]))
    pq.write_table(rows, tmp_path / "t.parquet", row_group_size=100, compression="none")
    one = scan([open_source(str(tmp_path))], "store:x", Options(seed=4))
    assert same(one, sensed(tmp_path, Options(seed=4)))


@pytest.mark.usefixtures("spark")
def test_files_of_lines_are_cut_for_spark(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_units, "PART", SMALL)
    assert run(logs, "--engine", "spark") == run(logs)


@pytest.mark.usefixtures("spark")
def test_tables_of_databases_are_cut_for_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_units, "PART", 1 << 16)
    with postgres() as one, mariadb() as other:
        with dbapi.connect(one, autocommit=True) as made, made.cursor() as cursor:
            cursor.adbc_ingest("users", arrow(3_000), mode="create")
            cursor.execute("create table gone as select * from users")
            cursor.execute("delete from gone where id < 1200")
            cursor.execute("analyze")
        with (
            pymysql.connect(host="127.0.0.1", port=urlsplit(other).port or 0, user="root",
                            database="shop", charset="utf8mb4", autocommit=True) as mysql,
            mysql.cursor() as rows,
        ):  # fmt: skip
            rows.execute(
                "create table users (id int primary key, name varchar(40), phone char(11), "
                "id_card varchar(18), email varchar(80), city varchar(9), create_time datetime, "
                "key (phone))"
            )
            rows.executemany(
                "insert into users values (%s, %s, %s, %s, %s, %s, %s)",
                [tuple(row.values()) for row in people(3_000)],
            )
            rows.execute("analyze table users")
        specs = [one, other]
        units = list(units_of(specs, list(map(open_source, specs)), [], 1 << 16, full=True))
        assert [unit.part for unit in units].count(0) == 3
        assert len(units) > 9
        assert run(*specs, "--full", "--engine", "spark") == run(*specs, "--full")
        assert not [u for u in units_of(specs, list(map(open_source, specs)), []) if u.span]


def chunks(units: Iterable[Unit]) -> list[int]:
    return [len(chunk) for chunk in spark_scan._chunks(list(units))]


def test_the_parts_of_a_file_are_scanned_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_scan, "CHUNK", 2)
    units = [Unit(number=1, name="a", part=part, parts=3) for part in range(3)]
    assert chunks([Unit(number=0, name="z"), *units, Unit(number=2, name="b")]) == [4, 1]
    assert chunks([]) == []

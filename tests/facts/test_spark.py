"""What Spark keeps counts as it does on one machine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.judge.conftest import APP, ON, fill

from hongxian.errors import HongxianError
from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.facts.spark import SparkStore, address

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER = "app:com.example.other@2.0#ba9876543210"


def work(paths: Iterator[str]) -> Iterator[tuple[Store, list[Any]]]:
    """Find something in each path; an empty name is a package of which nothing can be read."""
    for path in paths:
        store = Store()
        if path:
            fill(store, path)
        yield store, [path]


def observed(store: Store, subject: str, sensor: str, day: int, items: str) -> None:
    """Write a run of some day that saw some items; each artefact is the sensor's own."""
    run = Run(sensor=sensor, subject=subject, artefact=sensor, started_at=ON + timedelta(days=day),
              run=f"{sensor}{day}")  # fmt: skip
    store.begin(run)
    store.add_facts(run, [
        Fact(subject=subject, sensor=sensor, kind="collect", item=item) for item in items
    ])  # fmt: skip
    store.add_coverage(run, [Coverage(subject=subject, scope="session.start", status="ran")])
    store.finish(run)


def current(store: Store) -> set[tuple[str, str]]:
    rows = store.rows(
        "select fact_id, run from main.facts where run in (select run from main.current_runs)"
    )
    return {(row["fact_id"], row["run"]) for row in rows}


def seen(store: SparkStore) -> set[tuple[str, str]]:
    return {(fact, run) for fact, run in store.rows("select fact_id, run from facts")[1]}


def test_what_a_sensor_finds_is_added_and_told_to_the_driver(spark, tmp_path: Path) -> None:
    store = SparkStore(tmp_path / "facts", spark=spark)
    assert sorted(store.sense([APP, OTHER, ""], work)) == ["", APP, OTHER]
    store.open()
    names, rows = store.rows("select subject, kind, seen_at from facts order by subject")
    assert names == ["subject", "kind", "seen_at"]
    assert rows == [(APP, "collect", None), (OTHER, "collect", None)]
    assert store.rows("select count(*) from coverage")[1] == [(2,)]
    list(store.sense([APP], work))  # the newest run over an artefact counts
    store.open()
    assert store.rows("select count(*) from stored_runs")[1] == [(3,)]
    assert store.rows("select count(*) from facts")[1] == [(2,)]
    folders = sorted(path.name for path in (tmp_path / "facts").iterdir())
    assert folders == ["coverage.parquet", "facts.parquet", "runs.parquet"]
    assert (tmp_path / "facts" / "facts.parquet" / "sensor=session").is_dir()
    store.close()
    duck = Store()
    duck.load(tmp_path / "facts")  # one machine reads what many have written
    assert len(current(duck)) == 2


def test_of_a_fact_that_several_runs_saw_the_newest_counts(spark, tmp_path: Path) -> None:
    first, second, duck = Store(), Store(), Store()
    observed(first, APP, "session", 0, "abc")
    observed(first, APP, "traffic", 1, "cd")
    observed(first, APP, "people", 0, "x")
    observed(second, APP, "session", 2, "bd")
    observed(second, APP, "people", 3, "y")  # what people say adds up
    for name, store in (("1", first), ("2", second)):
        store.export(tmp_path / name)
        duck.load(tmp_path / name)
    many = SparkStore(tmp_path / "1", spark=spark)
    many.load(tmp_path / "2")
    many.load(tmp_path / "2")
    many.open()
    assert seen(many) == current(duck)
    assert {run for _, run in current(duck)} == {"session2", "traffic1", "people0", "people3"}
    local = many.local([APP])
    assert current(local) == current(duck)
    assert many.local([OTHER]).rows("select * from main.runs") == []
    many.close()


def test_a_run_whose_end_was_not_written_is_not_seen(spark, tmp_path: Path) -> None:
    store = Store()
    fill(store)
    store.con.execute("delete from main.runs")
    store.export(tmp_path)
    many = SparkStore(tmp_path, spark=spark)
    many.open()
    assert seen(many) == set()


def test_a_store_that_cannot_be_read_says_why(spark, tmp_path: Path) -> None:
    def refused(folder: Path) -> str:
        with pytest.raises(HongxianError) as caught:
            SparkStore(folder, spark=spark).open()
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert "facts.parquet: cannot be read as facts" in refused(tmp_path / "none")
    Store().export(tmp_path / "bad")
    (tmp_path / "bad" / "coverage.parquet").write_bytes(b"no parquet" * 9)
    assert "coverage.parquet: cannot be read as facts" in refused(tmp_path / "bad")
    Store().export(tmp_path / "few")
    Store().con.execute(f"copy (select 1 as run) to '{tmp_path}/few/runs.parquet' (format parquet)")
    assert "no column sensor, subject" in refused(tmp_path / "few")


def test_an_export_is_not_added_to(spark, tmp_path: Path) -> None:
    Store().export(tmp_path)
    with pytest.raises(HongxianError, match="single exported file"):
        list(SparkStore(tmp_path, spark=spark).sense([APP], work))


def test_a_store_of_this_machine_is_added(spark, tmp_path: Path) -> None:
    one = Store()
    fill(one, APP)
    store = SparkStore(tmp_path / "facts", spark=spark)
    store.keep(one)
    list(store.sense([OTHER], work))
    store.open()
    assert store.rows("select subject from facts order by subject")[1] == [(APP,), (OTHER,)]
    assert current(store.local([APP])) == current(one)
    Store().export(tmp_path / "export")
    with pytest.raises(HongxianError, match="single exported file"):
        SparkStore(tmp_path / "export", spark=spark).keep(one)


def test_a_file_takes_no_facts(tmp_path: Path) -> None:
    Store(tmp_path / "facts.db").close()
    with pytest.raises(HongxianError, match="folder of Parquet"):
        SparkStore(tmp_path / "facts.db")


def test_nothing_found_at_all_is_a_store_without_facts(spark, tmp_path: Path) -> None:
    store = SparkStore(tmp_path / "facts", spark=spark)
    assert list(store.sense([""], work)) == [""]
    store.open()
    assert store.rows("select * from facts")[1] == []


def test_an_address_keeps_its_strokes(tmp_path: Path, monkeypatch) -> None:
    assert address(Path("s3a://bucket/facts")) == "s3a://bucket/facts"
    assert address("hdfs://name/facts") == "hdfs://name/facts"
    monkeypatch.chdir(tmp_path)
    assert address(Path("facts")) == str(tmp_path / "facts")

"""The store: facts once, the newest run counts, nothing written is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.errors import Exit, HongxianError
from hongxian.facts import Coverage, Fact, Run, Store

APP = "app:cn.example@1#0123456789ab"
START = datetime.fromisoformat("2026-11-01T12:00")
ADDS_THEN_WAITS = """
import sys, time
from hongxian.facts import Fact, Run, Store
store = Store(sys.argv[1])
run = Run(sensor="app", subject="app:x@1#0")
store.begin(run)
store.add_facts(run, [Fact(subject=run.subject, sensor="app", kind="trait", item=str(n))
                      for n in range(500)])
print("written", flush=True)
time.sleep(60)
"""


def fact(item: str, **fields: Any) -> Fact:
    return Fact(**{"subject": APP, "sensor": "app", "kind": "trait", "item": item} | fields)


def run_at(hours: int, sensor: str = "app", **fields: Any) -> Run:
    started = START + timedelta(hours=hours)
    return Run(sensor=sensor, subject=APP, artefact="sha", started_at=started, **fields)


def write(store: Store, run: Run, *facts: Fact) -> None:
    store.begin(run)
    store.add_facts(run, facts)
    store.finish(run)


def items(store: Store, where: str = "true") -> list[str]:
    return [row["item"] for row in store.rows(f"select item from facts where {where} order by 1")]


def current(store: Store) -> list[str]:
    return items(store, "run in (select run from current_runs)")


def test_the_same_observation_twice_is_one_fact_of_the_newest_run() -> None:
    store = Store()
    first, second = run_at(0), run_at(1)
    store.begin(first)
    assert store.add_facts(first, [fact("a"), fact("a"), fact("b")]) == 2
    write(store, second, fact("a"))
    assert store.rows("select item, run from facts order by item") == [
        {"item": "a", "run": second.run},
        {"item": "b", "run": first.run},
    ]


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=4))
def test_current_facts_are_those_of_the_newest_run(runs: list[list[str]]) -> None:
    store = Store()
    for hour, seen in enumerate(runs):
        write(store, run_at(hour), *map(fact, seen))
    assert current(store) == sorted(set(runs[-1]))
    assert items(store) == sorted(set().union(*runs))


def test_a_run_that_is_forgotten_leaves_what_a_newer_one_saw() -> None:
    store, old, new = Store(), run_at(0), run_at(1)
    write(store, old, fact("a"), fact("b"))
    write(store, new, fact("b"), fact("c"))
    store.forget(old)
    assert items(store) == ["b", "c"]
    assert [row["run"] for row in store.rows("select run from main.runs")] == [new.run]


def test_runs_of_other_sensors_and_artefacts_do_not_displace_each_other() -> None:
    store = Store()
    write(store, run_at(0), fact("a"))
    write(store, run_at(1, "session"), fact("b", sensor="session"))
    write(store, Run(sensor="app", subject=APP, artefact="other"), fact("c"))
    assert current(store) == ["a", "b", "c"]


@pytest.mark.parametrize("sensor", ["guard", "people", "answer"])
def test_what_people_and_guards_say_adds_up(sensor: str) -> None:
    store = Store()
    write(store, run_at(0, sensor), fact("a", sensor=sensor))
    write(store, run_at(1, sensor), fact("b", sensor=sensor))
    assert current(store) == ["a", "b"]


def test_a_later_word_on_a_scope_replaces_the_earlier() -> None:
    store = Store()
    run = run_at(0)
    store.begin(run)
    store.add_coverage(run, [Coverage(subject=APP, scope="app.code", status="ran")])
    late = Coverage(subject=APP, scope="app.code", status="partial", reason="packed")
    store.add_coverage(run, [late])
    store.add_coverage(run, [])
    rows = store.rows("select sensor, scope, status, reason from coverage")
    assert rows == [{"sensor": "app", "scope": "app.code", "status": "partial", "reason": "packed"}]


def test_a_run_says_how_it_ended() -> None:
    store = Store()
    done, cut = run_at(0), run_at(1)
    write(store, done)
    store.begin(cut)
    store.finish(cut, "partial", "capture cut off")
    rows = store.rows("select status, reason, ended_at is null as open from runs order by 1")
    assert rows == [
        {"status": "partial", "reason": "capture cut off", "open": False},
        {"status": "ran", "reason": None, "open": False},
    ]


def test_a_run_that_is_killed_leaves_its_facts_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    words = [sys.executable, "-c", ADDS_THEN_WAITS, str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        with pytest.raises(HongxianError, match="not usable as a fact store"):
            Store(path)
        process.send_signal(signal.SIGKILL)
    store = Store(path)
    assert len(items(store)) == 500
    [row] = store.rows("select status, reason, ended_at from runs")
    assert row == {"status": "partial", "reason": "the run did not finish", "ended_at": None}


def test_a_file_that_is_no_store_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database\n" * 99, encoding="utf-8")
    with pytest.raises(HongxianError) as caught:
        Store(path)
    assert str(caught.value).startswith(f"{path}: not usable as a fact store: ")
    assert "\n" not in str(caught.value)
    assert caught.value.code is Exit.USAGE
    assert path.read_text(encoding="utf-8").startswith("no database")


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with duckdb.connect(str(path)) as other:
        other.execute("create table facts (a integer)")
    with pytest.raises(HongxianError, match="its table facts has other columns"):
        Store(path)


def test_other_programs_read_the_exported_tables(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    store = Store()
    seen = fact("a", amount=2, seen_at=START, info="device.imei", detail={"路": ["甲"]})
    write(store, run_at(0), seen)
    folder = tmp_path / "it's here"
    assert [path.name for path in store.export(folder)] == [
        "facts.parquet",
        "coverage.parquet",
        "runs.parquet",
    ]
    [row] = pq.read_table(folder / "facts.parquet").to_pylist()
    assert row["fact_id"] == seen.fact_id
    assert (row["amount"], row["seen_at"], row["info"]) == (2.0, START, "device.imei")
    assert row["detail"] == '{"路": ["甲"]}'


def test_merging_a_store_twice_keeps_each_row_once(tmp_path: Path) -> None:
    one, other = Store(), Store(tmp_path / "other.db")
    run = run_at(0)
    write(one, run, fact("a"), fact("b"))
    one.add_coverage(run, [Coverage(subject=APP, scope="app.code", status="ran")])
    write(other, run_at(1, "session"), fact("c", sensor="session"))
    one.export(tmp_path / "out")
    other.load(tmp_path / "out")
    other.load(tmp_path / "out")
    other.close()
    merged = Store(tmp_path / "other.db")
    assert current(merged) == ["a", "b", "c"]
    for table, count in {"facts": 3, "coverage": 1, "runs": 2}.items():
        assert merged.rows(f"select count(*) as n from {table}") == [{"n": count}]
    for table in ("facts", "coverage"):
        query = f"select * from {table} where sensor = 'app' order by all"
        assert merged.rows(query) == one.rows(query)


@pytest.mark.parametrize("hour", [0, 2])
def test_a_merged_fact_belongs_to_the_newest_run_that_saw_it(tmp_path: Path, hour: int) -> None:
    here, there = Store(), Store()
    write(here, run_at(1), fact("both"), fact("here"))
    write(there, run_at(hour), fact("both"), fact("there"))
    there.export(tmp_path)
    here.load(tmp_path)
    assert current(here) == ["both", "there" if hour == 2 else "here"]


@pytest.mark.parametrize("table", ["facts", "coverage", "runs"])
def test_half_a_parquet_file_is_one_line_and_changes_nothing(tmp_path: Path, table: str) -> None:
    store, other = Store(), Store()
    write(other, run_at(0), *(fact(str(n)) for n in range(200)))
    other.export(tmp_path)
    path = tmp_path / f"{table}.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(HongxianError) as caught:
        store.load(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.code is Exit.SENSOR
    assert store.rows("select run from runs") == []
    write(store, run_at(1), fact("a"))
    assert current(store) == ["a"]


def test_a_folder_without_tables_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match=r"runs\.parquet: cannot be read as facts: IO Error"):
        Store().load(tmp_path)


def test_rows_of_another_engine_are_kept_once(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    store = Store()
    run = Run(sensor="app", subject="app:a")
    store.begin(run)
    store.add_facts(run, [Fact(subject="app:a", sensor="app", kind="trait", item="packed")])
    store.export(tmp_path)
    other = Store()
    for _ in range(2):
        for table in ("facts", "runs"):
            other.add_table(table, pq.read_table(tmp_path / f"{table}.parquet"))
    for table in ("facts", "runs"):
        select = f"select * from main.{table}"
        assert other.rows(select) == store.rows(select)

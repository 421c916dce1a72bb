"""Judge the same facts by all rules on DuckDB and on Spark; the verdicts must be identical.

    python bench/spark_judge.py [--apps 10000] [--cores 2] [--memory 2g]

Facts are those of judge_10000_apps.py, read from Parquet. Starting Spark is told apart; the second
pass of Spark is what a long job pays, when its code is compiled and the facts are in place.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from judge_10000_apps import ON, TYPES, timed, write

from hongxian.facts import Store
from hongxian.facts.spark import SparkStore
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import judge
from hongxian.judge.views import prepare
from hongxian.rules.load import load_rules


def main() -> None:
    """Run both and print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--apps", type=int, default=10_000)
    options.add_argument("--cores", type=int, default=2)
    options.add_argument("--memory", default="2g")
    given = options.parse_args()
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        f"--master local[{given.cores}] --driver-memory {given.memory} "
        "--conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false "
        "--conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 "
        f"--conf spark.sql.shuffle.partitions={2 * given.cores} --conf spark.log.level=ERROR "
        "pyspark-shell"
    )
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), given.apps, given.cores)


def compare(folder: Path, apps: int, cores: int) -> None:
    """Write the facts once, judge them by both and demand the same result."""
    made = Store(threads=cores)
    count = write(made, apps)
    made.export(folder)
    made.close()
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{apps} apps, {count} facts, {size / 2**20:.1f} MiB of Parquet, {cores} cores")
    subjects = [(f"app:{n}", TYPES[n % len(TYPES)], ON) for n in range(apps)]
    rules = load_rules()
    tables = reference_tables(subjects, rules, {}, ON.date())

    def judged(store: Any) -> list[Any]:
        return timed(lambda: judge(store, rules))

    duck = Store(threads=cores)
    _, loaded = timed(lambda: (duck.load(folder), prepare(duck, tables)))
    ours, one = judged(duck)
    print(f"duckdb {duckdb.__version__}: facts read {loaded:.1f} s, judged {one:.2f} s")
    many, started = timed(lambda: SparkStore(folder))
    print(f"spark {many.spark.version}: started in {started:.1f} s")
    _, placed = timed(lambda: (prepare(many, tables), many.rows("select count(*) from facts")))
    print(f"spark: facts placed {placed:.1f} s", flush=True)
    theirs, first = judged(many)
    print(f"spark: judged {first:.1f} s", flush=True)
    again, second = judged(many)
    print(f"spark: judged again {second:.1f} s")
    print(f"spark takes {second / one:.1f} times as long as duckdb; per app "
          f"{second / apps * 1000:.2f} ms beside {one / apps * 1000:.2f} ms")  # fmt: skip
    same = ours == theirs == again
    findings = sum(len(ruling.findings) for ruling in ours)
    told = f"{len(ours)} rulings with {findings} findings and their evidence"
    print(f"{told}: {'identical' if same else 'THEY DIFFER'}")
    many.spark.stop()


if __name__ == "__main__":
    main()

"""Scan and mask the same folder of Parquet in one process and on Spark: the results must be equal.

    python bench/spark_scan.py [--megabytes 100] [--cores 2] [--memory 2g]

The folder holds made-up people as in scan_parquet.py, in files of which one is large enough to be
read in parts. Each run is a process of its own; seconds are of the clock, because Spark works in
several processes, and its start is told apart. Rows, counts, verdicts, facts and what masking
reports must be identical.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from scan_parquet import write

from hongxian.audit import spark_scan, spark_units
from hongxian.facts.spark_session import session
from hongxian.guards.mask import spark as spark_mask
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Wanted, mask_source
from hongxian.guards.mask.outcome import masked_record
from hongxian.guards.mask.plan import Plan, named_column
from hongxian.guards.mask.policy_file import load_policy
from hongxian.guards.mask.run import Asked
from hongxian.guards.mask.spark_masking import Order
from hongxian.info.recognise.fast import COMPILED
from hongxian.sensors.store.scan import Options, scan
from hongxian.sensors.store.sources.sources import open_source

PARTS = 3
"""Parts in which the large file is read."""
POLICY = '[keys]\nactive = "k1"\n[keys.k1]\nfile = "k1.key"\n'
COLUMNS = (
    "name=basic.name:partial", "phone=basic.phone:fpe", "email=basic.email:pseudonym",
    "remark=:suppress", "order_no=:keep", "id=:keep", "ip=:keep", "create_time=:keep",
)  # fmt: skip


def main() -> None:
    """Write, run each part in a process of its own, compare and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=100)
    options.add_argument("--cores", type=int, default=2)
    options.add_argument("--memory", default="2g")
    options.add_argument("--part", choices=["scan", "mask"])
    options.add_argument("--engine", choices=["one", "spark"])
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.part:
        part = scanned if given.part == "scan" else masked
        print(json.dumps(part(given.folder, given.engine == "spark", given.cores, given.memory)))
        return
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), given)


def compare(folder: Path, given: argparse.Namespace) -> None:
    """Write the folder, scan and mask it by both, and demand the same."""
    (folder / "lake").mkdir()
    write(folder / "lake" / "a.parquet", given.megabytes * 500_000)
    for name in "bcd":
        write(folder / "lake" / f"{name}.parquet", given.megabytes * 500_000 // 3)
    (folder / "policy.toml").write_text(POLICY)
    (folder / "k1.key").write_text("0123456789abcdef" * 4)
    (folder / "k1.key").chmod(0o600)
    size = sum(path.stat().st_size for path in (folder / "lake").iterdir())
    print(f"{size / 1e6:.0f} MB of Parquet in 4 files, kernel compiled: {COMPILED}")
    for part in ("scan", "mask"):
        one, many = run(part, "one", folder, given), run(part, "spark", folder, given)
        for name, told in (("one process", one), (f"spark, local[{given.cores}]", many)):
            seconds, rows = told["seconds"], told["rows"]
            print(f"{part} {name:18} {seconds:7.1f} s  {rows / seconds:9,.0f} rows/s"
                  f"  {size / seconds / 1e6:6.1f} MB/s of file  start {told['started']:.1f} s",
                  flush=True)  # fmt: skip
        print(f"{part}: spark at {one['seconds'] / many['seconds']:.2f} of one process's speed")
        read = [pickle.loads((folder / f"{part}-{name}").read_bytes()) for name in ("one", "spark")]  # noqa: S301 - our own
        print(f"{part}: {'identical' if read[0] == read[1] else 'THEY DIFFER'}")
        if read[0] != read[1]:
            sys.exit(1)


def run(part: str, engine: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Run a part in a process of its own."""
    words = ["--part", part, "--engine", engine, "--folder", folder, "--cores", given.cores,
             "--memory", given.memory]  # fmt: skip
    command = [sys.executable, __file__, *map(str, words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def started(spark: bool, cores: int, memory: str) -> tuple[Any, float]:
    """Start Spark when it is wanted; return its session and the seconds that this took."""
    if not spark:
        return None, 0.0
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        f"--master local[{cores}] --driver-memory {memory} --conf spark.ui.enabled=false "
        "--conf spark.ui.showConsoleProgress=false --conf spark.driver.host=127.0.0.1 "
        "--conf spark.driver.bindAddress=127.0.0.1 --conf spark.log.level=ERROR pyspark-shell"
    )

    begun = time.monotonic()
    return session(), time.monotonic() - begun


def scanned(folder: Path, spark: bool, cores: int, memory: str) -> dict[str, Any]:
    """Scan and keep what was found for the comparison."""
    spark_units.PART = (folder / "lake" / "a.parquet").stat().st_size // PARTS
    own, seconds = started(spark, cores, memory)
    spec, begun = str(folder / "lake"), time.monotonic()
    sources = [open_source(spec)]
    if spark:
        found = spark_scan.scan_on_spark([spec], sources, "store:lake", Options(), own)
    else:
        found = scan(sources, "store:lake", Options())
    took = time.monotonic() - begun
    facts = [(fact.fact_id, fact.detail) for fact in found.facts()]
    tables = [table.data() for table in found.tables]
    kept = (facts, tables, found.coverage(), [(v.place, v.info, v.status) for v in found.verdicts])
    (folder / f"scan-{'spark' if spark else 'one'}").write_bytes(pickle.dumps(kept))
    return {"seconds": took, "rows": sum(one.rows for one in found.tables), "started": seconds}


def masked(folder: Path, spark: bool, cores: int, memory: str) -> dict[str, Any]:
    """Mask and keep rows and report for the comparison."""
    spark_mask.PART = (folder / "lake" / "a.parquet").stat().st_size // PARTS
    own, seconds = started(spark, cores, memory)
    named = dict(map(named_column, COLUMNS))
    target = folder / f"out-{'spark' if spark else 'one'}"
    begun = time.monotonic()
    if spark:
        order = Order(policy=str(folder / "policy.toml"), audience="test", named=named)
        found = spark_mask.mask_on_spark(folder / "lake", target, order, Asked(), own)
    else:
        policy = load_policy(folder / "policy.toml")
        plan = Plan(policy=policy, audience="test", named=named, recognise=recognised)
        found = mask_source(str(folder / "lake"), target, plan, Wanted())
    took = time.monotonic() - begun
    sums = [pq.ParquetFile(path).read() for path in sorted(target.rglob("*.parquet"))]
    rows = {name: [hash_of(table.column(name)) for table in sums] for name in sums[0].column_names}
    whole = {name: sum(parts) % (1 << 64) for name, parts in rows.items()}
    kept = (masked_record(found), whole)
    (folder / f"mask-{'spark' if spark else 'one'}").write_bytes(pickle.dumps(kept))
    return {"seconds": took, "rows": sum(one.rows for one in found.outcomes), "started": seconds}


def hash_of(column: Any) -> int:
    """Return a sum over the hashes of a column's values, which parts of it add up to."""
    return sum(zlib.crc32(str(value).encode()) for value in column.to_pylist())


if __name__ == "__main__":
    main()

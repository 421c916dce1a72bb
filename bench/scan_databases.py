"""PostgreSQL and MariaDB: a full scan of 1,000,000 rows x 8 columns at half of a bare read's speed.

    .venv/bin/python bench/scan_databases.py [--rows 1000000]

Starts servers of its own on loopback (the Debian packages postgresql and mariadb-server), fills a
table, reads the same columns with the same driver and does nothing with them, then scans it. Told
are seconds on the clock and, for a machine that does other things too, those of our own processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyarrow as pa
import pymysql.cursors
from adbc_driver_postgresql import dbapi

from hongxian.sensors.store.scan import Options, scan
from hongxian.sensors.store.sources.sources import open_source

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.scan_parquet import ROWS, group
from tests.sensors.store.sources.servers import mariadb, postgres

if TYPE_CHECKING:
    from collections.abc import Callable

WANTED = 0.5


def fill_postgres(spec: str, rows: int) -> None:
    """Write the table by the driver's own bulk path."""
    draw = random.Random(7)  # noqa: S311 - made-up rows
    with dbapi.connect(spec, autocommit=True) as made, made.cursor() as cursor:
        for number in range(rows // ROWS):
            mode = "create" if number == 0 else "append"
            cursor.adbc_ingest("people", pa.table(group(draw)), mode=mode)
        cursor.execute("vacuum analyze people")


def fill_mariadb(spec: str, rows: int) -> None:
    """Write the table by inserts of many rows."""
    with _mariadb(spec) as made, made.cursor() as cursor:
        cursor.execute(
            "create table people (id int, name varchar(20), phone char(11), email varchar(60), "
            "order_no varchar(20), ip varchar(15), remark varchar(200), create_time varchar(20))"
        )
        draw = random.Random(7)  # noqa: S311 - made-up rows
        for _ in range(rows // ROWS):
            values = list(zip(*group(draw).values(), strict=True))
            cursor.executemany("insert into people values (%s,%s,%s,%s,%s,%s,%s,%s)", values)
        made.commit()


def _mariadb(spec: str) -> Any:
    return pymysql.connect(
        host="127.0.0.1", port=urlsplit(spec).port or 0, user="root", database="shop",
        charset="utf8mb4", max_allowed_packet=1 << 26,
    )  # fmt: skip


def bare_postgres(spec: str) -> int:
    """Read all columns as Arrow."""
    with dbapi.connect(spec, autocommit=True) as made, made.cursor() as cursor:
        cursor.execute("select * from people")
        return sum(batch.num_rows for batch in cursor.fetch_record_batch())


def bare_mariadb(spec: str) -> int:
    """Read all columns as a stream."""
    rows = 0
    with _mariadb(spec) as made, made.cursor(pymysql.cursors.SSCursor) as cursor:
        cursor.execute("select * from people")
        while part := cursor.fetchmany(8_192):
            rows += len(part)
    return rows


def scanned(spec: str) -> int:
    """Scan the table in full."""
    found = scan([open_source(spec)], "store:bench", Options(sample=None))
    infos = {one.info for one in found.verdicts if one.status == "confirmed"}
    wanted = {"basic.name", "basic.phone", "basic.email", "netid.ip"}
    if infos != wanted:
        sys.exit(f"found {infos}, not {wanted}")
    return sum(table.rows for table in found.tables)


def best(task: Callable[[str], int], spec: str) -> tuple[float, float, int]:
    """Return the least seconds of three runs, on the clock and of the processor, and the rows."""
    seconds, spent, rows = [], [], 0
    for _ in range(3):
        start, begin = time.perf_counter(), time.process_time()
        rows = task(spec)
        seconds.append(time.perf_counter() - start)
        spent.append(time.process_time() - begin)
    return min(seconds), min(spent), rows


def main() -> None:
    """Fill, read, scan, print, for each server."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    wanted = options.parse_args().rows
    servers = {
        "PostgreSQL": (postgres, fill_postgres, bare_postgres),
        "MariaDB": (mariadb, fill_mariadb, bare_mariadb),
    }
    for name, (server, fill, bare) in servers.items():
        with server() as spec:
            fill(spec, wanted)
            read, read_spent, rows = best(bare, spec)
            ours, spent, scanned_rows = best(scanned, spec)
        if rows != scanned_rows:
            sys.exit(f"{name}: {scanned_rows} rows scanned, {rows} there")
        met = "met" if read / ours >= WANTED else "MISSED"
        print(
            f"{name:<11} {rows:,} rows: bare read {rows / read:9,.0f} rows/s  scan "
            f"{rows / ours:9,.0f} rows/s  ratio {read / ours:.2f} (>= {WANTED}: {met}); "
            f"processor {read_spent:.2f} s and {spent:.2f} s, ratio {read_spent / spent:.2f}"
        )


if __name__ == "__main__":
    main()

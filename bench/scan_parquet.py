"""Parquet end to end: at least 80 MB/s of the file on a core, at most 400 MB of memory.

    .venv/bin/python bench/scan_parquet.py [--gigabytes 4]

A file of made-up people with eight columns (numbers, names, free text, moments) is written first;
MB are bytes of the file as it lies on disk, and of the values as Arrow holds them. The bare read of
the same columns stands beside it. Seconds are those of the processor, of all threads and with
user and system together, so that MB/s are those of one core; those of the clock stand beside.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hongxian.info.recognise.fast import COMPILED
from hongxian.sensors.store.scan import Options, scan
from hongxian.sensors.store.sources.sources import open_source

ROWS = 50_000
"""Rows of a group."""
NOTES = (
    "客户要求尽快发货，谢谢",
    "请联系 {phone} 确认",
    "无",
    "已完成退款处理，原路返回",
    "地址有误，待补充",
)
WANTED_SPEED, WANTED_MEMORY = 80.0, 400.0


def group(draw: random.Random) -> dict[str, list[Any]]:
    """Return a group of rows, each with other values."""
    phones = [f"1{draw.choice('35789')}{draw.randrange(10**9):09}" for _ in range(ROWS)]
    names = [draw.choice("王李张刘陈杨黄赵") + draw.choice("伟芳娜敏静丽强磊") for _ in range(ROWS)]
    return {
        "id": [draw.randrange(10**8) for _ in range(ROWS)],
        "name": names,
        "phone": phones,
        "email": [f"user{draw.randrange(10**7)}@example.cn" for _ in range(ROWS)],
        "order_no": [f"2026{draw.randrange(10**12):012}" for _ in range(ROWS)],
        "ip": [f"10.{draw.randrange(256)}.{draw.randrange(256)}.7" for _ in range(ROWS)],
        "remark": [draw.choice(NOTES).format(phone=phone) for phone in phones],
        "create_time": [
            f"2024-0{draw.randrange(1, 10)}-1{draw.randrange(10)} 10:00:00" for _ in names
        ],
    }


def write(path: Path, size: int) -> None:
    """Write a file of so many bytes; eight groups come again and again."""
    draw = random.Random(7)  # noqa: S311 - made-up rows
    groups = [pa.table(group(draw)) for _ in range(8)]
    with pq.ParquetWriter(path, groups[0].schema) as writer:
        place = 0
        while path.stat().st_size < size:
            writer.write_table(groups[place % len(groups)])
            place += 1


def scanned(path: Path) -> None:
    """Scan the file in this process and print seconds, bytes of values and memory."""
    start, clock = time.process_time(), time.perf_counter()
    found = scan([open_source(str(path))], "store:bench", Options())
    seconds, clock = time.process_time() - start, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    infos = sorted({one.info for one in found.verdicts if one.status == "confirmed"})
    table = found.tables[0]
    print(seconds, table.bytes, table.rows, memory, clock, COMPILED, ",".join(infos))


def read(path: Path) -> None:
    """Read the same columns and do nothing with them."""
    start, clock = time.process_time(), time.perf_counter()
    rows = sum(
        batch.num_rows
        for batch in pq.ParquetFile(path, pre_buffer=False).iter_batches(use_threads=False)
    )
    seconds, clock = time.process_time() - start, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, 0, rows, memory, clock)


def measured(path: Path, what: str) -> list[str]:
    """Run a part in a process of its own."""
    command = [sys.executable, __file__, "--part", what, "--file", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def main() -> None:
    """Write, read, scan, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gigabytes", type=float, default=4.0)
    options.add_argument("--part", choices=["scan", "read"])
    options.add_argument("--file", type=Path)
    chosen = options.parse_args()
    if chosen.part:
        (scanned if chosen.part == "scan" else read)(chosen.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        write(path, int(chosen.gigabytes * 1e9))
        size = path.stat().st_size
        bare, ours = measured(path, "read"), measured(path, "scan")
    print(f"file {size / 1e6:,.0f} MB, {int(ours[2]):,} rows, kernel compiled: {ours[5]}, "
          f"found {ours[6]}, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for name, told in (("scan", ours), ("bare read", bare)):
        print(f"{name:9} {float(told[0]):7.1f} s of processor {float(told[4]):7.1f} s of clock  "
              f"{size / float(told[0]) / 1e6:6.1f} MB/s of file  "
              f"{int(told[1]) / float(told[0]) / 1e6:6.1f} MB/s of values  "
              f"{float(told[3]):5.0f} MB of memory")  # fmt: skip
    speed, memory = size / float(ours[0]) / 1e6, float(ours[3])
    print("wanted:", "met" if speed >= WANTED_SPEED and memory <= WANTED_MEMORY else "MISSED",
          f"(>= {WANTED_SPEED:.0f} MB/s of file on a core, <= {WANTED_MEMORY:.0f} MB)")  # fmt: skip


if __name__ == "__main__":
    main()

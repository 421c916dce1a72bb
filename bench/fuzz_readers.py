"""Fuzz the readers at length, over processes, and print what came out of each.

    python bench/fuzz_readers.py --inputs 1000000 --processes 2

Every input has a number; ``--start`` goes on where an earlier run ended. A failure prints the
reader and the number, with which ``tests.fuzz.mutate.mutated`` makes the input again.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fuzz.captures import CAPTURES
from tests.fuzz.readers import READERS, Count, run

READERS.update(CAPTURES)

BATCH = 10_000
MEMORY = 2 << 30
"""Address space of one process; a reader that wants more fails."""


def _prepare() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _batch(name: str, count: int, start: int) -> tuple[str, Count, str, float, int]:
    began = time.process_time()
    fault = ""
    done = Count()
    try:
        done = run(name, count, start)
    except BaseException:  # noqa: BLE001 - whatever comes out is what we look for
        fault = traceback.format_exc()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return name, done, fault, time.process_time() - began, peak


def main() -> None:
    """Parse the options, run, print one line per reader; exit 1 after any failure."""
    options = argparse.ArgumentParser(description="Fuzz the readers.")
    options.add_argument("--inputs", type=int, default=1_000_000, help="over all readers")
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--readers", nargs="*", default=list(READERS), choices=list(READERS))
    given = options.parse_args()
    each = -(-given.inputs // len(given.readers))
    jobs = [
        (name, min(BATCH, each - at), given.start + at)
        for at in range(0, each, BATCH)
        for name in given.readers
    ]
    failed = _run(jobs, given.processes)
    sys.exit(1 if failed else 0)


def _run(jobs: list[tuple[str, int, int]], processes: int) -> int:
    totals = {name: [0, 0, 0.0, 0] for name, _, _ in jobs}
    failures: list[str] = []
    with ProcessPoolExecutor(processes, initializer=_prepare) as pool:
        for future in as_completed([pool.submit(_batch, *job) for job in jobs]):
            name, done, fault, seconds, peak = future.result()
            row = totals[name]
            totals[name] = [row[0] + done.inputs, row[1] + done.refused, row[2] + seconds,
                            max(row[3], peak)]  # fmt: skip
            failures += [fault] if fault else []
    print(f"{'reader':<12}{'inputs':>10}{'refused':>10}{'inputs/s':>10}{'peak MB':>9}")
    for name, (count, refused, seconds, peak) in totals.items():
        rate = round(count / seconds) if seconds else 0
        print(f"{name:<12}{count:>10}{refused:>10}{rate:>10}{peak // 1024:>9}")
    print(f"{'all':<12}{sum(r[0] for r in totals.values()):>10}  failures: {len(failures)}")
    for fault in failures[:10]:
        print(fault)
    return len(failures)


if __name__ == "__main__":
    main()

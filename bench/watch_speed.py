"""Lines a second of ``hongxian watch`` over a gateway's log with bodies, and its greatest memory.

The target is 10 million lines in under 30 s on two cores, so 60 CPU seconds; here a part of them is
measured. CPU seconds count, of all processes together: seconds alone tell how busy the machine is.
With ``--engine spark`` the same log is also read on Spark, and the findings must be the same.
Run: ``python bench/watch_speed.py [--lines 1000000] [--engine spark]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from pathlib import Path

from measure import measure

from hongxian.info.recognise.fast import COMPILED
from hongxian.sensors.traffic.columns.cut.fast import COMPILED as CUT

TARGET = 10_000_000 / 30
"""Lines a second."""
_PEOPLE = 20_000


def made(path: Path, lines: int) -> None:
    """Write a log: nine of ten lines carry no PI, a tenth asks for somebody and is answered.

    One line of five hundred is of somebody who walks through numbers.
    """
    rng = random.Random(7)  # noqa: S311 - made up traffic
    words = [
        f"{first}{last}" for first in ("he", "wor", "sun", "lan") for last in ("llo", "ld", "t")
    ]
    items = [
        json.dumps({"id": number, "text": " ".join(rng.choices(words, k=6))})
        for number in range(1_000)
    ]
    with path.open("w") as out:
        for number in range(lines):
            who = rng.randrange(_PEOPLE)
            row: dict[str, object] = {
                "time": 1_750_000_000 + number // 200, "method": "GET", "status": 200,
                "uri": f"/v1/feed?page={number % 9}", "user_id": f"u{who}", "scheme": "https",
                "client_ip": f"10.{who % 200}.{who % 250}.7",
            }  # fmt: skip
            if number % 500 == 1:
                row |= _walk(number // 500)
            elif number % 10 == 0:
                phone = f"1{rng.choice('358')}{rng.randrange(10**9):09d}"
                row |= {"method": "POST", "uri": "/v1/contacts/search",
                        "request_body": json.dumps({"phone": phone}),
                        "response_body": json.dumps({"nickname": "n", "phone": phone})}  # fmt: skip
            else:
                row["response_body"] = f'{{"items": [{", ".join(rng.choices(items, k=5))}]}}'
            out.write(json.dumps(row) + "\n")


def _walk(step: int) -> dict[str, object]:
    """Return a request of one of ten accounts that walk through numbers, five at a time."""
    first = 13_000_000_000 + 50_000_000 * (step % 10) + 5 * (step // 10)
    phones = [str(first + more) for more in range(5)]
    return {"method": "POST", "uri": "/v1/contacts/search", "user_id": f"walker{step % 10}",
            "request_body": json.dumps({"phones": phones}),
            "response_body": json.dumps({"phone": phones[0]})}  # fmt: skip


def main() -> None:
    """Write a log, watch it, print the figures."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--lines", type=int, default=1_000_000)
    read.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    asked = read.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gateway.jsonl"
        made(path, asked.lines)
        size = path.stat().st_size / 1e6
        load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        print(f"{asked.lines} lines, {size:.0f} MB; kernel {_built(COMPILED)}, cutter "
              f"{_built(CUT)}, load {load}")  # fmt: skip
        here, seconds, met = watched(path, asked.lines, "duckdb")
        if asked.engine == "spark":
            there, longer, _ = watched(path, asked.lines, "spark")
            same = here == there
            print(f"{len(here) - 1} findings, {'the same' if same else 'others'} on Spark; its "
                  f"seconds to those of one machine: {longer / seconds:.2f}")  # fmt: skip
            met = met and same
    sys.exit(0 if met else 1)


def watched(path: Path, lines: int, engine: str) -> tuple[list[str], float, bool]:
    """Watch a log and print what it cost; return findings, seconds, and whether the target was met.

    Of Spark only the clock is told: its processes are not ours to be counted.
    """
    program = "import sys; from hongxian.cli import main; main()"
    start = time.monotonic()
    cost = measure([sys.executable, "-c", program, "watch", path, "--format", "csv",
                    "--engine", engine], (0, 1))  # fmt: skip
    spent = time.monotonic() - start
    size, rate = path.stat().st_size / 1e6, lines / cost.cpu
    told = f"{engine}: {spent:.1f} s ({lines / spent:,.0f} lines/s, {size / spent:.0f} MB/s)"
    share = f"target {TARGET:,.0f} lines/s on two cores: {lines / spent / TARGET:.2f} of it"
    if engine == "spark":
        print(f"{told}\n{share}")
    else:
        print(f"{told}, {cost.cpu:.1f} CPU s ({rate:,.0f} lines and {size / cost.cpu:.0f} MB per "
              f"CPU second), {cost.rss:.0f} MB of memory")  # fmt: skip
        print(f"{share}, {2 * rate / TARGET:.2f} by CPU seconds")
    return findings(cost.out), spent, 2 * rate >= TARGET


def findings(report: str) -> list[str]:
    """Return the rows of a report without the hashes of callers, which differ from run to run."""
    return sorted(re.sub(r":[0-9a-f]{12}\b", ":", line) for line in report.splitlines())


def _built(compiled: bool) -> str:
    return "compiled" if compiled else "not compiled"


if __name__ == "__main__":
    main()

"""Lines a second of ``hongxian watch`` over a gateway's log with bodies, and its greatest memory.

The target is 10 million lines in under 30 s on two cores, so 60 CPU seconds; here a part of them is
measured. CPU seconds count, of all processes together: seconds alone tell how busy the machine is.
Run: ``python bench/watch_speed.py [--lines 1000000]``
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from measure import measure

from hongxian.info.recognise.fast import COMPILED

TARGET = 10_000_000 / 30
"""Lines a second."""
_PEOPLE = 20_000


def made(path: Path, lines: int) -> None:
    """Write a log: nine of ten lines carry no PI, a tenth asks for somebody and is answered."""
    rng = random.Random(7)  # noqa: S311 - made up traffic
    with path.open("w") as out:
        for number in range(lines):
            who = rng.randrange(_PEOPLE)
            row: dict[str, object] = {
                "time": 1_750_000_000 + number // 200, "method": "GET", "status": 200,
                "uri": f"/v1/feed?page={number % 9}", "user_id": f"u{who}", "scheme": "https",
                "client_ip": f"10.{who % 200}.{who % 250}.7",
            }  # fmt: skip
            if number % 10 == 0:
                phone = f"1{rng.choice('358')}{rng.randrange(10**9):09d}"
                row |= {"method": "POST", "uri": "/v1/contacts/search",
                        "request_body": json.dumps({"phone": phone}),
                        "response_body": json.dumps({"nickname": "n", "phone": phone})}  # fmt: skip
            else:
                row["response_body"] = json.dumps({"items": [{"id": i, "text": "hello " * 6}
                                                             for i in range(5)]})  # fmt: skip
            out.write(json.dumps(row) + "\n")


def main() -> None:
    """Write a log, watch it, print the figures."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--lines", type=int, default=1_000_000)
    asked = read.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gateway.jsonl"
        made(path, asked.lines)
        size = path.stat().st_size / 1e6
        program = "import sys; from hongxian.cli import main; main()"
        start = time.monotonic()
        cost = measure([sys.executable, "-c", program, "watch", path, "--format", "csv"], (0, 1))
        spent = time.monotonic() - start
    rate = asked.lines / cost.cpu
    print(f"{asked.lines} lines, {size:.0f} MB: {spent:.1f} s ({asked.lines / spent:,.0f} lines/s, "
          f"{size / spent:.0f} MB/s), {cost.cpu:.1f} CPU s ({rate:,.0f} lines and "
          f"{size / cost.cpu:.0f} MB per CPU second), {cost.rss:.0f} MB of memory, kernel "
          f"{'compiled' if COMPILED else 'not compiled'}")  # fmt: skip
    print(f"target {TARGET:,.0f} lines/s on two cores: {asked.lines / spent / TARGET:.2f} of it, "
          f"{2 * rate / TARGET:.2f} by CPU seconds")  # fmt: skip
    sys.exit(0 if 2 * rate >= TARGET else 1)


if __name__ == "__main__":
    main()

"""What measuring the risk of a table costs: our counts and SQL beside PyPI ``pycanon``.

    python bench/mask_risk.py [ROWS]

Claim: k and l at least 50 times as fast, with equal results. The table is made up: age, gender and
city are the quasi-identifiers, illness is sensitive; once as it is, with people who are alone in
their class, and once in bands of age and regions, with none. Both sides have the columns in memory,
the peer as a frame of pandas, ours as batches of Arrow, as ``mask`` does; counting the combinations
of values is part of our time; what remains once they are counted, as ``mask`` does batch by batch,
is told apart. Seconds are those of the processor, with those of the clock behind;
ours best of five, on one thread. Told are k and l alone, and all that a report tells (k,
uniqueness, distinct, entropy and recursive l, t) beside the peer's k, l and t.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from measure import HERE, peer_python
from pyarrow.csv import ConvertOptions, read_csv

from hongxian.guards.mask.risk.combinations import COUNT, Combinations
from hongxian.guards.mask.risk.measures import k_and_l, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

ROWS = 200_000
BATCH = 1 << 17
"""Rows of a batch."""
TYPES = {"age": pa.int64(), "gender": pa.string(), "city": pa.string(), "illness": pa.string()}
KEYS = ["c0", "c1", "c2"]
"""Age, gender and city as they are counted; ``c3`` is illness."""


def main() -> None:
    """Make the tables, measure each twice, compare and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for coarse in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "people.csv"
            _write(path, rows, coarse=coarse)
            _compare(path, rows)


def _compare(path: Path, rows: int) -> None:
    """Measure one table by both sides."""
    table = read_csv(path, convert_options=ConvertOptions(column_types=TYPES))
    batches = table.combine_chunks().to_batches(BATCH)
    store = duckdb.connect(config={"threads": 1})
    pair, quick = _best(lambda: k_and_l(*_counted(store, batches), KEYS, "c3", COUNT))
    _, alone = _best(lambda: k_and_l(store, "people", KEYS, "c3", COUNT))
    ours, whole = _best(lambda: measure(*_counted(store, batches), KEYS, ["c3"], times=COUNT))
    command = [str(peer_python()), str(HERE / "peer_pycanon.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peer = json.loads(done.stdout)
    own = {"k": ours.k, "l": ours.diversity[0].distinct, "t": ours.diversity[0].closeness}
    print(f"{rows:,} rows, {ours.classes:,} classes: {own}")
    differ = any(abs(own[name] - peer["results"][name]) > 1e-9 for name in own)
    if differ or pair != (own["k"], own["l"]):
        sys.exit(f"the results differ: {pair}, {peer['results']}")
    print(f"equal results, load {os.getloadavg()[0]:.1f}")
    for name, spent, parts in (
        ("k and l", quick, "kl"), ("all", whole, "klt"), ("counted", alone, "kl"),
    ):  # fmt: skip
        cost, clock = (sum(peer[what][one] for one in parts) for what in ("seconds", "clock"))
        print(f"{name:>8}: ours {spent[0]:.4f} s ({spent[1]:.4f} of clock), "
              f"pycanon {cost:.2f} s ({clock:.2f} of clock), "
              f"{cost / spent[0]:.0f}x ({clock / spent[1]:.0f}x)")  # fmt: skip


def _counted(store: DuckDBPyConnection, batches: list[Any]) -> tuple[DuckDBPyConnection, str]:
    """Count the combinations of values into a table of the store."""
    counted = Combinations(batches[0].schema.types)
    for batch in batches:
        if not counted.add(batch.columns):
            sys.exit("the combinations are too many to be counted")
    store.register("people", counted.table())
    return store, "people"


def _best(measured: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """Return what is measured, and the least seconds of processor and clock."""
    spent = []
    for _ in range(5):
        begin = time.process_time(), time.perf_counter()
        found = measured()
        spent.append((time.process_time() - begin[0], time.perf_counter() - begin[1]))
    return found, min(spent)


def _write(path: Path, rows: int, *, coarse: bool = False) -> None:
    dice = random.Random(9)  # noqa: S311 - the same table each time
    illnesses = ("flu", "cold", "asthma", "diabetes", "gout", "angina", "migraine", "none")
    with path.open("w", encoding="utf-8") as out:
        out.write("age,gender,city,illness\n")
        for _ in range(rows):
            city = f"c{min(int(dice.expovariate(0.05)), 99):02}"
            age = dice.randrange(18, 80)
            if coarse:
                age, city = age // 10 * 10, city[:2]
            out.write(f"{age},{dice.choice('fm')},{city},{dice.choice(illnesses)}\n")


if __name__ == "__main__":
    main()

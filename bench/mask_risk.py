"""What measuring the risk of a table costs: our SQL on DuckDB beside PyPI ``pycanon``.

    python bench/mask_risk.py [ROWS]

Claim: k and l at least 50 times as fast, with equal results. The table is made up: age, gender and
city are the quasi-identifiers, illness is sensitive; once as it is, with people who are alone in
their class, and once in bands of age and regions, with none. Both sides have it in memory; ours
runs on one thread. CPU seconds of measuring alone, ours best of three. Told are k and l alone, and
all that a report tells (k, uniqueness, distinct, entropy and recursive l, t) beside the peer's k, l
and t.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from measure import HERE, peer_python

from hongxian.guards.mask.risk.measures import k_and_l, measure

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 200_000
QUASI, SENSITIVE = ["age", "gender", "city"], ["illness"]


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
    store = duckdb.connect(config={"threads": 1})
    store.execute("create table people as select * from read_csv(?)", [str(path)])
    pair, quick = _best(lambda: k_and_l(store, "people", QUASI, SENSITIVE[0]))
    ours, whole = _best(lambda: measure(store, "people", QUASI, SENSITIVE))
    command = [str(peer_python()), str(HERE / "peer_pycanon.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peer = json.loads(done.stdout)
    own = {"k": ours.k, "l": ours.diversity[0].distinct, "t": ours.diversity[0].closeness}
    print(f"{rows:,} rows, {ours.classes:,} classes: {own}")
    differ = any(abs(own[name] - peer["results"][name]) > 1e-9 for name in own)
    if differ or pair != (own["k"], own["l"]):
        sys.exit(f"the results differ: {pair}, {peer['results']}")
    print("equal results")
    theirs = peer["seconds"]
    for name, spent, cost in (
        ("k and l", quick, theirs["k"] + theirs["l"]),
        ("all", whole, sum(theirs.values())),
    ):
        print(f"{name:>8}: ours {spent:.4f} s, pycanon {cost:.2f} s, {cost / spent:.0f}x")


def _best(measured: Callable[[], Any]) -> tuple[Any, float]:
    spent = []
    for _ in range(3):
        begin = time.process_time()
        found = measured()
        spent.append(time.process_time() - begin)
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

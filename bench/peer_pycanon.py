"""The peer's side of ``mask_risk.py``: k, distinct l and t of a table by PyPI ``pycanon``.

Reads a CSV, and prints results and seconds (CPU and clock) of each measure, without reading, as
JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import pandas as pd
from pycanon import anonymity

if TYPE_CHECKING:
    from collections.abc import Callable

QUASI, SENSITIVE = ["age", "gender", "city"], ["illness"]


def main() -> None:
    """Measure the table that is named."""
    data = pd.read_csv(sys.argv[1], dtype={"city": str, "gender": str, "illness": str})
    results, seconds, clock = {}, {}, {}
    measures: dict[str, Callable[[], object]] = {
        "k": lambda: anonymity.k_anonymity(data, QUASI),
        "l": lambda: anonymity.l_diversity(data, QUASI, SENSITIVE),
        "t": lambda: anonymity.t_closeness(data, QUASI, SENSITIVE),
    }
    for name, measure in measures.items():
        begin, start = time.process_time(), time.perf_counter()
        results[name] = float(measure())  # type: ignore[arg-type]
        seconds[name], clock[name] = time.process_time() - begin, time.perf_counter() - start
    print(json.dumps({"results": results, "seconds": seconds, "clock": clock}))


if __name__ == "__main__":
    main()

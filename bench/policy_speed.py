"""What reading a privacy policy costs: load, the median policy, a folder in one run.

    python bench/policy_speed.py [FOLDER]

FOLDER (or ``HONGXIAN_POLICIES``) holds policies as HTML. Claims: once loaded, a policy of median
length takes under 60 ms, all stages included; the load takes under 0.3 s. Beside each stage stands
its share, so that a slow one shows. Times are those of one process on one processor.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_LOAD = """
import time
begin = time.process_time()
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.sense import sense_documents
sense_documents([read_bytes("p.txt", ("隐私政策\\n我们收集手机号。" * 40).encode())])
print(time.process_time() - begin)
"""


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["HONGXIAN_POLICIES"])
    files = sorted(folder.rglob("*.html"))
    loads = [float(subprocess.check_output([sys.executable, "-c", _LOAD])) for _ in range(3)]
    print(f"load, with the first short policy: {min(loads):.3f} s")
    spent, stages, lengths = _read_all(files)
    size = sum(path.stat().st_size for path in files) / 1e6
    total = sum(spent)
    print(f"{len(files)} policies, {size:.1f} MB: {total:.2f} s, {size / total:.1f} MB/s")
    near = sorted(range(len(files)), key=lambda n: abs(lengths[n] - 6400))[:15]
    print(f"policies of about 6,400 characters: median {_ms([spent[n] for n in near])}")
    print(f"all: median {_ms(spent)}, slowest {max(spent) * 1000:.0f} ms "
          f"({lengths[spent.index(max(spent))]} characters)")  # fmt: skip
    print(", ".join(f"{name} {share / total:.0%}" for name, share in stages.most_common()))


def _read_all(files: list[Path]) -> tuple[list[float], Counter[str], list[int]]:
    """Return seconds and characters per file, and seconds per stage."""
    from hongxian.sensors.policy import sense  # noqa: PLC0415 - its load is measured apart
    from hongxian.sensors.policy.reading import read_bytes  # noqa: PLC0415 - as above

    stages: Counter[str] = Counter()
    names = ("find_mentions", "declare", "check_document", "readability_findings", "look_findings")
    for name in names:
        setattr(sense, name, _timed(getattr(sense, name), stages, name))
    spent, lengths = [], []
    for path in [files[0], *files]:
        data = path.read_bytes()
        begin = time.perf_counter()
        document = read_bytes(path.name, data)
        stages["read_bytes"] += time.perf_counter() - begin
        sense.sense_documents([document])
        spent.append(time.perf_counter() - begin)
        lengths.append(len(document.text))
        if len(spent) == 1:
            stages.clear()
    stages["facts"] = sum(spent[1:]) - sum(stages.values())
    return spent[1:], stages, lengths[1:]


def _timed(function: Callable[..., Any], stages: Counter[str], name: str) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        begin = time.perf_counter()
        try:
            return function(*args, **options)
        finally:
            stages[name] += time.perf_counter() - begin

    return run


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"


if __name__ == "__main__":
    main()

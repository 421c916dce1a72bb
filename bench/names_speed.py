"""What finding names and addresses costs: the load, and MB per CPU second on one core.

    python bench/names_speed.py [FOLDER]

FOLDER (default ``../shared/corpus/pi``) holds ``cluener-train-first-3000.jsonl``, whose texts are
repeated to about 10 MB. Claims: load under 0.3 s; names at 1 MB/s or more, as one text and as many
rows. Peers, where ``bench/peers.sh`` has put them, read the same texts once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".cache" / "peers" / "bin" / "python"
CORPUS = "cluener-train-first-3000.jsonl"
REPEATS = 24
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

_LOAD = """
import time
import numpy, ahocorasick_rs
begin = time.process_time()
from hongxian.info.{package} import {function}
{function}("联系人：张伟，住杭州市西湖区文三路 5 号")
print(time.process_time() - begin)
"""


def main() -> None:
    """Measure and print."""
    if not ONE_CORE.items() <= os.environ.items():  # read when numpy is loaded
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_CORE})  # noqa: S606
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus" / "pi")
    if not (folder / CORPUS).is_file():
        sys.exit(f"{folder / CORPUS} is absent: nothing was measured")
    texts = [json.loads(line)["text"] for line in (folder / CORPUS).open(encoding="utf-8")]
    for package, function in (("names", "find_names"), ("addresses", "find_addresses")):
        code = _LOAD.format(package=package, function=function)
        loads = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)]
        print(f"{package}: load with the first text {min(loads):.3f} s")
    ours = _ours(texts)
    for peer in ("jieba", "lac"):
        rate = _peer(peer, texts)
        print(
            f"{peer}: absent"
            if rate is None
            else f"{peer}: {rate:.2f} MB/s, ours x{ours / rate:.0f}"
        )


def _ours(texts: list[str]) -> float:
    """Print our rates and return that of names in rows."""
    from hongxian.info.addresses import find_addresses, find_addresses_in  # noqa: PLC0415 - see main
    from hongxian.info.names import find_names, find_names_in  # noqa: PLC0415 - as above

    rows = texts * REPEATS
    whole = "\n".join(rows)
    size = len(whole.encode()) / 1e6
    rates = []
    for what, find in (
        ("names in rows", lambda: sum(map(len, find_names_in(rows)))),
        ("names in one text", lambda: len(find_names(whole))),
        ("addresses in rows", lambda: sum(map(len, find_addresses_in(rows)))),
        ("addresses in one text", lambda: len(find_addresses(whole))),
    ):
        begin = time.process_time()
        count = find()
        rates.append(size / (time.process_time() - begin))
        print(f"{what}: {size:.1f} MB, {count} hits, {rates[-1]:.2f} MB/s")
    return rates[0]


def _peer(peer: str, texts: list[str]) -> float | None:
    if not PEERS.is_file():
        return None
    command = [str(PEERS), str(Path(__file__).with_name("names_peer.py")), peer]
    done = subprocess.run(
        command, input=json.dumps(texts), text=True, capture_output=True, check=False
    )
    if done.returncode:
        return None
    return len("\n".join(texts).encode()) / 1e6 / float(json.loads(done.stdout)["seconds"])


if __name__ == "__main__":
    main()

"""How fast the recognisers read, on one core: a mixed corpus, and the worst that can be made.

    python bench/recognise_speed.py [MEGABYTES]

Claims: 300 MB/s and more on 64 MB of mixed Chinese, logs, English and forms in rows; on text made
to be slow 50 MB/s, and no slower when it is eight times longer. The figures are of processor time,
of the best of three readings; wall time stands beside.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from recognise_corpus import make

from hongxian.info.recognise import load_recognisers, scan_buffer
from hongxian.info.recognise.fast import COMPILED

HARD = (
    "aa:",
    "1 ",
    "123-45-",
    "a@",
    "1234567890" * 6 + " ",
    "a=",
    "phone:",
    "1.2.3.4.5.6.",
    ": ",
    "密码：",
    "password=abcd ",
    "账号:abcdef ",
    "eyJ-",
    "eyJa.",
    "京A",
    "a::",
    "+8613812 ",
    "a.a@",
    "1234 ",
    "GB82 WEST ",
    "一九九〇年",
    "13812345678",
    "13812345678 ",
    "-----BEGIN ",
    "第1",
    "a_",
    "86 ",
    "110101199001011234 ",
    "62220210001123456 ",
    "BEGIN PRIVATE KEY-----",
    "39.12345,116.",
    "sk-a",
)
"""Beginnings of values, over and over."""


def main() -> None:
    """Measure and print."""
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 64_000_000
    print(
        f"kernel: {'compiled' if COMPILED else 'plain Python'}, "
        f"{len(load_recognisers())} recognisers"
    )
    begin = time.process_time()
    scan_buffer(b"x", np.array([0, 1]))
    print(f"tables made in {time.process_time() - begin:.2f} s")
    data = make(size)
    raw = np.frombuffer(data, dtype=np.uint8)
    rows = np.concatenate([[0], np.flatnonzero(raw == 10) + 1])
    cpu, wall, hits = timed(data, rows)
    print(
        f"mixed corpus: {len(data) / 1e6:.0f} MB in {len(rows) - 1} rows, {hits} hits: "
        f"{len(data) / cpu / 1e6:.0f} MB/s of processor, {len(data) / wall / 1e6:.0f} MB/s of "
        "wall time"
    )
    slowest = min(_hard(text) for text in HARD)
    print(f"worst of {len(HARD)} texts made to be slow: {slowest[0]:.0f} MB/s ({slowest[1]!r})")


def timed(data: bytes, rows: np.ndarray) -> tuple[float, float, int]:
    """Return the least processor time and wall time of three readings, and the hits."""
    spent = []
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        hits = len(scan_buffer(data, rows))
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(one for one, _ in spent), min(one for _, one in spent), hits


def _hard(text: str) -> tuple[float, str]:
    """Return MB/s on a text over and over in one row, the slower of two lengths; print both."""
    speeds = []
    for size in (500_000, 4_000_000):
        data = text.encode() * (size // len(text.encode()))
        cpu, _, _ = timed(data, np.array([0, len(data)]))
        speeds.append(len(data) / cpu / 1e6)
    print(f"  {text[:20]!r:26} {speeds[0]:6.0f} MB/s, eight times longer {speeds[1]:6.0f} MB/s")
    return min(speeds), text


if __name__ == "__main__":
    main()

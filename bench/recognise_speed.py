"""How fast the recognisers read, on one core: a mixed corpus, and the worst that can be made.

    python bench/recognise_speed.py [MEGABYTES]

Claims: 300 MB/s and more on 64 MB of mixed Chinese, logs, English and forms in rows; 120 MB/s with
twenty patterns and keyword lists of a user beside; a thousand times what presidio-analyzer reads
with the same patterns (on the first 300 KB, by the interpreter in ``.cache/peers`` or
``HONGXIAN_PEERS``, when there is one); on text made to be slow 50 MB/s, and no slower when it is
eight times longer. The figures are of processor time, of the best of three readings; wall time
stands beside.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from recognise_corpus import make

from hongxian.info.recognise import Recogniser, load_recognisers, scan_buffer
from hongxian.info.recognise.fast import COMPILED
from hongxian.info.recognise.user_patterns import UserPattern, UserPatterns

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


USERS = [
    UserPattern(name=f"user_{number}", pattern=pattern)
    for number, pattern in enumerate(
        (
            r"EMP-[0-9]{6}",
            r"[A-Z]{2}[0-9]{8}-[0-9]{2}",
            r"合同编号[:：][A-Z0-9-]{6,20}",
            r"PRJ_[a-z]{3,12}",
            r"TKT#[0-9]{5,8}",
            r"客户编号[0-9]{6}",
            r"内部资料.{0,10}不得外传",
            r"ACC[0-9]{10}",
            r"会员卡[0-9]{8}",
            r"[0-9]{4}/[0-9]{3}/[A-Z]{2}",
            r"SN:[A-Z0-9]{10}",
            r"房间号[0-9]{3,4}",
            r"B[0-9]{2}-[0-9]{4}-[A-Z]",
        )
    )
] + [
    UserPattern(name=f"words_{number}", keywords=words)
    for number, words in enumerate(
        (
            ("北极星", "polaris"),
            ("绝密", "机密"),
            ("confidential", "internal only"),
            ("薪酬", "工资条"),
            ("并购", "尽职调查"),
            ("codename falcon",),
            ("源代码", "git push"),
        )
    )
]
"""Patterns and keywords as a company might add them."""


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
    with_users = cpu + _users(data, rows)
    print(f"with {len(USERS)} patterns of a user beside: {len(data) / with_users / 1e6:.0f} MB/s")
    _peer(data[:300_000], len(data) / cpu / 1e6)
    slowest = min(_hard(text) for text in HARD)
    print(f"worst of {len(HARD)} texts made to be slow: {slowest[0]:.0f} MB/s ({slowest[1]!r})")


def _users(data: bytes, rows: np.ndarray) -> float:
    """Return the processor time of the patterns of a user, a few megabytes at a time."""
    patterns = UserPatterns(USERS)
    begin = time.process_time()
    for at in range(0, len(rows) - 1, 20_000):
        patterns.scan(data, rows[at : at + 20_001])
    return time.process_time() - begin


def _peer(sample: bytes, ours: float) -> None:
    """Let presidio read a sample with the same patterns, and print the ratio."""
    python = Path(os.environ.get("HONGXIAN_PEERS", ".cache/peers/bin/python"))
    if not python.is_file():
        print("presidio-analyzer is not installed: bench/peers.sh")
        return
    with tempfile.TemporaryDirectory() as folder:
        rows, lines = Path(folder, "rows.json"), Path(folder, "lines.txt")
        rows.write_text(json.dumps([vars_of(row) for row in load_recognisers()]), "utf-8")
        lines.write_bytes(sample[: sample.rindex(b"\n")])
        done = subprocess.run(
            [python, Path(__file__).with_name("peer_presidio.py"), rows, lines],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    peer = json.loads(done.stdout.splitlines()[-1])
    print(
        f"presidio-analyzer, same patterns: {peer['speed']:.3f} MB/s on {len(sample) / 1e6:.1f} MB "
        f"({peer['hits']} hits): {ours / peer['speed']:.0f} times slower"
    )


def vars_of(row: Recogniser) -> dict[str, object]:
    """Return what a peer needs of a recogniser; one ``@`` begins the mail pattern, not a word."""
    alone = row.alone if row.trigger != "mail" else row.named
    return {"name": row.name, "alone": alone, "named": row.named, "labels": row.labels}


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

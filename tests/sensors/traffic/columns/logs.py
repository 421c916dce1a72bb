"""Logs made up for tests, and what reading them line by line shows."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic import sense
from hongxian.sensors.traffic.readers import Log, read_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from hongxian.sensors.traffic.model import Exchange

START = 1_750_000_000
_TARGETS = (
    "/v1/feed?page=3", "/v1/orders/{n}", "/v1/contacts/match", "/a?phone=1380013{n:04d}",
    "https://shop.test/v1/orders/{n}?x=1", "/u/{n}@mail.test", "", 7, "nothing",
)  # fmt: skip


def random_line(rng: random.Random, *, odd: bool = True) -> bytes:
    """Return a line as some gateway might write it, or as none would when it may be ``odd``."""
    number = rng.randrange(3_000)
    phone = f"1380013{number:04d}"
    target = rng.choice(_TARGETS)
    row: dict[str, Any] = {
        "time": rng.choice([START + number, str(START + number), "2025-06-15T15:06:40Z", None,
                            True, {"a": 1}, 1.75e12, 1]),
        "method": rng.choice(["GET", "POST", "post", "", None]),
        "uri": target.format(n=number) if isinstance(target, str) else target,
        "host": rng.choice(["shop.test:443", "api.test", "-", 5]),
        "status": rng.choice([200, "200", 404, None, True, 1, 1.0, "x"]),
        "scheme": rng.choice(["https", "http", None]), "https": rng.choice([True, False, 1, 0]),
        "client_ip": rng.choice(["10.0.0.1:55", "10.0.0.2, 10.0.0.3", None, 9]),
        "user_id": rng.choice([f"u{number % 7}", number % 5, None, "", "-", True]),
        "request_body": rng.choice([None, "-", json.dumps({"phones": [phone]}), {"phone": phone},
                                    "手机 " + phone, "é" * 5]),
        "response_body": rng.choice([None, "", {"found": [{"phone": phone}]}, [1, 2, 3], 3.5,
                                     json.dumps({"name": "n", "phone": phone})]),
    }  # fmt: skip
    if rng.random() < 0.2:
        row["request"] = rng.choice([
            f"GET /v1/orders/{number} HTTP/1.1", "GET", {"method": "GET", "uri": "/k", "id": 3},
            {"body": {"phone": phone}, "headers": {"x-device-id": "d1"}, "querystring": {"q": 1}},
        ])  # fmt: skip
    kept = {name: value for name, value in row.items() if rng.random() < 0.85}
    text = json.dumps(kept, ensure_ascii=rng.random() < 0.5)
    wrong = ("", "# note", "oops", "[1]", "{", "  ", text[:-1], text + "," + text, text + "\r")
    return (rng.choice(wrong) if odd and rng.random() < 0.05 else text).encode()


def random_log(path: Path, seed: int, lines: int) -> Path:
    """Write a log of random lines; the first tell that it is one of JSON lines."""
    rng = random.Random(seed)
    path.write_bytes(b"\n".join(random_line(rng, odd=row > 30) for row in range(lines)))
    return path


def random_text(path: Path, seed: int, lines: int) -> Path:
    """Write a log in the combined format, with lines that are none."""
    rng = random.Random(seed)
    with path.open("w") as out:
        for number in range(lines):
            if number > 30 and rng.random() < 0.05:
                out.write(rng.choice(["\n", "# note\n", "oops\n"]))
                continue
            who, target = rng.choice("abc"), str(rng.choice(_TARGETS[:5]))
            target = target.format(n=rng.randrange(3_000))
            at = f"17/May/2015:10:{number // 60 % 60:02d}:{number % 60:02d} +0000"
            out.write(f'10.0.0.{rng.randrange(9)} - {who} [{at}] "GET {target} HTTP/1.1" 200 7\n')
    return path


def as_parquet(path: Path, log: Path) -> Path:
    """Write the objects of a log of JSON lines as rows of Parquet, bodies and all as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = []
    for line in log.read_bytes().splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            rows.append({name: _plain(value) for name, value in row.items()})
    names = sorted({name for row in rows for name in row})
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table(columns), path, row_group_size=90)
    return path


def _plain(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have logs of every format read line by line."""

    def whole(log: Log, *, head: bool = False) -> Iterator[Exchange]:
        yield from read_log(log, head=head and False)
        log.place = 0

    monkeypatch.setattr(sense, "read_log", whole)

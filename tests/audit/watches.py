"""A folder of logs of several formats, and all that a watch of it tells."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.sensors.traffic.columns.logs import START, as_parquet, random_log, random_text

from hongxian.audit.watch import Watched
from hongxian.audit.watch_record import record

SMALL = 9_000
"""Bytes of a part of a log in these tests."""


def lake(folder: Path) -> Path:
    """Write logs: JSON lines, text and Parquet, with an attack over several accounts in one."""
    folder.mkdir()
    random_log(folder / "a.jsonl", 3, 120)
    random_text(folder / "b.log", 5, 150)
    as_parquet(folder / "c.parquet", random_log(folder / "c.jsonl", 8, 120))
    rows = [
        {"time": START + n, "method": "POST", "uri": "/m", "status": 200, "user_id": f"u{n % 3}",
         "ja4": "t13d", "client_ip": f"10.0.0.{n % 9}",
         "request_body": {"phones": [str(13_000_010_000 + 5 * n + k) for k in range(5)]},
         "response_body": {"phone": str(13_000_010_000 + 5 * n)}} for n in range(150)
    ]  # fmt: skip
    (folder / "d.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    hashed = [
        {"time": START + 900 + n, "method": "POST", "uri": "/hashed", "status": 200,
         "user_id": f"h{n % 2}", "request_body": json.dumps(
             {"hashes": [sha256(f"{13_000_010_000 + 977 * n + k}".encode()).hexdigest()
                         for k in range(5)]})} for n in range(80)
    ]  # fmt: skip
    (folder / "f.jsonl").write_text("".join(json.dumps(one) + "\n" for one in hashed))
    (folder / "e.har").write_text(json.dumps({"log": {"entries": [
        {"startedDateTime": "2025-06-15T15:07:00Z", "request": {
            "method": "GET", "url": "https://shop.test/me?phone=13800138000", "headers": []},
         "response": {"status": 200, "headers": [], "content": {"text": '{"name": "n"}'}}},
    ]}}))  # fmt: skip
    return folder


def shown(watched: Watched) -> Any:
    """Return all that a watch tells and keeps, by whatever name its logs are known."""
    sensed = watched.sensed
    sensed.subject, sensed.artefact = "interface:x", "0" * 64
    callers = {name: one.callers.dump() for name, one in sensed.inventory.endpoints.items()}
    schemas = {
        name: (one.query, one.request, one.response, one.samples, one.hosts)
        for name, one in sensed.inventory.endpoints.items()
    }
    learned = {name: one.dump() for name, one in watched.learned.items()}
    facts = [repr(one) for one in sensed.facts()]
    return record(watched, "en"), facts, callers, schemas, learned

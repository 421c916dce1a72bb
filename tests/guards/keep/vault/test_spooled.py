from __future__ import annotations

import json
from pathlib import Path

from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream


def test_what_differs_from_what_is_held_is_kept_aside_once_and_told(tmp_path: Path) -> None:
    vault = store(tmp_path, Machine())
    alarms = Alarms(tmp_path / "alarms.jsonl", vault.clock.now)
    taken = BinlogStream(vault, alarms, MariaServer(name="shop", defaults=tmp_path), DAY)
    path = vault.root / "incoming" / "bin.000001"
    path.write_bytes(b"first")
    assert not taken.is_held(path, "binlog/bin.000001")
    taken.keep_once(path, "binlog/bin.000001")
    assert taken.is_held(path, "binlog/bin.000001")
    assert (taken.area, taken.base_due, taken.running) == ("mariadb/shop", False, False)
    path.unlink()
    path.write_bytes(b"other")
    for _ in range(2):
        assert taken.is_held(path, "binlog/bin.000001")
    assert taken.base_due
    held = [entry.name for entry in vault.ledger.live("mariadb/shop")]
    assert len(held) == 2
    assert sum(name.startswith("differs/bin.000001-") for name in held) == 1
    assert vault.path("mariadb/shop", "binlog/bin.000001").read_bytes() == b"first"
    told = [
        json.loads(line)["kind"] for line in (tmp_path / "alarms.jsonl").read_text().splitlines()
    ]
    assert set(told) == {"wal_differs"}

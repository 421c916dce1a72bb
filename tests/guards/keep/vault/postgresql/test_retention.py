from __future__ import annotations

import json
from pathlib import Path

from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.vault.objects import Place, Store
from hongxian.guards.keep.vault.postgresql.retention import old
from hongxian.guards.keep.vault.postgresql.wal import SIZE, segment_of


def held(vault: Store, name: str, data: bytes = b"x") -> None:
    incoming = vault.incoming(Place("postgresql/shop", name, "shop", DAY))
    incoming.write(data)
    incoming.keep()
    incoming.close()


def based(vault: Store, number: str, segment: str, *, whole: bool = True) -> None:
    held(vault, f"base/{number}/files/PG_VERSION")
    if whole:
        told = {"number": number, "at": vault.clock.now(), "segment": segment, "timeline": 1,
                "end": "0/0", "size": 1, "folders": []}  # fmt: skip
        held(vault, f"base/{number}/about.json", json.dumps(told).encode())


def test_every_moment_that_is_held_can_be_restored(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    for day in range(4):
        based(vault, f"b{day}", segment_of(day * SIZE, 1))
        held(vault, f"wal/{segment_of(day * SIZE, 1)}")
        machine.passes(DAY)
    held(vault, f"wal/{segment_of(0, 1)}.partial")
    held(vault, "wal/00000002.history")
    held(vault, f"wal/{segment_of(0, 2)}")
    names = {entry.name for entry in old(vault, "shop", 2.5 * DAY)}
    # of the bases, b1 is the newest from before the time that is held
    assert names == {
        "base/b0/files/PG_VERSION", "base/b0/about.json", f"wal/{segment_of(0, 1)}",
        f"wal/{segment_of(0, 1)}.partial",
    }  # fmt: skip
    assert old(vault, "shop", 30 * DAY) == []
    machine.passes(400 * DAY)
    left = {entry.name for entry in vault.ledger.live("postgresql/shop")} - {
        entry.name for entry in old(vault, "shop", DAY)
    }
    assert left == {
        "base/b3/files/PG_VERSION", "base/b3/about.json", f"wal/{segment_of(3 * SIZE, 1)}",
        "wal/00000002.history", f"wal/{segment_of(0, 2)}",
    }  # fmt: skip


def test_a_base_that_was_broken_off_goes(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    based(vault, "b0", segment_of(0, 1))
    based(vault, "b1", segment_of(0, 1), whole=False)
    machine.passes(2 * DAY)
    assert [entry.name for entry in old(vault, "shop", DAY)] == ["base/b1/files/PG_VERSION"]

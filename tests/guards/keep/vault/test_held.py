from __future__ import annotations

from pathlib import Path

from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.vault.held import held


def test_each_area_is_summed_up(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    put(vault, "x", b"12345", 2 * DAY)
    machine.passes(60)
    put(vault, "y", b"123", DAY)
    assert [one.record() for one in held(vault)] == [{
        "area": "a", "objects": 2, "bytes": 8, "first": "2027-01-15T08:00:00+00:00",
        "last": "2027-01-15T08:01:00+00:00", "until": "2027-01-16T08:01:00+00:00",
    }]  # fmt: skip

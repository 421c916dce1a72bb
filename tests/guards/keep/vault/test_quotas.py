from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import Machine, store

from hongxian.guards.keep.vault.objects import RefusedError
from hongxian.guards.keep.vault.quotas import Quota, Quotas


def test_an_hour_has_its_measure(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    quotas = Quotas(vault.ledger, vault.clock, {"c": Quota(100, 0), "d": Quota(0, 2)})
    quotas.admit("c", 60)
    with pytest.raises(RefusedError, match="flood"):
        quotas.admit("c", 60)
    quotas.admit("d", 10**9, 2)
    with pytest.raises(RefusedError):
        quotas.admit("d", 0, 1)
    quotas.admit("nobody", 10**12, 10**6)
    machine.passes(3601)
    quotas.admit("c", 60)


def test_the_ledger_remembers_over_a_restart(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    put(vault, "x", b"y" * 90)
    machine.passes(600)
    with pytest.raises(RefusedError):
        Quotas(vault.ledger, vault.clock, {"c": Quota(100)}).admit("c", 20)
    machine.passes(3001)
    Quotas(vault.ledger, vault.clock, {"c": Quota(100)}).admit("c", 20)

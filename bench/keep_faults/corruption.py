"""Slow corruption that nothing tells of but a drill, and objects altered in the vault itself."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .world import World


def faults(world: World) -> None:
    """First the vault's own files, then a page on the server's disk."""
    objects(world)
    slow(world)


def objects(world: World) -> None:
    """One bit of an object flipped, an entry of the ledger edited: by root on the vault's host."""
    vault, trials = world.vault, world.vault.drills.size()
    whole = vault.check()
    victim = next((vault.folder / "objects").rglob("pg_control"))
    data = bytearray(victim.read_bytes())
    data[100] ^= 1
    victim.write_bytes(data)
    found = vault.check()
    trial = vault.trial()
    data[100] ^= 1
    victim.write_bytes(data)
    world.refused(
        "one bit of an object in the vault flipped",
        "found, and no drill takes it",
        f"check: {found.text.splitlines()[-1][:90]}; drill {trial['outcome']}",
        vault.drills.shown(trials, ("drill",)),
        held=not whole.code
        and "pg_control" in found.text
        and trial["outcome"] == "failed"
        and not vault.check().code,
    )
    vault.stop()
    with sqlite3.connect(vault.folder / "ledger.sqlite") as base:
        [(kept,)] = base.execute("select until from entries where seq = 3").fetchall()
        base.execute("update entries set until = 0 where seq = 3")
    found = vault.check()
    with sqlite3.connect(vault.folder / "ledger.sqlite") as base:
        base.execute("update entries set until = ? where seq = 3", (kept,))
    world.refused(
        "an entry of the vault's ledger edited",
        "found, and where",
        found.text.splitlines()[0][:90],
        vault.log.shown(0, ("copies",)),
        held=found.code == 1 and "from entry 3" in found.text and not vault.check().code,
    )
    vault.start()


def slow(world: World) -> None:
    """A page of an index broken on disk: server and base backup see nothing."""
    server, vault = world.server, world.vault
    path = server.data / server.sql(
        "checkpoint", "select pg_relation_filepath('orders_pkey')", database="shop"
    )
    server.stop()
    with path.open("r+b") as file:
        file.seek(8192 * 30 + 2000)
        file.write(b"\0" * 3000)
    server.start()
    serving = server.sql("select count(*) from public.orders where id < 1000", database="shop")
    time.sleep(2)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    server.sql(
        "insert into public.notes values (-2, 'so that the moment is passed')", database="shop"
    )
    vault.rebase()
    vault.drill("mark")
    vault.caught_up()
    trials = vault.drills.size()
    trial = vault.trial()
    failed = [one for one in trial["checks"] if one["outcome"] == "failed"]
    shown = vault.drills.shown(trials, ("drill",))
    before = vault.trial("--until", moment)
    told = "; ".join(f"{one['what']} {one['told'][:70]}" for one in failed)
    world.healed(
        "slow corruption of an index page",
        "found by the drill; an older base is whole",
        f"server and base backup saw nothing; drill: {told}; "
        f"to the moment before: {before['outcome']}",
        f"{shown}, {vault.drills.shown(trials + 1, ('drill',))}",
        held=serving == "999" and bool(failed) and before["outcome"] == "passed",
    )

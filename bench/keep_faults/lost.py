"""The server lost: killed and robbed, its files overwritten, its tables dropped past the lane."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from . import users
from .processes import environment, until
from .server import PROGRAMS

if TYPE_CHECKING:
    from pathlib import Path

    from .world import World


def faults(world: World) -> None:
    """One loss after the other; after each the server goes on from what the vault gave back."""
    robbed(world)
    overwritten(world)
    dropped(world)


class Writers:
    """Operators that write through the lane, and remember what was confirmed to them."""

    def __init__(self, world: World) -> None:
        """Begin to write."""
        world.server.sql("create table public.acks (id int primary key)", database="shop")
        world.lane.stop()
        world.lane.start()
        self._world, self.confirmed = world, set[int]()
        self._numbers, self._ended = iter(range(10**9)), threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(4)]
        for one in self._threads:
            one.start()

    def _write(self) -> None:
        words = self._world.runner.words(
            "operator", "operator", [PROGRAMS / "psql", "-XAtq", "-d", self._world.lane.spec()]
        )
        with subprocess.Popen(
            words,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        ) as client:
            while client.stdin and client.stdout and not self._ended.is_set():
                one = next(self._numbers)
                try:
                    client.stdin.write(f"insert into public.acks values ({one}) returning id;\n")
                    client.stdin.flush()
                except OSError:
                    return
                if client.stdout.readline().strip() != str(one):
                    return
                self.confirmed.add(one)

    def end(self) -> None:
        """End them."""
        self._ended.set()
        for one in self._threads:
            one.join(60)


def brought_back(world: World, folder: str, *words: str) -> str:
    """Let the product bring the server back, and start it; what it printed first."""
    into = world.place / "db" / folder
    done = world.vault.drill("restore", "shop", "--into", into, *words)
    if done.code:
        raise RuntimeError(done.text)
    world.runner.must("db", "root", "chown", "-R", f"{users.name('db')}:", into)
    for name in ("pg_hba.conf", "pg_ident.conf"):
        if not (into / "data" / name).exists():
            raise FileNotFoundError(name)
    world.server.stop()
    world.server.now = into / "data"
    world.server.start()
    return done.text.splitlines()[0]


def robbed(world: World) -> None:
    """Kill -9, and the data directory removed, while four operators write."""
    server, vault = world.server, world.vault
    writers, trials = Writers(world), vault.drills.size()
    time.sleep(8)
    vault.drill("mark")
    before = server.sums()
    time.sleep(3)
    server.stop(signal.SIGKILL)
    shutil.rmtree(server.data)
    writers.end()
    began = time.monotonic()
    brought_back(world, "back")
    took = time.monotonic() - began
    there = set(map(int, server.sql("select id from public.acks", database="shop").split()))
    lost = writers.confirmed - there
    same = server.sums() == before
    until(lambda: not world.lane.psql("select count(*) from public.acks").code, "the lane goes on")
    world.healed(
        "kill -9 and the data directory removed",
        "no confirmed transaction is lost",
        f"{len(writers.confirmed)} confirmed through the lane, {len(lost)} lost; sums "
        f"{'equal' if same else 'differ'}; back in {took:.1f} s",
        vault.drills.shown(trials, ("restored",)),
        held=not lost and same and len(writers.confirmed) > 100,
    )
    again(world, "the restored server is kept again")


def again(world: World, fault: str) -> None:
    """The vault goes on with the restored server: its new timeline, a base, a drill."""
    vault, server, trials = world.vault, world.server, world.vault.drills.size()
    server.sql(
        "alter system set synchronous_standby_names = 'hongxian_vault'", "select pg_reload_conf()"
    )
    asked = "select count(*) from pg_stat_replication where sync_state = 'sync'"
    until(lambda: server.sql(asked) == "1", "the vault takes WAL again", 120)
    vault.rebase()
    until(lambda: server.sql(asked) == "1", "the vault takes WAL again", 120)
    vault.drill("mark")
    vault.caught_up()
    trial = vault.trial()
    world.healed(
        fault,
        "WAL, base and drill of the new timeline",
        f"drill {trial['outcome']}, RPO {trial['rpo'] or 0:.1f} s, RTO {trial['rto'] or 0:.1f} s"
        f" {trial['reason'] or ''}".rstrip(),
        vault.drills.shown(trials, ("drill",)),
        held=trial["outcome"] == "passed",
    )


def overwritten(world: World) -> None:
    """Files of the cluster overwritten by whoever is root on its host."""
    server, vault, trials = world.server, world.vault, world.vault.drills.size()
    before = server.sums()
    data = server.data
    paths = server.sql(
        "select pg_relation_filepath('public.orders')",
        "select pg_relation_filepath('public.lines')",
        database="shop",
    ).split()
    server.sql("checkpoint")
    vault.caught_up()
    server.stop(signal.SIGKILL)
    for path in (*paths, "global/pg_control"):
        destroyed(data / path)
    broken = world.runner.run("db", "db", PROGRAMS / "pg_controldata", data)
    brought_back(world, "again")
    same = server.sums() == before
    world.healed(
        "files of the cluster overwritten",
        "all sums equal afterwards",
        f"pg_controldata: {broken.text.splitlines()[0][:50]}; sums "
        f"{'equal' if same else 'differ'} after the restore",
        vault.drills.shown(trials, ("restored",)),
        held=same,
    )
    again(world, "and kept once more")


def destroyed(path: Path) -> None:
    """Overwrite a file with noise of the same length."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(os.urandom(size))


def dropped(world: World) -> None:
    """Table, schema and database dropped by whoever owns the server's host, past the lane."""
    server, vault = world.server, world.vault
    server.sql("insert into public.notes values (-1, 'the last before')", database="shop")
    before, trials = server.sums(), vault.drills.size()
    time.sleep(1)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    time.sleep(1)
    server.sql(
        "drop table public.orders cascade",
        "drop schema attic cascade",
        "drop owned by clerk",
        database="shop",
    )
    server.sql("drop database shop with (force)")
    vault.caught_up()
    brought_back(world, "before", "--until", moment)
    same = server.sums() == before
    world.healed(
        "DROP TABLE, SCHEMA, OWNED and DATABASE on the server's own host",
        "back at the moment before",
        "all sums equal, the last row before is back (RPO 0)" if same else f"sums {server.sums()}",
        vault.drills.shown(trials, ("restored",)),
        held=same,
    )

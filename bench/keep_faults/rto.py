"""The time of a restore beside bare pgBackRest's over the same data, in turns."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from . import users
from .processes import free_port, until
from .server import PROGRAMS

if TYPE_CHECKING:
    from .world import World

SCALE = 30
"""Of pgbench: 15 MB each."""
ROUNDS = 3
MOST = 2.0
"""Times of bare pgBackRest that a restore may take."""


def faults(world: World) -> None:
    """Measure both."""
    server, vault = world.server, world.vault
    bare = prepared(world)
    words = ["-h", str(server.place / "run"), "-p", str(server.port), "-U", "postgres", "postgres"]
    bench = [PROGRAMS / "pgbench"]
    world.runner.must("db", "db", *bench, "-i", "-q", "-s", SCALE, *words)
    world.runner.must("db", "db", *bare, "stanza-create")
    world.runner.must("db", "db", *bare, "backup", "--type=full")
    vault.rebase()
    world.runner.run("db", "db", *bench, "-t", "2000", "-c", "4", "-n", *words)
    server.sql("select pg_switch_wal()")
    vault.caught_up()
    size = sum(one.stat().st_size for one in server.data.rglob("*") if one.is_file()) / 1e6
    ours, theirs, since = [], [], vault.drills.size()
    for _ in range(ROUNDS):
        theirs.append(bare_restore(world, bare))
        ours.append(vault.trial()["rto"])
    ratio = sorted(a / b for a, b in zip(ours, theirs, strict=True))[ROUNDS // 2]
    world.healed(
        "time of a restore beside bare pgBackRest's",
        f"at most {MOST} times",
        f"{size:.0f} MB: ours {min(ours):.1f} to {max(ours):.1f} s, bare {min(theirs):.1f} to "
        f"{max(theirs):.1f} s, median ratio {ratio:.2f}, load {os.getloadavg()[0]:.1f}",
        vault.drills.shown(since, ("drill",)),
        held=ratio <= MOST,
    )


def prepared(world: World) -> list[str]:
    """Let the server archive by pgBackRest; the command of it."""
    server, place = world.server, world.server.place
    conf = place / "pgbackrest.conf"
    conf.write_text(
        f"[global]\nrepo1-path={place}/repo\nspool-path={place}/spool\nlog-path={place}\nlock-path={place}\nprocess-max=4\n"
        f"log-level-console=error\nstart-fast=y\n[shop]\npg1-path={server.data}\n"
        f"pg1-port={server.port}\npg1-socket-path={place}/run\npg1-user=postgres\n"
    )
    conf.chmod(0o644)
    bare = ["pgbackrest", f"--config={conf}", "--stanza=shop"]
    command = " ".join([*bare, "archive-push", "%p"])
    server.sql(
        "alter system set archive_mode = on", f"alter system set archive_command = '{command}'"
    )
    server.stop()
    server.start()
    return bare


def bare_restore(world: World, bare: list[str]) -> float:
    """Restore by pgBackRest alone; seconds until the server takes statements."""
    place, port = world.server.place / "bare", free_port()
    place.mkdir(mode=0o700)
    shutil.chown(place, users.name("db"), users.name("db"))
    began = time.monotonic()
    world.runner.must("db", "db", *bare, f"--pg1-path={place}", "restore", "--archive-mode=off")
    own = subprocess.Popen(
        world.runner.words(
            "db", "db",
            [PROGRAMS / "postgres", "-D", place, "-p", port, "-k", world.server.place / "run",
             "-c", "listen_addresses=", "-c", "fsync=off", "-c", "autovacuum=off", "-c",
             "synchronous_standby_names="],
        ),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
    asked = [PROGRAMS / "psql", "-XAtqw", "-h", world.server.place / "run", "-p", port, "-U",
             "postgres", "-c", "select not pg_is_in_recovery()"]  # fmt: skip
    until(lambda: world.runner.run("db", "db", *asked).text == "t", "pgBackRest's is back", 300)
    took = time.monotonic() - began
    own.send_signal(signal.SIGINT)
    own.wait(60)
    shutil.rmtree(place)
    return took

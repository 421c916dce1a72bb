"""The lane itself: killed, gone around, and its log of evidence edited."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from .processes import Done, until
from .server import PROGRAMS

if TYPE_CHECKING:
    from .world import World


def faults(world: World) -> None:
    """Kill it, and go around it."""
    killed(world)
    by_another_uid(world)
    around(world)


def killed(world: World) -> None:
    """Kill -9 while an operator's transaction is open: nobody gets in, nothing stays."""
    lane, before = world.lane, world.server.sums()
    said: list[Done] = []
    texts = ("begin", "delete from public.notes where id = 7", "select pg_sleep(60)")
    thread = threading.Thread(target=lambda: said.append(lane.psql(*texts)))
    thread.start()
    busy = "select count(*) from pg_stat_activity where usename = 'dba'"
    asked = f"{busy} and query like '%pg_sleep(60)%'"
    until(lambda: world.server.sql(asked) == "1", "the operator's transaction is open")
    lane.stop(signal.SIGKILL)
    thread.join(60)
    closed = lane.psql("select 1")
    world.server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'dba'")
    until(lambda: world.server.sql(busy) == "0", "the session has ended")
    since = lane.log.size()
    lane.start()
    after = world.server.sums()
    held = bool(said and said[0].code) and bool(closed.code) and before == after
    world.refused(
        "keep killed (kill -9) in an open transaction",
        "operators fail closed",
        f"client ended, {closed.text.splitlines()[-1][-50:]}; rolled back, sums equal",
        lane.log.shown(since, ("started",)),
        held=held,
    )


def by_another_uid(world: World) -> None:
    """What the operator's account can do to the lane's processes and files, on the same host."""
    lane = world.lane
    process = lane.process
    tries = {
        "kill -9 of keep": f"kill -9 {process.pid if process else 0}",
        "keys and log of the lane read": f"cat {lane.place}/log.key {lane.place}/evidence.log",
        "file of tickets and people written": f"echo x > {lane.place}/people.toml",
    }
    for name, text in tries.items():
        done = world.runner.run("lane", "operator", "sh", "-c", text)
        held = done.code != 0 and lane.psql("select 1").code == 0
        world.refused(
            f"{name} by the operator's uid",
            "refused by the system",
            done.text.splitlines()[-1][-60:],
            "errno EPERM or EACCES",
            held=held,
        )


def around(world: World) -> None:
    """Reach the server directly: no cable; with a cable, pg_hba; on its host, the socket."""
    network = world.runner.network
    target = world.server.address("lane")

    def direct() -> Done:
        return world.runner.run(
            "operator",
            "operator",
            PROGRAMS / "psql",
            "-XAt",
            "-d",
            world.lane.spec(address=target, port=world.server.port),
            "-c",
            "select 1",
        )

    done = direct()
    if network.apart:
        route = world.runner.run("operator", "root", "ip", "route", "get", target)
        world.refused(
            "direct connection from the operator's network",
            "no route past the lane",
            done.text.splitlines()[0][-60:],
            f"ip route: {route.text[:60]}",
            held=done.code != 0 and route.code != 0,
        )
        network.plug("operator", "db")
        via = network.address("db", "operator")
        world.runner.must("operator", "root", "ip", "route", "add", target, "via", via)
        done = direct()
        lines = (world.place / "db" / "log").read_text().splitlines()
        found = [n for n, one in enumerate(lines, 1) if "pg_hba.conf rejects" in one]
        world.refused(
            "a cable laid from the operator to the server",
            "pg_hba rejects the address",
            done.text.splitlines()[0][-90:],
            f"server log, line {found[-1]}" if found else "",
            held=done.code != 0 and "rejects" in done.text,
        )
        network.unplug("operator", "db")
    done = world.runner.run(
        "db",
        "operator",
        PROGRAMS / "psql",
        "-XAt",
        "-h",
        world.place / "db/run",
        "-p",
        world.server.port,
        "-U",
        "postgres",
        "-c",
        "select 1",
    )
    world.refused(
        "the server's socket, from an account on its host",
        "refused by the system",
        done.text.splitlines()[0][-60:],
        "errno EACCES",
        held=done.code != 0,
    )
